"""All the waits of the sending half in one value, and the arithmetic of trying again.

Must not: wait.
"""

import random  # noqa: TID251  the type of what is handed in
from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.sdk.manifest import Manifest

AGAIN_MOST: Final = 5
"""So often a row is handed back as *not processed* before it counts as refused."""
_LONGEST_S: Final = 300.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take. The defaults are the promise; tests and simulators shorten some."""

    lease_s: float = 30.0
    renew_s: float = 10.0
    margin_s: float = 10.0
    """Nothing is sent when the lease ends sooner than this and could not be renewed."""
    quiet_s: float | None = None
    """Quiet period before a read-back; None: as the connector declares, at least 60 s."""
    simulator_quiet_s: float = 1.0
    """A simulator on loopback answers at once or never."""
    client_timeout_s: float = 120.0
    second_look_s: float = 5.0
    unreadable_s: tuple[float, ...] = (300.0, 900.0, 3600.0)
    """Further looks at a row that cannot be read; then a person is needed."""
    poll_first_s: float = 0.5
    poll_most_s: float = 10.0
    poll_share: float = 0.1
    """A look comes no later than this share of the time the remote job took so far."""
    idle_s: float = 1.0
    """A worker with nothing to do looks again after this long, unless it is woken."""
    wait_first_s: float = 2.0
    """First wait where the CRM asks to wait and does not say how long; doubles, with full jitter."""
    again_s: float = 1.0
    """First wait for rows that were locked or not processed; doubles, with full jitter."""
    usage_s: float = 60.0
    """So long a daily quota that was told is trusted; what is sent meanwhile is added up."""
    metadata_s: float = 600.0
    """A description older than this is asked for again before anything is sent."""

    def quiet(self, manifest: Manifest, *, is_simulator: bool) -> float:
        """Give how long a lost request may still be at work."""
        if self.quiet_s is not None:
            return self.quiet_s
        if is_simulator:
            return self.simulator_quiet_s
        return max(60.0, self.client_timeout_s + manifest.limits.server_seconds)

    def second_look(self, *, is_simulator: bool) -> float:
        """Give the pause between two read-backs of one row."""
        if is_simulator or self.quiet_s is not None:
            return min(
                self.second_look_s, self.quiet_s if self.quiet_s is not None else self.simulator_quiet_s
            )
        return self.second_look_s

    def looks(self) -> abc.Iterator[float]:
        """Give the pauses between looks at a remote job; the first look is made at once."""
        elapsed, pause = 0.0, self.poll_first_s
        while True:
            wait = min(pause, max(self.poll_first_s, self.poll_share * elapsed), self.poll_most_s)
            yield wait
            elapsed += wait
            pause = min(pause * 1.5, self.poll_most_s)


def backoff(tries: int, *, first_s: float, rng: random.Random) -> float:
    """Give the wait before the next try: doubling, with full jitter, at most five minutes."""
    return rng.uniform(0.1, 1.0) * min(first_s * 2.0**tries, _LONGEST_S)


def stated(after: float, *, rng: random.Random) -> float:
    """Give a wait the CRM asked for, kept to the second plus at most a tenth."""
    return after + rng.uniform(0.0, after / 10)
