"""What became of values later: read-backs of finished jobs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from writeback.model.histories import Standing
from writeback.model.types import JobId


@dataclass(frozen=True, slots=True)
class VerifyCost:
    """What a read-back of a job would take."""

    job_id: JobId
    rows: int
    """Rows that were written: only these are read."""
    calls: int
    """API calls, at most."""


@dataclass(frozen=True, slots=True)
class Verification:
    """How the rows and fields that a job wrote stand in its CRM now."""

    job_id: JobId
    at: datetime
    author: str
    rows: tuple[tuple[Standing, int], ...]
    """A row stands as its worst field."""
    fields: tuple[tuple[Standing, int], ...]
    calls: int
    """API calls it took."""

    @property
    def is_as_written(self) -> bool:
        """Say whether everything holds what was written."""
        return all(state is Standing.AS_WRITTEN or not count for state, count in self.rows)


class HistoryCalls(Protocol):
    """What became of values later."""

    def verify_cost(self, job: str) -> VerifyCost:
        """Say what reading a finished job back would take; reads nothing of the CRM."""

    def verify_job(self, job: str, *, author: str, act: str) -> Verification:
        """Read back what a finished job wrote and compare; the result is kept, the CRM is not changed."""
