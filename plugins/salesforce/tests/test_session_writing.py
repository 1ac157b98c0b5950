"""Writing a few rows: what arrives, what is said about each, what is never done twice."""

import pytest
from plugins.salesforce.tests.talking import Talk, talking

from writeback.errors import (
    ConnectorError,
    ContractBrokenError,
    OutcomeUnknownError,
    QuotaSpentError,
    RateLimitedError,
    SignInRequiredError,
)
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import CLEAR, AttributeType, Wish
from writeback.sdk.connector import FieldWish, ReadQuery, Write, WriteRequest


def accounts(talk: Talk, count: int = 3) -> list[tuple[str, str | None]]:
    (page,) = talk.session.read(ReadQuery("Account", ("Name",), limit=count))
    return [(row[0], row[1]) for row in page.rows]


def wishes(**fields: Wish) -> tuple[FieldWish, ...]:
    return tuple(FieldWish(name, AttributeType.TEXT, wish) for name, wish in fields.items())


def send(
    talk: Talk, *writes: Write, route: Route = Route.SINGLE, is_conditional: bool = False
) -> tuple[Result, ...]:
    request = WriteRequest("Account", writes, route, is_conditional)
    return talk.session.write(talk.session.prepare(request)).results


def test_exactly_the_prepared_bytes_are_sent_once(talk: Talk) -> None:
    ((account, base),) = accounts(talk, 1)
    prepared = talk.session.prepare(
        WriteRequest("Account", (Write("k", account, base, wishes(Phone="+43 1")),), Route.SINGLE, True)
    )
    talk.exchanges.clear()
    (result,) = talk.session.write(prepared).results
    assert (result.key, result.outcome) == ("k", Outcome.APPLIED)
    (exchange,) = talk.exchanges
    assert exchange.request_body.encode() == prepared.body
    assert exchange.url.endswith(prepared.path)
    (entry,) = talk.applied()
    assert (entry["id"], entry["route"]) == (account, "single")
    assert entry["fields"]["Phone"] == "+43 1"  # type: ignore[index]  # fields are a mapping


def test_clearing_empties_the_field(talk: Talk) -> None:
    ((account, base),) = accounts(talk, 1)
    send(talk, Write("k", account, base, wishes(Phone="1")))
    send(talk, Write("k", account, base, wishes(Phone=CLEAR)))
    page = talk.session.fetch("Account", by="Id", keys=[account], paths=("Phone",))
    assert page.rows[0][2] == (None,)


@pytest.mark.parametrize("body", ["array", "empty", "html"])
def test_a_row_changed_by_somebody_else_is_a_conflict_whatever_the_body(body: str) -> None:
    with talking(5, switches={"body_412": body}) as talk:
        ((account, base),) = accounts(talk, 1)
        talk.running.crm.edit("Account", account, {"Phone": "theirs"})
        (result,) = send(talk, Write("k", account, base, wishes(Phone="ours")), is_conditional=True)
        assert result.outcome is Outcome.CONFLICT
        assert talk.applied() == []


def test_a_batch_checks_each_row_by_its_own_version(talk: Talk) -> None:
    first, second, third = accounts(talk)
    talk.running.crm.edit("Account", second[0], {"Phone": "theirs"})
    writes = [
        Write(f"k{n}", i, base, wishes(Phone="ours")) for n, (i, base) in enumerate((first, second, third))
    ]
    results = send(talk, *writes, route=Route.BATCH, is_conditional=True)
    assert [r.outcome.value for r in results] == ["applied", "conflict", "applied"]
    assert {entry["id"] for entry in talk.applied()} == {first[0], third[0]}


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
    assert (results[1].code, results[1].fields) == ("salesforce.string_too_long", ("Phone",))
    assert "max length" in results[1].message
    assert {entry["id"] for entry in talk.applied()} == {first[0], third[0]}


def test_where_composite_does_not_check_the_route_is_not_offered() -> None:
    with talking(5, options={"composite_conditional": "false"}) as talk:
        assert (talk.session.conditional_most("single"), talk.session.conditional_most("batch")) == (1, 0)
        ((account, base),) = accounts(talk, 1)
        with pytest.raises(ContractBrokenError):
            send(talk, Write("k", account, base, wishes(Phone="1")), route=Route.BATCH, is_conditional=True)
    with talking(5) as talk:
        assert talk.session.conditional_most("batch") == 25
        assert talk.session.conditional_most("bulk") == 0


