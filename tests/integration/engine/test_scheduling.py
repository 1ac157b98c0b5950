"""Pulls by schedule: run once each, after sleep too; tried again; held by blackouts, as are jobs."""

import random
import threading
from collections import abc
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.doubles.memory_crm import MemoryCrm
from tests.doubles.sending_room import FAST, MemorySessions, Room
from tests.unit.store.making import FakeClock, Ids, integrate
from writeback.engine.scheduling import AGAIN_S, OFTEN, SELDOM_S, Scheduler
from writeback.engine.turns import Desk
from writeback.errors import (
    LinkLostError,
    MappingError,
    SignInRequiredError,
    WorkspaceBusyError,
)
from writeback.model.events import EventKind
from writeback.model.integrations import Integration
from writeback.model.schedules import Blackout, Cadence, PullSchedule, Schedule
from writeback.model.types import AttributeType, ConnectionId, IntegrationId
from writeback.store import integrations, journal, schedules, steering
from writeback.store.schedules import Run
from writeback.store.workspace import Workspace

HOURLY = Schedule(Cadence.HOURLY)
NIGHT = Blackout(time(22, 0), time(6, 0))


@dataclass
class Yard:
    """A workspace with an integration, and a clock that moves when told."""

    workspace: Workspace
    clock: FakeClock
    pulled: list[Run] = field(default_factory=list)
    error: BaseException | None = None
    while_pulling: abc.Callable[[], object] = lambda: None

    def pull(self, run: Run) -> None:
        self.pulled.append(run)
        self.while_pulling()
        if self.error is not None:
            raise self.error

    def scheduler(self, **more: float) -> Scheduler:
        sessions = MemorySessions(self.workspace, MemoryCrm(1))
        desk = Desk(self.workspace, sessions, FAST, random.Random(3), threading.Event())  # noqa: S311  jitter
        return Scheduler(desk, self.pull, **more)

    def put(self, schedule: Schedule, integration: str = "i1") -> None:
        with self.workspace.writing() as db:
            schedules.put(db, integration, schedule, author="ana", at=self.clock())

    def get(self, integration: str = "i1") -> PullSchedule:
        with self.workspace.reading() as db:
            found = schedules.get(db, integration)
        assert found is not None
        return found

    def at(self, text: str) -> None:
        self.clock.at = datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def yard(tmp_path: Path) -> abc.Iterator[Yard]:
    clock = FakeClock(datetime(2026, 11, 27, 12, 0, tzinfo=UTC))
    path = tmp_path / "ws" / "w.writeback"
    with Workspace.create(path, now=clock, new_id=Ids(), database_clock=clock) as workspace:
        integrate(workspace, {"Name": ("name", AttributeType.TEXT)})
        yield Yard(workspace, clock)


def test_what_is_due_runs_once_and_the_next_one_comes(yard: Yard) -> None:
    yard.put(HOURLY)
    scheduler = yard.scheduler()
    assert not scheduler.step()
    yard.at("2026-11-27 13:00:01")
    assert scheduler.step()
    assert not scheduler.step()
    (run,) = yard.pulled
    assert (run.integration_id, run.author, run.missed) == ("i1", "ana", 0)
    assert run.due == datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
    found = yard.get()
    assert (found.next_at, found.last_code) == (datetime(2026, 11, 27, 14, 0, tzinfo=UTC), "")
    assert found.last_at == yard.clock()
    with yard.workspace.reading() as db:
        told = [one for one in journal.since(db, 0) if one.kind is EventKind.SCHEDULE_CHANGED]
    assert [one.subject for one in told] == ["i1"]


def test_sleep_over_several_due_moments_is_one_run(yard: Yard) -> None:
    yard.put(HOURLY)
    scheduler = yard.scheduler()
    yard.at("2026-11-30 09:17")
    while scheduler.step():
        pass
    assert [(one.due.hour, one.missed) for one in yard.pulled] == [(9, 68)]
    assert yard.get().last_missed == 68


def test_without_catching_up_what_was_slept_over_is_dropped(yard: Yard) -> None:
    yard.put(replace(HOURLY, catch_up=False))
    yard.at("2026-11-30 09:17")
    assert not yard.scheduler().step()
    assert yard.pulled == []
    assert yard.get().next_at == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
    yard.at("2026-11-30 10:03")
    assert yard.scheduler().step()


