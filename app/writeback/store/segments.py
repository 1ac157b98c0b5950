"""Saved segments, and a segment's expression as a condition in SQL.

Every comparison is true or false, never unknown: a blank value equals nothing, so `!=` and `not` include
it. Numbers are equal as the exact texts they are stored as, and ordered as numbers.

Must not: read a segment's text (`planning.segmenting` does).
"""

import json
from collections import abc
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any as Cell
from typing import Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    MetaData,
    Row,
    Select,
    and_,
    cast,
    delete,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy import Table as SqlTable
from sqlalchemy.engine import Connection
from sqlalchemy.types import Float, Text

from writeback.errors import UnknownAttributeError
from writeback.model.attributes import Attribute
from writeback.model.integrations import Integration
from writeback.model.segments import (
    All,
    Any,
    Comparison,
    Expression,
    HasText,
    Not,
    Operator,
    RecordIs,
    Segment,
    StateIs,
)
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType, RecordId, Value
from writeback.store import integrations, model, moments, schema, sqlite, wide
from writeback.store.windows import any_text

_NUMERIC = DECIMAL_TYPES | INTEGER_TYPES


@dataclass(frozen=True, slots=True)
class Ground:
    """What a segment's expression is about: an entity's records, and what they are related to."""

    entity: str
    attributes: tuple[Attribute, ...]
    related: abc.Mapping[str, tuple[Attribute, ...]]
    """By entity: its attributes."""
    integrations: tuple[Integration, ...]
    """All there are: they say who belongs to whom."""

    @property
    def records(self) -> SqlTable:
        """The records' table."""
        return wide.records(self.entity, self.attributes)


def select_records(ground: Ground, expression: Expression) -> Select[Cell]:
    """Select the ids of the records that are there and that the expression means, in their order."""
    table = ground.records
    condition = condition_of(ground, expression, table)
    return select(table.c.rid).where(table.c.gone == 0, condition).order_by(table.c.rid)


def condition_of(ground: Ground, expression: Expression, table: SqlTable) -> ColumnElement[bool]:
    """Give the condition of an expression on a table of the entity's records."""
    return _Compiling(ground, table).condition(expression)


def count(db: Connection, ground: Ground, expression: Expression) -> int:
    """Count the records that an expression means."""
    wanted = select_records(ground, expression).order_by(None).subquery()
    return int(db.execute(select(func.count()).select_from(wanted)).scalar_one())


def page(
    db: Connection, ground: Ground, expression: Expression, *, after: RecordId, most: int
) -> tuple[RecordId, ...]:
    """Give the ids of up to `most` records that an expression means, behind one, in their order."""
    wanted = select_records(ground, expression)
    some = wanted.where(wanted.selected_columns.rid > after).limit(most)
    return tuple(RecordId(str(row[0])) for row in db.execute(some))


def ground_of(db: Connection, entity: str) -> Ground:
    """Give what expressions about an entity may name.

    Raises:
        UnknownAttributeError: There is no such entity.
    """
    names = [one.name for one in model.entities(db)]
    if entity not in names:
        raise UnknownAttributeError("entity.unknown", name=entity[:80], known=", ".join(names)[:200])
    related = {name: tuple(model.attributes(db, name)) for name in names if name != entity}
    return Ground(entity, tuple(model.attributes(db, entity)), related, tuple(integrations.every(db)))


KEPT: Final = timedelta(days=30)
"""For how long a deleted segment can be had back."""


def save(db: Connection, segment: Segment) -> None:
    """Keep a segment in place of an earlier one of the same name."""
    db.execute(delete(schema.segments).where(_named(segment.name)))
    sqlite.upsert(
        db,
        schema.segments,
        {
            "name": segment.name,
            "entity": segment.entity,
            "text": segment.text,
            "author": segment.author,
            "changed_at": moments.to_text(segment.changed_at),
            "is_shared": int(segment.is_shared),
            "removed_at": None,
        },
    )


def rename(db: Connection, name: str, new: str) -> None:
    """Call a segment otherwise; a deleted one of the new name goes."""
    table = schema.segments
    db.execute(delete(table).where(_named(new), table.c.removed_at.is_not(None)))
    db.execute(update(table).where(_named(name)).values(name=new))


