"""A schedule in words: the same for the command line and the window. Plain text."""

from datetime import date, time
from typing import Final

from writeback.model.schedules import EVERY_DAY, WORKDAYS, Blackout, Cadence, Schedule
from writeback.runtime.wording import Words, mark, number, say

DAY_WORDS: Final = Words(
    {
        0: mark("Monday"),
        1: mark("Tuesday"),
        2: mark("Wednesday"),
        3: mark("Thursday"),
        4: mark("Friday"),
        5: mark("Saturday"),
        6: mark("Sunday"),
    }
)


def schedule_words(schedule: Schedule) -> str:
    """Say when something is due, and in which time zone."""
    return say("{when} ({zone})", when=_when(schedule), zone=schedule.zone)


def blackout_words(blackout: Blackout) -> str:
    """Say when a blackout is, and what it holds."""
    days = days_words(blackout.days or EVERY_DAY)
    if blackout.starts == blackout.ends and blackout.starts == time(0, 0):
        span = say("all day")
    else:
        span = say("{starts} to {ends}", starts=_time(blackout.starts), ends=_time(blackout.ends))
    if blackout.holds_sends:
        return say("{days}, {span}: no pulls, no sending", days=days, span=span)
    return say("{days}, {span}: no pulls", days=days, span=span)


def days_words(days: tuple[int, ...]) -> str:
    """Say some days of the week."""
    told = tuple(sorted(set(days)))
    if told == EVERY_DAY:
        return say("every day")
    if told == WORKDAYS:
        return say("Monday to Friday")
    return ", ".join(DAY_WORDS[one] for one in told)


def _when(schedule: Schedule) -> str:  # noqa: PLR0911  one sentence a cadence
    at = _time(schedule.at)
    match schedule.cadence:
        case Cadence.ONCE:
            return say("once, {day} at {time}", day=_day(schedule.on), time=at)
        case Cadence.MINUTES:
            return say("every %n minutes", schedule.every)
        case Cadence.HOURLY:
            return say("every hour at minute {minute}", minute=f"{schedule.at.minute:02d}")
        case Cadence.DAILY:
            return say("every day at {time}", time=at)
        case Cadence.WORKDAYS:
            return say("Monday to Friday at {time}", time=at)
        case Cadence.WEEKLY:
            return say("every {days} at {time}", days=days_words(schedule.days), time=at)
        case Cadence.MONTHLY:
            return say("on day {day} of each month at {time}", day=number(schedule.day), time=at)
        case Cadence.CRON:
            return say("cron {expression}", expression=schedule.cron)


def _time(at: time) -> str:
    return f"{at:%H:%M}"


def _day(on: date | None) -> str:
    return "?" if on is None else on.isoformat()
