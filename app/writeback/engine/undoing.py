"""Build the rows that put back what a finished job overwrote; the planner judges them like any others.

A row's *old* is what the job wrote, its wish is the stored pre-image: the fresh read of the plan then
sends only where the CRM still holds what we wrote, and lists the others.

Must not: send, judge; undo more than the job's plain fields.
"""

from collections import abc
from typing import Final

from writeback.engine.replanning import replan
from writeback.model.canonical import UNSET, Unset, row_from_text
from writeback.model.changes import Reason
from writeback.model.jobs import Column
from writeback.model.types import CLEAR, Value, Wish
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.store.outbox import QueuedWrite
from writeback.store.workspace import Workspace

NO_PRE_IMAGE: Final = Reason("undo.no_pre_image")


def gather_undo(workspace: Workspace, job_id: str) -> PlanStream:
    """Give the reverse of a finished job: one row for each row it applied.

    Raises:
        ConfigurationError: There is no such job, or it is still at work.
    """
    return replan(workspace, job_id, ("applied",), _reverse)


def _reverse(row: QueuedWrite, columns: abc.Sequence[Column]) -> PlanInput:
    kinds = [column.kind for column in columns]
    before, written = row_from_text(row.old, kinds), row_from_text(row.new, kinds)
    olds: list[Value | Unset] = []
    wishes: list[Wish | Unset] = []
    blocked, field = None, ""
    for column, was, new in zip(columns, before, written, strict=True):
        if isinstance(new, Unset):
            olds.append(UNSET)
            wishes.append(UNSET)
            continue
        if isinstance(was, Unset):  # written unseen (assurance C): nobody knows what stood there
            blocked, field = NO_PRE_IMAGE, str(column.path)
        olds.append(new)
        wishes.append(was if isinstance(was, Unset) or was is not None else CLEAR)
    return PlanInput(row.record_id, olds, wishes, rid=row.rid, blocked=blocked, field=field)
