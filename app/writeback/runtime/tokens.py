"""Access tokens in force: from a file by reference, from a credentials file, or from the vault.

A refresh is single-flight per connection, across threads and processes, by an operating-system lock
beside the workspace; what it brings (the token, a rotated refresh token) is committed, sealed, before
the token is used, so that all processes share one.
"""

import contextlib
import threading
import time
from collections import abc
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from writeback.errors import ConnectionNotReadyError, SignInRequiredError
from writeback.host.hosting import Host
from writeback.locks import FileLock
from writeback.model.connections import Connection, SignInState
from writeback.sdk import signing_in
from writeback.sdk.connector import Clock, OAuthApp, SignsInByBrowser
from writeback.sdk.manifest import Manifest
from writeback.sdk.sign_ins import Credentials, Grant, SignsInWithCredentials
from writeback.store import connections as store_connections
from writeback.store import secrets as store_secrets
from writeback.store.locking import beside
from writeback.store.workspace import Workspace
from writeback.transport.redacting import Redactor
from writeback.vault.filekeys import FileSeal
from writeback.vault.tokens import CredentialsFile, TokenFile
from writeback.vault.vaults import Vault

ACCESS, REFRESH, CLIENT_SECRET = "access_token", "refresh_token", "client_secret"
REFRESH_WAIT_S: Final = 60.0
SCOPES_MOST: Final = 100
SPENT: Final = frozenset({"code"})
"""Credentials that are used up by the first token: a grant code."""
_PUBLIC: Final = frozenset(
    {
        "client_id", "origin", "accounts_url", "tenant", "tenant_id", "authority", "scope", "username",
        "audience", "login",
    }
)  # fmt: skip
"""Names of a credentials file that hold no secret: their values may stand in a log."""


class HttpOf(Protocol):
    """How a refresh comes by an HTTP session under the connection's rules."""

    def __call__(self, connection: Connection, manifest: Manifest) -> signing_in.HttpDoor:
        """Build it."""


