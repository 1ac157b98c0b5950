"""What screens show: frozen values that `runtime.reading` gives. No behaviour, no Qt, no SQL."""

from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from writeback.errors import Fact
from writeback.model.attributes import Attribute
from writeback.model.changes import Reason
from writeback.model.connections import Connection
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.masters import NEWEST, MasterRule
from writeback.model.schedules import PullSchedule
from writeback.model.types import Value
from writeback.sdk.values import Usage

if TYPE_CHECKING:  # pydantic costs more than all the rest of a short command
    from writeback.sdk.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Mark:
    """Why a value is not simply *confirmed*: its state, what it was, what the CRM holds."""

    state: str
    """`draft` | `held` | `queued` | `sent` | `refused` | `conflict` | `unknown` | `automated`."""
    old: Value = None
    """`automated`: what was written."""
    new: Value = None
    """`automated`: what the CRM's automation made of it, which counts."""
    theirs: Value = None
    code: str = ""
    message: str = ""
    author: str = ""
    job_id: str = ""
    at: datetime | None = None
    facts: tuple[tuple[str, str], ...] = ()
    """`held`: what belongs to the code; `new` is the text as it was typed."""
    targets: "tuple[TargetState, ...]" = ()
    """How it stands in each CRM it goes to, where it goes to several."""

    @property
    def written(self) -> int:
        """In how many of its targets the value stands confirmed."""
        return sum(target.is_written for target in self.targets)


CONFIRMED = "confirmed"
AUTOMATED = "automated"
"""Written, then changed by the CRM's automation: nothing is left to be done."""


@dataclass(frozen=True, slots=True)
class TargetState:
    """How one value of a record stands in one CRM."""

    integration_id: str
    connection: str
    """The connection's name."""
    object: str
    key: str
    """The CRM's id of the record."""
    state: str
    """`confirmed`, or a mark's state."""
    value: Value = None
    """What the CRM held when last read or written."""
    theirs: Value = None
    code: str = ""
    """Why it is not written, or why it waits."""
    message: str = ""
    """The CRM's own words."""
    job_id: str = ""

    @property
    def is_written(self) -> bool:
        """Whether nothing is left to be done here."""
        return self.state in (CONFIRMED, AUTOMATED)


@dataclass(frozen=True, slots=True)
class LinkView:
    """One CRM record behind a record of ours."""

    integration_id: str
    connection: str
    object: str
    key: str
    is_gone: bool
    connection_id: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """Another record that belongs together with one."""

    entity: str
    rid: str
    title: str
    others: int = 0
    """Of somebody who belongs to an account: how many further accounts show the same person."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One record of a grid: confirmed values in the order of the attributes, and marks by attribute."""

    rid: str
    title: str
    values: tuple[Value, ...]
    marks: tuple[tuple[str, Mark], ...] = ()

    def mark_of(self, attribute: str) -> Mark | None:
        """Give the mark of one value, if it has one."""
        return next((mark for name, mark in self.marks if name == attribute), None)


@dataclass(frozen=True, slots=True)
class Target:
    """Where an attribute comes from and goes to: one mapping with its connection."""

    integration: Integration
    connection: Connection
    mapping: FieldMapping
    field_label: str = ""
    is_updateable: bool | None = None
    """None: the object was never described here."""
    is_nillable: bool = True
    is_calculated: bool = False
    refers_to: tuple[str, ...] = ()
    """The objects that the reference it goes through, or is, may point at."""
    is_missing: bool = False
    """The CRM, as it described the object last, does not show this field to the signed-in user."""


@dataclass(frozen=True, slots=True)
class AttributeUses:
    """The names of what names an attribute."""

    segments: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    plays: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.segments) + len(self.forms) + len(self.plays)


