"""Plans: change sets in the making, with their jobs, writes and findings.

A plan is written in slices while it is *preparing* and is seen by nobody; one small commit makes it
*planned*. To submit it is the outbox's act. What is left of a plan that was never finished is dropped.

Must not: judge a row, call a CRM, touch a plan that was submitted.
"""

import json
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from typing import Final, NamedTuple, Self

import orjson
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from writeback.errors import ConfigurationError
from writeback.model.canonical import UNSET, Json, Unset, row_from_text, to_plain
from writeback.model.changes import Origin, Reason, VerdictKind
from writeback.model.events import EventKind
from writeback.model.jobs import Assurance, Column, JobKind, JobState, Route
from writeback.model.types import DECIMAL_TYPES, AttributeType, JobId, PlanId, Value
from writeback.store import journal, moments, outbox, schema, sqlite
from writeback.store.workspace import Workspace

SLICE_ROWS: Final = 4_000
SLICE_CHARACTERS: Final = 4_000_000
"""One commit of a plan holds at most so many rows and so much text: about 50 ms."""
_PAGE: Final = 2_000
_DROP_ROWS: Final = 20_000

PREPARING: Final = "preparing"
PLANNED: Final = "planned"
DISCARDED: Final = "discarded"

Shown = abc.Mapping[int, tuple[str, str]]
"""By place of the column: what the CRM holds and what is wished, as people read it."""


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


Row = abc.Sequence[Value | Unset]
"""Values along the job's columns; UNSET is not touched, None is nothing."""


class Sent(NamedTuple):
    """A row that will be sent: `old` is what the CRM holds, a `new` None clears."""

    seq: int
    record_id: str
    base: str | None
    old: Row
    new: Row
    rid: str | None = None
    shown: Shown | None = None


class Finding(NamedTuple):
    """A row that will not be sent: unchanged, blocked or in conflict."""

    seq: int
    verdict: VerdictKind
    record_id: str = ""
    source_key: str = ""
    rid: str | None = None
    reason: Reason | None = None
    field: str = ""
    """Path of the field that decided."""
    old: Row = ()
    theirs: Row = ()
    new: Row = ()
    shown: Shown | None = None


class PlanRow(NamedTuple):
    """One row of a plan. `verdict` is `send` or a finding's; values stand along the job's columns."""

    seq: int
    verdict: str
    record_id: str
    source_key: str
    rid: str | None
    base: str | None
    old: tuple[Value | Unset, ...]
    theirs: tuple[Value | Unset, ...]
    new: tuple[Value | Unset, ...]
    field: str
    code: str
    facts: abc.Mapping[str, str]


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
            created_at=moments.to_text(job.created_at),
        )
    )


def set_route(db: Connection, job_id: str, route: Route, assurance: Assurance) -> None:
    """Write down how a job-to-be will travel, and its totals."""
    totals = count(db, job_id)
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
    sets, jobs = schema.change_sets, schema.jobs
    if not db.execute(select(sets.c.id).where(sets.c.id == plan_id, sets.c.state == PLANNED)).first():
        raise _not_open(db, plan_id)
    rows = db.execute(
        select(jobs).where(jobs.c.change_set_id == plan_id).order_by(jobs.c.created_at, jobs.c.id)
    )
    return tuple(
        PlannedJob(
            JobId(row.id),
            row.connection_id,
            row.integration_id,
            row.object,
            outbox.read_columns(row.columns),
            Route(row.route),
            Assurance(row.assurance),
            Totals(row.writes, row.unchanged, row.blocked, row.conflict),
        )
        for row in rows
    )


def rows_of(workspace: Workspace, job_id: str, columns: abc.Sequence[Column]) -> abc.Iterator[PlanRow]:
    """Stream all rows of a job's plan in their order; reads are short and end between pages."""
    kinds = [column.kind for column in columns]
    after = 0
    while True:
        with workspace.reading() as db:
            page = sqlite.run(db, _ROWS, (job_id, after, _PAGE, job_id, after, _PAGE, _PAGE)).fetchall()
        for seq, verdict, record_id, key, rid, base, *texts, field, code, facts in page:
            old, theirs, new = (row_from_text(text, kinds) if text != "[]" else () for text in texts)
            yield PlanRow(
                seq, verdict, record_id, key, rid, base, old, theirs, new, field, code, json.loads(facts)
            )
        if len(page) < _PAGE:
            return
        after = page[-1][0]