def remove(db: Connection, name: str, *, at: datetime) -> bool:
    """Delete a segment, so that it can be had back for a while; says whether there was one."""
    table = schema.segments
    db.execute(delete(table).where(table.c.removed_at < moments.to_text(at - KEPT)))
    gone = update(table).where(_named(name), table.c.removed_at.is_(None))
    return db.execute(gone.values(removed_at=moments.to_text(at))).rowcount > 0


def restore(db: Connection, name: str) -> Segment | None:
    """Have a deleted segment back; None: there is none of that name."""
    table = schema.segments
    back = update(table).where(_named(name), table.c.removed_at.is_not(None)).values(removed_at=None)
    return find(db, name) if db.execute(back).rowcount else None


def every(db: Connection) -> tuple[Segment, ...]:
    """Give all saved segments, by name."""
    table = schema.segments
    query = select(table).where(table.c.removed_at.is_(None)).order_by(func.lower(table.c.name))
    return tuple(_loaded(row) for row in db.execute(query))


def removed(db: Connection) -> tuple[Segment, ...]:
    """Give the deleted segments that can be had back, the latest first."""
    table = schema.segments
    query = select(table).where(table.c.removed_at.is_not(None)).order_by(table.c.removed_at.desc())
    return tuple(_loaded(row) for row in db.execute(query))


def find(db: Connection, name: str) -> Segment | None:
    """Give the segment of a name, compared without case."""
    table = schema.segments
    row = db.execute(select(table).where(_named(name), table.c.removed_at.is_(None))).first()
    return None if row is None else _loaded(row)


def _named(name: str) -> ColumnElement[bool]:
    return func.lower(schema.segments.c.name) == func.lower(name)


def _loaded(row: Row[Cell]) -> Segment:
    return Segment(
        row.name,
        row.entity,
        row.text,
        row.author,
        moments.from_text(row.changed_at),
        is_shared=bool(row.is_shared),
        removed_at=moments.from_optional(row.removed_at),
    )


@dataclass(frozen=True, slots=True)
class _Compiling:
    """Makes conditions on one entity's records."""

    ground: Ground
    table: SqlTable

    def condition(self, expression: Expression) -> ColumnElement[bool]:
        """Give the condition of an expression."""
        match expression:
            case All(parts) | Any(parts):
                told = [self.condition(part) for part in parts]
                return and_(true(), *told) if isinstance(expression, All) else or_(false(), *told)
            case Not(part):
                return ~self.condition(part)
            case StateIs(states, attribute):
                return self._standing(states, attribute)
            case Comparison() if expression.relation:
                return self._related(expression)
            case _:
                return self._own(expression)

    def _own(self, expression: Comparison | HasText | RecordIs) -> ColumnElement[bool]:
        match expression:
            case HasText(words):
                return any_text(self.table, self.ground.attributes, words)
            case RecordIs(rids):
                wanted = func.json_each(json.dumps(rids)).table_valued("value", name="wanted")
                return self.table.c.rid.in_(select(wanted.c.value))
            case _:
                kinds = {one.name: one.kind for one in self.ground.attributes}
                return _compare(self.table.c[expression.attribute], kinds[expression.attribute], expression)

    def _standing(self, states: frozenset[str], attribute: str) -> ColumnElement[bool]:
        found = []
        tables: list[tuple[SqlTable, ColumnElement[bool]]] = [
            (schema.value_states, schema.value_states.c.state.in_(sorted(states)))
        ]
        if "draft" in states:
            tables.append((schema.drafts, schema.drafts.c.change_set_id.is_(None)))
        if "refused" in states:
            tables.append((schema.held_edits, true()))
        for table, holds in tables:
            query = select(table.c.rid).where(holds)
            found.append(query.where(table.c.attribute == attribute) if attribute else query)
        return self.table.c.rid.in_(union_all(*found))

    def _related(self, comparison: Comparison) -> ColumnElement[bool]:
        """Say that some related record holds; related by a CRM's own link, in either direction."""
        attributes = self.ground.related[comparison.relation]
        kinds = {one.name: one.kind for one in attributes}
        others = wide.records(comparison.relation, attributes).alias()
        holds = _compare(others.c[comparison.attribute], kinds[comparison.attribute], comparison)
        ways = [self._way(own, other) for own, other in self._pairs(comparison.relation)]
        if not ways:
            return false()
        pairs = union_all(*ways).subquery()
        joined = pairs.join(others, others.c.rid == pairs.c.other)
        return exists(
            select(1).select_from(joined).where(pairs.c.own == self.table.c.rid, others.c.gone == 0, holds)
        )

    def _pairs(self, relation: str) -> abc.Iterator[tuple[Integration, Integration]]:
        for own in self.ground.integrations:
            for other in self.ground.integrations:
                is_pair = own.entity == self.ground.entity and other.entity == relation
                if is_pair and own.connection_id == other.connection_id and (own.link or other.link):
                    yield own, other

    def _way(self, own: Integration, other: Integration) -> Select[Cell]:
        """Select the pairs (own, other) of two integrations of one connection."""
        mine, theirs = snapshot_of(own).alias(), snapshot_of(other).alias()
        if own.link:
            meet = mine.c[wide.path_column(own.link)] == theirs.c.key
        else:
            meet = theirs.c[wide.path_column(other.link)] == mine.c.key
        joined = mine.join(theirs, meet)
        return (
            select(mine.c.rid.label("own"), theirs.c.rid.label("other"))
            .select_from(joined)
            .where(mine.c.gone == 0, theirs.c.gone == 0)
        )


