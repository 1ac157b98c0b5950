"""Schedules: when something is done by itself. Times are a clock on the wall of one time zone."""

import enum
import json
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, Self

from writeback.errors import InternalError
from writeback.model.canonical import Json
from writeback.model.types import IntegrationId


class Cadence(enum.StrEnum):
    """How often."""

    ONCE = "once"
    MINUTES = "minutes"
    HOURLY = "hourly"
    DAILY = "daily"
    WORKDAYS = "workdays"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    CRON = "cron"


WORKDAYS: Final = (0, 1, 2, 3, 4)
"""Monday to Friday."""
EVERY_DAY: Final = (0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class Blackout:
    """A part of the day in which nothing begins; it may pass midnight."""

    starts: time
    ends: time
    """The first minute after it. Equal to `starts`: a whole day."""
    days: tuple[int, ...] = ()
    """The days on which it starts, Monday is 0; (): every day."""
    holds_sends: bool = False
    """Jobs of the same connection do not begin in it either."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something is due; what a cadence does not use is left as it is here."""

    cadence: Cadence
    zone: str = "UTC"
    """A name of the IANA time zone database."""
    at: time = time(0, 0)
    """Once, daily, workdays, weekly, monthly: the time of day. Hourly: only its minute counts."""
    on: date | None = None
    """Once: the day."""
    every: int = 0
    """Minutes: how many lie between two runs."""
    days: tuple[int, ...] = ()
    """Weekly: the days of the week, Monday is 0."""
    day: int = 1
    """Monthly: the day of the month; a shorter month takes its last day."""
    cron: str = ""
    """Cron: minute, hour, day of month, month, day of week."""
    catch_up: bool = True
    """What was missed (asleep, shut down, held by a blackout) is done once, as soon as it can be."""
    blackouts: tuple[Blackout, ...] = ()

    def to_text(self) -> str:
        """Give its stored form, JSON."""
        plain: dict[str, Json] = {
            "cadence": self.cadence.value,
            "zone": self.zone,
            "at": self.at.isoformat("minutes"),
            "on": None if self.on is None else self.on.isoformat(),
            "every": self.every,
            "days": list(self.days),
            "day": self.day,
            "cron": self.cron,
            "catch_up": self.catch_up,
            "blackouts": [
                {
                    "starts": one.starts.isoformat("minutes"),
                    "ends": one.ends.isoformat("minutes"),
                    "days": list(one.days),
                    "holds_sends": one.holds_sends,
                }
                for one in self.blackouts
            ],
        }
        return json.dumps(plain, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read its stored form.

        Raises:
            InternalError: It is no schedule.
        """
        try:
            told = json.loads(text)
            return cls(
                cadence=Cadence(told["cadence"]),
                zone=str(told["zone"]),
                at=time.fromisoformat(told["at"]),
                on=None if told["on"] is None else date.fromisoformat(told["on"]),
                every=int(told["every"]),
                days=tuple(int(one) for one in told["days"]),
                day=int(told["day"]),
                cron=str(told["cron"]),
                catch_up=bool(told["catch_up"]),
                blackouts=tuple(
                    Blackout(
                        time.fromisoformat(one["starts"]),
                        time.fromisoformat(one["ends"]),
                        tuple(int(day) for day in one["days"]),
                        bool(one["holds_sends"]),
                    )
                    for one in told["blackouts"]
                ),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise InternalError("schedule.unreadable", text=text[:80]) from error


@dataclass(frozen=True, slots=True)
class Standing:
    """How a schedule stands at a moment."""

    due: datetime | None
    """The due moment to be answered for now; None: nothing is to be done now."""
    missed: int
    """How many due moments passed unanswered besides; at most `planning.scheduling.MISSED_MOST`."""
    held_until: datetime | None
    """The end of the blackout that holds what is due."""
    handled: datetime
    """Up to which moment all due ones are answered for once this standing was acted upon."""
    upcoming: datetime | None
    """When it will be looked at next: the next due moment, or the end of the blackout; None: never."""


@dataclass(frozen=True, slots=True)
class PullSchedule:
    """When an integration is pulled by itself, and how that stands."""

    integration_id: IntegrationId
    schedule: Schedule
    author: str
    changed_at: datetime
    is_paused: bool = False
    handled_at: datetime | None = None
    """All due moments up to it are answered for."""
    next_at: datetime | None = None
    """When it is looked at next: a due moment, another try, the end of a blackout. None: never again."""
    held_until: datetime | None = None
    """The end of the blackout that holds what is due."""
    tries: int = 0
    """How often what is due was tried in vain."""
    runs_until: datetime | None = None
    """Somebody runs it now, and says so again before then; over: they were killed, or sleep."""
    last_at: datetime | None = None
    """When it ran last, whatever came of it."""
    last_missed: int = 0
    """How many due moments that run stood for besides its own."""
    last_code: str = ""
    """Why that run failed; '' where it did not."""
    failed_at: datetime | None = None
    """When it failed for good, or too often in a row, and has not succeeded since; None: it is well."""

    def is_running(self, *, now: datetime) -> bool:
        """Say whether somebody runs it now."""
        return self.runs_until is not None and self.runs_until > now

    def is_due(self, *, now: datetime) -> bool:
        """Say whether something is due that nobody runs: no worker is there, or it comes in a moment."""
        return not self.is_paused and self.next_at is not None and self.next_at <= now
