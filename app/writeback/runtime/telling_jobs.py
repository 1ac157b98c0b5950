"""What the command line is told about plans and jobs: whole results, streamed."""

from collections import abc
from typing import Final, Protocol, TypeVar

from writeback.errors import ConfigurationError
from writeback.model.types import JobId
from writeback.runtime.facade import JobView
from writeback.runtime.job_views import JobRow, PastRun, PlanRow
from writeback.runtime.reading import Reading
from writeback.runtime.reading_job_lists import EVERY_JOB
from writeback.store.job_lists import JobsWanted
from writeback.store.windows import BLOCK

RowT_co = TypeVar("RowT_co", covariant=True)
_DIGITS_MOST: Final = 19
"""More digits are no number of a job, nor one that SQLite could compare."""


class TellingJobs:
    """The part of `Telling` about plans and jobs."""

    _reading: Reading

    def jobs(self, *, limit: int, wanted: JobsWanted = EVERY_JOB) -> tuple[JobView, ...]:
        """Give the newest jobs of those that are wanted."""
        return self._reading.jobs(wanted, most=limit)

    def past_runs(self, *, limit: int, wanted: JobsWanted) -> tuple[PastRun, ...]:
        """Give the newest pulls and read-backs of those that are wanted."""
        return self._reading.past_runs(wanted, most=limit)

    def job(self, text: str) -> JobView:
        """Give one job by number or id.

        Raises:
            ConfigurationError: There is none.
        """
        if text.isdigit():
            found = self._reading.job_by_number(int(text)) if len(text) < _DIGITS_MOST else None
        else:
            detail = self._reading.job(text)
            found = detail.job if detail is not None else None
        if found is None:
            raise ConfigurationError("job.unknown", job=text[:200])
        return found

    def job_rows(self, job: JobId, *, outcome: str = "") -> abc.Iterator[JobRow]:
        """Give every row of a job, or those that ended so."""
        yield from _blocks(self._reading.job_rows(job, outcome=outcome))

    def plan_rows(self, jobs: abc.Sequence[JobId]) -> abc.Iterator[PlanRow]:
        """Give every field of a plan's rows."""
        yield from _blocks(self._reading.plan_rows(jobs))


class _Window(Protocol[RowT_co]):
    def build(self) -> int: ...
    def block(self, number: int) -> tuple[RowT_co, ...]: ...
    def close(self) -> None: ...


def _blocks(rows: _Window[RowT_co]) -> abc.Iterator[RowT_co]:
    try:
        for number in range(-(-rows.build() // BLOCK)):
            yield from rows.block(number)
    finally:
        rows.close()
