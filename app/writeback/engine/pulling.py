"""Read a CRM's records into the workspace: stage all, compare once, take over what differs.

Nothing changes before all pages were read. What a pull reads never overwrites a draft: the confirmed
value moves beneath it, and where that is not what the person saw, a conflict is noted.

The watermark is the latest point up to which the read is surely complete. A record that changed
while the pull ran may have been read before its change, so nothing later than the first page's newest
version, or than the newest version less the time the pull took, counts as read. Where the CRM itself
keeps track of changes, its token is the watermark; one that ran out means reading everything.

Must not: open a session, decide whom to pull from, trust the local clock for a watermark.
"""

import time
from collections import abc
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from writeback.engine import drifting
from writeback.engine.coercing import stored_rows, with_people
from writeback.engine.reading_sources import Read, readers_of
from writeback.engine.shaping import FindTransform, find_none
from writeback.engine.sparing import spared
from writeback.errors import (
    ContractBrokenError,
    InvalidRequestError,
    MappingError,
    WorkspaceError,
    WritebackError,
)
from writeback.model.canonical import Json
from writeback.model.events import EventKind
from writeback.model.integrations import Integration
from writeback.model.reports import PullReport
from writeback.model.types import AttributeType
from writeback.sdk.capabilities import ReadsChanges, ReadsDeletes
from writeback.sdk.connector import ReadQuery, Session
from writeback.sdk.values import Page
from writeback.store import clashes, forgetting, integrations, journal, model, records, roles, settings, wide
from writeback.store.noting import PullNotes
from writeback.store.staging import SLICE, Difference, Staging
from writeback.store.workspace import Db, Workspace

Seconds = abc.Callable[[], float]
"""A clock that only runs forward; where it started does not matter."""
Progress = abc.Callable[[int], None]
"""Told after each page how many records were read so far."""

TOKEN_EXPIRED: Final = "changes.token_expired"  # noqa: S105  an error code, not a secret
_MARGIN: Final = timedelta(seconds=1)
_TOLD: Final = ("read", "added", "changed", "gone", "conflicts", "linked", "ambiguous")


def pull(
    integration_id: str,
    session: Session,
    workspace: Workspace,
    *,
    full: bool = False,
    progress: Progress | None = None,
    seconds: Seconds = time.monotonic,
    transforms: FindTransform = find_none,
) -> PullReport:
    """Bring one integration up to date; incremental where there is a watermark.

    Args:
        integration_id: What to pull.
        session: An open conversation with its org.
        workspace: Where to.
        full: Read everything, whatever the watermark says: finds records that left the filter.
        progress: Told how far the reading is.
        seconds: Measures how long the reading took.
        transforms: Finds the named transforms of mappings: some are turned back.

    Raises:
        ConnectorError: The CRM could not be read to the end; nothing changed.
        MappingError: A field holds values that its attribute cannot, or the attribute that records are
            matched by is not mapped; nothing changed.
        WorkspaceBusyError: The same integration is being pulled already.
    """
    with workspace.reading() as db:
        whole = _matched(integrations.get(db, integration_id))
        before = integrations.last_pull(db, integration_id)
        start = int(str(settings.get(db, settings.CONFIRMATIONS, 0)))
    integration, skipped = _readable(workspace, session, whole)
    with workspace.reading() as db:
        kinds = records.kinds_of(db, integration)
        people = roles.translators(db, integration)
        own = model.kinds(db, integration.entity)
    tracker = _tracker(session, integration)
    is_usable = not full and (tracker is None) == (_moment(integration.watermark) is not None)
    if _skipped_before(before) - set(skipped):  # what changed meanwhile in a field that is back was not read
        is_usable = False
    work = integration if is_usable else replace(integration, watermark=None)
    readers = readers_of(integration.mappings, kinds, find=transforms)
    run = _Pull(
        workspace,
        session,
        tracker,
        kinds,
        own,
        readers,
        people,
        start,
        integration.watermark,
        progress,
        seconds,
        skipped,
        keeps_titles=whole.mapping_of(wide.TITLE_ATTRIBUTE) != integration.mapping_of(wide.TITLE_ATTRIBUTE),
    )
    with spared():
        return run.to_the_end(work)


def _matched(integration: Integration) -> Integration:
    """Refuse a match that nothing is read for: every record would become one of its own."""
    if integration.match and integration.mapping_of(integration.match) is None:
        raise MappingError(
            "mapping.match_not_mapped", attribute=integration.match, integration=integration.id
        )
    return integration


