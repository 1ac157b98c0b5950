"""What is known of how one record's values came to be: our writes from the outbox, the rest from notes.

A job's rows are found by its index on CRM ids, a step a job, however many rows it has. Rows come raw;
`runtime.histories` makes entries of them.

Must not: write, build sentences.
"""

from typing import Any, Final

from sqlalchemy import select, text
from sqlalchemy.engine import Connection

from writeback.store import schema

RawRow = Any
"""A row of SQLAlchemy, asked by column name."""
SMALL: Final = 200
"""That a value was so already is told of jobs of at most so many rows: for more nobody asked one by one."""

_HEAD: Final = (
    "select j.id, j.number, j.submitted_at, j.columns, j.kind, j.integration_id, j.undo_of, "
    "c.name as connection, cs.id as change_set, cs.origin, cs.author, cs.reason, cs.source, "
)
_FROM: Final = "from jobs j join connections c on c.id = j.connection_id "
_ACT: Final = (
    "left join collected k on k.job_id = j.id and {row}.seq between k.first_seq and k.last_seq "
    "join change_sets cs on cs.id = coalesce(k.change_set_id, j.change_set_id) "
)
"""Whose act a row was: the job's own, or that of the rows which joined it while it collected."""
_WHERE: Final = (
    "where j.number is not null and j.connection_id = :connection and j.object = :object "
    "and j.submitted_at >= :since "
)
_ANSWER: Final = (
    "w.shown, '' as field, '{}' as facts, "
    "coalesce(o.outcome, b.outcome, 'open') as outcome, coalesce(o.code, '') as code, "
    "coalesce(o.message, '') as message, o.theirs, "
    "coalesce((select a.ended_at from attempts a where a.id = o.attempt_id and a.outcome = 'applied'), "
    "o.at, (select max(a.ended_at) from attempts a where a.job_id = j.id and a.batch_no = b.no "
    "and w.seq between a.first_seq and a.last_seq)) as answered_at "
)
_WRITES: Final = (
    f"{_HEAD} w.seq, w.old, w.new, {_ANSWER}"
    f"{_FROM} join writes w indexed by writes_by_record on w.job_id = j.id and w.record_id = :key "
    "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
    "left join batches b on b.job_id = w.job_id and w.seq between b.first_seq and b.last_seq "
    f"{_ACT.format(row='w')} {_WHERE}"
)
_MADE: Final = (
    f"{_HEAD} w.seq, w.old, w.new, {_ANSWER}"
    f"{_FROM} join made m on m.job_id = j.id and m.record_id = :key "
    "join writes w on w.job_id = m.job_id and w.seq = m.seq "
    "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
    "left join batches b on b.job_id = w.job_id and w.seq between b.first_seq and b.last_seq "
    f"{_ACT.format(row='w')} {_WHERE}"
)
"""Of the row that made the record, if one of ours did."""
_OVER: Final = (
    f"{_HEAD} w.seq, w.old, s.new, {_ANSWER}"
    f"{_FROM} join sources s indexed by sources_by_record on s.job_id = j.id and s.rid = :rid "
    "join writes w on w.job_id = s.job_id and w.seq = s.seq "
    "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
    "left join batches b on b.job_id = w.job_id and w.seq between b.first_seq and b.last_seq "
    f"{_ACT.format(row='w')} where j.number is not null and j.submitted_at >= :since "
)
"""Writes to records behind a reference, for the record whose edit asked for them."""
_FINDINGS: Final = (
    f"{_HEAD} f.seq, f.old, f.new, f.field, f.shown, f.facts, f.verdict as outcome, f.code, '' as message, "
    f"f.theirs, j.submitted_at as answered_at {_FROM} join findings f "
)
_KEPT: Final = (
    f"{_FINDINGS} indexed by findings_by_record on f.job_id = j.id and f.record_id = :key "
    f"and f.verdict != 'unchanged' {_ACT.format(row='f')} {_WHERE}"
)
_ALREADY: Final = (
    f"{_FINDINGS} on f.job_id = j.id and f.record_id = :key and f.verdict = 'unchanged' "
    f"{_ACT.format(row='f')} {_WHERE} and j.rows <= {SMALL} and j.unchanged > 0 "
)
_UPDATES: Final = "and j.creates_by = '' "
"""A row of a job that makes records names none by its id."""
_ORDER: Final = "order by j.number desc limit :most"


def sent(
    db: Connection, *, connection_id: str, object_name: str, key: str, since: str = "", most: int = 500
) -> list[RawRow]:
    """Give the rows of submitted jobs about one CRM record, those that were not sent as well.

    Args:
        db: Any transaction.
        connection_id: Where it lives.
        object_name: As what.
        key: Its CRM id.
        since: Only jobs submitted from this moment on.
        most: So many rows of each sort, the newest.
    """
    asked = {
        "connection": connection_id,
        "object": object_name,
        "key": key,
        "since": since,
        "most": most,
    }
    return [
        row
        for query in (f"{_WRITES}{_UPDATES}", f"{_KEPT}{_UPDATES}", f"{_ALREADY}{_UPDATES}", _MADE)
        for row in db.execute(text(f"{query}{_ORDER}"), asked).all()
    ]


def over_references(db: Connection, rid: str, *, since: str = "", most: int = 500) -> list[RawRow]:
    """Give the rows that wrote to records behind a reference because somebody edited this record."""
    return list(db.execute(text(f"{_OVER}{_ORDER}"), {"rid": rid, "since": since, "most": most}).all())


def noted(db: Connection, rid: str, *, since: str = "", most: int = 500) -> list[RawRow]:
    """Give the notes on one record's values, the newest first."""
    table, jobs = schema.value_changes, schema.jobs
    query = (
        select(table, jobs.c.number)
        .outerjoin(jobs, jobs.c.id == table.c.job_id)
        .where(table.c.rid == rid, table.c.at >= since)
    )
    return list(db.execute(query.order_by(table.c.seq.desc()).limit(most)).all())
