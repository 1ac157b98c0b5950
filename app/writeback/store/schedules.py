"""Schedules of pulls: when each is looked at next, and who runs what is due.

A run is held by a lease of database time, fenced like a batch: two workers never run one due moment
twice, and what a killed one left is run by whoever comes next.

Must not: pull; ask a clock.
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.engine import Connection

from writeback.model.schedules import PullSchedule, Schedule
from writeback.model.types import ConnectionId, IntegrationId
from writeback.planning import scheduling
from writeback.store import moments, schema, sqlite

TOLD_FROM: Final = 4
"""After so many tries in vain people are told: a CRM that is away for some minutes is no news."""
_LEASE_MOST: Final = timedelta(hours=1)
"""No lease lasts longer."""
_table: Final = schema.pull_schedules


@dataclass(frozen=True, slots=True)
class Run:
    """What is due, in somebody's hands."""

    integration_id: IntegrationId
    schedule: Schedule
    author: str
    due: datetime
    missed: int
    tries: int
    owner: str
    fence: int


def put(db: Connection, integration_id: str, schedule: Schedule, *, author: str, at: datetime) -> None:
    """Keep the schedule of an integration, in place of the one there was; what is due counts from now."""
    values = {
        "integration_id": integration_id,
        "body": schedule.to_text(),
        "author": author,
        "changed_at": moments.to_text(at),
        "is_paused": 0,
        "handled_at": moments.to_text(at),
        "next_at": moments.to_optional(scheduling.next_due(schedule, at)),
        "held_until": None,
        "tries": 0,
    }
    sqlite.upsert(db, _table, values)


def remove(db: Connection, integration_id: str) -> bool:
    """Pull by hand only from now on; False where it was so already."""
    return bool(db.execute(delete(_table).where(_table.c.integration_id == integration_id)).rowcount)


def pause(db: Connection, integration_id: str) -> bool:
    """Begin nothing by itself until `go_on`; False where there is no schedule."""
    mine = _table.c.integration_id == integration_id
    return bool(db.execute(update(_table).where(mine).values(is_paused=1, held_until=None)).rowcount)


def go_on(db: Connection, integration_id: str, *, at: datetime) -> bool:
    """Count from now again: what was due while it was paused is not made up for."""
    found = get(db, integration_id)
    if found is None:
        return False
    values = {
        "is_paused": 0,
        "handled_at": moments.to_text(at),
        "next_at": moments.to_optional(scheduling.next_due(found.schedule, at)),
        "tries": 0,
    }
    db.execute(update(_table).where(_table.c.integration_id == integration_id).values(**values))
    return True


def get(db: Connection, integration_id: str) -> PullSchedule | None:
    """Give the schedule of an integration."""
    row = db.execute(select(_table).where(_table.c.integration_id == integration_id)).first()
    return None if row is None else _loaded(row)


def every(db: Connection, *, connection_id: str = "") -> tuple[PullSchedule, ...]:
    """Give all schedules, or those of one connection, in the order of their integrations."""
    query = select(_table).order_by(func.length(_table.c.integration_id), _table.c.integration_id)
    if connection_id:
        table = schema.integrations
        query = query.join(table, table.c.id == _table.c.integration_id)
        query = query.where(table.c.connection_id == connection_id)
    return tuple(_loaded(row) for row in db.execute(query))


def next_moment(db: Connection) -> datetime | None:
    """Give when the next schedule is to be looked at."""
    waits = select(func.min(_table.c.next_at)).where(_table.c.is_paused == 0, _table.c.owner.is_(None))
    return moments.from_optional(db.execute(waits).scalar())


def has_lost(db: Connection, *, now: str) -> bool:
    """Say whether a lease ran out: its owner was killed, slept, or the clock was put back."""
    is_lost = or_(_table.c.lease_until < now, *_is_ahead(now))
    lost = select(_table.c.integration_id).where(_table.c.is_paused == 0, is_lost).limit(1)
    return db.execute(lost).first() is not None


