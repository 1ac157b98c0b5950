"""When a change of a state leaves the machine: at once, in a digest, or after the quiet hours.

Moments here are what the wall clock shows where the person is, without a zone: quiet hours and the hour of a
digest are meant by that clock, also over midnight and over the change to summer time.
"""

import enum
from collections import abc
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

MOST_APART: Final = 5
"""More changes than this at one look go as one message: a mail for each would be a flood."""
BACKOFF: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
)
"""How long after each failed try the next one comes; after the last of them the message is given up."""
LONGEST_WAIT: Final = timedelta(days=1)


class Rhythm(enum.StrEnum):
    """How often what is not urgent is sent."""

    OFF = "off"
    """At once, like everything."""
    HOURLY = "hourly"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One change that waits to be put into a message."""

    seq: int
    since: datetime
    """By the wall clock."""
    is_urgent: bool
    is_held: bool = False
    """Quiet hours kept it back."""


def messages_of(
    waiting: abc.Sequence[Waiting], *, now: datetime, rhythm: Rhythm, at: time
) -> tuple[tuple[int, ...], ...]:
    """Say which changes go now, each tuple as one message; the rest goes on waiting.

    Not to be asked in quiet hours: nothing goes then.

    Args:
        waiting: Oldest first.
        now: By the wall clock.
        rhythm: Of the digest.
        at: The time of a daily digest.
    """
    rest = [one for one in waiting if rhythm is not Rhythm.OFF and not one.is_urgent]
    digest: list[int] = []
    if rest and now >= next_digest(rest[0].since, rhythm=rhythm, at=at):
        digest = [one.seq for one in rest]
    gathered = {one.seq for one in rest}
    soon = [one for one in waiting if one.seq not in gathered]
    held = [one.seq for one in soon if one.is_held]
    apart = [one.seq for one in soon if not one.is_held]
    alone: list[tuple[int, ...]] = [(seq,) for seq in apart]
    if len(apart) > MOST_APART:
        alone = [tuple(apart)]
    return tuple(part for part in (tuple(held), *alone, tuple(digest)) if part)


def next_digest(since: datetime, *, rhythm: Rhythm, at: time) -> datetime:
    """Give when a digest goes that has waited since a moment, both by the wall clock."""
    if rhythm is Rhythm.HOURLY:
        return since.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    today = datetime.combine(since.date(), at)
    return today if today > since else today + timedelta(days=1)


def next_try(tries: int, *, after: float | None = None) -> timedelta | None:
    """Say how long to wait after so many failed tries; None: give it up.

    Args:
        tries: Tries made so far, at least one.
        after: Seconds that the receiver asked us to wait.
    """
    if tries > len(BACKOFF):
        return None
    asked = timedelta(seconds=min(max(after or 0.0, 0.0), LONGEST_WAIT.total_seconds()))
    return max(BACKOFF[tries - 1], asked)