def snapshot_of(integration: Integration) -> SqlTable:
    """Give the columns of a snapshot that say whose record it is."""
    return _snapshot(integration.id, integration.link)


@lru_cache(wide.TABLES_KEPT)
def _snapshot(integration_id: str, link: str) -> SqlTable:
    links = [Column(wide.path_column(link), Text)] if link else []
    return SqlTable(
        wide.snapshot_table(integration_id),
        MetaData(),
        Column("key", Text),
        Column("rid", Text),
        Column("gone", Integer),
        *links,
    )


def _compare(column: ColumnElement[Cell], kind: AttributeType, comparison: Comparison) -> ColumnElement[bool]:
    """Give one comparison as a condition that is never unknown."""
    operator, values = comparison.operator, comparison.values
    match operator:
        case Operator.IS_BLANK:
            return column.is_(None)
        case Operator.IS_SET:
            return column.is_not(None)
        case Operator.IS | Operator.ONE_OF:
            return _among(column, kind, values)
        case Operator.IS_NOT | Operator.NONE_OF:
            return ~_among(column, kind, values)
        case Operator.CONTAINS | Operator.STARTS | Operator.ENDS:
            return _known(_holds(column, kind, operator, str(values[0])))
        case _:
            return _known(_ordered(column, kind, operator, values[0]))


def _among(
    column: ColumnElement[Cell], kind: AttributeType, values: abc.Sequence[Value]
) -> ColumnElement[bool]:
    stored = [wide.stored(value) for value in values]
    if kind is AttributeType.MULTI_LIST:
        option = func.json_each(column).table_valued("value", name="option")
        return exists(select(1).select_from(option).where(option.c.value.in_(stored)))
    return _known(column.in_(stored))


def _holds(
    column: ColumnElement[Cell], kind: AttributeType, operator: Operator, words: str
) -> ColumnElement[bool]:
    if "\0" in words:  # LIKE reads its pattern up to there, so that everything would fit
        return false()
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = {
        Operator.CONTAINS: f"%{escaped}%",
        Operator.STARTS: f"{escaped}%",
        Operator.ENDS: f"%{escaped}",
    }[operator]
    if kind is AttributeType.MULTI_LIST:
        option = func.json_each(column).table_valued("value", name="option")
        return exists(
            select(1).select_from(option).where(cast(option.c.value, Text).ilike(pattern, escape="\\"))
        )
    return cast(column, Text).ilike(pattern, escape="\\")


def _ordered(
    column: ColumnElement[Cell], kind: AttributeType, operator: Operator, value: Value
) -> ColumnElement[bool]:
    ours: ColumnElement[Cell] = column
    wanted: ColumnElement[Cell] = literal(wide.stored(value))
    if kind in _NUMERIC:
        ours, wanted = cast(ours, Float), cast(wanted, Float)
    rules: abc.Mapping[Operator, ColumnElement[bool]] = {
        Operator.LESS: ours < wanted,
        Operator.AT_MOST: ours <= wanted,
        Operator.MORE: ours > wanted,
        Operator.AT_LEAST: ours >= wanted,
    }
    return rules[operator]


def _known(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Make unknown false: a blank value fulfils no comparison."""
    return func.coalesce(condition, false())
