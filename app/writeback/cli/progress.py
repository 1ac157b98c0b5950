"""Run submitted jobs to their end in this process, tell how they stand, and give the exit code."""

import time
from collections import abc
from dataclasses import dataclass
from typing import TYPE_CHECKING

from writeback.cli.opening import utc_now
from writeback.cli.output import JsonValue, counted, put_json, put_line, say
from writeback.model.jobs import Counts, JobState, Route
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
STATES = {
    JobState.QUEUED: "queued",
    JobState.RUNNING: "sending",
    JobState.THROTTLED: "waiting, the CRM asked for it",
    JobState.PAUSED: "paused",
    JobState.CHECKING: "checking outcome",
    JobState.CANCELLING: "cancelling",
    JobState.STOPPED: "stopped",
    JobState.NEEDS_YOU: "needs you",
    JobState.DONE: "done",
    JobState.CANCELLED: "cancelled",
}
ROUTES = {Route.SINGLE: "one by one", Route.BATCH: "in batches", Route.BULK: "bulk upload"}
SIGN_IN, GUARD, BUG, LATER, INTERRUPTED = 3, 7, 70, 75, 130


def state_words(job: "JobView") -> str:
    """Say where a job stands."""
    if job.state is JobState.THROTTLED and job.unreached:
        return "queued until the CRM answers"
    if job.not_before is not None and job.not_before > utc_now():
        until = f"{job.not_before.astimezone():%H:%M:%S}"
        if job.state is JobState.QUEUED:
            return f"collecting until {until}"
        if job.stop is not None and job.stop.code == "schedule.blackout":
            return f"held by a blackout until {until}"
    if job.state is JobState.QUEUED and job.behind:
        return f"waits for job {job.behind[0]}"
    return STATES[job.state]


@dataclass(frozen=True, slots=True)
class Ran:
    """Jobs after this process worked on them, and whether a person ended that."""

    jobs: tuple["JobView", ...]
    seconds: float
    is_interrupted: bool = False


def run_jobs(runtime: "Runtime", jobs: abc.Sequence[JobId], run: "Run") -> Ran:
    """Work until no job goes further by itself. Ctrl+C cancels and resolves, so there is still a result."""
    started = time.monotonic()
    is_interrupted = False

    def tell(job: "JobView") -> None:
        done = job.counts.rows - job.counts.open
        say(
            f"Job {job.number}: {done:,} of {counted(job.counts.rows, 'row')}, {state_words(job)}",
            quiet=run.quiet or run.as_json,
        )

    try:
        runtime.run_until_final(jobs, on_progress=tell)
    except KeyboardInterrupt:
        is_interrupted = True
        say("Interrupted: no new rows are sent, and those in flight are resolved.", quiet=run.quiet)
    views = tuple(runtime.told.job(job) for job in jobs)
    return Ran(views, time.monotonic() - started, is_interrupted)


def report_of(ran: Ran) -> dict[str, JsonValue]:
    """Give the totals of the jobs of one act as one object; the seven outcomes add up to `rows`.

    Rows of a job that stopped before its end have no outcome yet: they are told as `open`.
    """
    jobs = ran.jobs
    total = {name: sum(getattr(job.counts, name) for job in jobs) for name in ("rows", *OUTCOMES)}
    report: dict[str, JsonValue] = {"job": jobs[0].id if jobs else None}
    if len(jobs) > 1:
        report["jobs"] = [job.id for job in jobs]
    report |= {**total, "seconds": round(ran.seconds, 3)}
    if still_open := sum(job.counts.open for job in jobs):
        report["open"] = still_open
    if waiting := [job.connection for job in jobs if job.unreached and job.counts.open]:
        report["waiting"] = waiting
    if stops := [job.stop.code for job in jobs if job.stop is not None]:
        report["stop"] = stops[0]
    return report


def exit_code(ran: Ran) -> int:
    """Give the exit code: 130 interrupted, then 6 unknown before 5 conflicts, a stop's own, 4 partial.

    75 where something waits for a CRM that does not answer, before 4.
    """
    jobs = ran.jobs
    if ran.is_interrupted:
        return INTERRUPTED
    if any(job.counts.unknown for job in jobs):
        return 6
    if any(job.counts.conflict for job in jobs):
        return 5
    for job in jobs:
        if job.state is JobState.STOPPED and job.stop is not None:
            return _code_of_stop(job.stop.code)
    if any(
        (job.unreached or job.behind or job.state is JobState.THROTTLED) and job.counts.open for job in jobs
    ):
        return LATER
    return 4 if any(_unwritten(job.counts) for job in jobs) else 0


def _code_of_stop(code: str) -> int:
    area = code.partition(".")[0]
    return {"sign_in": SIGN_IN, "quota": LATER, "internal": BUG}.get(area, GUARD)


def _unwritten(counts: Counts) -> int:
    return counts.rejected + counts.blocked + counts.cancelled + counts.open


def tell_jobs(ran: Ran, run: "Run", *, more: abc.Mapping[str, JsonValue] | None = None) -> int:
    """Print the totals of some jobs, with more about them in JSON, and give the exit code."""
    report = {**report_of(ran), **(more or {})}
    if run.as_json:
        put_json(report)
    else:
        _tell_totals(report)
        for job in ran.jobs:
            if job.stop is not None:
                tell_stop(job)
            elif job.behind:
                first = job.behind[0]
                say(
                    f"Job {job.number} waits: job {first} writes the same records first. "
                    f"Go on: writeback jobs resume {first}. Give it up: writeback jobs cancel {first}."
                )
            elif refused := job.counts.rejected + job.counts.blocked:
                say(
                    f"{counted(refused, 'row')} not written. Why: writeback jobs results {job.number}. "
                    f"Put right and again: writeback jobs retry {job.number} --set ROW:FIELD=VALUE."
                )
    return exit_code(ran)


def tell_stop(job: "JobView") -> None:
    """Say why a job stopped, and how it goes on."""
    from writeback.runtime.sentences import sentence_of

    if job.stop is not None:
        facts = {"connection": job.connection, "host": job.connection, "reason": "no answer"}
        told = sentence_of(job.stop.code, {**facts, **dict(job.stop.facts)})
        again = f"Go on with: writeback jobs resume {job.number}."
        if job.state is JobState.THROTTLED and not job.unreached:
            again = f"A worker goes on then. Look now with: writeback jobs resume {job.number}."
        if job.unreached:
            again = (
                f"A worker sends it when the CRM answers. Look now with: writeback jobs resume {job.number}."
            )
        say(f"Job {job.number} {state_words(job)}: {told} {again} ({job.stop.code})")


def _tell_totals(report: abc.Mapping[str, JsonValue]) -> None:
    told = [f"{report[name]:,} {word}" for name, word in WORDS.items() if report[name]]
    if report.get("open"):
        told.append(f"{report['open']:,} open")
    rows = report["rows"]
    put_line(
        f"{counted(rows if isinstance(rows, int) else 0, 'row')}: "
        f"{' · '.join(told) or 'nothing to send'} ({report['seconds']:.1f} s)"
    )
