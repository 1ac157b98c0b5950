"""One writer at a time: a lock that holds between threads and between processes.

Two gates, a *turn* and the lock itself, in each of the two worlds: who waits for the lock holds the
turn, so a writer that comes back at once finds somebody in front of it. Without that, a worker that
commits slice after slice would starve the person who saves one edit.

Must not: know SQLite. It only guards the moment in which `store.workspace` writes or checkpoints.
"""

import contextlib
import os
import sys
import threading
import time
from collections import abc
from pathlib import Path
from typing import Final

from writeback.errors import InternalError, WorkspaceBusyError, WorkspaceError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WAIT_S: Final = 30.0
"""How long a writer waits before it says that the workspace is busy."""
_TURN_S: Final = 2.0
"""How long anybody may keep the others out by holding the turn only (it may be stopped, not dead)."""
_PAUSE_S: Final = 0.0005
_LONGEST_PAUSE_S: Final = 0.005


class FileLock:
    """An exclusive lock of the operating system on a small file of its own.

    The system drops it when its holder dies, however it dies.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self, *, until: float) -> bool:
        """Take the lock, or give False when the monotonic clock passes `until`."""
        pause = _PAUSE_S
        while not self._try():
            if time.monotonic() >= until:
                return False
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE_S)
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._handle is not None:
            _unlock(self._handle)

    def close(self) -> None:
        """Close the file; a lock that is still held goes with it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _try(self) -> bool:
        handle = self._open()
        if not _lock(handle):
            return False
        if self._is_current(handle):
            return True
        self.close()  # somebody removed the file: the others lock a new one
        return False

    def _open(self) -> int:
        if self._handle is None:
            try:
                self._handle = os.open(
                    self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600
                )
            except OSError as error:
                raise WorkspaceError(
                    "workspace.lock_file", path=str(self._path), problem=str(error)
                ) from error
        return self._handle

    def _is_current(self, handle: int) -> bool:
        ours = os.fstat(handle)
        try:
            there = self._path.stat()
        except OSError:
            return False
        return (ours.st_ino, ours.st_dev) == (there.st_ino, there.st_dev)


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


if sys.platform == "win32":

    def _lock(handle: int) -> bool:
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # BlockingIOError; some file systems say EACCES
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
