"""Killed anywhere, the restarted monitor shows what the CRM took: its totals against the applied-log.

The worker is a real process that is killed at a random failpoint of a random route. What is read afterwards
is what the window reads (`runtime.reading`), before and after the next worker finished.
"""

import os
from collections import abc
from random import Random

import pytest

from tests.faults.killing import Cell, Rig
from writeback.model.jobs import JobState, Route
from writeback.runtime.job_views import JobDetail
from writeback.runtime.reading import Reading
from writeback.runtime.runtime import new_id, utc_now

pytestmark = [pytest.mark.faults, pytest.mark.timeout(90)]

KILLS, NIGHTLY_KILLS = 2, 200
ON_THE_WAY = ("1.claimed", "2.compared", "3.before_intent", "4.intent", "7.answer_read", "8.settled")
OF_REQUESTS = ("5.mid_request", "6.request_complete")
OF_UPLOADS = ("9.bulk_token", "10.bulk_created", "11.bulk_remote_id", "13.bulk_uploaded", "14.bulk_closed")
ENDS = ("applied", "rejected", "unchanged", "conflict", "unknown", "blocked", "cancelled", "open")


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Rig]:
    made = Rig.build(tmp_path_factory.mktemp("rig"))
    yield made
    made.close()


@pytest.mark.parametrize("seed", range(KILLS))
def test_the_monitor_shows_what_the_crm_took(rig: Rig, seed: int) -> None:
    kill(rig, Random(seed))  # noqa: S311  repeatable


@pytest.mark.nightly
@pytest.mark.timeout(3000)
def test_the_monitor_shows_what_the_crm_took_after_many_kills(rig: Rig) -> None:
    for seed in range(int(os.environ.get("WRITEBACK_KILLS", NIGHTLY_KILLS))):
        kill(rig, Random(f"many {seed}"))  # noqa: S311  repeatable


def kill(rig: Rig, rng: Random) -> None:
    route = rng.choice((Route.SINGLE, Route.BATCH, Route.BULK))
    points = (*ON_THE_WAY[:4], *OF_UPLOADS) if route is Route.BULK else (*ON_THE_WAY, *OF_REQUESTS)
    point = rng.choice(points)
    rows = rng.randint(1, 30)
    cell = rig.cell(route, rows=rows)
    cell.die_at(point, nth=2 if point in OF_REQUESTS else 1)
    where = (route, point, rows)
    told = seen(cell)
    check(told, where)
    # nothing counts as written that the CRM did not take; what it took and nobody heard of is open or unknown
    assert told.job.counts.applied <= cell.arrived(), where
    assert told.job.state not in (JobState.DONE, JobState.CANCELLED) or cell.arrived() == rows, where
    cell.finish()
    after = seen(cell)
    check(after, where)
    assert after.job.state is JobState.DONE, where
    assert after.job.counts.applied == cell.arrived() == rows, where
    assert cell.lost_and_doubled() == ([], []), where


def seen(cell: Cell) -> JobDetail:
    """Read the job as a window does that was just started."""
    reads = Reading.open(cell.path, now=utc_now, new_id=new_id)
    try:
        found = reads.job(str(cell.job))
        assert found is not None
        by_end = {end: _count(reads, str(cell.job), end) for end in ENDS}
        counts = {end: getattr(found.job.counts, end) for end in ENDS}
        assert by_end == counts, "totals and rows tell two stories"
        return found
    finally:
        reads.close()


def _count(reads: Reading, job: str, end: str) -> int:
    rows = reads.job_rows(job, outcome=end)
    try:
        return rows.build()
    finally:
        rows.close()


def check(told: JobDetail, where: object) -> None:
    counts = told.job.counts
    assert sum(getattr(counts, end) for end in ENDS) == counts.rows, where
    assert sum(batch.rows for batch in told.batches) == counts.rows - counts.blocked, where
