"""What screens show of plans and jobs: frozen values that `runtime.reading` gives. No Qt, no SQL."""

from dataclasses import dataclass
from datetime import datetime

from writeback.errors import Fact
from writeback.model.changes import Reason
from writeback.model.connections import Connection
from writeback.model.jobs import Column
from writeback.runtime.assurances import Gap
from writeback.runtime.facade import JobView
from writeback.sdk.values import Usage


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One field of one record in a plan."""

    job_id: str
    seq: int
    record: str
    """The record's name, else its CRM id, else the key of the source."""
    record_id: str
    field: str
    theirs: str
    yours: str
    verdict: str
    reason: Reason | None = None
    clears: bool = False
    connection: str = ""
    """The name of the CRM it would go to."""
    added: tuple[str, ...] = ()
    """Of a list: what would stand there that does not now."""
    removed: tuple[str, ...] = ()
    """Of a list: what would stand there no more."""
    old: str = ""
    """What the value is judged against, as it travels: of a reference the id."""
    new: str = ""
    """What would be sent, as it travels."""
    is_whole_row: bool = False
    """Left out: the row with all its fields, not this field of it."""
    makes: bool = False
    """It becomes a record: `record` is the value of its unique key."""
    others: tuple[str, ...] = ()
    """Further fields of the record that share its verdict and stay here with this one."""

    @property
    def difference(self) -> str:
        """Say what changes in a list: `+Export −Retail`; '' for what is no list."""
        return " ".join([*(f"+{one}" for one in self.added), *(f"−{one}" for one in self.removed)])


@dataclass(frozen=True, slots=True)
class JobRow:
    """One row of a job with what became of it."""

    seq: int
    record: str
    record_id: str
    fields: str
    old: str
    new: str
    outcome: str
    """One of the outcomes, `blocked`, or `open`."""
    code: str = ""
    message: str = ""
    """The CRM's own words; '' for what we said ourselves."""
    facts: tuple[tuple[str, Fact], ...] = ()
    """What the sentence of `code` is filled with."""
    theirs: str = ""
    """What the CRM held in these fields, where it was told: in a conflict, or after automation."""
    yours: str = ""
    """What was wished, as people read it: of a reference its name, where `new` is the id."""
    verdict: str = "send"
    """What the plan said: `send`, or a finding's."""
    note: "HandNote | None" = None
    """That a person marked it as resolved by hand."""
    makes: bool = False
    """It makes a record: `record_id` is '' until that is there."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Rows that ended in the same way and not simply as written, for the same reason."""

    outcome: str
    code: str
    message: str
    rows: int
    field: str = ""
    facts: tuple[tuple[str, Fact], ...] = ()


@dataclass(frozen=True, slots=True)
class HandNote:
    """A person's word that a row was resolved by hand; its outcome stays what it was."""

    at: datetime
    author: str
    note: str


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One try of a batch."""

    began: datetime
    ended: datetime | None
    rows: int
    outcome: str
    """`''` while nobody knows."""
    verdict: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class BatchView:
    """One batch of a job."""

    no: int
    rows: int
    state: str
    outcome: str
    tries: int
    remote_id: str
    remote_state: str
    route: str = ""
    not_before: datetime | None = None
    """When it is looked at next, where it waits."""
    attempts: tuple[AttemptView, ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """One recorded request with its answer, redacted."""

    at: datetime
    method: str
    url: str
    status: int | None
    seconds: float
    request: str
    answer: str


@dataclass(frozen=True, slots=True)
class FailedCell:
    """One field of a row that was not written."""

    path: str
    old: str
    """What the CRM held, as text."""
    new: str
    """What was wished, as it is typed; '' for nothing or for what could not be read."""
    is_wished: bool
    is_refused: bool
    """The reason is about this field."""
    is_locked: bool
    """It is a field of the record that a reference points at: it is edited there."""


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A row that was refused, blocked or not sent, to be put right."""

    seq: int
    record: str
    record_id: str
    outcome: str
    code: str
    message: str
    facts: tuple[tuple[str, Fact], ...]
    cells: tuple[FailedCell, ...]


@dataclass(frozen=True, slots=True)
class JobStep:
    """Something that happened on a job's way, or is to happen.

    `name`: `collected`, `checked`, `approved`, `sending`, `waiting`, `answered`, `read_back`, `finished`, or
    an act of the audit trail (`job.paused`, …).
    """

    name: str
    at: datetime | None
    """None: not yet."""
    by: str = ""
    count: int = 0
    """`waiting`: uploads that the CRM works on; `read_back`: batches still to be read."""


@dataclass(frozen=True, slots=True)
class ActLine:
    """One entry of the audit trail that names the job or its plan."""

    seq: int
    at: datetime
    act: str
    body: tuple[tuple[str, str], ...]
    hash: str


@dataclass(frozen=True, slots=True)
class JobDetail:
    """A job with everything its page shows, but its rows."""

    job: JobView
    columns: tuple[Column, ...]
    batches: tuple[BatchView, ...]
    causes: tuple[Cause, ...]
    exchanges: tuple[ExchangeView, ...]
    others: tuple[str, ...] = ()
    """Names of the other connections to which the same act wrote."""
    gap: Gap | None = None
    """At assurance B: how long it was between compare and answer."""
    steps: tuple[JobStep, ...] = ()
    acts: tuple[ActLine, ...] = ()
    connection: Connection | None = None
    usage: tuple[Usage, ...] = ()
    """The connection's last known quotas."""
    unknown_since: datetime | None = None
    """Of rows without an answer: when the last of them was sent."""
    checks_at: datetime | None = None
    """When unknown outcomes are read back next."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """A pull, or the read-back of a job: it is listed beside the jobs, and writes nothing."""

    kind: str
    """`pull` | `read_back`."""
    connection_id: str
    connection: str
    object: str
    author: str
    at: datetime
    seconds: float | None
    counts: tuple[tuple[str, int], ...]
    code: str = ""
    facts: tuple[tuple[str, Fact], ...] = ()
    job_id: str = ""
    job_number: int = 0
    is_scheduled: bool = False
    """A schedule asked for it, which is `author`'s."""
