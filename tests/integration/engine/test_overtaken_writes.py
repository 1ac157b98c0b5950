"""An older wish is never sent over a newer one: unknown outcomes, jobs made to wait, clocks that jump."""

from datetime import timedelta

import pytest

from tests.doubles.memory_crm import Fault
from tests.doubles.sending_room import Room
from writeback.errors import LinkLostError, OutcomeUnknownError
from writeback.model.types import JobId
from writeback.store import claims, moments, ordering, steering, submitting
from writeback.store.collecting import wait

OLD, NEWER = "Energy", "Banking"


def stand(room: Room) -> object:
    return room.crm.records["R00001"]["Industry"]


def left_unknown(room: Room, rule: str) -> JobId:
    """Send a row whose request never arrived and was never answered; nobody can read it back either."""
    room.crm.faults.append(Fault("write", error=OutcomeUnknownError("transport.timeout")))
    room.crm.faults.append(Fault("fetch", error=LinkLostError("memory.offline"), skip=1))  # not the compare
    room.crm.faults.append(Fault("fetch", error=LinkLostError("memory.offline")))
    job = room.send({"R00001": {"Industry": NEWER}}, rule=rule)
    assert room.job(job)["state"] == "needs_you"
    room.crm.faults.clear()
    return job


@pytest.mark.parametrize("rule", ["ask", "ours"])
def test_an_unknown_write_is_not_sent_again_over_what_was_wished_since(room: Room, rule: str) -> None:
    room.crm.records["R00001"]["Industry"] = OLD
    older = left_unknown(room, rule)
    room.send({"R00001": {"Industry": "Software"}}, rule="ours")
    newer = room.send({"R00001": {"Industry": OLD}}, rule="ours")
    assert room.counts(newer) == {"applied": 1}
    with room.workspace.writing() as db:
        steering.resume(db, older, now=room.workspace.database_now(db), by="ana")
    room.dispatcher().run_until_final([older])
    assert stand(room) == OLD
    assert room.outcomes(older) == {1: ("conflict", "record.overtaken")}


def test_an_unknown_write_that_nothing_followed_is_sent_again(room: Room) -> None:
    older = left_unknown(room, "ours")
    room.send({"R00002": {"Industry": "Software"}}, rule="ours")
    with room.workspace.writing() as db:
        steering.resume(db, older, now=room.workspace.database_now(db), by="ana")
    room.dispatcher().run_until_final([older])
    assert stand(room) == NEWER


def test_a_job_that_waits_for_tonight_does_not_write_over_what_was_wished_meanwhile(room: Room) -> None:
    room.crm.records["R00001"]["Industry"] = OLD
    plan, older = room.plan({"R00001": {"Industry": NEWER}, "R00002": {"Industry": NEWER}}, rule="ours")
    with room.workspace.writing() as db:
        submitting.submit(
            db, plan, at=room.clock(), batch_most={older: 1}, starts=room.clock() + timedelta(hours=8)
        )
    newer = room.send({"R00001": {"Industry": "Software"}}, rule="ours")
    assert room.counts(newer) == {"applied": 1}
    room.ahead = timedelta(hours=9)
    room.dispatcher().run_until_final([older])
    assert stand(room) == "Software"
    assert room.outcomes(older) == {1: ("cancelled", "record.overtaken"), 2: ("applied", "")}


def test_a_job_that_passed_one_made_to_wait_stays_before_it_when_it_is_cut_anew(room: Room) -> None:
    plan, older = room.plan({"R00001": {"Industry": NEWER}}, rule="ours")
    with room.workspace.writing() as db:
        submitting.submit(
            db, plan, at=room.clock(), batch_most={older: 1}, starts=room.clock() + timedelta(minutes=1)
        )
    plan, newer = room.plan({"R00001": {"Industry": "Software"}}, rule="ours")
    room.submit(plan)
    room.ahead = timedelta(minutes=2)  # the moment of the older one has come
    with room.workspace.writing() as db:
        ordering.note_again(db, newer, at=moments.to_text(room.clock()))
        assert ordering.before(db, (older,)) == (newer,)
        assert ordering.before(db, (newer,)) == ()
        ordering.note_again(db, older, at=moments.to_text(room.clock()))
        assert ordering.before(db, (older,)) == (newer,)
    room.dispatcher().run_until_final([older, newer])
    assert stand(room) == "Software"
    assert room.outcomes(older) == {1: ("cancelled", "record.overtaken")}


def test_a_clock_that_is_put_back_does_not_let_edits_collect_for_hours(room: Room) -> None:
    plan, job = room.plan({"R00001": {"Industry": NEWER}})
    room.submit(plan)
    with room.workspace.writing() as db:
        wait(db, job, until=room.clock() + timedelta(seconds=60))
    with room.workspace.reading() as db:
        assert not claims.has_work(db, now=moments.to_text(room.clock()))
    room.ahead = -timedelta(hours=3)
    with room.workspace.reading() as db:
        assert claims.has_work(db, now=moments.to_text(room.clock()))
    room.dispatcher().run_until_final([job])
    assert stand(room) == NEWER
