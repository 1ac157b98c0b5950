"""How jobs, pulls and read-backs stand in JSON and in tables."""

from collections import abc
from typing import TYPE_CHECKING

from writeback.cli.output import JsonValue, put_table
from writeback.cli.progress import OUTCOMES

if TYPE_CHECKING:
    from writeback.runtime.facade import JobView
    from writeback.runtime.job_views import PastRun


def plain_job(job: "JobView") -> dict[str, JsonValue]:
    """Tell one job."""
    return {
        "job": job.id,
        "number": job.number,
        "connection": job.connection,
        "object": job.object,
        "kind": job.kind.value,
        "origin": job.origin.value,
        "author": job.author,
        "reason": job.reason,
        "columns": list(job.columns),
        "creates_by": job.creates_by,
        "route": job.route.value,
        "assurance": job.assurance.value,
        "state": job.state.value,
        "rows": job.counts.rows,
        **{name: getattr(job.counts, name) for name in OUTCOMES},
        "stop": None if job.stop is None else job.stop.code,
        "not_before": job.not_before.isoformat() if job.not_before else None,
        "behind": list(job.behind),
        "submitted_at": job.submitted_at.isoformat() if job.submitted_at else None,
        "started_at": job.started_at.isoformat() if job.started_at else None,
        "finished_at": job.finished_at.isoformat() if job.finished_at else None,
        "undo_of": job.undo_of,
        "retry_of": job.retry_of,
        "api_calls": job.api_calls,
        "automation": dict(job.automation),
        "source": dict(job.source),
    }


def plain_run(one: "PastRun") -> dict[str, JsonValue]:
    """Tell one pull or read-back."""
    return {
        "kind": one.kind,
        "connection": one.connection,
        "object": one.object,
        "author": one.author,
        "at": one.at.isoformat(),
        "seconds": one.seconds,
        **dict(one.counts),
        "code": one.code,
        "job": one.job_id or None,
        "number": one.job_number or None,
    }


def put_runs(runs: "abc.Iterable[PastRun]") -> None:
    """Print pulls and read-backs."""
    put_table(
        ("kind", "connection", "object", "at", "job", "found", "by"),
        (
            (
                one.kind.replace("_", "-"),
                one.connection,
                one.object,
                one.at.isoformat(timespec="seconds"),
                one.job_number or "",
                one.code
                or ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in one.counts if count),
                one.author,
            )
            for one in runs
        ),
    )


def _found(counts: "abc.Iterable[tuple[str, int]]") -> "abc.Iterator[str]":
    return (f"{count:,} {name.replace('_', ' ')}" for name, count in counts if count)