def test_after_a_refresh_the_same_call_goes_out_with_the_same_condition(talk: Talk) -> None:
    ((account, base),) = accounts(talk, 1)
    talk.newer.append(talk.running.token)
    talk.spoil_token()
    talk.running.crm.edit("Account", account, {"Phone": "theirs"})
    talk.exchanges.clear()
    (result,) = send(talk, Write("k", account, base, wishes(Phone="ours")), is_conditional=True)
    assert result.outcome is Outcome.CONFLICT
    assert [e.status for e in talk.exchanges] == [401, 412]
    sent = [{name.lower(): text for name, text in e.request_headers} for e in talk.exchanges]
    assert sent[0]["if-unmodified-since"] == sent[1]["if-unmodified-since"]
    assert sent[0]["sforce-auto-assign"] == sent[1]["sforce-auto-assign"] == "FALSE"
    assert talk.exchanges[0].request_body == talk.exchanges[1].request_body
    assert talk.applied() == []


def test_a_newer_token_that_is_refused_too_asks_for_a_sign_in_and_no_third_call(talk: Talk) -> None:
    ((account, base),) = accounts(talk, 1)
    talk.spoil_token()
    talk.newer.append("00D000000000001!spoilt.again")
    talk.exchanges.clear()
    with pytest.raises(SignInRequiredError):
        send(talk, Write("k", account, base, wishes(Phone="ours")))
    assert [e.status for e in talk.exchanges] == [401, 401]
    assert len(talk.refreshed) == 1


@pytest.mark.parametrize("route", [Route.SINGLE, Route.BATCH])
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (("limit_daily", {}), QuotaSpentError),
        (("limit_concurrent", {}), RateLimitedError),
        (("status", {"status": 503}), OutcomeUnknownError),
        (("status", {"status": 500, "form": "html"}), OutcomeUnknownError),
        (("cut_after", {}), OutcomeUnknownError),
        (("cut_before", {}), OutcomeUnknownError),
    ],
)
def test_a_failing_write_is_sent_once_and_says_whether_it_may_have_happened(
    talk: Talk, route: Route, fault: tuple[str, dict[str, object]], error: type[ConnectorError]
) -> None:
    kind, facts = fault
    ((account, base),) = accounts(talk, 1)
    prepared = talk.session.prepare(
        WriteRequest("Account", (Write("k", account, base, wishes(Phone="1")),), route, False)
    )
    talk.fault(kind, method="PATCH", **facts)
    talk.exchanges.clear()
    with pytest.raises(error):
        talk.session.write(prepared)
    assert len(talk.exchanges) == 1
    assert len(talk.applied()) == (1 if kind == "cut_after" else 0)


def test_a_locked_row_may_be_sent_again(talk: Talk) -> None:
    ((account, _base),) = accounts(talk, 1)
    for route in (Route.SINGLE, Route.BATCH):
        talk.fault("lock_row")
        (result,) = send(talk, Write("k", account, None, wishes(Phone="1")), route=route)
        assert (result.code, result.outcome) == ("salesforce.unable_to_lock_row", Outcome.REJECTED)
        assert result.again
    assert talk.applied() == []


def test_assignment_and_duplicate_headers_follow_the_options() -> None:
    with talking(5, options={"auto_assign": "true", "duplicate_rule": "allowSave=true"}) as talk:
        ((account, _base),) = accounts(talk, 1)
        send(talk, Write("k", account, None, wishes(Phone="1")))
        sent = {name.lower(): text for name, text in talk.asked("PATCH", "/sobjects/")[0].request_headers}
        assert sent["sforce-auto-assign"] == "TRUE"
        assert sent["sforce-duplicate-rule-header"] == "allowSave=true"


def test_the_session_knows_what_salesforce_would_store_alike(talk: Talk) -> None:
    assert talk.session.same_value(AttributeType.TEXT, " a ", "a")
