"""Claim batches and work on them until there is nothing left, in threads of this process.

The ledger decides who works on what; a dispatcher only asks, wakes and waits.

Must not: know routes, outcomes or connectors.
"""

import itertools
import sys
import threading
from collections import abc
from contextlib import ExitStack
from typing import Final

from writeback.engine import refreshing
from writeback.engine.leasing import Leases
from writeback.engine.turns import Desk, log
from writeback.engine.working import ENDINGS, Refusals, give_back, open_turn, work
from writeback.errors import WorkspaceError
from writeback.model.jobs import JobState
from writeback.model.types import JobId
from writeback.store import claims, moments, ordering, outbox, refreshes, steering
from writeback.store.workspace import Db

RESTING: Final = (
    JobState.DONE,
    JobState.CANCELLED,
    JobState.NEEDS_YOU,
    JobState.STOPPED,
    JobState.PAUSED,
)
"""A job in one of these goes no further by itself."""
_TELL_S: Final = 0.25
_HANDOVER_S: Final = 0.0005
"""How long a thread that has its data waits for another's turn to end. Python's own 5 ms, at each piece
of an upload that the database hands over, cost a job of a million rows a fifth of its time."""

Told = abc.Callable[[JobId], None]


class ThreadDispatcher:
    """Works in threads; each holds one batch at a time."""

    def __init__(self, desk: Desk, *, threads: int = 4) -> None:
        self._desk = desk
        self._threads = threads
        self._name = desk.workspace.new_id()
        self._numbers = itertools.count(1)
        self._refusals = Refusals()
        lock = threading.Lock()
        self._changed = threading.Condition(lock)
        """Threads that have nothing to do wait on it."""
        self._ended = threading.Condition(lock)
        """Who watches them waits on it."""
        self._wakes = 0
        self._claiming = threading.Lock()
        self._failure: Exception | None = None
        self._busy = 0

    @property
    def is_busy(self) -> bool:
        """Say whether any thread holds a batch."""
        return self._busy > 0

    def run(self) -> None:
        """Work on all jobs until `stop`."""
        self._run((), lambda: False, None)

    def run_until_final(self, jobs: abc.Collection[JobId], *, on_progress: Told | None = None) -> None:
        """Work on these jobs until none goes further by itself.

        A job whose CRM does not answer, while the same edit goes to other CRMs, is tried once and left
        to whoever works on the workspace later. What has to be written before them is worked on too.

        Raises:
            WorkspaceError: The workspace failed; nothing was sent without its intent.
        """
        if jobs:
            with self._desk.workspace.writing() as db:
                for job in jobs:
                    steering.try_now(db, job)
                first = ordering.before(db, jobs)
            self._run((*map(JobId, first), *jobs), lambda: self._are_resting(jobs), on_progress)

    def run_until_idle(self) -> None:
        """Work on all jobs until none goes further by itself; for what a closed window left behind.

        Raises:
            WorkspaceError: The workspace failed; nothing was sent without its intent.
        """
        self._run((), self._is_idle, None)

    def wake(self) -> None:
        """Look for work now."""
        with self._changed:
            self._wakes += 1
            self._changed.notify_all()
            self._ended.notify_all()

    def _look_on(self) -> None:
        """Have one more thread look for work, as this one has found some; it asks the next one if it does."""
        with self._changed:
            self._wakes += 1
            self._changed.notify()

    def stop(self) -> None:
        """Begin nothing new."""
        self._desk.stopping.set()
        self.wake()

    def _run(
        self, jobs: tuple[JobId, ...], is_done: abc.Callable[[], bool], on_progress: Told | None
    ) -> None:
        done = threading.Event()
        with Leases(self._desk) as leases, ExitStack() as stack:
            stack.callback(self._desk.sessions.flush)
            stack.callback(sys.setswitchinterval, sys.getswitchinterval())
            sys.setswitchinterval(_HANDOVER_S)
            for _ in range(self._threads):
                name = f"worker-{next(self._numbers)}"
                thread = threading.Thread(target=self._loop, args=(leases, jobs, done, name), name=name)
                thread.start()
                stack.callback(thread.join)
            stack.callback(self.wake)
            stack.callback(done.set)
            self._watch(jobs, is_done, on_progress)
        if self._failure is not None:
            raise self._failure

    def _watch(
        self, jobs: tuple[JobId, ...], is_done: abc.Callable[[], bool], on_progress: Told | None
    ) -> None:
        """Wait in the caller's thread, tell how jobs get on, and end with the work."""
        while not self._desk.stopping.is_set() and self._failure is None and not is_done():
            with self._ended:
                self._ended.wait(_TELL_S)
            if on_progress is not None:
                for job in jobs:
                    on_progress(job)

    def _loop(self, leases: Leases, jobs: tuple[JobId, ...], done: threading.Event, name: str) -> None:
        owner = f"{self._name}/{name}"
        try:
            while not done.is_set() and not self._desk.stopping.is_set() and self._failure is None:
                seen = self._wakes
                if not self._step(leases, jobs, owner) and not self._read_back_late(jobs):
                    self._sleep(seen, jobs)
        except Exception as error:  # noqa: BLE001  the worker loop: one batch never ends another
            self._failure = error
            log.critical("a worker thread ended", exc_info=error)
        finally:
            self.wake()

    def _step(self, leases: Leases, jobs: tuple[JobId, ...], owner: str) -> bool:
        """Take one batch and work on it; False when there is none."""
        desk = self._desk
        with self._claiming:
            with desk.workspace.reading() as db:
                if not claims.has_work(db, now=desk.workspace.database_now(db), jobs=jobs):
                    return False
            asked_at = desk.monotonic()
            with desk.workspace.writing() as db:
                now = desk.workspace.database_now(db)
                claim = claims.claim(db, owner=owner, now=now, lease_s=desk.pace.lease_s, jobs=jobs)
            if claim is None:
                return False
            self._busy += 1
        self._look_on()
        try:
            self._work(leases, claim, holds_until=asked_at + desk.pace.lease_s - desk.pace.margin_s)
        finally:
            self._busy -= 1
            with self._ended:  # this thread looks for more itself
                self._ended.notify_all()
        return True

    def _read_back_late(self, jobs: tuple[JobId, ...]) -> bool:
        """Read back something that was written and could not be read back then; False when nothing is due."""
        desk = self._desk
        with desk.workspace.reading() as db:
            if not refreshes.has_due(db, now=desk.workspace.database_now(db), jobs=jobs):
                return False
        with desk.workspace.writing() as db:
            now = desk.workspace.database_now(db)
            due = refreshes.take(db, now=now, until=claims.later(now, desk.pace.lease_s), jobs=jobs)
        if due is None:
            return False
        self._look_on()
        try:
            refreshing.redo(desk, due)
        except WorkspaceError:
            raise
        except (Exception, *ENDINGS) as error:  # noqa: BLE001  the worker loop: it ends nothing but itself
            log.error("a bug ended the read-back of job %s", due.job_id, exc_info=error)
            refreshing.put_off(desk, due, error)
        finally:
            desk.sessions.flush()
        return True

    def _work(self, leases: Leases, claim: claims.Claim, *, holds_until: float) -> None:
        try:
            turn = open_turn(self._desk, claim, holds_until=holds_until)
        except (Exception, *ENDINGS) as error:  # noqa: BLE001  the worker loop: one batch never ends another
            give_back(self._desk, claim, error, refusals=self._refusals)
            return
        leases.keep(turn)
        try:
            work(turn)
            self._refusals.counts.pop(turn.job.connection_id, None)
        except WorkspaceError:
            raise
        except (Exception, *ENDINGS) as error:  # noqa: BLE001  the worker loop: one batch never ends another
            give_back(self._desk, turn.claim, error, refusals=self._refusals)
        finally:
            leases.drop(turn)
            self._desk.sessions.flush()

    def _sleep(self, seen: int, jobs: tuple[JobId, ...]) -> None:
        """Wait until woken, until the next waiting batch is due, or for the idle pause."""
        wait = self._desk.pace.idle_s
        with self._desk.workspace.reading() as db:
            told = (claims.next_moment(db, jobs=jobs), refreshes.next_moment(db, jobs=jobs))
            due = min((moment for moment in told if moment is not None), default=None)
            now = self._desk.workspace.database_now(db)
        if due is not None:
            left = (moments.from_text(due) - moments.from_text(now)).total_seconds()
            wait = min(wait, max(left, 0.01))
        with self._changed:
            if self._wakes == seen:
                self._changed.wait(wait)

    def _is_idle(self) -> bool:
        with self._desk.workspace.reading() as db:
            return not self._busy and all(_stays(db, job) for job in steering.at_work(db))

    def _are_resting(self, jobs: abc.Collection[JobId]) -> bool:
        with self._desk.workspace.reading() as db:
            return not self._busy and all(
                outbox.state_of(db, job) in RESTING or _stays(db, job) for job in jobs
            )


def _stays(db: Db, job: str) -> bool:
    """Say whether a job that counts as going on waits for longer than anybody need stand by."""

    def is_parked(one: str) -> bool:
        return steering.is_parked(db, one)

    return is_parked(job) or ordering.is_held(db, job, is_parked=is_parked)
