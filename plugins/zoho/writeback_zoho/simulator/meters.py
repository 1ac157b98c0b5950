"""What calls cost, and how many may run at once.

Credits are counted over a rolling 24 hours. What is left is told only from half of it on. Source:
https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html; the numbers changed between years.
"""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from writeback.sdk.simulator import new_lock
from writeback_zoho.simulator.problems import too_many_requests
from writeback_zoho.simulator.seeding import USERS
from writeback_zoho.simulator.state import Org

_WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class _Edition:
    credits: int
    per_user: int
    concurrency: int


_EDITIONS = {
    "free": _Edition(5_000, 0, 5),
    "standard": _Edition(50_000, 250, 10),
    "professional": _Edition(50_000, 500, 15),
    "enterprise": _Edition(50_000, 1000, 20),
    "ultimate": _Edition(50_000, 2000, 25),
}


class Meters:
    """The credits and the running calls of one org."""

    def __init__(self, org: Org) -> None:
        edition = _EDITIONS[org.switches["edition"]]
        self._org = org
        self._lock = new_lock()  # not the org's: who waits for rows is running already
        self._most = int(org.switches.number("credits_per_day")) or edition.credits + edition.per_user * USERS
        self._at_once = int(org.switches.number("concurrency")) or edition.concurrency
        self._heavy_at_once = int(org.switches.number("heavy_concurrency"))
        self._spent: deque[tuple[datetime, int]] = deque()
        self._total = 0
        self._running = 0
        self._heavy = 0

    def enter(self, *, heavy: bool) -> None:
        """Let a call in; `leave` has to follow.

        Raises:
            Problem: TOO_MANY_REQUESTS.
        """
        with self._lock:
            if self._running >= self._at_once:
                raise too_many_requests("maximum number of concurrent calls allowed for your organization")
            if heavy and self._heavy >= self._heavy_at_once:
                raise too_many_requests("sub-concurrency limit allowed for your organization")
            self._forget()
            if self._total >= self._most:
                raise too_many_requests("maximum number of API credits allowed for your organization")
            self._running += 1
            self._heavy += heavy

    def leave(self, *, heavy: bool, cost: int) -> None:
        """Count what a call cost, now that it is known."""
        with self._lock:
            self._running -= 1
            self._heavy -= heavy
            if cost:
                self._spent.append((self._org.now(), cost))
                self._total += cost

    def told(self) -> dict[str, str]:
        """Give the header that tells what is left."""
        with self._lock:
            self._forget()
            if self._total * 2 < self._most:
                return {}
            return {"X-API-CREDITS-REMAINING": str(max(0, self._most - self._total))}

    @property
    def spent(self) -> int:
        """Say how many credits the last 24 hours cost."""
        return self._total

    @property
    def running(self) -> int:
        """Say how many calls are running."""
        return self._running

    def _forget(self) -> None:
        since = self._org.now() - _WINDOW
        while self._spent and self._spent[0][0] <= since:
            self._total -= self._spent.popleft()[1]
