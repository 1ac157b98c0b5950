"""Keep the leases of all turns of this process alive, from a thread of its own.

A turn whose lease could not be renewed is told so and stops sending before the lease ends; whoever
takes over reads back. A process that was stopped and wakes up finds its fences too low.

Must not: touch a batch but to renew it.
"""

import threading
from types import TracebackType
from typing import Self

from writeback.engine.turns import Desk, Turn, log
from writeback.errors import WorkspaceError
from writeback.store import claims


class Leases:
    """Renews leases while it is entered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turns: list[Turn] = []
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="leases", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def keep(self, turn: Turn) -> None:
        """Renew this turn's lease from now on."""
        with self._lock:
            self._turns.append(turn)

    def drop(self, turn: Turn) -> None:
        """The turn is over."""
        with self._lock:
            self._turns = [kept for kept in self._turns if kept is not turn]

    def renew(self) -> None:
        """Renew every lease once."""
        pace = self._desk.pace
        with self._lock:
            turns = list(self._turns)
        if not turns:
            return
        asked_at = self._desk.monotonic()
        with self._desk.workspace.writing() as db:
            now = self._desk.workspace.database_now(db)
            held = [claims.renew(db, turn.claim, now=now, lease_s=pace.lease_s) for turn in turns]
        for turn, is_held in zip(turns, held, strict=True):
            if is_held:
                turn.holds_until = asked_at + pace.lease_s - pace.margin_s
            elif not turn.is_over:
                turn.is_lost = True

    def _run(self) -> None:
        while not self._ended.wait(self._desk.pace.renew_s):
            try:
                self.renew()
            except WorkspaceError as error:  # the turns notice by themselves when their leases run out
                log.warning("leases could not be renewed: %s", error)