def test_two_workers_run_a_due_moment_once(yard: Yard) -> None:
    yard.put(HOURLY)
    yard.at("2026-11-27 13:00")
    start = threading.Barrier(4)

    def work() -> None:
        scheduler = yard.scheduler()
        start.wait()
        for _ in range(3):
            scheduler.step()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(yard.pulled) == 1


@pytest.mark.parametrize("error", [None, LinkLostError("test")])
def test_a_schedule_put_while_one_runs_counts_from_then(yard: Yard, error: BaseException | None) -> None:
    yard.put(HOURLY)
    yard.at("2026-11-27 13:00")
    yard.error = error
    yard.while_pulling = lambda: yard.put(Schedule(Cadence.MINUTES, every=5))
    assert yard.scheduler().step()
    found = yard.get()
    assert (found.next_at, found.tries) == (datetime(2026, 11, 27, 13, 5, tzinfo=UTC), 0)
    assert (found.last_at, found.runs_until) == (yard.clock(), None)


def test_while_one_runs_nobody_else_takes_it(yard: Yard) -> None:
    yard.put(HOURLY)
    yard.at("2026-11-27 13:00")
    other, took = yard.scheduler(), []
    yard.while_pulling = lambda: took.append(other.step())
    yard.scheduler().step()
    assert (took, len(yard.pulled)) == ([False], 1)


def test_a_killed_workers_run_is_taken_over_when_its_lease_is_over(yard: Yard) -> None:
    yard.put(replace(HOURLY, catch_up=False))
    yard.at("2026-11-27 13:00")
    with yard.workspace.writing() as db:
        now = yard.workspace.database_now(db)
        lost = schedules.claim(db, owner="killed", now=now, lease_s=60)
    assert lost is not None
    yard.at("2026-11-27 13:00:30")
    assert not yard.scheduler().step()
    yard.at("2026-11-27 13:30")  # far too late for one that was not begun
    assert yard.scheduler().step()
    assert [one.due.hour for one in yard.pulled] == [13]
    with yard.workspace.writing() as db:  # it was asleep, not killed: its word counts no more
        assert not schedules.finish(db, lost, at=yard.clock(), code="late")
        assert not schedules.renew(db, lost, now=yard.workspace.database_now(db), lease_s=60)
    assert yard.get().last_code == ""


def test_a_clock_that_was_a_year_ahead_stops_no_schedule(yard: Yard) -> None:
    yard.at("2027-11-27 12:59:00")
    yard.put(HOURLY)
    yard.at("2027-11-27 13:00:01")
    assert yard.scheduler().step()
    with yard.workspace.writing() as db:  # a worker that dies while it holds the next one
        yard.at("2027-11-27 14:00:01")
        now = yard.workspace.database_now(db)
        assert schedules.claim(db, owner="dies", now=now, lease_s=60) is not None
    yard.at("2026-11-27 12:30:00")
    scheduler = yard.scheduler()
    assert not scheduler.step(), "it counts from now again"
    assert yard.get().next_at == datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
    yard.at("2026-11-27 13:00:01")
    assert scheduler.step()
    assert len(yard.pulled) == 2


def test_a_long_run_answers_for_what_came_due_meanwhile(yard: Yard) -> None:
    yard.put(HOURLY)
    yard.at("2026-11-27 13:00")
    yard.while_pulling = lambda: yard.at("2026-11-27 15:10")
    scheduler = yard.scheduler()
    assert scheduler.step()
    assert not scheduler.step()
    assert yard.get().next_at == datetime(2026, 11, 27, 16, 0, tzinfo=UTC)


def test_a_lease_is_renewed_while_a_pull_runs(yard: Yard) -> None:
    yard.put(HOURLY)
    yard.at("2026-11-27 13:00")
    renewed = threading.Event()

    def wait_for_it() -> None:
        yard.at("2026-11-27 13:00:50")  # the lease would be over at 13:01
        renewed.wait(5)
        yard.at("2026-11-27 13:01:30")
        assert not other.step()

    def renew(*arguments: object, **more: object) -> bool:
        done = whole(*arguments, **more)  # type: ignore[arg-type]
        renewed.set()
        return done

    other, whole = yard.scheduler(), schedules.renew
    yard.while_pulling = wait_for_it
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schedules, "renew", renew)
        assert yard.scheduler(renew_s=0.01).step()
    assert len(yard.pulled) == 1


