"""A person's word that rows of a job were resolved by hand. What the CRM answered stays what it was.

Must not: change an outcome or a total.
"""

from collections import abc

from sqlalchemy import case, select, update
from sqlalchemy.engine import Connection

from writeback.model.events import EventKind
from writeback.model.jobs import JobState
from writeback.planning.sorting import CRM_WINS
from writeback.store import audit, held_drafts, journal, schema, sqlite, value_states
from writeback.store.value_states import Standing


def put(db: Connection, job_id: str, seqs: abc.Sequence[int], *, author: str, note: str, at: str) -> int:
    """Note rows as resolved by hand; gives how many.

    Rows whose outcome is unknown let go of their edits: somebody looked after them in the CRM. A job that
    waited for a person because of them alone is over: done, or cancelled where it was called off.
    """
    found = _not_written(db, job_id, seqs)
    sqlite.many(
        db,
        "insert into hand_notes (job_id, seq, at, author, note) values (?, ?, ?, ?, ?) "
        "on conflict (job_id, seq) do update set at = excluded.at, author = excluded.author, "
        "note = excluded.note",
        ((job_id, seq, at, author, note) for seq in found),
    )
    _let_go(db, job_id, [seq for seq, outcome in found.items() if outcome == "unknown"], at=at)
    _finish(db, job_id)
    audit.append(db, at=at, act="job.marked", body={"job": job_id, "rows": len(found), "author": author})
    journal.note(db, at=at, kind=EventKind.JOB_CHANGED, subject=job_id)
    return len(found)


def _not_written(db: Connection, job_id: str, seqs: abc.Sequence[int]) -> dict[int, str]:
    """Keep of some rows those that were not written, with how they ended."""
    outcomes, findings = schema.outcomes, schema.findings
    ended = select(outcomes.c.seq, outcomes.c.outcome).where(
        outcomes.c.job_id == job_id, outcomes.c.outcome.in_(("rejected", "conflict", "unknown", "cancelled"))
    )
    kept = select(findings.c.seq, findings.c.verdict).where(
        findings.c.job_id == job_id, findings.c.verdict.in_(("blocked", "conflict"))
    )
    found: dict[int, str] = {}
    for some in sqlite.chunks(str(seq) for seq in seqs):
        numbers = [int(one) for one in some]
        for query, column in ((ended, outcomes.c.seq), (kept, findings.c.seq)):
            found.update({int(seq): str(how) for seq, how in db.execute(query.where(column.in_(numbers)))})
    return found


def _let_go(db: Connection, job_id: str, seqs: abc.Sequence[int], *, at: str) -> None:
    writes = schema.writes
    for some in sqlite.chunks(str(seq) for seq in seqs):
        numbers = [int(one) for one in some]
        rows = db.execute(
            select(writes.c.seq, writes.c.rid, writes.c.new).where(
                writes.c.job_id == job_id, writes.c.seq.in_(numbers)
            )
        ).all()
        told = [Standing(row.rid, "unchanged", row.new, code=CRM_WINS.code, seq=int(row.seq)) for row in rows]
        if value_states.is_tracked(db, job_id):
            value_states.put(db, job_id, told, at=at)
        else:
            held_drafts.end_rows(db, job_id, numbers)


def _finish(db: Connection, job_id: str) -> None:
    left = sqlite.run(
        db,
        "select (select count(*) from outcomes o where o.job_id = j.id and o.outcome = 'unknown' "
        "and not exists (select 1 from hand_notes h where h.job_id = o.job_id and h.seq = o.seq)), "
        "exists (select 1 from batches b where b.job_id = j.id and b.outcome = 'unknown') "
        "from jobs j where j.id = ?",
        (job_id,),
    ).fetchone()
    if left is not None and not any(left):
        jobs = schema.jobs
        waits = (jobs.c.id == job_id, jobs.c.state == JobState.NEEDS_YOU.value)
        state = case((jobs.c.cancelled > 0, JobState.CANCELLED.value), else_=JobState.DONE.value)
        db.execute(update(jobs).where(*waits).values(state=state, stop_code="", stop_facts="{}"))
