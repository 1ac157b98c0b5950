"""A session on a served simulator, over the application's own transport."""

from collections import abc
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import cast

from tests.doubles.talking import Conversation
from writeback.sdk.connector import Access, Http
from writeback.sdk.simulator import Running, serve
from writeback.transport.policies import HttpPolicy
from writeback.transport.recording import ExchangeRecord
from writeback.transport.redacting import Redactor
from writeback.transport.sessions import open_http
from writeback.transport.throttling import Throttle
from writeback_hubspot.connector import HubSpotConnector
from writeback_hubspot.session import HubSpotSession
from writeback_hubspot.simulator import build

HOSTS = ("api.hubapi.com",)


class Clock:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds

    def monotonic(self) -> float:
        return self.seconds


class Talk(Conversation):
    """A served simulator, a session on it, and what went over the wire."""

    spoilt = "pat-na1-spoilt"

    def __init__(self, running: Running, options: abc.Mapping[str, str]) -> None:
        self.running = running
        self.exchanges: list[ExchangeRecord] = []
        self.refreshed: list[str] = []
        self.newer: list[str] = []
        """Tokens that a refresh gives, one after the other."""
        self.clock = Clock()
        self._token = running.token
        policy = HttpPolicy(HOSTS, simulator_origin=running.url, ca_file=running.ca, read_timeout_s=20)
        throttle = Throttle(sleep=lambda _seconds: None, monotonic=self.clock.monotonic)
        self.http = open_http(policy, recorder=self.exchanges.append, throttle=throttle, redactor=Redactor())
        self.access = Access(
            origin=running.url,
            http=cast("Http", self.http),  # mypy: requests names its keyword arguments one by one
            token=lambda: self._token,
            refresh=self._refresh,
            options=options,
            now=lambda: datetime.now(UTC),
        )
        HubSpotConnector().open(self.access)  # what the host does; the session below waits without waiting
        self.session = HubSpotSession(self.access, sleep=self.clock.sleep, monotonic=self.clock.monotonic)

    def close(self) -> None:
        self.http.close()
        self.running.close()


@contextmanager
def talking(
    rows: int = 30,
    *,
    options: abc.Mapping[str, str] | None = None,
    switches: abc.Mapping[str, str] | None = None,
) -> abc.Iterator[Talk]:
    """Serve an account and open a session on it."""
    crm = build(rows=rows, options=dict(switches or {}))
    talk = Talk(serve(crm), dict(options or {}))
    try:
        yield talk
    finally:
        talk.close()