class Repeated(NamedTuple):
    """One of several rows about one record."""

    seq: int
    verdict: str
    new: str
    """What the row wants the record to hold, as JSON: comparable with the others."""


def repeated(workspace: Workspace, job_id: str) -> abc.Iterator[tuple[str, tuple[Repeated, ...]]]:
    """Give the records that several rows of a job-to-be are about, with these rows in their order."""
    with workspace.reading() as db:
        sqlite.run(db, "create temp table doubles (record_id text primary key) without rowid")
        sqlite.run(db, _DOUBLES, (job_id, job_id))
        rows = sqlite.run(db, _ROWS_OF_DOUBLES, (job_id, job_id))
        for record_id, group in groupby(rows, key=itemgetter(0)):
            yield (
                record_id,
                tuple(Repeated(seq, verdict, _effect(*texts)) for _, seq, verdict, *texts in group),
            )


def block(workspace: Workspace, job_id: str, reasons: abc.Mapping[int, tuple[Reason, str]]) -> None:
    """Turn rows of a job-to-be into blocked ones, by row number: (why, path of the field)."""
    _keep_back(workspace, job_id, VerdictKind.BLOCKED, reasons)


def leave(workspace: Workspace, job_id: str, reasons: abc.Mapping[int, tuple[Reason, str]]) -> None:
    """Turn rows of a job-to-be into unchanged ones, by row number."""
    _keep_back(workspace, job_id, VerdictKind.UNCHANGED, reasons)


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
        for table in ("writes", "findings"):
            while _drop_some(workspace, table, job_id):
                pass
    with workspace.writing() as db:
        db.execute(delete(jobs).where(jobs.c.change_set_id == plan_id))
        db.execute(delete(sets).where(sets.c.id == plan_id, sets.c.state == DISCARDED))


def row_text(values: Row) -> str:
    """Give the JSON array text of one row, in `model.canonical`'s form."""
    return json.dumps([to_plain(value) for value in values], separators=(",", ":"))


class RowEncoder:
    """Gives the JSON array text of rows along fixed columns: `row_text`, made fast for a million rows."""

    def __init__(self, columns: abc.Iterable[Column]) -> None:
        kinds = [column.kind for column in columns]
        self._converted = tuple(place for place, kind in enumerate(kinds) if kind in _CONVERTED)
        self._width = len(kinds)

    def text(self, values: Row) -> str:
        """Give one row's text."""
        if len(values) != self._width:
            return row_text(values)
        plain: abc.Sequence[object] = values
        if self._converted:
            plain = converted = list[object](values)
            for place in self._converted:
                converted[place] = to_plain(values[place])
        try:
            return orjson.dumps(plain, default=_untouched).decode()
        except TypeError:  # half a surrogate pair, or a number beyond 64 bits: json can escape and print them
            return row_text(values)


_CONVERTED: Final = DECIMAL_TYPES | {AttributeType.DATE, AttributeType.DATETIME}


def _untouched(value: object) -> dict[str, object]:
    if value is UNSET:
        return {}
    raise TypeError(value)


def columns_text(columns: abc.Iterable[Column]) -> str:
    """Give the JSON of a job's columns; `outbox.read_columns` reads it."""
    return json.dumps(
        [
            {
                "path": str(column.path),
                "field": column.field,
                "kind": column.kind.value,
                "attribute": column.attribute,
            }
            for column in columns
        ]
    )


