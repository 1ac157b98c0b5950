"""What people are told without having asked: one notice for each change of state, one more on recovery.

A notice is derived from the workspace, never kept: what stands in the list is so now, or was a job's end
within two weeks. `changes` tells what is new between two looks, `Watch` since the last look of a window;
`runtime.delivering` keeps the last look in the workspace, for what leaves the machine.

Must not: hold a value of a record; notices leave the window.
"""

from collections import abc
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from writeback.model.connections import SignInState
from writeback.model.jobs import JobState
from writeback.model.notices import PASSING, Notice, NoticeKind
from writeback.preferences import Preferences
from writeback.runtime.facade import JobView
from writeback.runtime.play_notices import play_notices
from writeback.runtime.reading import Reading
from writeback.runtime.views import ConnectionView
from writeback.store import connections, integrations, messages, schedules
from writeback.store.workspace import Db

TOLD_FOR: Final = timedelta(days=14)
"""For so long the end of a job that did not write all stays in the list."""


def states_of(reading: Reading, preferences: Preferences, *, now: datetime) -> tuple[Notice, ...]:
    """Give all that is so now, whoever wants to be told of it; only the share of the quota is a setting."""
    percent = preferences.number("notifications.quota_percent")
    found = [notice for one in reading.connections() for notice in _of_connection(one, percent)]
    signed_out = {one.connection_id for one in found if one.kind is NoticeKind.SIGN_IN}
    for job in reading.jobs():
        notice = _of_job(job, is_signed_out=str(job.connection_id) in signed_out)
        if notice is not None and _is_fresh(notice, now):
            found.append(notice)
    found += _of_messages(reading)
    with reading.workspace.reading() as db:
        found += [*play_notices(db), *_of_pulls(db)]
    return tuple(sorted(found, key=lambda one: (one.at is None, one.at or now), reverse=True))


def notices_of(reading: Reading, preferences: Preferences, *, now: datetime) -> tuple[Notice, ...]:
    """Give what is to be told now, by the person's settings, the newest first; no recoveries."""
    return tuple(one for one in states_of(reading, preferences, now=now) if is_told(preferences, one))


def is_told(preferences: Preferences, notice: Notice) -> bool:
    """Say whether the person wants to be told of this: its kind is not off, its connection not muted."""
    return not is_muted(preferences, notice) and wanted(preferences, notice.kind) != "off"


def is_muted(preferences: Preferences, notice: Notice) -> bool:
    """Say whether nothing is told of the notice's connection, anywhere."""
    return notice.connection_id in preferences.table("notifications.connections")


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


def changes(before: abc.Iterable[Notice], now: abc.Iterable[Notice]) -> tuple[Notice, ...]:
    """Give what came and what is over between two looks."""
    known, fresh = {one.key: one for one in before}, {one.key: one for one in now}
    came = [one for key, one in fresh.items() if key not in known]
    moved = {one.subject for one in came}
    over = [
        replace(one, kind=NoticeKind.RECOVERED, key=f"recovered:{key}", was=one.kind, at=None)
        for key, one in known.items()
        if key not in fresh and one.kind in PASSING and one.subject not in moved
    ]
    return (*came, *over)


class Watch:
    """Remembers what was so at the last look of a window, and says what is new."""

    def __init__(self) -> None:
        self._known: tuple[Notice, ...] | None = None

    def look(self, found: abc.Iterable[Notice]) -> tuple[Notice, ...]:
        """Give what came and what is over since the last look; the first look tells nothing."""
        known, self._known = self._known, tuple(found)
        return () if known is None else changes(known, self._known)


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
    missed = counts.rejected + counts.conflict + counts.blocked
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
        unknown=counts.unknown,
    )
    if job.state is JobState.NEEDS_YOU:
        return replace(base, kind=NoticeKind.NEEDS_YOU, key=f"needs_you:{job.id}", at=job.started_at)
    if job.state is JobState.STOPPED and not is_signed_out:
        return replace(base, key=f"stopped:{job.id}", at=job.started_at, rows=0, unknown=0)
    if job.state is not JobState.DONE or not (missed or counts.unknown):
        return None
    if counts.applied or counts.unchanged:
        return replace(base, kind=NoticeKind.PARTIAL, key=f"partial:{job.id}")
    return replace(base, key=f"failure:{job.id}")


def _of_messages(reading: Reading) -> abc.Iterator[Notice]:
    with reading.workspace.reading() as db:
        failing = [one for one in messages.last_tried(db) if one.is_failing]
    if not failing:
        return
    from writeback.runtime.channels import titles  # noqa: PLC0415  pydantic: only where needed

    known = titles(reading.host)
    for one in failing:
        name = known.get(one.channel, one.channel)
        yield Notice(NoticeKind.DELIVERY, f"delivery:{one.channel}", "", name, channel=one.channel)


def _of_pulls(db: Db) -> abc.Iterator[Notice]:
    """Give the schedules that fail; one whose integration was pulled by hand since is well."""
    for one in schedules.every(db):
        if one.failed_at is None or one.is_paused:
            continue
        integration = integrations.get(db, one.integration_id)
        if integration.last_pull_at is None or integration.last_pull_at < one.failed_at:
            yield Notice(
                NoticeKind.PULL,
                f"pull:{integration.id}",
                str(integration.connection_id),
                connections.get(db, integration.connection_id).name,
                at=one.failed_at,
                about=integration.object,
                about_id=str(integration.id),
            )


def _is_fresh(notice: Notice, now: datetime) -> bool:
    return notice.kind in PASSING or notice.at is None or now - notice.at <= TOLD_FOR
