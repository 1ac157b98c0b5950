"""Give the rows of a finished job that ended in some way, to be planned anew: for undo and for retry.

Must not: send, judge.
"""

from collections import abc
from typing import Final

from writeback.errors import ConfigurationError
from writeback.model.jobs import JobState
from writeback.store import outbox, sources, undoable
from writeback.store.outbox import Job, QueuedWrite
from writeback.store.workspace import Workspace

FINISHED: Final = (JobState.DONE, JobState.CANCELLED, JobState.STOPPED, JobState.NEEDS_YOU)
ROWS: Final = 2_000


def finished(workspace: Workspace, job_id: str) -> Job:
    """Give a job that is not at work any more.

    Raises:
        ConfigurationError: There is no such job, or it is still at work.
    """
    with workspace.reading() as db:
        job = outbox.get(db, job_id)
    if job.state not in FINISHED:
        raise ConfigurationError("job.not_so", job=job_id[:200], state=job.state.value, wanted="finished")
    return job


def rows_of(
    workspace: Workspace,
    job_id: str,
    outcomes: abc.Sequence[str],
    *,
    keys: abc.Sequence[str] | None = None,
) -> abc.Iterator[QueuedWrite]:
    """Give the rows of a job that ended so, in short reads; a shared one for each record that asks for it.

    Args:
        workspace: Where the job is.
        job_id: The job.
        outcomes: How they ended.
        keys: Only about these CRM records; None: about all.
    """
    if keys is not None:
        with workspace.reading() as db:
            chosen = undoable.rows_of_records(db, job_id, outcomes, keys)
            asked = sources.each_write(db, job_id, chosen)
        yield from asked
        return
    after = 0
    while True:
        with workspace.reading() as db:
            rows = outbox.rows_that_ended(db, job_id, outcomes, after=after, most=ROWS)
            asked = sources.each_write(db, job_id, rows)
        yield from asked
        if len(rows) < ROWS:
            return
        after = rows[-1].seq