def _is_ahead(now: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Say that a schedule is held, or answered for, until long after now: the clock was put back."""
    at = moments.from_text(now)
    held, handled = (moments.to_text(at + one) for one in (_LEASE_MOST, scheduling.BACK))
    return _table.c.lease_until > held, _table.c.handled_at > handled


def claim(db: Connection, *, owner: str, now: str, lease_s: float) -> Run | None:
    """Take what is due; None when nothing is. What is due no more, or held, is noted on the way.

    Args:
        db: The write transaction; the claim is real once it commits.
        owner: Who takes it: unique to a worker and thread.
        now: Database time.
        lease_s: For how long.
    """
    at = moments.from_text(now)
    is_held_ahead, is_handled_ahead = _is_ahead(now)
    free = or_(_table.c.owner.is_(None), _table.c.lease_until < now, is_held_ahead)
    is_due = or_(_table.c.next_at <= now, is_handled_ahead)
    query = select(_table).where(_table.c.is_paused == 0, is_due, free)
    for row in db.execute(query.order_by(_table.c.next_at)).all():
        mine = update(_table).where(_table.c.integration_id == row.integration_id)
        schedule = Schedule.from_text(row.body)
        told = scheduling.standing(
            schedule, since=moments.from_text(row.handled_at), now=at, was_begun=bool(row.tries or row.owner)
        )
        if told.due is None:
            changed = {
                "handled_at": moments.to_text(told.handled),
                "next_at": moments.to_optional(told.upcoming),
                "held_until": moments.to_optional(told.held_until),
                "owner": None,
                "lease_until": None,
            }
            db.execute(mine.values(**changed))
            continue
        fence = int(row.fence) + 1
        until = moments.to_text(at + timedelta(seconds=lease_s))
        db.execute(mine.values(owner=owner, lease_until=until, fence=fence, held_until=None))
        return Run(
            IntegrationId(row.integration_id),
            schedule,
            str(row.author),
            told.due,
            told.missed,
            int(row.tries),
            owner,
            fence,
        )
    return None


def renew(db: Connection, run: Run, *, now: str, lease_s: float) -> bool:
    """Hold a run for longer; False when it is lost."""
    until = moments.to_text(moments.from_text(now) + timedelta(seconds=lease_s))
    return _change(db, run, {"lease_until": until})


def finish(db: Connection, run: Run, *, at: datetime, code: str = "", is_told: bool = True) -> bool:
    """Answer for what was due, and for what came due while it ran; False when somebody else holds it now.

    A schedule that was put in its place meanwhile counts from its own moment and stays as it is.

    Args:
        db: The write transaction.
        run: What ended.
        at: When.
        code: Why it failed; '' it did not.
        is_told: Whether a failure is told as one of the pull: that a sign-in ended is told by itself.
    """
    values = {
        "handled_at": moments.to_text(at),
        "next_at": moments.to_optional(scheduling.next_due(run.schedule, at)),
        "tries": 0,
    }
    failed = {} if code and not is_told else {"failed_at": moments.to_text(at) if code else None}
    return _end(db, run, values, at=at, code=code, more=failed)


def put_off(db: Connection, run: Run, *, at: datetime, until: datetime, code: str) -> bool:
    """Try what is due again later; the next due moment stays. False when somebody else holds it now."""
    values = {"next_at": moments.to_text(until), "tries": run.tries + 1}
    failed = {"failed_at": moments.to_text(at)} if run.tries + 1 >= TOLD_FROM else {}
    return _end(db, run, values, at=at, code=code, more=failed)


def held_sends(db: Connection, connection_id: str, *, now: datetime) -> datetime | None:
    """Give until when blackouts hold the jobs of a connection; None: they do not."""
    found = every(db, connection_id=ConnectionId(connection_id))
    ends = (scheduling.held_until(one.schedule, now, sends=True) for one in found if not one.is_paused)
    return max((end for end in ends if end is not None), default=None)


def _end(
    db: Connection,
    run: Run,
    values: abc.Mapping[str, Any],
    *,
    at: datetime,
    code: str,
    more: abc.Mapping[str, Any],
) -> bool:
    ended = {
        **more,
        "owner": None,
        "lease_until": None,
        "last_at": moments.to_text(at),
        "last_missed": run.missed,
        "last_code": code,
    }
    found = get(db, run.integration_id)
    is_another = found is not None and found.schedule != run.schedule
    return _change(db, run, ended if is_another else {**ended, **values})


def _change(db: Connection, run: Run, values: abc.Mapping[str, Any]) -> bool:
    mine = (
        _table.c.integration_id == run.integration_id,
        _table.c.owner == run.owner,
        _table.c.fence == run.fence,
    )
    return bool(db.execute(update(_table).where(*mine).values(**values)).rowcount)


def _loaded(row: Any) -> PullSchedule:  # noqa: ANN401  SQLAlchemy's own types
    return PullSchedule(
        IntegrationId(row.integration_id),
        Schedule.from_text(row.body),
        str(row.author),
        moments.from_text(row.changed_at),
        bool(row.is_paused),
        moments.from_text(row.handled_at),
        moments.from_optional(row.next_at),
        moments.from_optional(row.held_until),
        int(row.tries),
        None if row.owner is None else moments.from_optional(row.lease_until),
        moments.from_optional(row.last_at),
        int(row.last_missed),
        str(row.last_code),
        moments.from_optional(row.failed_at),
    )
