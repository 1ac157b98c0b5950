"""What became of values later: read-backs of finished jobs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from writeback.model.histories import Standing
from writeback.model.types import JobId, RecordId


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


@dataclass(frozen=True, slots=True)
class HistoryErased:
    """What was let go of one record: notes, and rows of jobs whose values are gone."""

    record: RecordId
    notes: int
    rows: int


class HistoryCalls(Protocol):
    """What became of values later."""

    def verify_cost(self, job: str) -> VerifyCost:
        """Say what reading a finished job back would take; reads nothing of the CRM."""

    def verify_job(self, job: str, *, author: str, act: str) -> Verification:
        """Read back what a finished job wrote and compare; the result is kept, the CRM is not changed."""

    def history_days(self) -> int:
        """Give for how many days the history of values is kept; 0: for good."""

    def keep_history(self, days: int, *, author: str, act: str) -> int:
        """Set it; what is older is dropped by the next pulls. The audit trail stays."""

    def erase_history(self, record: str, *, author: str, act: str) -> HistoryErased:
        """Erase what the values of one record were, with what jobs wrote to it and so with their undo."""
