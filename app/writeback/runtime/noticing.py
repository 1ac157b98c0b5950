"""What people are told without having asked: one notice for each change of state, one more on recovery.

A notice is derived from the workspace, never kept: what stands in the list is so now, or was a job's end
within two weeks. `Watch` tells what is new since the last look.

Must not: hold a value of a record; notices leave the window.
"""

import enum
from collections import abc
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from writeback.model.connections import SignInState
from writeback.model.jobs import JobState
from writeback.preferences import Preferences
from writeback.runtime.facade import JobView
from writeback.runtime.reading import Reading
from writeback.runtime.views import ConnectionView
from writeback.runtime.wording import number, say

TOLD_FOR: Final = timedelta(days=14)
"""For so long the end of a job that did not write all stays in the list."""


class NoticeKind(enum.StrEnum):
    """What is told; the name of the setting that says where."""

    FAILURE = "failure"
    PARTIAL = "partial"
    NEEDS_YOU = "needs_you"
    RECOVERED = "recovered"
    SIGN_IN = "sign_in"
    DRIFT = "drift"
    QUOTA = "quota"


PASSING: Final = frozenset({NoticeKind.NEEDS_YOU, NoticeKind.SIGN_IN, NoticeKind.DRIFT, NoticeKind.QUOTA})
"""Kinds that come to an end, which is told as a recovery."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell."""

    kind: NoticeKind
    key: str
    """The same as long as the same state lasts."""
    connection_id: str
    connection: str
    job_id: str = ""
    number: int = 0
    at: datetime | None = None
    rows: int = 0
    not_written: int = 0
    percent: int = 0
    was: NoticeKind | None = None
    """Of a recovery: what is over."""

    @property
    def subject(self) -> str:
        """What it is about: a job or a connection."""
        return self.job_id or self.connection_id


def notices_of(reading: Reading, preferences: Preferences, *, now: datetime) -> tuple[Notice, ...]:
    """Give what is to be told now, by the person's settings, the newest first; no recoveries."""
    muted = {str(one) for one in preferences.table("notifications.connections")}
    connections = [one for one in reading.connections() if str(one.connection.id) not in muted]
    names = {str(one.connection.id) for one in connections}
    percent = preferences.number("notifications.quota_percent")
    found = [notice for one in connections for notice in _of_connection(one, percent)]
    signed_out = {one.connection_id for one in found if one.kind is NoticeKind.SIGN_IN}
    for job in reading.jobs():
        notice = _of_job(job, is_signed_out=str(job.connection_id) in signed_out)
        if notice is not None and notice.connection_id in names and _is_fresh(notice, now):
            found.append(notice)
    told = [one for one in found if wanted(preferences, one.kind) != "off"]
    return tuple(sorted(told, key=lambda one: (one.at is None, one.at or now), reverse=True))


def wanted(preferences: Preferences, kind: NoticeKind) -> str:
    """Say where a kind is told: `off`, `window` or `window_tray`."""
    return preferences.text(f"notifications.{kind.value}")


def is_quiet(preferences: Preferences, *, now: datetime) -> bool:
    """Say whether nothing may leave the window at this local moment: quiet hours, or muted."""
    until = preferences.text("notifications.muted_until")
    if until and now < datetime.fromisoformat(until):
        return True
    if not preferences.is_on("notifications.quiet_hours"):
        return False
    begin = time.fromisoformat(preferences.text("notifications.quiet_from"))
    end = time.fromisoformat(preferences.text("notifications.quiet_until"))
    clock = now.time()
    return begin <= clock < end if begin <= end else clock >= begin or clock < end


class Watch:
    """Remembers what was told, and says what is new."""

    def __init__(self) -> None:
        self._known: dict[str, Notice] | None = None

    def look(self, found: abc.Iterable[Notice]) -> tuple[Notice, ...]:
        """Give what came and what is over since the last look; the first look tells nothing."""
        fresh = {one.key: one for one in found}
        known, self._known = self._known, fresh
        if known is None:
            return ()
        came = [one for key, one in fresh.items() if key not in known]
        moved = {one.subject for one in came}
        over = [
            replace(one, kind=NoticeKind.RECOVERED, key=f"recovered:{key}", was=one.kind, at=None)
            for key, one in known.items()
            if key not in fresh and one.kind in PASSING and one.subject not in moved
        ]
        return (*came, *over)


