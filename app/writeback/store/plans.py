"""Plans: change sets in the making, with their jobs, writes and findings.

A plan is written in slices while it is *preparing* and is seen by nobody; one small commit makes it
*planned*. To submit it is the outbox's act. What is left of a plan that was never finished is dropped.

Must not: judge a row, call a CRM, touch a plan that was submitted.
"""

import json
from collections import abc
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from writeback.errors import ConfigurationError
from writeback.model.canonical import Json
from writeback.model.changes import Origin
from writeback.model.events import EventKind
from writeback.model.jobs import Assurance, Column, JobKind, JobState, Route
from writeback.model.types import JobId, PlanId
from writeback.store import journal, moments, outbox, schema, sources, sqlite
from writeback.store.workspace import Workspace

_DROP_ROWS: Final = 20_000

PREPARING: Final = "preparing"
PLANNED: Final = "planned"
DISCARDED: Final = "discarded"
SUBMITTED: Final = "submitted"


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A change set that is about to be prepared."""

    id: PlanId
    origin: Origin
    author: str
    reason: str
    source: abc.Mapping[str, Json]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewJob:
    """One job-to-be of a plan. Route and assurance are known when its rows are."""

    id: JobId
    plan_id: PlanId
    connection_id: str
    object: str
    columns: tuple[Column, ...]
    kind: JobKind
    org_id: str
    created_at: datetime
    integration_id: str | None = None
    undo_of: str | None = None
    retry_of: str | None = None
    automation: abc.Mapping[str, str] = field(default_factory=dict)
    """The connector's automation switches as it will send them."""
    unreached: str = ""
    """Why its rows were judged against what was last read, not against the CRM: an error's code."""
    root: str = ""
    """The object of the records that the written ones are reached from; '': they are the same."""
    creates_by: str = ""
    """The unique field by which it makes records; '': it updates."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows of a job-to-be ended in which verdict."""

    send: int = 0
    unchanged: int = 0
    blocked: int = 0
    conflict: int = 0

    @property
    def rows(self) -> int:
        """All rows: each ends in exactly one verdict."""
        return self.send + self.unchanged + self.blocked + self.conflict


@dataclass(frozen=True, slots=True)
class PlannedJob:
    """A job-to-be as it stands in the workspace."""

    id: JobId
    connection_id: str
    integration_id: str | None
    object: str
    columns: tuple[Column, ...]
    route: Route
    assurance: Assurance
    totals: Totals
    kind: JobKind
    root: str = ""
    automation: tuple[tuple[str, str], ...] = ()
    """The connector's automation switches as it will send them."""
    creates_by: str = ""
    """The unique field by which it makes records; '': it updates."""


def begin(db: Connection, plan: NewPlan) -> None:
    """Keep a new change set, invisible until it is finished."""
    db.execute(
        insert(schema.change_sets).values(
            id=plan.id,
            state=PREPARING,
            origin=plan.origin.value,
            author=plan.author,
            reason=plan.reason,
            source=json.dumps(plan.source, ensure_ascii=False),
            created_at=moments.to_text(plan.created_at),
        )
    )


def add_job(db: Connection, job: NewJob) -> None:
    """Keep a job-to-be; its rows follow."""
    db.execute(
        insert(schema.jobs).values(
            id=job.id,
            change_set_id=job.plan_id,
            connection_id=job.connection_id,
            integration_id=job.integration_id,
            object=job.object,
            kind=job.kind.value,
            route=Route.SINGLE.value,
            assurance=Assurance.B.value,
            columns=columns_text(job.columns),
            state=JobState.PREPARING.value,
            org_id=job.org_id,
            undo_of=job.undo_of,
            retry_of=job.retry_of,
            unreached=job.unreached,
            root=job.root,
            creates_by=job.creates_by,
            automation=json.dumps(dict(job.automation)),
            created_at=moments.to_text(job.created_at),
        )
    )


def set_route(
    db: Connection, job_id: str, route: Route, assurance: Assurance, *, totals: Totals | None = None
) -> None:
    """Write down how a job-to-be will travel, and its totals; None: they are counted, row by row."""
    totals = totals or count(db, job_id)
    jobs = schema.jobs
    db.execute(
        update(jobs)
        .where(jobs.c.id == job_id, jobs.c.state == JobState.PREPARING.value)
        .values(
            route=route.value,
            assurance=assurance.value,
            rows=totals.rows,
            writes=totals.send,
            unchanged=totals.unchanged,
            blocked=totals.blocked,
            conflict=totals.conflict,
        )
    )


