"""Plans, jobs, conflicts, and what keeps them right."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from writeback.model.bulk import BulkEdit
from writeback.model.changes import Origin, Reason
from writeback.model.creating import Creating
from writeback.model.deltas import MultiMode
from writeback.model.file_mappings import FileMapping
from writeback.model.guards import Strike
from writeback.model.integrations import BlankRule, ConflictRule, ReferenceMode
from writeback.model.jobs import Assurance, Counts, JobKind, JobState, Route
from writeback.model.source_formats import DateOrder, DecimalMark
from writeback.model.types import ConnectionId, JobId, PlanId, RecordId
from writeback.planning.forecasting import Forecast


@dataclass(frozen=True, slots=True)
class PlanSource:
    """What a plan is made from: pending drafts, a file, a job to undo or to retry, or a saved plan.

    `kind`: `segment` | `drafts` | `file` | `undo` | `retry` | `saved`.
    """

    kind: str
    origin: Origin = Origin.CLI
    reason: str = ""
    author: str = ""
    records: tuple[RecordId, ...] = ()
    """drafts, segment: only these records; undo: these or the CRM's ids; empty: all."""
    campaign: str = ""
    """drafts: only the values that responses of this campaign brought."""
    fields: tuple[str, ...] = ()
    """undo: only these field paths or attributes; empty: all."""
    is_whole_act: bool = False
    """undo: also the jobs in which the same act went to other CRMs."""
    path: str = ""
    """file, saved: where it lies."""
    connection: str = ""
    object: str = ""
    key: str = ""
    encoding: str = "utf-8-sig"
    sheet: str = ""
    """file: of a workbook; '' is its first visible sheet."""
    has_header: bool = True
    """file: its first line names the columns; else they are called A, B, …"""
    dates: DateOrder | None = None
    """file: which part of a date comes first; None: as its cells tell, if they tell it."""
    decimals: DecimalMark | None = None
    """file: what stands before decimals; None: as its cells tell, if they tell it."""
    segment: str = ""
    """segment: its text, or a saved one's name; '' means every record."""
    entity: str = "account"
    sets: tuple[BulkEdit, ...] = ()
    """segment: what becomes of its records."""
    excepted: tuple[RecordId, ...] = ()
    """segment: all but these."""
    only_changes: bool = False
    """segment: leave out records that hold already what is wished."""
    integration: str = ""
    """segment: only this integration's CRM takes the values; '': every one that does."""
    route: Route | None = None
    """None: by volume."""
    compares: bool = True
    """False: assurance C (benchmarks, and only with the right *administer*)."""
    assurance: Assurance | None = None
    """A or B by hand; None: the CRM checks where that costs nothing."""
    blank_rule: BlankRule | None = None
    """file: what a blank cell means; None: what the mapping of its column says, else that it is kept."""
    conflict_rule: ConflictRule = ConflictRule.ASK
    reference_modes: tuple[tuple[str, ReferenceMode], ...] = ()
    multi_modes: tuple[tuple[str, MultiMode], ...] = ()
    """file: by path of a multi-list, whether its values replace what stands there, are added or taken."""
    edited: str = ""
    """file: the column that tells when a row was edited, for the rule *newest*; it is not written."""
    mapping: FileMapping = field(default_factory=FileMapping)
    """file: which fields its columns write."""
    creating: Creating = Creating.NEVER
    """file: whether records are made of rows whose key names nobody."""
    session: int = 0
    """file: the number of the session that the plan belongs to; 0: none."""
    automation: tuple[tuple[str, str], ...] = ()
    """Automation switches that are to be other than the connection says."""
    job_id: JobId | None = None
    rows: tuple[int, ...] = ()
    """retry: only these rows of the job; empty: all that were refused or not sent."""
    fixes: tuple[tuple[int, str, str | None], ...] = ()
    """retry: row, field path, what is to be written instead as typed (None clears); blocked rows too."""


