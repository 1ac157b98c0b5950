"""What sending a plan costs: calls, requests, time, and its share of the day's quota. Arithmetic only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Quota:
    """The daily quota that requests are counted in, as the CRM told it."""

    kind: str
    used: int
    most: int
    resets_at: datetime | None = None
    """None: it runs over the last 24 hours."""
    is_partial: bool = False
    """Only what we used is known."""

    def left_for_jobs(self, reserve: float) -> int:
        """Give what jobs may still use, with so many percent kept for people."""
        return max(0, self.share_of_jobs(reserve) - self.used)

    def share_of_jobs(self, reserve: float) -> int:
        """Give what jobs may use of it in a day."""
        return int(self.most * (100 - reserve) / 100)


@dataclass(frozen=True, slots=True)
class Window:
    """At most so many requests in so many seconds."""

    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Learned:
    """What earlier requests and jobs of a connection took; None: there were none."""

    seconds_a_call: float | None = None
    rows_a_second: float | None = None
    """Of finished jobs that went the same way."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a job-to-be will cost."""

    requests: int
    """Requests, or uploads, that carry its rows."""
    units: int
    """Of the daily quota; of most CRMs one a call."""
    seconds: float | None
    """None: nothing like it was ever sent through this connection."""
    quota: Quota | None = None
    """None: the CRM tells no daily quota."""
    reserve: float = 0
    """Percent of it that is kept for people."""
    window: Window | None = None
    """The narrowest pace that the connector knows of."""

    @property
    def left(self) -> int | None:
        """Give what is left of the day's quota for jobs; None where it is not told."""
        return None if self.quota is None else self.quota.left_for_jobs(self.reserve)

    @property
    def is_enough(self) -> bool:
        """Say whether the quota suffices today, as far as anybody can tell."""
        left = self.left
        return left is None or self.units <= left

    @property
    def days(self) -> int:
        """Give on how many days it is sent: more than one where today's quota does not suffice."""
        left = self.left
        if left is None or self.quota is None or self.units <= left:
            return 1
        a_day = max(1, self.quota.share_of_jobs(self.reserve))
        return 1 - (-(self.units - left) // a_day)

    @property
    def share(self) -> float | None:
        """Give its percentage of the whole day's quota."""
        if self.quota is None or not self.quota.most:
            return None
        return 100 * self.units / self.quota.most


def time_of(calls: int, rows: int, *, learned: Learned, window: Window | None) -> float | None:
    """Forecast how long sending takes, in seconds.

    What the connection's own jobs took before decides; else the mean of its calls; a pace that the
    connector keeps is never undercut.
    """
    if not calls:
        return 0.0
    took = None
    if learned.rows_a_second:
        took = rows / learned.rows_a_second
    elif learned.seconds_a_call is not None:
        took = calls * learned.seconds_a_call
    if took is None or window is None:
        return took
    paced = (calls // window.requests) * window.seconds
    return max(took, paced)
