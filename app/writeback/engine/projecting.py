"""Bring what our records show of a record behind a reference up to date, once that record was written.

A change there moves the version of none of the records that show it, so no pull would notice: those that
point at it are asked for in the same pass. Where the CRM cannot be asked for them, the next pull reads all.

Must not: write to a CRM; take anything for confirmed that the CRM did not say.
"""

from collections import abc
from functools import partial
from typing import Final

from writeback.engine.audiences import pointing_at
from writeback.engine.describing import describe
from writeback.engine.refreshing import confirmed_of, paths_of
from writeback.engine.turns import Turn, log
from writeback.errors import ConnectorError, MappingError
from writeback.model.canonical import Unset, row_from_text
from writeback.model.fieldpaths import FieldPath
from writeback.model.histories import HistoryKind
from writeback.model.integrations import Integration
from writeback.model.types import Value
from writeback.planning.following import reference_path
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import Page
from writeback.store import applied, confirming, integrations, records, sources
from writeback.store.ledger import RowOutcome
from writeback.store.noting import Told
from writeback.store.outbox import QueuedWrite
from writeback.store.workspace import Db

IDS_A_READ: Final = 50
MOST_WRITTEN: Final = 500
"""After more writes than this in one batch everything is read by the next pull instead."""
MOST_SHOWING: Final = 10_000
"""As many records that show a change are brought up to date at once; the next pull brings the others."""


def confirm_sources(
    db: Db, turn: Turn, rows: abc.Iterable[QueuedWrite], ended: abc.Mapping[int, RowOutcome]
) -> None:
    """Take what was written for confirmed in the records that asked for it; others are read afterwards."""
    integration = turn.integration
    if integration is None:
        return
    written = {row.seq: row for row in rows}
    told: list[confirming.Confirmed] = []
    for seq, asking in sources.of_rows(db, turn.job.id, written).items():
        told += sources.showing(db, integration, asking, _written(turn, written[seq], ended[seq]))
    if told:
        confirming.confirm_values(db, integration=integration, values=told, is_written=True)


def _written(turn: Turn, row: QueuedWrite, ended: RowOutcome) -> dict[str, Value]:
    """Give what a row left, by path; of a reference people read something else than what travelled."""
    now = row_from_text(ended.theirs or row.new, turn.kinds)
    touched = row_from_text(row.new, turn.kinds)
    return {
        str(column.path): value
        for column, value, new in zip(turn.columns, now, touched, strict=True)
        if not column.local.hops and not isinstance(value, Unset) and not isinstance(new, Unset)
    }


def refresh_projections(turn: Turn) -> None:
    """Read back all that shows what a batch wrote behind references, in all integrations of the connection.

    Raises:
        LostClaimError: The batch was taken over; its new owner reads back.
    """
    if not turn.job.root or turn.is_over:
        return
    with turn.workspace.reading() as db:
        rows = applied.applied_rows(db, turn.job.id, turn.claim.span)
        showing = integrations.every(db, connection_id=turn.connection.id)
    written = tuple(dict.fromkeys(row.record_id for row in rows))
    if not written:
        return
    for integration in showing:
        if not _refresh(turn, integration, written):
            with turn.workspace.writing() as db:
                integrations.forget_watermark(db, integration.id)


def _references(turn: Turn, integration: Integration) -> tuple[FieldPath, ...]:
    """Give the references of an integration's mapped paths that may lead to the object that was written."""
    told = partial(describe, turn.workspace, turn.session, turn.connection.id)
    seen: dict[FieldPath, None] = {}
    for mapping in integration.mappings:
        for depth in range(1, len(mapping.path.hops) + 1):
            path, targets = reference_path(mapping.path.hops[:depth], told(integration.object), told)
            if path is not None and turn.job.object in targets:
                seen[path] = None
    return tuple(seen)


def _refresh(turn: Turn, integration: Integration, written: abc.Sequence[str]) -> bool:
    """Read all that shows what was written; False when the next pull has to read everything instead."""
    try:
        references = _references(turn, integration)
        return not references or (
            len(written) <= MOST_WRITTEN and all(_read(turn, integration, one, written) for one in references)
        )
    except MappingError as error:
        log.info("who shows what job %s wrote cannot be asked for: %s", turn.job.id, error.code)
    except ConnectorError as error:
        log.warning("what shows the values written by job %s is not read now: %s", turn.job.id, error)
    return False


def _read(turn: Turn, integration: Integration, reference: FieldPath, written: abc.Sequence[str]) -> bool:
    """Read and keep those whose reference points at what was written; False when there are too many."""
    session, left = turn.session, MOST_SHOWING
    description = describe(turn.workspace, session, turn.connection.id, integration.object)
    for start in range(0, len(written), IDS_A_READ):
        ids = tuple(written[start : start + IDS_A_READ])
        condition = pointing_at(session, description, reference, ids)
        query = ReadQuery(integration.object, paths_of(integration), condition, limit=left)
        for page in session.read(query):
            turn.check()
            turn.calls += 1
            _keep(turn, integration, page)
            left -= len(page.rows)
        if left <= 0:
            return False
    return True


def _keep(turn: Turn, integration: Integration, page: Page) -> None:
    """Take over what a page holds, in the types of the attributes."""
    with turn.workspace.reading() as db:
        kinds = records.kinds_of(db, integration)
    told = list(confirmed_of(page, integration, kinds, find=turn.desk.transforms))
    with turn.workspace.writing() as db:
        why = Told(HistoryKind.READ_BACK, turn.now(db), turn.job.id)
        confirming.confirm_values(db, integration=integration, values=told, told=why)
