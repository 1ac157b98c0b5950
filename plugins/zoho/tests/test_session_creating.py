"""Making records: what arrives, what is said of each, what is never made twice."""

import pytest
from plugins.zoho.tests.talking import Talk, talking

from writeback.errors import OutcomeUnknownError
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import AttributeType
from writeback.sdk.connector import FieldWish, Write, WriteRequest

ROUTES = [Route.SINGLE, Route.BATCH]
KEYS = {"Accounts": ("External_Id", "Account_Name"), "Contacts": ("Email", "Last_Name")}


def made(value: str, **fields: str) -> Write:
    wishes = tuple(FieldWish(name, AttributeType.TEXT, wish) for name, wish in fields.items())
    return Write(f"k:{value}", value, None, wishes)


def creating(*writes: Write, route: Route = Route.BATCH, name: str = "Accounts") -> WriteRequest:
    return WriteRequest(name, writes, route, is_conditional=False, creates_by=KEYS[name][0])


def send(
    talk: Talk, *writes: Write, route: Route = Route.BATCH, name: str = "Accounts"
) -> tuple[Result, ...]:
    return talk.session.write(talk.session.prepare(creating(*writes, route=route, name=name))).results


def held(talk: Talk, *values: str, name: str = "Accounts") -> dict[object, tuple[str, object]]:
    by, title = KEYS[name]
    page = talk.session.fetch(name, by=by, keys=values, paths=(title,))
    return {row[2][0]: (row[0], row[2][1]) for row in page.rows}


def test_the_keys_are_those_that_the_module_keeps_unique(talk: Talk) -> None:
    assert talk.session.create_keys("Accounts") == ("External_Id",)
    assert talk.session.create_keys("Contacts") == ("Email",)
    assert talk.session.create_keys("Deals") == ()
    assert talk.session.create_keys("users") == ()


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("name", "key"),
    [("Accounts", "N-1"), ("Accounts", 'O\'Hara, "ü" (x) %_'), ("Contacts", "a+b@x.example")],
)
def test_a_record_is_made_once_and_read_back_by_its_key(
    talk: Talk, route: Route, name: str, key: str
) -> None:
    by, title = KEYS[name]
    (result,) = send(talk, made(key, **{title: "Maple"}), route=route, name=name)
    assert (result.outcome, result.key) == (Outcome.APPLIED, f"k:{key}")
    assert result.version
    assert held(talk, key, name=name) == {key: (result.record_id, "Maple")}
    (again,) = send(talk, made(key.upper(), **{title: "Other"}), route=route, name=name)
    assert (again.outcome, again.code, again.fields) == (Outcome.CONFLICT, "create.exists", (by,))
    assert result.record_id in again.message
    assert held(talk, key, name=name) == {key: (result.record_id, "Maple")}
    assert [entry["operation"] for entry in talk.applied()] == ["create"]


def test_one_bad_row_leaves_the_others_made(talk: Talk) -> None:
    send(talk, made("N-2", Account_Name="There"))
    results = send(
        talk,
        made("N-1", Account_Name="One"),
        made("N-2", Account_Name="Two"),
        made("N-3"),
        made("N-4", Account_Name="x" * 300),
        made("N-1", Account_Name="One again"),
        made("N-5", Account_Name="Five"),
    )
    assert [(each.outcome.value, each.code) for each in results] == [
        ("applied", ""),
        ("conflict", "create.exists"),
        ("rejected", "zoho.mandatory_not_found"),
        ("rejected", "zoho.invalid_data"),
        ("conflict", "create.exists"),
        ("applied", ""),
    ]
    assert set(held(talk, *(f"N-{n}" for n in range(1, 6)))) == {"N-1", "N-2", "N-5"}


@pytest.mark.parametrize("fault", ["lock_row", "review_row", "forbid_row", "refuse_row"])
def test_what_stops_a_row_makes_nothing(talk: Talk, fault: str) -> None:
    talk.fault(fault)
    (result,) = send(talk, made("N-1", Account_Name="Maple"))
    assert result.outcome is Outcome.REJECTED
    assert (talk.applied(), held(talk, "N-1")) == ([], {})


LOST: dict[str, int] = {"cut_before": 0, "cut_after": 1}
"""What went wrong → how often the record was made."""


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("fault", LOST)
def test_a_lost_answer_is_sent_once_and_the_key_tells_what_became_of_it(
    talk: Talk, route: Route, fault: str
) -> None:
    prepared = talk.session.prepare(creating(made("N-1", Account_Name="Maple"), route=route))
    talk.fault(fault, method="POST", path="/Accounts")
    talk.exchanges.clear()
    with pytest.raises(OutcomeUnknownError):
        talk.session.write(prepared)
    assert [exchange.method for exchange in talk.exchanges] == ["POST"]
    assert talk.exchanges[0].request_body.encode() == prepared.body
    assert len(held(talk, "N-1")) == LOST[fault]
    (again,) = talk.session.write(prepared).results
    assert again.outcome is (Outcome.CONFLICT if LOST[fault] else Outcome.APPLIED)
    assert len(talk.applied()) == 1


def test_the_search_that_lags_plays_no_part_in_reading_back() -> None:
    with talking(3, switches={"search_lag_s": "3600"}) as talk:
        (result,) = send(talk, made("N-1", Account_Name="Maple"))
        assert held(talk, "n-1") == {"N-1": (result.record_id, "Maple")}
