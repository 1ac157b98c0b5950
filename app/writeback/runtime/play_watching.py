"""Keep plays running by themselves in a worker: what happened sets looks off, none of which may cost much.

Several workers may watch one workspace: a transition becomes a run once, and a record of a run is done once.

Must not: decide or do what a play does.
"""

import logging
import threading
import time
from collections import abc
from datetime import timedelta
from typing import Final

from writeback.errors import WritebackError
from writeback.runtime.play_running import PlayRunning
from writeback.runtime.sentences import sentence_of
from writeback.store import journal, play_runs, plays
from writeback.store.workspace import Workspace

LOOK_S: Final = 2.0
"""How often it is asked whether something happened."""
AT_LEAST_S: Final = 30.0
"""A look is taken after this, whatever happened: `today` moves, and schedules come due."""
SHARE: Final = 20.0
"""After a look nothing is looked at for so many times as long as it took."""
LEFTOVER_AGE: Final = timedelta(hours=1)

_log = logging.getLogger("writeback.plays")


class PlayWatch:
    """Watches one workspace."""

    def __init__(
        self,
        workspace: Workspace,
        running: PlayRunning,
        *,
        wake: abc.Callable[[], None],
        monotonic: abc.Callable[[], float] = time.monotonic,
    ) -> None:
        self._workspace = workspace
        self._running = running
        self._wake = wake
        self._monotonic = monotonic
        self._head = -1
        self._looked = self._rests_until = float("-inf")

    def run(self, stopping: threading.Event) -> None:
        """Watch until told to stop. What goes wrong is logged and tried again."""
        self._tidy()
        while not stopping.wait(LOOK_S):
            try:
                self.once()
            except WritebackError as error:
                _log.error("%s (%s)", sentence_of(error.code, error.facts), error.code)
            except Exception:  # noqa: BLE001  one bad play must not end all others
                _log.exception("a look at plays broke off")

    def once(self, *, is_asked: bool = False) -> int:
        """Take up runs that were cut off, and look where something happened; gives how many runs came of it.

        Args:
            is_asked: Look whatever happened, and however long the last look took.
        """
        found = self._running.resume()
        if is_asked or self._is_due():
            began = self._monotonic()
            with self._workspace.reading() as db:
                self._head = journal.head(db)
            found += self._running.look()
            self._looked = self._monotonic()
            self._rests_until = self._looked + SHARE * (self._looked - began)
        if found:
            self._wake()
        return found

    def _is_due(self) -> bool:
        with self._workspace.reading() as db:
            if not plays.switched_on(db):
                return False
            head = journal.head(db)
        now = self._monotonic()
        if now < self._rests_until:
            return False
        return head != self._head or now - self._looked >= AT_LEAST_S

    def _tidy(self) -> None:
        with self._workspace.writing(durable=False) as db:
            play_runs.drop_leftovers(db, before=self._workspace.now() - LEFTOVER_AGE)
