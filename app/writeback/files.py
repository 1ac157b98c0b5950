"""Files of a person: put in their place whole, and said in one way when they cannot be read or written."""

import contextlib
import os
import tempfile
from collections import abc
from pathlib import Path
from typing import BinaryIO

from writeback.errors import ConfigurationError


@contextlib.contextmanager
def put_whole(path: Path, *, durably: bool = False) -> abc.Generator[BinaryIO]:
    """Give a file to fill, beside `path`; it takes the place when all is written (mode 0600).

    After an error nothing is left of it, and what stood there before stands there still. `durably` waits
    until the disk has it.

    Raises:
        OSError: It cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            if durably:
                file.flush()
                os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


@contextlib.contextmanager
def telling_unreadable(path: Path) -> abc.Generator[None]:
    """Raise `ConfigurationError` (`file.unreadable`) where the block cannot read the file."""
    try:
        yield
    except OSError as error:
        raise ConfigurationError("file.unreadable", path=str(path), problem=_problem(error)) from error


@contextlib.contextmanager
def telling_unwritable(path: Path) -> abc.Generator[None]:
    """Raise `ConfigurationError` (`file.not_writable`) where the block cannot write the file."""
    try:
        yield
    except OSError as error:
        raise ConfigurationError("file.not_writable", path=str(path), problem=_problem(error)) from error


def _problem(error: OSError) -> str:
    return error.strerror or type(error).__name__
