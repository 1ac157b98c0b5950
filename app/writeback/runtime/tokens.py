"""Access tokens in force: from a file by reference, or from the vault with refresh.

A refresh is single-flight per connection, across threads and processes, by an operating-system lock
beside the workspace; a rotated refresh token is committed before the new access token is used.
"""

import contextlib
import threading
import time
from collections import abc
from dataclasses import replace
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from writeback.errors import ConnectionNotReadyError, SignInRequiredError
from writeback.host.hosting import Host
from writeback.model.connections import Connection, SignInState
from writeback.model.types import ConnectionId
from writeback.sdk import signing_in
from writeback.sdk.connector import OAuthApp, SignsInByBrowser
from writeback.sdk.manifest import Manifest
from writeback.store import connections as store_connections
from writeback.store import secrets as store_secrets
from writeback.store.locking import FileLock, beside
from writeback.store.workspace import Workspace
from writeback.transport.redacting import Redactor
from writeback.vault.tokens import TokenFile
from writeback.vault.vaults import Vault

ACCESS, REFRESH = "access_token", "refresh_token"
REFRESH_WAIT_S = 60.0


class HttpOf(Protocol):
    """How a refresh comes by an HTTP session under the connection's rules."""

    def __call__(self, connection: Connection, manifest: Manifest) -> signing_in.HttpDoor:
        """Build it."""


class Tokens:
    """The access tokens of all connections, kept in memory for the session's life."""

    def __init__(self, workspace: Workspace, *, vault: Vault, host: Host, redactor: Redactor) -> None:
        self._workspace = workspace
        self._vault = vault
        self._host = host
        self._redactor = redactor
        self._known: dict[ConnectionId, str] = {}
        self._lock = threading.Lock()
        self.http_of: HttpOf | None = None

    def current(self, connection: Connection) -> str:
        """Give the token in force.

        Raises:
            ConfigurationError: The token file cannot be used.
            ConnectionNotReadyError: The keyring or its key is not there.
            SignInRequiredError: Nobody signed in yet.
        """
        with self._lock:
            known = self._known.get(connection.id)
        return known if known is not None else self._learn(connection, self._stored(connection))

    def newer(self, connection: Connection, stale: str, manifest: Manifest) -> str:
        """Give a token other than the rejected one.

        Raises:
            SignInRequiredError: There is none: the connection needs a new sign-in and is marked so.
        """
        with self._refreshing(connection):
            stored = self._stored(connection)
            if stored != stale:  # another thread or process was faster, or the file has a new one
                return self._learn(connection, stored)
            if connection.auth != "oauth":
                self._need_sign_in(connection)
                raise SignInRequiredError("sign_in.token_expired", connection=connection.name)
            try:
                return self._learn(connection, self._refreshed(connection, manifest))
            except SignInRequiredError:
                self._need_sign_in(connection)
                raise

    def keep(self, connection: Connection, tokens: signing_in.Tokens) -> None:
        """Store what a sign-in gave, sealed, before anybody uses it."""
        sealed = {ACCESS: self._vault.seal(connection.id, ACCESS, tokens.access_token)}
        if tokens.refresh_token is not None:
            sealed[REFRESH] = self._vault.seal(connection.id, REFRESH, tokens.refresh_token)
        with self._workspace.writing() as db:
            for field, envelope in sealed.items():
                store_secrets.put(db, connection.id, field, envelope)
        self._learn(connection, tokens.access_token)

    def probe(self) -> str:
        """Try the keyring before a browser sign-in starts; give its name."""
        return self._vault.probe()

    def oauth_app(self, connection: Connection) -> OAuthApp:
        """Say where a connection signs in.

        Raises:
            ConnectionNotReadyError: Its connector has no browser sign-in.
        """
        connector = self._host.connector(connection.connector)
        if not isinstance(connector, SignsInByBrowser):
            raise ConnectionNotReadyError("sign_in.no_browser", connector=connection.connector)
        app = connector.oauth_app(dict(connection.options))
        if not connection.is_simulator:
            return app
        page = urlsplit(app.authorize_url)  # the browser goes to the simulator; transport redirects the rest
        return replace(app, authorize_url=f"{connection.origin}{page.path}")

    def _stored(self, connection: Connection) -> str:
        if connection.auth == "token_file":
            return TokenFile(Path(connection.token_file or "")).read()
        sealed = self._sealed(connection, ACCESS)
        if sealed is None:
            raise SignInRequiredError("sign_in.needed", connection=connection.name)
        return self._vault.open(connection.id, ACCESS, sealed)

    def _refreshed(self, connection: Connection, manifest: Manifest) -> str:
        sealed = self._sealed(connection, REFRESH)
        if sealed is None or self.http_of is None:
            raise SignInRequiredError("sign_in.needed", connection=connection.name)
        refresh_token = self._vault.open(connection.id, REFRESH, sealed)
        self._redactor.learn(refresh_token)
        app = self.oauth_app(connection)
        tokens = signing_in.refresh(app, refresh_token, http=self.http_of(connection, manifest))
        self.keep(connection, tokens)
        return tokens.access_token

    def _sealed(self, connection: Connection, field: str) -> bytes | None:
        with self._workspace.reading() as db:
            return store_secrets.get(db, connection.id, field)

    def _learn(self, connection: Connection, token: str) -> str:
        self._redactor.learn(token)
        with self._lock:
            self._known[connection.id] = token
        return token

    def _need_sign_in(self, connection: Connection) -> None:
        with self._lock:
            self._known.pop(connection.id, None)
        with self._workspace.writing() as db:
            store_connections.set_sign_in(db, connection.id, SignInState.NEEDED)

    @contextlib.contextmanager
    def _refreshing(self, connection: Connection) -> abc.Iterator[None]:
        lock = FileLock(beside(self._workspace.path, f".refresh-{connection.id}"))
        if not lock.acquire(until=time.monotonic() + REFRESH_WAIT_S):
            lock.close()
            raise SignInRequiredError("sign_in.refresh_busy", connection=connection.name)
        try:
            yield
        finally:
            lock.release()
            lock.close()
