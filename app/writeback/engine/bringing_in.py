"""Bring records that were just made into the workspace, where an integration maps their object.

They come in as a pull would bring them: staged, compared, taken over, matched with records of other CRMs.
Where an integration has a filter only the CRM knows whether it wants them, and its next pull asks.

Must not: read a CRM; move a watermark.
"""

from collections import abc

from writeback.engine.coercing import stored_rows, with_people
from writeback.engine.reading_sources import readers_of
from writeback.engine.shaping import FindTransform
from writeback.engine.turns import log
from writeback.errors import MappingError
from writeback.model.events import EventKind
from writeback.model.integrations import Integration
from writeback.sdk.values import Page
from writeback.store import clashes, journal, model, records, roles, settings
from writeback.store.noting import PullNotes
from writeback.store.staging import Staging
from writeback.store.workspace import Workspace


def bring_in(workspace: Workspace, integration: Integration, page: Page, *, find: FindTransform) -> None:
    """Take the records of a page into an integration's snapshot and its records.

    A value that does not fit its attribute leaves them to the next pull, which says so.

    Args:
        workspace: Where to.
        integration: Whose.
        page: What was read back, at least all paths of the integration.
        find: Finds the named transforms of mappings.

    Raises:
        WorkspaceBusyError: The integration is being pulled this moment.
    """
    is_matched = not integration.match or integration.mapping_of(integration.match) is not None
    if integration.filter or not is_matched or not page.rows:
        return
    with workspace.reading() as db:
        start = int(str(settings.get(db, settings.CONFIRMATIONS, 0)))
        kinds = records.kinds_of(db, integration)
        people = roles.translators(db, integration)
        own = model.kinds(db, integration.entity)
    readers = readers_of(integration.mappings, kinds, find=find)
    narrow = with_people(_narrowed(page, tuple(kinds)), people)
    try:
        rows = stored_rows(narrow, kinds, readers, integration)
    except MappingError as error:
        log.warning("records made in %s come with the next pull: %s", integration.object, error)
        return
    with Staging(workspace.path, integration, kinds, is_full=False, attributes=own) as staging:
        staging.add(rows)
        found = staging.compare()
        if not found.rows:  # a pull was faster
            return
        notes = PullNotes(integration, changed=found.changed + found.linked)
        with workspace.writing(staging=staging.path) as db:
            at = workspace.now()
            with notes.of_slice(db, 1, found.rows, at=at):
                staging.take_over(db, first=1, last=found.rows, start=start, at=at)
            clashing = clashes.note(db, integration, staging.taken(db, first=1, last=found.rows), at=at)
            for rid in clashing:
                journal.note(db, at=at, kind=EventKind.CONFLICT_FOUND, subject=rid)
            journal.note(db, at=at, kind=EventKind.RECORDS_PULLED, subject=integration.id)


def _narrowed(page: Page, paths: abc.Sequence[str]) -> Page:
    """Give a page with these columns alone, in their order."""
    folded = [column.casefold() for column in page.columns]
    places = [folded.index(path.casefold()) for path in paths]
    rows = [(key, version, tuple(values[place] for place in places)) for key, version, values in page.rows]
    return Page(tuple(paths), rows, page.newest)
