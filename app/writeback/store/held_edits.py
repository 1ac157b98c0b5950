"""Texts that a person typed for a value and that cannot be read as one: kept beside it until they are mended.

Must not: be sent, counted as an edit, or change a value.
"""

import json
from collections import abc
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.engine import Connection

from writeback.model.changes import Reason
from writeback.store import moments, schema, sqlite


@dataclass(frozen=True, slots=True)
class HeldEdit:
    """One text with why it is refused."""

    rid: str
    attribute: str
    entity: str
    text: str
    reason: Reason
    author: str


def put(db: Connection, held: abc.Iterable[HeldEdit], *, at: datetime) -> None:
    """Keep texts in place of earlier ones of the same values."""
    told = moments.to_text(at)
    rows = (
        (
            one.rid,
            one.attribute,
            one.entity,
            one.text,
            one.reason.code,
            json.dumps(one.reason.facts, ensure_ascii=False),
            one.author,
            told,
        )
        for one in held
    )
    sqlite.many(db, "insert or replace into held_edits values (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def remove(db: Connection, keys: abc.Iterable[tuple[str, str]]) -> None:
    """Forget the texts of some values."""
    sqlite.many(db, "delete from held_edits where rid = ? and attribute = ?", keys)


def keys(db: Connection, records: abc.Collection[str] = (), *, attribute: str = "") -> list[tuple[str, str]]:
    """Give the values that a text is held of: of these records, all when empty."""
    table = schema.held_edits
    query = select(table.c.rid, table.c.attribute)
    if attribute:
        query = query.where(table.c.attribute == attribute)
    found = []
    for some in sqlite.chunks(records) if records else (None,):
        part = query if some is None else query.where(table.c.rid.in_(some))
        found += [(str(row[0]), str(row[1])) for row in db.execute(part)]
    return found


def count(db: Connection) -> int:
    """Count the texts."""
    return int(db.execute(select(func.count()).select_from(schema.held_edits)).scalar_one())


def clear_entity(db: Connection, entity: str, attribute: str) -> None:
    """Forget the texts of an attribute that goes."""
    table = schema.held_edits
    db.execute(delete(table).where(table.c.entity == entity, table.c.attribute == attribute))
