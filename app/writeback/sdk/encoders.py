"""What an encoder of uploads may be able to do beyond `capabilities.BulkEncoder`.

No ability of a connector: the engine asks the encoder itself and renders row by row where it cannot.
"""

from collections import abc
from typing import Protocol, runtime_checkable


@runtime_checkable
class EncodesLines(Protocol):
    """An encoder that renders many rows from one text, so that no object is built for a row."""

    def encode_lines(self, ids: abc.Sequence[str], rows: bytes) -> bytes:
        """Render so many rows: their record ids, and their canonical JSON arrays, a line each.

        UTF-8, LF between the lines and none at the end; canonical JSON holds no line break.
        """
