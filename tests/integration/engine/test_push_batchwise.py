"""SINGLE and BATCH against a CRM in memory: order of the steps, outcomes, conflicts, splitting."""

import hashlib
import json
from datetime import timedelta

import pytest

from tests.doubles.memory_crm import Fault, no_answer
from tests.doubles.sending_room import Room
from writeback.errors import InvalidRequestError, LinkLostError, RateLimitedError
from writeback.model.jobs import Assurance, Outcome, Result, Route
from writeback.store import moments, steering

BATCHWISE = pytest.mark.parametrize(
    ("route", "assurance"),
    [
        (Route.SINGLE, Assurance.A),
        (Route.SINGLE, Assurance.B),
        (Route.BATCH, Assurance.A),
        (Route.BATCH, Assurance.B),
        (Route.BATCH, Assurance.C),
    ],
)


def wishes(*numbers: int, industry: str = "New") -> dict[str, dict[str, object]]:
    return {f"R{number:05d}": {"Industry": industry} for number in numbers}


@BATCHWISE
def test_every_row_is_applied_once_and_the_job_is_done(
    room: Room, route: Route, assurance: Assurance
) -> None:
    job = room.send(wishes(1, 2, 3), route=route, assurance=assurance)
    assert room.job(job)["state"] == "done", room.job(job)
    assert room.counts(job) == {"applied": 3}
    assert room.crm.times_applied() == {"R00001": 1, "R00002": 1, "R00003": 1}
    assert room.crm.records["R00002"]["Industry"] == "New"


@BATCHWISE
def test_the_intent_holds_the_hash_of_the_bytes_that_left(
    room: Room, route: Route, assurance: Assurance
) -> None:
    job = room.send(wishes(1, 2), route=route, assurance=assurance)
    sent = {hashlib.sha256(body).hexdigest() for body in room.crm.bodies}
    assert {attempt["payload_hash"] for attempt in room.attempts(job)} == sent
    assert all(attempt["org_id"] == "org-1" for attempt in room.attempts(job))


@pytest.mark.parametrize("assurance", [Assurance.A, Assurance.B])
def test_a_record_changed_since_the_plan_is_a_conflict_and_is_not_written(
    room: Room, assurance: Assurance
) -> None:
    plan, job = room.plan(wishes(1, 2), route=Route.BATCH, assurance=assurance)
    room.crm.edit("R00002", Industry="Theirs")
    room.submit(plan, most=25)
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"applied": 1, "conflict": 1}
    assert room.crm.records["R00002"]["Industry"] == "Theirs"
    assert room.outcomes(job)[2] == ("conflict", "record.changed")


def test_another_field_edited_meanwhile_is_no_conflict(room: Room) -> None:
    plan, job = room.plan(wishes(1))
    room.crm.edit("R00001", Name="Renamed by them")
    room.submit(plan)
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"applied": 1}
    assert room.crm.records["R00001"]["Name"] == "Renamed by them"


def test_a_value_that_is_so_already_costs_no_write(room: Room) -> None:
    plan, job = room.plan(wishes(1))
    room.crm.edit("R00001", Industry="New")
    room.submit(plan)
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"unchanged": 1}
    assert room.crm.applied == []


def test_with_the_rule_ours_the_newest_value_is_the_one_undo_restores(room: Room) -> None:
    plan, job = room.plan(wishes(1), rule="ours")
    room.crm.edit("R00001", Industry="Theirs")
    room.submit(plan)
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"applied": 1}
    with room.workspace.reading() as db:
        old = db.exec_driver_sql("select old from writes where job_id = ?", (job,)).scalar_one()
    assert json.loads(old)[1] == "Theirs"


def test_an_edit_between_compare_and_write_is_refused_by_the_crm_and_shown(room: Room) -> None:
    room.crm.faults.append(Fault("fetch", after=True, call=lambda crm: crm.edit("R00001", Industry="Theirs")))
    job = room.send(wishes(1))
    assert room.counts(job) == {"conflict": 1}
    assert room.crm.applied == []
    with room.workspace.reading() as db:
        theirs = db.exec_driver_sql("select theirs from outcomes where job_id = ?", (job,)).scalar_one()
    assert json.loads(theirs)[1] == "Theirs"


