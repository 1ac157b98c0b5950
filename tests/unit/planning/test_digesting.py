"""When a change leaves the machine: at once, with a digest, after quiet hours; when the next try comes."""

from datetime import datetime, time, timedelta

import pytest

from writeback.planning.digesting import (
    BACKOFF,
    LONGEST_WAIT,
    MOST_APART,
    Rhythm,
    Waiting,
    messages_of,
    next_digest,
    next_try,
)

wall = datetime.fromisoformat
EIGHT = time(8)
AT = wall("2026-11-27 14:20")


def _of(*waiting: Waiting, now: datetime = AT, rhythm: Rhythm = Rhythm.OFF) -> tuple[tuple[int, ...], ...]:
    return messages_of(waiting, now=now, rhythm=rhythm, at=EIGHT)


def _waits(seq: int, *, urgent: bool = True, held: bool = False, since: datetime = AT) -> Waiting:
    return Waiting(seq, since, urgent, held)


def test_each_change_is_one_message_up_to_a_flood() -> None:
    few = [_waits(seq) for seq in range(MOST_APART)]
    assert _of(*few) == tuple((seq,) for seq in range(MOST_APART))
    assert _of(*few, _waits(MOST_APART)) == (tuple(range(MOST_APART + 1)),)


def test_what_was_held_goes_as_one_and_what_came_since_alone() -> None:
    assert _of(_waits(1, held=True), _waits(2, held=True), _waits(3)) == ((1, 2), (3,))


@pytest.mark.parametrize("rhythm", [Rhythm.HOURLY, Rhythm.DAILY])
def test_a_digest_takes_what_is_not_urgent_and_leaves_the_rest_alone(rhythm: Rhythm) -> None:
    quiet, loud = _waits(1, urgent=False), _waits(2)
    assert _of(quiet, loud, rhythm=rhythm) == ((2,),)
    late = AT + timedelta(days=1)
    assert _of(quiet, _waits(3, urgent=False, since=late), loud, now=late, rhythm=rhythm) == ((2,), (1, 3))


@pytest.mark.parametrize(
    ("since", "rhythm", "due"),
    [
        (AT, Rhythm.HOURLY, wall("2026-11-27 15:00")),
        (wall("2026-11-27 23:59:59"), Rhythm.HOURLY, wall("2026-11-28 00:00")),
        (wall("2026-11-27 15:00"), Rhythm.HOURLY, wall("2026-11-27 16:00")),
        (AT, Rhythm.DAILY, wall("2026-11-28 08:00")),
        (wall("2026-11-27 07:59"), Rhythm.DAILY, wall("2026-11-27 08:00")),
        (wall("2026-11-27 08:00"), Rhythm.DAILY, wall("2026-11-28 08:00")),
        (wall("2026-12-31 12:00"), Rhythm.DAILY, wall("2027-01-01 08:00")),
    ],
)
def test_a_digest_goes_at_the_next_hour_or_the_next_time_of_day(
    since: datetime, rhythm: Rhythm, due: datetime
) -> None:
    assert next_digest(since, rhythm=rhythm, at=EIGHT) == due


def test_tries_come_ever_later_and_end_after_a_day() -> None:
    waits = [next_try(tries) for tries in range(1, len(BACKOFF) + 1)]
    assert waits == list(BACKOFF)
    assert next_try(len(BACKOFF) + 1) is None
    assert timedelta(hours=20) < sum(BACKOFF, timedelta()) < timedelta(days=1)


@pytest.mark.parametrize(
    ("after", "waits"), [(0.5, BACKOFF[0]), (1000, timedelta(seconds=1000)), (-5, BACKOFF[0])]
)
def test_a_receiver_may_ask_for_longer_and_never_for_less(after: float, waits: timedelta) -> None:
    assert next_try(1, after=after) == waits
    assert next_try(1, after=1e12) == LONGEST_WAIT
