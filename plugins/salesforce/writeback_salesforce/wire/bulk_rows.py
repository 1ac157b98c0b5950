"""The CSV of an upload: UTF-8, LF, no byte-order mark, every text quoted.

A canonical JSON array without escapes, nulls, untouched fields and lists *is* a quoted CSV row, so most
rows are passed on as they stand. The doubtful ones go cell by cell: null → ``#N/A``, ``{}`` → empty (left
alone), a list → ``a;b``, blank text → ``#N/A`` (Salesforce keeps no blank text, and an empty cell would
leave the field alone).
"""

from collections import abc

import orjson

from writeback.errors import ContractBrokenError
from writeback.model.jobs import Column
from writeback.model.types import AttributeType
from writeback_salesforce.wire.ids import api_name
from writeback_salesforce.wire.values import CLEAR_CELL, cell_text


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
        try:
            return self._rendered(rows).encode()
        except ValueError:  # orjson's and the encoder's: half a surrogate pair
            raise ContractBrokenError("salesforce.not_text") from None

    def _rendered(self, rows: abc.Sequence[tuple[str, str]]) -> str:
        if not self._has_lists:
            text = "".join([f'"{record_id}",{row[1:-1]}\n' for record_id, row in rows])
            if not _is_doubtful(text):
                return text
        return "".join(
            [
                f'"{record_id}",{row[1:-1]}\n'
                if not (self._has_lists or _is_doubtful(row))
                else f'"{record_id}",{",".join([_cell(value) for value in orjson.loads(row)])}\n'
                for record_id, row in rows
            ]
        )


def _is_doubtful(text: str) -> bool:
    """Say whether JSON may mean something else as CSV; without a multi-list every ``[`` is but text."""
    return "\\" in text or "null" in text or '""' in text or "{}" in text or CLEAR_CELL in text


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
