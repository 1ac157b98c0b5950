"""Show what a pull would bring, without bringing it: some records, each value as read and as converted.

Must not: write anything, open a session.
"""

from collections import abc
from dataclasses import dataclass
from itertools import islice

from writeback.engine.pulling import coerced
from writeback.errors import MappingError
from writeback.model.types import AttributeType, Value
from writeback.planning.coercing import text_of
from writeback.sdk.connector import ReadQuery, Session


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One value: as the CRM gives it, as it would be kept, or why it cannot be."""

    raw: str
    kept: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One record."""

    record_id: str
    cells: tuple[PreviewCell, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Some records along their paths."""

    paths: tuple[str, ...]
    rows: tuple[PreviewRow, ...]


def preview(
    session: Session,
    object_name: str,
    kinds: abc.Mapping[str, AttributeType],
    *,
    condition: str = "",
    limit: int = 10,
) -> Preview:
    """Read at most so many records and convert their values as a pull would.

    Args:
        session: An open conversation.
        object_name: What to read.
        kinds: The kind of the attribute behind each path, in the order of the columns.
        condition: A filter in the CRM's own language.
        limit: Most records.

    Raises:
        ConnectorError: The CRM could not be read.
    """
    paths = tuple(kinds)
    query = ReadQuery(object_name, paths, filter=condition, limit=limit)
    read = (row for page in session.read(query) for row in page.rows)
    return Preview(paths, tuple(PreviewRow(row[0], _cells(row[2], kinds)) for row in islice(read, limit)))


def _cells(values: abc.Sequence[Value], kinds: abc.Mapping[str, AttributeType]) -> tuple[PreviewCell, ...]:
    return tuple(_cell(value, path, kind) for value, (path, kind) in zip(values, kinds.items(), strict=True))


def _cell(value: Value, path: str, kind: AttributeType) -> PreviewCell:
    raw = text_of(value) or ""
    try:
        return PreviewCell(raw, text_of(coerced(value, path, kind)) or "")
    except MappingError as error:
        return PreviewCell(raw, "", error.code)
