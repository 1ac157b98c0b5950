"""Build the rows of a job that were refused or not sent, to be planned afresh as a job of their own.

Must not: send; take a row whose outcome is unknown (only a read-back settles it) or in conflict.
"""

from collections import abc
from typing import Final

from writeback.engine.replanning import finished, rows_of
from writeback.model.canonical import Unset, row_from_text, wish
from writeback.model.jobs import Column
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.store.outbox import QueuedWrite
from writeback.store.workspace import Workspace

AGAIN: Final = ("rejected", "cancelled")


def gather_retry(workspace: Workspace, job_id: str) -> PlanStream:
    """Give the rows of a finished job that were refused or cancelled, as they were wished.

    Raises:
        ConfigurationError: There is no such job, or it is still at work.
    """
    job = finished(workspace, job_id)
    return PlanStream(
        connection_id=job.connection_id,
        object=job.object,
        columns=job.columns,
        rows=(_again(row, job.columns) for row in rows_of(workspace, job_id, AGAIN)),
        integration_id=job.integration_id,
        root=job.root,
        was_walked=bool(job.root),
        walked_by=key if isinstance(key := job.source.get("key"), str) else "",
        automation=job.automation,
    )


def _again(row: QueuedWrite, columns: abc.Sequence[Column]) -> PlanInput:
    kinds = [column.kind for column in columns]
    news = row_from_text(row.new, kinds)
    wishes = [new if isinstance(new, Unset) else wish(new) for new in news]
    olds = row_from_text(row.old, kinds)
    return PlanInput(row.record_id, olds, wishes, rid=row.rid, source_key=row.source_key)