class PlanWriter:
    """Writes the rows of one job-to-be, a slice a commit. Use as a context: the end writes the rest."""

    def __init__(
        self,
        workspace: Workspace,
        job_id: str,
        columns: abc.Iterable[Column],
        *,
        slice_rows: int = SLICE_ROWS,
    ) -> None:
        self._workspace = workspace
        self._job_id = job_id
        self._encoder = RowEncoder(columns)
        self._slice_rows = slice_rows
        self._writes: list[tuple[object, ...]] = []
        self._findings: list[tuple[object, ...]] = []
        self._characters = 0

    def send(self, write: Sent) -> None:
        """Add a row that will be sent."""
        seq, record_id, base, old, new, rid, shown = write
        before, after = self._encoder.text(old), self._encoder.text(new)
        told = None if shown is None else _shown_text(shown)
        self._writes.append((self._job_id, seq, record_id, rid, base, before, after, told))
        self._characters += len(before) + len(after)
        if len(self._writes) >= self._slice_rows or self._characters > SLICE_CHARACTERS:
            self.flush()

    def keep(self, finding: Finding) -> None:
        """Add a row that will not be sent."""
        reason = finding.reason
        code, facts = ("", "{}") if reason is None else (reason.code, facts_text(reason))
        old, theirs, new = (self._encoder.text(row) for row in (finding.old, finding.theirs, finding.new))
        self._findings.append(
            (
                self._job_id,
                finding.seq,
                finding.verdict.value,
                finding.record_id,
                finding.rid,
                finding.source_key,
                code,
                facts,
                finding.field,
                old,
                theirs,
                new,
                _shown_text(finding.shown),
            )
        )
        self._count(len(old) + len(theirs) + len(new) + len(facts))

    def flush(self) -> None:
        """Commit what was added so far. Not durable: a plan that a power cut takes was never seen."""
        if not self._writes and not self._findings:
            return
        with self._workspace.writing(durable=False) as db:
            sqlite.many(db, _INSERT_WRITE, self._writes)
            sqlite.many(db, _INSERT_FINDING, self._findings)
        self._writes, self._findings, self._characters = [], [], 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.flush()

    def _count(self, characters: int) -> None:
        self._characters += characters
        if len(self._writes) + len(self._findings) >= self._slice_rows or self._characters > SLICE_CHARACTERS:
            self.flush()


def facts_text(reason: Reason) -> str:
    """Give the JSON of a reason's facts."""
    return json.dumps(dict(reason.facts), ensure_ascii=False)


_INSERT_WRITE: Final = (
    "insert into writes (job_id, seq, record_id, rid, base, old, new, shown) values (?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_FINDING: Final = (
    "insert into findings (job_id, seq, verdict, record_id, rid, source_key, code, facts, field, "
    "old, theirs, new, shown) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ROWS: Final = (
    "select * from ("
    "select * from (select seq, 'send', record_id, '', rid, base, old, old, new, '', '', '{}' from writes "
    "where job_id = ? and seq > ? order by seq limit ?) "
    "union all "
    "select * from (select seq, verdict, record_id, source_key, rid, null, old, theirs, new, field, code, "
    "facts from findings where job_id = ? and seq > ? order by seq limit ?)"
    ") order by 1 limit ?"
)


_DOUBLES: Final = (
    "insert into doubles select record_id from ("
    "select record_id from writes where job_id = ? union all "
    "select record_id from findings where job_id = ? and record_id <> ''"
    ") group by record_id having count(*) > 1"
)
_ROWS_OF_DOUBLES: Final = (
    "select * from ("
    "select record_id, seq, 'send', new, old from doubles join writes using (record_id) where job_id = ? "
    "union all "
    "select record_id, seq, verdict, new, theirs from findings join doubles using (record_id) "
    "where job_id = ?"
    ") order by 1, 2"
)
_TO_FINDING: Final = (
    "insert into findings (job_id, seq, verdict, record_id, rid, source_key, code, facts, field, old, "
    "theirs, new, shown) select job_id, seq, ?, record_id, rid, '', ?, ?, ?, '[]', old, new, shown "
    "from writes where job_id = ? and seq = ?"
)


def _keep_back(
    workspace: Workspace,
    job_id: str,
    verdict: VerdictKind,
    reasons: abc.Mapping[int, tuple[Reason, str]],
) -> None:
    seqs = sorted(reasons)
    for start in range(0, len(seqs), SLICE_ROWS):
        told = [
            (verdict.value, reason.code, facts_text(reason), path, job_id, seq)
            for seq in seqs[start : start + SLICE_ROWS]
            for reason, path in (reasons[seq],)
        ]
        with workspace.writing(durable=False) as db:
            sqlite.many(
                db,
                "update findings set verdict = ?, code = ?, facts = ?, field = ? "
                "where job_id = ? and seq = ?",
                told,
            )
            sqlite.many(db, _TO_FINDING, told)
            sqlite.many(
                db, "delete from writes where job_id = ? and seq = ?", [(job_id, one[-1]) for one in told]
            )


def _effect(new: str, held: str) -> str:
    """Give what a row leaves in the record: its wishes over what the CRM holds, whichever were dropped."""
    wanted, now = json.loads(new), json.loads(held)
    if not now:
        return new
    return json.dumps([have if want == {} else want for want, have in zip(wanted, now, strict=True)])


def _shown_text(shown: Shown | None) -> str | None:
    return json.dumps(shown, ensure_ascii=False) if shown else None


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
