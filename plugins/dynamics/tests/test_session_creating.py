"""Making rows: what arrives, what is said of each, what is never made twice."""

import pytest
from plugins.dynamics.tests.talking import Talk, talking

from writeback.errors import OutcomeUnknownError
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import CLEAR, AttributeType, Wish
from writeback.sdk.connector import FieldWish, Write, WriteRequest

ROUTES = [Route.SINGLE, Route.BATCH]
KEY = "wb_externalid"


def made(value: str, **fields: Wish) -> Write:
    wishes = tuple(FieldWish(name, AttributeType.TEXT, wish) for name, wish in fields.items())
    return Write(f"k:{value}", value, None, wishes)


def creating(
    *writes: Write, route: Route = Route.BATCH, table: str = "account", by: str = KEY
) -> WriteRequest:
    return WriteRequest(table, writes, route, is_conditional=False, creates_by=by)


def send(
    talk: Talk, *writes: Write, route: Route = Route.BATCH, table: str = "account", by: str = KEY
) -> tuple[Result, ...]:
    request = creating(*writes, route=route, table=table, by=by)
    return talk.session.write(talk.session.prepare(request)).results


def held(talk: Talk, *values: str) -> dict[object, tuple[str, object]]:
    page = talk.session.fetch("account", by=KEY, keys=values, paths=("name",))
    return {row[2][0]: (row[0], row[2][1]) for row in page.rows}


def test_the_keys_are_those_whose_index_is_ready(talk: Talk) -> None:
    assert talk.session.create_keys("account") == ("accountnumber", KEY)
    assert talk.session.create_keys("contact") == ("emailaddress1",)
    assert talk.session.create_keys("wb_reading") == ()  # an elastic table
    assert talk.session.create_keys("lead") == ()


@pytest.mark.parametrize(
    ("key", "route"), [("N/1&?%:*<>\\ 'ü", Route.SINGLE), ("a+b@x.example", Route.BATCH)]
)
def test_a_row_is_made_once_and_read_back_by_its_key(talk: Talk, route: Route, key: str) -> None:
    (result,) = send(talk, made(key, name="Maple", description=CLEAR), route=route)
    assert (result.outcome, result.key) == (Outcome.APPLIED, f"k:{key}")
    assert held(talk, key) == {key: (result.record_id, "Maple")}
    (again,) = send(talk, made(key.upper(), name="Other"), route=route)
    assert (again.outcome, again.code, again.fields) == (Outcome.CONFLICT, "create.exists", (KEY,))
    assert "already exists" in again.message
    assert held(talk, key) == {key: (result.record_id, "Maple")}
    assert [entry["operation"] for entry in talk.applied()] == ["create"]


@pytest.mark.parametrize("status", ["412", "400"])
def test_one_bad_row_leaves_the_others_made(status: str) -> None:
    with talking(3, switches={"key_duplicate_status": status}) as talk:
        send(talk, made("N-2", accountnumber="X-9"))
        results = send(
            talk,
            made("N-1", name="One", primarycontactid=talk.rows(table="contact", limit=1)[0][0]),
            made("N-2", name="Two"),
            made("N-3", name="x" * 300),
            made("N-4", accountnumber="X-9"),
            made("N-5", name="Five", accountnumber="X-5"),
        )
        assert [(each.outcome.value, each.code) for each in results] == [
            ("applied", ""),
            ("conflict", "create.exists"),
            ("rejected", "dynamics.string_length_too_long"),
            ("rejected", "dynamics.duplicate_record_entity_key"),
            ("applied", ""),
        ]
        assert set(held(talk, *(f"N-{n}" for n in range(1, 6)))) == {"N-1", "N-2", "N-5"}


@pytest.mark.parametrize(("status", "code"), [("412", "0x80040237"), ("500", "0x80040333")])
def test_what_a_duplicate_rule_holds_back_is_refused(status: str, code: str) -> None:
    switches = {"duplicate_status": status, "duplicate_code": code}
    with talking(3, options={"duplicate_detection": "detect"}, switches=switches) as talk:
        name = str(talk.rows("name", limit=1)[0][2][0])
        for route in ROUTES:
            (result,) = send(talk, made("N-1", name=name), route=route)
            assert result.outcome is Outcome.REJECTED
            assert "duplicate" in result.message
        assert held(talk, "N-1") == {}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("fault", ["lock_row", "plugin"])
def test_what_stops_a_row_makes_nothing(talk: Talk, route: Route, fault: str) -> None:
    talk.fault(fault)
    (result,) = send(talk, made("N-1", name="Maple"), route=route)
    assert (result.outcome, result.again) == (Outcome.REJECTED, fault == "lock_row")
    assert (talk.applied(), held(talk, "N-1")) == ([], {})


LOST: dict[str, int] = {"cut_before": 0, "cut_after": 1}
"""What went wrong → how often the row was made."""


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("fault", LOST)
def test_a_lost_answer_is_sent_once_and_the_key_tells_what_became_of_it(
    talk: Talk, route: Route, fault: str
) -> None:
    prepared = talk.session.prepare(creating(made("N-1", name="Maple"), route=route))
    talk.fault(fault, method="POST")
    talk.exchanges.clear()
    with pytest.raises(OutcomeUnknownError):
        talk.session.write(prepared)
    assert [exchange.method for exchange in talk.exchanges] == ["POST"]
    assert talk.exchanges[0].request_body.encode() == prepared.body
    assert len(held(talk, "N-1")) == LOST[fault]
    (again,) = talk.session.write(prepared).results
    assert again.outcome is (Outcome.CONFLICT if LOST[fault] else Outcome.APPLIED)
    assert len(talk.applied()) == 1


def test_another_session_knows_what_the_answer_means(talk: Talk) -> None:
    prepared = talk.session.prepare(creating(made("N-1", name="Maple")))
    (first,) = talk.session.write(prepared).results
    (second,) = talk.another_session().write(prepared).results
    assert [first.outcome, second.outcome] == [Outcome.APPLIED, Outcome.CONFLICT]
