"""Who works on which batch: leases by database time, fenced so that an old owner settles nothing (I8).

Every write about a batch goes through `hold`, which fails when the batch was taken over meanwhile. A
lease that ran out proves nothing about what was sent: whoever takes over reads back first.

Must not: ask a clock but the database's, send anything.
"""

import functools
from collections import abc
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Boolean, Text, and_, bindparam, case, exists, func, literal_column, or_, select, update
from sqlalchemy.engine import Connection

from writeback.errors import InternalError
from writeback.model.connections import COLLECT_MOST
from writeback.model.jobs import BatchState, JobState
from writeback.model.types import JobId
from writeback.store import moments, ordering, schema

_TAKES_NEW: Final = (JobState.QUEUED, JobState.RUNNING, JobState.THROTTLED, JobState.CHECKING)
_RESOLVES: Final = (JobState.PAUSED, JobState.CANCELLING)
"""Jobs whose rows in flight are resolved, but that begin nothing new."""
_NOW: Final = bindparam("now", type_=Text())
_LATEST: Final = bindparam("latest", type_=Text())
"""No lease and no collecting window lasts until after this: the clock was put back since."""
_SOME: Final[Any] = bindparam("some", expanding=True)
_IN_FLIGHT: Final = (BatchState.CLAIMED, BatchState.SENT, BatchState.CHECKING)


@dataclass(frozen=True, slots=True)
class Claim:
    """A batch held by one worker until `lease_until` (database time)."""

    job_id: JobId
    no: int
    first: int
    last: int
    rows: int
    owner: str
    fence: int
    lease_until: str
    state: BatchState
    """As found: anything but *queued* was somebody's before and is resolved first."""
    tries: int
    has_outcome: bool
    remote_id: str | None
    remote_state: str | None
    bulk_token_at: str | None

    @property
    def span(self) -> tuple[int, int]:
        """First and last row number."""
        return self.first, self.last


class LostClaimError(InternalError):
    """Somebody else holds the batch now: nothing may be settled under the old claim."""


def claim(
    db: Connection, *, owner: str, now: str, lease_s: float, jobs: abc.Collection[str] = ()
) -> Claim | None:
    """Take the next batch that may be worked on; None when there is none now.

    Args:
        db: The write transaction; the claim is real once it commits.
        owner: Who takes it: unique to a worker and thread.
        now: Database time (`Workspace.database_now`).
        lease_s: For how long.
        jobs: Only batches of these; empty: of all.
    """
    batch = schema.batches
    row = db.execute(_first_claimable(of_some=bool(jobs)), _asked(now, jobs)).first()
    if row is None:
        return None
    until = later(now, lease_s)
    db.execute(
        update(batch)
        .where(batch.c.job_id == row.job_id, batch.c.no == row.no)
        .values(
            owner=owner,
            lease_until=until,
            fence=row.fence + 1,
            not_before=None,
            state=BatchState.CLAIMED.value if row.state == BatchState.QUEUED.value else row.state,
        )
    )
    _start(db, row.job_id, now)
    return _claim(row, owner=owner, until=until)


def has_work(db: Connection, *, now: str, jobs: abc.Collection[str] = ()) -> bool:
    """Say whether `claim` would find anything: asked without holding anybody up."""
    return db.execute(_any_claimable(of_some=bool(jobs)), _asked(now, jobs)).first() is not None


def renew(db: Connection, claim: Claim, *, now: str, lease_s: float) -> bool:
    """Hold a batch for longer; False when it is lost."""
    batch = schema.batches
    done = db.execute(update(batch).where(*_own(claim)).values(lease_until=later(now, lease_s)))
    return bool(done.rowcount)


def hold(db: Connection, claim: Claim, **changes: Any) -> None:  # noqa: ANN401  SQLAlchemy's own types
    """Change a claimed batch in the open transaction, which fails as a whole under an old fence.

    Raises:
        LostClaimError: Another worker took the batch over.
    """
    batch = schema.batches
    values = {"fence": claim.fence, **changes}
    if not db.execute(update(batch).where(*_own(claim)).values(**values)).rowcount:
        raise LostClaimError("claim.lost", job=claim.job_id, batch=claim.no, fence=claim.fence)


