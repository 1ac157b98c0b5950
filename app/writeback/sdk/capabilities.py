"""What a session may be able to do beyond the core: one small protocol per ability.

`connector.toml` lists the abilities a connector claims; a contract test holds both against each
other. The engine asks `isinstance(session, WritesInBulk)`, never for a CRM's name.
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from writeback.model.changes import Reason
from writeback.model.filters import Filter
from writeback.model.jobs import Column, Outcome, RemoteState
from writeback.model.people import PersonKind
from writeback.model.types import AttributeType, Value, Wish
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import ObjectDescription, Page, Usage


@runtime_checkable
class ReadsDeletes(Protocol):
    """Ability: tell which records vanished since a version."""

    def read_deletes(self, object_name: str, *, since: str) -> abc.Iterator[tuple[str, ...]]:
        """Give ids of records deleted or merged away since `since`, page by page."""


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Some changed records and the ids of vanished ones; `next_since` comes with the last page."""

    page: Page
    gone: tuple[str, ...] = ()
    next_since: str | None = None


@runtime_checkable
class ReadsChanges(Protocol):
    """Ability: the CRM itself keeps track of changes under a token of its own (Dataverse delta links).

    Where it tracks an object, such a token is the watermark instead of a version.
    """

    def tracks(self, object_name: str) -> bool:
        """Say whether the CRM tracks changes of this object."""

    def read_changes(self, query: ReadQuery) -> abc.Iterator[ChangesPage]:
        """Give all records (`since` None), or those that changed or vanished since the token.

        Raises:
            InvalidRequestError: `changes.token_expired`: the token is too old; read everything.
        """


@runtime_checkable
class CompilesFilters(Protocol):
    """Ability: put a neutral filter into the CRM's own language, as `ReadQuery.filter` takes it."""

    def compile_filter(self, description: ObjectDescription, condition: Filter) -> str:
        """Render the condition; may describe the objects that a path leads to.

        Raises:
            MappingError: `filter.…`: the CRM cannot express it, an unknown path, a value of another type.
        """


@runtime_checkable
class ReportsUsage(Protocol):
    """Ability: tell how much of the quotas is used."""

    def usage(self) -> tuple[Usage, ...]:
        """Ask for the quotas now."""


@runtime_checkable
class CreatesRecords(Protocol):
    """Ability: make records, where the CRM itself keeps a field unique, so that none is made twice.

    `prepare` and `write` then take requests with `creates_by`. A record that is there already is never
    touched: its write ends as CONFLICT with the code `create.exists`.
    """

    def create_keys(self, object_name: str) -> tuple[str, ...]:
        """Give the fields of which the CRM refuses a second record of the same value; () for none."""


@runtime_checkable
class WritesConditionally(Protocol):
    """Ability: the CRM compares the version as it writes, for a route SINGLE or BATCH."""

    def conditional_most(self, route: str) -> int:
        """Most writes a conditional request of this route holds; 0: the route cannot."""


@dataclass(frozen=True, slots=True)
class ValueWritten:
    """One value that a field was given."""

    field: str
    """The CRM column; its letters may be of another case than asked for."""
    value: Value
    at: datetime
    """By the CRM's clock; aware, UTC."""
    by: str = ""
    """Who or what, in the CRM's own words, plain text: `ana@acme.test (CRM_UI)`; empty: it does not tell."""
    is_foreign: bool = False
    """Surely not through our connection: by a person in the CRM, by an import. False: perhaps by us."""
    is_automation: bool = False
    """By the CRM's own automation: a workflow, a flow, a calculation."""


@dataclass(frozen=True, slots=True)
class History:
    """What some fields of one record were given, the oldest first."""

    written: tuple[ValueWritten, ...] = ()
    is_whole: bool = False
    """Every value since is here. False: the CRM may have forgotten some; what is missing proves nothing."""


@runtime_checkable
class ReadsHistory(Protocol):
    """Ability: tell which values fields were given, when and by whom."""

    def read_history(
        self, object_name: str, *, since: abc.Mapping[str, str | None], fields: abc.Sequence[str]
    ) -> abc.Mapping[str, History]:
        """Give what some fields of some records were given after the records' versions.

        Versions are compared with moments of the CRM's own clock, so no clock of ours plays a part.

        Args:
            object_name: Of what.
            since: Record id → its version token; None: everything the CRM still knows. Cut as needed.
            fields: CRM columns as they are written; one that has no history makes none whole.

        Returns:
            By record id; a record that is gone is left out.

        Raises:
            RetryableError: It may be asked again.
            RefusedError: This user may not see it, or there is no such field.
        """


