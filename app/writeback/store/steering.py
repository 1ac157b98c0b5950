"""Pause, resume, cancel, stop and throttle jobs: what people and gates do to a job as a whole.

Rows in flight are never touched here; whoever holds their batch resolves them.

Must not: call a remote job off (the worker that holds its batch does).
"""

import json
from collections import abc
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from writeback.errors import ConfigurationError, Fact
from writeback.model.events import EventKind
from writeback.model.jobs import AT_WORK, BatchState, JobState, Outcome
from writeback.store import audit, claims, journal, ledger, left_drafts, schema, sqlite

ACTIVE: Final = (JobState.QUEUED, JobState.RUNNING, JobState.THROTTLED, JobState.CHECKING)
_HALTED: Final = (JobState.PAUSED, JobState.STOPPED, JobState.NEEDS_YOU)
OPEN: Final = (*ACTIVE, *_HALTED, JobState.CANCELLING)
_NOT_BEGUN: Final = (
    # nobody holds it, and no remote job was opened for it
    "(b.state = 'queued' and b.remote_id is null and (b.owner is null or b.lease_until < ?))"
)


def jobs_of(db: Connection, connection_id: str, *, states: abc.Iterable[JobState]) -> list[str]:
    """Give the submitted jobs of a connection that stand in one of these states, in their order."""
    jobs = schema.jobs
    wanted = select(jobs.c.id).where(
        jobs.c.connection_id == connection_id,
        jobs.c.number.is_not(None),
        jobs.c.state.in_([state.value for state in states]),
    )
    return [str(one) for one in db.execute(wanted.order_by(jobs.c.number)).scalars()]


def resumable_of(db: Connection, connection_id: str) -> list[str]:
    """Give the jobs of a connection that a person paused, or that stopped for want of a sign-in."""
    jobs = schema.jobs
    stopped = select(jobs.c.id).where(
        jobs.c.connection_id == connection_id,
        jobs.c.state == JobState.STOPPED.value,
        jobs.c.stop_code == "sign_in.needed",
    )
    return [*jobs_of(db, connection_id, states=(JobState.PAUSED,)), *map(str, db.execute(stopped).scalars())]


def pause(db: Connection, job_id: str, *, now: str, by: str) -> None:
    """Take no new rows of a job.

    Raises:
        ConfigurationError: It is not at work.
    """
    _move(db, job_id, to=JobState.PAUSED, allowed=ACTIVE, act="job.paused", now=now, by=by)


def resume(db: Connection, job_id: str, *, now: str, by: str) -> None:
    """Go on with a paused or stopped job; look again at rows whose outcome is unknown.

    A job that waits for a CRM that did not answer looks at once whether it does. One that counts as
    running needs nothing here: whoever works on it next takes over what a killed worker held.

    Raises:
        ConfigurationError: It is over.
    """
    jobs, batches = schema.jobs, schema.batches
    if _state(db, job_id) in (JobState.QUEUED, JobState.RUNNING, JobState.CHECKING):
        return
    if is_parked(db, job_id):
        try_now(db, job_id)
        audit.append(db, at=now, act="job.resumed", body={"job": job_id, "by": by})
        journal.note(db, at=now, kind=EventKind.JOB_CHANGED, subject=job_id)
        return
    to = JobState.CANCELLING if _was_called_off(db, job_id) else JobState.QUEUED
    moment = _chosen_moment(db, job_id, now=now)
    _move(db, job_id, to=to, allowed=_HALTED, act="job.resumed", now=now, by=by)
    db.execute(
        update(jobs)
        .where(jobs.c.id == job_id)
        .values(stop_code="", stop_facts="{}", not_before=moment, finished_at=None)
    )
    sqlite.run(
        db,
        "update batches set state = 'checking', not_before = null, tries = 0 where job_id = ? "
        "and state = 'settled' and exists (select 1 from outcomes o where o.job_id = batches.job_id "
        "and o.seq between batches.first_seq and batches.last_seq and o.outcome = 'unknown')",
        (job_id,),
    )
    waiting = (batches.c.job_id == job_id, batches.c.state != BatchState.SETTLED.value)
    db.execute(update(batches).where(*waiting, batches.c.owner.is_(None)).values(not_before=None))
    ledger.follow_job(db, job_id, now=now)


