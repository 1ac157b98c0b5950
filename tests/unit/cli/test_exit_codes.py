"""Where several exit codes apply, the one that matters most wins (DESIGN §8)."""

from datetime import UTC, datetime

import pytest

from writeback.cli.progress import OUTCOMES, Ran, exit_code, report_of
from writeback.model.changes import Origin, Reason
from writeback.model.jobs import Assurance, Counts, JobKind, JobState, Route
from writeback.model.types import ConnectionId, JobId
from writeback.runtime.facade import JobView


def job(state: JobState = JobState.DONE, stop: str = "", **counts: int) -> JobView:
    return JobView(
        id=JobId("j"),
        number=1,
        connection_id=ConnectionId("c"),
        connection="acme",
        object="Account",
        kind=JobKind.BULK_WRITE_BACK,
        origin=Origin.FILE,
        author="ana",
        reason="",
        columns=("Industry",),
        route=Route.SINGLE,
        assurance=Assurance.A,
        state=state,
        counts=Counts(**{"rows": sum(counts.values()), **counts}),
        stop=Reason(stop) if stop else None,
        submitted_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("jobs", "code"),
    [
        ([], 0),
        ([job(applied=3, unchanged=1)], 0),
        ([job(applied=1, rejected=1)], 4),
        ([job(applied=1, blocked=1)], 4),
        ([job(JobState.CANCELLED, applied=1, cancelled=1)], 4),
        ([job(applied=1, rejected=1, conflict=1)], 5),
        ([job(applied=1, conflict=1, unknown=1, rejected=1)], 6),
        ([job(applied=1, rejected=1), job(conflict=1)], 5),
        ([job(JobState.STOPPED, "sign_in.needed", rows=2)], 3),
        ([job(JobState.STOPPED, "quota.spent", rows=2)], 75),
        ([job(JobState.STOPPED, "org.other", rows=2)], 7),
        ([job(JobState.STOPPED, "drift.field_gone", rows=2)], 7),
        ([job(JobState.STOPPED, "internal.error", rows=2)], 70),
    ],
)
def test_the_exit_code_says_the_worst(jobs: list[JobView], code: int) -> None:
    assert exit_code(Ran(tuple(jobs), 0.1)) == code


def test_an_interruption_is_told_first() -> None:
    assert exit_code(Ran((job(unknown=1),), 0.1, is_interrupted=True)) == 130


def test_outcomes_of_several_jobs_add_up_to_their_rows() -> None:
    report = report_of(Ran((job(applied=2, conflict=1), job(rejected=4)), 1.23456))
    assert report["rows"] == 7
    assert sum(int(str(report[name])) for name in OUTCOMES) == 7
    assert report["jobs"] == ["j", "j"]
    assert report["seconds"] == 1.235


def test_rows_of_a_stopped_job_are_told_as_open() -> None:
    report = report_of(Ran((job(JobState.STOPPED, "sign_in.needed", rows=3),), 0.1))
    assert (report["open"], report["stop"]) == (3, "sign_in.needed")
