"""Values behind references: fetched once a record, told along where the reference says enough."""

from collections import abc

from plugins.zoho.tests.making import OWNER, described, record_id

from writeback_zoho.wire.answers import Json
from writeback_zoho.wire.chasing import Column, is_told_along, values_of
from writeback_zoho.wire.selections import select

ACCOUNT, PARENT, USER = record_id(1), record_id(2), OWNER["id"]
STORE: dict[str, dict[str, Json]] = {
    "Accounts": {
        ACCOUNT: {"id": ACCOUNT, "Industry": "A", "Parent_Account": {"id": PARENT}, "Owner": OWNER},
        PARENT: {"id": PARENT, "Industry": "B", "Parent_Account": None, "Owner": {"id": USER}},
    },
    "users": {USER: {"id": USER, "email": "far@example.com", "status": "active"}},
}


class Fetching:
    """Gives records out of a small store, and notes what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []

    def __call__(self, name: str, ids: abc.Sequence[str], fields: tuple[str, ...]) -> abc.Mapping[str, Json]:
        self.asked.append((name, tuple(ids), fields))
        return STORE[name]


def columns(*paths: str) -> tuple[Column, ...]:
    return select("Contacts", paths, described).columns


def test_own_fields_cost_nothing() -> None:
    fetch = Fetching()
    records: list[Json | None] = [{"Last_Name": "X"}, None, {}]
    assert values_of(records, columns("Last_Name"), fetch) == [["X", None, None]]
    assert fetch.asked == []


def test_an_owner_tells_name_and_mail_itself() -> None:
    fetch = Fetching()
    records = [{"Owner": OWNER}, {"Owner": None}]
    found = values_of(records, columns("Owner.email", "Owner.full_name", "Owner.id", "Owner"), fetch)
    assert found == [
        ["patricia@example.com", None],
        ["Patricia Boyle", None],
        [USER, None],
        [USER, None],
    ]
    assert fetch.asked == []


def test_an_owner_that_tells_less_is_fetched() -> None:
    fetch = Fetching()
    assert values_of([{"Owner": {"id": USER}}], columns("Owner.email"), fetch) == [["far@example.com"]]
    assert values_of([{"Owner": OWNER}], columns("Owner.status"), fetch) == [["active"]]
    assert [asked[0] for asked in fetch.asked] == ["users", "users"]


def test_the_id_of_a_lookup_needs_no_record() -> None:
    fetch = Fetching()
    records = [{"Account_Name": {"id": ACCOUNT, "name": "x"}}, {"Account_Name": ACCOUNT}]
    assert values_of(records, columns("Account_Name.id"), fetch) == [[ACCOUNT, ACCOUNT]]
    assert fetch.asked == []


def test_paths_of_any_depth_are_followed_and_each_record_asked_for_once() -> None:
    fetch = Fetching()
    records = [{"Account_Name": {"id": ACCOUNT}}, {"Account_Name": {"id": ACCOUNT}}, {"Account_Name": None}]
    wanted = columns(
        "Account_Name.Industry",
        "Account_Name.Parent_Account.Industry",
        "Account_Name.Parent_Account.Owner.email",
    )
    assert values_of(records, wanted, fetch) == [
        ["A", "A", None],
        ["B", "B", None],
        ["far@example.com", "far@example.com", None],
    ]
    assert fetch.asked == [
        ("Accounts", (ACCOUNT,), ("Industry", "Parent_Account")),
        ("Accounts", (PARENT,), ("Industry", "Owner")),
        ("users", (USER,), ("email",)),
    ]


def test_a_record_that_cannot_be_read_is_nothing() -> None:
    assert values_of(
        [{"Account_Name": {"id": record_id(9)}}], columns("Account_Name.Industry"), Fetching()
    ) == [[None]]
    assert values_of([{"Account_Name": {}}], columns("Account_Name.Industry"), Fetching()) == [[None]]


def test_what_a_reference_tells_itself_is_known_by_the_path() -> None:
    paths = ("Last_Name", "Owner.email", "Owner.status", "Account_Name.id", "Account_Name.Owner.email")
    found = columns(*paths)
    assert [column.name for column in found] == list(paths)
    assert [is_told_along(column) for column in found] == [False, True, False, True, False]