def words_of(notice: Notice, *, is_private: bool = False) -> str:
    """Say a notice in one sentence: our words, numbers and job names.

    Args:
        notice: What is told.
        is_private: It leaves the window (a lock screen): a connection's name stays out.
    """
    crm = say("A connection") if is_private else notice.connection
    if notice.was is not None:
        return _recovered(notice, crm)
    return _job_words(notice) if notice.job_id else _connection_words(notice, crm)


def _job_words(notice: Notice) -> str:
    job = say("Job {number}", number=notice.number)
    if notice.kind is NoticeKind.NEEDS_YOU:
        return say("{job} needs you: somebody has to say what becomes of some rows.", job=job)
    rows = number(notice.rows)
    if notice.kind is NoticeKind.PARTIAL:
        missed = number(notice.not_written)
        return say(
            "{job} is done; {count} of its {rows} rows were not written.", job=job, count=missed, rows=rows
        )
    if not notice.rows:
        return say("{job} stopped. Nothing more is sent until somebody resumes it.", job=job)
    return say("{job} failed: none of its %n rows was written.", notice.rows, job=job)


def _connection_words(notice: Notice, crm: str) -> str:
    if notice.kind is NoticeKind.SIGN_IN:
        return say("{connection}: its sign-in has ended. Its jobs wait for a new one.", connection=crm)
    if notice.kind is NoticeKind.DRIFT:
        return say("{connection}: fields or objects changed. What they stop waits.", connection=crm)
    percent = number(notice.percent)
    return say("{connection}: {percent} % of today's calls are used.", connection=crm, percent=percent)


def _recovered(notice: Notice, crm: str) -> str:
    match notice.was:
        case NoticeKind.SIGN_IN:
            return say("{connection} is signed in again.", connection=crm)
        case NoticeKind.DRIFT:
            return say("{connection}: no changed field or object stops anything any more.", connection=crm)
        case NoticeKind.QUOTA:
            return say("{connection}: there are calls again today.", connection=crm)
        case _:
            return say("{job} goes on.", job=say("Job {number}", number=notice.number))


def _of_connection(view: ConnectionView, percent: int) -> abc.Iterator[Notice]:
    connection = view.connection
    place, name = str(connection.id), connection.name
    if connection.sign_in is SignInState.NEEDED:
        yield Notice(NoticeKind.SIGN_IN, f"sign_in:{place}", place, name)
    if view.drifted:
        yield Notice(NoticeKind.DRIFT, f"drift:{place}", place, name)
    shares = [int(one.used * 100 / one.most) for one in view.usage if one.is_daily and one.most > 0]
    if shares and max(shares) >= percent:
        yield Notice(NoticeKind.QUOTA, f"quota:{place}", place, name, percent=max(shares))


def _of_job(job: JobView, *, is_signed_out: bool) -> Notice | None:
    counts = job.counts
    missed = counts.rejected + counts.conflict + counts.unknown + counts.blocked
    base = Notice(
        NoticeKind.FAILURE,
        "",
        str(job.connection_id),
        job.connection,
        str(job.id),
        job.number,
        at=job.finished_at,
        rows=counts.rows,
        not_written=missed,
    )
    if job.state is JobState.NEEDS_YOU:
        return replace(base, kind=NoticeKind.NEEDS_YOU, key=f"needs_you:{job.id}", at=job.started_at)
    if job.state is JobState.STOPPED and not is_signed_out:
        return replace(base, key=f"stopped:{job.id}", at=job.started_at, rows=0)
    if job.state is not JobState.DONE or not missed:
        return None
    if counts.applied or counts.unchanged:
        return replace(base, kind=NoticeKind.PARTIAL, key=f"partial:{job.id}")
    return replace(base, key=f"failure:{job.id}")


def _is_fresh(notice: Notice, now: datetime) -> bool:
    return notice.kind in PASSING or notice.at is None or now - notice.at <= TOLD_FOR
