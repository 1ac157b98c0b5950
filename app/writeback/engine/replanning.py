"""Turn the rows of a finished job that ended in some way into the rows of a plan: for undo and for retry.

Must not: send, judge.
"""

from collections import abc
from typing import Final

from writeback.errors import ConfigurationError
from writeback.model.jobs import Column, JobState
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.store import outbox
from writeback.store.outbox import QueuedWrite
from writeback.store.workspace import Workspace

FINISHED: Final = (JobState.DONE, JobState.CANCELLED, JobState.STOPPED, JobState.NEEDS_YOU)
ROWS: Final = 2_000

Turn = abc.Callable[[QueuedWrite, abc.Sequence[Column]], PlanInput]
"""Makes a row of a plan of a row that was sent."""


def replan(workspace: Workspace, job_id: str, outcomes: abc.Sequence[str], turn: Turn) -> PlanStream:
    """Give the rows of a finished job that ended so, turned.

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
        rows=(turn(row, job.columns) for row in _rows(workspace, job_id, outcomes)),
        integration_id=job.integration_id,
    )


def _rows(workspace: Workspace, job_id: str, outcomes: abc.Sequence[str]) -> abc.Iterator[QueuedWrite]:
    after = 0
    while True:
        with workspace.reading() as db:
            rows = outbox.rows_that_ended(db, job_id, outcomes, after=after, most=ROWS)
        yield from rows
        if len(rows) < ROWS:
            return
        after = rows[-1].seq
