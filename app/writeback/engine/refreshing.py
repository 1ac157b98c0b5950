"""Micro-sync: read back what was just written and all mapped fields that may hang on it, in the same pass.

Formulas, automation and other projections of a re-pointed reference move with a write. One read for a
request's worth of rows, pieces of `ROWS` for an upload. A value that was written and stands otherwise is
told with the row, which stays applied: by the CRM's automation where that is certain, else as what is known.
What cannot be read now is kept for later (`redo`); what was written is confirmed already.

Must not: send, change an outcome.
"""

import json
from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.engine import creating, drift_gate, drifting, gating
from writeback.engine.bringing_in import bring_in
from writeback.engine.coercing import coerced
from writeback.engine.comparing import held_of
from writeback.engine.reading_sources import Read, readers_of
from writeback.engine.rewriting import Rewriting, Rewritten
from writeback.engine.shaping import FindTransform
from writeback.engine.turns import Desk, Turn, log
from writeback.errors import ConnectorError, MappingError, WorkspaceBusyError, WritebackError
from writeback.model.events import EventKind
from writeback.model.histories import HistoryKind
from writeback.model.integrations import Integration
from writeback.model.types import AttributeType, Value
from writeback.sdk.connector import Session
from writeback.sdk.values import ObjectDescription, Page
from writeback.store import (
    applied,
    confirming,
    integrations,
    journal,
    ledger,
    made,
    outbox,
    records,
    refreshes,
    value_states,
    wide,
)
from writeback.store.claims import later
from writeback.store.noting import Told
from writeback.store.outbox import Job, QueuedWrite
from writeback.store.refreshes import Due
from writeback.store.value_states import Standing
from writeback.store.workspace import Db

ROWS: Final = 2_000
"""So many rows of an upload are read back at once."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What reading back takes, within a turn or later."""

    desk: Desk
    session: Session
    job: Job
    homes: tuple[Integration, ...]
    description: ObjectDescription
    is_small: bool
    """How its values stand is told one by one."""
    answered: abc.Mapping[int, str] | None = None
    """By row: the version that its write got; None: read later than in the pass that wrote."""


def homes_of(db: Db, job: Job) -> tuple[Integration, ...]:
    """Give all integrations that read the object which a job writes, over its connection.

    Fields that drifted are left out: what is answered for a field that is gone is no value of it.
    """
    found = integrations.every(db, connection_id=job.connection_id)
    mine = (one for one in found if one.object.casefold() == job.object.casefold())
    readable = (drifting.without(one, drifting.unreadable(drifting.find_kept(db, one))) for one in mine)
    return tuple(one for one in readable if one.mappings)


def refresh(turn: Turn) -> None:
    """Read back the applied rows of a batch; the turn goes on whatever becomes of it.

    Raises:
        LostClaimError: The batch was taken over; its new owner reads back.
    """
    if turn.is_over:
        return
    if turn.job.creates_by:
        _name_made(turn)
    if not turn.homes:
        return
    is_small = turn.claim.rows <= value_states.MOST
    look = _Look(turn.desk, turn.session, turn.job, turn.homes, turn.description, is_small, turn.answered)
    first, last = turn.claim.span
    for start in range(first, last + 1, ROWS):
        span = start, min(start + ROWS - 1, last)
        with turn.workspace.reading() as db:
            rows = applied.applied_rows(db, turn.job.id, span)
        if not rows:
            continue
        turn.check()
        try:
            turn.calls += _read(look, rows)
        except (ConnectorError, WorkspaceBusyError) as error:
            log.warning("values written by job %s are read back later: %s", turn.job.id, error)
            with turn.workspace.writing() as db:
                wait = later(turn.now(db), turn.desk.pace.unreadable_s[0])
                due = Due(turn.job.id, turn.claim.no, start, last, 0)
                refreshes.put(db, due, not_before=wait, code=error.code)
            return


