"""The part of the façade that edits, plans, submits and steers jobs.

Each call is one verb of the engine with what it needs handed over; nothing is decided here.
"""

import contextlib
import random
import threading
from collections import abc
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Final

from writeback.engine import (
    checking,
    editing,
    gathering_drafts,
    plan_files,
    proposing,
    reporting,
    taking_back,
)
from writeback.engine.dispatching import ThreadDispatcher
from writeback.engine.gathering_files import FileWish, gather_file
from writeback.engine.gathering_segments import SegmentWish, gather_segment
from writeback.engine.matching_files import match_file
from writeback.engine.pacing import Pace
from writeback.engine.previewing_values import preview_values
from writeback.engine.proposing import Proposed, ProposedGroup
from writeback.engine.reading_mappings import to_plain
from writeback.engine.retrying import Fixing, gather_retry
from writeback.engine.source_files import SourceFile, describe_file, open_source
from writeback.engine.terms import Terms
from writeback.engine.turns import Desk
from writeback.errors import ConfigurationError
from writeback.model.canonical import Json
from writeback.model.changes import Origin
from writeback.model.file_mappings import FileMapping
from writeback.model.file_matches import FileMatch
from writeback.model.file_values import FileValue
from writeback.model.jobs import JobKind
from writeback.model.source_formats import SourceFormat
from writeback.model.types import JobId, PlanId, RecordId
from writeback.planning.inputs import PlanStream
from writeback.runtime.campaigning import Campaigning
from writeback.runtime.connecting import guard_org_name, switch_views
from writeback.runtime.facade import (
    DoctorReport,
    Edit,
    EditAnswer,
    EditsUndone,
    Invariant,
    JobView,
    PlanGroup,
    PlanSource,
    PlanView,
)
from writeback.runtime.reaching import Reaches
from writeback.runtime.scoping import narrowed
from writeback.runtime.segmenting import Segmenting
from writeback.runtime.sentences import sentence_of
from writeback.runtime.sessions import Sessions
from writeback.runtime.submitting import Submitting
from writeback.runtime.telling import Telling
from writeback.runtime.undoing import undo_streams
from writeback.settings import author
from writeback.store import drafts, file_sessions, plans, sqlite, steering
from writeback.store import integrations as store_integrations
from writeback.store.workspace import Workspace

Progress = abc.Callable[[JobView], None]

STORE_RULES: Final = {
    "commits": "one writer at a time, never beside a checkpoint",
    "journal": "write-ahead log",
}
"""What holds on every version of SQLite (`RELIABILITY.md` §7)."""

Blame = abc.Callable[[str, BaseException], None]
"""Told of a plugin whose code raised what it may not."""