def check_now(db: Connection, job_id: str, *, now: str, by: str, quiet_s: float) -> None:
    """Let rows without an answer be read back as soon as that is safe.

    Their quiet period stays: a request that was lost may still be at work until it is over.

    Raises:
        ConfigurationError: Nothing of the job is without an answer.
    """
    if _state(db, job_id) is JobState.NEEDS_YOU:
        resume(db, job_id, now=now, by=by)
        return
    batches = schema.batches
    waiting = (
        batches.c.job_id == job_id,
        batches.c.state == BatchState.CHECKING.value,
        batches.c.remote_id.is_(None),  # what an upload still does nobody can tell by the clock
    )
    found = db.execute(select(batches.c.no, batches.c.not_before).where(*waiting)).all()
    if not found:
        state = _state(db, job_id)
        told = state.value if state is not None else "unknown"
        raise ConfigurationError("job.not_so", job=job_id[:200], state=told, wanted=JobState.CHECKING.value)
    for number, not_before in found:
        query = "select max(coalesce(ended_at, intent_at)) from attempts where job_id = ? and batch_no = ?"
        sent = sqlite.run(db, query, (job_id, number)).fetchone()[0]
        safe = max(now, claims.later(sent, quiet_s)) if sent else now
        if not_before is not None and safe < not_before:
            free = (*waiting, batches.c.no == number, batches.c.owner.is_(None))
            db.execute(update(batches).where(*free).values(not_before=safe))
    audit.append(db, at=now, act="job.checked", body={"job": job_id, "by": by})
    journal.note(db, at=now, kind=EventKind.JOB_CHANGED, subject=job_id)


def cancel(db: Connection, job_id: str, *, now: str, by: str) -> None:
    """Send no new rows: what nobody holds is cancelled at once, what is in flight gets resolved.

    Raises:
        ConfigurationError: It is over already.
    """
    _move(
        db, job_id, to=JobState.CANCELLING, allowed=(*ACTIVE, *_HALTED), act="job.cancelled", now=now, by=by
    )
    handed_back = sqlite.run(
        db,
        "update outcomes set outcome = 'cancelled', at = ? where job_id = ? and outcome = 'open' "  # noqa: S608  built of our own words
        "and exists (select 1 from batches b where b.job_id = outcomes.job_id "
        f"and outcomes.seq between b.first_seq and b.last_seq and {_NOT_BEGUN})",
        (now, job_id, now),
    ).rowcount
    rest = sqlite.run(
        db,
        "select coalesce(sum(b.rows - (select count(*) from outcomes o where o.job_id = b.job_id "  # noqa: S608  built of our own words
        f"and o.seq between b.first_seq and b.last_seq)), 0) from batches b where b.job_id = ? "
        f"and b.outcome is null and {_NOT_BEGUN}",
        (job_id, now),
    ).fetchone()[0]
    sqlite.run(
        db,
        "update batches as b set state = 'settled', owner = null, lease_until = null, "  # noqa: S608  built of our own words
        f"outcome = coalesce(outcome, ?) where b.job_id = ? and {_NOT_BEGUN}",
        (Outcome.CANCELLED.value, job_id, now),
    )
    ledger.add_counts(db, job_id, {"cancelled": int(rest) + handed_back})
    free_drafts(db, job_id)
    ledger.follow_job(db, job_id, now=now)


def _was_called_off(db: Connection, job_id: str) -> bool:
    """Say whether a job that waits for a person was cancelled before: it has only rows to read back."""
    query = "select cancelled > 0 from jobs where id = ? and state = ?"
    found = sqlite.run(db, query, (job_id, JobState.NEEDS_YOU.value)).fetchone()
    return found is not None and bool(found[0])


