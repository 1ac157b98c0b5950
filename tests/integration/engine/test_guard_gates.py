"""Rights and guards are asked again by the worker, before every batch."""

from datetime import UTC, datetime

import pytest

from tests.doubles.memory_crm import Fault
from tests.doubles.sending_room import Room
from writeback.errors import ConfigurationError
from writeback.model.guards import Figure, Guard
from writeback.model.jobs import JobKind, Route
from writeback.model.permissions import Approval, ApprovalState, Level, Permission
from writeback.model.types import PlanId
from writeback.store import figures, limits, permissions, steering, submitting, trail
from writeback.store.trail import Sought

WISH: dict[str, dict[str, object]] = {f"R{number:05d}": {"Industry": "New"} for number in (1, 2, 3)}
ROUTES = pytest.mark.parametrize("route", [Route.SINGLE, Route.BATCH, Route.BULK])


def give(room: Room, **levels: Level) -> None:
    with room.workspace.writing() as db:
        for name, level in levels.items():
            permissions.put(db, Permission(name, level, "root", datetime.now(UTC)))


@ROUTES
def test_a_right_that_was_taken_away_stops_the_job(room: Room, route: Route) -> None:
    give(room, root=Level.GLOBAL_ADMIN, ada=Level.EDITOR)
    job = room.send(WISH, route=route)
    assert (room.job(job)["state"], room.job(job)["stop_code"]) == ("stopped", "gate.right_gone")
    assert room.crm.applied == []
    with room.workspace.reading() as db:
        stops = trail.page(db, trail.numbers(db, Sought(act="job.stopped")))
    assert [row["person"] for row in stops] == [""], "a gate stopped it, not its author"
    give(room, ada=Level.OPERATOR)
    with room.workspace.writing() as db:
        steering.resume(db, job, now=room.workspace.database_now(db), by="ana")
    room.dispatcher().run_until_final([job])
    assert len(room.crm.times_applied()) == 3


def test_an_undo_needs_the_right_to_undo(room: Room) -> None:
    give(room, root=Level.GLOBAL_ADMIN, ada=Level.VIEWER)
    job = room.send(WISH, kind=JobKind.UNDO)
    assert room.job(job)["stop_code"] == "gate.right_gone"


def test_a_record_behind_a_reference_needs_a_right_of_its_own(room: Room) -> None:
    give(room, root=Level.GLOBAL_ADMIN, ada=Level.APPROVER)
    plan, job = room.plan(WISH)
    with room.workspace.writing() as db:
        db.exec_driver_sql("update jobs set root = 'Account' where id = ?", (job,))
    room.submit(plan)
    room.dispatcher().run_until_final([job])
    assert room.job(job)["stop_code"] == "gate.right_gone"
    assert "edit referenced records" in str(room.job(job)["stop_facts"])


def test_a_right_taken_away_between_two_batches_stops_the_second(room: Room) -> None:
    give(room, root=Level.GLOBAL_ADMIN, ada=Level.OPERATOR)
    plan, job = room.plan(WISH)
    room.submit(plan, most=1)
    taken = Fault("write", call=lambda _crm: give(room, ada=Level.VIEWER), after=True)
    room.crm.faults.append(taken)
    room.dispatcher().run_until_final([job])
    assert room.job(job)["stop_code"] == "gate.right_gone"
    assert room.counts(job) == {"applied": 1, "open": 2}


@ROUTES
def test_a_limit_that_was_lowered_since_stops_the_job(room: Room, route: Route) -> None:
    plan, job = room.plan(WISH, route=route)
    with room.workspace.writing() as db:
        figures.put(db, job, [Figure(Guard.ROWS, 3, 3)])
    room.submit(plan, most=3)
    with room.workspace.writing() as db:
        limits.put(db, "c1", {"rows": 2})
    room.dispatcher().run_until_final([job])
    assert (room.job(job)["state"], room.job(job)["stop_code"]) == ("stopped", "gate.guard_struck")
    assert room.crm.applied == []


def test_what_was_overridden_by_name_passes_the_gate(room: Room) -> None:
    plan, job = room.plan(WISH)
    with room.workspace.writing() as db:
        figures.put(db, job, [Figure(Guard.ROWS, 3, 3)])
        limits.put(db, "", {"rows": 2})
        figures.override(db, job, [Guard.ROWS], author="ada", at=datetime.now(UTC))
    room.submit(plan)
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"applied": 3}


def test_a_plan_that_waits_for_a_word_is_no_leftover(room: Room) -> None:
    waiting, _ = room.plan(WISH)
    left, _ = room.plan({"R00004": {"Industry": "New"}})
    now = datetime.now(UTC)
    with room.workspace.writing() as db:
        permissions.ask_approval(db, Approval(PlanId(waiting), ApprovalState.PENDING, "ada", now, 3, 1))
        assert submitting.drop_leftovers(db, before=now) == 1
    room.submit(waiting)
    with pytest.raises(ConfigurationError, match=r"plan\.not_open"):
        room.submit(left)
