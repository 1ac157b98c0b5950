from decimal import Decimal

import pytest

from tests.unit.store.making import integrate
from writeback.errors import ConfigurationError, UnknownAttributeError
from writeback.model import canonical
from writeback.model.canonical import UNSET, Unset
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import Integration
from writeback.model.jobs import Column
from writeback.model.types import CLEAR, AttributeType, Clear, Value
from writeback.store import integrations, records, settings, sqlite
from writeback.store.confirming import confirm_values, confirm_writes
from writeback.store.workspace import Db, Workspace

FIELDS = {
    "Name": ("name", AttributeType.TEXT),
    "Version": ("edition", AttributeType.TEXT),
    "AnnualRevenue": ("arr", AttributeType.CURRENCY),
    "Tags__c": ("tags", AttributeType.MULTI_LIST),
    "OwnerId": ("owner", AttributeType.TEXT),
    "Owner.Email": ("csm", AttributeType.EMAIL),
}
COLUMNS = (
    Column(FieldPath.parse("AnnualRevenue"), "AnnualRevenue", AttributeType.CURRENCY),
    Column(FieldPath.parse("Owner.Email"), "OwnerId", AttributeType.TEXT),
    Column(FieldPath.parse("Unmapped__c"), "Unmapped__c", AttributeType.TEXT),
)


@pytest.fixture
def account(workspace: Workspace) -> Integration:
    """Give an integration that holds two pulled records, A and B."""
    made = integrate(workspace, FIELDS)
    with workspace.writing() as db:
        for key in ("A", "B"):
            sqlite.run(db, "insert into snap_i1 (key, rid, version) values (?, ?, 'v1')", (key, f"i1:{key}"))
            sqlite.run(db, "insert into rec_account (rid, title) values (?, ?)", (f"i1:{key}", key))
    return made


def write(db: Db, seq: int, key: str, *new: Value | Clear | Unset) -> None:
    text = canonical.row_to_text(new)
    values = ("j1", seq, key, "[]", text)
    sqlite.run(db, "insert into writes (job_id, seq, record_id, old, new) values (?,?,?,?,?)", values)


def test_confirmed_values_stand_in_snapshot_and_record(workspace: Workspace, account: Integration) -> None:
    told: dict[str, Value] = {
        "Name": "Acme",
        "Version": "2",
        "AnnualRevenue": Decimal("1.50"),
        "Tags__c": ("a", "b"),
        "Other": "x",
    }
    with workspace.writing() as db:
        assert confirm_values(db, integration=account, values=[("A", "v2", told), ("Z", "v9", told)]) == 1
        snapshot = records.snapshot_of(db, account, ["A", "Z"])
        assert set(snapshot) == {"A"}
        assert snapshot["A"].version == "v2"
        assert snapshot["A"].values["Version"] == "2"
        record = records.get(db, "account", "i1:A")
        assert record.title == "Acme"
        assert record.values["arr"] == Decimal("1.5")
        assert record.values["tags"] == ("a", "b")
        assert records.count(db, "account") == 2


def test_what_was_last_read_is_told_along_the_paths_without_what_vanished(
    workspace: Workspace, account: Integration
) -> None:
    told: dict[str, Value] = {"Name": "Acme", "AnnualRevenue": Decimal("1.50"), "Tags__c": ("a",)}
    with workspace.writing() as db:
        confirm_values(db, integration=account, values=[("A", "v2", told)])
        sqlite.run(db, "update snap_i1 set gone = 1 where key = 'B'")
        paths = ("Unmapped__c", "Tags__c", "AnnualRevenue", "Name")
        found = list(records.last_read(db, account, ["A", "B", "Z"], paths))
        assert found == [("A", "v2", (None, ("a",), Decimal("1.5"), "Acme"))]
        assert list(records.last_read(db, account, ["A"], ())) == [("A", "v2", ())]


def test_a_name_confirmed_as_empty_leaves_the_id_as_title(workspace: Workspace, account: Integration) -> None:
    with workspace.writing() as db:
        confirm_values(db, integration=account, values=[("A", "v2", {"Name": None})])
        assert records.get(db, "account", "i1:A").title == "A"


def test_applied_writes_become_confirmed_values(workspace: Workspace, account: Integration) -> None:
    with workspace.writing() as db:
        write(db, 1, "A", Decimal("12.30"), "005X", "lost")
        write(db, 2, "B", UNSET, UNSET, UNSET)
        write(db, 3, "B", CLEAR, UNSET, UNSET)
        write(db, 4, "A", Decimal(99), UNSET, UNSET)
        done = confirm_writes(db, integration=account, job_id="j1", columns=COLUMNS, first=1, last=3)
        assert done == 3
        a, b = (records.get(db, "account", rid).values for rid in ("i1:A", "i1:B"))
        assert (a["arr"], b["arr"]) == (Decimal("12.3"), None)
        assert a["owner"] == "005X"
        assert a["csm"] is None, "what a re-pointed reference shows is read back, never guessed"
        assert records.snapshot_of(db, account, ["A"])["A"].version is None