def finish(db: Connection, plan_id: str, *, at: datetime) -> None:
    """Make a plan visible: it may be reviewed and submitted."""
    sets = schema.change_sets
    moment = moments.to_text(at)
    done = db.execute(
        update(sets)
        .where(sets.c.id == plan_id, sets.c.state == PREPARING)
        .values(state=PLANNED, planned_at=moment)
    )
    if not done.rowcount:
        raise _not_open(db, plan_id)
    journal.note(db, at=moment, kind=EventKind.PLAN_READY, subject=plan_id)


def count(db: Connection, job_id: str) -> Totals:
    """Count the rows of a job-to-be by verdict."""
    findings = schema.findings
    send = int(sqlite.run(db, "select count(*) from writes where job_id = ?", (job_id,)).fetchone()[0])
    query = select(findings.c.verdict, func.count()).where(findings.c.job_id == job_id)
    kept = {str(row[0]): int(row[1]) for row in db.execute(query.group_by(findings.c.verdict))}
    return Totals(send, kept.get("unchanged", 0), kept.get("blocked", 0), kept.get("conflict", 0))


def jobs_of(db: Connection, plan_id: str) -> tuple[PlannedJob, ...]:
    """Give the jobs of a plan, in the order they were made.

    Raises:
        ConfigurationError: There is no such plan that could still be submitted.
    """
    sets = schema.change_sets
    if not db.execute(select(sets.c.id).where(sets.c.id == plan_id, sets.c.state == PLANNED)).first():
        raise _not_open(db, plan_id)
    return preparing(db, plan_id)


def preparing(db: Connection, plan_id: str) -> tuple[PlannedJob, ...]:
    """Give the jobs of a plan that may not be finished yet, in the order they were made."""
    jobs = schema.jobs
    rows = db.execute(
        select(jobs).where(jobs.c.change_set_id == plan_id).order_by(jobs.c.created_at, jobs.c.id)
    )
    return tuple(map(_planned, rows))


def joined(db: Connection, plan_id: str) -> tuple[tuple[PlannedJob, range], ...]:
    """Give the jobs that took a submitted plan in while they collected, with the numbers of its rows."""
    jobs, taken = schema.jobs, schema.collected
    query = select(jobs, taken.c.first_seq, taken.c.last_seq).join(taken, taken.c.job_id == jobs.c.id)
    rows = db.execute(query.where(taken.c.change_set_id == plan_id).order_by(jobs.c.number)).all()
    return tuple((_planned(row), range(row.first_seq, row.last_seq + 1)) for row in rows)


def _planned(row: Row[Any]) -> PlannedJob:
    return PlannedJob(
        JobId(row.id),
        row.connection_id,
        row.integration_id,
        row.object,
        outbox.read_columns(row.columns),
        Route(row.route),
        Assurance(row.assurance),
        Totals(row.writes, row.unchanged, row.blocked, row.conflict),
        JobKind(row.kind),
        row.root,
        tuple(sorted(json.loads(row.automation).items())),
        row.creates_by,
    )


def author_of(db: Connection, plan_id: str) -> str:
    """Give who made a plan; '' when nobody is named, or there is no such plan."""
    sets = schema.change_sets
    return str(db.execute(select(sets.c.author).where(sets.c.id == plan_id)).scalar() or "")


def is_submitted(db: Connection, plan_id: str) -> bool:
    """Say whether there is such a plan and it became jobs."""
    sets = schema.change_sets
    return db.execute(select(sets.c.state).where(sets.c.id == plan_id)).scalar() == SUBMITTED


def keep_view(db: Connection, plan_id: str, told: str) -> None:
    """Keep how a plan is shown (JSON), so that it can be opened again."""
    sets = schema.change_sets
    db.execute(update(sets).where(sets.c.id == plan_id, sets.c.state == PLANNED).values(view=told))


def view_of(db: Connection, plan_id: str) -> str | None:
    """Give how a plan is shown (JSON); None where nobody kept it."""
    sets = schema.change_sets
    found = db.execute(select(sets.c.view).where(sets.c.id == plan_id)).scalar()
    return None if found is None else str(found)


def note_source(db: Connection, plan_id: str, name: str, told: str) -> None:
    """Add a word to what a plan was made of."""
    sets = schema.change_sets
    source = json.dumps({**source_of(db, plan_id), name: told}, ensure_ascii=False)
    db.execute(update(sets).where(sets.c.id == plan_id).values(source=source))