def _chosen_moment(db: Connection, job_id: str, *, now: str) -> str | None:
    """Give the moment that a person chose for a job to start, while it is still to come."""
    query = (
        "select not_before from jobs where id = ? and collects = 0 and started_at is null "
        "and stop_code = '' and not_before > ?"
    )
    found = sqlite.run(db, query, (job_id, now)).fetchone()
    return None if found is None else str(found[0])


def _state(db: Connection, job_id: str) -> JobState | None:
    found = sqlite.run(db, "select state from jobs where id = ?", (job_id,)).fetchone()
    return None if found is None else JobState(found[0])


def note_unreached(db: Connection, job_id: str, *, code: str) -> None:
    """Remember of a job with siblings (the same edit in other CRMs) that its CRM cannot be asked now."""
    sqlite.run(
        db,
        "update jobs set unreached = ? where id = ? and exists (select 1 from jobs o "
        "where o.change_set_id = jobs.change_set_id and o.id <> jobs.id)",
        (code, job_id),
    )


def note_reached(db: Connection, job_id: str) -> None:
    """Remember that a job's CRM answers again."""
    sqlite.run(db, "update jobs set unreached = '' where id = ?", (job_id,))


def at_work(db: Connection) -> tuple[str, ...]:
    """Give the ids of the jobs that go on by themselves, while a worker is there."""
    jobs = schema.jobs
    wanted = select(jobs.c.id).where(jobs.c.number.is_not(None), jobs.c.state.in_(sorted(AT_WORK)))
    return tuple(db.execute(wanted).scalars())


def is_parked(db: Connection, job_id: str) -> bool:
    """Say whether a job waits for longer than anybody need stand by.

    Its CRM does not answer while others do, its share of the daily quota is used up, or a blackout holds it.
    """
    query = (
        "select 1 from jobs where id = ? and state = ? "
        "and (unreached <> '' or stop_code in ('quota.reserve', 'schedule.blackout'))"
    )
    return sqlite.run(db, query, (job_id, JobState.THROTTLED.value)).fetchone() is not None


def try_now(db: Connection, job_id: str) -> None:
    """Look at once whether a waiting job can go on: its CRM answers again, its quota is free again."""
    if not is_parked(db, job_id):
        return
    jobs, batches = schema.jobs, schema.batches
    db.execute(
        update(jobs)
        .where(jobs.c.id == job_id)
        .values(state=JobState.QUEUED.value, stop_code="", stop_facts="{}", not_before=None)
    )
    waiting = (batches.c.job_id == job_id, batches.c.state == BatchState.QUEUED.value)
    db.execute(update(batches).where(*waiting, batches.c.owner.is_(None)).values(not_before=None))


def wake_held(db: Connection, connection_id: str) -> None:
    """Let jobs of a connection that a blackout holds look at once whether it still does."""
    query = "select id from jobs where connection_id = ? and state = ? and stop_code = 'schedule.blackout'"
    for (job_id,) in sqlite.run(db, query, (connection_id, JobState.THROTTLED.value)).fetchall():
        try_now(db, job_id)


def wake_signed_in(db: Connection, connection_id: str, *, now: str) -> None:
    """Let jobs go on that waited for a sign-in while the same edit went to other CRMs."""
    query = (
        "select id from jobs where connection_id = ? and state = ? and stop_code = 'sign_in.needed' "
        "and unreached <> ''"
    )
    for (job_id,) in sqlite.run(db, query, (connection_id, JobState.STOPPED.value)).fetchall():
        resume(db, job_id, now=now, by="")


def stop(db: Connection, job_id: str, *, code: str, facts: abc.Mapping[str, Fact], now: str) -> None:
    """Stop a job because a gate closed; its rows wait, or were cancelled by whoever stops it."""
    jobs = schema.jobs
    db.execute(
        update(jobs)
        .where(jobs.c.id == job_id, jobs.c.state.in_([state.value for state in ACTIVE]))
        .values(state=JobState.STOPPED.value, stop_code=code, stop_facts=json.dumps(dict(facts)))
    )
    audit.append(db, at=now, act="job.stopped", body={"job": job_id, "code": code})
    journal.note(db, at=now, kind=EventKind.JOB_CHANGED, subject=job_id)


