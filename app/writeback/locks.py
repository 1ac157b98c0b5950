"""A lock of the operating system on a small file of its own: between processes, gone with its holder."""

import os
import sys
import time
from pathlib import Path
from typing import Final

from writeback.errors import WorkspaceError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

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
