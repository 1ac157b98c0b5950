"""Make a plan real: its jobs are queued and its rows cut into batches, in one commit. Or forget it.

Must not: decide anything about a row, send anything.
"""

import json
from collections import abc
from datetime import datetime

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from writeback.errors import ConfigurationError, InternalError
from writeback.model.canonical import Json
from writeback.model.events import EventKind
from writeback.model.jobs import BatchState, JobState
from writeback.model.types import JobId
from writeback.planning.batching import Span, cut_range, cut_rows
from writeback.store import (
    already,
    audit,
    journal,
    left_drafts,
    moments,
    outbox,
    plan_parts,
    schema,
    sqlite,
    value_states,
)


def submit(
    db: Connection,
    plan_id: str,
    *,
    at: datetime | str,
    batch_most: abc.Mapping[str, int],
    starts: datetime | None = None,
) -> tuple[JobId, ...]:
    """Make a plan real: its jobs are queued, its rows cut into batches. One commit, one effect.

    Args:
        db: The write transaction.
        plan_id: A change set in state *planned*.
        at: When.
        batch_most: By job: most rows of one request or upload.
        starts: Nothing of it is sent before; None: at once.

    Raises:
        ConfigurationError: There is no such plan, or it was submitted or discarded already.
    """
    moment = at if isinstance(at, str) else moments.to_text(at)
    sets, jobs = schema.change_sets, schema.jobs
    claim = (
        update(sets)
        .where(sets.c.id == plan_id, sets.c.state == "planned")
        .values(state="submitted", submitted_at=moment)
    )
    if not db.execute(claim).rowcount:
        state = db.execute(select(sets.c.state).where(sets.c.id == plan_id)).scalar()
        raise ConfigurationError("plan.not_open", plan=plan_id[:200], state=state or "unknown")
    rows = db.execute(
        select(jobs).where(jobs.c.change_set_id == plan_id).order_by(jobs.c.created_at, jobs.c.id)
    )
    submitted = [_submit_job(db, row, moment, most=batch_most.get(row.id, 1)) for row in rows.all()]
    left_drafts.note(db, plan_id, at=moment)
    value_states.end_drafts(db, plan_id)
    plan_parts.forget(db, submitted)
    if starts is not None:
        waiting = (jobs.c.change_set_id == plan_id, jobs.c.state == JobState.QUEUED.value)
        db.execute(update(jobs).where(*waiting).values(not_before=moments.to_text(starts)))
    return tuple(submitted)


def drop_leftovers(db: Connection, *, before: datetime | str) -> int:
    """Forget plans that nobody submitted and that are older than `before`; gives how many.

    Plans that wait for another person's word stay.
    """
    moment = before if isinstance(before, str) else moments.to_text(before)
    sets, jobs = schema.change_sets, schema.jobs
    waiting = select(schema.approvals.c.plan_id).where(schema.approvals.c.state == "pending")
    old = select(sets.c.id).where(
        sets.c.state.in_(("preparing", "planned", "discarded")),
        sets.c.created_at < moment,
        sets.c.id.not_in(waiting),
    )
    stale = select(jobs.c.id).where(jobs.c.change_set_id.in_(old))
    for table in (schema.writes, schema.findings, schema.sources, schema.audiences, schema.left_out):
        db.execute(delete(table).where(table.c.job_id.in_(stale)))
    db.execute(delete(jobs).where(jobs.c.change_set_id.in_(old)))
    return db.execute(delete(sets).where(sets.c.id.in_(old))).rowcount


def _submit_job(db: Connection, row: Row[tuple[object, ...]], moment: str, *, most: int) -> JobId:
    jobs = schema.jobs
    writes, findings = _counts(db, row.id)
    spans = _spans(db, row.id, most) if writes else []
    if sum(span.rows for span in spans) != writes:
        raise InternalError("outbox.rows_lost", job=row.id)
    values: list[dict[str, object]] = [
        {
            "job_id": row.id,
            "no": number,
            "first_seq": span.first,
            "last_seq": span.last,
            "rows": span.rows,
            "state": BatchState.QUEUED.value,
        }
        for number, span in enumerate(spans, 1)
    ]
    if values:
        db.execute(insert(schema.batches), values)
    number = int(db.execute(select(func.max(jobs.c.number))).scalar() or 0) + 1
    state = JobState.QUEUED if writes else JobState.DONE
    db.execute(
        update(jobs)
        .where(jobs.c.id == row.id)
        .values(
            number=number,
            state=state.value,
            submitted_at=moment,
            finished_at=None if writes else moment,
            rows=writes + sum(findings.values()),
            writes=writes,
            unchanged=findings.get("unchanged", 0),
            blocked=findings.get("blocked", 0),
            conflict=findings.get("conflict", 0),
        )
    )
    job = outbox.get(db, row.id)
    value_states.note_submitted(db, job.change_set_id, row.id, at=moment)
    already.confirm(db, row.id, job.columns, at=moment)
    journal.note(db, at=moment, kind=EventKind.JOB_CHANGED, subject=row.id)
    audit.append(
        db,
        at=moment,
        act="job.submitted",
        body=_entry(db, row, number=number, writes=writes, findings=findings),
    )
    return JobId(row.id)


def _entry(
    db: Connection,
    row: Row[tuple[object, ...]],
    *,
    number: int,
    writes: int,
    findings: abc.Mapping[str, int],
) -> dict[str, Json]:
    told = json.dumps([row.object, row.columns, row.route, row.assurance, writes, sorted(findings.items())])
    sets = schema.change_sets
    whose = db.execute(select(sets.c.author, sets.c.origin).where(sets.c.id == row.change_set_id)).one()
    return {
        "job": row.id,
        "author": str(whose.author),
        "origin": str(whose.origin),
        "number": number,
        "plan": row.change_set_id,
        "connection": row.connection_id,
        "object": row.object,
        "org": row.org_id,
        "rows": writes + sum(findings.values()),
        "send": writes,
        "digest": audit.digest(db, told),
    }


def _counts(db: Connection, job_id: str) -> tuple[int, dict[str, int]]:
    findings = schema.findings
    writes = sqlite.run(db, "select count(*) from writes where job_id = ?", (job_id,)).fetchone()[0]
    kept = select(findings.c.verdict, func.count()).where(findings.c.job_id == job_id)
    return int(writes), {str(row[0]): int(row[1]) for row in db.execute(kept.group_by(findings.c.verdict))}


def _spans(db: Connection, job_id: str, most: int) -> list[Span]:
    first, last, rows = sqlite.run(
        db, "select min(seq), max(seq), count(*) from writes where job_id = ?", (job_id,)
    ).fetchone()
    if last - first + 1 == rows:
        return list(cut_range(first, last, most=most))
    numbers = sqlite.run(db, "select seq from writes where job_id = ? order by seq", (job_id,))
    return list(cut_rows((seq for (seq,) in numbers), most=most))
