"""Show what a pull would bring, without bringing it: some records, each value as read and as converted.

Must not: write anything, open a session.
"""

from collections import abc
from dataclasses import dataclass
from itertools import islice

from writeback.engine.coercing import coerced
from writeback.engine.reading_sources import Read, readers_of
from writeback.engine.shaping import FindTransform, find_none
from writeback.errors import MappingError
from writeback.model.changes import Reason
from writeback.model.integrations import EmptyRule, FieldMapping, Integration
from writeback.model.types import AttributeType, Value
from writeback.planning.coercing import text_of
from writeback.planning.translating import Translation
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
    transforms: FindTransform = find_none,
    attributes: abc.Mapping[str, AttributeType] | None = None,
    people: abc.Mapping[str, abc.Callable[[Value], Value]] | None = None,
) -> Preview:
    """Read at most so many records and convert their values as a pull would.

    Args:
        session: An open conversation.
        integration: What to read, with its filter and the rules of its mappings.
        kinds: The kind in which each path is read, in the order of the columns.
        limit: Most records.
        transforms: Finds the named transforms of mappings: some are turned back.
        attributes: The kind of each attribute, by name; needed where a value map lies between.
        people: By path: how a role's values become team members.

    Raises:
        ConnectorError: The CRM could not be read.
        MappingError: `format.unknown_zone`.
    """
    readers = readers_of(integration.mappings, kinds, find=transforms)
    rules = {str(one.path): one for one in integration.mappings}
    columns = [
        _Column(
            path,
            kind,
            readers.get(path),
            mapping := rules.get(path),
            _translated(mapping, attributes or {}),
            (people or {}).get(path),
        )
        for path, kind in kinds.items()
    ]
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


def _translated(
    mapping: FieldMapping | None, attributes: abc.Mapping[str, AttributeType]
) -> Translation | None:
    if mapping is None or not mapping.values.pairs:
        return None
    return Translation(mapping.values, attributes[mapping.attribute])


@dataclass(frozen=True, slots=True)
class _Column:
    """How one path is read."""

    path: str
    kind: AttributeType
    read: Read | None
    mapping: FieldMapping | None
    translation: Translation | None
    person: abc.Callable[[Value], Value] | None = None

    def cell(self, value: Value) -> PreviewCell:
        """Give one value as read and as a pull would keep it."""
        raw = text_of(value) or ""
        if self.person is not None:
            value = self.person(value)
        try:
            made: Value | Reason = coerced(value, self.path, self.kind, self.read)
        except MappingError as error:
            return PreviewCell(raw, "", str(error.facts.get("why") or error.code))
        if self.translation is not None and not isinstance(made, Reason):
            made = self.translation.come_in(made)
        if isinstance(made, Reason):
            return PreviewCell(raw, "", made.code)
        kept = text_of(made) or ""
        if kept or self.mapping is None or self.mapping.empty_rule is EmptyRule.CLEAR:
            return PreviewCell(raw, kept)
        return PreviewCell(raw, self.mapping.empty_default, empty=self.mapping.empty_rule)
