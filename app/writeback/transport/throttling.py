"""Pace one connection: declared limits, waits the CRM states, and learned waits where it states none.

The only module that knows pyrate-limiter. One throttle per connection, shared by its threads. It
sends nothing and judges no answer; the adapter tells it what came back.
"""

import contextlib
import math
import random
import threading
import time
from collections import abc
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, Protocol

from pyrate_limiter import InMemoryBucket, Rate, RateItem

from writeback.errors import ContractBrokenError, RateLimitedError

LONGEST_LEARNED_S: Final = 300.0
LONGEST_STATED_S: Final = 86_400.0
"""A stated wait beyond a day is taken as a day."""


@dataclass(frozen=True, slots=True)
class Window:
    """At most `requests` within any `seconds`."""

    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Pace:
    """The limits a connector declares."""

    windows: tuple[Window, ...] = ()
    concurrency: int = 8


class SharedWait(Protocol):
    """Where processes tell each other until when a connection waits (a row of the workspace)."""

    def load(self) -> datetime | None:
        """Give the moment noted last."""

    def note(self, until: datetime) -> None:
        """Note a moment; an earlier one than the noted is ignored."""


class Throttle:
    """Lets requests through one by one, when they may go."""

    def __init__(
        self,
        pace: Pace | None = None,
        *,
        now: abc.Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: abc.Callable[[], float] = time.monotonic,
        sleep: abc.Callable[[float], None] = time.sleep,
        rng: random.Random | None = None,
        longest_block_s: float = 20.0,
        shared: SharedWait | None = None,
    ) -> None:
        self._pace = pace or Pace()
        self._now = now
        self._monotonic = monotonic
        self._sleep = sleep
        self._rng = rng or random.Random()  # noqa: S311  jitter, not a secret
        self._longest_block_s = longest_block_s
        self._shared = shared
        rates = [Rate(window.requests, max(1, round(window.seconds * 1000))) for window in self._pace.windows]
        self._bucket = InMemoryBucket(rates) if rates else None
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(self._pace.concurrency)
        self._free_at = -math.inf
        self._refusals = 0

    @property
    def waiting_until(self) -> datetime | None:
        """Until when nothing is sent, for the screen; None when nothing waits."""
        left = self._penalty_left()
        return self._now() + timedelta(seconds=left) if left > 0 else None

    @contextlib.contextmanager
    def slot(self, cost: int = 1) -> abc.Iterator[None]:
        """Hold one of the places for requests at the same time, once the pace allows it."""
        with self._slots:
            self.acquire(cost)
            yield

    def acquire(self, cost: int = 1) -> None:
        """Wait until one more request may go.

        Raises:
            RateLimitedError: It would take longer than a worker should stand still; nothing was sent.
        """
        waited = 0.0
        while (wait := self._try(cost)) > 0:
            waited += wait
            if waited > self._longest_block_s:
                raise RateLimitedError("limit.waiting", after=wait)
            self._sleep(wait)

    def penalise(self, after: float | None) -> None:
        """Send nothing for a while, because the CRM refused.

        A stated wait is kept to the second plus up to a tenth. Without one: 2, 4, 8 … 300 s, shortened at
        random. Refusals of requests that were under way at the same time count once.
        """
        with self._lock:
            now = self._monotonic()
            is_stated = after is not None and math.isfinite(after) and after > 0
            if after is not None and is_stated:
                stated = min(after, LONGEST_STATED_S)
                wait = stated + self._rng.uniform(0.0, stated / 10)
            elif self._free_at > now:
                return
            else:
                self._refusals += 1
                wait = self._rng.uniform(0.1, 1.0) * min(2.0**self._refusals, LONGEST_LEARNED_S)
            self._free_at = max(self._free_at, now + wait)
            until = self._now() + timedelta(seconds=self._free_at - now)
        if self._shared is not None:
            self._shared.note(until)

    def succeed(self) -> None:
        """Forget earlier refusals: the CRM answers again."""
        if self._refusals and self._penalty_left() <= 0:
            self._refusals = 0

    def _try(self, cost: int) -> float:
        """Take the places and give 0, or give the seconds to wait."""
        with self._lock:
            left = self._penalty_left()
            if left > 0 or self._bucket is None:
                return max(left, 0.0)
            moment = math.floor(self._monotonic() * 1000)
            self._bucket.leak(moment)
            item = RateItem("request", moment, weight=cost)
            if self._bucket.put(item):
                return 0.0
            wait_ms = self._bucket.waiting(item)
            if not isinstance(wait_ms, int) or wait_ms < 0:
                raise ContractBrokenError("limit.cost", cost=cost)
            return max(wait_ms, 1) / 1000 + 0.001  # the bucket counts whole milliseconds

    def _penalty_left(self) -> float:
        left = self._free_at - self._monotonic()
        if self._shared is not None and (until := self._shared.load()) is not None:
            left = max(left, (until - self._now()).total_seconds())
        return left


def parse_retry_after(text: str | None, *, now: datetime) -> float | None:
    """Read a `Retry-After` header, seconds or HTTP date; None where it says nothing usable."""
    if text is None:
        return None
    text = text.strip()
    try:
        seconds = float(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - now).total_seconds()
    return seconds if math.isfinite(seconds) and seconds > 0 else None