def _readable(
    workspace: Workspace, session: Session, integration: Integration
) -> tuple[Integration, tuple[str, ...]]:
    """Give the integration as far as the CRM's fields can still be read, and the paths passed over.

    The pulled object is described afresh: a CRM that answers nothing for a field it no longer has would
    empty what we hold of it.

    Raises:
        MappingError: Object, key or the matched field drifted: nothing can be pulled.
        ConnectorError: The CRM could not be asked.
    """
    try:
        drifts = drifting.find(workspace, session, integration, afresh=True)
        if (fatal := drifting.fatal(drifts, integration.object)) is not None:
            raise MappingError(fatal.code, **fatal.facts)
        passed = drifting.unreadable(drifts)
        matched = integration.mapping_of(integration.match) if integration.match else None
        if matched is not None and str(matched.path) in passed:
            raise MappingError("drift.match_gone", field=str(matched.path), integration=integration.id)
    except WritebackError as error:
        _note_problem(workspace, integration, error)
        raise
    return drifting.without(integration, passed), tuple(sorted(passed))


def _skipped_before(told: abc.Mapping[str, Json]) -> set[str]:
    skipped = told.get("skipped")
    return {str(path) for path in skipped} if isinstance(skipped, list) else set()


def _tracker(session: Session, integration: Integration) -> ReadsChanges | None:
    """Give the session as one whose CRM keeps track of the integration's records, or None."""
    if integration.filter or not isinstance(session, ReadsChanges):
        return None
    return session if session.tracks(integration.object) else None


@dataclass(frozen=True, slots=True)
class _Read:
    """How far a read went: rows, the newest moment of the first page and of all, the CRM's own token."""

    rows: int
    first: str | None
    newest: str | None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class _Pull:
    """One pull: reads everything into staging, compares, takes over."""

    workspace: Workspace
    session: Session
    tracker: ReadsChanges | None
    kinds: abc.Mapping[str, AttributeType]
    attributes: abc.Mapping[str, AttributeType]
    readers: abc.Mapping[str, Read]
    people: abc.Mapping[str, roles.Translate]
    """By path: how a role's values become team members."""
    start: int
    before: str | None
    progress: Progress | None
    seconds: Seconds
    skipped: tuple[str, ...] = ()
    """Field paths passed over: they drifted, and what was read of them stays."""
    keeps_titles: bool = False
    """The field that names the records is among them."""

    def to_the_end(self, work: Integration) -> PullReport:
        """Pull; everything, where the CRM no longer knows the watermark that `work` carries."""
        try:
            return self.of(work)
        except InvalidRequestError as error:
            if error.code == TOKEN_EXPIRED and work.watermark is not None:
                return self.of(replace(work, watermark=None))
            raise

    def of(self, work: Integration) -> PullReport:
        """Pull since the watermark that `work` carries."""
        began = self.seconds()
        try:
            with Staging(
                self.workspace.path,
                work,
                self.kinds,
                is_full=work.watermark is None,
                keeps_titles=self.keeps_titles,
                attributes=self.attributes,
            ) as staging:
                read = self._stage_changes(staging, self.tracker) if self.tracker else self._stage(staging)
                took = timedelta(seconds=self.seconds() - began)
                watermark = read.token or _complete_point(staging, read, took=took)
                difference = staging.compare()
                report = PullReport(
                    integration_id=work.id,
                    read=read.rows,
                    added=difference.added,
                    changed=difference.changed,
                    gone=difference.gone,
                    conflicts=0,
                    seconds=self.seconds() - began,
                    is_incremental=work.watermark is not None,
                    linked=difference.linked,
                    ambiguous=difference.ambiguous,
                    skipped=self.skipped,
                )
                taking = _Taking(
                    self.workspace,
                    staging,
                    PullNotes(work, changed=difference.changed + difference.linked),
                    watermark=watermark,
                    start=self.start,
                    before=self.before,
                )
                return taking.run(difference, report, lambda: self.seconds() - began)
        except WritebackError as error:
            _note_problem(self.workspace, work, error)
            raise

    def _stage(self, staging: Staging) -> _Read:
        rows, is_first = 0, True
        first: str | None = None
        newest: str | None = None
        for page in self.session.read(self._query(staging.integration)):
            rows += self._keep(staging, page, rows)
            moment = page.newest or max((row[1] for row in page.rows if row[1] is not None), default=None)
            if is_first:
                first, is_first = moment, False
            if moment is not None and (newest is None or moment > newest):
                newest = moment
        since = staging.integration.watermark
        if since is not None and isinstance(self.session, ReadsDeletes):
            for keys in self.session.read_deletes(staging.integration.object, since=since):
                staging.add_gone(keys)
        return _Read(rows, first, newest)

    def _stage_changes(self, staging: Staging, tracker: ReadsChanges) -> _Read:
        """Read what the CRM itself kept track of; its token is good once the last page was read."""
        rows, token = 0, None
        for changes in tracker.read_changes(self._query(staging.integration)):
            rows += self._keep(staging, changes.page, rows)
            staging.add_gone(changes.gone)
            token = changes.next_since
        if token is None:
            raise ContractBrokenError("pull.no_token", object=staging.integration.object)
        return _Read(rows, None, None, token)

    def _query(self, integration: Integration) -> ReadQuery:
        return ReadQuery(
            object=integration.object,
            paths=tuple(self.kinds),
            filter=integration.filter,
            since=integration.watermark,
        )

    def _keep(self, staging: Staging, page: Page, rows: int) -> int:
        staging.add(
            stored_rows(with_people(page, self.people), self.kinds, self.readers, staging.integration)
        )
        if self.progress is not None:
            self.progress(rows + len(page.rows))
        return len(page.rows)


