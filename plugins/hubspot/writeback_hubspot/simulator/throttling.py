"""The vendor's limits: a rolling 10 s, searches in a second, the account's day (wire contract, section 12).

Counted always; refused only with the switch `limits`, or when a fault says so.
"""

from collections import deque

from writeback.sdk.simulator import Answer
from writeback_hubspot.simulator.accounts import today
from writeback_hubspot.simulator.problems import Problem, limited
from writeback_hubspot.simulator.state import Call, Portal

_WINDOW_S = 10.0


class Throttling:
    """Who may call now."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._calls: deque[float] = deque()
        self._searches: deque[float] = deque()

    def let_in(self, call: Call, *, is_search: bool) -> None:
        """Count a call.

        Raises:
            Problem: 429, in the vendor's words.
        """
        faults, where = self._portal.faults, {"method": call.method, "path": call.path}
        if faults.take("limit_daily", **where):
            raise self._limited("DAILY", 3600)
        if faults.take("limit_ten_seconds", **where):
            raise self._limited("TEN_SECONDLY_ROLLING", 10)
        if is_search and faults.take("limit_search", **where):
            raise self._limited("SECONDLY", 1)
        with self._portal.lock:
            self._count(is_search=is_search)

    def mark(self, answer: Answer, *, is_search: bool, is_oauth: bool) -> Answer:
        """Put the rate-limit headers on an answer; search has none, OAuth tells no daily ones."""
        if is_search:
            return answer
        most, daily = self._most("calls_per_10_s"), self._most("calls_per_day")
        used = len(self._calls) if self._enforces else 1
        answer.headers |= {
            "X-HubSpot-RateLimit-Max": str(most),
            "X-HubSpot-RateLimit-Remaining": str(max(0, most - used)),
            "X-HubSpot-RateLimit-Interval-Milliseconds": "10000",
        }
        if not is_oauth:
            spent = self._portal.calls_today.get(today(self._portal), 0)
            answer.headers["X-HubSpot-RateLimit-Daily"] = str(daily)
            answer.headers["X-HubSpot-RateLimit-Daily-Remaining"] = str(max(0, daily - spent))
        return answer

    @property
    def _enforces(self) -> bool:
        return self._portal.switches["limits"] == "on"

    def _count(self, *, is_search: bool) -> None:
        now, day = self._portal.now().timestamp(), today(self._portal)
        _forget(self._calls, now - _WINDOW_S)
        _forget(self._searches, now - 1)
        spent = self._portal.calls_today.get(day, 0)
        if self._enforces:
            if spent >= self._most("calls_per_day"):
                raise self._limited("DAILY", 3600)
            if is_search and len(self._searches) >= self._most("searches_per_s"):
                raise self._limited("SECONDLY", self._searches[0] + 1 - now)
            if not is_search and len(self._calls) >= self._most("calls_per_10_s"):
                raise self._limited("TEN_SECONDLY_ROLLING", self._calls[0] + _WINDOW_S - now)
        self._portal.calls_today[day] = spent + 1
        (self._searches if is_search else self._calls).append(now)

    def _limited(self, policy: str, wait: float) -> Problem:
        problem = limited(policy)
        if self._portal.switches["retry_after"] == "present":
            problem.headers["Retry-After"] = str(max(1, -int(-wait // 1)))
        return problem

    def _most(self, name: str) -> int:
        return int(self._portal.switches.number(name))


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()
