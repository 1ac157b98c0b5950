"""What was deleted lately and can be had back: forms and views of grids, each with the row that it was.

Segments keep their own row instead (`store.segments`). Every function works in the caller's transaction.

Must not: know what the columns mean.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Row, Table, delete, insert, select
from sqlalchemy.engine import Connection

from writeback.store import moments, schema

KEPT: Final = timedelta(days=30)
FORM: Final = "form"
VIEW: Final = "view"
_TABLES: Final[dict[str, Table]] = {FORM: schema.insight_forms, VIEW: schema.grid_views}
_GONE: Final = schema.recently_deleted


@dataclass(frozen=True, slots=True)
class Gone:
    """One thing that was deleted."""

    id: int
    kind: str
    """`form` | `view`."""
    name: str
    entity: str
    owner: str
    """Whose view it was, or who made the form."""
    removed_at: datetime


def remove(db: Connection, kind: str, where: ColumnElement[bool], *, at: datetime) -> bool:
    """Delete a thing and keep what it was; says whether there was one."""
    table = _TABLES[kind]
    row = db.execute(select(table).where(where)).mappings().first()
    if row is None:
        return False
    db.execute(delete(_GONE).where(_GONE.c.removed_at < moments.to_text(at - KEPT)))
    db.execute(
        insert(_GONE).values(
            kind=kind,
            name=row["name"],
            entity=row["entity"],
            owner=str(row.get("owner") or row.get("author") or ""),
            body=json.dumps(dict(row), ensure_ascii=False, sort_keys=True),
            removed_at=moments.to_text(at),
        )
    )
    db.execute(delete(table).where(where))
    return True


def every(db: Connection) -> tuple[Gone, ...]:
    """Give what can be had back, the newest first."""
    rows = db.execute(select(_GONE).order_by(_GONE.c.removed_at.desc(), _GONE.c.id.desc()))
    return tuple(_gone(row) for row in rows)


def find(db: Connection, gone_id: int) -> Gone | None:
    """Give one thing that was deleted."""
    row = db.execute(select(_GONE).where(_GONE.c.id == gone_id)).one_or_none()
    return None if row is None else _gone(row)


def restore(db: Connection, gone: Gone) -> bool:
    """Put a thing back as it was; False: another one is called so by now, and nothing was changed."""
    table = _TABLES[gone.kind]
    body = json.loads(db.execute(select(_GONE.c.body).where(_GONE.c.id == gone.id)).scalar_one())
    keys = [column for column in table.primary_key if column.name in body]
    if db.execute(select(table).where(*(column == body[column.name] for column in keys))).first():
        return False
    db.execute(
        insert(table).values(
            {column.name: body[column.name] for column in table.columns if column.name in body}
        )
    )
    db.execute(delete(_GONE).where(_GONE.c.id == gone.id))
    return True


def _gone(row: "Row[tuple[object, ...]]") -> Gone:
    return Gone(int(row.id), row.kind, row.name, row.entity, row.owner, moments.from_text(row.removed_at))
