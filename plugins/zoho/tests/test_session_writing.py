"""Writing a few rows: what arrives, what is said about each, what is never done twice."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from plugins.zoho.tests.talking import Talk, talking

from writeback.errors import (
    ConfigurationError,
    ConnectorError,
    ContractBrokenError,
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitedError,
    SignInRequiredError,
)
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import CLEAR, AttributeType, Value, Wish
from writeback.sdk.connector import FieldWish, ReadQuery, Write, WriteRequest

T = AttributeType


def accounts(talk: Talk, count: int = 3) -> list[tuple[str, str | None]]:
    (page,) = talk.session.read(ReadQuery("Accounts", ("Account_Name",), limit=count))
    return [(row[0], row[1]) for row in page.rows]


def wishes(**fields: Wish) -> tuple[FieldWish, ...]:
    return tuple(FieldWish(name, T.TEXT, wish) for name, wish in fields.items())


def send(
    talk: Talk, *writes: Write, route: Route = Route.SINGLE, is_conditional: bool = False
) -> tuple[Result, ...]:
    request = WriteRequest("Accounts", writes, route, is_conditional)
    return talk.session.write(talk.session.prepare(request)).results


def held(talk: Talk, record: str, *paths: str) -> tuple[Value, ...]:
    return talk.session.fetch("Accounts", by="id", keys=[record], paths=paths).rows[0][2]


def test_exactly_the_prepared_bytes_are_sent_once(talk: Talk) -> None:
    ((account, base),) = accounts(talk, 1)
    prepared = talk.session.prepare(
        WriteRequest("Accounts", (Write("k", account, base, wishes(Phone="+43 1")),), Route.SINGLE, True)
    )
    talk.exchanges.clear()
    (result,) = talk.session.write(prepared).results
    assert (result.key, result.outcome) == ("k", Outcome.APPLIED)
    (exchange,) = talk.exchanges
    assert exchange.request_body.encode() == prepared.body
    (entry,) = talk.applied()
    assert entry["id"] == account
    assert entry["fields"]["Phone"] == "+43 1"  # type: ignore[index]  # fields are a mapping


def test_the_version_after_a_write_is_the_next_ones_base(talk: Talk) -> None:
    ((account, base),) = accounts(talk, 1)
    (first,) = send(talk, Write("k", account, base, wishes(Phone="1")), is_conditional=True)
    assert first.version == "2026-11-24T12:00:30Z"
    (second,) = send(talk, Write("k", account, first.version, wishes(Phone="2")), is_conditional=True)
    assert second.outcome is Outcome.APPLIED


VALUES: tuple[tuple[str, AttributeType, Wish], ...] = (
    ("Account_Name", T.TEXT, "Ümläut 🚀 \"x\" 'y' & <b>"),
    ("Description", T.LONG_TEXT, "one\ntwo\tthree"),
    ("Segments", T.MULTI_LIST, ()),
    ("Active", T.BOOLEAN, True),
    ("Seats", T.INTEGER, 12),
    ("Account_Number", T.INTEGER, 123456789012345678),
    ("Usage_Index", T.NUMBER, Decimal("0.25")),
    ("Contract_Value", T.CURRENCY, Decimal("123456.78")),
    ("Health", T.NUMBER, Decimal("99.5")),
    ("Renewal_Date", T.DATE, date(2027, 2, 28)),
    ("Last_Review", T.DATETIME, datetime(2026, 1, 15, 9, 56, 49, 700, tzinfo=UTC)),
    ("Website", T.URL, "https://example.com/?a=b&c=d"),
)


@pytest.mark.parametrize(("name", "kind", "wish"), VALUES, ids=[name for name, _, _ in VALUES])
def test_every_type_of_value_comes_back_as_it_was_written(
    talk: Talk, name: str, kind: AttributeType, wish: Wish
) -> None:
    ((account, _base),) = accounts(talk, 1)
    if kind is T.MULTI_LIST:
        info = talk.session.describe("Accounts").field(name)
        assert info is not None
        wish = tuple(option.value for option in info.options[:2])
    (result,) = send(talk, Write("k", account, None, (FieldWish(name, kind, wish),)))
    assert result.outcome is Outcome.APPLIED, result
    ((now,),) = (held(talk, account, name),)
    assert wish is not CLEAR
    assert talk.session.same_value(kind, wish, now), (wish, now)
    (cleared,) = send(talk, Write("k", account, None, (FieldWish("Phone", T.TEXT, CLEAR),)))
    assert cleared.outcome is Outcome.APPLIED


def test_clearing_empties_any_type(talk: Talk) -> None:
    ((account, _base),) = accounts(talk, 1)
    options = talk.session.describe("Accounts").field("Segments")
    assert options is not None
    full: dict[str, tuple[AttributeType, Wish]] = {
        "Phone": (T.TEXT, "1"),
        "Segments": (T.MULTI_LIST, (options.options[0].value,)),
        "Seats": (T.INTEGER, 5),
        "Renewal_Date": (T.DATE, date(2027, 1, 1)),
    }
    send(talk, Write("k", account, None, tuple(FieldWish(n, k, w) for n, (k, w) in full.items())))
    assert all(held(talk, account, *full))
    send(talk, Write("k", account, None, tuple(FieldWish(n, k, CLEAR) for n, (k, _w) in full.items())))
    assert held(talk, account, *full) == (None,) * 4


def test_a_reference_is_repointed_by_id_even_by_a_session_that_knows_nothing_yet(talk: Talk) -> None:
    ((account, _base),) = accounts(talk, 1)
    people = [row[0] for page in talk.session.read(ReadQuery("users", ("id",))) for row in page.rows]
    session = talk.again()
    request = WriteRequest(
        "Accounts", (Write("k", account, None, wishes(Owner=people[2])),), Route.SINGLE, False
    )
    (result,) = session.write(session.prepare(request)).results
    assert result.outcome is Outcome.APPLIED
    assert held(talk, account, "Owner", "Owner.id") == (people[2], people[2])


def test_plain_values_are_prepared_without_a_call(talk: Talk) -> None:
    session = talk.again()
    talk.exchanges.clear()
    for wish in ("x", CLEAR):
        session.prepare(
            WriteRequest("Accounts", (Write("k", "5", None, wishes(Phone=wish)),), Route.SINGLE, False)
        )
    assert talk.exchanges == []


def test_a_row_changed_by_somebody_else_is_a_conflict(talk: Talk) -> None:
    ((account, base),) = accounts(talk, 1)
    talk.running.crm.edit("Accounts", account, {"Phone": "theirs"})
    (result,) = send(talk, Write("k", account, base, wishes(Phone="ours")), is_conditional=True)
    assert (result.outcome, result.code) == (Outcome.CONFLICT, "zoho.already_modified")
    assert talk.applied() == []
    assert held(talk, account, "Phone") == ("theirs",)


def test_one_bad_row_of_a_batch_leaves_the_others_written(talk: Talk) -> None:
    first, second, third = accounts(talk)
    writes = [
        Write("a", first[0], None, wishes(Phone="1")),
        Write("b", second[0], None, wishes(Phone="9" * 200)),
        Write("c", third[0], None, wishes(Phone="3")),
    ]
    results = send(talk, *writes, route=Route.BATCH)
    assert [(r.key, r.outcome.value) for r in results] == [
        ("a", "applied"),
        ("b", "rejected"),
        ("c", "applied"),
    ]
    assert (results[1].code, results[1].fields) == ("zoho.invalid_data", ("Phone",))
    assert "maximum_length" in results[1].message
    assert {entry["id"] for entry in talk.applied()} == {first[0], third[0]}


def test_a_batch_of_bad_rows_is_told_row_by_row(talk: Talk) -> None:
    writes = [
        Write(f"k{i}", account, None, wishes(Nope="1")) for i, (account, _) in enumerate(accounts(talk))
    ]
    assert [r.outcome for r in send(talk, *writes, route=Route.BATCH)] == [Outcome.REJECTED] * 3


def test_a_hundred_rows_go_in_one_call() -> None:
    with talking(120) as talk:
        rows = accounts(talk, 120)
        writes = [Write(str(i), account, None, wishes(Phone=str(i))) for i, (account, _) in enumerate(rows)]
        results = send(talk, *writes[:100], route=Route.BATCH)
        assert {r.outcome for r in results} == {Outcome.APPLIED}
        with pytest.raises(ContractBrokenError):
            send(talk, *writes[:101], route=Route.BATCH)


def test_a_single_row_is_checked_and_rows_of_one_version_together(talk: Talk) -> None:
    assert [talk.session.conditional_most(route.value) for route in Route] == [1, 0, 0]
    assert [talk.session.conditional_alike(route.value) for route in Route] == [0, 100, 0]
    rows = accounts(talk, 3)
    assert len({base for _, base in rows}) > 1
    writes = [Write(key, key, base, wishes(Phone="1")) for key, base in rows]
    with pytest.raises(ContractBrokenError):
        send(talk, *writes, route=Route.BATCH, is_conditional=True)
    with pytest.raises(ContractBrokenError):
        send(talk, writes[0], route=Route.BULK, is_conditional=True)


def test_of_rows_of_one_version_none_is_written_over_a_change(talk: Talk) -> None:
    rows = accounts(talk, 3)
    base = max(version for _, version in rows if version is not None)  # no row was changed after it
    keys = [key for key, _ in rows]
    talk.running.crm.edit("Accounts", keys[1], {"Phone": "theirs"})
    writes = [Write(key, key, base, wishes(Phone="ours")) for key in keys]
    told = send(talk, *writes, route=Route.BATCH, is_conditional=True)
    assert told[1].outcome is Outcome.CONFLICT
    assert held(talk, keys[1], "Phone") == ("theirs",)
    assert [one.outcome for one in (told[0], told[2])] == [
        Outcome.APPLIED if held(talk, key, "Phone") == ("ours",) else Outcome.CONFLICT
        for key in (keys[0], keys[2])
    ]


def test_after_a_refresh_the_same_call_goes_out_with_the_same_condition(talk: Talk) -> None:
    ((account, base),) = accounts(talk, 1)
    talk.newer.append(talk.running.token)
    talk.spoil_token()
    talk.running.crm.edit("Accounts", account, {"Phone": "theirs"})
    talk.exchanges.clear()
    (result,) = send(talk, Write("k", account, base, wishes(Phone="ours")), is_conditional=True)
    assert result.outcome is Outcome.CONFLICT
    assert [e.status for e in talk.exchanges] == [401, 412]
    sent = [{name.lower(): text for name, text in e.request_headers} for e in talk.exchanges]
    assert sent[0]["if-unmodified-since"] == sent[1]["if-unmodified-since"]
    assert talk.exchanges[0].request_body == talk.exchanges[1].request_body


def test_a_second_refusal_of_the_token_asks_to_sign_in(talk: Talk) -> None:
    ((account, _base),) = accounts(talk, 1)
    talk.newer.append("1000.spoilt too")
    talk.spoil_token()
    with pytest.raises(SignInRequiredError):
        send(talk, Write("k", account, None, wishes(Phone="1")))
    assert talk.applied() == []


@pytest.mark.parametrize(
    ("fault", "facts", "is_written"),
    [
        ("cut_after", {}, True),
        ("cut_before", {}, False),
        ("status", {"status": 500}, False),
        ("status", {"status": 502, "form": "html"}, False),
    ],
)
def test_a_lost_answer_leaves_the_outcome_open(
    talk: Talk, fault: str, facts: dict[str, object], is_written: bool
) -> None:
    ((account, _base),) = accounts(talk, 1)
    talk.fault(fault, method="PUT", **facts)
    with pytest.raises(OutcomeUnknownError):
        send(talk, Write("k", account, None, wishes(Phone="1")))
    assert bool(talk.applied()) is is_written
    assert len(talk.asked("PUT", "Accounts")) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"kind": "limit_concurrent"}, RateLimitedError),
        ({"kind": "scope_mismatch"}, PermissionDeniedError),
        ({"kind": "forbid_module", "object": "Accounts"}, PermissionDeniedError),
    ],
)
def test_a_refusal_of_the_whole_request_changes_nothing(
    talk: Talk, fault: dict[str, str], kind: type[ConnectorError]
) -> None:
    ((account, _base),) = accounts(talk, 1)
    prepared = talk.session.prepare(
        WriteRequest("Accounts", (Write("k", account, None, wishes(Phone="1")),), Route.SINGLE, False)
    )
    talk.fault(**fault)
    with pytest.raises(kind):
        talk.session.write(prepared)
    assert talk.applied() == []


def test_a_module_that_is_gone_is_refused_as_a_whole(talk: Talk) -> None:
    request = WriteRequest("Nope", (Write("k", "5", None, wishes(Phone="1")),), Route.SINGLE, False)
    with pytest.raises(InvalidRequestError, match=r"zoho\.invalid_module"):
        talk.session.write(talk.session.prepare(request))


@pytest.mark.parametrize(("trigger", "told"), [("all", None), ("none", []), ("workflow", ["workflow"])])
def test_automation_is_the_connections_choice(trigger: str, told: list[str] | None) -> None:
    with talking(5, options={"trigger": trigger}, switches={"automation": "on"}) as talk:
        ((account, _base),) = accounts(talk, 1)
        (result,) = send(talk, Write("k", account, None, wishes(Website="HTTP://EXAMPLE.COM")))
        assert result.outcome is Outcome.APPLIED
        is_rewritten = held(talk, account, "Website") != ("HTTP://EXAMPLE.COM",)
        assert is_rewritten is (told is None or "workflow" in told)


@pytest.mark.parametrize(
    "options", [{"trigger": "magic"}, {"upload_host": "elsewhere"}, {"daily_credits": "many"}]
)
def test_a_malformed_option_is_refused_when_the_session_opens(talk: Talk, options: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match=r"zoho\.bad_option"):
        talk.again(**options)
