"""What went over the wire, for the job monitor: redacted and bounded before it comes here.

Must not: outlive its retention (`purge`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import RowMapping, delete, func, insert, or_, select
from sqlalchemy.engine import Connection

from writeback.store import moments, schema

SLICE: Final = 1000


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer."""

    connection_id: str
    at: datetime
    method: str
    url: str
    status: int | None
    seconds: float
    request: str = ""
    answer: str = ""
    job_id: str | None = None
    attempt_id: str | None = None


def add(db: Connection, exchange: Exchange) -> int:
    """Keep one exchange; gives its number."""
    values = {name: getattr(exchange, name) for name in Exchange.__slots__}
    values["at"] = moments.to_text(exchange.at)
    return int(db.execute(_ADD, values).scalar_one())


_ADD: Final = insert(schema.exchanges).returning(schema.exchanges.c.id)
"""Built once: each request is kept by it."""


def of_job(
    db: Connection, job_id: str, *, after: int = 0, limit: int = 200
) -> tuple[tuple[int, Exchange], ...]:
    """Give a job's exchanges after number `after`, oldest first."""
    table = schema.exchanges
    query = (
        select(table).where(table.c.job_id == job_id, table.c.id > after).order_by(table.c.id).limit(limit)
    )
    return tuple((int(row["id"]), _exchange(row)) for row in db.execute(query).mappings())


def since(db: Connection, moment: datetime, *, limit: int = 200) -> tuple[Exchange, ...]:
    """Give the exchanges that began at a moment or later, oldest first."""
    table = schema.exchanges
    query = select(table).where(table.c.at >= moments.to_text(moment)).order_by(table.c.at).limit(limit)
    return tuple(_exchange(row) for row in db.execute(query).mappings())


def purge(db: Connection, *, before: datetime, most: int = SLICE) -> int:
    """Drop up to `most` exchanges older than the retention; gives how many, call again while it is `most`."""
    table = schema.exchanges
    old = select(table.c.id).where(table.c.at < moments.to_text(before)).order_by(table.c.id).limit(most)
    return db.execute(delete(table).where(table.c.id.in_(old))).rowcount


def drop_about(db: Connection, connection_id: str, record_id: str) -> None:
    """Drop a connection's exchanges that name a record, those about others beside it as well."""
    table = schema.exchanges
    texts = (table.c.url, table.c.request, table.c.answer)
    names_it = or_(*(func.instr(text, record_id) > 0 for text in texts))
    db.execute(delete(table).where(table.c.connection_id == connection_id, names_it))


def _exchange(row: RowMapping) -> Exchange:
    return Exchange(
        **{name: row[name] for name in Exchange.__slots__ if name != "at"},
        at=moments.from_text(row["at"]),
    )