def test_an_edit_of_another_field_between_compare_and_write_is_tried_again(room: Room) -> None:
    room.crm.faults.append(Fault("fetch", after=True, call=lambda crm: crm.edit("R00001", Name="Other")))
    job = room.send(wishes(1))
    assert room.counts(job) == {"applied": 1}
    assert room.crm.times_applied() == {"R00001": 1}


def test_a_refused_row_keeps_the_crms_words_and_the_others_are_written(room: Room) -> None:
    job = room.send(wishes(1, 3) | wishes(2, industry="Forbidden"), route=Route.BATCH, assurance=Assurance.B)
    assert room.counts(job) == {"applied": 2, "rejected": 1}
    with room.workspace.reading() as db:
        row = db.exec_driver_sql("select code, message, fields from outcomes where job_id = ?", (job,)).one()
    assert tuple(row) == ("NOT_ALLOWED", "not an industry", '["Industry"]')


def test_a_vanished_record_is_rejected_without_a_write(room: Room) -> None:
    plan, job = room.plan(wishes(1))
    del room.crm.records["R00001"]
    room.submit(plan)
    room.dispatcher().run_until_final([job])
    assert room.outcomes(job)[1] == ("rejected", "record.gone")
    assert "write" not in room.crm.requests


def test_results_are_joined_by_key_whatever_their_order(room: Room) -> None:
    room.crm.faults.append(Fault("write", after=True, results=lambda results: results[::-1]))
    job = room.send(wishes(1, 3) | wishes(2, industry="Forbidden"), route=Route.BATCH, assurance=Assurance.B)
    assert room.outcomes(job)[3] == ("rejected", "NOT_ALLOWED")
    assert room.outcomes(job)[1][0] == "applied"


@pytest.mark.parametrize("spoil", [lambda results: results[:-1], lambda results: [*results, results[0]]])
def test_a_row_named_nowhere_or_twice_is_unknown_and_read_back_not_sent_again(
    room: Room, spoil: object
) -> None:
    room.crm.faults.append(Fault("write", after=True, results=spoil))  # type: ignore[arg-type]
    job = room.send(wishes(1, 2, 3), route=Route.BATCH, assurance=Assurance.B)
    assert room.counts(job) == {"applied": 3}
    assert set(room.crm.times_applied().values()) == {1}
    assert [attempt["verdict"] for attempt in room.attempts(job)] == ["settled"]


@BATCHWISE
def test_a_lost_answer_is_read_back_and_found_applied(room: Room, route: Route, assurance: Assurance) -> None:
    room.crm.faults.append(Fault("write", after=True, error=no_answer()))
    job = room.send(wishes(1, 2), route=route, assurance=assurance)
    assert room.counts(job) == {"applied": 2}
    assert room.crm.times_applied() == {"R00001": 1, "R00002": 1}


@BATCHWISE
def test_a_lost_request_is_read_back_and_sent_again(room: Room, route: Route, assurance: Assurance) -> None:
    room.crm.faults.append(Fault("write", error=no_answer()))
    job = room.send(wishes(1, 2), route=route, assurance=assurance)
    assert room.counts(job) == {"applied": 2}
    assert room.crm.times_applied() == {"R00001": 1, "R00002": 1}
    verdicts = [attempt["verdict"] for attempt in room.attempts(job)]
    assert verdicts[0] == "not_applied"


