"""A file on its way into a CRM: where it lies, what was chosen for it, and how far it came."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from writeback.model.types import JobId, PlanId


class FileStep(StrEnum):
    """How far a file came. Nothing remembers it: it is read off the choices, the plan and the jobs."""

    FILE = "file"
    """It was opened; nobody said yet where it goes."""
    COLUMNS = "columns"
    """Connection, object, key or columns were chosen; there is no plan."""
    PLANNED = "planned"
    """A plan waits to be sent."""
    TRIAL = "trial"
    """Some rows were sent as a trial; the rest is a plan that waits."""
    SENDING = "sending"
    """Everything that will be sent is a job, and some of it is under way."""
    RESULT = "result"
    """Each row has its outcome."""


class FileState(StrEnum):
    """What became of the file on the disk since it was opened or planned."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class FileSession:
    """One file on its way."""

    number: int
    """For people; counts from 1 in a workspace."""
    path: str
    sha256: str
    """Of the file as its choices were made, or as it was planned."""
    choices: str
    """What was chosen: a plan's source as JSON; '' while nothing was."""
    author: str
    opened_at: datetime
    changed_at: datetime
    step: FileStep = FileStep.FILE
    plan: PlanId | None = None
    """The plan that waits to be sent, or what a trial left of it."""
    jobs: tuple[JobId, ...] = ()
    """What was sent of it, the trial first, then what was sent again of rows that failed."""
    was_tried: bool = False
    """Some rows went as a trial first."""
    rows: int = 0
    """All rows of the plan and its jobs, those that were refused too."""
    to_send: int = 0
    """Rows of the plan that waits."""
    sent: int = 0
    """Rows of its jobs that were to be written."""
    unknown: int = 0
    """Rows that were sent and of which nobody knows whether they arrived."""
    arrived: int = 0
    """Rows of its jobs that the CRM holds now."""

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.replace("\\", "/").rpartition("/")[2]
