"""Make connections: by a file or by a person's sign-in; test them; change their settings.

The org that answers first is pinned (I6). A connection of the same name is signed in again, and
refused when another org answers.
"""

from collections import abc
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from writeback.errors import (
    ConfigurationError,
    GuardError,
    PluginNotLoadableError,
    WritebackError,
    WrongOrgError,
)
from writeback.host.hosting import Host
from writeback.model.connections import (
    COLLECT_MOST,
    COLOURS,
    WORD_MOST,
    Connection,
    Environment,
    Org,
    Safety,
    SignInState,
)
from writeback.model.events import EventKind
from writeback.model.types import ConnectionId
from writeback.planning import automating
from writeback.planning.guarding import is_org_named, needs_org_name
from writeback.runtime.connection_tests import look_at
from writeback.runtime.facade import (
    ConnectionChange,
    ConnectionTest,
    ConnectionWish,
    SignInStarted,
    SwitchView,
)
from writeback.runtime.sessions import Sessions
from writeback.runtime.sign_in_attempts import Attempt, Means
from writeback.runtime.tokens import Tokens
from writeback.sdk.connector import Clock, SignsInByBrowser
from writeback.sdk.manifest import AuthMethod, AutomationFacts
from writeback.sdk.sign_ins import Credentials, Grant
from writeback.store import acts, integrations, secrets, steering
from writeback.store import connections as store
from writeback.store.workspace import Workspace
from writeback.transport.policies import LOOPBACK

NEW: Final = ConnectionId("")
"""The id of a connection that does not stand in the workspace yet."""