@dataclass(frozen=True, slots=True)
class SwitchView:
    """One automation switch of a connector, as it is set."""

    name: str
    title: str
    value: str
    """'' leaves it to the CRM."""
    is_default: bool
    """As the connector has it where nobody chose."""
    needs: str = ""
    """What the signed-in user has to have for another value."""
    description: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """One job-to-be of a plan: one connection and object."""

    job_id: JobId
    connection_id: ConnectionId
    object: str
    columns: tuple[str, ...]
    route: Route
    assurance: Assurance
    rows: int
    send: int
    unchanged: int
    blocked: int
    conflict: int
    calls: int
    """Forecast of API calls to send it."""
    read_calls: int
    """API calls the fresh read cost."""
    root: str = ""
    """The object of the records that the written ones were reached from; '': they are the same."""
    shown_by: int | None = None
    """How many records show what is changed behind references; None: not known, or nothing is."""
    shown_locally: bool = False
    """It was counted among what was pulled, not in the CRM."""
    edits: tuple[tuple[str, int | None], ...] = ()
    """Some of the records behind references that are written: what people call them, and who shows them."""
    creates_by: str = ""
    """The unique field by which its rows become records; '': they update."""
    unreached: str = ""
    """Why this CRM could not be asked (an error's code); its rows wait and are compared when it answers."""
    grain_s: float = 0
    """How fine the versions are that the CRM checks at assurance A; 0 tells every change apart."""
    automation: tuple[SwitchView, ...] = ()
    """The connector's automation switches as they will be sent; none: it has none."""
    forecast: Forecast | None = None
    """Requests, time, and its share of the day's quota; None for a real-time edit."""
    guards: tuple[Strike, ...] = ()
    """Guards that it strikes: each refuses the plan until it is overridden by name."""
    ways: tuple[tuple[Route, Assurance], ...] = ()
    """How else its rows may travel and who may check them; see `choose_route`."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan: its rows lie in the workspace, this tells their totals."""

    id: PlanId
    groups: tuple[PlanGroup, ...]
    planned_at: datetime
    needs_org_name: bool = False
    """The safety level asks for the org's name before submit."""
    remarks: tuple[Reason, ...] = ()
    """What a person has to know before they say yes: of an undo, what it does not bring back."""
    left_out: int = 0
    """Rows of which something was unticked: it is not sent, and can be ticked again until then."""


@dataclass(frozen=True, slots=True)
class JobView:
    """One job as lists show it."""

    id: JobId
    number: int
    connection_id: ConnectionId
    connection: str
    object: str
    kind: JobKind
    origin: Origin
    author: str
    reason: str
    columns: tuple[str, ...]
    route: Route
    assurance: Assurance
    state: JobState
    counts: Counts
    stop: Reason | None = None
    not_before: datetime | None = None
    submitted_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    undo_of: JobId | None = None
    retry_of: JobId | None = None
    api_calls: int = 0
    unreached: str = ""
    """Why its CRM could not be asked, until it answers: an error's code."""
    automation: tuple[tuple[str, str], ...] = ()
    """The connector's automation switches as it sends them."""
    source: tuple[tuple[str, str], ...] = ()
    """What it was made of: `file`, `plan_file`, `segment`; nothing for edits."""
    other_number: int = 0
    """The number of the job that it undoes or retries."""
    behind: tuple[int, ...] = ()
    """The numbers of earlier jobs that have to write some of its records first."""
    creates_by: str = ""
    """The unique field by which its rows become records; '': they update."""


@dataclass(frozen=True, slots=True)
class ConflictChoice:
    """How one conflict is settled: `ours` sends again against the newest value, `crm` keeps theirs."""

    record: RecordId
    attribute: str
    keep: ConflictRule


@dataclass(frozen=True, slots=True)
class Invariant:
    """One line of `doctor`."""

    id: str
    """I1 … I8, or `store.*`."""
    is_kept: bool
    checked: int
    violations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoctorReport:
    """What `doctor` found; `facts` name versions and rules in force."""

    ok: bool
    invariants: tuple[Invariant, ...]
    facts: tuple[tuple[str, str], ...] = field(default=())


class SendingCalls(Protocol):
    """Plans, jobs, conflicts, and what keeps them right."""

    def propose(self, source: PlanSource, *, act: str) -> PlanView:
        """Make a plan: coerce, resolve references, read afresh, judge. Sends nothing."""

    def discard_plan(self, plan: PlanId, *, act: str) -> None:
        """Forget a plan that was not submitted; drafts stay."""

    def submit(
        self,
        plan: PlanId,
        *,
        confirm_org: str = "",
        overrides: tuple[str, ...] = (),
        wait_s: float = 0,
        act: str,
    ) -> tuple[JobId, ...]:
        """Turn a plan into jobs in one commit.

        Args:
            plan: The plan.
            confirm_org: The org's name as a person typed it, where the safety level asks for it.
            overrides: Names of struck guards (`model.guards.Guard`) in spite of which it shall go.
            wait_s: So long nothing of it is sent: until then it can be cancelled at no cost.
            act: The act's id.

        Raises:
            GuardError: `guard.struck`, or the org's name is not confirmed.
            NotPermittedError: The plan's author lacks a right.
            ApprovalNeededError: It waits for another person's word now.
        """

    def save_plan(self, plan: PlanId, path: str) -> None:
        """Write a plan file that can be reviewed and sent later."""

    def pause(self, job: str, *, act: str) -> JobView:
        """Take no new rows of this job."""

    def resume(self, job: str, *, act: str) -> JobView:
        """Go on with a paused or stopped job."""

    def cancel(self, job: str, *, act: str) -> JobView:
        """Send no new rows; in-flight rows are resolved; a remote job is aborted by the worker."""

    def doctor(self) -> DoctorReport:
        """Check invariants I1–I8 and the store."""
