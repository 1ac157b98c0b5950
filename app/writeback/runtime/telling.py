"""What the command line is told about records, plans and jobs: whole results, streamed.

The same reads as the window's (`runtime.reading`), one row after the other instead of block by block.
"""

from collections import abc
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from writeback.errors import UnknownAttributeError, WorkspaceError
from writeback.model.attributes import MEMBERSHIP, Attribute
from writeback.model.connections import Connection
from writeback.model.integrations import Integration
from writeback.model.types import RecordId
from writeback.runtime.config_gathering import TellingConfiguration
from writeback.runtime.directory import TellingPeople
from writeback.runtime.holdings import TellingHoldings
from writeback.runtime.reading import Reading
from writeback.runtime.reading_schedules import ScheduleView
from writeback.runtime.telling_conflicts import TellingConflicts
from writeback.runtime.telling_histories import TellingHistories
from writeback.runtime.telling_jobs import TellingJobs
from writeback.runtime.telling_memberships import TellingMemberships
from writeback.runtime.telling_segments import TellingSegments
from writeback.runtime.trails import TellingTrail
from writeback.runtime.views import RecordView
from writeback.store import connections as store_connections
from writeback.store import model as store_model
from writeback.store import records as store_records
from writeback.store.glances import Glances
from writeback.store.records import Record
from writeback.store.workspace import Clock, NewId, Workspace


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some records of an entity and how many there are."""

    total: int
    records: tuple[Record, ...]
    keys: abc.Mapping[RecordId, str] = field(default_factory=dict)
    """Their CRM keys, where records of one integration were asked for."""


class Telling(
    TellingConfiguration,
    TellingConflicts,
    TellingHistories,
    TellingHoldings,
    TellingJobs,
    TellingMemberships,
    TellingPeople,
    TellingSegments,
    TellingTrail,
):
    """Reads for the command line."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._reading = Reading(Glances(workspace))

    @classmethod
    def open(cls, path: Path, *, now: Clock, new_id: NewId) -> Self:
        """Open a workspace only to be told of it: no plugin, no keyring, no network is touched.

        Raises:
            WorkspaceError: There is no such file, or it is not ours, damaged or newer.
        """
        try:
            return cls(Workspace.open(path, now=now, new_id=new_id, read_only=True))
        except WorkspaceError as error:
            if error.code != "workspace.needs_migration":
                raise
        Workspace.open(path, now=now, new_id=new_id).close()
        return cls(Workspace.open(path, now=now, new_id=new_id, read_only=True))

    def close(self) -> None:
        """Give back what is open."""
        self._workspace.close()

    def connections(self) -> tuple[Connection, ...]:
        """Give all connections."""
        with self._workspace.reading() as db:
            return store_connections.every(db)

    def connection(self, text: str) -> Connection:
        """Give a connection by id or name.

        Raises:
            ConfigurationError: There is none.
        """
        with self._workspace.reading() as db:
            return store_connections.get(db, text)

    def integrations(self) -> tuple[Integration, ...]:
        """Give all integrations with their mappings."""
        return self._reading.integrations()

    def schedules(self) -> tuple[ScheduleView, ...]:
        """Give when integrations are pulled by themselves."""
        return self._reading.schedules()

    def attributes(self, entity: str = "") -> tuple[Attribute, ...]:
        """Give the attributes of one entity, or of all.

        Raises:
            UnknownAttributeError: There is no such entity.
        """
        with self._workspace.reading() as db:
            every = store_model.entities(db)
            named = [store_model.entity(db, entity).name] if entity else [one.name for one in every]
            return tuple(attribute for name in named for attribute in store_model.attributes(db, name))

    def records(self, entity: str, *, limit: int, after: str = "", integration: str = "") -> RecordPage:
        """Give records by id, after one id; of one integration only with their CRM keys."""
        with self._workspace.reading() as db:
            page = store_records.page(db, entity, after=after, limit=limit, integration_id=integration)
            rids = [record.id for record in page]
            keys = store_records.keys_of(db, integration, rids) if integration else {}
            return RecordPage(store_records.count(db, entity), page, keys)

    def find_record(self, text: str) -> Record:
        """Give the record that a person means by our id or by the CRM's.

        Raises:
            UnknownAttributeError: There is none.
            ConfigurationError: Several integrations hold a record of that id.
        """
        with self._workspace.reading() as db:
            # the key of a contact that is pulled twice means the person
            for entity in sorted(store_model.entities(db), key=lambda one: one.name == MEMBERSHIP):
                try:
                    return store_records.find(db, entity.name, text)
                except UnknownAttributeError:
                    continue
        raise UnknownAttributeError("record.unknown", name=text[:200])

    def record(self, text: str) -> RecordView:
        """Give one record with the state of every value."""
        found = self.find_record(text)
        view = self._reading.record(found.entity, found.id)
        if view is None:
            raise UnknownAttributeError("record.unknown", name=text[:200])
        return view