def throttle(
    db: Connection,
    job_id: str,
    *,
    code: str,
    until: str,
    now: str,
    facts: abc.Mapping[str, Fact] | None = None,
) -> None:
    """Show that a job waits because the CRM asked for it, or because its share of the quota is used up."""
    jobs = schema.jobs
    active = (JobState.QUEUED.value, JobState.RUNNING.value)
    done = db.execute(
        update(jobs)
        .where(jobs.c.id == job_id, jobs.c.state.in_(active))
        .values(
            state=JobState.THROTTLED.value,
            stop_code=code,
            stop_facts=json.dumps(dict(facts or {})),
            not_before=until,
        )
    )
    if done.rowcount:
        journal.note(db, at=now, kind=EventKind.JOB_CHANGED, subject=job_id)


def cancel_rest(db: Connection, job_id: str, *, code: str, now: str) -> None:
    """Cancel every row that nobody holds, each with the reason; the job keeps its state."""
    spans = sqlite.run(
        db,
        "insert into outcomes (job_id, seq, outcome, code, message, fields, at) "  # noqa: S608  built of our own words
        "select w.job_id, w.seq, 'cancelled', ?, '', '[]', ? from batches b "
        "join writes w on w.job_id = b.job_id and w.seq between b.first_seq and b.last_seq "
        "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
        f"where b.job_id = ? and {_NOT_BEGUN} "
        "and (o.outcome = 'open' or (o.seq is null and b.outcome is null)) "
        "on conflict (job_id, seq) do update "
        "set outcome = 'cancelled', code = excluded.code, at = excluded.at",
        (code, now, job_id, now),
    )
    ledger.add_counts(db, job_id, {"cancelled": spans.rowcount})
    sqlite.run(
        db,
        f"update batches as b set state = 'settled', owner = null where b.job_id = ? and {_NOT_BEGUN}",  # noqa: S608  built of our own words
        (job_id, now),
    )
    free_drafts(db, job_id)


def free_drafts(db: Connection, job_id: str) -> None:
    """Make drafts of rows that were cancelled drafts again, and their values no longer queued."""
    owner = sqlite.run(db, "select change_set_id from jobs where id = ?", (job_id,)).fetchone()
    plans = left_drafts.family(db, str(owner[0]))
    sqlite.run(
        db,
        f"update drafts set change_set_id = null where change_set_id in ({sqlite.marks(plans)}) "  # noqa: S608  marks
        "and (rid, attribute) in "
        "(select rid, attribute from value_states where job_id = ? and state = 'queued')",
        (*plans, job_id),
    )
    sqlite.run(
        db,
        "delete from value_states where job_id = ? and state = 'queued' and not exists "
        "(select 1 from writes w join batches b on b.job_id = w.job_id "
        "and w.seq between b.first_seq and b.last_seq where w.job_id = value_states.job_id "
        "and w.rid = value_states.rid and b.state != 'settled')",
        (job_id,),
    )


def _move(
    db: Connection,
    job_id: str,
    *,
    to: JobState,
    allowed: abc.Collection[JobState],
    act: str,
    now: str,
    by: str,
) -> None:
    jobs = schema.jobs
    states = [state.value for state in allowed]
    done = db.execute(
        update(jobs).where(jobs.c.id == job_id, jobs.c.state.in_(states)).values(state=to.value)
    )
    if not done.rowcount:
        state = db.execute(select(jobs.c.state).where(jobs.c.id == job_id)).scalar()
        raise ConfigurationError("job.not_so", job=job_id[:200], state=state or "unknown", wanted=to.value)
    audit.append(db, at=now, act=act, body={"job": job_id, "by": by})
    journal.note(db, at=now, kind=EventKind.JOB_CHANGED, subject=job_id)
