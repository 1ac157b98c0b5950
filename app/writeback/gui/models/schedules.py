"""The words of schedules: when something is pulled by itself, and when next. One place for all screens."""

from collections import abc
from datetime import UTC, datetime

from writeback.gui.i18n import absolute
from writeback.gui.translating import tr
from writeback.model.schedules import PullSchedule
from writeback.runtime.reading_schedules import upcoming
from writeback.runtime.schedule_words import schedule_words

_NEVER = datetime.max.replace(tzinfo=UTC)


def next_words(held: PullSchedule | None, *, now: datetime) -> str:
    """Say when something is pulled by itself, and when next."""
    if held is None:
        return tr("Pulled only when somebody asks.")
    when = schedule_words(held.schedule)
    if held.is_paused:
        return tr("Schedule paused: {when}", when=when)
    return tr("Pulled by itself {when} · {next}", when=when, next=next_run(held, now=now))


def next_of(every: abc.Iterable[PullSchedule], *, now: datetime) -> PullSchedule | None:
    """Give the schedule of several that begins first, or is at work; never a paused one before."""

    def begins(held: PullSchedule) -> datetime:
        if held.is_running(now=now) or held.is_due(now=now):
            return now
        found = () if held.is_paused else upcoming(held, now=now)
        return found[0] if found else _NEVER

    return min(every, key=begins, default=None)


def next_run(held: PullSchedule | None, *, now: datetime) -> str:  # noqa: PLR0911  one word a state
    """Say when it begins next, shortly: for a cell."""
    if held is None:
        return tr("when asked")
    if held.is_paused:
        return tr("paused")
    if held.is_running(now=now):
        return tr("runs now")
    if held.is_due(now=now):
        return tr("due now")
    found = upcoming(held, now=now)
    if not found:
        return tr("over")
    if held.held_until is not None:
        return tr("held until {time}", time=absolute(held.held_until))
    if held.tries:
        return tr("failed, tried again {time}", time=absolute(found[0]))
    if held.last_code:
        return tr("failed, next {time}", time=absolute(found[0]))
    return tr("next {time}", time=absolute(found[0]))
