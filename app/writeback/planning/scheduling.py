"""When a schedule is due, what of it was missed, and whether a blackout holds it.

Clocks that are put forward: what falls into the hour that is not there is due in its first minute after.
Clocks that are put back: what falls into the hour that comes twice is due the first time only; hourly
runs, and those every so many minutes, go on through both. Cron expressions behave as Debian's cron does.
"""

import calendar
from collections import abc
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from writeback.model.changes import Reason
from writeback.model.schedules import EVERY_DAY, WORKDAYS, Blackout, Cadence, Schedule, Standing

EVERY_MOST: Final = 24 * 60
LATE: Final = timedelta(minutes=5)
"""What is answered for within this was not missed."""
BACK: Final = timedelta(days=2)
"""A clock that is put back by less makes nothing due twice; by more, all counts from now."""
MISSED_MOST: Final = 999
BLACKOUTS_MOST: Final = 20
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)
_EPOCH: Final = datetime(2000, 1, 1)  # noqa: DTZ001  a wall clock; its zone is the schedule's
_LOOK_BACK: Final = timedelta(hours=2)
_TRIES: Final = 60
"""So many due moments may be dropped in a row before a schedule is said to begin nothing."""
_CRON_PARTS: Final = (
    ("minute", "schedule.cron_minute"),
    ("hour", "schedule.cron_hour"),
    ("day-of-month", "schedule.cron_day"),
    ("month", "schedule.cron_month"),
    ("day-of-week", "schedule.cron_weekday"),
)
"""As cronsim calls them, in their order."""


