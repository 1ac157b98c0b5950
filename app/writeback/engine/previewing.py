"""Show what a pull would bring, without bringing it: some records, each value as read and as converted.

Must not: write anything, open a session.
"""

from collections import abc
from dataclasses import dataclass
from itertools import islice

from writeback.engine.pulling import coerced
from writeback.engine.reading_sources import readers_of
from writeback.errors import MappingError
from writeback.model.integrations import EmptyRule, FieldMapping, Integration
from writeback.model.types import AttributeType, Value
from writeback.planning.coercing import text_of
from writeback.planning.converting import Convert
from writeback.sdk.connector import ReadQuery, Session


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One value: as the CRM gives it, as it would be kept, or why it cannot be."""

    raw: str
    kept: str
    code: str = ""
    empty: EmptyRule | None = None
    """The rule that shaped `kept`, where the CRM's field is empty and its rule is not just that."""


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
    integration: Integration,
    kinds: abc.Mapping[str, AttributeType],
    *,
    limit: int = 10,
) -> Preview:
    """Read at most so many records and convert their values as a pull would.

    Args:
        session: An open conversation.
        integration: What to read, with its filter and the rules of its mappings.
        kinds: The kind of the attribute behind each path, in the order of the columns.
        limit: Most records.

    Raises:
        ConnectorError: The CRM could not be read.
        MappingError: `format.unknown_zone`.
    """
    readers = readers_of(integration.mappings, kinds)
    rules = {str(one.path): one for one in integration.mappings}
    columns = [_Column(path, kind, readers.get(path), rules.get(path)) for path, kind in kinds.items()]
    query = ReadQuery(integration.object, tuple(kinds), filter=integration.filter, limit=limit)
    read = (row for page in session.read(query) for row in page.rows)
    return Preview(
        tuple(kinds),
        tuple(
            PreviewRow(
                row[0], tuple(column.cell(value) for column, value in zip(columns, row[2], strict=True))
            )
            for row in islice(read, limit)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """How one path is read."""

    path: str
    kind: AttributeType
    read: Convert | None
    mapping: FieldMapping | None

    def cell(self, value: Value) -> PreviewCell:
        """Give one value as read and as a pull would keep it."""
        raw = text_of(value) or ""
        try:
            kept = text_of(coerced(value, self.path, self.kind, self.read)) or ""
        except MappingError as error:
            return PreviewCell(raw, "", str(error.facts.get("why") or error.code))
        if kept or self.mapping is None or self.mapping.empty_rule is EmptyRule.CLEAR:
            return PreviewCell(raw, kept)
        return PreviewCell(raw, self.mapping.empty_default, empty=self.mapping.empty_rule)
