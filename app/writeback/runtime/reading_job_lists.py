"""What screens and the command line read of the lists of jobs, pulls and read-backs."""

import json
from datetime import datetime

from writeback.model.connections import Connection
from writeback.runtime import decoding
from writeback.runtime.facade import JobView
from writeback.runtime.job_views import PastRun
from writeback.store import integrations, job_lists, moments
from writeback.store.glances import Glances
from writeback.store.job_lists import JobsWanted

EVERY_JOB = JobsWanted()


class ReadingJobLists:
    """The part of `Reading` about lists of jobs."""

    _glances: Glances

    def jobs(self, wanted: JobsWanted = EVERY_JOB, *, most: int = job_lists.LIST_MOST) -> tuple[JobView, ...]:
        """Give the jobs that are wanted, newest first."""
        wanted = self._meant(wanted)
        with self._glances.reading() as db:
            return tuple(decoding.job_of(row) for row in job_lists.jobs(db, wanted, most=most))

    def past_runs(
        self, wanted: JobsWanted = EVERY_JOB, *, most: int = job_lists.LIST_MOST
    ) -> tuple[PastRun, ...]:
        """Give the pulls and read-backs that are wanted, newest first: they are listed beside the jobs."""
        with self._glances.reading() as db:
            pulls = [_pull(row) for row in job_lists.pulls(db, wanted, most=most)]
            read_backs = [_read_back(row) for row in job_lists.read_backs(db, wanted, most=most)]
        return tuple(sorted((*pulls, *read_backs), key=lambda one: one.at, reverse=True)[:most])

    def job_attributes(self) -> tuple[str, ...]:
        """Name the attributes and field paths that jobs write."""
        with self._glances.reading() as db:
            return tuple(job_lists.attributes(db))

    def job_connections(self) -> dict[str, Connection]:
        """Give the connections by id, with nothing of their plugins: a list is drawn with them."""
        return {row.id: decoding.connection_of(row) for row in self._glances.connections()}

    def job_by_number(self, number: int) -> JobView | None:
        """Give one submitted job by its number."""
        with self._glances.reading() as db:
            row = job_lists.by_number(db, number)
        return None if row is None else decoding.job_of(row)

    def _meant(self, wanted: JobsWanted) -> JobsWanted:
        if not wanted.record:
            return wanted
        entities = [row.name for row in self._glances.entities()]
        with self._glances.reading() as db:
            return job_lists.with_keys(db, wanted, integrations.every(db), entities)


def _pull(row: decoding.RawRow) -> PastRun:
    began, ended = moments.from_text(row.started_at), moments.from_text(row.finished_at)
    names = ("read", "added", "changed", "gone", "conflicts")
    return PastRun(
        kind=job_lists.PULL,
        connection_id=row.connection_id,
        connection=row.connection,
        object=row.object,
        author=row.author,
        at=began,
        seconds=_seconds(began, ended),
        counts=tuple((name, int(getattr(row, name))) for name in names),
        code=row.code,
        facts=decoding.facts_of(row.facts),
        is_scheduled=bool(row.is_scheduled),
    )


def _read_back(row: decoding.RawRow) -> PastRun:
    totals = json.loads(row.totals)
    return PastRun(
        kind=job_lists.READ_BACK,
        connection_id=row.connection_id,
        connection=row.connection,
        object=row.object,
        author=row.author,
        at=moments.from_text(row.at),
        seconds=None,
        counts=tuple((str(name), int(count)) for name, count in totals["rows"].items()),
        job_id=row.job_id,
        job_number=int(row.number or 0),
    )


def _seconds(began: datetime, ended: datetime) -> float:
    return (ended - began).total_seconds()