def test_a_write_with_an_outcome_of_its_own_confirms_nothing(
    workspace: Workspace, account: Integration
) -> None:
    with workspace.writing() as db:
        write(db, 1, "A", Decimal(1), UNSET, UNSET)
        write(db, 2, "B", Decimal(2), UNSET, UNSET)
        sqlite.run(
            db,
            "insert into outcomes (job_id, seq, outcome, code, message, fields, at) "
            "values ('j1', 1, 'rejected', '', '', '[]', '')",
        )
        confirm_writes(db, integration=account, job_id="j1", columns=COLUMNS, first=1, last=2)
        assert records.get(db, "account", "i1:A").values["arr"] is None
        assert records.get(db, "account", "i1:B").values["arr"] == Decimal(2)


def test_a_long_range_is_confirmed_to_its_end(workspace: Workspace, account: Integration) -> None:
    rows = 2500
    with workspace.writing() as db:
        for number in range(rows):
            sqlite.run(db, "insert into snap_i1 (key, rid) values (?, ?)", (f"K{number}", f"i1:K{number}"))
            sqlite.run(db, "insert into rec_account (rid) values (?)", (f"i1:K{number}",))
            write(db, number + 1, f"K{number}", Decimal(number), UNSET, UNSET)
        assert (
            confirm_writes(db, integration=account, job_id="j1", columns=COLUMNS, first=1, last=rows) == rows
        )
        last = records.get(db, "account", f"i1:K{rows - 1}")
        assert (last.values["arr"], last.title) == (Decimal(rows - 1), f"K{rows - 1}")


def test_each_confirmation_is_counted(workspace: Workspace, account: Integration) -> None:
    with workspace.writing() as db:
        confirm_values(db, integration=account, values=[("A", None, {"Name": "x"})])
        confirm_values(db, integration=account, values=[])
        assert settings.get(db, settings.CONFIRMATIONS) == 1


def test_a_record_is_found_by_id_and_by_crm_key(workspace: Workspace, account: Integration) -> None:
    with workspace.writing() as db:
        assert records.find(db, "account", "A") == records.find(db, "account", "i1:A")
        with pytest.raises(UnknownAttributeError):
            records.find(db, "account", "Z")
        with pytest.raises(UnknownAttributeError):
            records.find(db, "deal", "A")
        other = integrations.add(db, account, at=workspace.now())
        own = records.record_id(other.id, "A")
        sqlite.run(db, "insert into rec_account (rid) values (?)", (own,))
        sqlite.run(db, f"insert into snap_{other.id} (key, rid) values ('A', ?)", (own,))  # noqa: S608  our own id
        with pytest.raises(ConfigurationError):
            records.find(db, "account", "A")


def test_records_are_paged_by_id(workspace: Workspace, account: Integration) -> None:
    with workspace.writing() as db:
        sqlite.run(db, "insert into rec_account (rid, gone) values ('i1:C', 1), ('i10:D', 0)")
        sqlite.run(db, "insert into snap_i1 (key, rid, gone) values ('C', 'i1:C', 1)")
        assert [r.id.partition(":")[2] for r in records.page(db, "account", limit=1)] == ["D"], (
            "text order: 0 stands before the colon"
        )
        assert [r.id for r in records.page(db, "account", after="i1:A")] == ["i1:B"]
        assert [r.id for r in records.page(db, "account", integration_id="i1", has_gone=True)] == [
            "i1:A",
            "i1:B",
            "i1:C",
        ]
        assert (records.count(db, "account"), records.count(db, "account", has_gone=True)) == (3, 4)


def test_many_records_are_given_at_once(workspace: Workspace, account: Integration) -> None:
    wanted = [f"i1:{number}" for number in range(2000)] + ["i1:A"]
    with workspace.reading() as db:
        assert list(records.get_many(db, "account", wanted)) == ["i1:A"]


def test_a_quote_in_a_name_stays_in_the_name() -> None:
    assert sqlite.quoted('a"; drop table x --') == '"a""; drop table x --"'


def test_a_pull_that_read_later_knows_better_than_a_late_settlement(
    workspace: Workspace, account: Integration
) -> None:
    early, late = "2026-11-24T03:00:00.000Z", "2026-11-24T03:00:01.000Z"
    with workspace.writing() as db:
        for version, name in ((late, "read by a pull"), (early, "settled late")):
            confirm_values(db, integration=account, values=[("A", version, {"Name": name})])
        assert records.get(db, "account", "i1:A").values["name"] == "read by a pull"
        assert records.snapshot_of(db, account, ["A"])["A"].version == late
        confirm_values(db, integration=account, values=[("A", late, {"Name": "same moment"})])
        assert records.get(db, "account", "i1:A").title == "same moment"
