"""The timeline of one job: what happened when, from its collecting to its read-back. Builds no sentence."""

from collections import abc
from datetime import datetime

from writeback.runtime.decoding import RawRow
from writeback.runtime.job_views import ActLine, BatchView, JobStep
from writeback.store import job_reads, moments
from writeback.store.workspace import Db

STEERED = ("job.paused", "job.resumed", "job.cancelled", "job.stopped")
"""Acts of the audit trail that belong on the way of a job."""
_AT_THE_CRM = ("closed",)


def steps_of(
    db: Db, row: RawRow, acts: abc.Sequence[ActLine], batches: abc.Sequence[BatchView]
) -> tuple[JobStep, ...]:
    """Give the steps of a job in their order; what is still to come stands at the end without a moment.

    Args:
        db: Any transaction.
        row: The job (`job_lists.one`).
        acts: Its entries of the audit trail.
        batches: Its batches.
    """
    first, last = job_reads.sent_between(db, row.id)
    refreshed, left = job_reads.refreshed(db, row.id)
    waiting = sum(one.remote_state in _AT_THE_CRM for one in batches)
    is_sent = bool(row.writes)
    steps = [
        JobStep("collected", moments.from_text(row.created_at), row.author),
        JobStep("checked", moments.from_optional(row.planned_at)),
        JobStep("approved", moments.from_optional(row.submitted_at), row.author),
    ]
    if is_sent:
        steps.append(JobStep("sending", moments.from_optional(first or row.started_at)))
        if waiting:
            steps.append(JobStep("waiting", _sent(batches), count=waiting))
        steps.append(JobStep("answered", moments.from_optional(last) if not waiting else None))
        if refreshed or left:
            steps.append(JobStep("read_back", moments.from_optional(refreshed), count=left))
    steps.append(JobStep("finished", moments.from_optional(row.finished_at)))
    steps += [
        JobStep(one.act, one.at, dict(one.body).get("author", "")) for one in acts if one.act in STEERED
    ]
    done = sorted((one.at, place, one) for place, one in enumerate(steps) if one.at is not None)
    return (*(one for _, _, one in done), *(one for one in steps if one.at is None))


def _sent(batches: abc.Sequence[BatchView]) -> datetime | None:
    """Say when the newest upload that the CRM works on was handed over."""
    tries = [one for batch in batches if batch.remote_state in _AT_THE_CRM for one in batch.attempts]
    return max((one.ended or one.began for one in tries), default=None)
