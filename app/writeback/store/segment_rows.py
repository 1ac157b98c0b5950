"""The records of a segment that one CRM holds, with the cells a bulk edit needs: one statement a page.

Cells come as they are stored, so that whoever decides about them sees at once which records are alike.

Must not: read a cell (`store.wide` does), decide anything about a record.
"""

from collections import abc
from typing import Any, NamedTuple

from sqlalchemy import Column, Integer, MetaData, Text, and_, exists, null, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.engine import Connection

from writeback.model.integrations import Integration
from writeback.model.segments import Expression
from writeback.model.types import RecordId
from writeback.store import schema, wide
from writeback.store.segments import Ground, condition_of

CELLS = 4
"""So many cells stand in a row for each value that is asked for."""


class Asked(NamedTuple):
    """One value of each record: where it stands here, and in the CRM."""

    attribute: str
    path: str
    """The mapped path."""
    source: str = ""
    """Another attribute whose value is wanted beside it; '' is none."""


def page(
    db: Connection,
    ground: Ground,
    expression: Expression,
    *,
    integration: Integration,
    asked: abc.Sequence[Asked],
    after: RecordId,
    most: int,
) -> list[tuple[Any, ...]]:
    """Give up to `most` records behind one, in their order, that the CRM of an integration holds.

    Returns:
        Rows of our id, the CRM's key, and for each value `CELLS` cells: what the record holds, what the other
        attribute holds, what the CRM held when it was last read, and whether an edit of it waits.
    """
    table = ground.records
    snapshot = _snapshot(integration, [one.path for one in asked])
    cells = []
    for place, one in enumerate(asked):
        drafts = schema.drafts
        own = and_(drafts.c.rid == table.c.rid, drafts.c.attribute == one.attribute)
        waits = exists(select(1).select_from(drafts).where(own, drafts.c.change_set_id.is_(None)))
        cells += [
            table.c[one.attribute].label(f"held{place}"),
            (table.c[one.source] if one.source else null()).label(f"other{place}"),
            snapshot.c[wide.path_column(one.path)].label(f"theirs{place}"),
            waits.label(f"waits{place}"),
        ]
    query = (
        select(table.c.rid, snapshot.c.key, *cells)
        .select_from(table.join(snapshot, and_(snapshot.c.rid == table.c.rid, snapshot.c.gone == 0)))
        .where(table.c.gone == 0, condition_of(ground, expression, table), table.c.rid > after)
        .order_by(table.c.rid)
        .limit(most)
    )
    cursor: Any = db.execute(query).cursor  # the driver's own: rows as plain tuples
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _snapshot(integration: Integration, paths: abc.Iterable[str]) -> SqlTable:
    names = dict.fromkeys(map(wide.path_column, paths))
    return SqlTable(
        wide.snapshot_table(integration.id),
        MetaData(),
        Column("key", Text),
        Column("rid", Text),
        Column("gone", Integer),
        *(Column(name, Text) for name in names),
    )
