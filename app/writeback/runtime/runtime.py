"""The composition root: opens a workspace, wires every room, and offers the façade in-process.

Decides nothing itself: each call is handed to the part that knows. It adds what every call needs:
a mutating call with an act id that was done before gives the remembered answer.
"""

import random
import secrets
import uuid
from collections import abc
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Self, TypeVar, cast

import orjson

from writeback.engine.previewing import Preview
from writeback.host.hosting import Host
from writeback.model.attributes import Attribute, Entity
from writeback.model.changes import Origin
from writeback.model.connections import Connection
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.types import ConnectionId, JobId, PlanId, RecordId
from writeback.planning.filtering import FilterGroups
from writeback.runtime import calls, serving
from writeback.runtime.connecting import Connecting
from writeback.runtime.facade import (
    ConflictChoice,
    ConnectionChange,
    ConnectionTest,
    ConnectionWish,
    DoctorReport,
    Edit,
    EditAnswer,
    IntegrationWish,
    JobView,
    PlanSource,
    PlanView,
    PullReport,
    SignInStarted,
    Suggestion,
)
from writeback.runtime.looking import Looking
from writeback.runtime.mapping import Mapping
from writeback.runtime.memory import keep_large_blocks
from writeback.runtime.sending import Sending
from writeback.runtime.sessions import Sessions
from writeback.runtime.telling import Telling
from writeback.runtime.tokens import Tokens
from writeback.runtime.vaulting import AskPassphrase, chain_of, choose_vault_file
from writeback.sdk.manifest import Manifest
from writeback.sdk.values import Candidate, ObjectDescription, ObjectInfo
from writeback.settings import Settings
from writeback.store import acts, journal
from writeback.store import integrations as store_integrations
from writeback.store import model as store_model
from writeback.store.opening import HEAD
from writeback.store.workspace import Workspace
from writeback.transport.failpoints import arm
from writeback.transport.redacting import Redactor
from writeback.vault.vaults import Chain, Vault

AnswerT = TypeVar("AnswerT")


def utc_now() -> datetime:
    """Give the present moment; the one clock of a program run, handed to everyone."""
    return datetime.now(UTC)


def new_id() -> str:
    """Give an id nobody had before."""
    return uuid.uuid4().hex


