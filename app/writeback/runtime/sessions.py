"""Open conversations with CRMs: transport, token and connector put together, one session a thread.

Every request of a session asks first whether its call was withdrawn, and every exchange is kept
(redacted) for the job monitor.
"""

import threading
from collections import Counter, abc
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from writeback.errors import ConfigurationError, SignInRequiredError
from writeback.host.hosting import Host
from writeback.model.connections import Connection, SignInState
from writeback.model.events import EventKind
from writeback.model.types import ConnectionId
from writeback.planning.dating import CLOCKS_MOST
from writeback.runtime.tokens import Tokens
from writeback.sdk.connector import Access, Clock, Session
from writeback.sdk.manifest import Manifest
from writeback.settings import Settings
from writeback.store import connections as store_connections
from writeback.store import exchanges as store_exchanges
from writeback.store import journal
from writeback.store.exchanges import Exchange
from writeback.store.workspace import Workspace
from writeback.transport.policies import HttpPolicy, LimitSign
from writeback.transport.recording import ExchangeRecord
from writeback.transport.redacting import Redactor
from writeback.transport.sessions import open_http
from writeback.transport.throttling import Pace, Throttle, Window

EXCHANGES_KEPT_BACK = 50
CLOCK_NEWS_S = 60
"""A clock's difference that moved by no more is the one that was told."""