class Connecting:
    """The part of the façade that deals with connections."""

    def __init__(
        self, workspace: Workspace, *, host: Host, sessions: Sessions, tokens: Tokens, now: Clock
    ) -> None:
        self._workspace = workspace
        self._host = host
        self._sessions = sessions
        self._tokens = tokens
        self._now = now
        self._attempts: dict[str, Attempt] = {}

    def connect(self, wish: ConnectionWish) -> Connection:
        """Make a connection with a file, or with what a person typed. See `Facade.connect`."""
        if wish.method == AuthMethod.TYPED.value:
            return self._typed(wish)
        if bool(wish.token_file) == bool(wish.credentials_file):
            raise ConfigurationError("connect.needs_token_file")
        if wish.token_file:
            wanted = self._wanted(wish, auth="token_file")
            return self._pin(wanted, self._sessions.open_as(wanted).whoami())
        wanted = self._wanted(wish, auth="credentials_file")
        manifest = self._host.manifest(wanted.connector)
        grant = self._tokens.granted(wanted, manifest)
        wanted = self._placed(wanted, grant.origin)
        return self._keep(wanted, grant, {})

    def _typed(self, wish: ConnectionWish) -> Connection:
        """Turn what a person typed into a token; the vault keeps both."""
        self._tokens.probe()
        wanted = self._wanted(wish, auth="oauth")
        grant, kept = self._tokens.granted_typed(
            wanted, self._host.manifest(wanted.connector), dict(wish.secrets)
        )
        return self._keep(self._placed(wanted, grant.origin), grant, kept)

    def begin_sign_in(self, wish: ConnectionWish, *, attempt: str) -> SignInStarted:
        """Start a sign-in by a person; the receiver listens from now on. See `Facade.begin_sign_in`."""
        self._tokens.probe()
        wanted = self._wanted(wish, auth="oauth")
        connector = self._host.connector(wanted.connector)
        started = Attempt(
            Means(
                wanted,
                http=self._sessions.http(wanted, self._host.manifest(wanted.connector)),
                now=self._now,
                app=self._tokens.oauth_app(wanted) if isinstance(connector, SignsInByBrowser) else None,
                secrets=dict(wish.secrets),
            )
        )
        started.start(connector, wish.method)
        self._attempts[attempt] = started
        return SignInStarted(attempt, started.url, until=started.until, code=started.code)

    def finish_sign_in(self, attempt: str, *, pasted: str = "") -> Connection:
        """Take what the person brought about. See `Facade.finish_sign_in`."""
        started = self._attempt(attempt)
        try:
            grant = started.finish(pasted)
        finally:
            self._attempts.pop(attempt, None)
        wanted = self._placed(started.means.connection, grant.origin)
        return self._keep(wanted, grant, started.means.secrets)

    def paste(self, attempt: str, address: str) -> None:
        """Hand an answer to who waits for it. See `Facade.paste_sign_in`."""
        self._attempt(attempt).paste(address)

    def cancel_sign_in(self, attempt: str) -> None:
        """Stop waiting. See `Facade.cancel_sign_in`."""
        if attempt in self._attempts:
            self._attempts[attempt].cancel()

    def _attempt(self, attempt: str) -> Attempt:
        started = self._attempts.get(attempt)
        if started is None:
            raise ConfigurationError("sign_in.no_attempt", attempt=attempt)
        return started

    def _keep(self, wanted: Connection, grant: Grant, secrets: Credentials) -> Connection:
        """Ask who answers, then give the connection its place in the workspace and seal what was granted.

        Another org than the pinned one leaves everything as it was: the sign-in in force stays.
        """
        org = self._sessions.open_granted(wanted, grant.access_token).whoami()
        _refuse_other(wanted, org)
        stored = replace(self._reserve(wanted), scopes=grant.scopes)
        try:
            self._tokens.keep(stored, grant, secrets)
            return self._pin(stored, org)
        except WritebackError:
            if wanted.id == NEW:
                with self._workspace.writing() as db:
                    store.remove(db, stored.id)
            raise

    def _placed(self, wanted: Connection, told: str) -> Connection:
        """Take the origin that the issuer told; a simulator's stays."""
        origin = wanted.origin if wanted.is_simulator or not told else told
        if not origin:
            raise ConfigurationError("connect.needs_endpoint", connector=wanted.connector)
        return replace(wanted, origin=origin)

    def change(self, text: str, change: ConnectionChange) -> Connection:
        """Change settings. See `Facade.change_connection`."""
        connection = self.find(text)
        wished = {
            name: value
            for name in ("name", "safety", "read_only", "write_on_save", "word", "colour", "collect_s")
            if (value := getattr(change, name)) is not None
        }
        _check_looks(change)
        if change.collect_s is not None and not 0 <= change.collect_s <= COLLECT_MOST:
            raise ConfigurationError("connection.bad_window", seconds=change.collect_s, most=COLLECT_MOST)
        changed = replace(connection, **wished)
        if changed.write_on_save and not connection.write_on_save:
            guard_org_name(changed, change.confirm_org)
        if change.automation is not None:
            switches = self._host.manifest(connection.connector).automation
            for name, value in change.automation:
                automating.check(switches, name, value)
                wished[name] = value
            options = dict(connection.options) | dict(change.automation)
            changed = replace(changed, options=tuple(sorted(options.items())))
        with self._workspace.writing() as db:
            store.change(db, changed)
            body = {"connection": connection.id, **{name: str(value) for name, value in wished.items()}}
            acts.record(
                db,
                at=self._now(),
                kind=EventKind.CONNECTION_CHANGED,
                subject=connection.id,
                act="connection.changed",
                body=body,
            )
        return changed

    def switches(self, text: str) -> tuple[SwitchView, ...]:
        """Give the automation switches of a connection. See `Facade.automation_switches`."""
        connection = self.find(text)
        return switch_views(self._host.manifest(connection.connector).automation, dict(connection.options))

    def test(self, text: str) -> ConnectionTest:
        """Look at everything a job would need. See `Facade.test_connection`."""
        connection = self.find(text)
        with self._workspace.reading() as db:
            pulled = integrations.every(db, connection_id=connection.id)
        return look_at(connection, self._sessions, pulled)

    def steer_all(self, text: str, *, pauses: bool, by: str) -> int:
        """Pause all jobs of a connection that are at work, or go on with those that are paused."""
        connection = self.find(text)
        with self._workspace.writing() as db:
            now = self._workspace.database_now(db)
            if pauses:
                jobs = steering.jobs_of(db, connection.id, states=steering.ACTIVE)
            else:
                jobs = steering.resumable_of(db, connection.id)
            for job in jobs:
                (steering.pause if pauses else steering.resume)(db, job, now=now, by=by)
        return len(jobs)

    def disconnect(self, text: str, *, typed: str) -> None:
        """Forget the sign-in of a connection; what was pulled, the mappings and the jobs stay.

        Raises:
            GuardError: Its name was not typed.
            ConfigurationError: Jobs of it are open.
        """
        connection = self.find(text)
        name = connection.org.name if connection.org is not None else connection.name
        if not is_org_named(name, typed):
            raise GuardError("connection.not_named", connection=connection.name, name=name)
        at = self._now()
        with self._workspace.writing() as db:
            if jobs := steering.jobs_of(db, connection.id, states=steering.OPEN):
                raise ConfigurationError("connection.jobs_open", connection=connection.name, jobs=len(jobs))
            secrets.remove(db, connection.id)
            if store.is_bare(db, connection.id):
                store.remove(db, connection.id)
            else:
                gone = replace(
                    connection,
                    token_file=None,
                    sign_in=SignInState.DISCONNECTED,
                    sign_in_since=at,
                    read_only=True,
                    write_on_save=False,
                    scopes=(),
                )
                store.change(db, gone)
            acts.record(
                db,
                at=at,
                kind=EventKind.CONNECTION_CHANGED,
                subject=connection.id,
                act="connection.disconnected",
                body={"connection": connection.id, "name": connection.name},
            )
        self._tokens.forget(connection)

    def find(self, text: str) -> Connection:
        """Give a connection by id or name. Raises ConfigurationError."""
        with self._workspace.reading() as db:
            return store.get(db, text)

    def _wanted(self, wish: ConnectionWish, *, auth: str) -> Connection:
        manifest = self._host.manifest(wish.connector)
        if not manifest.has_connector:
            raise PluginNotLoadableError("plugin.no_connector", plugin=wish.connector)
        if not wish.name.strip():
            raise ConfigurationError("connect.needs_name")
        form = dict(wish.form)
        endpoint = (wish.endpoint or form.pop("endpoint", "") or form.get("origin", "")).rstrip("/")
        with self._workspace.reading() as db:
            known = next((one for one in store.every(db) if one.name == wish.name.strip()), None)
        if not endpoint and known is not None:
            endpoint = known.origin
        if not endpoint and len(manifest.hosts) == 1 and "*" not in manifest.hosts[0]:
            endpoint = manifest.hosts[0]
        if not endpoint and auth == "token_file":
            raise ConfigurationError("connect.needs_endpoint", connector=wish.connector)
        origin, is_simulator = _origin(endpoint)
        wanted = Connection(
            id=NEW,
            name=wish.name.strip(),
            connector=manifest.id,
            origin=origin,
            auth=auth,
            token_file=wish.token_file or wish.credentials_file,
            is_simulator=is_simulator,
            options=tuple(sorted({**dict(wish.options), **form}.items())),
        )
        if known is None:
            return wanted
        if known.connector != wanted.connector:
            raise ConfigurationError("connect.name_taken", name=known.name, connector=known.connector)
        switches = {name: value for name, value in known.options if name in manifest.automation}
        return replace(
            wanted,
            options=tuple(sorted({**switches, **dict(wanted.options)}.items())),
            id=known.id,
            org=known.org,
            safety=known.safety,
            read_only=known.read_only,
            write_on_save=known.write_on_save,
            word=known.word,
            colour=known.colour,
            collect_s=known.collect_s,
        )

    def _reserve(self, wanted: Connection) -> Connection:
        if wanted.id != NEW:
            return wanted
        with self._workspace.writing() as db:
            return store.add(db, wanted, at=self._now())

    def _pin(self, wanted: Connection, org: Org) -> Connection:
        """Store the connection with the org that answered, or refuse another org than the pinned one."""
        _refuse_other(wanted, org)
        safety = wanted.safety if wanted.org is not None else _default_safety(org.environment)
        at = self._now()
        pinned = replace(wanted, org=org, safety=safety, sign_in=SignInState.READY, sign_in_since=at)
        with self._workspace.writing() as db:
            if pinned.id == NEW:
                pinned = store.add(db, pinned, at=at)
            else:
                store.change(db, pinned)
                steering.wake_signed_in(db, pinned.id, now=self._workspace.database_now(db))
            body = {"connection": pinned.id, "name": pinned.name, "origin": pinned.origin, "org": org.id}
            acts.record(
                db,
                at=at,
                kind=EventKind.CONNECTION_CHANGED,
                subject=pinned.id,
                act="connection.signed_in",
                body=body,
            )
        return pinned


