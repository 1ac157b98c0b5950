"""What the form of a role asks: which fields may hold it, and what writing one would do, by live data."""

from collections import abc
from typing import Final

from writeback.errors import ConfigurationError, ConnectorError, MappingError, UnknownAttributeError
from writeback.model.changes import Reason
from writeback.model.connections import Connection
from writeback.model.filters import Operator
from writeback.model.integrations import Integration, ReferenceMode
from writeback.planning.filtering import FilterLine
from writeback.runtime import directory
from writeback.runtime.connecting import Connecting
from writeback.runtime.facade.people import RoleConsequence, RoleField
from writeback.runtime.looking import Looking
from writeback.runtime.mapping import Mapping
from writeback.runtime.sessions import Sessions
from writeback.sdk.capabilities import PeopleObject, ReadsPeople
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import FieldInfo, ObjectDescription
from writeback.store.workspace import Workspace

SHOWN_PARTS: Final = ("name", "email")
"""What of a person's own record a role may be about, where the role edits it."""


class RoleForms:
    """Fields for roles, and consequences."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        sessions: Sessions,
        connecting: Connecting,
        mapping: Mapping,
        looking: Looking,
    ) -> None:
        self._workspace = workspace
        self._sessions = sessions
        self._connecting = connecting
        self._mapping = mapping
        self._looking = looking

    def fields(self, integration_text: str) -> tuple[RoleField, ...]:
        """Give the fields that may hold a role. See `Facade.role_fields`."""
        integration = self._mapping.find_integration(integration_text)
        connection = self._connecting.find(integration.connection_id)
        objects = self._objects(connection)
        described = self._mapping.describe(connection.id, integration.object)
        found: list[RoleField] = []
        for field in described.fields:
            meant = [one for one in objects if field.reference and one.object in field.reference.targets]
            if not meant:
                continue
            locked = None if field.is_updateable else Reason("field.read_only", (("field", field.name),))
            found.append(RoleField(field.name, field.label, ReferenceMode.REPOINT, locked))
            found += self._behind(connection, field, meant)
        return tuple(found)

    def consequence(self, integration_text: str, path: str) -> RoleConsequence:
        """Say what writing through a field would do. See `Facade.role_consequence`."""
        integration = self._mapping.find_integration(integration_text)
        connection = self._connecting.find(integration.connection_id)
        described = self._mapping.describe(connection.id, integration.object)
        field = described.reference(path.partition(".")[0]) or described.field(path)
        if field is None or field.reference is None:
            raise MappingError("role.not_people", field=path[:200])
        record, owner = self._example(connection, integration, described, field)
        if not owner:
            return RoleConsequence(connection.name, record, "", 0)
        with self._workspace.reading() as db:
            title = directory.title_of(db, connection.id, owner)
        return RoleConsequence(
            connection.name, record, title or owner, self._count(connection, integration, field, owner)
        )

    def _behind(
        self, connection: Connection, field: FieldInfo, meant: abc.Iterable[PeopleObject]
    ) -> abc.Iterator[RoleField]:
        """Give what of the record behind a reference a role may be about."""
        for one in meant:
            try:
                target = self._mapping.describe(connection.id, one.object)
            except (ConnectorError, UnknownAttributeError):
                continue
            for part in SHOWN_PARTS:
                info = target.field(getattr(one, f"{part}_field") or " ")
                if info is None or field.reference is None:
                    continue
                locked = None if info.is_updateable else Reason("field.read_only", (("field", info.name),))
                path = f"{field.reference.relationship}.{info.name}"
                yield RoleField(path, f"{field.label}: {info.label}", ReferenceMode.EDIT_TARGET, locked)

    def _example(
        self, connection: Connection, integration: Integration, described: ObjectDescription, field: FieldInfo
    ) -> tuple[str, str]:
        """Give some record's title and whom its reference names now, read from the CRM."""
        session = self._sessions.open(connection.id)
        query = ReadQuery(
            integration.object, (described.name_field, field.name), filter=integration.filter, limit=20
        )
        record = ""
        for page in session.read(query):
            for key, _, (title, owner) in page.rows:
                record = record or str(title or key)
                if isinstance(owner, str) and owner:
                    return str(title or key), owner
        return record, ""

    def _count(
        self, connection: Connection, integration: Integration, field: FieldInfo, owner: str
    ) -> int | None:
        """Count in the CRM the records of this object that name somebody; None: it cannot be asked so."""
        line = FilterLine(field.name, Operator.EQUALS, owner)
        try:
            condition = self._looking.compile_filter(connection.id, integration.object, ((line,),))
            return self._looking.count(connection.id, integration.object, condition)
        except (MappingError, ConnectorError):
            return None

    def _objects(self, connection: Connection) -> tuple[PeopleObject, ...]:
        session = self._sessions.open(connection.id)
        if not isinstance(session, ReadsPeople):
            raise ConfigurationError("people.not_told", connection=connection.name)
        return session.people_objects()