@dataclass(frozen=True, slots=True)
class PeopleObject:
    """An object whose records can own others: what owner references point at, and what names its records."""

    object: str
    kind: PersonKind
    key_field: str
    name_field: str
    email_field: str = ""


@dataclass(frozen=True, slots=True)
class CrmUser:
    """Somebody, a team or a queue that the CRM's records can belong to."""

    id: str
    object: str
    title: str
    email: str = ""
    is_active: bool = True
    kind: PersonKind = PersonKind.PERSON


@runtime_checkable
class ReadsPeople(Protocol):
    """Ability: tell who there is that records can belong to: users, teams, queues."""

    def people_objects(self) -> tuple[PeopleObject, ...]:
        """Say which objects hold them; makes no call."""

    def read_people(self) -> abc.Iterator[tuple[CrmUser, ...]]:
        """Give all of them page by page, inactive ones too.

        Raises:
            RefusedError: This user may not see them.
        """


@dataclass(frozen=True, slots=True)
class RemoteJob:
    """A bulk job as the CRM tells of it."""

    id: str
    state: RemoteState
    processed: int = 0
    failed: int = 0
    message: str = ""
    object: str = ""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BulkRefusal:
    """One row that the CRM did not apply."""

    record_id: str
    outcome: Outcome
    code: str
    message: str
    fields: tuple[str, ...] = ()
    again: bool = False
    """Not processed: it may be queued again."""


@dataclass(frozen=True, slots=True)
class BulkPage:
    """Some result rows: ids of applied records, and the refused ones in full."""

    applied: abc.Sequence[str]
    refused: abc.Sequence[BulkRefusal]


class BulkEncoder(Protocol):
    """Renders rows for one upload. Columns are fixed when it is made."""

    def header(self) -> bytes:
        """Give what stands before the first row."""

    def encode(self, rows: abc.Sequence[tuple[str, str]]) -> bytes:
        """Render rows of (record id, canonical JSON array of the columns' wishes).

        The JSON is `model.canonical`'s: null clears, {} leaves the field alone. It comes as text so
        that an encoder may pass plain rows on without building objects.
        """


@runtime_checkable
class WritesInBulk(Protocol):
    """Ability: asynchronous upload jobs. The engine keeps the order create → store → upload → close."""

    def bulk_part_bytes(self) -> int:
        """Most bytes of one upload; the engine cuts parts below it."""

    def bulk_refuses(self, kind: AttributeType, wish: Wish) -> Reason | None:
        """Say why an upload cannot carry a wish; None: it can. Makes no call."""

    def bulk_encoder(self, columns: abc.Sequence[Column]) -> BulkEncoder:
        """Make the encoder for one job's columns."""

    def bulk_create(
        self,
        object_name: str,
        columns: abc.Sequence[Column],
        *,
        automation: tuple[tuple[str, str], ...] = (),
    ) -> RemoteJob:
        """Open a remote job; writes no data. Where the upload comes first, gives a placeholder.

        `automation` is given where the manifest has switches, with values that its `bulk_pattern`s let
        through.
        """

    def bulk_upload(self, remote_id: str, chunks: abc.Iterable[bytes]) -> str | None:
        """Send the data, once, as it is produced; give the id that counts from now on, if it is a new one."""

    def bulk_close(self, remote_id: str) -> RemoteJob:
        """Say that the upload is complete: from here on the CRM writes. Its id counts from now on."""

    def bulk_poll(self, remote_id: str) -> RemoteJob:
        """Ask where the job stands.

        State GONE when the CRM does not know it; UNTOLD when it holds the upload and cannot tell
        whether a job was started with it: then every row is unknown and is read back.
        """

    def bulk_results(self, remote_id: str) -> abc.Iterator[BulkPage]:
        """Stream the results, in any order."""

    def bulk_abort(self, remote_id: str) -> RemoteJob:
        """Stop the job; rows already written stay written."""

    def bulk_list(self, object_name: str, *, since: datetime) -> tuple[RemoteJob, ...]:
        """List our own recent jobs on an object, to settle a lost create answer."""


@runtime_checkable
class TellsSchemaRefusals(Protocol):
    """Ability: a refusal's code tells whether the CRM's fields may not be what they were described as.

    Without it a change of the schema is found by the next description, ten minutes later at most.
    """

    def is_about_schema(self, code: str) -> bool:
        """Say whether a refusal of that code speaks of unknown, locked or otherwise shaped fields."""
