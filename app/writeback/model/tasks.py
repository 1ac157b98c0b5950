"""Tasks: what somebody has to do about a record, and which attributes are asked for when it is done."""

import enum
from dataclasses import dataclass
from datetime import date, datetime

from writeback.model.types import JobId, RecordId


class TaskState(enum.StrEnum):
    """How far a task is."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Wrote:
    """What became of one value as its task was completed."""

    attribute: str
    state: str
    """As the edit service told it: `draft`, `sending`, `unchanged`, …"""
    jobs: tuple[JobId, ...] = ()
    """Those that it became at once; a draft becomes one later."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task."""

    number: int
    record: RecordId
    entity: str
    title: str
    assignee: str
    """Who has to do it, by the name they work under; '' is nobody yet."""
    due: date | None
    form: str
    """The insight form that completing it asks for; '' asks for nothing but outcome and notes."""
    state: TaskState
    author: str
    created_at: datetime
    origin: str = ""
    """The SuccessPlay that made it; '': a person."""
    outcome: str = ""
    notes: str = ""
    ended_by: str = ""
    ended_at: datetime | None = None
    snoozed_until: date | None = None
    """It is not listed as due before."""
    act: str = ""
    """The act that made it; asked for again, it is the same task."""
    ended_act: str = ""
    """The act that completed it last."""
    wrote: tuple[Wrote, ...] = ()
    """What completing it saved last; reopening offers to undo it."""
    version: int = 1
    """Goes up with every change, so that nobody changes what they never saw."""
    changed_by: str = ""
    """Who changed it last; '': nobody since it was made."""
    changed_act: str = ""
    """By which act."""
