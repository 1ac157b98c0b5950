"""Cut a submitted job's rows into batches of what one request or upload holds.

Must not: touch a batch that somebody began.
"""

from sqlalchemy import delete, insert
from sqlalchemy.engine import Connection

from writeback.errors import InternalError
from writeback.model.jobs import BatchState
from writeback.planning.batching import Span, cut_range, cut_rows
from writeback.store import schema, sqlite


def cut(db: Connection, job_id: str, *, most: int) -> int:
    """Cut all rows of a job into batches, in place of those there were; gives how many rows.

    Raises:
        InternalError: A row would stand in no batch.
    """
    table = schema.batches
    db.execute(delete(table).where(table.c.job_id == job_id))
    found = sqlite.run(db, "select count(*) from writes where job_id = ?", (job_id,)).fetchone()
    writes = int(found[0])
    spans = _spans(db, job_id, most) if writes else []
    if sum(span.rows for span in spans) != writes:
        raise InternalError("outbox.rows_lost", job=job_id)
    values: list[dict[str, object]] = [
        {
            "job_id": job_id,
            "no": number,
            "first_seq": span.first,
            "last_seq": span.last,
            "rows": span.rows,
            "state": BatchState.QUEUED.value,
        }
        for number, span in enumerate(spans, 1)
    ]
    if values:
        db.execute(insert(table), values)
    return writes


def _spans(db: Connection, job_id: str, most: int) -> list[Span]:
    first, last, rows = sqlite.run(
        db, "select min(seq), max(seq), count(*) from writes where job_id = ?", (job_id,)
    ).fetchone()
    if last - first + 1 == rows:
        return list(cut_range(first, last, most=most))
    numbers = sqlite.run(db, "select seq from writes where job_id = ? order by seq", (job_id,))
    return list(cut_rows((seq for (seq,) in numbers), most=most))