def zone_of(name: str) -> ZoneInfo | None:
    """Give a time zone; None where there is none of that name."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def problems(schedule: Schedule, *, now: datetime) -> tuple[tuple[str, Reason], ...]:
    """Say what is wrong with a schedule: each the field of `Schedule` it stands at, and why."""
    found = list(_problems(schedule))
    if not found and next_due(schedule, now) is None:
        is_once = schedule.cadence is Cadence.ONCE
        facts = (("cron", schedule.cron[:80]),) if schedule.cadence is Cadence.CRON else ()
        found = [("on", Reason("schedule.past"))] if is_once else [("cron", Reason("schedule.never", facts))]
    if not found and schedule.blackouts and _is_always_dark(schedule, now):
        found = [("blackouts", Reason("schedule.always_dark"))]
    return tuple(found)


def next_due(schedule: Schedule, after: datetime) -> datetime | None:
    """Give the first due moment after another one, in UTC, blackouts aside; None: there is none.

    The schedule has no `problems`; `after` is aware.
    """
    return next(_dues(schedule, after), None)


def upcoming(schedule: Schedule, after: datetime, *, count: int) -> tuple[datetime, ...]:
    """Give the next moments at which something will begin: due ones in a blackout wait for its end."""
    found: list[datetime] = []
    last = after
    for _ in range(count + _TRIES):
        due = next_due(schedule, last)
        if due is None or len(found) == count:
            break
        until = held_until(schedule, due)
        if until is None:
            found.append(due)
            last = due
        elif schedule.catch_up:
            found.append(until)
            last = until
        else:
            last = until - timedelta.resolution  # what is due when the blackout ends is outside it
    return tuple(found)


def standing(schedule: Schedule, *, since: datetime, now: datetime, was_begun: bool = False) -> Standing:
    """Say how a schedule stands.

    Args:
        schedule: Without `problems`.
        since: Up to when all due moments are answered for; further ahead than `BACK`, it counts from now.
        now: The present moment.
        was_begun: What is due was begun in time and did not come to its end: it is not late.

    Returns:
        All due moments between the two count as one run. Without catch-up only one that is no later
        than `LATE` counts, and none that a blackout held.
    """
    if since - now > BACK:
        return Standing(None, 0, None, now, next_due(schedule, now))
    passed = _passed(schedule, since, now)
    if not passed:
        return Standing(None, 0, None, since, next_due(schedule, max(since, now)))
    last, missed = passed[-1], len(passed) - 1
    until = held_until(schedule, now)
    if not schedule.catch_up and not was_begun:
        is_late = now - last > LATE or held_until(schedule, last) is not None or until is not None
        if is_late:
            return Standing(None, len(passed), None, last, next_due(schedule, now))
    if until is not None:
        return Standing(None, missed, until, since, until)
    return Standing(last, missed, None, last, next_due(schedule, now))


def held_until(schedule: Schedule, moment: datetime, *, sends: bool = False) -> datetime | None:
    """Give the end of the blackouts that a moment lies in; None: it lies in none.

    Args:
        schedule: Whose.
        moment: Aware.
        sends: Only blackouts that hold jobs too.

    Returns:
        The end of the last one where several follow on each other.
    """
    zone = zone_of(schedule.zone)
    told = [one for one in schedule.blackouts if one.holds_sends or not sends]
    if zone is None or not told:
        return None
    found: datetime | None = None
    for _ in range(8 * len(told)):  # a week of days after each other: then it is always dark
        ends = [end for one in told if (end := _end_of(one, zone, found or moment)) is not None]
        if not ends:
            break
        found = max(ends)
    return found


def _problems(schedule: Schedule) -> abc.Iterator[tuple[str, Reason]]:
    if zone_of(schedule.zone) is None:
        yield "zone", Reason("schedule.bad_zone", (("zone", schedule.zone[:80]),))
    match schedule.cadence:
        case Cadence.ONCE if schedule.on is None:
            yield "on", Reason("schedule.no_day")
        case Cadence.MINUTES if not 1 <= schedule.every <= EVERY_MOST:
            yield "every", Reason("schedule.bad_minutes", (("most", str(EVERY_MOST)),))
        case Cadence.WEEKLY if not schedule.days or not set(schedule.days) <= set(EVERY_DAY):
            yield "days", Reason("schedule.no_weekday")
        case Cadence.MONTHLY if not 1 <= schedule.day <= 31:
            yield "day", Reason("schedule.bad_day")
        case Cadence.CRON:
            yield from _cron_problems(schedule.cron)
        case _:
            pass
    if len(schedule.blackouts) > BLACKOUTS_MOST:
        yield "blackouts", Reason("schedule.many_blackouts", (("most", str(BLACKOUTS_MOST)),))
    if any(not set(one.days) <= set(EVERY_DAY) for one in schedule.blackouts):
        yield "blackouts", Reason("schedule.no_weekday")


def _cron_problems(text: str) -> abc.Iterator[tuple[str, Reason]]:
    fields = text.split()
    if len(fields) != len(_CRON_PARTS):
        told = (("cron", text[:80]), ("fields", str(len(fields))))
        yield "cron", Reason("schedule.cron_fields", told)
        return
    from cronsim import CronSim, CronSimError  # noqa: PLC0415  only who writes a cron expression needs it

    try:
        CronSim(text, _EPOCH.replace(tzinfo=UTC))
    except CronSimError as error:
        for (part, code), field in zip(_CRON_PARTS, fields, strict=True):
            if str(error) == f"Bad {part}":
                yield "cron", Reason(code, (("part", field[:40]),))
                return
        yield "cron", Reason("schedule.bad_cron", (("cron", text[:80]),))
    except ValueError:  # digits without end
        yield "cron", Reason("schedule.bad_cron", (("cron", text[:80]),))


def _is_always_dark(schedule: Schedule, now: datetime) -> bool:
    """Say whether no moment of the next week is outside all blackouts, or no due one without catch-up."""
    if _covers_week(schedule):
        return True
    return not schedule.catch_up and not upcoming(schedule, now, count=1)


def _covers_week(schedule: Schedule) -> bool:
    """Say whether the blackouts leave no minute of a week of 24-hour days."""
    free = set(range(7 * 1440))
    for one in schedule.blackouts:
        first, last = one.starts.hour * 60 + one.starts.minute, one.ends.hour * 60 + one.ends.minute
        length = last - first if last > first else last - first + 1440
        for day in one.days or EVERY_DAY:
            free -= {(day * 1440 + first + minute) % (7 * 1440) for minute in range(length)}
    return not free


def _end_of(blackout: Blackout, zone: ZoneInfo, moment: datetime) -> datetime | None:
    """Give the end of a blackout that a moment lies in."""
    today = moment.astimezone(zone).date()
    for start_day in (today, today - _DAY):
        if blackout.days and start_day.weekday() not in blackout.days:
            continue
        end_day = start_day if blackout.ends > blackout.starts else start_day + _DAY
        starts = _moment(start_day, blackout.starts, zone)
        ends = _moment(end_day, blackout.ends, zone, is_last=True)
        if starts <= moment < ends:
            return ends
    return None


def _passed(schedule: Schedule, since: datetime, now: datetime) -> list[datetime]:
    """Give the newest due moments in (since, now], at most `MISSED_MOST` and one.

    They are looked for backwards from now, in growing steps: a year of minutes is not counted.
    """
    span = _LOOK_BACK
    while True:
        start = max(since, now - span)
        found = list(takewhile(now.__ge__, _dues(schedule, start)))
        if start == since or len(found) > MISSED_MOST:
            return found[-MISSED_MOST - 1 :]
        span *= 4


def _dues(schedule: Schedule, after: datetime) -> abc.Iterator[datetime]:
    """Give all due moments after another one, in order and each once."""
    zone = zone_of(schedule.zone)
    if zone is None:
        return
    last = after.astimezone(UTC)
    for due in _candidates(schedule, zone, last):
        if due > last:
            yield due
            last = due


def _candidates(schedule: Schedule, zone: ZoneInfo, after: datetime) -> abc.Iterator[datetime]:
    match schedule.cadence:
        case Cadence.ONCE:
            if schedule.on is not None:
                yield _moment(schedule.on, schedule.at, zone)
        case Cadence.MINUTES:
            step = timedelta(minutes=schedule.every)
            begun = _EPOCH.replace(tzinfo=zone).astimezone(UTC)
            due = begun + ((after - begun) // step + 1) * step
            while True:
                yield due
                due += step
        case Cadence.HOURLY:
            yield from _hourly(schedule.at.minute, zone, after)
        case Cadence.CRON:
            yield from _cron(schedule.cron, zone, after)
        case Cadence.DAILY | Cadence.WORKDAYS | Cadence.WEEKLY | Cadence.MONTHLY:
            first = after.astimezone(zone).date() - _DAY
            for day in _days(first):
                if _is_day(schedule, day):
                    yield _moment(day, schedule.at, zone)


def _hourly(minute: int, zone: ZoneInfo, after: datetime) -> abc.Iterator[datetime]:
    due = after.replace(second=0, microsecond=0)
    while True:
        due += _MINUTE
        while wait := (minute - due.astimezone(zone).minute) % 60:
            # a clock may be put forward meanwhile by less than an hour: look again where that led
            due += _MINUTE * wait
        yield due


def _cron(text: str, zone: ZoneInfo, after: datetime) -> abc.Iterator[datetime]:
    from cronsim import CronSim  # noqa: PLC0415  only who has a cron expression needs it

    for due in CronSim(text, after.astimezone(zone)):
        yield due.astimezone(UTC)


def _days(first: date) -> abc.Iterator[date]:
    return (first + _DAY * number for number in range((date.max - first).days))


def _is_day(schedule: Schedule, day: date) -> bool:
    match schedule.cadence:
        case Cadence.WORKDAYS:
            return day.weekday() in WORKDAYS
        case Cadence.WEEKLY:
            return day.weekday() in schedule.days
        case Cadence.MONTHLY:
            return day.day == min(schedule.day, calendar.monthrange(day.year, day.month)[1])
        case _:
            return True


def _moment(day: date, at: time, zone: ZoneInfo, *, is_last: bool = False) -> datetime:
    """Give when a clock on the wall shows this, in UTC.

    The first time where it does so twice (the last, where asked for); where it never does, the first
    moment after.
    """
    wall = datetime.combine(day, at.replace(tzinfo=None))
    while True:
        moment = wall.replace(tzinfo=zone, fold=int(is_last)).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
            return moment
        wall += _MINUTE