class Sessions:
    """All conversations of one process."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        host: Host,
        settings: Settings,
        tokens: Tokens,
        redactor: Redactor,
        now: Clock,
        before_request: abc.Callable[[], None] = lambda: None,
    ) -> None:
        self._workspace = workspace
        self._host = host
        self._settings = settings
        self._tokens = tokens
        self._redactor = redactor
        self._now = now
        self._before_request = before_request
        self.admits: abc.Callable[[], None] = lambda: None
        """Raises where nothing may leave at all: a restricted workspace."""
        self._calling: abc.Callable[[str], None] = lambda _plugin: None
        self._throttles: dict[ConnectionId, Throttle] = {}
        self._lock = threading.Lock()
        self._open = threading.local()
        self._keepers: dict[threading.Thread, dict[ConnectionId, tuple[Connection, Session]]] = {}
        self._exchanges: list[Exchange] = []
        self._counts: Counter[ConnectionId] = Counter()
        self._clock_gaps: dict[ConnectionId, timedelta] = {}
        self._clocks_noted: dict[ConnectionId, int] = {}

    def manifest(self, connector: str) -> Manifest:
        """Give a connector's facts."""
        return self._host.manifest(connector)

    def connection(self, connection_id: ConnectionId) -> Connection:
        """Read a connection from the workspace, as it is now."""
        with self._workspace.reading() as db:
            return store_connections.get(db, connection_id)

    def open(self, connection_id: ConnectionId) -> Session:
        """Give this thread's session of a connection, opened at first need.

        Raises:
            SignInRequiredError: The sign-in is missing or expired.
            PluginError: The connector cannot be loaded.
            GuardError: The workspace is restricted.
        """
        self.admits()
        connection = self.connection(connection_id)
        if connection.sign_in is not SignInState.READY:
            raise SignInRequiredError("sign_in.needed", connection=connection.name)
        kept: dict[ConnectionId, tuple[Connection, Session]] = self._kept()
        known = kept.get(connection_id)
        if (
            known is not None
            and known[0].origin == connection.origin
            and known[0].options == connection.options
        ):
            return known[1]
        session = self.open_as(connection)
        kept[connection_id] = (connection, session)
        return session

    def open_as(self, connection: Connection) -> Session:
        """Open a session for a connection that need not stand in the workspace yet."""
        manifest = self._host.manifest(connection.connector)
        return self._opened(
            connection,
            token=lambda: self._tokens.current(connection, manifest),
            refresh=lambda stale: self._tokens.newer(connection, stale, manifest),
        )

    def _opened(
        self, connection: Connection, *, token: abc.Callable[[], str], refresh: abc.Callable[[str], str]
    ) -> Session:
        manifest = self._host.manifest(connection.connector)
        self._calling(connection.connector)
        connector = self._host.connector(connection.connector)
        access = Access(
            origin=connection.origin,
            http=self.http(connection, manifest),
            token=token,
            refresh=refresh,
            options=manifest.option_values(dict(connection.options)),
            now=self._now,
        )
        return connector.open(access)

    def open_granted(self, connection: Connection, token: str) -> Session:
        """Open a session with a token that nothing has kept yet: to ask who answers, before it is kept."""

        def renewed(_stale: str) -> str:
            raise SignInRequiredError("sign_in.needed", connection=connection.name)

        return self._opened(connection, token=lambda: token, refresh=renewed)

    def http(self, connection: Connection, manifest: Manifest) -> Any:  # noqa: ANN401  requests.Session, which only transport may name
        """Build the HTTP session of a connection for this thread."""
        self.admits()
        limits = manifest.limits
        policy = HttpPolicy(
            allowed_hosts=manifest.hosts,
            pinned_host=None if connection.is_simulator else _host_of(connection.origin),
            simulator_origin=connection.origin if connection.is_simulator else None,
            ca_file=_ca_file(connection, self._settings),
            proxy=None if connection.is_simulator else self._settings.proxy,
            limit_signs=tuple(LimitSign(sign.status, sign.word.encode()) for sign in limits.signs),
            read_timeout_s=min(limits.server_seconds, 120.0),
        )
        return open_http(
            policy,
            recorder=lambda record: self._keep(connection.id, record),
            throttle=self._throttle(connection, manifest),
            redactor=self._redactor,
        )

    def has_proxy(self, connection: Connection) -> bool:
        """Say whether a connection's requests go through a proxy."""
        return not connection.is_simulator and self._settings.proxy is not None

    def calls_of(self, connection_id: ConnectionId) -> abc.Callable[[], int]:
        """Give a counter of the requests this process made on a connection."""
        return lambda: self._counts[connection_id]

    def clock_gap(self, connection_id: ConnectionId) -> timedelta | None:
        """Give how far the CRM's clock was ahead of ours in its last answer; None: no answer told."""
        return self._clock_gaps.get(connection_id)

    def tell_calling(self, calling: abc.Callable[[str], None]) -> None:
        """Tell somebody from now on which plugin is about to run."""
        self._calling = calling

    def waiting_until(self, connection_id: ConnectionId) -> datetime | None:
        """Give until when the connection waits, if it does."""
        throttle = self._throttles.get(connection_id)
        return throttle.waiting_until if throttle is not None else None

    def flush(self) -> None:
        """Write the exchanges kept back into the workspace."""
        self._note_clocks()
        with self._lock:
            exchanges, self._exchanges = self._exchanges, []
        if exchanges:
            with self._workspace.writing(durable=False) as db:
                for exchange in exchanges:
                    store_exchanges.add(db, exchange)

    def _keep(self, connection_id: ConnectionId, record: ExchangeRecord) -> None:
        job, _, attempt = (record.attempt or "").partition("/")
        exchange = Exchange(
            connection_id=connection_id,
            at=record.started_at,
            method=record.method,
            url=record.url,
            status=record.status,
            seconds=record.seconds,
            request=_told(record.request_headers, record.request_body),
            answer=_told(record.response_headers, record.response_body) or record.error,
            job_id=job or None,
            attempt_id=attempt or None,
        )
        gap = _clock_gap(record)
        with self._lock:
            if gap is not None:
                self._clock_gaps[connection_id] = gap
            self._counts[connection_id] += 1
            self._exchanges.append(exchange)

    def _note_clocks(self) -> None:
        """Keep whose clock is too far from ours, when that is news; a changed minute is none."""
        with self._lock:
            gaps = {one: _worth_telling(gap) for one, gap in self._clock_gaps.items()}
            for one in gaps.keys() - self._clocks_noted.keys():
                with suppress(ConfigurationError):  # a connection that is being made
                    self._clocks_noted[one] = self.connection(one).clock_ahead_s
            news = {
                one: ahead
                for one, ahead in gaps.items()
                if one in self._clocks_noted and abs(ahead - self._clocks_noted[one]) > CLOCK_NEWS_S
            }
            self._clocks_noted |= news
        if news:
            with self._workspace.writing(durable=False) as db:
                for one, ahead in news.items():
                    store_connections.put_clock(db, one, ahead)
                    journal.note(db, at=self._workspace.now(), kind=EventKind.CONNECTION_CHANGED, subject=one)

    def _kept(self) -> dict[ConnectionId, tuple[Connection, Session]]:
        kept: dict[ConnectionId, tuple[Connection, Session]] | None = getattr(self._open, "sessions", None)
        if kept is None:
            kept = self._left_behind()
            self._open.sessions = kept
        if len(self._exchanges) >= EXCHANGES_KEPT_BACK:
            self.flush()
        else:
            self._note_clocks()
        return kept

    def _left_behind(self) -> dict[ConnectionId, tuple[Connection, Session]]:
        """Take over what a thread that has ended kept open, with its line and what it knows; or nothing."""
        with self._lock:
            left = next((thread for thread in self._keepers if not thread.is_alive()), None)
            kept = self._keepers.pop(left) if left is not None else {}
            self._keepers[threading.current_thread()] = kept
        return kept

    def _throttle(self, connection: Connection, manifest: Manifest) -> Throttle:
        with self._lock:
            found = self._throttles.get(connection.id)
            if found is None:
                limits = manifest.limits
                windows = tuple(Window(window.requests, window.seconds) for window in limits.windows)
                found = _AskingThrottle(
                    Pace(windows, limits.concurrency),
                    before_request=self._before_request,
                    now=self._now,
                    shared=_WorkspaceWait(self._workspace, connection.id),
                )
                self._throttles[connection.id] = found
            return found


