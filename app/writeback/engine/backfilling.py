"""Say what writing the values of records to a CRM would do whose mapping came after them.

Asks no CRM, keeps nothing.

The counts follow the rules by which `gathering_segments` plans: what waits is left alone, a record without a
value asks nothing of its CRM, and what the CRM was last read to hold already is not planned.
"""

from collections import abc
from dataclasses import dataclass

from writeback.model.attributes import Attribute
from writeback.model.backfills import SAMPLE, Backfill, BackfillLine, BackfillRow
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.types import AttributeType, IntegrationId, Value
from writeback.planning.coercing import text_of
from writeback.store import backfills, connections, integrations, model, roles, wide
from writeback.store.meanings import meaning_in
from writeback.store.workspace import Db, Workspace


def count_backfill(workspace: Workspace, integration: str) -> Backfill:
    """Count by mapping that is written back.

    Raises:
        UnknownAttributeError: There is no such integration.
    """
    with workspace.reading() as db:
        own = integrations.get(db, IntegrationId(integration))
        attributes = {one.name: one for one in model.attributes(db, own.entity)}
        is_closed = connections.get(db, own.connection_id).read_only
        pointing = roles.pointing(db, own.entity)
        lines: list[BackfillLine] = []
        sample: list[BackfillRow] = []
        for mapping in own.mappings:
            attribute = attributes[mapping.attribute]
            if mapping.write_back:
                cells = _Cells(own, mapping, attribute, meaning_in(db, own, attribute.name, attribute.kind))
                is_plain = cells.is_plain and attribute.name not in pointing
                line = _line(db, cells, is_plain=is_plain, code=_code(attribute, is_closed=is_closed))
                lines.append(line)
                if line.differ and not line.code:
                    sample += _sample(db, cells, is_plain=is_plain)
    return Backfill(own.id, own.entity, own.watermark is not None, tuple(lines), tuple(sample))


@dataclass(frozen=True, slots=True)
class _Cells:
    """How the cells of one mapping are read."""

    integration: Integration
    mapping: FieldMapping
    attribute: Attribute
    meaning: abc.Callable[[Value], Value]

    @property
    def kind(self) -> AttributeType:
        """Of what the CRM holds, as it is kept."""
        return self.mapping.read_as(self.attribute.kind)

    @property
    def is_plain(self) -> bool:
        """Whether both sides store a value alike."""
        return not self.mapping.values and self.kind is self.attribute.kind

    def both(self, held: object, theirs: object) -> tuple[Value, Value]:
        """Give what a record holds, and what the CRM's value means here."""
        return wide.loaded(held, self.attribute.kind), self.meaning(wide.loaded(theirs, self.kind))


def _code(attribute: Attribute, *, is_closed: bool) -> str:
    if is_closed:
        return "connection.read_only"
    return "" if attribute.editable else "attribute.not_editable"


def _line(db: Db, cells: _Cells, *, is_plain: bool, code: str) -> BackfillLine:
    told = backfills.standing(db, cells.integration, cells.mapping)
    same, differ = told.same, told.differ
    if not is_plain:
        same = differ = 0
        for held, theirs, count in backfills.pairs(db, cells.integration, cells.mapping):
            ours, meant = cells.both(held, theirs)
            if ours == meant:
                same += count
            else:
                differ += count
    return BackfillLine(
        cells.attribute.name,
        cells.attribute.title,
        str(cells.mapping.path),
        differ,
        same,
        told.blank,
        told.waits,
        backfills.elsewhere(db, cells.integration, cells.attribute.name),
        code,
    )


def _sample(db: Db, cells: _Cells, *, is_plain: bool) -> abc.Iterator[BackfillRow]:
    given = 0
    found = backfills.candidates(db, cells.integration, cells.mapping, is_plain=is_plain)
    for rid, title, held, theirs in found:
        ours, meant = cells.both(held, theirs)
        if ours != meant and given < SAMPLE:
            given += 1
            told = text_of(wide.loaded(theirs, cells.kind))
            yield BackfillRow(rid, title, cells.attribute.name, told or "", text_of(ours) or "")