@pytest.mark.parametrize("error", [LinkLostError("link.lost"), WorkspaceBusyError("pull.running")])
def test_what_cannot_be_asked_now_is_tried_again_until_the_next_one_is_due(
    yard: Yard, error: Exception
) -> None:
    yard.put(HOURLY)
    yard.at("2026-11-27 13:00")
    yard.error = error
    scheduler = yard.scheduler()
    assert scheduler.step()
    assert not scheduler.step()
    found = yard.get()
    assert (found.tries, found.last_code) == (1, str(getattr(error, "code", "")))
    assert found.next_at is not None
    assert timedelta() < found.next_at - yard.clock() <= timedelta(seconds=AGAIN_S)
    yard.clock.at = found.next_at
    yard.error = None
    assert scheduler.step()
    assert [one.due.hour for one in yard.pulled] == [13, 13]
    assert (yard.get().tries, yard.get().next_at) == (0, datetime(2026, 11, 27, 14, 0, tzinfo=UTC))


def test_tries_grow_seldom_and_keep_to_what_the_crm_asks(yard: Yard) -> None:
    yard.put(replace(HOURLY, catch_up=False))  # begun in time: it is tried all the same
    yard.at("2026-11-27 13:00")
    yard.error = LinkLostError("link.lost", after=90.0)
    scheduler = yard.scheduler()
    assert scheduler.step()
    assert yard.get().failed_at is None, "once is no news"
    wait = (yard.get().next_at or yard.clock()) - yard.clock()
    assert timedelta(seconds=90) <= wait <= timedelta(seconds=99)
    yard.error = LinkLostError("link.lost")
    for _ in range(OFTEN):
        yard.clock.at = yard.get().next_at or yard.clock()
        assert scheduler.step()
    assert yard.get().failed_at == yard.clock()
    yard.clock.at = yard.get().next_at or yard.clock()
    before = yard.clock()
    assert scheduler.step()
    assert yard.get().next_at == before + timedelta(seconds=SELDOM_S)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MappingError("drift.key_gone"), "drift.key_gone"),
        (SignInRequiredError("sign_in.needed"), "sign_in.needed"),
        (ZeroDivisionError(), "internal.error"),
        (SystemExit(), "internal.error"),
    ],
)
def test_what_fails_otherwise_waits_for_the_next_one(yard: Yard, error: BaseException, code: str) -> None:
    yard.put(HOURLY)
    yard.at("2026-11-27 13:00")
    yard.error = error
    scheduler = yard.scheduler()
    assert scheduler.step()
    found = yard.get()
    assert (found.last_code, found.tries) == (code, 0)
    is_told_by_itself = code == "sign_in.needed"
    assert found.failed_at == (None if is_told_by_itself else yard.clock())
    yard.error = LinkLostError("link.lost")
    yard.at("2026-11-27 14:00")
    assert scheduler.step()
    assert yard.get().failed_at == found.failed_at, "neither over nor anew before it is certain"
    yard.error = None
    yard.at("2026-11-27 15:00")
    assert scheduler.step()
    assert (yard.get().last_code, yard.get().failed_at) == ("", None)


def test_a_blackout_over_midnight_holds_and_then_runs_once(yard: Yard) -> None:
    yard.at("2026-11-27 21:30")
    yard.put(replace(HOURLY, blackouts=(NIGHT,)))
    scheduler = yard.scheduler()
    for moment in ("2026-11-27 22:00", "2026-11-28 00:30", "2026-11-28 05:59"):
        yard.at(moment)
        assert not scheduler.step()
        assert yard.get().held_until == datetime(2026, 11, 28, 6, 0, tzinfo=UTC)
    yard.at("2026-11-28 06:00")
    assert scheduler.step()
    assert not scheduler.step()
    assert [(one.due.hour, one.missed) for one in yard.pulled] == [(6, 8)]
    assert yard.get().held_until is None


