"""A session on a served simulator, over the application's own transport."""

from collections import abc
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast

from plugins.dynamics.tests import odata

from tests.doubles.talking import Conversation
from writeback.model.jobs import Result, Route
from writeback.sdk.connector import Access, Http, Prepared, ReadQuery, Write, WriteRequest
from writeback.sdk.simulator import Running, serve
from writeback.transport.policies import HttpPolicy
from writeback.transport.recording import ExchangeRecord
from writeback.transport.redacting import Redactor
from writeback.transport.sessions import open_http
from writeback.transport.throttling import Throttle
from writeback_dynamics.connector import DynamicsConnector
from writeback_dynamics.session import DynamicsSession
from writeback_dynamics.simulator import build

HOSTS = ("login.microsoftonline.com", "*.dynamics.com")


class Talk(Conversation):
    """A served simulator, a session on it, and what went over the wire."""

    spoilt = "spoilt"

    def __init__(self, running: Running, options: abc.Mapping[str, str]) -> None:
        self.running = running
        self.exchanges: list[ExchangeRecord] = []
        self.refreshed: list[str] = []
        self.newer: list[str] = []
        """Tokens that a refresh gives, one after the other."""
        self._token = running.token
        policy = HttpPolicy(HOSTS, simulator_origin=running.url, ca_file=running.ca, read_timeout_s=20)
        self._http = open_http(
            policy, recorder=self.exchanges.append, throttle=Throttle(), redactor=Redactor()
        )
        self.http = cast("Http", self._http)  # mypy: requests names its keyword arguments one by one
        self.access = Access(
            origin=running.url,
            http=self.http,
            token=lambda: self._token,
            refresh=self._refresh,
            options=options,
            now=lambda: datetime.now(UTC),
        )
        self.waits: list[float] = []
        """How long the session would have waited."""
        DynamicsConnector().open(self.access)  # what the host does; the session below waits without waiting
        self.session = DynamicsSession(self.access, sleep=self.waits.append)

    @property
    def crm(self) -> Any:
        """The simulated environment."""
        return self.running.crm

    def another_session(self) -> DynamicsSession:
        """Open a second conversation that knows nothing of the first."""
        return DynamicsConnector().open(self.access)

    def use(self, token: str) -> None:
        """Go on with another token."""
        self._token = token

    def rows(self, *paths: str, table: str = "account", limit: int = 3, where: str = "") -> list[Any]:
        """Read some rows."""
        query = ReadQuery(table, paths, filter=where, limit=limit)
        return [row for page in self.session.read(query) for row in page.rows]

    def prepare(
        self,
        *writes: Write,
        route: Route = Route.SINGLE,
        is_conditional: bool = False,
        table: str = "account",
    ) -> Prepared:
        """Prepare writes."""
        return self.session.prepare(WriteRequest(table, writes, route, is_conditional))

    def send(
        self,
        *writes: Write,
        route: Route = Route.SINGLE,
        is_conditional: bool = False,
        table: str = "account",
    ) -> tuple[Result, ...]:
        """Prepare writes and send them."""
        prepared = self.prepare(*writes, route=route, is_conditional=is_conditional, table=table)
        return self.session.write(prepared).results

    def close(self) -> None:
        """Stop, and hold every address that was asked for against OData's own grammar."""
        self._http.close()
        self.running.close()
        if odata.grammar_file() is not None:
            urls = dict.fromkeys(e.url for e in self.exchanges if "/api/data/" in e.url)
            problems = [problem for url in urls if (problem := odata.problem_of(url))]
            assert problems == []


@contextmanager
def talking(
    rows: int = 30,
    *,
    options: abc.Mapping[str, str] | None = None,
    switches: abc.Mapping[str, str] | None = None,
) -> abc.Iterator[Talk]:
    """Serve an environment and open a session on it."""
    crm = build(rows=rows, options={"automation": "off", **(switches or {})})
    talk = Talk(serve(crm), dict(options or {}))
    try:
        yield talk
    finally:
        talk.close()
