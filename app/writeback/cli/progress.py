"""Run submitted jobs to their end in this process, tell how they stand, and give the exit code."""

import time
from collections import abc
from typing import TYPE_CHECKING

from writeback.cli.output import JsonValue, put_json, put_line, say
from writeback.model.jobs import Counts, JobState
from writeback.model.types import JobId

if TYPE_CHECKING:
    from writeback.cli.options import Run
    from writeback.runtime.facade import JobView
    from writeback.runtime.runtime import Runtime

OUTCOMES = ("applied", "rejected", "unchanged", "conflict", "unknown", "blocked", "cancelled")
WORDS = {
    "applied": "written",
    "rejected": "refused",
    "unchanged": "already so",
    "conflict": "conflict",
    "unknown": "outcome unknown",
    "blocked": "blocked",
    "cancelled": "not sent",
}


def run_jobs(
    runtime: "Runtime", jobs: abc.Sequence[JobId], run: "Run"
) -> tuple[tuple["JobView", ...], float]:
    """Work until every job is final (or needs somebody); give the jobs and the seconds it took."""
    started = time.monotonic()

    def tell(job: "JobView") -> None:
        counts = job.counts
        done = counts.rows - counts.open
        say(
            f"Job {job.number}: {done:,} of {counts.rows:,} rows, {job.state.value}",
            quiet=run.quiet or run.as_json,
        )

    runtime.run_until_final(jobs, on_progress=tell)
    return tuple(runtime.told.job(job) for job in jobs), time.monotonic() - started


def report_of(jobs: abc.Sequence["JobView"], seconds: float) -> dict[str, JsonValue]:
    """Give the totals of some jobs of one act as one object; the seven outcomes add up to `rows`."""
    total = {name: sum(getattr(job.counts, name) for job in jobs) for name in ("rows", *OUTCOMES)}
    report: dict[str, JsonValue] = {"job": jobs[0].id if jobs else None}
    if len(jobs) > 1:
        report["jobs"] = [job.id for job in jobs]
    return {**report, **total, "seconds": round(seconds, 3)}


def exit_code(jobs: abc.Iterable["JobView"]) -> int:
    """Give the exit code: 6 unknown before 5 conflicts before 3 sign-in, 7 guard, 75 wait, 4 partial."""
    jobs = tuple(jobs)
    if any(job.counts.unknown for job in jobs):
        return 6
    if any(job.counts.conflict for job in jobs):
        return 5
    for job in jobs:
        if job.state is JobState.STOPPED and job.stop is not None:
            if job.stop.code.startswith("sign_in"):
                return 3
            return 75 if job.stop.code.startswith("quota") else 7
    if any(_unwritten(job.counts) for job in jobs):
        return 4
    return 0


def _unwritten(counts: Counts) -> int:
    return counts.rejected + counts.blocked + counts.cancelled + counts.open


def tell_jobs(jobs: abc.Sequence["JobView"], seconds: float, run: "Run") -> int:
    """Print the totals of some jobs and give the exit code."""
    report = report_of(jobs, seconds)
    if run.as_json:
        put_json(report)
    else:
        told = " · ".join(f"{report[name]:,} {WORDS[name]}" for name in OUTCOMES if report[name])
        put_line(f"{report['rows']:,} rows: {told or 'nothing to send'} ({seconds:.1f} s)")
        for job in jobs:
            if job.stop is not None:
                put_line(f"Job {job.number} {job.state.value}: {job.stop.code}")
    return exit_code(jobs)