class Runtime:
    """A workspace with everything wired. Implements `Facade`; build it with `open`."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        settings: Settings,
        host: Host | None = None,
        keychain: Chain | None = None,
        ask_passphrase: AskPassphrase | None = None,
    ) -> None:
        self.workspace = workspace
        self.settings = settings
        self.host = host or Host.of(settings)
        self.redactor = Redactor()
        self.tokens = Tokens(
            workspace,
            vault=Vault(workspace.id, keychain or chain_of(workspace, settings, ask=ask_passphrase)),
            host=self.host,
            redactor=self.redactor,
            now=utc_now,
        )
        self.sessions = Sessions(
            workspace,
            host=self.host,
            settings=settings,
            tokens=self.tokens,
            redactor=self.redactor,
            now=workspace.now,
            before_request=serving.stop_if_cancelled,
        )
        self.tokens.http_of = self.sessions.http
        self._connecting = Connecting(
            workspace, host=self.host, sessions=self.sessions, tokens=self.tokens, now=workspace.now
        )
        self._mapping = Mapping(
            workspace, sessions=self.sessions, connecting=self._connecting, now=workspace.now
        )
        self._looking = Looking(
            workspace, sessions=self.sessions, connecting=self._connecting, mapping=self._mapping
        )
        rng = random.Random(secrets.randbits(64))  # noqa: S311  jitter, not a secret
        self.told = Telling(workspace)
        self._sending = Sending(
            workspace,
            sessions=self.sessions,
            connecting=self._connecting,
            mapping=self._mapping,
            told=self.told,
            rng=rng,
        )

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        settings: Settings,
        create: bool = False,
        keychain: Chain | None = None,
        ask_passphrase: AskPassphrase | None = None,
        vault_file: Path | None = None,
    ) -> Self:
        """Open a workspace file, making it first when `create` says so and there is none.

        Raises:
            WorkspaceError: It cannot be opened; nothing was changed.
        """
        arm(settings)
        keep_large_blocks()
        if create and not path.exists():
            workspace = Workspace.create(path, now=utc_now, new_id=new_id)
        else:
            workspace = Workspace.open(path, now=utc_now, new_id=new_id)
        if vault_file is not None:
            choose_vault_file(workspace, vault_file)
        return cls(workspace, settings=settings, keychain=keychain, ask_passphrase=ask_passphrase)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Keep what is buffered and close the workspace."""
        try:
            self.sessions.flush()
        finally:
            self.workspace.close()

    def new_id(self) -> str:
        """Give an id nobody had before."""
        return self.workspace.new_id()

    def journal_seq(self) -> int:
        """Give the number of the newest journal entry."""
        with self.workspace.reading() as db:
            return journal.head(db)

    # connections

    def connect(self, wish: ConnectionWish, *, act: str) -> Connection:
        """See `Facade.connect`."""
        return self._once(act, "connect", lambda: self._connecting.connect(wish))

    def begin_sign_in(self, wish: ConnectionWish, *, act: str) -> SignInStarted:
        """See `Facade.begin_sign_in`."""
        return self._connecting.begin_sign_in(wish, attempt=act)

    def finish_sign_in(self, attempt: str, *, pasted: str = "", act: str) -> Connection:
        """See `Facade.finish_sign_in`."""
        return self._once(
            act, "finish_sign_in", lambda: self._connecting.finish_sign_in(attempt, pasted=pasted)
        )

    def change_connection(self, connection: str, change: ConnectionChange, *, act: str) -> Connection:
        """See `Facade.change_connection`."""
        return self._once(act, "change_connection", lambda: self._connecting.change(connection, change))

    def test_connection(self, connection: str) -> ConnectionTest:
        """See `Facade.test_connection`."""
        return self._connecting.test(connection)

    def manifest(self, connector: str) -> Manifest:
        """Give a connector's facts."""
        return self.host.manifest(connector)

    # data model and mapping

    def objects(self, connection: str) -> tuple[ObjectInfo, ...]:
        """See `Facade.objects`."""
        return self._looking.objects(connection)

    def describe(self, connection: str, object_name: str, *, refresh: bool = False) -> ObjectDescription:
        """See `Facade.describe`."""
        return self._mapping.describe(connection, object_name, refresh=refresh)

    def count(self, connection: str, object_name: str, condition: str) -> int:
        """See `Facade.count`."""
        return self._looking.count(connection, object_name, condition)

    def compile_filter(self, connection: str, object_name: str, groups: FilterGroups) -> str:
        """See `Facade.compile_filter`."""
        return self._looking.compile_filter(connection, object_name, groups)

    def preview(self, integration: str, *, limit: int = 10, wished: tuple[FieldMapping, ...] = ()) -> Preview:
        """See `Facade.preview`."""
        return self._looking.preview(integration, limit=limit, wished=wished)

    def add_entity(self, entity: Entity, *, act: str) -> Entity:
        """See `Facade.add_entity`."""
        return self._once(act, "add_entity", lambda: self._mapping.add_entity(entity))

    def add_attribute(self, attribute: Attribute, *, act: str) -> Attribute:
        """See `Facade.add_attribute`."""
        return self._once(act, "add_attribute", lambda: self._mapping.add_attribute(attribute))

    def add_integration(self, wish: IntegrationWish, *, act: str) -> Integration:
        """See `Facade.add_integration`."""
        return self._once(act, "add_integration", lambda: self._mapping.add_integration(wish))

    def change_filter(self, integration: str, condition: str, *, act: str) -> Integration:
        """See `Facade.change_filter`."""
        return self._once(act, "change_filter", lambda: self._mapping.change_filter(integration, condition))

    def suggest_mappings(self, integration: str) -> tuple[Suggestion, ...]:
        """See `Facade.suggest_mappings`."""
        return self._mapping.suggest_mappings(integration)

    def map_fields(self, integration: str, mappings: tuple[FieldMapping, ...], *, act: str) -> Integration:
        """See `Facade.map_fields`."""
        return self._once(act, "map_fields", lambda: self._mapping.map_fields(integration, mappings))

    def unmap_fields(self, integration: str, paths: tuple[str, ...], *, act: str) -> Integration:
        """See `Facade.unmap_fields`."""
        return self._once(act, "unmap_fields", lambda: self._mapping.unmap_fields(integration, paths))

    def integrations(self) -> tuple[Integration, ...]:
        """Give all integrations."""
        with self.workspace.reading() as db:
            return store_integrations.every(db)

    def attributes(self, entity: str = "") -> tuple[Attribute, ...]:
        """Give the attributes of one entity, or of all."""
        with self.workspace.reading() as db:
            names = [entity] if entity else [one.name for one in store_model.entities(db)]
            return tuple(attribute for name in names for attribute in store_model.attributes(db, name))

    # pulling and editing

    def pull(self, integration: str, *, full: bool = False, act: str) -> PullReport:
        """See `Facade.pull`."""
        return self._once(act, "pull", lambda: self._sending.pull(integration, full=full))

    def save_edits(
        self, edits: tuple[Edit, ...], *, origin: Origin, author: str, act: str, send: bool = False
    ) -> tuple[EditAnswer, ...]:
        """See `Facade.save_edits`."""
        return self._once(
            act,
            "save_edits",
            lambda: self._sending.save_edits(edits, origin=origin, author=author, send=send),
        )

    def discard_drafts(self, records: tuple[RecordId, ...], *, attribute: str = "", act: str) -> int:
        """See `Facade.discard_drafts`."""
        return self._once(
            act, "discard_drafts", lambda: self._sending.discard_drafts(records, attribute=attribute)
        )

    # plans and jobs

    def propose(self, source: PlanSource, *, act: str) -> PlanView:
        """See `Facade.propose`."""
        return self._once(act, "propose", lambda: self._sending.propose(source))

    def discard_plan(self, plan: PlanId, *, act: str) -> None:
        """See `Facade.discard_plan`."""
        self._once(act, "discard_plan", lambda: self._sending.discard_plan(plan))

    def submit(self, plan: PlanId, *, confirm_org: str = "", act: str) -> tuple[JobId, ...]:
        """See `Facade.submit`."""
        return self._once(act, "submit", lambda: self._sending.submit(plan, confirm_org=confirm_org))

    def save_plan(self, plan: PlanId, path: str) -> None:
        """See `Facade.save_plan`."""
        self._sending.save_plan(plan, Path(path))

    def pause(self, job: str, *, act: str) -> JobView:
        """See `Facade.pause`."""
        return self._once(act, "pause", lambda: self._sending.pause(job))

    def resume(self, job: str, *, act: str) -> JobView:
        """See `Facade.resume`."""
        return self._once(act, "resume", lambda: self._sending.resume(job))

    def cancel(self, job: str, *, act: str) -> JobView:
        """See `Facade.cancel`."""
        return self._once(act, "cancel", lambda: self._sending.cancel(job))

    def settle_conflicts(
        self, choices: tuple[ConflictChoice, ...], *, author: str, act: str
    ) -> PlanView | None:
        """See `Facade.settle_conflicts`."""
        return self._once(
            act, "settle_conflicts", lambda: self._sending.settle_conflicts(choices, author=author)
        )

    def find_candidates(
        self, connection: str, object_name: str, by: str, value: str
    ) -> tuple[Candidate, ...]:
        """See `Facade.find_candidates`."""
        session = self.sessions.open(self._connecting.find(connection).id)
        return session.find(object_name, by=by, values=(value,)).get(value, ())

    def doctor(self) -> DoctorReport:
        """See `Facade.doctor`."""
        return self._sending.doctor()

    def run_until_final(
        self, jobs: abc.Sequence[JobId], *, on_progress: abc.Callable[[JobView], None] | None = None
    ) -> None:
        """Work in this process until none of these jobs goes further by itself."""
        self._sending.run_until_final(jobs, on_progress=on_progress)

    @property
    def sending(self) -> Sending:
        """The part that plans, sends and tells of jobs, for the command line."""
        return self._sending

    def connector_of(self, connection_id: ConnectionId) -> str:
        """Give the id of a connection's connector."""
        return self.sessions.connection(connection_id).connector

    def _once(self, act: str, call: str, work: abc.Callable[[], AnswerT]) -> AnswerT:
        """Do an act, or give its remembered answer. Each part also makes the act itself repeatable."""
        with self.workspace.reading() as db:
            known = acts.remembered(db, act)
        if known is not None:
            return cast("AnswerT", calls.answer_from_plain(call, orjson.loads(known)))
        answer = work()
        plain = orjson.dumps(calls.answer_to_plain(call, answer)).decode()
        with self.workspace.writing() as db:
            acts.remember(db, act_id=act, call=call, answer=plain, at=self.workspace.now())
        return answer


def serve_workspace(path: Path, *, settings: Settings, reader: BinaryIO, writer: BinaryIO) -> int:
    """Answer a window's calls on one workspace until its input ends.

    Raises:
        WorkspaceError: It cannot be opened.
    """
    with Runtime.open(path, settings=settings, create=True) as runtime:
        server = serving.Server(runtime, writer=writer, schema=HEAD)
        runtime.sessions.tell_calling(server.calling)
        return server.run(reader)
