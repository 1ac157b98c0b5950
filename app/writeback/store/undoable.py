"""What an undo has to know of finished jobs: which records they hold, and what else their act did.

Must not: write.
"""

from collections import abc

from sqlalchemy.engine import Connection

from writeback.store import made, sqlite
from writeback.store.outbox import QueuedWrite

_JOINED = (
    "from writes w indexed by writes_by_record "
    "join batches b on b.job_id = w.job_id and w.seq between b.first_seq and b.last_seq "
    "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
)


def rows_of_records(
    db: Connection, job_id: str, outcomes: abc.Sequence[str], keys: abc.Iterable[str]
) -> list[QueuedWrite]:
    """Give the rows about some records that ended so, however many rows the job has."""
    found = [
        QueuedWrite(*row)
        for some in sqlite.chunks(keys)
        for row in sqlite.run(
            db,
            f"select w.seq, {made.RECORD}, w.rid, w.base, w.old, w.new {_JOINED}"
            f"where w.job_id = ? and w.record_id in ({sqlite.marks(some)}) "
            f"and coalesce(o.outcome, b.outcome) in ({sqlite.marks(outcomes)})",
            (job_id, *some, *outcomes),
        )
    ]
    return sorted(found, key=lambda row: row.seq)


def records_in(db: Connection, job_id: str, keys: abc.Iterable[str]) -> set[str]:
    """Keep those CRM ids that a job has a row about, whatever became of it."""
    known: set[str] = set()
    for some in sqlite.chunks(keys):
        marks = sqlite.marks(some)
        known.update(
            str(row[0])
            for row in sqlite.run(
                db,
                f"select record_id from writes where job_id = ? and record_id in ({marks}) "  # noqa: S608  marks
                f"union select record_id from findings where job_id = ? and record_id in ({marks})",
                (job_id, *some, job_id, *some),
            )
        )
    return known


def keys_of_made(db: Connection, job_id: str, names: abc.Iterable[str]) -> dict[str, str]:
    """Give for the records that a job made the values of its unique key that its rows name them by."""
    return {
        str(record_id): str(key)
        for some in sqlite.chunks(names)
        for record_id, key in sqlite.run(
            db,
            "select m.record_id, w.record_id from made m join writes w on w.job_id = m.job_id "  # noqa: S608  marks
            f"and w.seq = m.seq where m.job_id = ? and m.record_id in ({sqlite.marks(some)})",
            (job_id, *some),
        )
    }


def written_for(db: Connection, job_id: str, names: abc.Iterable[str]) -> dict[str, str]:
    """Give the CRM ids of the records behind a reference that were written for some rows of a source.

    By what the source called them: our record, or the key as it stood there.
    """
    wanted = tuple(names)
    return {
        str(name): str(record_id)
        for column in ("rid", "source_key")
        for some in sqlite.chunks(wanted)
        for name, record_id in sqlite.run(
            db,
            f"select s.{column}, w.record_id from sources s "  # noqa: S608  a word of ours, marks
            "join writes w on w.job_id = s.job_id and w.seq = s.seq "
            f"where s.job_id = ? and s.{column} in ({sqlite.marks(some)})",
            (job_id, *some),
        )
    }


def count_with_code(db: Connection, job_ids: abc.Sequence[str], code: str) -> int:
    """Count the rows of some jobs that were told with a code."""
    query = f"select count(*) from outcomes where job_id in ({sqlite.marks(job_ids)}) and code = ?"  # noqa: S608  marks
    return int(sqlite.run(db, query, (*job_ids, code)).fetchone()[0])


def jobs_of_act(db: Connection, job_id: str) -> tuple[str, ...]:
    """Name the submitted jobs of the change set that a job belongs to, this one first."""
    found = sqlite.run(
        db,
        "select j.id from jobs j join jobs mine on mine.change_set_id = j.change_set_id "
        "where mine.id = ? and j.number is not null order by j.id <> mine.id, j.number",
        (job_id,),
    )
    return tuple(str(row[0]) for row in found)


def other_connections(db: Connection, job_id: str) -> tuple[str, ...]:
    """Name the connections to which the same act wrote in other jobs."""
    found = sqlite.run(
        db,
        "select distinct c.name from jobs j join jobs mine on mine.change_set_id = j.change_set_id "
        "join connections c on c.id = j.connection_id "
        "where mine.id = ? and j.id <> mine.id and j.applied > 0 order by c.name",
        (job_id,),
    )
    return tuple(str(row[0]) for row in found)
