"""A CRM that remembers who wrote what: lost answers, and conflicts that name their writer."""

from collections import abc

import pytest
from sqlalchemy import select

from tests.doubles.memory_crm import FIELDS, Fault, MemoryCrm, no_answer
from tests.doubles.sending_room import Room
from writeback.engine.pulling import pull
from writeback.errors import LinkLostError, PermissionDeniedError
from writeback.model.attributes import Attribute
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule, FieldMapping, Integration
from writeback.model.jobs import Assurance, Route
from writeback.model.types import IntegrationId, JobId
from writeback.store import integrations, job_reads, model, records, schema

WISH = {"R00001": {"Industry": "New"}}
BY_BEA = "in the CRM by bea@acme.test (SCREEN) at 2026-11-27 13:"
ROUTES = pytest.mark.parametrize("route", [Route.SINGLE, Route.BATCH, Route.BULK])
RULES = pytest.mark.parametrize("rule", [ConflictRule.ASK, ConflictRule.OURS])


@pytest.fixture
def mapped(room: Room) -> Room:
    """Every field of a CRM with history is mapped with write-back, and pulled."""
    room.crm.keeps_history = True
    with room.workspace.writing() as db:
        known = {attribute.name for attribute in model.attributes(db, "account")}
        for name, kind in FIELDS.items():
            if name.lower() not in known:
                model.add_attribute(db, Attribute("account", name.lower(), name, kind))
        wish = Integration(IntegrationId(""), room.connection.id, "Account", "account", "Id")
        made = integrations.add(db, wish, at=room.clock())
    map_all(room, ConflictRule.ASK)
    pull(made.id, room.sessions.open(room.connection.id), room.workspace, full=True)
    return room


def map_all(room: Room, rule: ConflictRule) -> None:
    mappings = [
        FieldMapping(FieldPath.parse(name), name.lower(), write_back=True, conflict_rule=rule)
        for name in FIELDS
    ]
    with room.workspace.writing() as db:
        integrations.map_fields(db, IntegrationId("i1"), mappings)


def lose_answer(room: Room, after: abc.Callable[[MemoryCrm], None]) -> None:
    """The next write is applied, its answer lost, and then something happens."""
    room.crm.faults.append(Fault("write", after=True, call=after, error=no_answer()))


def lose_request(room: Room, instead: abc.Callable[[MemoryCrm], None]) -> None:
    """The next write never arrives, and something happens meanwhile."""
    room.crm.faults.append(Fault("write", call=instead, error=no_answer()))


def send(room: Room, *, rule: ConflictRule = ConflictRule.ASK) -> JobId:
    map_all(room, rule)
    return room.send(WISH, route=Route.BATCH, assurance=Assurance.B, integration_id="i1")


def told(room: Room, job: JobId) -> tuple[str, str, str]:
    table = schema.outcomes
    with room.workspace.reading() as db:
        row = db.execute(select(table).where(table.c.job_id == job)).one()
    return row.outcome, row.code, row.message


def confirmed(room: Room) -> object:
    with room.workspace.reading() as db:
        return records.get(db, "account", "i1:R00001").values["industry"]


@RULES
@pytest.mark.parametrize("theirs", ["Theirs", "Old"])
def test_a_value_that_arrived_and_was_overwritten_since_is_applied_and_never_sent_again(
    mapped: Room, rule: ConflictRule, theirs: str
) -> None:
    lose_answer(mapped, lambda crm: crm.edit("R00001", Industry=theirs))
    job = send(mapped, rule=rule)
    outcome, code, message = told(mapped, job)
    assert (outcome, code) == ("applied", "record.changed_since")
    assert message.startswith(f"Written, then changed {BY_BEA}")
    assert mapped.counts(job) == {"applied": 1}
    assert mapped.crm.times_applied() == {"R00001": 1}
    assert mapped.crm.records["R00001"]["Industry"] == confirmed(mapped) == theirs
    assert mapped.crm.requests.count("read_history") == 1


