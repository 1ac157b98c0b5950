"""Jobs, batches, attempts and their outcomes: the write protocol's nouns."""

import enum
from dataclasses import dataclass

from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule
from writeback.model.types import AttributeType


class Outcome(enum.StrEnum):
    """What became of one write. UNKNOWN alone may change, once, by a verdict."""

    APPLIED = "applied"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class Route(enum.StrEnum):
    """How writes travel."""

    SINGLE = "single"
    """One call a record."""
    BATCH = "batch"
    """Many records in one call."""
    BULK = "bulk"
    """An asynchronous upload."""


class Assurance(enum.StrEnum):
    """Who checks that nobody changed the record meanwhile."""

    A = "A"
    """The CRM checks the version as it writes."""
    B = "B"
    """We compare just before the write."""
    C = "C"
    """Nobody checks."""


class JobKind(enum.StrEnum):
    """What a job is for."""

    REAL_TIME = "real_time"
    BULK_WRITE_BACK = "bulk_write_back"
    UNDO = "undo"
    RETRY = "retry"


class JobState(enum.StrEnum):
    """Where a job stands. Final: DONE, CANCELLED."""

    PREPARING = "preparing"
    """Rows are being written; invisible until submitted (a Plan)."""
    QUEUED = "queued"
    RUNNING = "running"
    THROTTLED = "throttled"
    """The CRM asked us to wait; `not_before` says until when."""
    PAUSED = "paused"
    CANCELLING = "cancelling"
    CHECKING = "checking"
    """Unknown outcomes are being read back."""
    NEEDS_YOU = "needs_you"
    """Unknown outcomes that nobody but a person can settle."""
    STOPPED = "stopped"
    """A gate closed (sign-in, write-back off, other org …); rows wait."""
    DONE = "done"
    CANCELLED = "cancelled"


AT_WORK = frozenset(
    {JobState.QUEUED, JobState.RUNNING, JobState.THROTTLED, JobState.CANCELLING, JobState.CHECKING}
)
"""States in which a job goes on by itself, while a worker is there."""


class BatchState(enum.StrEnum):
    """Where one batch stands."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    """A worker holds the lease."""
    SENT = "sent"
    """Bulk: closed at the CRM, results not yet read."""
    CHECKING = "checking"
    """Holds unknown outcomes; read back after the quiet period."""
    SETTLED = "settled"


class RemoteState(enum.StrEnum):
    """Where a bulk job stands at the CRM."""

    OPEN = "open"
    QUEUED = "queued"
    RUNNING = "running"
    COMPLETE = "complete"
    FAILED = "failed"
    ABORTED = "aborted"
    GONE = "gone"
    """The CRM does not know it (any more)."""
    UNTOLD = "untold"
    """Uploaded, and the CRM cannot tell whether the job was ever started."""


@dataclass(frozen=True, slots=True)
class Column:
    """One CRM column that a job writes.

    `path` is what the person named, on the record they look at (`Owner.Email`); `field` is what travels
    (`OwnerId`) on the record that is written.
    """

    path: FieldPath
    field: str
    kind: AttributeType
    attribute: str = ""
    rule: ConflictRule | None = None
    """Who wins in it when both sides changed, as it was planned; None: as its mapping says as it is sent."""
    depth: int = 0
    """Over how many of the path's hops the written record is reached; 0: it is the record itself."""

    @property
    def via(self) -> tuple[str, ...]:
        """The hops that lead to the written record."""
        return self.path.hops[: self.depth]

    @property
    def local(self) -> FieldPath:
        """The path as seen from the written record."""
        return FieldPath(self.path.hops[self.depth :], self.path.field)


@dataclass(frozen=True, slots=True)
class Result:
    """What the CRM said about one write."""

    key: str
    outcome: Outcome
    code: str = ""
    message: str = ""
    """The CRM's own words, literally."""
    fields: tuple[str, ...] = ()
    version: str | None = None
    """The version token after the write, where the answer holds it."""
    record_id: str = ""
    """The id of the record that was made, where the answer holds it."""
    again: bool = False
    """The CRM did not process the row (lock, limit): it may be sent again."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The seven ends of a row; they add up to the rows of the job."""

    rows: int = 0
    applied: int = 0
    rejected: int = 0
    unchanged: int = 0
    conflict: int = 0
    unknown: int = 0
    blocked: int = 0
    cancelled: int = 0

    @property
    def open(self) -> int:
        """Rows without an outcome yet."""
        ended = self.applied + self.rejected + self.unchanged + self.conflict
        return self.rows - ended - self.unknown - self.blocked - self.cancelled
