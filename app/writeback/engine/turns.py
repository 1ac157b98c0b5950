"""One claimed batch in the hands of one thread, and the desk that all threads of a process share.

Must not: decide anything; it carries what the verbs need.
"""

import logging
import random  # noqa: TID251  the type of what is handed in
import threading
import time
from collections import abc
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from writeback.engine.pacing import Pace
from writeback.engine.shaping import FindTransform, find_none, readers_back
from writeback.model.connections import Connection
from writeback.model.integrations import Integration
from writeback.model.jobs import Column, JobState
from writeback.model.types import AttributeType, ConnectionId, JobId
from writeback.planning.forecasting import Quota
from writeback.sdk.connector import Session
from writeback.sdk.manifest import Manifest
from writeback.sdk.values import ObjectDescription
from writeback.store import outbox
from writeback.store.claims import Claim, LostClaimError
from writeback.store.confirming import NO_READERS, ReadBack
from writeback.store.outbox import Job
from writeback.store.workspace import Db, Workspace

log = logging.getLogger("writeback.engine")


class Sessions(Protocol):
    """Where sessions come from; `runtime` builds them."""

    def open(self, connection_id: ConnectionId) -> Session:
        """Give this thread's session of a connection. Raises SignInRequiredError, PluginError."""

    def connection(self, connection_id: ConnectionId) -> Connection:
        """Read a connection as it is now."""

    def manifest(self, connector: str) -> Manifest:
        """Give a connector's facts."""

    def clock_gap(self, connection_id: ConnectionId) -> timedelta | None:
        """Give how far the CRM's clock was ahead of ours in its last answer; None: no answer told."""

    def flush(self) -> None:
        """Write recorded exchanges down."""


@dataclass(slots=True)
class Ration:
    """What is known of a connection's daily quota in this process."""

    quota: Quota | None
    asked_at: float
    """On the desk's monotonic clock."""
    spent: int = 0
    """Units sent since."""


@dataclass(slots=True)
class Seen:
    """What this process knows of orgs and objects, so that the gate need not ask before each batch."""

    sessions: dict[int, tuple[Session, str]] = field(default_factory=dict)
    """By identity: the session and the org id that answered in it."""
    rations: dict[str, Ration] = field(default_factory=dict)
    """By connection: what is left of its daily quota."""
    described: dict[tuple[str, str], tuple[ObjectDescription, datetime]] = field(default_factory=dict)
    doubted: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """When refusals last made a description doubtful."""
    bases: dict[JobId, ObjectDescription | None] = field(default_factory=dict)
    """What each job was planned under."""
    lost: dict[JobId, dict[int, dict[str, str]]] = field(default_factory=dict)
    """By job and column: ids that references shall not be pointed at any more, and why."""
    read_back_s: float = 0.0
    """CPU seconds that batches spent reading back what they wrote: the benchmark tells them apart."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What all turns of one process share."""

    workspace: Workspace
    sessions: Sessions
    pace: Pace
    rng: random.Random
    stopping: threading.Event
    """Set when the process shall end: begin nothing new, stop waiting."""
    seen: Seen = field(default_factory=Seen)
    transforms: FindTransform = find_none
    """Finds the named transforms of mappings."""
    monotonic: abc.Callable[[], float] = time.monotonic
    blame: abc.Callable[[str, BaseException], None] = lambda _plugin, _error: None
    """Told of a plugin whose code raised what it may not."""

    def rest(self, seconds: float) -> None:
        """Wait, or less when the process shall end."""
        self.stopping.wait(seconds)


@dataclass(slots=True)
class Turn:
    """One batch, from its claim until it is given back."""

    desk: Desk
    claim: Claim
    job: Job
    connection: Connection
    session: Session
    description: ObjectDescription
    integration: Integration | None
    homes: tuple[Integration, ...]
    """All integrations of the connection that read the object: what is written may move values in each."""
    is_tracked: bool
    """Its values are kept one by one in `value_states`."""
    holds_until: float
    """On the desk's monotonic clock: nothing is sent from then on, unless the lease was renewed."""
    answered: dict[int, str] = field(default_factory=dict)
    """By row: the version that its write got, where the answer told."""
    calls: int = 0
    """API calls made and not yet counted in the workspace."""
    is_lost: bool = False
    is_over: bool = False
    """The batch was given back or settled: the claim is spent."""

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return self.desk.workspace

    @property
    def columns(self) -> tuple[Column, ...]:
        """What the job writes."""
        return self.job.columns

    @property
    def kinds(self) -> tuple[AttributeType, ...]:
        """The kinds of the columns."""
        return tuple(column.kind for column in self.job.columns)

    @property
    def fields(self) -> tuple[str, ...]:
        """The CRM columns that travel."""
        return tuple(column.field for column in self.job.columns)

    @property
    def readers(self) -> ReadBack:
        """Read values of some paths as they come in: those whose transform is turned back."""
        if self.integration is None:
            return NO_READERS
        return readers_back(self.integration.mappings, find=self.desk.transforms)

    def now(self, db: Db) -> str:
        """Give database time."""
        return self.desk.workspace.database_now(db)

    def check(self) -> None:
        """Stop here when the lease may have run out: sending under it could meet its new owner.

        Raises:
            LostClaimError: The batch is, or may be, somebody else's.
        """
        if self.is_lost or self.desk.monotonic() >= self.holds_until:
            raise LostClaimError("claim.lost", job=self.job.id, batch=self.claim.no, fence=self.claim.fence)

    def take_calls(self) -> int:
        """Give the calls to be counted now."""
        calls, self.calls = self.calls, 0
        return calls

    def took_outcome(self) -> None:
        """Remember that the batch has an outcome now, from which rows are excepted."""
        self.claim = replace(self.claim, has_outcome=True)

    def job_state(self) -> JobState:
        """Ask where the job stands now."""
        with self.workspace.reading() as db:
            return outbox.state_of(db, self.job.id)
