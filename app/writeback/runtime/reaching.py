"""Hand the engine what it needs of a connection: session, routes, descriptions, a count of calls."""

from functools import cache, partial

from writeback.engine import drifting
from writeback.engine.last_reading import LastReading
from writeback.engine.reaching import Reach
from writeback.engine.recognising import staff_of
from writeback.engine.shaping import FindTransform
from writeback.errors import ConnectionNotReadyError, SignInRequiredError
from writeback.model.changes import Reason
from writeback.model.connections import Connection
from writeback.model.integrations import Integration
from writeback.planning.routing import RouteTable
from writeback.runtime.connecting import Connecting
from writeback.runtime.mapping import Mapping
from writeback.runtime.sessions import Sessions
from writeback.runtime.transforming import Transforms
from writeback.sdk.connector import Session
from writeback.sdk.values import ObjectDescription
from writeback.store import descriptions
from writeback.store.workspace import Workspace


class Reaches:
    """Gives the reach of a connection by name or id."""

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
        self.find_transform: FindTransform = transforms.find

    def __call__(self, name_or_id: str) -> Reach:
        """Open what is needed to ask the connection.

        Raises:
            ConfigurationError: There is no such connection.
            SignInRequiredError: Nobody is signed in.
        """
        connection = self._connecting.find(name_or_id)
        manifest = self._sessions.manifest(connection.connector)
        return Reach(
            connection=connection,
            session=self._sessions.open(connection.id),
            routes=manifest.routes,
            windows=manifest.limits.windows,
            automation=manifest.automation,
            describe=cache(lambda object_name: self._mapping.described(connection, object_name)),
            calls=self._sessions.calls_of(connection.id),
            ahead=lambda: self._sessions.clock_gap(connection.id),
            stopped=self._stopped,
            staff=partial(staff_of, self._workspace, connection),
            transforms=self.find_transform,
        )

    def last(self, integration: Integration) -> Reach:
        """Give what was last read of a CRM that cannot be asked now.

        Raises:
            ConnectionNotReadyError: Its object was never described.
        """
        connection = self._connecting.find(integration.connection_id)
        manifest = self._sessions.manifest(connection.connector)
        asked = self._session(connection)
        return Reach(
            connection=connection,
            session=LastReading(self._workspace, integration, asked),
            routes=manifest.routes,
            windows=manifest.limits.windows,
            automation=manifest.automation,
            describe=lambda object_name: self._remembered(connection, object_name),
            sends=asked,
            stopped=self._kept_stopped,
            is_last_read=True,
            staff=partial(staff_of, self._workspace, connection),
            transforms=self.find_transform,
        )

    def route_table(self, connection_id: str) -> RouteTable:
        """Give the routes of a connection, whether or not somebody is signed in."""
        connection = self._connecting.find(connection_id)
        routes = self._sessions.manifest(connection.connector).routes
        session = self._session(connection)
        if session is None:
            return RouteTable(routes.single, routes.batch, routes.bulk)
        return Reach(
            connection, session, routes, lambda name: self._mapping.described(connection, name)
        ).route_table()

    def _stopped(self, integration: Integration) -> dict[str, Reason]:
        session = self._sessions.open(integration.connection_id)
        return drifting.stopped(drifting.find(self._workspace, session, integration))

    def _kept_stopped(self, integration: Integration) -> dict[str, Reason]:
        with self._workspace.reading() as db:
            return drifting.stopped(drifting.find_kept(db, integration))

    def _session(self, connection: Connection) -> Session | None:
        try:
            return self._sessions.open(connection.id)
        except SignInRequiredError:
            return None

    def _remembered(self, connection: Connection, object_name: str) -> ObjectDescription:
        with self._workspace.reading() as db:
            known = descriptions.get(db, connection.id, object_name)
        if known is None:
            raise ConnectionNotReadyError(
                "connection.never_described", connection=connection.name, object=object_name[:200]
            )
        return known[0]
