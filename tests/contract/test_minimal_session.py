"""The core protocol, walked through on the smallest connector: what the engine may rely on."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from writeback.errors import InvalidRequestError, OutcomeUnknownError, SignInRequiredError
from writeback.model.jobs import Outcome, Route
from writeback.model.types import CLEAR, AttributeType, Wish
from writeback.sdk.connector import Access, FieldWish, ReadQuery, Session, Write, WriteRequest
from writeback_minimal.connector import MinimalConnector
from writeback_minimal.crm import Crm, Fault, seeded

TEXT, MONEY = AttributeType.TEXT, AttributeType.CURRENCY


class NoHttp:
    """A CRM in memory needs none."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}

    def request(self, method: str, url: str, **options: object) -> object:
        raise AssertionError((method, url, options))


def _session(crm: Crm, *, token: str = "minimal-token", page_size: str = "2") -> Session:
    def refuse(rejected: str) -> str:
        raise SignInRequiredError("test.no_newer_token", length=len(rejected))

    access = Access(
        origin="https://crm.minimal.example",
        http=NoHttp(),
        token=lambda: token,
        refresh=refuse,
        options={"page_size": page_size},
        now=lambda: datetime(2026, 11, 24, tzinfo=UTC),
    )
    return MinimalConnector(crm).open(access)


def _write(key: str, record_id: str, **wishes: tuple[AttributeType, Wish]) -> Write:
    fields = tuple(FieldWish(name, kind, wish) for name, (kind, wish) in wishes.items())
    return Write(key, record_id, None, fields)


def _send(session: Session, *writes: Write, is_conditional: bool = False) -> tuple[Outcome, ...]:
    request = WriteRequest("Account", writes, Route.BATCH, is_conditional=is_conditional)
    return tuple(result.outcome for result in session.write(session.prepare(request)).results)


def test_pages_hold_every_record_once_with_values_through_references() -> None:
    crm = seeded(5)
    pages = list(_session(crm).read(ReadQuery("Account", ("Name", "Owner.Email"))))
    assert [len(page.rows) for page in pages] == [2, 2, 1]
    rows = [row for page in pages for row in page.rows]
    assert [each[0] for each in rows] == ["A1", "A2", "A3", "A4", "A5"]
    assert rows[1][2] == ("Account 2", "bo@example.com")


def test_a_pull_since_a_version_gives_only_what_changed_after_it() -> None:
    crm = seeded(3)
    session = _session(crm)
    since = max(row[1] or "" for page in session.read(ReadQuery("Account", ("Id",))) for row in page.rows)
    assert list(session.read(ReadQuery("Account", ("Id",), since=since))) == []
    crm.put("Account", "A2", Name="Renamed")
    (page,) = session.read(ReadQuery("Account", ("Name",), since=since))
    assert [(row[0], row[2]) for row in page.rows] == [("A2", ("Renamed",))]


def test_a_fetch_leaves_out_what_is_missing_and_names_the_key_when_it_is_not_the_id() -> None:
    session = _session(seeded())
    page = session.fetch("Account", by="Id", keys=["A1", "A9"], paths=["Name"])
    assert (page.columns, [row[0] for row in page.rows]) == (("Name",), ["A1"])
    page = session.fetch("User", by="Email", keys=["bo@example.com"], paths=["Name"])
    assert (page.columns, page.rows[0][2]) == (("Email", "Name"), ("bo@example.com", "Bo Short"))


def test_a_look_up_answers_for_every_value_asked() -> None:
    crm = seeded()
    crm.put("User", "U3", Name="Another Ada", Email="ADA@example.com")
    found = _session(crm).find("User", by="Email", values=["ada@example.com", "nobody@example.com"])
    assert {value: [each.id for each in candidates] for value, candidates in found.items()} == {
        "ada@example.com": ["U1", "U3"],
        "nobody@example.com": [],
    }


def test_each_write_gets_its_own_outcome_in_the_order_of_the_request() -> None:
    crm = seeded()
    outcomes = _send(
        _session(crm),
        _write(
            "k1", "A2", Industry=(AttributeType.LIST, "Mining"), Revenue=(MONEY, Decimal("12345678901234.56"))
        ),
        _write("k2", "A9", Name=(TEXT, "nobody")),
        _write("k3", "A1", Industry=(AttributeType.LIST, "Piracy")),
        _write("k4", "A3", Industry=(AttributeType.LIST, CLEAR)),
        _write("k5", "A3", Id=(TEXT, "A4")),
    )
    applied, rejected = Outcome.APPLIED, Outcome.REJECTED
    assert outcomes == (applied, rejected, rejected, applied, rejected)
    assert [each[1] for each in crm.applied] == ["A2", "A3"]
    assert crm.value("Account", "A2", "Revenue") == Decimal("12345678901234.56")
    assert crm.value("Account", "A3", "Industry") is None


def test_a_lost_answer_says_unknown_whether_the_write_was_applied_or_not() -> None:
    crm = seeded()
    crm.faults = [
        Fault(OutcomeUnknownError("link.cut")),
        Fault(OutcomeUnknownError("link.cut"), is_applied=True),
    ]
    session = _session(crm)
    for expected in (0, 1):
        with pytest.raises(OutcomeUnknownError):
            _send(session, _write("k", "A1", Name=(TEXT, "New")))
        assert len(crm.applied) == expected


def test_a_crm_without_conditional_writes_refuses_to_pretend() -> None:
    with pytest.raises(InvalidRequestError, match=r"minimal\.not_conditional"):
        _send(_session(seeded()), _write("k", "A1", Name=(TEXT, "New")), is_conditional=True)


def test_a_wrong_token_asks_for_a_sign_in_before_anything_is_written() -> None:
    crm = seeded()
    with pytest.raises(SignInRequiredError):
        _send(_session(crm, token="stale"), _write("k", "A1", Name=(TEXT, "New")))
    assert crm.applied == []


def test_a_filter_that_is_not_understood_gives_an_error_and_never_rows() -> None:
    session = _session(seeded())
    assert session.count("Account", "OwnerId = 'U1'") == 2
    with pytest.raises(InvalidRequestError, match=r"minimal\.bad_filter"):
        session.count("Account", "Industry like 'R%'")
