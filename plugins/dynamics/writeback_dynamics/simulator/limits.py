"""Service protection: three kinds of 429, counted per user over a sliding window (section 14)."""

from collections import defaultdict, deque
from dataclasses import dataclass, field

from writeback_dynamics.simulator.problems import Problem
from writeback_dynamics.simulator.state import Call, Org

_CONCURRENT_WAIT_S = 2.0
_PENALTY_S = 1.0
_FAULTS = ("limit_requests", "limit_time", "limit_concurrent")
_TOO_LONG = "Combined execution time of incoming requests exceeded limit of"
_ADVICE = "Decrease number of concurrent requests or reduce the duration of requests and try again later."


@dataclass(slots=True)
class _Window:
    arrivals: deque[float] = field(default_factory=deque)
    worked: deque[tuple[float, float]] = field(default_factory=deque)  # when, milliseconds
    worked_ms: float = 0
    running: int = 0
    blocked_until: float = 0  # a refusal holds until then
    blocked_by: str = ""


class Limits:
    """What every user has used up."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._windows: defaultdict[str, _Window] = defaultdict(_Window)

    def enter(self, call: Call) -> None:
        """Count a request in.

        Raises:
            Problem: It is one too many.
        """
        self._stop_at_faults(call)
        switches, now = self._org.switches, self._org.now().timestamp()
        with self._org.lock:
            window = self._windows[call.user_id]
            start = now - switches.number("limit_window_s")
            while window.arrivals and window.arrivals[0] <= start:
                window.arrivals.popleft()
            while window.worked and window.worked[0][0] <= start:
                window.worked_ms -= window.worked.popleft()[1]
            if now < window.blocked_until:
                window.blocked_until += _PENALTY_S  # pressing on lengthens the wait
                raise self._problem(window.blocked_by, window.blocked_until - now)
            if len(window.arrivals) >= switches.number("limit_requests"):
                raise self._blocked(window, "limit_requests", now, window.arrivals[0] - start)
            if window.worked_ms > switches.number("limit_time_ms"):
                raise self._blocked(window, "limit_time", now, window.worked[0][0] - start)
            if window.running >= switches.number("limit_concurrent"):
                raise self._problem("limit_concurrent", _CONCURRENT_WAIT_S)
            window.arrivals.append(now)
            window.running += 1

    def leave(self, call: Call, milliseconds: float) -> None:
        """Count a request out."""
        with self._org.lock:
            window = self._windows[call.user_id]
            window.running -= 1
            window.worked.append((self._org.now().timestamp(), milliseconds))
            window.worked_ms += milliseconds

    def told(self, call: Call) -> dict[str, str]:
        """Give the headers that tell how much is left."""
        switches, window = self._org.switches, self._windows[call.user_id]
        left = max(0, int(switches.number("limit_requests")) - len(window.arrivals))
        time_ms = max(0.0, switches.number("limit_time_ms") - window.worked_ms)
        return {
            "x-ms-ratelimit-burst-remaining-xrm-requests": str(left),
            "x-ms-ratelimit-time-remaining-xrm-requests": f"{time_ms:.2f}",
            "x-ms-dop-hint": str(int(switches.number("dop_hint"))),
        }

    def problem(self, kind: str, after: float | None) -> Problem:
        """Give one of the three refusals, with or without the wait."""
        made = self._problem(kind, after or 0)
        if after is None:
            made.headers.pop("Retry-After")
        return made

    def _blocked(self, window: _Window, kind: str, now: float, wait: float) -> Problem:
        window.blocked_until, window.blocked_by = now + wait, kind
        return self._problem(kind, wait)

    def _stop_at_faults(self, call: Call) -> None:
        for kind in _FAULTS:
            fault = self._org.faults.take(kind, method=call.method, path=f"/api/data/v9.2/{call.path}")
            if fault is not None:
                given = fault.facts.get("after", 1)
                raise self.problem(kind, None if given is None else float(str(given)))

    def _problem(self, kind: str, after: float) -> Problem:
        switches = self._org.switches
        window = f"over time window of {int(switches.number('limit_window_s'))} seconds."
        number = int(switches.number("limit_time_ms" if kind == "limit_time" else kind))
        most = f"{number:,}" if kind == "limit_time" else f"{number}"
        code, message = {
            "limit_requests": ("0x80072322", f"Number of requests exceeded the limit of {most} {window}"),
            "limit_time": ("0x80072321", f"{_TOO_LONG} {most} milliseconds {window} {_ADVICE}"),
            "limit_concurrent": (
                "0x80072326",
                f"Number of concurrent requests exceeded the limit of {most}.",
            ),
        }[kind]
        problem = Problem(code, message, status=429)
        problem.headers["Retry-After"] = str(max(1, -int(-after // 1)))
        return problem