def release(
    db: Connection,
    claim: Claim,
    *,
    state: BatchState,
    not_before: str | None = None,
    tries: int | None = None,
) -> None:
    """Give a batch back; nobody takes it before `not_before`.

    Raises:
        LostClaimError: It is somebody else's already.
    """
    changes = {} if tries is None else {"tries": tries}
    hold(db, claim, state=state.value, owner=None, lease_until=None, not_before=not_before, **changes)


def current_state(db: Connection, claim: Claim) -> BatchState:
    """Give the state of a claimed batch as committed."""
    batch = schema.batches
    query = select(batch.c.state).where(batch.c.job_id == claim.job_id, batch.c.no == claim.no)
    return BatchState(db.execute(query).scalar_one())


def remote_stage(db: Connection, claim: Claim) -> str | None:
    """Give how far the upload of a claimed batch came, as committed."""
    batch = schema.batches
    query = select(batch.c.remote_state).where(batch.c.job_id == claim.job_id, batch.c.no == claim.no)
    stage = db.execute(query).scalar_one()
    return None if stage is None else str(stage)


def next_moment(db: Connection, *, jobs: abc.Collection[str] = ()) -> str | None:
    """Give when the next waiting batch may be worked on, for a worker that has nothing to do now."""
    found = db.execute(_next_moment(of_some=bool(jobs)), _some(jobs)).scalar()
    return str(found) if found else None


def later(moment: str, seconds: float) -> str:
    """Give the moment so many seconds after another, as stored."""
    return moments.to_text(moments.from_text(moment) + timedelta(seconds=seconds))


def _asked(now: str, jobs: abc.Collection[str]) -> dict[str, object]:
    """Give what the statements below are asked with: they are built once, and asked after every batch."""
    return {"now": now, "latest": later(now, COLLECT_MOST), **_some(jobs)}


def _some(jobs: abc.Collection[str]) -> dict[str, object]:
    return {"some": sorted(jobs)} if jobs else {}


@functools.cache
def _first_claimable(*, of_some: bool) -> Any:  # noqa: ANN401  SQLAlchemy's own types
    batch = schema.batches
    query = _claimable(select(batch), of_some=of_some)
    return query.order_by(schema.jobs.c.number, batch.c.no).limit(1)


@functools.cache
def _any_claimable(*, of_some: bool) -> Any:  # noqa: ANN401  SQLAlchemy's own types
    return _claimable(select(schema.batches.c.no), of_some=of_some).limit(1)


@functools.cache
def _next_moment(*, of_some: bool) -> Any:  # noqa: ANN401  SQLAlchemy's own types
    table, batch, connection = schema.jobs, schema.batches, schema.connections
    waits = (batch.c.not_before, table.c.not_before, connection.c.not_before, batch.c.lease_until)
    latest = functools.reduce(_later_of, (func.coalesce(column, "") for column in waits))
    active = [state.value for state in (*_TAKES_NEW, *_RESOLVES)]
    query = (
        select(func.min(latest))
        .select_from(batch)
        .join(table, table.c.id == batch.c.job_id)
        .join(connection, connection.c.id == table.c.connection_id)
        .where(batch.c.state != BatchState.SETTLED.value, table.c.state.in_(active))
        .where(or_(_is_begun(batch), ~_waits()))
    )
    return query.where(table.c.id.in_(_SOME)) if of_some else query


