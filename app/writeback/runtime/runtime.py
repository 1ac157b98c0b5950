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
from typing import BinaryIO, Self

from writeback.host.hosting import Host
from writeback.model.events import EventKind
from writeback.model.types import ConnectionId, JobId
from writeback.runtime import serving
from writeback.runtime.answering.attributes import AttributeAnswers
from writeback.runtime.answering.campaigns import CampaignAnswers
from writeback.runtime.answering.configurations import ConfigurationAnswers
from writeback.runtime.answering.conflicts import ConflictAnswers
from writeback.runtime.answering.connections import ConnectionAnswers
from writeback.runtime.answering.deleted import DeletedAnswers
from writeback.runtime.answering.drifts import DriftAnswers
from writeback.runtime.answering.edits import EditAnswers
from writeback.runtime.answering.file_sessions import FileSessionAnswers
from writeback.runtime.answering.files import FileAnswers
from writeback.runtime.answering.grids import GridAnswers
from writeback.runtime.answering.guards import GuardAnswers
from writeback.runtime.answering.histories import HistoryAnswers
from writeback.runtime.answering.jobs import JobAnswers
from writeback.runtime.answering.models import ModelAnswers
from writeback.runtime.answering.notices import NoticeAnswers
from writeback.runtime.answering.people import PeopleAnswers
from writeback.runtime.answering.plays import PlayAnswers
from writeback.runtime.answering.plugins import PluginAnswers
from writeback.runtime.answering.profiles import ProfileAnswers
from writeback.runtime.answering.references import ReferenceAnswers
from writeback.runtime.answering.schedules import ScheduleAnswers
from writeback.runtime.answering.segments import SegmentAnswers
from writeback.runtime.answering.sending import SendingAnswers
from writeback.runtime.answering.trust import TrustAnswers
from writeback.runtime.call_notes import CallNotes
from writeback.runtime.carrying import Carrying
from writeback.runtime.choosing import Choosing
from writeback.runtime.connecting import Connecting
from writeback.runtime.deciding import Deciding
from writeback.runtime.drift_fixing import DriftFixing
from writeback.runtime.facade import (
    JobView,
)
from writeback.runtime.guarding import Guarding
from writeback.runtime.looking import Looking
from writeback.runtime.mapping import Mapping
from writeback.runtime.memory import keep_large_blocks
from writeback.runtime.permitting import Permitting
from writeback.runtime.plan_parts import PlanParts
from writeback.runtime.plugins import Plugins
from writeback.runtime.pulling import Pulling
from writeback.runtime.reaching import Reaches
from writeback.runtime.rereading import Rereading
from writeback.runtime.restricting import Restriction
from writeback.runtime.role_forms import RoleForms
from writeback.runtime.scheduling import Scheduling
from writeback.runtime.sending import Sending
from writeback.runtime.sessions import Sessions
from writeback.runtime.staffing import Staffing
from writeback.runtime.submitting import Submitting
from writeback.runtime.telling import Telling
from writeback.runtime.tokens import Tokens
from writeback.runtime.transforming import Transforms
from writeback.runtime.vaulting import AskPassphrase, chain_of, choose_vault_file
from writeback.runtime.verifying import Verifying
from writeback.sdk.manifest import Ability, Manifest
from writeback.settings import Settings
from writeback.settings import author as this_author
from writeback.store import journal
from writeback.store.opening import HEAD
from writeback.store.workspace import Workspace
from writeback.transport.failpoints import arm
from writeback.transport.redacting import Redactor
from writeback.vault.vaults import Chain, Vault


def utc_now() -> datetime:
    """Give the present moment; the one clock of a program run, handed to everyone."""
    return datetime.now(UTC)


def new_id() -> str:
    """Give an id nobody had before."""
    return uuid.uuid4().hex


