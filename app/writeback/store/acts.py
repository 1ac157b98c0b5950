"""Answers to mutating calls, by the id the front end gave: the same id twice is one act.

Must not: know what a call does; the answer is text that `runtime` wrote.
"""

import contextlib
from collections import abc
from contextvars import ContextVar
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from writeback.model.canonical import Json
from writeback.model.events import EventKind
from writeback.store import audit, journal, moments, schema

_ASKING: Final[ContextVar[str]] = ContextVar("asking", default="")


@contextlib.contextmanager
def asked_by(person: str) -> abc.Iterator[None]:
    """Say on whose behalf acts are recorded in this block, where their entry names nobody."""
    before = _ASKING.set(person)
    try:
        yield
    finally:
        _ASKING.reset(before)


def record(
    db: Connection, *, at: datetime, act: str, body: abc.Mapping[str, Json], kind: EventKind, subject: str
) -> None:
    """Write an act's audit entry and its journal entry, in the transaction that does it."""
    person = _ASKING.get()
    told = body if not person or body.get("by") or body.get("author") else {**body, "by": person}
    audit.append(db, at=at, act=act, body=told)
    journal.note(db, at=at, kind=kind, subject=subject)


def remembered(db: Connection, act_id: str) -> str | None:
    """Give the answer (JSON) of an act that was done, or None."""
    answer = db.execute(select(schema.acts.c.answer).where(schema.acts.c.id == act_id)).scalar()
    return None if answer is None else str(answer)


def remember(db: Connection, *, act_id: str, call: str, answer: str, at: datetime | str) -> None:
    """Keep an act's answer in the transaction that did it."""
    moment = at if isinstance(at, str) else moments.to_text(at)
    db.execute(insert(schema.acts).values(id=act_id, call=call, answer=answer, at=moment))


def forget(db: Connection, *, before: datetime) -> int:
    """Drop answers nobody will ask for any more; gives how many."""
    return db.execute(delete(schema.acts).where(schema.acts.c.at < moments.to_text(before))).rowcount
