"""Hand the engine what it needs of a connection: session, routes, descriptions, a count of calls."""

from writeback.engine.reaching import Reach
from writeback.runtime.connecting import Connecting
from writeback.runtime.mapping import Mapping
from writeback.runtime.sessions import Sessions


class Reaches:
    """Gives the reach of a connection by name or id."""

    def __init__(self, *, sessions: Sessions, connecting: Connecting, mapping: Mapping) -> None:
        self._sessions = sessions
        self._connecting = connecting
        self._mapping = mapping

    def __call__(self, name_or_id: str) -> Reach:
        """Open what is needed to ask the connection.

        Raises:
            ConfigurationError: There is no such connection.
            SignInRequiredError: Nobody is signed in.
        """
        connection = self._connecting.find(name_or_id)
        return Reach(
            connection=connection,
            session=self._sessions.open(connection.id),
            routes=self._sessions.manifest(connection.connector).routes,
            describe=lambda object_name: self._mapping.described(connection, object_name),
            calls=self._sessions.calls_of(connection.id),
        )
