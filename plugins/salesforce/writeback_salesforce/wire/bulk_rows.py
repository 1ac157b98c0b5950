"""The CSV of an upload: UTF-8, LF, no byte-order mark, every text quoted.

A canonical JSON array without escapes, nulls, untouched fields and lists *is* a quoted CSV row, so most
rows are passed on as they stand. The doubtful ones go cell by cell: null → ``#N/A``, ``{}`` → empty (left
alone), a list → ``a;b``, blank text → ``#N/A`` (Salesforce keeps no blank text, and an empty cell would
leave the field alone).
"""

from collections import abc
from typing import Final

import orjson

from writeback.errors import ContractBrokenError
from writeback.model.jobs import Column
from writeback.model.types import AttributeType
from writeback_salesforce.wire.ids import api_name
from writeback_salesforce.wire.values import CLEAR_CELL, cell_text

_DOUBTS: Final = (b"\\", b"null", b'""', b"{}", CLEAR_CELL.encode())
_ARRAY: Final = ord("[")


class UploadEncoder:
    """Renders rows of one upload; the columns are fixed."""

    def __init__(self, columns: abc.Sequence[Column]) -> None:
        """Fix the columns.

        Raises:
            ContractBrokenError: A column stands twice, or is the id.
        """
        self._names = [api_name(column.field) for column in columns]
        folded = {name.casefold() for name in self._names} | {"id"}
        if len(folded) != len(self._names) + 1:
            raise ContractBrokenError("salesforce.field_twice", columns=",".join(self._names)[:300])
        self._has_lists = any(column.kind is AttributeType.MULTI_LIST for column in columns)

    def header(self) -> bytes:
        """Give the header row."""
        return (",".join(["Id", *self._names]) + "\n").encode()

    def encode(self, rows: abc.Sequence[tuple[str, str]]) -> bytes:
        """Render rows of (record id, canonical JSON array).

        Raises:
            ContractBrokenError: A text is the mark that clears, or holds half a character.
        """
        lines = "\n".join([f"{record_id}\n{row}" for record_id, row in rows])
        try:
            text = lines.encode()
        except ValueError:
            raise ContractBrokenError("salesforce.not_text") from None
        return self.encode_lines(text)

    def encode_lines(self, text: bytes) -> bytes:
        """Render rows that come as lines in turn: record id, canonical JSON array.

        Raises:
            ContractBrokenError: A text is the mark that clears, or holds half a character.
        """
        if not text:
            return b""
        try:
            return _rendered(text, _every_row(text) if self._has_lists else _doubtful_rows(text))
        except ValueError:  # orjson's and the encoder's: half a surrogate pair
            raise ContractBrokenError("salesforce.not_text") from None


def _rendered(text: bytes, doubtful: abc.Iterable[tuple[int, int]]) -> bytes:
    """Pass rows on as they stand, but for those whose JSON stands at the places given."""
    parts, done = [b'"'], 0
    for start, end in doubtful:
        cells = ",".join([_cell(value) for value in orjson.loads(text[start:end])])
        parts += (_passed(text[done : start - 1]), b'",', cells.encode(), b'\n"')
        done = end + 1
    if done < len(text):
        parts += (_passed(text[done:])[:-1], b"\n")
    else:
        parts[-1] = b"\n"
    return b"".join(parts)


def _passed(text: bytes) -> bytes:
    """Turn ``ID⏎[cells]⏎ID…`` into ``ID",cells⏎"ID…``: no line of JSON breaks, so the marks are safe."""
    return text.replace(b"\n[", b'",').replace(b"]\n", b'\n"')


def _doubtful_rows(text: bytes) -> list[tuple[int, int]]:
    """Find the JSON that may mean something else as CSV; without a multi-list every ``[`` is but text."""
    found: dict[int, int] = {}
    for mark in _DOUBTS:
        at = text.find(mark)
        while at >= 0:
            start, end = text.rfind(b"\n", 0, at) + 1, text.find(b"\n", at)
            end = end if end >= 0 else len(text)
            if text[start] == _ARRAY:
                found[start] = end
            at = text.find(mark, end)
    return sorted(found.items())


def _every_row(text: bytes) -> abc.Iterator[tuple[int, int]]:
    end = -1
    while end < len(text):
        start = text.index(b"\n", end + 1) + 1
        end = text.find(b"\n", start)
        end = end if end >= 0 else len(text)
        yield start, end


def _cell(value: object) -> str:
    if isinstance(value, str):
        return '"' + cell_text(value).replace('"', '""') + '"' if value else CLEAR_CELL
    if value is None or value == []:
        return CLEAR_CELL
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return _cell(";".join(value))
    if value == {}:
        return ""
    raise ContractBrokenError("salesforce.misfit", kind=type(value).__name__)