@dataclass(frozen=True, slots=True)
class AttributeView:
    """An attribute with its targets, and whether a person may edit it here."""

    attribute: Attribute
    targets: tuple[Target, ...] = ()
    lock: Reason | None = None
    """Why it cannot be edited; None: it can."""
    master: MasterRule = NEWEST
    """Whose value records hold where several CRMs feed it."""

    @property
    def is_unread(self) -> bool:
        """Whether no CRM that feeds it shows it any more: what records hold was read before."""
        return bool(self.targets) and all(one.is_missing for one in self.targets)


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record with everything a profile shows."""

    rid: str
    entity: str
    title: str
    row: GridRow
    attributes: tuple[AttributeView, ...]
    read_at: datetime | None
    links: tuple[LinkView, ...] = ()
    targets: tuple[tuple[str, tuple[TargetState, ...]], ...] = ()
    """By attribute: every CRM that takes it for this record."""
    account: Relation | None = None
    """The account it belongs to."""
    person: Relation | None = None
    """Of a membership: who it is that belongs to the account."""
    members: tuple[Relation, ...] = ()
    """Who belongs to it, by name; at most some hundred."""

    def targets_of(self, attribute: str) -> tuple[TargetState, ...]:
        """Give how a value stands in each CRM that takes it."""
        return next((targets for name, targets in self.targets if name == attribute), ())

    def connections_of(self, attributes: abc.Collection[str]) -> tuple[Connection, ...]:
        """Give the connections that take some attributes of this record, each once."""
        taking = {target.integration_id for name in attributes for target in self.targets_of(name)}
        found = {
            target.connection.id: target.connection
            for view in self.attributes
            for target in view.targets
            if target.integration.id in taking
        }
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class MembershipView:
    """What a person is at one account: the account, the person, and the record that holds its attributes."""

    record: RecordView
    account: Relation | None = None
    """None: the account was not pulled."""
    person: Relation | None = None


@dataclass(frozen=True, slots=True)
class ConnectionView:
    """A connection with its health and what hangs on it."""

    connection: Connection
    title: str
    """The product's name."""
    usage: tuple[Usage, ...] = ()
    wait_until: datetime | None = None
    wait_reason: str = ""
    integrations: tuple[Integration, ...] = ()
    open_jobs: int = 0
    plugin: "PluginView | None" = None
    """The connector's plugin; None: it is not installed any more."""
    jobs_waiting: int = 0
    """Jobs that stopped for want of a sign-in."""
    jobs_paused: int = 0
    drifted: tuple[str, ...] = ()
    """Objects of integrations under which something drifted that stops sending."""
    schedules: tuple[PullSchedule, ...] = ()
    """When its integrations are pulled by themselves."""

    def pulls_of(self, integration: str) -> PullSchedule | None:
        """Give the schedule of one of its integrations."""
        return next((one for one in self.schedules if one.integration_id == integration), None)


@dataclass(frozen=True, slots=True)
class PluginView:
    """A connector that may be connected, or why it cannot be used."""

    id: str
    title: str
    manifest: "Manifest | None"
    reason: str = ""
    facts: tuple[tuple[str, Fact], ...] = ()
    icon: str = ""
    """Its SVG, which was looked over; '' none."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """One pending edit that was not sent yet."""

    rid: str
    title: str
    attribute: str
    attribute_title: str
    old: Value
    new: Value
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """What status line, navigation and pending bar show."""

    drafts: int = 0
    draft_records: int = 0
    held: int = 0
    """Texts that were typed and cannot be read as values."""
    discards: int = 0
    """So often edits were discarded that can be had back."""
    refused: int = 0
    conflicts: int = 0
    held_plays: int = 0
    """Runs of plays that wait for a person."""
    open_jobs: int = 0
    at_work: int = 0
    """Jobs that go on by themselves, while a worker is there."""
    jobs_sent: int = 0
    connections: int = 0
    mapped: int = 0
    records_pulled: bool = False
    last_pull_at: datetime | None = None
    worker_beat_at: datetime | None = None
    running_number: int = 0
    running_done: int = 0
    running_rows: int = 0
    running_state: str = ""
    needs_sign_in: tuple[str, ...] = ()
    offline: tuple[str, ...] = ()
    """Connections whose CRM did not answer, with work that waits for it."""