def test_a_paused_schedule_begins_nothing_and_makes_up_for_nothing(yard: Yard) -> None:
    yard.put(HOURLY)
    with yard.workspace.writing() as db:
        assert schedules.pause(db, "i1")
    yard.at("2026-11-27 15:30")
    assert not yard.scheduler().step()
    with yard.workspace.writing() as db:
        assert schedules.go_on(db, "i1", at=yard.clock())
        assert not schedules.pause(db, "i9")
        assert not schedules.go_on(db, "i9", at=yard.clock())
    assert not yard.scheduler().step()
    yard.at("2026-11-27 16:00")
    assert yard.scheduler().step()
    assert [(one.due.hour, one.missed) for one in yard.pulled] == [(16, 0)]


def test_one_schedule_does_not_wait_for_another(yard: Yard) -> None:
    with yard.workspace.writing() as db:
        wish = Integration(IntegrationId(""), ConnectionId("c1"), "Contact", "user", "Id")
        integrations.add(db, wish, at=yard.clock())
    yard.put(HOURLY)
    yard.put(Schedule(Cadence.MINUTES, every=10), "i2")
    yard.at("2026-11-27 13:00")
    other = yard.scheduler()
    yard.while_pulling = lambda: other.step() if len(yard.pulled) == 1 else None
    yard.scheduler().step()
    assert sorted(one.integration_id for one in yard.pulled) == ["i1", "i2"]


def test_a_schedule_goes_with_what_it_schedules_and_a_once_is_over(yard: Yard) -> None:
    yard.put(Schedule(Cadence.ONCE, on=yard.clock().date(), at=time(12, 30)))
    yard.at("2026-11-27 12:31")
    assert yard.scheduler().step()
    assert yard.get().next_at is None
    with yard.workspace.writing() as db:
        assert schedules.remove(db, "i1")
        assert not schedules.remove(db, "i1")
        assert schedules.every(db) == ()


# jobs


def blacked_out(room: Room, blackout: Blackout) -> None:
    with room.workspace.writing() as db:
        wish = Integration(IntegrationId(""), room.connection.id, "Account", "account", "Id")
        made = integrations.add(db, wish, at=room.clock())
        schedule = Schedule(Cadence.DAILY, blackouts=(blackout,))
        schedules.put(db, made.id, schedule, author="ana", at=room.clock())


def around(now: datetime, *, holds_sends: bool) -> Blackout:
    """Give a blackout that holds now, whatever the time of day."""
    starts, ends = now - timedelta(hours=1), now + timedelta(hours=2)
    return Blackout(starts.time().replace(second=0), ends.time().replace(second=0), holds_sends=holds_sends)


def test_a_blackout_holds_jobs_where_it_says_so_and_tells_them(room: Room) -> None:
    blacked_out(room, around(room.clock(), holds_sends=True))
    job = room.send({"R00001": {"Industry": "New"}})
    told = room.job(job)
    assert (told["state"], told["stop_code"], told["unreached"]) == ("throttled", "schedule.blackout", "")
    assert datetime.fromisoformat(str(told["not_before"])) > room.clock() + timedelta(hours=1, minutes=50)
    assert room.crm.applied == []
    room.ahead = timedelta(hours=2, minutes=1)
    room.dispatcher().run_until_final([job])
    assert room.job(job)["state"] == "done"
    assert room.crm.times_applied() == {"R00001": 1}


def test_a_blackout_of_pulls_alone_holds_no_job(room: Room) -> None:
    blacked_out(room, around(room.clock(), holds_sends=False))
    assert room.job(room.send({"R00001": {"Industry": "New"}}))["state"] == "done"


def test_a_job_goes_on_when_the_blackout_is_taken_away(room: Room) -> None:
    blacked_out(room, around(room.clock(), holds_sends=True))
    job = room.send({"R00001": {"Industry": "New"}})
    with room.workspace.writing() as db:
        steering.wake_held(db, room.connection.id)
    room.dispatcher().run_until_final([job])
    assert room.job(job)["state"] == "throttled"  # it looked, and is held still
    with room.workspace.writing() as db:
        assert schedules.pause(db, "i1")
        steering.wake_held(db, room.connection.id)
    room.dispatcher().run_until_final([job])
    assert room.job(job)["state"] == "done"