class _AskingThrottle(Throttle):
    """A throttle that first asks whether the call is still wanted."""

    def __init__(self, pace: Pace, *, before_request: abc.Callable[[], None], **options: Any) -> None:  # noqa: ANN401  Throttle's own
        super().__init__(pace, **options)
        self._before_request = before_request

    @contextmanager
    def slot(self, cost: int = 1) -> abc.Iterator[None]:
        self._before_request()
        with super().slot(cost):
            yield


class _WorkspaceWait:
    """Where processes tell each other until when a connection waits."""

    def __init__(self, workspace: Workspace, connection_id: ConnectionId) -> None:
        self._workspace = workspace
        self._connection_id = connection_id

    def load(self) -> datetime | None:
        with self._workspace.reading() as db:
            wait = store_connections.wait_of(db, self._connection_id)
        return None if wait is None else wait[0]

    def note(self, until: datetime) -> None:
        with self._workspace.writing() as db:
            store_connections.put_wait(db, self._connection_id, until=until, reason="limit.waiting")


def _clock_gap(record: ExchangeRecord) -> timedelta | None:
    """Compare the Date of an answer (RFC 9110 6.6.1) with ours at the moment it came."""
    told = next((value for name, value in record.response_headers if name.casefold() == "date"), None)
    try:
        theirs = parsedate_to_datetime(told) if told else None
    except ValueError:
        return None
    if theirs is None or theirs.tzinfo is None:
        return None
    return theirs - (record.started_at + timedelta(seconds=record.seconds))


def _worth_telling(gap: timedelta) -> int:
    """Give seconds where a clock is too far away to work with, else 0."""
    return round(gap.total_seconds()) if abs(gap) > CLOCKS_MOST else 0


def _told(headers: abc.Iterable[tuple[str, str]], body: str) -> str:
    lines = "\n".join(f"{name}: {value}" for name, value in headers)
    return f"{lines}\n\n{body}" if lines else body


def _host_of(origin: str) -> str:
    return origin.partition("://")[2].partition("/")[0].partition(":")[0]


def _ca_file(connection: Connection, settings: Settings) -> Path | None:
    own = dict(connection.options).get("ca_file")
    return Path(own) if own else settings.ca_file
