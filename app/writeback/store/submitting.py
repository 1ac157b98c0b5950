"""Make a plan real: its jobs are queued and its rows cut into batches, in one commit. Or forget it.

Must not: decide anything about a row, send anything.
"""

import json
from collections import abc
from datetime import datetime

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.engine import Connection

from writeback.errors import ConfigurationError
from writeback.model.canonical import Json
from writeback.model.events import EventKind
from writeback.model.jobs import JobState
from writeback.model.types import JobId
from writeback.store import (
    already,
    audit,
    collecting,
    cutting,
    journal,
    left_drafts,
    moments,
    ordering,
    outbox,
    plan_parts,
    schema,
    sqlite,
    value_states,
)
from writeback.store.collecting import Window


def submit(
    db: Connection,
    plan_id: str,
    *,
    at: datetime | str,
    batch_most: abc.Mapping[str, int],
    starts: datetime | None = None,
    windows: abc.Mapping[str, Window] | None = None,
) -> tuple[JobId, ...]:
    """Make a plan real: its jobs are queued, its rows cut into batches. One commit, one effect.

    Args:
        db: The write transaction.
        plan_id: A change set in state *planned*.
        at: When.
        batch_most: By job: most rows of one request or upload.
        starts: Nothing of it is sent before; None: at once.
        windows: By job: the collecting window of its connection, where there is one.

    Returns:
        A job for each job-to-be, in their order; one that joined another names that one.

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
    told = windows or {}
    hosts: dict[str, str] = {}
    submitted: list[JobId] = []
    for row in rows.all():
        host = _host(db, row, told.get(row.id), moment)
        submitted.append(_submit_job(db, row, moment, most=batch_most.get(row.id, 1), host=host))
        if host:
            hosts[row.id] = host
    left_drafts.note(db, plan_id, at=moment)
    value_states.end_drafts(db, plan_id)
    plan_parts.forget(db, submitted)
    if starts is not None:
        waiting = (jobs.c.change_set_id == plan_id, jobs.c.state == JobState.QUEUED.value)
        db.execute(update(jobs).where(*waiting).values(not_before=moments.to_text(starts)))
    for job, window in told.items():
        if job in hosts:
            collecting.join(db, hosts[job], job, table=window.table, at=moment)
        else:
            collecting.wait(db, job, until=window.until)
    waiting_too = told.keys() if starts is None else frozenset(submitted)
    _put_in_order(db, [one for one in submitted if one not in hosts], waiting=waiting_too, at=moment)
    return tuple(JobId(hosts.get(one, one)) for one in submitted)


def _put_in_order(db: Connection, jobs: abc.Iterable[JobId], *, waiting: abc.Container[str], at: str) -> None:
    """Let jobs wait for earlier ones that write their records; what starts at once lets those begin."""
    for job in jobs:
        ordering.note(db, job, at=at)
        if job not in waiting:
            collecting.start_before(db, job, now=at)


def _host(db: Connection, row: Row[tuple[object, ...]], window: Window | None, moment: str) -> str:
    """Give the job that collects and that this one can join; '' none."""
    if window is None:
        return ""
    sets = schema.change_sets
    author = db.execute(select(sets.c.author).where(sets.c.id == row.change_set_id)).scalar_one()
    writes, _ = _counts(db, row.id)
    host = collecting.host_of(db, row, writes=writes, author=str(author), at=moment)
    return "" if host is None else str(host.id)


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


def _submit_job(db: Connection, row: Row[tuple[object, ...]], moment: str, *, most: int, host: str) -> JobId:
    """Queue one job; with a `host` it has no number, because it becomes part of that one."""
    jobs = schema.jobs
    _, findings = _counts(db, row.id)
    writes = cutting.cut(db, row.id, most=most)
    number = None if host else int(db.execute(select(func.max(jobs.c.number))).scalar() or 0) + 1
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
        body=_entry(db, row, number=number or 0, writes=writes, findings=findings),
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
