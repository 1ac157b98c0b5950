"""Which written records are still to be read back, because they could not be when they were written.

Whoever takes one moves its moment on, so that a process that dies over it leaves it to the next.

Must not: read a CRM.
"""

from collections import abc
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from writeback.model.types import JobId
from writeback.store import schema, sqlite


class Due(NamedTuple):
    """Rows of one batch that are to be read back."""

    job_id: JobId
    batch_no: int
    first: int
    last: int
    tries: int


def put(db: Connection, due: Due, *, not_before: str, code: str) -> None:
    """Keep for later what could not be read now."""
    values = {
        "job_id": due.job_id,
        "batch_no": due.batch_no,
        "first_seq": due.first,
        "last_seq": due.last,
        "tries": due.tries,
        "not_before": not_before,
        "code": code,
    }
    sqlite.upsert(db, schema.refreshes, values)


def has_due(db: Connection, *, now: str, jobs: abc.Collection[str] = ()) -> bool:
    """Say whether `take` would find anything."""
    query = f"select 1 from refreshes where not_before <= ? {_of(jobs)} limit 1"  # noqa: S608  our own words
    return sqlite.run(db, query, (now, *jobs)).fetchone() is not None


def take(db: Connection, *, now: str, until: str, jobs: abc.Collection[str] = ()) -> Due | None:
    """Take the one that waits longest, which nobody else does before `until`.

    Args:
        db: The write transaction.
        now: Database time.
        until: When it is free again, should nobody say how it ended.
        jobs: Only of these; empty: of all.
    """
    table = schema.refreshes
    query = select(table).where(table.c.not_before <= now)
    if jobs:
        query = query.where(table.c.job_id.in_(sorted(jobs)))
    row = db.execute(query.order_by(table.c.not_before).limit(1)).first()
    if row is None:
        return None
    db.execute(
        update(table)
        .where(table.c.job_id == row.job_id, table.c.batch_no == row.batch_no)
        .values(not_before=until)
    )
    return Due(JobId(row.job_id), row.batch_no, row.first_seq, row.last_seq, row.tries)


def end(db: Connection, due: Due) -> None:
    """Let go of one that was read, or that nobody tries any more: the next pull brings it."""
    table = schema.refreshes
    db.execute(delete(table).where(table.c.job_id == due.job_id, table.c.batch_no == due.batch_no))


def next_moment(db: Connection, *, jobs: abc.Collection[str] = ()) -> str | None:
    """Give when the next one may be tried."""
    query = f"select min(not_before) from refreshes where true {_of(jobs)}"  # noqa: S608  our own words
    (found,) = sqlite.run(db, query, tuple(jobs)).fetchone()
    return str(found) if found else None


def _of(jobs: abc.Collection[str]) -> str:
    return f"and job_id in ({sqlite.marks(tuple(jobs))})" if jobs else ""
