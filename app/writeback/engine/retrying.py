"""Build the rows of a job that were refused or not sent, to be planned afresh as a job of their own.

Must not: send; take a row whose outcome is unknown (only a read-back settles it) or in conflict.
"""

from collections import abc
from typing import Final

from writeback.engine.undoing import FINISHED, ROWS
from writeback.errors import ConfigurationError
from writeback.model.canonical import Unset, row_from_text, wish
from writeback.model.jobs import Column
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.store import outbox
from writeback.store.outbox import QueuedWrite
from writeback.store.workspace import Workspace

AGAIN: Final = ("rejected", "cancelled")


def gather_retry(workspace: Workspace, job_id: str) -> PlanStream:
    """Give the rows of a finished job that were refused or cancelled, as they were wished.

    Raises:
        ConfigurationError: There is no such job, or it is still at work.
    """
    with workspace.reading() as db:
        job = outbox.get(db, job_id)
    if job.state not in FINISHED:
        raise ConfigurationError("job.not_so", job=job_id[:200], state=job.state.value, wanted="finished")
    return PlanStream(
        connection_id=job.connection_id,
        object=job.object,
        columns=job.columns,
        rows=_rows(workspace, job_id, job.columns),
        integration_id=job.integration_id,
    )


def _rows(workspace: Workspace, job_id: str, columns: abc.Sequence[Column]) -> abc.Iterator[PlanInput]:
    after = 0
    while True:
        with workspace.reading() as db:
            rows = outbox.rows_that_ended(db, job_id, AGAIN, after=after, most=ROWS)
        for row in rows:
            yield _again(row, columns)
        if len(rows) < ROWS:
            return
        after = rows[-1].seq


def _again(row: QueuedWrite, columns: abc.Sequence[Column]) -> PlanInput:
    kinds = [column.kind for column in columns]
    news = row_from_text(row.new, kinds)
    wishes = [new if isinstance(new, Unset) else wish(new) for new in news]
    return PlanInput(row.record_id, row_from_text(row.old, kinds), wishes, rid=row.rid)
