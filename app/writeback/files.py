"""Files put in their place whole, readable by their owner alone."""

import contextlib
import os
import tempfile
from collections import abc
from pathlib import Path
from typing import BinaryIO


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
