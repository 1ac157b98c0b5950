"""Pull what is due by schedule: claim, pull, answer for it; one run at a time of each schedule.

A run whose CRM cannot be asked now is tried again until it succeeds or the next one is due. What fails
otherwise is not tried again unchanged; the next one comes all the same.

Must not: decide when something is due (`planning.scheduling` does).
"""

import threading
from collections import abc
from datetime import datetime, timedelta
from typing import Final

from writeback.engine.pacing import backoff, stated
from writeback.engine.turns import Desk, log
from writeback.engine.working import BUG, ENDINGS, PLUGIN
from writeback.errors import (
    RetryableError,
    SignInRequiredError,
    WorkspaceBusyError,
    WorkspaceError,
    WritebackError,
)
from writeback.host.blaming import culprit
from writeback.model.events import EventKind
from writeback.store import journal, moments, schedules
from writeback.store.schedules import Run

LEASE_S: Final = 60.0
RENEW_S: Final = 15.0
LOOK_S: Final = 5.0
"""So soon after it woke from sleep a computer sees what it missed."""
AGAIN_S: Final = 30.0
"""First wait before a pull is tried again; doubles, with jitter."""
OFTEN: Final = 6
"""After so many tries in vain, one comes only every `SELDOM_S`."""
SELDOM_S: Final = 1800.0

Pull = abc.Callable[[Run], object]
"""Pulls one integration. Raises as `pulling.pull` does."""


class Scheduler:
    """Runs what is due, in the thread that calls it."""

    def __init__(self, desk: Desk, pull: Pull, *, lease_s: float = LEASE_S, renew_s: float = RENEW_S) -> None:
        self._desk = desk
        self._pull = pull
        self._lease_s = lease_s
        self._renew_s = renew_s
        self._owner = desk.workspace.new_id()

    def run(self) -> None:
        """Run whatever comes due until the desk is told to stop."""
        while not self._desk.stopping.is_set():
            try:
                while not self._desk.stopping.is_set() and self.step():
                    pass
            except WritebackError as error:  # busy, or a full disk: what is due stays due
                log.warning("a schedule could not be looked at: %s", error.code)
            self._desk.rest(LOOK_S)

    def step(self) -> bool:
        """Run one thing that is due; False when nothing is.

        Raises:
            WorkspaceError: The workspace cannot be read or written.
        """
        workspace = self._desk.workspace
        with workspace.reading() as db:
            due = schedules.next_moment(db)
            now = workspace.database_now(db)
            is_due = due is not None and due <= moments.from_text(now)
            if not is_due and not schedules.has_lost(db, now=now):
                return False
        with workspace.writing() as db:
            now = workspace.database_now(db)
            run = schedules.claim(db, owner=self._owner, now=now, lease_s=self._lease_s)
        if run is None:
            return False
        self._work(run)
        return True

    def _work(self, run: Run) -> None:
        is_over = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(run, is_over), name="schedule-lease", daemon=True)
        keeper.start()
        try:
            code, wait, is_told = self._try(run)
        finally:
            is_over.set()
            keeper.join()
            self._desk.sessions.flush()
        self._settle(run, code, wait, is_told=is_told)

    def _try(self, run: Run) -> tuple[str, float | None, bool]:
        """Pull; gives why it failed, how long to wait where it is to be tried again, and whether to tell."""
        try:
            self._pull(run)
        except (RetryableError, WorkspaceBusyError) as error:
            return error.code, self._wait_of(run, error), True
        except WritebackError as error:
            log.warning("the scheduled pull of %s failed: %s", run.integration_id, error.code)
            return error.code, None, not isinstance(error, SignInRequiredError)  # told with the connection
        except (Exception, *ENDINGS) as error:  # noqa: BLE001  one schedule never ends another
            log.error("a bug ended the scheduled pull of %s", run.integration_id, exc_info=error)
            plugin = culprit(error)
            if plugin:
                self._desk.blame(plugin, error)
            return (PLUGIN if plugin else BUG), None, True
        return "", None, True

    def _wait_of(self, run: Run, error: WritebackError) -> float:
        if isinstance(error, RetryableError) and error.after:
            return stated(error.after, rng=self._desk.rng)
        if run.tries >= OFTEN:
            return SELDOM_S
        return backoff(run.tries, first_s=AGAIN_S, rng=self._desk.rng)

    def _settle(self, run: Run, code: str, wait: float | None, *, is_told: bool) -> None:
        workspace = self._desk.workspace
        with workspace.writing() as db:
            at = moments.from_text(workspace.database_now(db))
            if wait is None:
                is_mine = schedules.finish(db, run, at=at, code=code, is_told=is_told)
            else:
                is_mine = schedules.put_off(db, run, at=at, until=_later(at, wait), code=code)
            if not is_mine:
                log.warning("the scheduled pull of %s was taken over", run.integration_id)
            journal.note(db, at=at, kind=EventKind.SCHEDULE_CHANGED, subject=run.integration_id)

    def _keep(self, run: Run, is_over: threading.Event) -> None:
        """Renew the lease until the run is over."""
        workspace = self._desk.workspace
        while not is_over.wait(self._renew_s):
            try:
                with workspace.writing(durable=False) as db:
                    now = workspace.database_now(db)
                    if not schedules.renew(db, run, now=now, lease_s=self._lease_s):
                        return
            except WorkspaceError as error:
                log.warning("a schedule's lease was not renewed: %s", error.code)


def _later(moment: datetime, seconds: float) -> datetime:
    return moment + timedelta(seconds=seconds)
