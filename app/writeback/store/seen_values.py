"""What a later edit is judged against, once a job too big to be tracked wrote the value it had changed.

A person who edits a value again while such a job runs saw what the job was about to write; without this the
CRM would be found to hold something else than they saw, and their edit would come back as a conflict.

Must not: look at drafts that a change set holds.
"""

from sqlalchemy.engine import Connection

from writeback.store import sqlite, value_states
from writeback.store.value_states import Standing

_TYPED = "exists (select 1 from drafts d where d.rid = {row}.rid and d.change_set_id is null)"


def note_written(db: Connection, change_set_id: str, *, at: str) -> None:
    """Note for drafts that were typed since what the big jobs of a change set wrote, or found to be so."""
    big = f"select j.id from jobs j where j.change_set_id = ? and {value_states.is_big('j')}"  # noqa: S608  constants
    for (job_id,) in sqlite.run(db, big, (change_set_id,)).fetchall():
        written = sqlite.run(
            db,
            "select w.rid, 'applied', w.new, null, w.seq from writes w join batches b on b.job_id = w.job_id "  # noqa: S608
            "and w.seq between b.first_seq and b.last_seq "
            "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
            "where w.job_id = ? and w.rid is not null "
            f"and coalesce(o.outcome, b.outcome) in ('applied', 'unchanged') and {_TYPED.format(row='w')} "
            "union all select f.rid, 'unchanged', f.new, f.theirs, f.seq from findings f "
            "where f.job_id = ? and f.rid is not null and f.verdict = 'unchanged' "
            f"and {_TYPED.format(row='f')}",
            (job_id, job_id),
        ).fetchall()
        told = [Standing(rid, outcome, new, theirs, seq=seq) for rid, outcome, new, theirs, seq in written]
        value_states.put(db, job_id, told, at=at)