def source_of(db: Connection, plan_id: str) -> abc.Mapping[str, Json]:
    """Give what a plan was made of, as its front end told it; empty where there is no such plan."""
    sets = schema.change_sets
    found: dict[str, Json] = json.loads(
        db.execute(select(sets.c.source).where(sets.c.id == plan_id)).scalar() or "{}"
    )
    return found


def discard(workspace: Workspace, plan_id: str) -> None:
    """Forget a plan that was not submitted, in slices; drafts stay.

    Raises:
        ConfigurationError: There is no such plan, or it was submitted.
    """
    sets, jobs = schema.change_sets, schema.jobs
    with workspace.writing() as db:
        done = db.execute(
            update(sets)
            .where(sets.c.id == plan_id, sets.c.state.in_((PREPARING, PLANNED, DISCARDED)))
            .values(state=DISCARDED)
        )
        if not done.rowcount:
            raise _not_open(db, plan_id)
        job_ids = [
            str(row[0]) for row in db.execute(select(jobs.c.id).where(jobs.c.change_set_id == plan_id))
        ]
    for job_id in job_ids:
        _drop_rows(workspace, job_id)
    with workspace.writing() as db:
        db.execute(delete(jobs).where(jobs.c.change_set_id == plan_id))
        db.execute(delete(sets).where(sets.c.id == plan_id, sets.c.state == DISCARDED))


def free(workspace: Workspace, plan_id: str) -> bool:
    """Forget a plan that a crash left, if there is one; False: it waits for a person's word, and stays."""
    sets, approvals = schema.change_sets, schema.approvals
    with workspace.reading() as db:
        state = db.execute(select(sets.c.state).where(sets.c.id == plan_id)).scalar()
        asked = select(approvals.c.plan_id).where(
            approvals.c.plan_id == plan_id, approvals.c.state == "pending"
        )
        is_waiting = db.execute(asked).first() is not None
    if state is not None and not is_waiting:
        discard(workspace, plan_id)
    return not is_waiting


def drop_jobs(workspace: Workspace, job_ids: abc.Collection[str]) -> None:
    """Take jobs-to-be out of a plan that nobody has seen."""
    for job_id in job_ids:
        _drop_rows(workspace, job_id)
    with workspace.writing() as db:
        for job_id in job_ids:
            db.execute(delete(schema.jobs).where(schema.jobs.c.id == job_id))


def drop_findings(workspace: Workspace, rows: abc.Collection[tuple[str, int]]) -> None:
    """Take rows that are not sent out of a plan that nobody submitted: (job, row)."""
    with workspace.writing() as db:
        sqlite.many(
            db,
            "delete from findings where job_id = ? and seq = ? and exists "
            "(select 1 from jobs j where j.id = job_id and j.state = 'preparing')",
            rows,
        )


def drop_job(workspace: Workspace, job_id: str) -> None:
    """Forget one job of a plan that is being prepared."""
    _drop_rows(workspace, job_id)
    jobs = schema.jobs
    with workspace.writing() as db:
        db.execute(delete(jobs).where(jobs.c.id == job_id, jobs.c.state == JobState.PREPARING.value))


def columns_text(columns: abc.Iterable[Column]) -> str:
    """Give the JSON of a job's columns; `outbox.read_columns` reads it."""
    return json.dumps(
        [
            {
                "path": str(column.path),
                "field": column.field,
                "kind": column.kind.value,
                "attribute": column.attribute,
                **({} if column.rule is None else {"rule": column.rule.value}),
                **({"depth": column.depth} if column.depth else {}),
            }
            for column in columns
        ]
    )


def _drop_rows(workspace: Workspace, job_id: str) -> None:
    sources.drop(workspace, job_id)
    for table in ("writes", "findings", "left_out"):
        while _drop_some(workspace, table, job_id):
            pass


def _drop_some(workspace: Workspace, table: str, job_id: str) -> int:
    statement = (
        f"delete from {table} where job_id = ? and seq in "  # noqa: S608  two fixed names
        f"(select seq from {table} where job_id = ? order by seq limit {_DROP_ROWS})"
    )
    with workspace.writing(durable=False) as db:
        return sqlite.run(db, statement, (job_id, job_id)).rowcount


def _not_open(db: Connection, plan_id: str) -> ConfigurationError:
    sets = schema.change_sets
    state = db.execute(select(sets.c.state).where(sets.c.id == plan_id)).scalar()
    return ConfigurationError("plan.not_open", plan=plan_id[:200], state=state or "unknown")
