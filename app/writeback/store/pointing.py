"""Which records a job's references shall point at, and which rows point at one of them.

Must not: say whether they are still there (`engine.revisiting` does).
"""

from collections import abc

from sqlalchemy.engine import Connection

from writeback.store import sqlite
from writeback.store.outbox import QueuedWrite


def targets_of(db: Connection, job_id: str, place: int) -> tuple[str, ...]:
    """Give the different ids that a job's rows shall hold in one column."""
    cell = f"$[{int(place)}]"
    found = sqlite.run(
        db,
        "select distinct json_extract(new, ?) from writes where job_id = ? and json_type(new, ?) = 'text'",
        (cell, job_id, cell),
    )
    return tuple(str(row[0]) for row in found if row[0])


def open_rows_to(
    db: Connection, job_id: str, span: tuple[int, int], *, place: int, ids: abc.Iterable[str]
) -> tuple[QueuedWrite, ...]:
    """Give the rows of a batch without an outcome that shall point at one of these records."""
    found: list[QueuedWrite] = []
    for some in sqlite.chunks(ids):
        query = (
            "select w.seq, w.record_id, w.rid, w.base, w.old, w.new from writes w "  # noqa: S608  marks only
            "join batches b on b.job_id = w.job_id and w.seq between b.first_seq and b.last_seq "
            "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
            "where w.job_id = ? and w.seq between ? and ? "
            "and (o.outcome = 'open' or (o.seq is null and b.outcome is null)) "
            f"and json_extract(w.new, ?) in ({sqlite.marks(some)}) order by w.seq"
        )
        rows = sqlite.run(db, query, (job_id, *span, f"$[{int(place)}]", *some))
        found += [QueuedWrite(*row) for row in rows]
    return tuple(found)
