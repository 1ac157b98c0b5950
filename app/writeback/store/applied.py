"""Applied rows, for whoever reads back what became of them in the CRM.

Must not: change an outcome.
"""

from collections import abc

from sqlalchemy.engine import Connection

from writeback.store import made, sqlite
from writeback.store.outbox import Job, QueuedWrite


def applied_rows(db: Connection, job_id: str, span: tuple[int, int]) -> tuple[QueuedWrite, ...]:
    """Give the applied rows of a span of one batch."""
    found = sqlite.run(
        db,
        f"select w.seq, {made.RECORD}, w.rid, w.base, w.old, w.new from writes w "  # noqa: S608  our own words
        "join batches b on b.job_id = w.job_id and w.seq between b.first_seq and b.last_seq "
        "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
        "where w.job_id = ? and w.seq between ? and ? and coalesce(o.outcome, b.outcome) = 'applied' "
        "order by w.seq",
        (job_id, *span),
    )
    return tuple(QueuedWrite(*row) for row in found)


def told_apart(db: Connection, job_id: str, span: tuple[int, int]) -> set[int]:
    """Give the numbers of applied rows of which it is told already that the CRM holds something else."""
    found = sqlite.run(
        db,
        "select seq from outcomes where job_id = ? and seq between ? and ? and outcome = 'applied' "
        "and theirs is not null",
        (job_id, *span),
    )
    return {int(row[0]) for row in found}


def written_by_others(db: Connection, job: Job, records: abc.Iterable[str]) -> set[str]:
    """Give those records of a job that other jobs wrote, or may have written, since it began."""
    return {
        str(row[0])
        for some in sqlite.chunks(records)
        for row in sqlite.run(
            db,
            "select distinct w.record_id from jobs mine, jobs j join writes w on w.job_id = j.id "  # noqa: S608  marks
            "where mine.id = ? and j.id <> mine.id and j.connection_id = mine.connection_id "
            "and j.object = mine.object and j.number is not null "
            "and coalesce(j.finished_at, '9') >= coalesce(mine.started_at, mine.created_at) "
            f"and w.record_id in ({sqlite.marks(some)})",
            (job.id, *some),
        )
    }
