"""The CSV of a bulk write: UTF-8, LF (inside texts too), commas, the record id first, every text quoted.

An untouched field is an empty cell, which Zoho leaves alone (`ignore_empty`). There is no mark that clears:
`refusals.bulk_refuses` keeps such rows away, and the encoder refuses what came all the same.
"""

from collections import abc
from datetime import datetime
from decimal import Decimal

import orjson

from writeback.errors import ContractBrokenError
from writeback.model.canonical import number_text
from writeback.model.jobs import Column
from writeback.model.types import DECIMAL_TYPES, AttributeType
from writeback_zoho.limits import UPLOAD_COLUMNS
from writeback_zoho.wire.ids import api_name
from writeback_zoho.wire.values import has_lone_cr
from writeback_zoho.wire.versions import wire_moment


class UploadEncoder:
    """Renders rows of one upload; the columns are fixed."""

    def __init__(self, columns: abc.Sequence[Column]) -> None:
        """Fix the columns.

        Raises:
            ContractBrokenError: A column stands twice, is the id, or there are more than Zoho takes.
        """
        self._names = [api_name(column.field) for column in columns]
        folded = {name.casefold() for name in self._names} | {"id"}
        if len(folded) != len(self._names) + 1 or len(folded) > UPLOAD_COLUMNS:
            raise ContractBrokenError("zoho.field_twice", columns=",".join(self._names)[:300])
        self._kinds = [column.kind for column in columns]

    def header(self) -> bytes:
        """Give the header row."""
        return (",".join(["id", *self._names]) + "\n").encode()

    def encode(self, rows: abc.Sequence[tuple[str, str]]) -> bytes:
        """Render rows of (record id, canonical JSON array).

        Raises:
            ContractBrokenError: A cell clears, or a text holds half a character or a lone carriage return.
        """
        try:
            return "".join([self._line(record_id, row) for record_id, row in rows]).encode()
        except ValueError:  # orjson's and the encoder's: half a surrogate pair
            raise ContractBrokenError("zoho.not_text") from None

    def _line(self, record_id: str, row: str) -> str:
        cells = orjson.loads(row)
        texts = [_cell(value, kind) for value, kind in zip(cells, self._kinds, strict=True)]
        return ",".join([_quoted(record_id), *texts]) + "\n"


def _cell(value: object, kind: AttributeType) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str() if value.strip():
            return _quoted(_text(value, kind))
        case list() if value and not any(";" in option for option in value):
            return _quoted(";".join(value))
        case dict() if not value:
            return ""
        case _:
            raise ContractBrokenError("zoho.bulk_cannot_clear")


def _text(value: str, kind: AttributeType) -> str:
    if kind is AttributeType.DATETIME:
        return wire_moment(datetime.fromisoformat(value))
    return number_text(Decimal(value)) if kind in DECIMAL_TYPES else value


def _quoted(text: str) -> str:
    if has_lone_cr(text):
        raise ContractBrokenError("zoho.bulk_cannot_carry_cr")
    return '"' + text.replace("\r\n", "\n").replace('"', '""') + '"'
