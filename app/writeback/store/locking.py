"""One writer at a time: a lock that holds between threads and between processes.

Two gates, a *turn* and the lock itself, in each of the two worlds: who waits for the lock holds the
turn, so a writer that comes back at once finds somebody in front of it. Without that, a worker that
commits slice after slice would starve the person who saves one edit.

Must not: know SQLite. It only guards the moment in which `store.workspace` writes or checkpoints.
"""

import contextlib
import threading
import time
from collections import abc
from pathlib import Path
from typing import Final

from writeback.errors import InternalError, WorkspaceBusyError
from writeback.locks import FileLock

WAIT_S: Final = 30.0
"""How long a writer waits before it says that the workspace is busy."""
_TURN_S: Final = 2.0
"""How long anybody may keep the others out by holding the turn only (it may be stopped, not dead)."""


class WriteLock:
    """The one lock of a workspace. Not re-entrant: a write inside a write is a bug of ours."""

    def __init__(self, workspace: Path, *, wait_s: float = WAIT_S) -> None:
        self._workspace = workspace
        self._wait_s = wait_s
        self._turn_here = threading.Lock()
        self._lock_here = threading.Lock()
        self._turn_file = FileLock(beside(workspace, ".turn"))
        self._lock_file = FileLock(beside(workspace, ".lock"))
        self._owner: int | None = None

    @contextlib.contextmanager
    def held(self) -> abc.Iterator[None]:
        """Hold the lock while the block runs.

        Raises:
            WorkspaceBusyError: Others held it all the time we were ready to wait.
        """
        if self._owner == threading.get_ident():
            raise InternalError("store.nested_write")
        until = time.monotonic() + self._wait_s
        self._acquire_here(until)
        try:
            self._acquire_file(until)
            self._owner = threading.get_ident()
            try:
                yield
            finally:
                self._owner = None
                self._lock_file.release()
        finally:
            self._lock_here.release()

    def close(self) -> None:
        """Close the lock files."""
        self._lock_file.close()
        self._turn_file.close()

    def _acquire_here(self, until: float) -> None:
        if not self._turn_here.acquire(timeout=_left(until)):
            raise self._busy()
        try:
            if not self._lock_here.acquire(timeout=_left(until)):
                raise self._busy()
        finally:
            self._turn_here.release()

    def _acquire_file(self, until: float) -> None:
        # The turn is a courtesy: a stopped process that holds it may delay us, not lock us out.
        has_turn = self._turn_file.acquire(until=min(until, time.monotonic() + _TURN_S))
        try:
            if not self._lock_file.acquire(until=until):
                raise self._busy()
        finally:
            if has_turn:
                self._turn_file.release()

    def _busy(self) -> WorkspaceBusyError:
        return WorkspaceBusyError("workspace.busy", path=str(self._workspace), waited_s=self._wait_s)


def beside(workspace: Path, suffix: str) -> Path:
    """Give the path of a companion of the workspace file: same folder, longer name."""
    return workspace.with_name(workspace.name + suffix)


def _left(until: float) -> float:
    return max(0.0, until - time.monotonic())
