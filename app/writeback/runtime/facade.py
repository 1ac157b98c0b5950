"""What front ends may ask for: one protocol, offered in-process and through the pipe of `serve`.

All values are frozen dataclasses of plain things, so that they travel as JSON. Every mutating call
carries `act`, an id made by the front end: the same id twice is one act and gives the same answer.
Reads that a window repeats often are not here: they stand in `runtime.reading`, straight on SQL.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from writeback.engine.previewing import Preview
from writeback.model.attributes import Attribute, Entity
from writeback.model.changes import Origin, Reason
from writeback.model.connections import Connection, Org, Safety
from writeback.model.integrations import BlankRule, ConflictRule, FieldMapping, Integration, ReferenceMode
from writeback.model.jobs import Assurance, Counts, JobKind, JobState, Route
from writeback.model.types import ConnectionId, IntegrationId, JobId, PlanId, RecordId
from writeback.planning.filtering import FilterGroups
from writeback.sdk.values import Candidate, ObjectDescription, ObjectInfo, Usage


@dataclass(frozen=True, slots=True)
class ConnectionWish:
    """A connection to be made. `endpoint` on loopback makes it a simulator one."""

    name: str
    connector: str
    endpoint: str = ""
    token_file: str | None = None
    """A path; its content is read at each session start and stored nowhere."""
    credentials_file: str | None = None
    """A path, likewise; JSON of credentials by name."""
    form: tuple[tuple[str, str], ...] = ()
    """Answers to the manifest's sign-in form (client id, host …), no secret."""
    options: tuple[tuple[str, str], ...] = ()
    method: str = "oauth"
    """Without a file: `oauth` (by the browser) or `device_code`."""
    secrets: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Answers to the manifest's questions for secrets; they go into the vault and nowhere else."""


@dataclass(frozen=True, slots=True)
class ConnectionChange:
    """What shall be different about a connection; None leaves it alone."""

    name: str | None = None
    safety: Safety | None = None
    read_only: bool | None = None
    write_on_save: bool | None = None
    word: str | None = None
    """What people call its environment; '' takes the org's own word again."""
    colour: str | None = None
    """One of `model.connections.COLOURS`; '' takes the environment's own again."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of *test connection*: what was looked at, whether it holds, what was found."""

    what: str
    is_good: bool
    found: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionTest:
    """The answer of *test connection*."""

    org: Org | None
    lines: tuple[CheckLine, ...]
    usage: tuple[Usage, ...] = ()


@dataclass(frozen=True, slots=True)
class SignInStarted:
    """A sign-in that waits for a person: open `url`, then ask `finish_sign_in`."""

    attempt: str
    url: str
    until: datetime
    code: str = ""
    """What to type on that page, for a sign-in by device code."""


@dataclass(frozen=True, slots=True)
class IntegrationWish:
    """An integration to be made."""

    connection: str
    """Name or id."""
    object: str
    entity: str = "account"
    key: str = ""
    """'' takes the object's record id."""
    filter: str = ""
    match: str = ""
    """The attribute by which CRM records are linked to records that are there already; '' links none."""
    link: str | None = None
    """The path whose value is the CRM key of the account a record belongs to. None: as the connector
    proposes for the object; '' none."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One automatic match: which field for which attribute, how sure (0–1) and why."""

    path: str
    attribute: str
    confidence: float
    reason: str
    """`same_name` | `same_label` | `related_field` | `new_attribute`."""


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull did."""

    integration_id: IntegrationId
    read: int
    added: int
    changed: int
    gone: int
    conflicts: int
    seconds: float
    is_incremental: bool
    linked: int = 0
    """Of those added: linked to a record that another CRM had brought."""
    ambiguous: int = 0
    """Of those added: the match fitted several, so each became a record of its own."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One attribute of one record as a person typed it; `text` None clears."""

    record: RecordId
    attribute: str
    text: str | None


@dataclass(frozen=True, slots=True)
class EditAnswer:
    """What became of one edit: kept as draft, on its way (job), already so, or refused."""

    record: RecordId
    attribute: str
    state: str
    """`draft` | `sending` | `unchanged` | `blocked`."""
    job_id: JobId | None = None
    reason: Reason | None = None
    job_ids: tuple[JobId, ...] = ()
    """All jobs that it became: one for each CRM it goes to."""


@dataclass(frozen=True, slots=True)
class PlanSource:
    """What a plan is made from: pending drafts, a file, a job to undo or to retry, or a saved plan.

    `kind`: `drafts` | `file` | `undo` | `retry` | `saved`.
    """

    kind: str
    origin: Origin = Origin.CLI
    reason: str = ""
    author: str = ""
    records: tuple[RecordId, ...] = ()
    """drafts: only these records; empty: all."""
    path: str = ""
    """file, saved: where it lies."""
    connection: str = ""
    object: str = ""
    key: str = ""
    encoding: str = "utf-8-sig"
    route: Route | None = None
    """None: by volume."""
    compares: bool = True
    """False: assurance C (benchmarks, and only with the right *administer*)."""
    blank_rule: BlankRule = BlankRule.KEEP
    conflict_rule: ConflictRule = ConflictRule.ASK
    reference_modes: tuple[tuple[str, ReferenceMode], ...] = ()
    job_id: JobId | None = None


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
    unreached: str = ""
    """Why this CRM could not be asked (an error's code); its rows wait and are compared when it answers."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan: its rows lie in the workspace, this tells their totals."""

    id: PlanId
    groups: tuple[PlanGroup, ...]
    planned_at: datetime
    needs_org_name: bool = False
    """The safety level asks for the org's name before submit."""


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