class Runtime(
    ConnectionAnswers,
    ModelAnswers,
    AttributeAnswers,
    DriftAnswers,
    EditAnswers,
    PeopleAnswers,
    PluginAnswers,
    ProfileAnswers,
    ReferenceAnswers,
    SendingAnswers,
    JobAnswers,
    ConflictAnswers,
    GuardAnswers,
    HistoryAnswers,
    ScheduleAnswers,
    SegmentAnswers,
    FileAnswers,
    FileSessionAnswers,
    GridAnswers,
    PlayAnswers,
    CampaignAnswers,
    TrustAnswers,
    ConfigurationAnswers,
    NoticeAnswers,
    DeletedAnswers,
):
    """A workspace with everything wired. Implements `Facade`; build it with `open`."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        settings: Settings,
        host: Host | None = None,
        keychain: Chain | None = None,
        ask_passphrase: AskPassphrase | None = None,
        author: str = "",
    ) -> None:
        self.workspace = workspace
        self.settings = settings
        self.restriction = Restriction(workspace, settings)
        self.host = host or Host.of(settings, is_restricted=lambda: self.restriction.is_on)
        self.redactor = Redactor()
        self._vault = Vault(workspace.id, keychain or chain_of(workspace, settings, ask=ask_passphrase))
        self.tokens = Tokens(
            workspace,
            vault=self._vault,
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
        self.sessions.admits = self.restriction.refuse
        self.tokens.http_of = self.sessions.http
        self._connecting = Connecting(
            workspace, host=self.host, sessions=self.sessions, tokens=self.tokens, now=workspace.now
        )
        self._transforms = Transforms(self.host)
        self._mapping = Mapping(
            workspace,
            sessions=self.sessions,
            connecting=self._connecting,
            now=workspace.now,
            transforms=self._transforms,
        )
        self._looking = Looking(
            workspace,
            sessions=self.sessions,
            connecting=self._connecting,
            mapping=self._mapping,
            transforms=self._transforms,
        )
        self._rereading = Rereading(workspace, self.sessions, self._transforms)
        self._drift_fixing = DriftFixing(workspace, sessions=self.sessions, mapping=self._mapping)
        self._wire_people()
        self._permitting = Permitting(workspace, author=author or this_author())
        self._wire_plugins()
        self._guarding = Guarding(workspace, permitting=self._permitting)
        self._scheduling = Scheduling(workspace, mapping=self._mapping, permitting=self._permitting)
        self._wire_sending()

    def _wire_plugins(self) -> None:
        """Wire what tells of plugins."""
        now = self.workspace.now
        self.call_notes = CallNotes(now)
        self._plugins = Plugins(self.settings, now=now, host=self.host, notes=self.call_notes)

    def _wire_people(self) -> None:
        """Wire what deals with team members, and what tells of records, on top of what was wired before."""
        self._choosing = Choosing(
            self.workspace, sessions=self.sessions, connecting=self._connecting, mapping=self._mapping
        )
        self._role_forms = RoleForms(
            self.workspace,
            sessions=self.sessions,
            connecting=self._connecting,
            mapping=self._mapping,
            looking=self._looking,
        )
        self._staffing = Staffing(
            self.workspace, sessions=self.sessions, connecting=self._connecting, mapping=self._mapping
        )
        self.told = Telling(self.workspace)

    def _wire_sending(self) -> None:
        """Wire what leads to jobs and messages, on top of what was wired before."""
        reaches = Reaches(
            self.workspace,
            sessions=self.sessions,
            connecting=self._connecting,
            mapping=self._mapping,
            transforms=self._transforms,
        )
        self._verifying = Verifying(self.workspace, reach_of=reaches)
        self._submitting = Submitting(
            self.workspace,
            connecting=self._connecting,
            reaches=reaches,
            guarding=self._guarding,
            permitting=self._permitting,
            admits=self.restriction.refuse,
        )
        rng = random.Random(secrets.randbits(64))  # noqa: S311  jitter and samples, not a secret
        self._plan_parts = PlanParts(self.workspace, reaches=reaches, submitting=self._submitting, rng=rng)
        self.pulling = Pulling(
            self.workspace,
            sessions=self.sessions,
            mapping=self._mapping,
            find_transform=reaches.find_transform,
        )
        self._sending = Sending(
            self.workspace,
            sessions=self.sessions,
            told=self.told,
            reaches=reaches,
            submitting=self._submitting,
            rng=rng,
        )
        self._sending.blame = self.strike
        self._sending.admits = self.restriction.refuse
        self._carrying = Carrying(
            self.workspace,
            host=self.host,
            settings=self.settings,
            vault=self._vault,
            redactor=self.redactor,
            blame=self.strike,
        )
        self._carrying.admits = self.restriction.refuse
        self._deciding = Deciding(self.workspace, sending=self._sending, reach_of=reaches)

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
        author: str = "",
    ) -> Self:
        """Open a workspace file, making it first when `create` says so and there is none.

        Raises:
            WorkspaceError: It cannot be opened; nothing was changed.
        """
        arm(settings)
        keep_large_blocks()
        if create and not path.exists():
            workspace = Workspace.create(path, now=utc_now, new_id=new_id)
            Restriction(workspace, settings).begin()
        else:
            workspace = Workspace.open(path, now=utc_now, new_id=new_id)
        if vault_file is not None:
            choose_vault_file(workspace, vault_file)
        return cls(
            workspace, settings=settings, keychain=keychain, ask_passphrase=ask_passphrase, author=author
        )

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

    def manifest(self, connector: str) -> Manifest:
        """Give a connector's facts."""
        return self.host.manifest(connector)

    def tells_people(self, connector: str) -> bool:
        """Say whether a connector can tell of its users."""
        return Ability.READS_PEOPLE in self.host.manifest(connector).abilities

    def run_until_final(
        self, jobs: abc.Sequence[JobId], *, on_progress: abc.Callable[[JobView], None] | None = None
    ) -> None:
        """Work in this process until none of these jobs goes further by itself."""
        self._sending.run_until_final(jobs, on_progress=on_progress)

    @property
    def sending(self) -> Sending:
        """The part that plans, sends and tells of jobs, for the command line."""
        return self._sending

    def strike(self, plugin: str, error: BaseException) -> None:
        """Note that a plugin's code raised what it may not: in its strikes, and in the journal."""
        self._plugins.strike(plugin, error)
        with self.workspace.writing(durable=False) as db:
            journal.note(db, at=self.workspace.now(), kind=EventKind.PLUGIN_FAILED, subject=plugin)

    def connector_of(self, connection_id: ConnectionId) -> str:
        """Give the id of a connection's connector."""
        return self.sessions.connection(connection_id).connector


def serve_workspace(path: Path, *, settings: Settings, reader: BinaryIO, writer: BinaryIO) -> int:
    """Answer a window's calls on one workspace until its input ends.

    Raises:
        WorkspaceError: It cannot be opened.
    """
    with Runtime.open(path, settings=settings, create=True) as runtime:
        server = serving.Server(
            runtime, writer=writer, schema=HEAD, strike=runtime.strike, note=runtime.call_notes.note
        )
        runtime.sessions.tell_calling(server.calling)
        return server.run(reader)
