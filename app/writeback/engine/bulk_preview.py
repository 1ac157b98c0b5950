"""Say what a bulk edit would do, from what is known here: exact counts, and the first records as examples.

Nothing is kept, no CRM is asked: whether one changed since shows in the plan.
"""

from collections import Counter, abc
from dataclasses import dataclass

from writeback.engine.bulk_wishes import BulkWish, is_needless
from writeback.engine.gathering_segments import read_wishes
from writeback.model.bulk import (
    ASIDE,
    BLOCKED,
    NOBODY,
    SAME,
    SEND,
    WAITS,
    BulkCell,
    BulkCounts,
    BulkEdit,
    BulkPreview,
    BulkRow,
)
from writeback.model.changes import Reason
from writeback.model.integrations import Integration
from writeback.model.segments import Expression
from writeback.model.types import Clear, RecordId, Value, Wish
from writeback.planning.coercing import text_of
from writeback.store import bulk_counts, connections, integrations, records, segments, targets, wide
from writeback.store.records import Record
from writeback.store.segments import Ground
from writeback.store.workspace import Db, Workspace

_STANDS = {bulk_counts.WAITS: WAITS, bulk_counts.NOBODY: NOBODY}


@dataclass(frozen=True, slots=True)
class _Column:
    """One attribute with what is wished and who takes it."""

    wish: BulkWish
    takers: tuple[Integration, ...]

    @property
    def name(self) -> str:
        return self.wish.attribute.name


def preview_bulk(
    workspace: Workspace, ground: Ground, expression: Expression, edits: abc.Sequence[BulkEdit]
) -> BulkPreview:
    """Count and sample.

    Raises:
        UnknownAttributeError: An attribute does not exist.
        MappingError: `segment.…`: as the plan would be refused.
    """
    wishes = read_wishes(workspace, ground, edits)
    with workspace.reading() as db:
        feeding = integrations.every(db, entity=ground.entity)
        closed = {one.connection_id for one in feeding if connections.get(db, one.connection_id).read_only}
        columns = []
        for wish in wishes:
            every = targets.writers(feeding, wish.attribute.name)
            columns.append(_Column(wish, tuple(one for one in every if one.connection_id not in closed)))
        return BulkPreview(
            segments.count(db, ground, expression),
            tuple(_count(db, ground, expression, column) for column in columns),
            _sample(db, ground, expression, columns),
        )


def _count(db: Db, ground: Ground, expression: Expression, column: _Column) -> BulkCounts:
    found: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    wish = column.wish
    if wish.is_fixed:
        value = None if isinstance(wish.fixed, Clear) else wish.fixed
        groups = bulk_counts.counted(
            db,
            ground,
            expression,
            name=column.name,
            wished=bulk_counts.stored(value),
            takers=column.takers,
        )
        for is_same, stands, count in groups:
            found[_STANDS.get(stands) or (SAME if is_same else SEND)] += count
        return BulkCounts(column.name, dict(found))
    names = (column.name, wish.source.name if wish.source is not None else "")
    for raw, other, stands, count in bulk_counts.grouped(
        db, ground, expression, names=names, takers=column.takers
    ):
        old = wide.loaded(raw, wish.attribute.kind)
        taken = wide.loaded(other, wish.source.kind) if wish.source is not None else None
        verdict, code = _verdict(wish.for_value(old, taken), old)
        verdict = _STANDS.get(stands) or verdict
        found[verdict] += count
        if verdict == BLOCKED:
            refused[code] += count
    return BulkCounts(column.name, dict(found), dict(refused))


def _verdict(wished: Wish | Reason | None, old: Value) -> tuple[str, str]:
    if wished is None:
        return ASIDE, ""
    if isinstance(wished, Reason):
        return BLOCKED, wished.code
    return (SAME if is_needless(wished, old) else SEND), ""


def _sample(
    db: Db, ground: Ground, expression: Expression, columns: abc.Sequence[_Column]
) -> tuple[BulkRow, ...]:
    asked = [(column.name, column.takers) for column in columns]
    rows = bulk_counts.sample(db, ground, expression, asked)
    held = records.get_many(db, ground.entity, [RecordId(row[0]) for row in rows])
    return tuple(
        BulkRow(
            str(row[0]),
            str(row[1] or row[0]),
            tuple(
                _cell(held[RecordId(row[0])], column, int(stands))
                for column, stands in zip(columns, row[2:], strict=True)
            ),
        )
        for row in rows
        if row[0] in held
    )


def _cell(record: Record, column: _Column, stands: int) -> BulkCell:
    wish = column.wish
    old = record.values.get(column.name)
    wished = wish.for_value(old, record.values.get(wish.source.name) if wish.source is not None else None)
    verdict, code = _verdict(wished, old)
    verdict = _STANDS.get(stands) or verdict
    new = (
        old
        if verdict != SEND or isinstance(wished, Reason)
        else None
        if isinstance(wished, Clear)
        else wished
    )
    return BulkCell(column.name, text_of(old) or "", text_of(new) or "", verdict, code)
