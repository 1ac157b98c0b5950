"""Views of grids: private or shared, and how each person left each grid.

Must not: know which attributes there are; a view that names one that is gone is read without it.
"""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.engine import Connection

from writeback.model.grid_views import GridView
from writeback.store import deleted, moments, schema, sqlite


def put(db: Connection, view: GridView, *, at: datetime) -> None:
    """Keep a view in place of an earlier one of the same owner and name."""
    body = {
        "columns": view.columns,
        "widths": dict(view.widths),
        "sort": view.sort,
        "is_descending": view.is_descending,
        "text": view.text,
        "blanks": dict(view.blanks),
    }
    sqlite.upsert(
        db,
        schema.grid_views,
        {
            "owner": view.owner,
            "entity": view.entity,
            "name": view.name,
            "is_shared": int(view.is_shared),
            "body": json.dumps(body, ensure_ascii=False),
            "changed_at": moments.to_text(at),
        },
    )


def remove(db: Connection, view: GridView, *, at: datetime) -> bool:
    """Delete a view of this owner and name, which can be had back for a while; says whether there was one."""
    table = schema.grid_views
    mine = (table.c.owner == view.owner) & (table.c.entity == view.entity) & (table.c.name == view.name)
    return deleted.remove(db, deleted.VIEW, mine, at=at)


def shown_to(db: Connection, owner: str, entity: str) -> tuple[GridView, ...]:
    """Give the views of an entity that somebody is shown: their own, '' among them, and shared ones."""
    table = schema.grid_views
    query = select(table).where(table.c.entity == entity, or_(table.c.owner == owner, table.c.is_shared == 1))
    return tuple(_loaded(row) for row in db.execute(query.order_by(table.c.name, table.c.owner)))


def _loaded(row: Row[Any]) -> GridView:
    body = json.loads(row.body)
    return GridView(
        row.owner,
        row.entity,
        row.name,
        is_shared=bool(row.is_shared),
        columns=tuple(map(str, body["columns"])),
        widths={str(name): int(width) for name, width in body["widths"].items()},
        sort=str(body["sort"]),
        is_descending=bool(body["is_descending"]),
        text=str(body["text"]),
        blanks={str(name): str(rule) for name, rule in body["blanks"].items()},
        changed_at=moments.from_text(row.changed_at),
    )
