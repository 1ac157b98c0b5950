"""The newest read-back of a finished job: its totals, and the fields that do not hold what was written.

A field without a row of its own holds what was written, so that a million rows as written cost none.

Must not: compare, read a CRM.
"""

import json
from collections import abc
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection

from writeback.model.histories import Standing
from writeback.store import schema, sqlite


class Found(NamedTuple):
    """A field that does not hold what was written."""

    seq: int
    place: int
    """Of the job's column."""
    state: Standing
    now: str
    """JSON of what the CRM holds; null for a record that is gone."""


class Totals(NamedTuple):
    """How a job's rows and fields stand, by what was found; a row stands as its worst field."""

    rows: abc.Mapping[Standing, int]
    fields: abc.Mapping[Standing, int]


def begin(db: Connection, job_id: str) -> None:
    """Forget an earlier read-back of a job: from here on there is none until `end`."""
    for table in (schema.verified_fields, schema.verifications):
        db.execute(delete(table).where(table.c.job_id == job_id))


def add(db: Connection, job_id: str, found: abc.Iterable[Found]) -> None:
    """Keep fields that do not hold what was written."""
    sqlite.many(
        db,
        "insert into verified_fields (job_id, seq, place, state, now) values (?, ?, ?, ?, ?)",
        ((job_id, one.seq, one.place, one.state.value, one.now) for one in found),
    )


def end(db: Connection, job_id: str, totals: Totals, *, at: str, author: str, calls: int) -> None:
    """Keep the totals: the read-back is whole."""
    told = {
        "rows": {state.value: count for state, count in totals.rows.items()},
        "fields": {state.value: count for state, count in totals.fields.items()},
    }
    values = {"job_id": job_id, "at": at, "author": author, "totals": json.dumps(told), "calls": calls}
    db.execute(insert(schema.verifications).values(**values))


def get(db: Connection, job_id: str) -> Any | None:  # noqa: ANN401  a raw row
    """Give the newest read-back of a job that came to its end, or None."""
    table = schema.verifications
    return db.execute(select(table).where(table.c.job_id == job_id)).first()


def page(db: Connection, job_id: str, *, after: tuple[int, int] = (0, -1), most: int = 2_000) -> list[Any]:
    """Give the fields that do not hold what was written, in their order after (row, place), with the row."""
    found, writes, made = schema.verified_fields, schema.writes, schema.made
    record = func.coalesce(made.c.record_id, writes.c.record_id).label("record_id")
    query = (
        select(found, record, writes.c.rid, writes.c.old, writes.c.new, writes.c.shown)
        .join(writes, (writes.c.job_id == found.c.job_id) & (writes.c.seq == found.c.seq))
        .outerjoin(made, (made.c.job_id == found.c.job_id) & (made.c.seq == found.c.seq))
        .where(
            found.c.job_id == job_id,
            (found.c.seq > after[0]) | ((found.c.seq == after[0]) & (found.c.place > after[1])),
        )
    )
    return list(db.execute(query.order_by(found.c.seq, found.c.place).limit(most)).all())
