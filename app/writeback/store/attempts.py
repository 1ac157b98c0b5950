"""Intents: what is about to be sent, committed before the first byte; and how each try ended.

An attempt without an outcome is one whose end nobody saw: it may have been sent, so it is *unknown*
until a read-back gives it a verdict. `verdict` says how that stands: `due` while rows wait for their
read-back, then `settled` or `not_applied`.

Must not: judge what a read-back means.
"""

import json
from collections import abc
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update
from sqlalchemy.engine import Connection

from writeback.errors import GuardError
from writeback.model.jobs import Assurance, JobState, Outcome, Route
from writeback.model.types import AttemptId
from writeback.planning.batching import runs
from writeback.store import schema, sqlite
from writeback.store.claims import Claim, hold

DUE: Final = "due"
SETTLED: Final = "settled"
NOT_APPLIED: Final = "not_applied"
_MAY_SEND: Final = (JobState.QUEUED, JobState.RUNNING, JobState.THROTTLED, JobState.CHECKING)


@dataclass(frozen=True, slots=True)
class Intent:
    """One request or upload that is about to leave."""

    id: AttemptId
    first: int
    last: int
    excluded: abc.Iterable[int]
    """Numbers of rows in the range that are not sent."""
    rows: int
    org_id: str
    route: Route
    assurance: Assurance
    payload_hash: str | None = None
    """SHA-256 of the bytes; None for a stream, whose hash is kept once it ended."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try whose rows wait for a verdict."""

    id: AttemptId
    first: int
    last: int
    rows: int
    intent_at: str
    ended_at: str | None
    outcome: str | None
    assurance: Assurance
    fence: int
    excluded: tuple[int | list[int], ...] = ()

    def holds(self, seq: int) -> bool:
        """Say whether a row of the range was to be sent by this try."""
        for run in self.excluded:
            if run == seq or (isinstance(run, list) and run[0] <= seq <= run[1]):
                return False
        return self.first <= seq <= self.last


class NotWantedError(GuardError):
    """The job was paused, stopped or cancelled: nothing new may be sent."""


def record(db: Connection, claim: Claim, intent: Intent, *, now: str) -> None:
    """Commit the intent to send, guarded by the fence, unless nobody wants it sent any more.

    Raises:
        LostClaimError: Another worker took the batch over.
        NotWantedError: The job is paused, stopped or being cancelled.
    """
    hold(db, claim)
    jobs = schema.jobs
    state = JobState(db.execute(select(jobs.c.state).where(jobs.c.id == claim.job_id)).scalar_one())
    if state not in _MAY_SEND:
        raise NotWantedError("job.not_wanted", job=claim.job_id, state=state.value)
    values = {
        "id": intent.id,
        "job_id": claim.job_id,
        "batch_no": claim.no,
        "first_seq": intent.first,
        "last_seq": intent.last,
        "excluded": json.dumps(runs(intent.excluded)),
        "rows": intent.rows,
        "org_id": intent.org_id,
        "payload_hash": intent.payload_hash,
        "route": intent.route.value,
        "assurance": intent.assurance.value,
        "fence": claim.fence,
        "intent_at": now,
    }
    db.execute(insert(schema.attempts).values(**values))


@dataclass(frozen=True, slots=True)
class Ending:
    """How a try ended."""

    outcome: Outcome
    """Of most of its rows; the others have rows of their own."""
    is_due: bool = False
    """Rows of it wait for a read-back."""
    gap_s: float | None = None
    code: str = ""
    message: str = ""


def end(db: Connection, attempt_id: str, ending: Ending, *, now: str) -> None:
    """Write down how a try ended, once (I2)."""
    table = schema.attempts
    db.execute(
        update(table)
        .where(table.c.id == attempt_id, table.c.outcome.is_(None))
        .values(
            outcome=ending.outcome.value,
            ended_at=now,
            verdict=DUE if ending.is_due else None,
            gap_s=ending.gap_s,
            code=ending.code,
            message=ending.message,
        )
    )


def shrink(db: Connection, attempt_id: str, *, last: int, rows: int, payload_hash: str) -> None:
    """Keep what a finished upload really held; nothing of it counts before the upload is closed."""
    table = schema.attempts
    db.execute(
        update(table)
        .where(table.c.id == attempt_id)
        .values(last_seq=last, rows=rows, payload_hash=payload_hash)
    )


def judge(db: Connection, attempt_ids: abc.Iterable[str], *, verdict: str) -> None:
    """Write down the verdict of attempts that were read back."""
    table = schema.attempts
    db.execute(update(table).where(table.c.id.in_(list(attempt_ids))).values(verdict=verdict))


def unended(db: Connection, claim: Claim) -> tuple[Attempt, ...]:
    """Give the tries of a batch whose end nobody saw."""
    table = schema.attempts
    return _select(db, claim, table.c.outcome.is_(None))


def gaps(db: Connection, job_id: str) -> list[float]:
    """Give how long it was from compare to answer, by request of a job at level B, the shortest first."""
    query = "select gap_s from attempts where job_id = ? and gap_s is not null order by gap_s"
    return [float(row[0]) for row in sqlite.run(db, query, (job_id,))]


def due(db: Connection, claim: Claim) -> tuple[Attempt, ...]:
    """Give the tries of a batch that wait for their read-back."""
    table = schema.attempts
    return _select(
        db, claim, or_(table.c.verdict == DUE, and_(table.c.outcome.is_(None), table.c.verdict.is_(None)))
    )


def lost(db: Connection, claim: Claim) -> tuple[Attempt, ...]:
    """Give the tries of a batch that were read back because nobody knew what became of them."""
    return _select(db, claim, schema.attempts.c.verdict.in_((SETTLED, NOT_APPLIED)))


def count(db: Connection, claim: Claim) -> int:
    """Count the tries of a batch."""
    table = schema.attempts
    query = select(func.count()).where(table.c.job_id == claim.job_id, table.c.batch_no == claim.no)
    return int(db.execute(query).scalar_one())


def _select(db: Connection, claim: Claim, condition: ColumnElement[bool]) -> tuple[Attempt, ...]:
    table = schema.attempts
    query = (
        select(table)
        .where(table.c.job_id == claim.job_id, table.c.batch_no == claim.no)
        .where(condition)
        .order_by(table.c.intent_at, table.c.id)
    )
    return tuple(
        Attempt(
            id=AttemptId(row.id),
            first=int(row.first_seq),
            last=int(row.last_seq),
            rows=int(row.rows),
            intent_at=row.intent_at,
            ended_at=row.ended_at,
            outcome=row.outcome,
            assurance=Assurance(row.assurance),
            fence=int(row.fence),
            excluded=tuple(json.loads(row.excluded)),
        )
        for row in db.execute(query)
    )