def _name_made(turn: Turn) -> None:
    """Find the ids of records that were made where the answer did not tell them."""
    try:
        turn.calls += creating.name_made(turn.workspace, turn.session, turn.job, turn.claim.span)
    except ConnectorError as error:
        log.warning("the ids of records made by job %s are not known: %s", turn.job.id, error)


def redo(desk: Desk, due: Due) -> None:
    """Read back what could not be when it was written; when it fails again, later still, or never.

    Raises:
        WorkspaceError: The workspace itself failed.
    """
    with desk.workspace.reading() as db:
        job = outbox.get(db, due.job_id)
        homes = homes_of(db, job)
    first, is_small = due.first, due.last - due.first < value_states.MOST
    try:
        connection, _ = gating.look(desk, job)
        session = desk.sessions.open(job.connection_id)
        gating.check_org(desk, session, job, connection)
        description = drift_gate.describe(desk, session, job.connection_id, job.object)
        look = _Look(desk, session, job, homes, description, is_small)
        if job.creates_by:
            creating.name_made(desk.workspace, session, job, (due.first, due.last))
        for first in range(due.first, due.last + 1, ROWS):
            with desk.workspace.reading() as db:
                rows = applied.applied_rows(db, job.id, (first, min(first + ROWS - 1, due.last)))
            calls = _read(look, rows) if rows and homes else 0
            with desk.workspace.writing() as db:
                ledger.add_calls(db, job.id, calls)
    except WritebackError as error:
        put_off(desk, due._replace(first=first), error)
        return
    with desk.workspace.writing() as db:
        refreshes.end(db, due)


def put_off(desk: Desk, due: Due, error: BaseException) -> None:
    """Try once more later; after the last try the next pull brings it."""
    waits = desk.pace.unreadable_s
    code = error.code if isinstance(error, WritebackError) else "internal.error"
    log.warning("values written by job %s are still not read back: %s", due.job_id, error)
    with desk.workspace.writing() as db:
        if due.tries + 1 < len(waits):
            wait = later(desk.workspace.database_now(db), waits[due.tries + 1])
            refreshes.put(db, due._replace(tries=due.tries + 1), not_before=wait, code=code)
        else:
            refreshes.end(db, due)


def _read(look: _Look, rows: abc.Sequence[QueuedWrite]) -> int:
    """Read some rows back and take over what the CRM holds; gives the calls it took."""
    job, description = look.job, look.description
    if job.creates_by:
        rows = _made_of(look, rows)
        if not rows:
            return 0
    mapped = [path for home in look.homes for path in paths_of(home)]
    written = [column.field for column in job.columns]
    author = [description.author_path] if description.author_path else []
    paths = tuple({path.casefold(): path for path in reversed((*mapped, *written, *author))}.values())
    page = look.session.fetch(
        job.object, by=description.key_field, keys=[row.record_id for row in rows], paths=paths
    )
    workspace = look.desk.workspace
    if job.creates_by:
        for home in look.homes:
            bring_in(workspace, home, page, find=look.desk.transforms)
    rewriting = Rewriting(workspace, look.session, job, look.answered)
    with workspace.reading() as db:
        known = applied.told_apart(db, job.id, (rows[0].seq, rows[-1].seq))
    new = [row for row in rows if row.seq not in known]
    told = rewriting.find(new, held_of(page, written), _authors(page, description.author_path))
    with workspace.reading() as db:
        kinds = [records.kinds_of(db, home) for home in look.homes]
    find = look.desk.transforms
    confirmed = [
        list(confirmed_of(page, home, own, find=find)) for home, own in zip(look.homes, kinds, strict=True)
    ]
    with workspace.writing() as db:
        now = workspace.database_now(db)
        for home, values in zip(look.homes, confirmed, strict=True):
            why = Told(HistoryKind.READ_BACK, now, job.id, _automated(job, home, told))
            confirming.confirm_values(db, integration=home, values=values, told=why)
        _tell(db, look, told)
    return 1 + rewriting.calls


