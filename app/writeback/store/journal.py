"""What happened, in order: the truth that events and screens are only hints of.

Must not: hold values of records; a subject is an id.
"""

from collections import abc
from datetime import datetime
from typing import Final

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from writeback.model.events import Event, EventKind
from writeback.store import moments, schema, sqlite

MANY: Final = 50
"""Of more subjects one entry tells, without naming any: it is a hint, and a screen looks again anyway."""


def note(db: Connection, *, at: datetime | str, kind: EventKind, subject: str) -> int:
    """Write one entry in the open transaction; gives its number."""
    moment = at if isinstance(at, str) else moments.to_text(at)
    entry = insert(schema.journal).values(at=moment, kind=kind.value, subject=subject)
    return int(db.execute(entry.returning(schema.journal.c.seq)).scalar_one())


def note_many(db: Connection, *, at: datetime, kind: EventKind, subjects: abc.Iterable[str]) -> None:
    """Write one entry for each subject in the open transaction; where there are many, one for them all."""
    moment, told = moments.to_text(at), tuple(subjects)
    rows = ((moment, kind.value, subject) for subject in (told if len(told) <= MANY else ("",)))
    sqlite.many(db, "insert into journal (at, kind, subject) values (?, ?, ?)", rows)


def since(db: Connection, seq: int, limit: int = 1000) -> tuple[Event, ...]:
    """Give the entries after number `seq`, oldest first."""
    entries = schema.journal
    query = select(entries).where(entries.c.seq > seq).order_by(entries.c.seq).limit(limit)
    return tuple(
        Event(int(row.seq), moments.from_text(row.at), EventKind(row.kind), row.subject)
        for row in db.execute(query)
    )


def head(db: Connection) -> int:
    """Give the newest number; 0 when nothing happened yet."""
    return int(db.execute(select(func.max(schema.journal.c.seq))).scalar() or 0)