class Sending:
    """Plans, jobs and what leads to them."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        sessions: Sessions,
        told: Telling,
        reaches: Reaches,
        submitting: Submitting,
        rng: random.Random,
    ) -> None:
        self._workspace = workspace
        self._sessions = sessions
        self._told = told
        self._rng = rng
        self.reach_of = reaches
        self._submitting = submitting
        self.blame: Blame = lambda _plugin, _error: None
        self.admits: abc.Callable[[], None] = lambda: None

    def save_edits(
        self,
        edits: tuple[Edit, ...],
        *,
        origin: Origin,
        author: str,
        send: bool,
        confirm_org: str = "",
        overrides: abc.Collection[str] = (),
        act: str = "",
    ) -> tuple[EditAnswer, ...]:
        """Keep edits, and send those that are to be sent at once. See `Facade.save_edits`."""
        if send:
            self._guard_edits(edits, confirm_org)
        return editing.save_edits(
            edits,
            workspace=self._workspace,
            origin=origin,
            author=author,
            send=send,
            reaching=editing.Reaching(
                self.reach_of,
                partial(self._submitting.submit, confirm_org="", overrides=overrides, is_reviewed=False),
                self.reach_of.last,
            ),
            act=act,
        )

    def discard_drafts(self, records: tuple[RecordId, ...], *, attribute: str, author: str, act: str) -> int:
        """Drop edits. See `Facade.discard_drafts`."""
        return taking_back.discard_edits(
            self._workspace, records, attribute=attribute, author=author, act=act
        )

    def undo_edits(self, what: str, *, author: str, act: str) -> EditsUndone:
        """Undo an act of editing. See `Facade.undo_edits`."""
        done = taking_back.undo_act(self._workspace, what, author=author, act=act)
        return EditsUndone(done.values, done.left)

    def propose(self, source: PlanSource) -> PlanView:
        """Make a plan. See `Facade.propose`."""
        if source.kind == "undo":
            return self._propose_undo(source)
        streams, terms = self._streams(source)
        return self.propose_streams(streams, terms)

    def _propose_undo(self, source: PlanSource) -> PlanView:
        job = self._told.job(source.job_id or "").id
        streams, remarks = undo_streams(self._workspace, self.reach_of, job, source)
        terms = replace(self._terms(source), kind=JobKind.UNDO, undo_of=job, source={"undo_of": job})
        return replace(self.propose_streams(streams, terms), remarks=remarks)

    def discard_plan(self, plan: PlanId) -> None:
        """Forget a plan. See `Facade.discard_plan`."""
        plans.discard(self._workspace, plan)

    def save_plan(self, plan: PlanId, path: Path) -> None:
        """Write a plan file. See `Facade.save_plan`."""
        plan_files.save(self._workspace, plan, path)

    def write_result_files(
        self,
        jobs: abc.Sequence[JobId],
        source: Path,
        *,
        written: Path | None,
        not_written: Path | None,
        raw: bool,
    ) -> reporting.ResultFiles:
        """Write which rows of a file arrived and which did not, with the reason."""
        return reporting.write_result_files(
            self._workspace,
            jobs,
            source,
            written=written,
            not_written=not_written,
            sentence=lambda code, facts: sentence_of(code, facts).happened,
            raw=raw,
        )

    def pause(self, job: str, *, by: str) -> JobView:
        """Take no new rows. See `Facade.pause`."""
        return self._steer(job, steering.pause, by)

    def resume(self, job: str, *, by: str) -> JobView:
        """Go on. See `Facade.resume`."""
        self.admits()
        return self._steer(job, steering.resume, by)

    def cancel(self, job: str, *, by: str) -> JobView:
        """Send no new rows. See `Facade.cancel`."""
        return self._steer(job, steering.cancel, by)

    def desk(self, stopping: threading.Event) -> Desk:
        """Give what a dispatcher needs to work on this workspace.

        Raises:
            GuardError: The workspace is restricted: nothing is sent from it.
        """
        self.admits()
        return Desk(
            self._workspace,
            self._sessions,
            Pace(),
            self._rng,
            stopping,
            transforms=self.reach_of.find_transform,
            blame=self.blame,
        )

    def run_until_final(self, jobs: abc.Sequence[JobId], *, on_progress: Progress | None = None) -> None:
        """Work in this process until none of these jobs goes further by itself.

        Ctrl+C once cancels the jobs and resolves what is in flight; twice leaves (the next worker reads
        back).
        """
        if not jobs:
            return
        stopping = threading.Event()
        dispatcher = ThreadDispatcher(self.desk(stopping))
        tell = _Progress(self._told, on_progress) if on_progress is not None else None
        try:
            dispatcher.run_until_final(jobs, on_progress=tell)
        except KeyboardInterrupt:
            for job in jobs:
                with contextlib.suppress(ConfigurationError):  # it may be over already
                    self.cancel(job, by=author())
            ThreadDispatcher(self.desk(threading.Event())).run_until_final(jobs, on_progress=tell)
            raise

    def doctor(self) -> DoctorReport:
        """Check the invariants. See `Facade.doctor`."""
        report = checking.check_workspace(self._workspace, facts={"sqlite": sqlite.version(), **STORE_RULES})
        return DoctorReport(
            ok=report.ok,
            invariants=tuple(
                Invariant(one.id, one.is_kept, one.checked, tuple(one.violations)) for one in report.findings
            ),
            facts=report.facts,
        )

    @staticmethod
    def _terms(source: PlanSource) -> Terms:
        return Terms(
            source.origin,
            author=source.author,
            reason=source.reason,
            route=source.route,
            compares=source.compares,
            assurance=source.assurance,
            automation=source.automation,
            is_from_source=source.kind in ("file", "saved"),
        )

    def _streams(self, source: PlanSource) -> tuple[abc.Iterable[PlanStream], Terms]:
        terms = self._terms(source)
        match source.kind:
            case "drafts":
                return self._draft_streams(source, terms)
            case "file":
                return self._file_stream(source, terms)
            case "segment":
                return self._segment_streams(source, terms)
            case "retry":
                job = self._told.job(source.job_id or "").id
                told = replace(terms, kind=JobKind.RETRY, retry_of=job, source={"retry_of": job})
                return (self._retry_stream(job, source),), told
            case "saved":
                path = Path(source.path)
                streams = plan_files.load(path, workspace=self._workspace)
                key = next((one.walked_by for one in streams if one.walked_by), "")
                return streams, replace(terms, source={"plan_file": path.name, "key": key})
            case _:
                raise ConfigurationError("plan.unknown_source", kind=source.kind)

    def _draft_streams(self, source: PlanSource, terms: Terms) -> tuple[abc.Iterable[PlanStream], Terms]:
        if source.campaign:
            only = Campaigning(self._workspace).waiting(source.campaign)
            if not only:
                raise ConfigurationError("campaign.nothing_waits", name=source.campaign[:120])
            return self.draft_streams(only=only), terms
        with self._workspace.reading() as db:
            origins = drafts.origins(db, source.records)
        if len(origins) == 1:  # it is what they came from that made the plan, whoever looks at it
            terms = replace(terms, origin=next(iter(origins)))
        return self.draft_streams(chosen=source.records), terms

    def _retry_stream(self, job: JobId, source: PlanSource) -> PlanStream:
        if not source.fixes:
            return gather_retry(self._workspace, job, rows=source.rows)
        fixes: dict[int, dict[str, str | None]] = {}
        for row, path, text in source.fixes:
            fixes.setdefault(row, {})[path] = text
        reach = self.reach_of(str(self._told.job(job).connection_id))
        return gather_retry(self._workspace, job, rows=source.rows, fixing=Fixing(fixes, reach))

    def _segment_streams(self, source: PlanSource, terms: Terms) -> tuple[abc.Iterable[PlanStream], Terms]:
        meant = Segmenting(self._workspace).read(source.segment, entity=source.entity)
        meant = narrowed(meant, only=source.records, excepted=source.excepted)
        by = (source.author, self._workspace.now())
        wish = SegmentWish(
            meant.ground,
            meant.expression,
            source.sets,
            *by,
            only_changes=source.only_changes,
            integration=source.integration,
        )
        streams = gather_segment(self._workspace, wish, self.reach_of, last_reach_of=self.reach_of.last)
        return streams, replace(terms, source={"segment": meant.name or meant.text[:1000]})

    def _guard_edits(self, edits: tuple[Edit, ...], confirm_org: str) -> None:
        """Ask for the org's name before edits are sent without a review, where a connection wants it typed.

        Where the connection writes on save it was asked for when that was switched on.
        """
        wanted: dict[RecordId, set[str]] = {}
        for edit in edits:
            wanted.setdefault(edit.record, set()).add(edit.attribute)
        for record, attributes in wanted.items():
            for connection in self._told.record(record).connections_of(attributes):
                if not connection.write_on_save:
                    guard_org_name(connection, confirm_org, rows=1)

    def draft_streams(
        self,
        *,
        chosen: tuple[RecordId, ...] = (),
        only: abc.Collection[tuple[RecordId, str]] = (),
        to: abc.Container[str] | None = None,
    ) -> abc.Iterable[PlanStream]:
        """Give the streams of waiting drafts: of these records, or only these values; to some CRMs only."""
        return gathering_drafts.gather_drafts(
            self._workspace, self.reach_of, chosen=chosen, only=only, last_reach_of=self.reach_of.last, to=to
        )

    def propose_streams(self, streams: abc.Iterable[PlanStream], terms: Terms) -> PlanView:
        """Make a plan of streams."""
        made = proposing.propose(
            streams,
            terms,
            workspace=self._workspace,
            reach_of=self.reach_of,
            last_reach_of=self.reach_of.last,
        )
        return self._view(made)

    def _view(self, made: Proposed) -> PlanView:
        groups = (self._group(group) for group in made.groups)
        return PlanView(made.id, tuple(groups), made.planned_at, made.needs_org_name)

    def _group(self, group: ProposedGroup) -> PlanGroup:
        made = {"figures", "automation"}
        told = {one.name: getattr(group, one.name) for one in fields(group) if one.name not in made}
        connection = self._sessions.connection(group.connection_id)
        manifest = self._sessions.manifest(connection.connector)
        switches = manifest.automation
        return PlanGroup(
            **told,
            guards=self._submitting.struck(group.job_id, group.connection_id),
            grain_s=manifest.limits.version_grain_s,
            automation=switch_views(switches, dict(group.automation)),
        )

    def match_file(self, source: PlanSource) -> FileMatch:
        """Look up which records a file's rows name. See `Facade.match_file`."""
        return match_file(_opened(source), _file_wish(source), self.reach_of(source.connection))

    def preview_values(self, source: PlanSource) -> tuple[FileValue, ...]:
        """Say what a file's texts become. See `Facade.preview_values`."""
        reach = self.reach_of(source.connection)
        with self._workspace.reading() as db:
            integrations = store_integrations.every(db, connection_id=reach.connection.id)
        return preview_values(_opened(source), _file_wish(source), reach, integrations=integrations)

    def _file_stream(self, source: PlanSource, terms: Terms) -> tuple[abc.Iterable[PlanStream], Terms]:
        file, wish = _opened(source), _file_wish(source)
        reach = self.reach_of(source.connection)
        with self._workspace.reading() as db:
            integrations = store_integrations.every(db, connection_id=reach.connection.id)
        described = describe_file(file)
        streams = gather_file(file, wish, reach, integrations=integrations)
        told: dict[str, Json] = {
            **described,
            "conflict_rule": source.conflict_rule.value,
            "key": source.key,
        }
        if source.mapping != FileMapping():
            told["mapping"] = to_plain(source.mapping)
        if source.session:
            told[file_sessions.SOURCE] = source.session
        return _of_one_file(streams, file, described["sha256"]), replace(terms, source=told)

    def _steer(self, text: str, act: abc.Callable[..., None], by: str) -> JobView:
        job = self._told.job(text)
        with self._workspace.writing() as db:
            act(db, job.id, now=self._workspace.database_now(db), by=by)
        return self._told.job(job.id)


