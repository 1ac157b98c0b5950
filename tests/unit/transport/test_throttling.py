import random
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.errors import ContractBrokenError, RateLimitedError
from writeback.transport.throttling import Pace, Throttle, Window, parse_retry_after

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass
class Clock:
    at: float = 50.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.at

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.at - 50.0)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


@dataclass
class Board:
    """A wait shared between processes."""

    until: datetime | None = None

    def load(self) -> datetime | None:
        return self.until

    def note(self, until: datetime) -> None:
        self.until = max(until, self.until or until)


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  jitter, not a secret


def throttle(clock: Clock, *windows: Window, **options: Any) -> Throttle:
    made: dict[str, Any] = {"longest_block_s": 1e9, **options}
    return Throttle(
        Pace(windows), now=clock.now, monotonic=clock.monotonic, sleep=clock.sleep, rng=dice(7), **made
    )


def test_without_limits_nobody_waits() -> None:
    clock = Clock()
    gate = throttle(clock)
    for _ in range(1000):
        gate.acquire()
    assert clock.slept == []
    assert gate.waiting_until is None


def test_all_windows_are_kept_at_once() -> None:
    clock = Clock()
    gate = throttle(clock, Window(3, 1.0), Window(5, 10.0))
    moments = []
    for _ in range(12):
        gate.acquire()
        moments.append(clock.at)
    for window in (Window(3, 1.0), Window(5, 10.0)):
        crowds = [sum(1 for other in moments if at <= other < at + window.seconds) for at in moments]
        assert max(crowds) <= window.requests


def test_a_request_may_cost_more_than_one() -> None:
    clock = Clock()
    gate = throttle(clock, Window(10, 1.0))
    gate.acquire(8)
    gate.acquire(8)
    assert clock.at - 50.0 >= 1.0


def test_a_cost_beyond_the_window_is_a_broken_contract() -> None:
    with pytest.raises(ContractBrokenError):
        throttle(Clock(), Window(10, 1.0)).acquire(11)


@given(st.floats(min_value=0.001, max_value=80_000), st.integers())
def test_a_stated_wait_is_kept_to_the_second_and_at_most_a_tenth_longer(after: float, seed: int) -> None:
    clock = Clock()
    gate = Throttle(
        now=clock.now,
        monotonic=clock.monotonic,
        sleep=clock.sleep,
        rng=dice(seed),
        longest_block_s=1e9,
    )
    gate.penalise(after)
    gate.acquire()
    assert after * 0.999999 <= clock.at - 50.0 <= after * 1.1 + 0.001


def test_learned_waits_grow_up_to_five_minutes() -> None:
    clock = Clock()
    gate = throttle(clock)
    waits = []
    for _ in range(12):
        before = clock.at
        gate.penalise(None)
        gate.acquire()
        waits.append(clock.at - before)
    for number, wait in enumerate(waits, start=1):
        assert 0 < wait <= min(2**number, 300) + 0.001
    assert max(waits) > 60


def test_an_answer_makes_the_learned_wait_begin_anew() -> None:
    clock = Clock()
    gate = throttle(clock)
    for _ in range(8):
        gate.penalise(None)
        gate.acquire()
    gate.succeed()
    before = clock.at
    gate.penalise(None)
    gate.acquire()
    assert clock.at - before <= 2.001


def test_refusals_of_requests_under_way_together_count_once() -> None:
    clock = Clock()
    gate = throttle(clock)
    for _ in range(8):
        gate.penalise(None)
    gate.acquire()
    assert clock.at - 50.0 <= 2.001


def test_a_late_success_does_not_end_a_wait() -> None:
    clock = Clock()
    gate = throttle(clock)
    gate.penalise(30)
    gate.succeed()
    gate.acquire()
    assert clock.at - 50.0 >= 30


def test_a_shorter_stated_wait_does_not_shorten_a_longer_one() -> None:
    clock = Clock()
    gate = throttle(clock)
    gate.penalise(30)
    gate.penalise(1)
    gate.acquire()
    assert clock.at - 50.0 >= 30


@pytest.mark.parametrize("absurd", [0.0, -1.0, float("nan"), float("inf")])
def test_an_absurd_stated_wait_is_learned_instead(absurd: float) -> None:
    clock = Clock()
    gate = throttle(clock)
    gate.penalise(absurd)
    gate.acquire()
    assert 0 < clock.at - 50.0 <= 2.001


def test_a_stated_wait_of_years_is_a_day() -> None:
    clock = Clock()
    gate = throttle(clock)
    gate.penalise(1e9)
    gate.acquire()
    assert 86_400 <= clock.at - 50.0 <= 86_400 * 1.1 + 1


def test_the_screen_is_told_until_when() -> None:
    clock = Clock()
    gate = throttle(clock)
    gate.penalise(60)
    assert gate.waiting_until is not None
    assert NOON + timedelta(seconds=60) <= gate.waiting_until <= NOON + timedelta(seconds=66)
    clock.at += 67
    assert gate.waiting_until is None


def test_a_long_wait_is_an_error_with_its_length_and_no_sleep() -> None:
    clock = Clock()
    gate = throttle(clock, longest_block_s=20.0)
    gate.penalise(300)
    with pytest.raises(RateLimitedError) as raised:
        gate.acquire()
    assert raised.value.after is not None
    assert 300 <= raised.value.after <= 330
    assert clock.slept == []


def test_another_processs_wait_holds_here_too() -> None:
    clock, board = Clock(), Board()
    throttle(clock, shared=board).penalise(30)
    throttle(clock, shared=board).acquire()
    assert clock.at - 50.0 >= 30


def test_no_more_requests_run_at_once_than_declared() -> None:
    gate = Throttle(Pace(concurrency=2))
    entered = threading.Event()

    def third() -> None:
        with gate.slot():
            entered.set()

    thread = threading.Thread(target=third)
    with gate.slot():
        with gate.slot():
            thread.start()
            assert not entered.wait(0.1)
        assert entered.wait(5)
    thread.join(5)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("0.5", 0.5),
        ("Tue, 24 Nov 2026 12:01:00 GMT", 60.0),
        ("Tue, 24 Nov 2026 13:01:00 +0100", 60.0),
        ("Tue, 24 Nov 2026 12:01:00 -0000", 60.0),
        ("1e9", 1e9),
        (None, None),
        ("", None),
        ("soon", None),
        ("0", None),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("Tue, 24 Nov 2026 11:00:00 GMT", None),
        ("Tue, 99 Nov 2026 11:00:00 GMT", None),
    ],
)
def test_a_stated_wait_is_seconds_or_a_date(text: str | None, seconds: float | None) -> None:
    assert parse_retry_after(text, now=NOON) == seconds
