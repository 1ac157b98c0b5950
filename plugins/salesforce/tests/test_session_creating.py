"""Making a few records: what arrives, what is said of each, what is never made twice."""

import pytest
from plugins.salesforce.tests.talking import Talk

from writeback.errors import ConnectorError, OutcomeUnknownError, QuotaSpentError
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import AttributeType
from writeback.sdk.capabilities import CreatesRecords
from writeback.sdk.connector import FieldWish, Write, WriteRequest

KEY = "External_Id__c"
ROUTES = [Route.SINGLE, Route.BATCH]


def made(value: str, **fields: str) -> Write:
    wishes = tuple(FieldWish(name, AttributeType.TEXT, wish) for name, wish in fields.items())
    return Write(f"k:{value}", value, None, wishes)


def creating(*writes: Write, route: Route = Route.BATCH) -> WriteRequest:
    return WriteRequest("Account", writes, route, is_conditional=False, creates_by=KEY)


def send(talk: Talk, *writes: Write, route: Route = Route.BATCH) -> tuple[Result, ...]:
    return talk.session.write(talk.session.prepare(creating(*writes, route=route))).results


def held(talk: Talk, *values: str) -> dict[object, tuple[str, object]]:
    page = talk.session.fetch("Account", by=KEY, keys=values, paths=("Name",))
    return {row[2][0]: (row[0], row[2][1]) for row in page.rows}


def test_the_session_has_the_ability_and_names_the_key(talk: Talk) -> None:
    assert isinstance(talk.session, CreatesRecords)
    assert talk.session.create_keys("Account") == (KEY,)
    assert talk.session.create_keys("Contact") == (KEY,)
    assert talk.session.create_keys("Opportunity") == ()


@pytest.mark.parametrize("route", ROUTES)
def test_a_record_is_made_once_and_read_back_by_its_key(talk: Talk, route: Route) -> None:
    (result,) = send(talk, made("N-1", Name="Maple Ltd"), route=route)
    assert (result.outcome, result.key) == (Outcome.APPLIED, "k:N-1")
    assert held(talk, "N-1") == {"N-1": (result.record_id, "Maple Ltd")}
    (entry,) = talk.applied()
    assert (entry["id"], entry["operation"]) == (result.record_id, "create")


@pytest.mark.parametrize("route", ROUTES)
def test_a_record_that_is_there_stays_as_it_is(talk: Talk, route: Route) -> None:
    (first,) = send(talk, made("N-1", Name="Maple Ltd"))
    (second,) = send(talk, made("n-1", Name="Another"), route=route)  # Salesforce compares without case here
    assert (second.outcome, second.code, second.fields) == (Outcome.CONFLICT, "create.exists", (KEY,))
    assert first.record_id[:15] in second.message
    assert held(talk, "N-1") == {"N-1": (first.record_id, "Maple Ltd")}
    assert len(talk.applied()) == 1


def test_a_contact_is_made_at_its_account(talk: Talk) -> None:
    page = talk.session.fetch("Account", by=KEY, keys=["A-0000002"], paths=())
    write = made("N-1", LastName="Maple", AccountId=page.rows[0][0])
    request = WriteRequest("Contact", (write,), Route.SINGLE, is_conditional=False, creates_by=KEY)
    (result,) = talk.session.write(talk.session.prepare(request)).results
    paths = ("LastName", f"Account.{KEY}")
    found = talk.session.fetch("Contact", by=KEY, keys=["n-1", "C-0000000"], paths=paths)
    told = {row[2][0]: (row[0], *row[2][1:]) for row in found.rows}
    assert told["N-1"] == (result.record_id, "Maple", "A-0000002")
    assert set(told) == {"N-1", "C-0000000"}


def test_one_bad_row_leaves_the_others_made(talk: Talk) -> None:
    send(talk, made("N-2", Name="There"))
    results = send(
        talk,
        made("N-1", Name="One"),
        made("N-2", Name="Two"),
        made("N-3", Phone="1"),
        made("N-4", Name="x" * 300),
        made("N-5", Name="Five"),
    )
    assert [(each.outcome.value, each.code) for each in results] == [
        ("applied", ""),
        ("conflict", "create.exists"),
        ("rejected", "salesforce.required_field_missing"),
        ("rejected", "salesforce.string_too_long"),
        ("applied", ""),
    ]
    assert results[2].fields == ("Name",)
    assert set(held(talk, "N-1", "N-2", "N-3", "N-4", "N-5")) == {"N-1", "N-2", "N-5"}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("fault", ["duplicate", "lock_row"])
def test_a_rule_or_a_lock_makes_nothing(talk: Talk, route: Route, fault: str) -> None:
    talk.fault(fault)
    (result,) = send(talk, made("N-1", Name="Maple Ltd"), route=route)
    assert (result.outcome, result.again) == (Outcome.REJECTED, fault == "lock_row")
    assert (talk.applied(), held(talk, "N-1")) == ([], {})


LOST: dict[str, tuple[type[ConnectorError], int]] = {
    "limit_daily": (QuotaSpentError, 0),
    "cut_before": (OutcomeUnknownError, 0),
    "cut_after": (OutcomeUnknownError, 1),
}
"""What went wrong → what is raised, and how often the record was made."""


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("fault", LOST)
def test_a_lost_answer_is_sent_once_and_the_key_tells_what_became_of_it(
    talk: Talk, route: Route, fault: str
) -> None:
    error, times = LOST[fault]
    prepared = talk.session.prepare(creating(made("N-1", Name="Maple Ltd"), route=route))
    talk.fault(fault, method="POST")
    talk.exchanges.clear()
    with pytest.raises(error):
        talk.session.write(prepared)
    assert [exchange.method for exchange in talk.exchanges] == ["POST"]
    assert (len(talk.applied()), len(held(talk, "N-1"))) == (times, times)
    (again,) = talk.session.write(prepared).results  # asked again, it is made if it was not, and never twice
    assert again.outcome is (Outcome.CONFLICT if times else Outcome.APPLIED)
    assert len(talk.applied()) == 1