class Tokens:
    """The access tokens of all connections, kept in memory for the session's life."""

    def __init__(
        self, workspace: Workspace, *, vault: Vault, host: Host, redactor: Redactor, now: Clock
    ) -> None:
        self._workspace = workspace
        self._vault = vault
        self._file_seal = FileSeal(workspace.id)
        self._host = host
        self._redactor = redactor
        self._now = now
        self._known: dict[str, str] = {}
        self._lock = threading.Lock()
        self.http_of: HttpOf | None = None

    def current(self, connection: Connection, manifest: Manifest) -> str:
        """Give the token in force.

        Raises:
            ConfigurationError: The token file or credentials file cannot be used.
            ConnectionNotReadyError: The keyring or its key is not there.
            SignInRequiredError: Nobody signed in yet, or the credentials are not taken any more.
            RetryableError: The issuer could not be reached.
        """
        with self._lock:
            known = self._known.get(_name(connection))
        if known is not None:
            return known
        stored = self._stored(connection)
        return self._learn(connection, stored) if stored else self.newer(connection, "", manifest)

    def newer(self, connection: Connection, stale: str, manifest: Manifest) -> str:
        """Give a token other than the rejected one.

        Raises:
            SignInRequiredError: There is none: the connection needs a new sign-in and is marked so.
            RetryableError: The issuer could not be reached.
        """
        with self._refreshing(connection):
            stored = self._stored(connection)
            if stored and stored != stale:  # another thread or process was faster, or the file has a new one
                return self._learn(connection, stored)
            if connection.auth == "token_file":
                self._need_sign_in(connection)
                raise SignInRequiredError("sign_in.token_expired", connection=connection.name)
            try:
                return self._learn(connection, self._refreshed(connection, manifest).access_token)
            except SignInRequiredError:
                self._need_sign_in(connection)
                raise

    def granted(self, connection: Connection, manifest: Manifest) -> Grant:
        """Get a token for a connection with a credentials file that does not stand in the workspace yet.

        Raises:
            ConfigurationError: The file cannot be used, or the connector takes no credentials.
            SignInRequiredError: The issuer does not take them.
            RetryableError: The issuer could not be reached.
        """
        grant = self._grant(connection, manifest, self._file(connection))
        self._learn(connection, grant.access_token)
        return grant

    def granted_typed(
        self, connection: Connection, manifest: Manifest, credentials: Credentials
    ) -> tuple[Grant, Credentials]:
        """Get a token for what a person typed, and give what of it signs in again: a code works once.

        Raises:
            ConfigurationError: Something is missing, or the connector takes no credentials.
            SignInRequiredError: The issuer does not take them.
            RetryableError: The issuer could not be reached.
        """
        for secret in credentials.values():
            self._redactor.learn(secret)
        grant = self._grant(connection, manifest, credentials)
        again = {name: text for name, text in credentials.items() if name not in SPENT}
        return grant, again

    def forget(self, connection: Connection) -> None:
        """Forget a connection's token in memory; what the workspace holds is somebody else's to remove."""
        with self._lock:
            self._known.pop(_name(connection), None)

    def keep(self, connection: Connection, grant: Grant, secrets: Credentials | None = None) -> None:
        """Store what a sign-in gave, sealed, before anybody uses it.

        Args:
            connection: As it stands in the workspace.
            grant: What the issuer gave.
            secrets: The customer's own (a client secret), where they are to be kept in the vault.
        """
        told = {**(secrets or {}), ACCESS: grant.access_token, **grant.kept}
        for secret in told.values():
            self._redactor.learn(secret)
        if connection.auth == "credentials_file":
            content = self._file(connection)
            sealed = {
                name: self._file_seal.seal(content, connection.id, name, secret)
                for name, secret in told.items()
            }
        else:
            sealed = {name: self._vault.seal(connection.id, name, secret) for name, secret in told.items()}
        with self._workspace.writing() as db:
            for field, envelope in sealed.items():
                store_secrets.put(db, connection.id, field, envelope)
        self._learn(connection, grant.access_token)

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
        return replace(app, authorize_url=page_of(connection, app.authorize_url))

    def _stored(self, connection: Connection) -> str:
        """Give the token that lies somewhere; empty where a credentials file has brought none yet."""
        if connection.auth == "token_file":
            return TokenFile(Path(connection.token_file or "")).read()
        sealed = self._sealed(connection).get(ACCESS)
        if connection.auth == "credentials_file":
            content = self._file(connection)
            return (sealed and self._file_seal.open(content, connection.id, ACCESS, sealed)) or ""
        if sealed is None:
            raise SignInRequiredError("sign_in.needed", connection=connection.name)
        return self._vault.open(connection.id, ACCESS, sealed)

    def _refreshed(self, connection: Connection, manifest: Manifest) -> Grant:
        """Get a new token with what is kept, and keep what comes with it."""
        if self.http_of is None:
            raise SignInRequiredError("sign_in.needed", connection=connection.name)
        kept = self._kept(connection)
        if isinstance(self._host.connector(connection.connector), SignsInWithCredentials):
            grant = self._grant(connection, manifest, kept)
        elif REFRESH in kept:
            tokens = signing_in.refresh(
                self.oauth_app(connection),
                kept[REFRESH],
                http=self.http_of(connection, manifest),
                client_secret=kept.get(CLIENT_SECRET),
            )
            grant = granted_by(tokens)
        else:
            raise SignInRequiredError("sign_in.needed", connection=connection.name)
        self.keep(connection, grant)
        return grant

    def _grant(self, connection: Connection, manifest: Manifest, credentials: Credentials) -> Grant:
        connector = self._host.connector(connection.connector)
        if not isinstance(connector, SignsInWithCredentials) or self.http_of is None:
            raise ConnectionNotReadyError("sign_in.no_credentials", connector=connection.connector)
        told = {"origin": connection.origin, **dict(connection.options), **credentials}
        grant = connector.grant(told, http=self.http_of(connection, manifest), now=self._now())
        for secret in (grant.access_token, *grant.kept.values()):
            self._redactor.learn(secret)
        return grant

    def _kept(self, connection: Connection) -> dict[str, str]:
        """Give everything but the access token that signs in again."""
        sealed = {name: envelope for name, envelope in self._sealed(connection).items() if name != ACCESS}
        if connection.auth == "credentials_file":
            content = self._file(connection)
            opened = {
                name: self._file_seal.open(content, connection.id, name, envelope)
                for name, envelope in sealed.items()
            }
            return {**content, **{name: secret for name, secret in opened.items() if secret is not None}}
        kept = {name: self._vault.open(connection.id, name, envelope) for name, envelope in sealed.items()}
        for secret in kept.values():
            self._redactor.learn(secret)
        return kept

    def _file(self, connection: Connection) -> Credentials:
        content = CredentialsFile(Path(connection.token_file or "")).read()
        for name, secret in content.items():
            if name not in _PUBLIC:
                self._redactor.learn(secret)
        return content

    def _sealed(self, connection: Connection) -> abc.Mapping[str, bytes]:
        with self._workspace.reading() as db:
            return store_secrets.of(db, connection.id)

    def _learn(self, connection: Connection, token: str) -> str:
        self._redactor.learn(token)
        if name := _name(connection):
            with self._lock:
                self._known[name] = token
        return token

    def _need_sign_in(self, connection: Connection) -> None:
        with self._lock:
            self._known.pop(_name(connection), None)
        with self._workspace.writing() as db:
            store_connections.set_sign_in(db, connection.id, SignInState.NEEDED, at=self._now())

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


def _name(connection: Connection) -> str:
    """Name a connection also while it stands nowhere; empty where its token is read anew each time."""
    if connection.id or connection.auth != "credentials_file":
        return connection.id
    return f"{connection.connector} {connection.origin} {connection.token_file}"


def granted_by(tokens: signing_in.Tokens) -> Grant:
    """Give what plain OAuth brought as a grant."""
    kept = {REFRESH: tokens.refresh_token} if tokens.refresh_token is not None else {}
    return Grant(tokens.access_token, kept=kept, scopes=scopes_of(tokens.answer))


def scopes_of(answer: abc.Mapping[str, object]) -> tuple[str, ...]:
    """Read what an issuer says that its token may do (RFC 6749 5.1); some separate by commas."""
    told = answer.get("scope") or answer.get("scopes") or ""
    names = told if isinstance(told, list) else str(told).replace(",", " ").split()
    return tuple(str(name)[:120] for name in names[:SCOPES_MOST])


def page_of(connection: Connection, address: str) -> str:
    """Give the page a browser has to open: a simulator's own one for a simulator connection."""
    if not connection.is_simulator:
        return address
    page = urlsplit(address)  # the browser goes to the simulator; transport redirects everything else
    return f"{connection.origin}{page.path}" + (f"?{page.query}" if page.query else "")
