"""How many records show what a write changes: the blast radius of writes to records that others point at.

Must not: ask a CRM (`engine.audiences` does).
"""

from collections import abc
from typing import Final, NamedTuple

from sqlalchemy import update
from sqlalchemy.engine import Connection

from writeback.model.integrations import Integration
from writeback.store import schema, sqlite, wide

_INSERT: Final = "insert into audiences (job_id, seq, title, records, is_local) values (?, ?, ?, ?, ?)"


class Audience(NamedTuple):
    """One record that is written, and how many records show it."""

    seq: int
    """Its row in the plan."""
    title: str
    records: int | None
    """None: not counted by itself."""
    is_local: bool = False
    """Counted among what was pulled, not in the CRM."""


class Edited(NamedTuple):
    """One record of a plan that is written and that others point at."""

    seq: int
    record_id: str
    rid: str | None


def edited(db: Connection, job_id: str, *, most: int) -> tuple[Edited, ...]:
    """Give the first records that a job-to-be writes, at most so many."""
    query = "select seq, record_id, rid from writes where job_id = ? order by seq limit ?"
    return tuple(Edited(*row) for row in sqlite.run(db, query, (job_id, most)))


def put(
    db: Connection, job_id: str, audiences: abc.Iterable[Audience], *, total: int | None, is_local: bool
) -> None:
    """Keep how many records show what a job-to-be writes, one by one and all together."""
    sqlite.run(db, "delete from audiences where job_id = ?", (job_id,))
    rows = [(job_id, one.seq, one.title, one.records, int(one.is_local)) for one in audiences]
    sqlite.many(db, _INSERT, rows)
    jobs = schema.jobs
    values = {"shown_by": total, "shown_locally": int(is_local)}
    db.execute(update(jobs).where(jobs.c.id == job_id).values(**values))


def of_job(db: Connection, job_id: str, *, most: int = 1_000) -> tuple[Audience, ...]:
    """Give what is known of a job's single records, those that most records show first."""
    query = (
        "select seq, title, records, is_local from audiences where job_id = ? "
        "order by records desc, seq limit ?"
    )
    found = sqlite.run(db, query, (job_id, most))
    return tuple(Audience(seq, title, count, bool(is_local)) for seq, title, count, is_local in found)


def showing_the_same(
    db: Connection, integration: Integration, path: str, rids: abc.Iterable[str]
) -> dict[str, int]:
    """Count for some of our records how many hold the same value at a path, themselves included."""
    snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
    column = sqlite.quoted(wide.path_column(path))
    found: dict[str, int] = {}
    for some in sqlite.chunks(rids):
        query = (
            f"select m.rid, count(*) from {snapshot} m join {snapshot} s on s.{column} = m.{column} "  # noqa: S608  quoted
            f"where not s.gone and m.rid in ({sqlite.marks(some)}) group by m.rid"
        )
        found |= {str(rid): int(count) for rid, count in sqlite.run(db, query, some)}
    return found
