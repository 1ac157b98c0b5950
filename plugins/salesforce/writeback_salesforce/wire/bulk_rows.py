"""The CSV of an upload: UTF-8, LF, no byte-order mark, every text quoted.

A canonical JSON array without escapes, nulls, untouched fields and lists *is* a quoted CSV row, so most
rows are passed on as they stand. The doubtful ones go cell by cell: null → ``#N/A``, ``{}`` → empty (left
alone), a list → ``a;b``, blank text → ``#N/A`` (Salesforce keeps no blank text, and an empty cell would
leave the field alone), a number -0 → 0.
"""

import re
from collections import abc
from decimal import Decimal
from typing import Final

import orjson

from writeback.errors import ContractBrokenError
from writeback.model.canonical import number_text
from writeback.model.jobs import Column
from writeback.model.types import DECIMAL_TYPES, AttributeType
from writeback_salesforce.wire.ids import api_name
from writeback_salesforce.wire.values import CLEAR_CELL, cell_text

_DOUBTS: Final = (b"\\", b"null", b',""', b"{}", CLEAR_CELL.encode())
"""Escapes, nothing, blank text, left alone, the mark that clears: or, at times, but a text with these."""
_SIGNED_NOTHING: Final = re.compile(rb'"-0(?:\.0*)?"')
"""A number that is nothing and has a sign; or a text that looks like one."""


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
        self._numbers = frozenset(
            place for place, column in enumerate(columns) if column.kind in DECIMAL_TYPES
        )
        self._has_lists = any(column.kind is AttributeType.MULTI_LIST for column in columns)

    def header(self) -> bytes:
        """Give the header row."""
        return (",".join(["Id", *self._names]) + "\n").encode()

    def encode(self, rows: abc.Sequence[tuple[str, str]]) -> bytes:
        """Render rows of (record id, canonical JSON array).

        Raises:
            ContractBrokenError: A text is the mark that clears, or holds half a character.
        """
        try:
            lines = "\n".join([row for _record_id, row in rows]).encode()
        except ValueError:
            raise ContractBrokenError("salesforce.not_text") from None
        return self.encode_lines([record_id for record_id, _row in rows], lines)

    def encode_lines(self, ids: abc.Sequence[str], rows: bytes) -> bytes:
        """Render rows: their record ids, and their canonical JSON arrays, a line each.

        Raises:
            ContractBrokenError: A text is the mark that clears, or holds half a character.
        """
        try:
            data = _joined(ids, rows)
            if self._has_lists or (self._numbers and _has_signed_nothing(data)):
                return b"".join([_by_cell(line, self._numbers) for line in data.split(b"\n")[:-1]])
            return _with_changed(data, _doubtful_lines(data))
        except ValueError:  # orjson's and the encoder's: half a surrogate pair
            raise ContractBrokenError("salesforce.not_text") from None


def _has_signed_nothing(data: bytes) -> bool:
    return b'"-0' in data and _SIGNED_NOTHING.search(data) is not None  # the plain look is far faster


def _joined(ids: abc.Sequence[str], rows: bytes) -> bytes:
    """Put each id before its row: ``"ID",cells``. JSON holds no line break, so ``]⏎[`` ends a row."""
    text = rows.decode("latin-1")  # bytes as they are, in the one form that is put together fast
    text = text.replace("%", "%%").replace("]\n[", '\n"%s",')
    return (f'"%s",{text[1:-1]}\n' % tuple(ids)).encode("latin-1")


def _with_changed(data: bytes, lines: abc.Iterable[tuple[int, int]]) -> bytes:
    """Pass lines on as they stand, but for those at the places given."""
    parts: list[bytes] = []
    done = 0
    for start, end in lines:
        parts += (data[done:start], _changed(data[start:end]))
        done = end
    return b"".join((*parts, data[done:])) if parts else data


def _changed(line: bytes) -> bytes:
    """Turn ``"ID",`` and JSON cells into CSV."""
    bare = line.replace(b'\\"', b"")
    if not any(mark in bare for mark in _DOUBTS):
        return line.replace(b'\\"', b'""')  # quotes inside texts, and nothing else
    return _by_cell(line)


def _by_cell(line: bytes, numbers: abc.Set[int] = frozenset()) -> bytes:
    """Turn a line into CSV; a line without a signed nothing has no need of `numbers`."""
    begin = line.index(b'",') + 2
    cells = orjson.loads(b"[%b]" % line[begin:])
    for place in numbers:
        if cells[place] and isinstance(cells[place], str):
            cells[place] = number_text(Decimal(cells[place]))
    return line[:begin] + ",".join([_cell(value) for value in cells]).encode() + b"\n"


def _doubtful_lines(data: bytes) -> list[tuple[int, int]]:
    """Find the lines that may mean something else as CSV; without a multi-list every ``[`` is but text."""
    found: dict[int, int] = {}
    for mark in _DOUBTS:
        at = data.find(mark) if mark[:1] in data else -1  # most are not there: one byte is found faster
        while at >= 0:
            end = data.index(b"\n", at) + 1
            found[data.rfind(b"\n", 0, at) + 1] = end
            at = data.find(mark, end)
    return sorted(found.items())


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
