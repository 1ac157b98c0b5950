"""Read one record again from each CRM that it stands in, now.

Must not: touch a pending edit; what a CRM holds anew is confirmed, and the next plan compares with it.
"""

from dataclasses import dataclass

from writeback.engine.drifting import find, unreadable, without
from writeback.engine.refreshing import confirmed_of, paths_of
from writeback.errors import WritebackError
from writeback.model.events import EventKind
from writeback.model.histories import HistoryKind
from writeback.model.integrations import Integration
from writeback.model.types import RecordId
from writeback.runtime.facade.profiles import ReadAgain
from writeback.runtime.sessions import Sessions
from writeback.runtime.transforming import Transforms
from writeback.store import confirming, integrations, journal, records
from writeback.store.noting import Told
from writeback.store.records import Link
from writeback.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Rereading:
    """Reads records again."""

    workspace: Workspace
    sessions: Sessions
    transforms: Transforms

    def read(self, entity: str, rid: RecordId) -> ReadAgain:
        """Read a record in all its CRMs; one that does not answer keeps the others from nothing."""
        with self.workspace.reading() as db:
            feeding = integrations.every(db, entity=entity)
            links = records.links_of(db, feeding, (rid,)).get(rid, ())
            names = {one.id: one.connection_id for one in feeding}
        by_id = {one.id: one for one in feeding}
        read: list[str] = []
        gone: list[str] = []
        failed: list[tuple[str, str]] = []
        for link in links:
            connection = str(names[link.integration_id])
            try:
                is_there = self._read(by_id[link.integration_id], link)
            except WritebackError as error:
                failed.append((connection, error.code))
                continue
            (read if is_there else gone).append(connection)
        if read:
            with self.workspace.writing() as db:
                now = self.workspace.database_now(db)
                journal.note(db, at=now, kind=EventKind.RECORDS_PULLED, subject=rid)
        return ReadAgain(tuple(read), tuple(gone), tuple(failed))

    def _read(self, whole: Integration, link: Link) -> bool:
        """Read one CRM record and take over what it holds; False: the CRM does not show it any more."""
        session = self.sessions.open(whole.connection_id)
        home = without(whole, unreadable(find(self.workspace, session, whole, afresh=True)))
        page = session.fetch(home.object, by=home.key, keys=[link.key], paths=paths_of(home))
        with self.workspace.reading() as db:
            kinds = records.kinds_of(db, home)
        values = list(confirmed_of(page, home, kinds, find=self.transforms.find))
        if not values:
            return False
        with self.workspace.writing() as db:
            told = Told(HistoryKind.PULLED, self.workspace.database_now(db))
            confirming.confirm_values(db, integration=home, values=values, told=told, is_written=False)
        return True
