"""What people chose for references whose value named nobody, or several; remembered until forgotten.

Kept for each connection, object that the reference points at, and value as it is looked up.

Must not: decide whether the chosen record may still be pointed at (`engine.looking_up` asks the CRM).
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, delete, func, select
from sqlalchemy.engine import Connection

from writeback.model.types import ConnectionId
from writeback.store import integrations, moments, schema, sqlite, wide


@dataclass(frozen=True, slots=True)
class Choice:
    """One remembered choice."""

    connection_id: ConnectionId
    object: str
    value: str
    """As it stood in the source."""
    target_id: str
    title: str
    decided_by: str
    decided_at: datetime


def looked_up(value: str) -> str:
    """Give a value as choices are kept by: trimmed, without case."""
    return value.strip().casefold()


def every(db: Connection, *, connection_id: str = "") -> tuple[Choice, ...]:
    """Give all choices, or those of one connection."""
    table = schema.reference_choices
    query = select(table).order_by(table.c.connection_id, table.c.object, func.lower(table.c.shown))
    if connection_id:
        query = query.where(table.c.connection_id == connection_id)
    return tuple(_loaded(row) for row in db.execute(query))


def put(db: Connection, choice: Choice, *, instead_of: abc.Iterable[str] = ()) -> None:
    """Remember a choice; `instead_of` names further objects of the same reference, whose choice goes."""
    for name in instead_of:
        forget(db, choice.connection_id, name, choice.value)
    values = {
        "connection_id": choice.connection_id,
        "object": choice.object,
        "value": looked_up(choice.value),
        "shown": choice.value,
        "target_id": choice.target_id,
        "title": choice.title,
        "decided_by": choice.decided_by,
        "decided_at": moments.to_text(choice.decided_at),
    }
    sqlite.upsert(db, schema.reference_choices, values)


def forget(db: Connection, connection_id: str, object_name: str, value: str) -> bool:
    """Forget a choice; gives whether there was one."""
    done = db.execute(delete(schema.reference_choices).where(_own(connection_id, object_name, value)))
    return bool(done.rowcount)


def records_like(
    db: Connection, connection_id: str, object_name: str, words: abc.Sequence[str], *, most: int
) -> tuple[tuple[str, str], ...]:
    """Give (CRM key, title) of records that were pulled and whose title holds all words."""
    found: list[tuple[str, str]] = []
    for one in integrations.every(db, connection_id=connection_id):
        if one.object.casefold() != object_name.casefold():
            continue
        snapshot = sqlite.quoted(wide.snapshot_table(one.id))
        table = sqlite.quoted(wide.record_table(one.entity))
        holds = "".join(" and instr(lower(r.title), lower(?)) > 0" for _ in words)
        query = (
            f"select s.key, r.title from {snapshot} s join {table} r on r.rid = s.rid "  # noqa: S608  quoted
            f"where not s.gone{holds} order by r.title, s.key limit {int(most)}"
        )
        found += [(str(key), str(title or key)) for key, title in sqlite.run(db, query, words)]
    return tuple(found)


def _own(connection_id: str, object_name: str, value: str) -> ColumnElement[bool]:
    table = schema.reference_choices
    return and_(
        table.c.connection_id == connection_id,
        func.lower(table.c.object) == func.lower(object_name),
        table.c.value == looked_up(value),
    )


def _loaded(row: Row[tuple[object, ...]]) -> Choice:
    return Choice(
        ConnectionId(row.connection_id),
        row.object,
        row.shown,
        row.target_id,
        row.title,
        row.decided_by,
        moments.from_text(row.decided_at),
    )