def _of_one_file(
    streams: abc.Iterable[PlanStream], file: SourceFile, digest: Json
) -> abc.Iterator[PlanStream]:
    """Give streams that each read the file anew, and refuse their plan where that changed meanwhile."""
    yield from streams
    if file.digest() != digest:
        raise ConfigurationError("file.changed_meanwhile", path=str(file.path))


def _opened(source: PlanSource) -> SourceFile:
    """Open the file of a plan as its source says."""
    return open_source(
        Path(source.path), encoding=source.encoding, sheet=source.sheet, has_header=source.has_header
    )


def _file_wish(source: PlanSource) -> FileWish:
    """Give what shall be written from a file."""
    return FileWish(
        object=source.object,
        key=source.key,
        blank=source.blank_rule,
        conflict=source.conflict_rule,
        modes=dict(source.reference_modes),
        multi=dict(source.multi_modes),
        edited=source.edited,
        form=SourceFormat(source.dates, source.decimals),
        mapping=source.mapping,
        creating=source.creating,
    )


class _Progress:
    """Tells of a job when its counts or its state changed."""

    def __init__(self, told: Telling, tell: Progress) -> None:
        self._told = told
        self._tell = tell
        self._last: dict[JobId, JobView] = {}

    def __call__(self, job: JobId) -> None:
        view = self._told.job(job)
        if self._last.get(job) != view:
            self._last[job] = view
            self._tell(view)