def _refuse_other(wanted: Connection, org: Org) -> None:
    if wanted.org is not None and wanted.org.id != org.id:
        raise WrongOrgError("org.other", connection=wanted.name, pinned=wanted.org.id, found=org.id)


def guard_org_name(connection: Connection, typed: str, *, rows: int = 0) -> None:
    """Let through what somebody named the org of, where the connection's safety level asks for it.

    Raises:
        GuardError: It was not named.
    """
    org = connection.org
    if org is None or not needs_org_name(connection) or is_org_named(org.name, typed):
        return
    raise GuardError("guard.org_name", connection=connection.name, org=org.name, rows=rows)


def switch_views(
    switches: abc.Mapping[str, AutomationFacts], values: abc.Mapping[str, str]
) -> tuple[SwitchView, ...]:
    """Give a connector's automation switches with their values; one without a value has its default."""
    return tuple(
        SwitchView(
            name,
            facts.title,
            values.get(name, facts.default),
            values.get(name, facts.default) == facts.default,
            facts.needs,
            facts.description,
            facts.choices,
        )
        for name, facts in switches.items()
    )


def _check_looks(change: ConnectionChange) -> None:
    """Refuse a word that does not fit its chip, and a colour the window has none of."""
    word, colour = change.word or "", change.colour or ""
    if len(word) > WORD_MOST or not (word.isprintable() or not word) or word != word.strip():
        raise ConfigurationError("connection.bad_word", word=word[:80], most=WORD_MOST)
    if colour and colour not in COLOURS:
        raise ConfigurationError("connection.bad_colour", colour=colour[:80], known=", ".join(COLOURS))


def _origin(endpoint: str) -> tuple[str, bool]:
    if not endpoint:
        return "", False
    try:
        parts = urlsplit(endpoint if "://" in endpoint else f"https://{endpoint}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ConfigurationError("link.endpoint", endpoint=endpoint[:200]) from None
    is_simulator = host in LOOPBACK and port is not None
    if (parts.scheme != "https" and not is_simulator) or not host or parts.path or parts.query:
        raise ConfigurationError("link.endpoint", endpoint=endpoint[:200])
    return f"{parts.scheme}://{parts.netloc}", is_simulator


def _default_safety(environment: Environment) -> Safety:
    match environment:
        case Environment.DEVELOPMENT | Environment.TEST:
            return Safety.SILENT
        case Environment.UAT:
            return Safety.ASK
        case Environment.PRODUCTION | Environment.UNKNOWN:
            return Safety.TYPE_NAME
