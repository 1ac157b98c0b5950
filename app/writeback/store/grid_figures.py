"""Figures of one attribute over the records of an expression: how many hold a value, which, what they sum to.

Must not: format for a person.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, cast, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.types import Float

from writeback.model.attributes import Attribute
from writeback.model.segments import Expression
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, Value
from writeback.store import wide
from writeback.store.segments import Ground, condition_of

MOST_SHOWN = 8
_MINOR = 4
"""Decimals by which amounts are summed as whole numbers, so that no cent is lost."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What an attribute holds in some records."""

    records: int
    filled: int
    total: Decimal | None = None
    """Of numbers; exact to four decimals."""
    least: Value = None
    most: Value = None
    common: tuple[tuple[Value, int], ...] = ()
    """The most frequent values, the most frequent first."""
    distinct: int = 0


def figures_of(db: Connection, ground: Ground, expression: Expression, attribute: Attribute) -> Figures:
    """Count, sum and sort what an attribute holds; blank values are none."""
    table = ground.records
    column: ColumnElement[Any] = table.c[attribute.name]
    holds = (table.c.gone == 0, condition_of(ground, expression, table))
    is_number = attribute.kind in DECIMAL_TYPES | INTEGER_TYPES
    wanted: list[ColumnElement[Any]] = [func.count(), func.count(column), func.count(column.distinct())]
    if is_number:
        number = cast(column, Float)
        wanted += [func.sum(func.round(number * 10**_MINOR, 0)), func.min(number), func.max(number)]
    row = db.execute(select(*wanted).where(*holds)).one()
    records, filled, distinct = int(row[0]), int(row[1]), int(row[2])
    if is_number:
        if not filled:
            return Figures(records, filled, distinct=distinct)
        total = Decimal(int(row[3])) / 10**_MINOR
        return Figures(
            records, filled, total, Decimal(repr(row[4])), Decimal(repr(row[5])), distinct=distinct
        )
    query = select(column, func.count().label("n")).where(*holds, column.is_not(None)).group_by(column)
    rows = db.execute(query.order_by(func.count().desc(), column).limit(MOST_SHOWN)).all()
    common = tuple((wide.loaded(one[0], attribute.kind), int(one[1])) for one in rows)
    return Figures(records, filled, common=common, distinct=distinct)