def _made_of(look: _Look, rows: abc.Sequence[QueuedWrite]) -> tuple[QueuedWrite, ...]:
    """Give those of some applied rows whose record is known by its id."""
    with look.desk.workspace.reading() as db:
        known = made.numbers(db, look.job.id, (rows[0].seq, rows[-1].seq))
    return tuple(row for row in rows if row.seq in known)


def paths_of(home: Integration) -> tuple[str, ...]:
    """Give the paths that an integration reads."""
    return (*(str(mapping.path) for mapping in home.mappings), *home.ties)


def _authors(page: Page, path: str) -> dict[str, Value]:
    if not path:
        return {}
    return {key: values[0] for key, (_, values) in held_of(page, (path,)).items()}


def confirmed_of(
    page: Page, home: Integration, kinds: abc.Mapping[str, AttributeType], *, find: FindTransform
) -> abc.Iterator[confirming.Confirmed]:
    """Give what the page holds for one integration, in the types of its attributes.

    A value that does not fit its attribute is left to the next pull, which says so.
    """
    readers = readers_of(home.mappings, kinds, find=find)
    places = {column.casefold(): place for place, column in enumerate(page.columns)}
    columns = [(path, places[path.casefold()], kinds[path], readers.get(path)) for path in paths_of(home)]
    for key, version, values in page.rows:
        told: dict[str, Value] = {}
        for path, place, kind, read in columns:
            value = values[place]
            if value is None or (read is None and type(value) is wide.type_of(kind)):  # nearly every one
                told[path] = value
            else:
                told |= _kept(value, path, kind, read)
        yield key, version, told


def _automated(job: Job, home: Integration, told: abc.Iterable[Rewritten]) -> dict[str, set[str]]:
    """Give by attribute the records whose written value the CRM's automation changed."""
    attributes = {str(mapping.path).casefold(): mapping.attribute for mapping in home.mappings}
    found: dict[str, set[str]] = {}
    for one in told:
        if not one.is_automation:
            continue
        for column, new in zip(job.columns, json.loads(one.news), strict=True):
            attribute = attributes.get(column.field.casefold())
            if new != {} and attribute is not None:
                found.setdefault(attribute, set()).add(one.row.record_id)
    return found


def _kept(value: Value, path: str, kind: AttributeType, read: Read | None) -> dict[str, Value]:
    try:
        return {path: coerced(value, path, kind, read)}
    except MappingError as error:
        log.warning("what stands in %s is not taken over: %s", path, error)
        return {}


def _tell(db: Db, look: _Look, told: abc.Sequence[Rewritten]) -> None:
    """Keep what became of written values, with the rows and with the values of single edits."""
    now = look.desk.workspace.database_now(db)
    if told:
        ledger.note_changed(db, look.job.id, [one.outcome for one in told], now=now)
        by_automation = [one for one in told if one.is_automation]
        for home in look.homes if look.is_small and by_automation else ():
            _show(db, look.job, home, by_automation, now=now)
    if told or look.answered is None:
        journal.note(db, at=now, kind=EventKind.BATCH_SETTLED, subject=look.job.id)


def _show(db: Db, job: Job, home: Integration, told: abc.Sequence[Rewritten], *, now: str) -> None:
    """Show what automation made of single values, in one integration's CRM."""
    mapped = {str(one.path).casefold(): one.attribute for one in home.mappings}
    attributes = [mapped.get(str(column.path).casefold(), "") for column in job.columns]
    known = records.snapshot_of(db, home, [one.row.record_id for one in told])
    standings = [
        Standing(
            known[one.row.record_id].rid,
            value_states.AUTOMATED,
            one.news,
            one.outcome.theirs,
            one.outcome.code,
            one.outcome.message,
        )
        for one in told
        if one.row.record_id in known
    ]
    value_states.note_automated(db, (home.id, job.id), attributes, standings, at=now)