class Facade(Protocol):
    """Everything a front end may ask for. Errors are `WritebackError`s, also through the pipe."""

    # connections
    def connect(self, wish: ConnectionWish, *, act: str) -> Connection:
        """Make a connection with a token file and pin its org.

        Raises:
            ConfigurationError: Name, endpoint or token file cannot be used.
            SignInRequiredError: The CRM does not take the token.
        """

    def begin_sign_in(self, wish: ConnectionWish, *, act: str) -> SignInStarted:
        """Start a browser sign-in for a new or existing connection of that name."""

    def finish_sign_in(self, attempt: str, *, pasted: str = "", act: str) -> Connection:
        """Wait for the browser's answer (or take the pasted address), store tokens, pin the org."""

    def change_connection(self, connection: str, change: ConnectionChange, *, act: str) -> Connection:
        """Change a connection's settings; the change is an audit entry."""

    def test_connection(self, connection: str) -> ConnectionTest:
        """Look at reachability, sign-in, org identity, permissions and quota now."""

    # data model and mapping
    def objects(self, connection: str) -> tuple[ObjectInfo, ...]:
        """List the CRM's objects."""

    def describe(self, connection: str, object_name: str, *, refresh: bool = False) -> ObjectDescription:
        """Give one object's fields, at most 10 minutes old unless refreshed."""

    def count(self, connection: str, object_name: str, condition: str) -> int:
        """Count the records a filter selects, in the CRM."""

    def add_entity(self, entity: Entity, *, act: str) -> Entity:
        """Add an entity."""

    def add_attribute(self, attribute: Attribute, *, act: str) -> Attribute:
        """Add an attribute to an entity."""

    def add_integration(self, wish: IntegrationWish, *, act: str) -> Integration:
        """Make an integration. Raises UnknownAttributeError for unknown object, key or entity."""

    def change_filter(self, integration: str, condition: str, *, act: str) -> Integration:
        """Read other records from now on: the CRM counts them first, and the next pull reads all.

        Raises:
            ConnectorError: The CRM does not take the condition, or cannot be asked; nothing changed.
        """

    def suggest_mappings(self, integration: str) -> tuple[Suggestion, ...]:
        """Match fields to attributes, with reason and confidence; changes nothing."""

    def map_fields(self, integration: str, mappings: tuple[FieldMapping, ...], *, act: str) -> Integration:
        """Add or replace mappings by path. Missing attributes are created from the field.

        Raises:
            MappingError: Unknown field, two mappings on one CRM column, write-back on a field that
                cannot be written.
        """

    def unmap_fields(self, integration: str, paths: tuple[str, ...], *, act: str) -> Integration:
        """Remove mappings."""

    # pulling and editing
    def pull(self, integration: str, *, full: bool = False, act: str) -> PullReport:
        """Read the CRM's records into the workspace."""

    def save_edits(
        self, edits: tuple[Edit, ...], *, origin: Origin, author: str, act: str, send: bool = False
    ) -> tuple[EditAnswer, ...]:
        """Keep edits as drafts, or submit them at once (`send`, or write on save switched on)."""

    def discard_drafts(self, records: tuple[RecordId, ...], *, attribute: str = "", act: str) -> int:
        """Drop drafts of these records (all when empty); gives how many."""

    def compile_filter(self, connection: str, object_name: str, groups: FilterGroups) -> str:
        """Put a builder's lines into the CRM's own language; one group is enough, of a group every line."""

    def preview(self, integration: str, *, limit: int = 10, wished: tuple[FieldMapping, ...] = ()) -> Preview:
        """Read some records as a pull would, with each value as read and as it would be kept.

        `wished` are mappings that are not saved yet: they are shown as if they were.
        """

    # plans and jobs
    def propose(self, source: PlanSource, *, act: str) -> PlanView:
        """Make a plan: coerce, resolve references, read afresh, judge. Sends nothing."""

    def discard_plan(self, plan: PlanId, *, act: str) -> None:
        """Forget a plan that was not submitted; drafts stay."""

    def submit(self, plan: PlanId, *, confirm_org: str = "", act: str) -> tuple[JobId, ...]:
        """Turn a plan into jobs in one commit. Raises GuardError when the org's name is not confirmed."""

    def save_plan(self, plan: PlanId, path: str) -> None:
        """Write a plan file that can be reviewed and sent later."""

    def pause(self, job: str, *, act: str) -> JobView:
        """Take no new rows of this job."""

    def resume(self, job: str, *, act: str) -> JobView:
        """Go on with a paused or stopped job."""

    def cancel(self, job: str, *, act: str) -> JobView:
        """Send no new rows; in-flight rows are resolved; a remote job is aborted by the worker."""

    def settle_conflicts(
        self, choices: tuple[ConflictChoice, ...], *, author: str, act: str
    ) -> PlanView | None:
        """Settle conflicts; those that keep ours become a new plan against the newest values."""

    def find_candidates(
        self, connection: str, object_name: str, by: str, value: str
    ) -> tuple[Candidate, ...]:
        """Look records up that a reference could point at."""

    def doctor(self) -> DoctorReport:
        """Check invariants I1–I8 and the store."""