def test_a_row_that_nobody_can_read_back_needs_a_person_and_can_be_looked_at_again(room: Room) -> None:
    room.crm.faults.append(Fault("write", after=True, error=no_answer()))
    room.crm.faults.append(Fault("fetch", error=LinkLostError("memory.offline"), skip=1))  # not the compare
    room.crm.faults.append(Fault("fetch", error=LinkLostError("memory.offline")))
    job = room.send(wishes(1))
    assert (room.job(job)["state"], room.job(job)["stop_code"]) == ("needs_you", "job.unknown_left")
    assert room.counts(job) == {"unknown": 1}
    with room.workspace.writing() as db:
        steering.resume(db, job, now=room.workspace.database_now(db), by="ana")
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"applied": 1}
    assert room.crm.times_applied() == {"R00001": 1}


def test_a_locked_row_is_tried_again_and_the_others_are_not(room: Room) -> None:
    room.crm.locked["R00002"] = 2
    job = room.send(wishes(1, 2, 3), route=Route.BATCH, assurance=Assurance.B)
    assert room.counts(job) == {"applied": 3}
    assert set(room.crm.times_applied().values()) == {1}
    assert len(room.attempts(job)) == 3


def test_a_row_that_stays_locked_is_refused_in_the_end(room: Room) -> None:
    room.crm.locked["R00001"] = 100
    job = room.send(wishes(1))
    assert room.counts(job) == {"rejected": 1}
    assert len(room.attempts(job)) == 6


def test_a_request_spoiled_by_one_row_is_split_until_that_row_stands_alone(tmp_path: object) -> None:
    room = Room(tmp_path, rows=64)  # type: ignore[arg-type]
    spoiled = wishes(*range(1, 65)) | wishes(20, industry="Poison")
    job = room.send(spoiled, route=Route.BATCH, assurance=Assurance.B)
    assert room.counts(job) == {"applied": 63, "rejected": 1}
    assert set(room.crm.times_applied().values()) == {1}
    assert len(room.attempts(job)) <= 1 + 2 * 6
    room.close()


def test_no_write_leaves_inside_a_wait_the_crm_asks_for(room: Room) -> None:
    room.crm.faults.append(Fault("write", error=RateLimitedError("memory.slow_down", after=0.3)))
    plan, job = room.plan(wishes(1, 2, 3))
    room.submit(plan)
    started = room.clock()
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"applied": 3}
    assert set(room.crm.times_applied().values()) == {1}
    refused, *sent = [attempt["intent_at"] for attempt in room.attempts(job)]
    earliest = min(moments.from_text(str(each)) for each in sent)
    assert earliest - moments.from_text(str(refused)) >= timedelta(seconds=0.3)
    assert earliest > started


def test_a_request_that_never_left_is_simply_sent_again(room: Room) -> None:
    room.crm.faults.append(Fault("write", error=LinkLostError("memory.refused", after=0.01)))
    job = room.send(wishes(1))
    assert room.counts(job) == {"applied": 1}
    assert room.attempts(job)[0]["outcome"] == "cancelled"


def test_a_single_refusal_of_the_whole_request_is_the_rows_own(room: Room) -> None:
    room.crm.faults.append(Fault("write", error=InvalidRequestError("memory.bad", message="no such thing")))
    job = room.send(wishes(1))
    assert room.counts(job) == {"rejected": 1}


def test_a_job_without_writes_is_done_at_once(room: Room) -> None:
    plan, job = room.plan({})
    room.submit(plan)
    assert room.job(job)["state"] == "done", room.job(job)


def test_many_threads_write_every_row_once(tmp_path: object) -> None:
    room = Room(tmp_path, rows=60)  # type: ignore[arg-type]
    job = room.send(wishes(*range(1, 61)), threads=4)
    assert room.counts(job) == {"applied": 60}
    assert set(room.crm.times_applied().values()) == {1}
    room.close()


def test_the_outcome_of_a_result_without_key_is_no_rows(room: Room) -> None:
    room.crm.faults.append(
        Fault("write", after=True, results=lambda results: [Result("", Outcome.APPLIED) for _ in results])
    )
    job = room.send(wishes(1))
    assert room.counts(job) == {"applied": 1}
    assert room.attempts(job)[0]["outcome"] == "unknown"