def _claimable(query: Any, *, of_some: bool) -> Any:  # noqa: ANN401  SQLAlchemy's own types
    table, batch, connection = schema.jobs, schema.batches, schema.connections
    free = or_(batch.c.owner.is_(None), batch.c.lease_until < _NOW, batch.c.lease_until > _LATEST)
    is_begun = _is_begun(batch)
    wanted = or_(
        table.c.state.in_([state.value for state in _TAKES_NEW]),
        and_(table.c.state == JobState.CANCELLING.value, is_begun),
        and_(
            table.c.state == JobState.PAUSED.value,
            batch.c.state.in_([state.value for state in _IN_FLIGHT]),
        ),
    )
    query = (
        query.select_from(batch)
        .join(table, table.c.id == batch.c.job_id)
        .join(connection, connection.c.id == table.c.connection_id)
        .where(batch.c.state != BatchState.SETTLED.value, free, wanted)
        .where(_passed(batch.c.not_before), or_(_passed(table.c.not_before), _collects_no_more()))
        .where(_passed(connection.c.not_before))
        .where(~_is_at_work(batch))
        .where(or_(is_begun, ~_waits()))
    )
    return query.where(table.c.id.in_(_SOME)) if of_some else query


def _is_begun(batch: Any) -> Any:  # noqa: ANN401  SQLAlchemy's own types
    """Say that something of a batch may be on its way: whoever takes it resolves that first."""
    return or_(batch.c.state.in_([state.value for state in _IN_FLIGHT]), batch.c.remote_id.is_not(None))


def _waits() -> Any:  # noqa: ANN401  SQLAlchemy's own types
    """Say that a batch of an earlier job has to write some record of it first."""
    return literal_column(ordering.BLOCKING.format(job="batches.job_id", batch="batches.no"), Boolean)


def _collects_no_more() -> Any:  # noqa: ANN401  SQLAlchemy's own types
    """Say that a job collects until later than any window lasts: the clock was put back."""
    return and_(schema.jobs.c.collects == 1, schema.jobs.c.not_before > _LATEST)


def _is_at_work(batch: Any) -> Any:  # noqa: ANN401  SQLAlchemy's own types
    """Say that another batch of the same job is in somebody's hands.

    A job has one request under way at a time: a wait that the CRM states then meets no request that
    left before it, and rows of one parent do not lock each other out.
    """
    other = schema.batches.alias("other")
    is_held = and_(other.c.owner.is_not(None), other.c.lease_until.between(_NOW, _LATEST))
    return exists().where(other.c.job_id == batch.c.job_id, other.c.no != batch.c.no, is_held)


def _later_of(left: Any, right: Any) -> Any:  # noqa: ANN401  SQLAlchemy's own types
    return case((left > right, left), else_=right)


def _own(claim: Claim) -> tuple[Any, ...]:
    batch = schema.batches
    return (
        batch.c.job_id == claim.job_id,
        batch.c.no == claim.no,
        batch.c.fence == claim.fence,
        batch.c.owner == claim.owner,
    )


def _passed(column: Any) -> Any:  # noqa: ANN401  SQLAlchemy's own types
    return or_(column.is_(None), column <= _NOW)


def _start(db: Connection, job_id: str, now: str) -> None:
    jobs = schema.jobs
    waiting = [JobState.QUEUED.value, JobState.THROTTLED.value]
    db.execute(
        update(jobs)
        .where(jobs.c.id == job_id, jobs.c.state.in_(waiting))
        .values(state=JobState.RUNNING.value, not_before=None, stop_code="", stop_facts="{}")
    )
    db.execute(update(jobs).where(jobs.c.id == job_id, jobs.c.started_at.is_(None)).values(started_at=now))


def _claim(row: Any, *, owner: str, until: str) -> Claim:  # noqa: ANN401  SQLAlchemy's own types
    return Claim(
        job_id=JobId(row.job_id),
        no=int(row.no),
        first=int(row.first_seq),
        last=int(row.last_seq),
        rows=int(row.rows),
        owner=owner,
        fence=int(row.fence) + 1,
        lease_until=until,
        state=BatchState(row.state),
        tries=int(row.tries),
        has_outcome=row.outcome is not None,
        remote_id=row.remote_id,
        remote_state=row.remote_state,
        bulk_token_at=row.bulk_token_at,
    )
