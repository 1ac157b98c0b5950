"""Ask a CRM about its objects and records before anything is pulled: lists, counts, conditions, previews.

Must not: change anything, keep what it is told.
"""

from dataclasses import replace

from writeback.engine import drifting
from writeback.engine.previewing import Preview, preview
from writeback.errors import MappingError
from writeback.model.connections import Connection
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping
from writeback.model.types import AttributeType
from writeback.planning.filtering import FilterGroups, build_filter
from writeback.runtime.connecting import Connecting
from writeback.runtime.mapping import Mapping
from writeback.runtime.sessions import Sessions
from writeback.runtime.transforming import Transforms
from writeback.sdk.capabilities import CompilesFilters
from writeback.sdk.values import ObjectInfo
from writeback.store import model as store_model
from writeback.store import records, roles
from writeback.store.workspace import Workspace


class Looking:
    """The part of the façade that looks at a CRM."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        sessions: Sessions,
        connecting: Connecting,
        mapping: Mapping,
        transforms: Transforms,
    ) -> None:
        self._workspace = workspace
        self._sessions = sessions
        self._connecting = connecting
        self._mapping = mapping
        self._transforms = transforms

    def objects(self, connection_text: str) -> tuple[ObjectInfo, ...]:
        """List the CRM's objects."""
        connection = self._connecting.find(connection_text)
        return self._sessions.open(connection.id).objects()

    def count(self, connection_text: str, object_name: str, condition: str) -> int:
        """Count the records a filter selects."""
        connection = self._connecting.find(connection_text)
        return self._sessions.open(connection.id).count(object_name, condition)

    def compile_filter(self, connection_text: str, object_name: str, groups: FilterGroups) -> str:
        """Put a builder's lines into the CRM's own language. See `Facade.compile_filter`."""
        connection = self._connecting.find(connection_text)
        description = self._mapping.described(connection, object_name)
        condition = build_filter(groups, lambda path: self._kind_of(connection, object_name, path))
        session = self._sessions.open(connection.id)
        if not isinstance(session, CompilesFilters):
            raise MappingError("filter.not_able", connector=connection.connector)
        return session.compile_filter(description, condition)

    def preview(self, integration_text: str, *, limit: int, wished: tuple[FieldMapping, ...] = ()) -> Preview:
        """Read some records as a pull would. See `Facade.preview`."""
        integration = self._mapping.find_integration(integration_text)
        made = self._mapping.as_if(integration, wished)
        known = {str(one.path): one for one in integration.mappings}
        fresh = {str(one.path): one for one, _ in made}
        session = self._sessions.open(integration.connection_id)
        passed = drifting.unreadable(drifting.find(self._workspace, session, integration))
        merged = tuple(one for path, one in {**known, **fresh}.items() if path in fresh or path not in passed)
        integration = replace(integration, mappings=merged)
        with self._workspace.reading() as db:
            kinds = records.kinds_of(
                db, replace(integration, mappings=tuple(one for one in merged if str(one.path) not in fresh))
            )
            own = store_model.kinds(db, integration.entity)
            people = roles.translators(db, integration)
        own = {**own, **{one.attribute: kind for one, kind in made}}
        kinds = {**kinds, **{str(one.path): one.read_as(kind) for one, kind in made}}
        return preview(
            session,
            integration,
            kinds,
            limit=limit,
            transforms=self._transforms.find,
            attributes=own,
            people=people,
        )

    def _kind_of(self, connection: Connection, object_name: str, path: FieldPath) -> AttributeType:
        kind = self._mapping.facts_of(connection, object_name, path).end.kind
        if kind is None:
            raise MappingError("filter.unknown_path", path=str(path), object=object_name)
        return kind