def test_what_the_crm_holds_now_is_confirmed_even_where_the_record_cannot_be_read_once_more(
    mapped: Room,
) -> None:
    lose_answer(mapped, lambda crm: crm.edit("R00001", Industry="Theirs"))
    mapped.crm.faults.append(Fault("fetch", error=LinkLostError("memory.offline"), skip=3))
    job = send(mapped)
    assert told(mapped, job)[0] == "applied"
    assert mapped.crm.faults == []
    assert confirmed(mapped) == "Theirs"


@RULES
def test_a_value_that_never_arrived_is_left_to_the_rule(mapped: Room, rule: ConflictRule) -> None:
    lose_request(mapped, lambda crm: crm.edit("R00001", Industry="Theirs"))
    job = send(mapped, rule=rule)
    assert mapped.attempts(job)[0]["verdict"] == "not_applied"
    if rule is ConflictRule.OURS:
        assert mapped.counts(job) == {"applied": 1}
        assert mapped.crm.times_applied() == {"R00001": 1}
        assert mapped.crm.records["R00001"]["Industry"] == "New"
    else:
        outcome, code, message = told(mapped, job)
        assert (outcome, code) == ("conflict", "record.changed")
        assert message.startswith(f"Changed {BY_BEA}")
        assert mapped.crm.applied == []


def test_a_value_that_never_arrived_is_sent_again_where_only_another_field_was_edited(mapped: Room) -> None:
    lose_request(mapped, lambda crm: crm.edit("R00001", Name="Renamed"))
    job = send(mapped)
    assert mapped.counts(job) == {"applied": 1}
    assert mapped.crm.times_applied() == {"R00001": 1}


def test_our_value_of_an_earlier_job_proves_nothing_for_this_one(mapped: Room) -> None:
    send(mapped)
    mapped.crm.edit("R00001", Industry="Old")
    lose_request(mapped, lambda crm: crm.edit("R00001", Name="Renamed"))
    job = send(mapped)
    assert mapped.attempts(job)[0]["verdict"] == "not_applied"
    assert mapped.crm.records["R00001"]["Industry"] == confirmed(mapped) == "New"
    assert mapped.crm.times_applied() == {"R00001": 2}


def test_a_history_that_may_lack_values_leaves_a_conflict_that_names_the_writer(mapped: Room) -> None:
    mapped.crm.forgets = True
    lose_request(mapped, lambda crm: crm.edit("R00001", Industry="Theirs"))
    outcome, code, message = told(mapped, send(mapped))
    assert (outcome, code) == ("conflict", "record.other_values")
    assert message.startswith(f"Changed {BY_BEA}")
    assert mapped.crm.applied == []


def test_a_history_that_may_not_be_seen_leaves_the_verdict_to_the_values(mapped: Room) -> None:
    lose_answer(mapped, lambda crm: crm.edit("R00001", Industry="Theirs"))
    mapped.crm.faults.append(Fault("read_history", error=PermissionDeniedError("memory.denied")))
    assert told(mapped, send(mapped)) == ("conflict", "record.other_values", "")


def test_a_history_that_cannot_be_read_now_is_asked_again_before_any_verdict(mapped: Room) -> None:
    lose_answer(mapped, lambda crm: crm.edit("R00001", Industry="Theirs"))
    mapped.crm.faults.append(Fault("read_history", error=LinkLostError("memory.offline")))
    job = send(mapped)
    assert told(mapped, job)[:2] == ("applied", "record.changed_since")
    assert mapped.crm.requests.count("read_history") == 2


