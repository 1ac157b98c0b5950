"""What completing a task wrote, so that reopening it can offer the undo: values that wait, and jobs.

Must not: undo, write.
"""

from dataclasses import dataclass, replace
from typing import Final

from writeback.engine.editing import DRAFT, SENDING
from writeback.model.changes import Origin
from writeback.model.histories import HistoryKind
from writeback.model.tasks import Task
from writeback.model.types import JobId, Value
from writeback.runtime.histories import HistoryEntry
from writeback.runtime.reading import Reading
from writeback.runtime.views import AttributeView, Mark

REFUSED: Final = "refused"
"""The state of a mark."""


@dataclass(frozen=True, slots=True)
class WroteJob:
    """A job that took values of a task's completion."""

    id: JobId
    number: int
    connection: str
    outcomes: tuple[tuple[str, str], ...] = ()
    """By attribute: what became of it there; `open` is not known yet."""


@dataclass(frozen=True, slots=True)
class RefusedValue:
    """A value that a CRM refused and that somebody still wants."""

    view: AttributeView
    held: Value
    """What the record holds."""
    mark: Mark


@dataclass(frozen=True, slots=True)
class TaskWrites:
    """What became of what a task's completion saved."""

    waiting: tuple[str, ...] = ()
    """Attributes whose value waits as a draft still."""
    jobs: tuple[WroteJob, ...] = ()
    refused: tuple[RefusedValue, ...] = ()
    """Values that are refused today, as grid and profile tell them."""

    @property
    def is_any(self) -> bool:
        """Whether there is anything to undo."""
        return bool(self.waiting or self.jobs)  # what is refused stands in a job


def writes_of(reads: Reading, task: Task) -> TaskWrites:
    """Say what became of what completing a task saved last, as far as it is known today."""
    asked = [one.attribute for one in task.wrote if one.state in (DRAFT, SENDING)]
    record = reads.record(task.entity, task.record) if asked else None
    if record is None:
        return TaskWrites()
    jobs: dict[JobId, WroteJob] = {}
    for entry in reads.history(task.record):
        for answer in entry.answers if entry.attribute in asked and _is_its(entry, task) else ():
            job = JobId(answer.job_id)
            known = jobs.get(job, WroteJob(job, answer.number, answer.connection))
            jobs[job] = replace(known, outcomes=(*known.outcomes, (entry.attribute, answer.outcome)))
    marks = {name: record.row.mark_of(name) for name in asked}
    waiting = tuple(name for name, mark in marks.items() if mark is not None and mark.state == DRAFT)
    refused = (
        RefusedValue(view, held, mark)
        for view, held in zip(record.attributes, record.row.values, strict=False)
        if (mark := marks.get(view.attribute.name)) is not None and mark.state == REFUSED
    )
    return TaskWrites(waiting, tuple(sorted(jobs.values(), key=lambda one: one.number)), tuple(refused))


def _is_its(entry: HistoryEntry, task: Task) -> bool:
    """Say whether a task's completion wrote this: at once, or as a draft that somebody sent later."""
    if entry.kind is not HistoryKind.WRITTEN or entry.undo_of:
        return False
    at_once = {job for one in task.wrote for job in one.jobs}
    if any(answer.job_id in at_once for answer in entry.answers):
        return True
    return entry.origin == Origin.TASK and task.ended_at is not None and entry.at >= task.ended_at
