"""Pause, resume, cancel; and jobs that were never submitted."""

import pytest

from tests.doubles.memory_crm import Fault, MemoryCrm, no_answer
from tests.doubles.sending_room import Room
from writeback.errors import ConfigurationError
from writeback.model.jobs import Assurance, Route
from writeback.store import claims, sqlite, steering, submitting

WISH: dict[str, dict[str, object]] = {f"R{number:05d}": {"Industry": "New"} for number in (1, 2, 3)}


def steer(room: Room, verb: str, job: str) -> None:
    with room.workspace.writing() as db:
        getattr(steering, verb)(db, job, now=room.workspace.database_now(db), by="ana")


def test_a_plan_can_be_submitted_once(room: Room) -> None:
    plan, _ = room.plan(WISH)
    room.submit(plan)
    with pytest.raises(ConfigurationError) as error:
        room.submit(plan)
    assert error.value.code == "plan.not_open"


def test_a_paused_job_sends_nothing_and_goes_on_when_resumed(room: Room) -> None:
    plan, job = room.plan(WISH)
    room.submit(plan)
    steer(room, "pause", job)
    room.dispatcher().run_until_final([job])
    assert room.crm.applied == []
    steer(room, "resume", job)
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"applied": 3}


def test_a_worker_ends_by_itself_when_no_job_goes_on(room: Room) -> None:
    (first, done), (second, waits) = room.plan(WISH), room.plan({"R00004": {"Industry": "New"}})
    room.submit(first)
    room.submit(second)
    steer(room, "pause", waits)
    room.dispatcher().run_until_idle()  # returns: what is paused goes no further by itself
    assert room.counts(done) == {"applied": 3}
    assert room.job(waits)["state"] == "paused"
    room.dispatcher().run_until_idle()


def test_pausing_in_the_midst_of_a_job_keeps_what_is_done(room: Room) -> None:
    plan, job = room.plan(WISH)
    room.submit(plan)
    room.crm.faults.append(Fault("write", call=lambda _crm: steer(room, "pause", job), skip=1))
    room.dispatcher().run_until_final([job])
    assert room.job(job)["state"] == "paused"
    done = len(room.crm.applied)
    assert 1 <= done <= 2
    steer(room, "resume", job)
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"applied": 3}
    assert set(room.crm.times_applied().values()) == {1}


def test_resuming_a_job_that_counts_as_running_lets_it_go_on(room: Room) -> None:
    plan, job = room.plan(WISH)
    room.submit(plan)
    with room.workspace.writing() as db:  # as a killed worker leaves it
        sqlite.run(db, "update jobs set state = 'running' where id = ?", (job,))
    steer(room, "resume", job)
    assert room.job(job)["state"] == "running"
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"applied": 3}


def test_what_a_killed_worker_held_by_a_clock_that_was_ahead_goes_on(room: Room) -> None:
    plan, job = room.plan(WISH)
    room.submit(plan)
    with room.workspace.writing() as db:
        ahead = claims.later(room.workspace.database_now(db), 30 * 24 * 3600)
        assert claims.claim(db, owner="dies", now=ahead, lease_s=30) is not None
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"applied": 3}


def test_a_job_that_is_over_cannot_be_resumed(room: Room) -> None:
    job = room.send(WISH)
    with pytest.raises(ConfigurationError) as error:
        steer(room, "resume", job)
    assert error.value.code == "job.not_so"


def test_cancelling_before_the_start_cancels_every_row(room: Room) -> None:
    plan, job = room.plan(WISH, route=Route.BATCH, assurance=Assurance.B)
    room.submit(plan, most=2)
    steer(room, "cancel", job)
    assert room.job(job)["state"] == "cancelled"
    assert room.counts(job) == {"cancelled": 3}


def test_cancelling_in_flight_resolves_the_row_that_is_out(room: Room) -> None:
    plan, job = room.plan(WISH)
    room.submit(plan)

    def cancel(_crm: MemoryCrm) -> None:
        steer(room, "cancel", job)

    room.crm.faults += [Fault("write", call=cancel), Fault("write", after=True, error=no_answer())]
    room.dispatcher().run_until_final([job])
    assert room.job(job)["state"] == "cancelled"
    assert room.counts(job) == {"applied": 1, "cancelled": 2}
    assert room.crm.times_applied() == {"R00001": 1}


def test_a_job_that_is_over_cannot_be_cancelled(room: Room) -> None:
    job = room.send(WISH)
    with pytest.raises(ConfigurationError):
        steer(room, "cancel", job)


def test_old_plans_nobody_submitted_are_dropped_and_submitted_ones_stay(room: Room) -> None:
    room.plan(WISH)
    kept = room.send({"R00001": {"Industry": "Newer"}})
    with room.workspace.writing() as db:
        assert submitting.drop_leftovers(db, before=room.clock()) == 1
    assert room.job(kept)["state"] == "done"
    with room.workspace.reading() as db:
        assert db.exec_driver_sql("select count(*) from writes").scalar_one() == 1