def _complete_point(staging: Staging, read: _Read, *, took: timedelta) -> str | None:
    """Give the watermark to keep: never later than the moment the reading began, on the CRM's clock.

    A CRM whose version tokens are no moments gets none, so each of its pulls is a full one.
    """
    before = staging.integration.watermark
    newest = _moment(read.newest)
    if newest is None:
        return before
    point = read.first
    if point != read.newest:
        surely = newest - took - _MARGIN
        early = (version for version in staging.versions() if (_moment(version) or newest) <= surely)
        point = max(filter(None, (point, next(early, None))), default=None)
    return max(filter(None, (point, before)), default=None)


def _moment(version: str | None) -> datetime | None:
    if version is None:
        return None
    try:
        moment = datetime.fromisoformat(version)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Taking:
    """Takes over what differs, slice by slice; the watermark comes with the last one."""

    workspace: Workspace
    staging: Staging
    notes: PullNotes
    watermark: str | None
    start: int
    before: str | None

    def run(self, difference: Difference, report: PullReport, seconds: Seconds) -> PullReport:
        conflicts = skipped = done = 0
        while done + SLICE < difference.rows:
            found, left = self._slice(done, done + SLICE)
            conflicts, skipped, done = conflicts + found, skipped + left, done + SLICE
        with self.workspace.writing(staging=self.staging.path) as db:
            found, left = self._take(db, done, difference.rows)
            report = replace(report, conflicts=conflicts + found, seconds=seconds())
            # What stayed as it was may have changed in the CRM as well: read it again next time.
            watermark = self.before if skipped + left else self.watermark
            self._finish(db, report, watermark)
        return report

    def _slice(self, after: int, last: int) -> tuple[int, int]:
        with self.workspace.writing(durable=False, staging=self.staging.path) as db:
            return self._take(db, after, last)

    def _take(self, db: Db, after: int, last: int) -> tuple[int, int]:
        integration, at = self.staging.integration, self.workspace.now()
        with self.notes.of_slice(db, after + 1, last, at=at):
            skipped = self.staging.take_over(db, first=after + 1, last=last, start=self.start, at=at)
        keys = self.staging.taken(db, first=after + 1, last=last)
        clashing = clashes.note(db, integration, keys, at=at)
        for rid in clashing:
            journal.note(db, at=at, kind=EventKind.CONFLICT_FOUND, subject=rid)
        return len(clashing), skipped

    def _finish(self, db: Db, report: PullReport, watermark: str | None) -> None:
        told = {name: getattr(report, name) for name in _TOLD}
        at = self.workspace.now()
        told |= {"seconds": round(report.seconds, 3), "problem": "", "skipped": list(report.skipped)}
        forgetting.prune(db, now=at)
        integrations.note_pull(db, report.integration_id, at=at, watermark=watermark, result=told)
        journal.note(db, at=at, kind=EventKind.RECORDS_PULLED, subject=report.integration_id)


def _note_problem(workspace: Workspace, integration: Integration, error: WritebackError) -> None:
    """Keep why the pull ended, unless the workspace itself is what failed."""
    if isinstance(error, WorkspaceError):
        return
    with workspace.writing() as db:
        integrations.note_problem(db, integration.id, code=error.code)
        journal.note(db, at=workspace.now(), kind=EventKind.INTEGRATION_CHANGED, subject=integration.id)
