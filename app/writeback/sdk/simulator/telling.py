"""What a simulator can tell about the requests it saw, and what time it is.

Counting only: nothing here decides what a request is answered.
"""

from collections import Counter, abc, deque
from datetime import UTC, datetime

from writeback.sdk.simulator.background import new_lock

_KEPT = 5000
_SHOWN_HEADERS = ("if-", "sforce-", "content-type", "content-encoding", "user-agent", "x-")


def utc_now() -> datetime:
    """Say what time it is, for a simulator that was given no clock."""
    return datetime.now(UTC)  # noqa: TID251  the default of `now`, for simulators run from the command line


class Requests:
    """Counts by kind and the last requests seen."""

    def __init__(self) -> None:
        self._lock = new_lock()
        self._counts: Counter[str] = Counter()
        self._inside_wait = 0
        self._last: deque[dict[str, object]] = deque(maxlen=_KEPT)
        self._seen = 0

    def saw(
        self, kind: str, told: abc.Mapping[str, object], *, headers: abc.Mapping[str, str]
    ) -> dict[str, object]:
        """Count a request; the entry given back takes the status once there is one."""
        shown = {name: text for name, text in headers.items() if name.startswith(_SHOWN_HEADERS)}
        with self._lock:
            self._seen += 1
            self._counts[kind] += 1
            entry: dict[str, object] = {
                "seq": self._seen,
                "kind": kind,
                **told,
                "headers": shown,
                "status": None,
            }
            self._last.append(entry)
        return entry

    def came_too_soon(self) -> None:
        """Count a request that arrived inside a throttle's wait."""
        with self._lock:
            self._inside_wait += 1

    def told(self) -> dict[str, object]:
        """Give the counts and the last requests."""
        with self._lock:
            counts = dict(self._counts)
            return {
                "total": sum(counts.values()),
                "counts": counts,
                "inside_wait": self._inside_wait,
                "requests": [dict(entry) for entry in self._last],
            }

    def clear(self) -> None:
        """Start counting anew."""
        with self._lock:
            self._counts.clear()
            self._last.clear()
            self._inside_wait = 0