@ROUTES
def test_a_conflict_of_the_compare_names_the_writer_with_one_read_for_all_rows(
    mapped: Room, route: Route
) -> None:
    numbers = ("R00001", "R00002", "R00003")
    plan, job = mapped.plan(
        {key: {"Industry": "New"} for key in numbers},
        route=route,
        assurance=Assurance.B,
        integration_id="i1",
    )
    for number in numbers[:2]:
        mapped.crm.edit(number, Industry="Theirs")
    mapped.submit(plan, most=3)
    mapped.dispatcher().run_until_final([job])
    assert mapped.counts(job) == {"conflict": 2, "applied": 1}
    table, states = schema.outcomes, schema.value_states
    with mapped.workspace.reading() as db:
        words = [row[0] for row in db.execute(select(table.c.message).where(table.c.outcome == "conflict"))]
        shown = [row[0] for row in db.execute(select(states.c.message))]
    assert sorted(words) == [
        "Changed in the CRM by bea@acme.test (SCREEN) at 2026-11-27 13:06 UTC.",
        "Changed in the CRM by bea@acme.test (SCREEN) at 2026-11-27 13:07 UTC.",
    ]
    assert sorted(shown) == sorted(words)
    with mapped.workspace.reading() as db:
        groups = [tuple(row[:4]) for row in job_reads.causes(db, job)]
    assert groups == [("conflict", "record.changed", "", 2)]  # by cause, not by person and minute
    assert mapped.crm.requests.count("read_history") == 1
    if route is Route.BATCH:  # no read widens the gap between compare and write
        assert mapped.crm.requests.index("write") < mapped.crm.requests.index("read_history")


def test_a_conflict_is_found_again_where_the_others_were_not_sent(mapped: Room) -> None:
    plan, job = mapped.plan(
        {key: {"Industry": "New"} for key in ("R00001", "R00002")},
        route=Route.BATCH,
        assurance=Assurance.B,
        integration_id="i1",
    )
    mapped.crm.edit("R00001", Industry="Theirs")
    mapped.crm.faults.append(Fault("write", error=LinkLostError("memory.refused", after=0.01)))
    mapped.submit(plan, most=2)
    mapped.dispatcher().run_until_final([job])
    assert mapped.counts(job) == {"conflict": 1, "applied": 1}
    assert mapped.crm.times_applied() == {"R00002": 1}


def test_a_conflict_is_settled_where_the_answer_of_the_others_is_lost(mapped: Room) -> None:
    plan, job = mapped.plan(
        {key: {"Industry": "New"} for key in ("R00001", "R00002")},
        route=Route.BATCH,
        assurance=Assurance.B,
        integration_id="i1",
    )
    mapped.crm.edit("R00001", Industry="Theirs")
    lose_answer(mapped, lambda _crm: None)
    mapped.submit(plan, most=2)
    mapped.dispatcher().run_until_final([job])
    assert mapped.counts(job) == {"conflict": 1, "applied": 1}
    assert mapped.crm.times_applied() == {"R00002": 1}


def test_a_conflict_stands_without_its_writer_where_the_history_is_not_read(mapped: Room) -> None:
    mapped.crm.faults.append(Fault("read_history", error=LinkLostError("memory.offline")))
    plan, job = mapped.plan(WISH, assurance=Assurance.B, integration_id="i1")
    mapped.crm.edit("R00001", Industry="Theirs")
    mapped.submit(plan)
    mapped.dispatcher().run_until_final([job])
    assert told(mapped, job) == ("conflict", "record.changed", "")


def test_a_version_that_the_crm_refused_names_the_writer_too(mapped: Room) -> None:
    mapped.crm.faults.append(
        Fault("fetch", after=True, call=lambda crm: crm.edit("R00001", Industry="Theirs"))
    )
    job = mapped.send(WISH, integration_id="i1")
    outcome, _code, message = told(mapped, job)
    assert outcome == "conflict"
    assert message.startswith(f"Changed {BY_BEA}")


def test_no_history_is_asked_for_where_nothing_is_in_doubt(mapped: Room) -> None:
    lose_answer(mapped, lambda _crm: None)
    assert mapped.counts(send(mapped)) == {"applied": 1}
    assert "read_history" not in mapped.crm.requests
