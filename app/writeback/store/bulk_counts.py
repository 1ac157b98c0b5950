"""Count and sample what a bulk edit would touch: by distinct value, a million rows stay in the database.

Must not: know what is wished for a value (`engine.bulk_preview` does).
"""

from collections import abc
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, literal, or_, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.engine import Connection

from writeback.model.integrations import Integration
from writeback.model.segments import Expression
from writeback.store import schema, wide
from writeback.store.segments import Ground, condition_of, snapshot_of

FREE, WAITS, NOBODY = 0, 1, 2
"""How a value stands before anything is wished for it."""
_SAMPLE: Final = 20


def grouped(
    db: Connection,
    ground: Ground,
    expression: Expression,
    *,
    names: tuple[str, str],
    takers: abc.Sequence[Integration],
) -> abc.Iterator[tuple[object, object, int, int]]:
    """Give (value, value of the other attribute, how it stands, count) for each such group of records.

    Args:
        db: Any transaction.
        ground: The entity.
        expression: Which records.
        names: The attribute that is edited, and the one that is copied from; '' is none.
        takers: The integrations that take the value.
    """
    table = ground.records
    value = table.c[names[0]]
    other: ColumnElement[Any] = table.c[names[1]] if names[1] else literal(None)
    stands = _stands(table, names[0], takers)
    query = (
        select(value, other, stands, func.count())
        .where(table.c.gone == 0, condition_of(ground, expression, table))
        .group_by(value, other, stands)
    )
    for row in db.execute(query.execution_options(yield_per=1_000)):
        yield row[0], row[1], int(row[2]), int(row[3])


def counted(
    db: Connection,
    ground: Ground,
    expression: Expression,
    *,
    name: str,
    wished: object,
    takers: abc.Sequence[Integration],
) -> abc.Iterator[tuple[bool, int, int]]:
    """Give (is it so already, how it stands, count): for a wish that is the same for every record."""
    table = ground.records
    is_same = table.c[name].is_(None) if wished is None else table.c[name].is_not_distinct_from(wished)
    stands = _stands(table, name, takers)
    query = (
        select(is_same, stands, func.count())
        .where(table.c.gone == 0, condition_of(ground, expression, table))
        .group_by(is_same, stands)
    )
    for row in db.execute(query):
        yield bool(row[0]), int(row[1]), int(row[2])


def sample(
    db: Connection,
    ground: Ground,
    expression: Expression,
    columns: abc.Sequence[tuple[str, abc.Sequence[Integration]]],
) -> list[tuple[Any, ...]]:
    """Give the first records: id, title, then for each column how it stands; values come from `records`."""
    table = ground.records
    stands = [_stands(table, name, takers) for name, takers in columns]
    query: Select[Any] = (
        select(table.c.rid, table.c.title, *stands)
        .where(table.c.gone == 0, condition_of(ground, expression, table))
        .order_by(table.c.rid)
        .limit(_SAMPLE)
    )
    return [tuple(row) for row in db.execute(query)]


def _stands(table: SqlTable, name: str, takers: abc.Sequence[Integration]) -> ColumnElement[int]:
    drafts = schema.drafts
    mine = and_(drafts.c.rid == table.c.rid, drafts.c.attribute == name, drafts.c.change_set_id.is_(None))
    waits = exists(select(1).select_from(drafts).where(mine))
    linked = []
    for one in takers:
        snapshot = snapshot_of(one).alias()
        there = and_(snapshot.c.rid == table.c.rid, snapshot.c.gone == 0)
        linked.append(exists(select(1).select_from(snapshot).where(there)))
    return case((waits, WAITS), (or_(false(), *linked), FREE), else_=NOBODY)


def stored(value: object) -> object:
    """Give a wish as it would stand in its column."""
    return None if value is None else wide.stored(value)  # type: ignore[arg-type]  # a canonical value
