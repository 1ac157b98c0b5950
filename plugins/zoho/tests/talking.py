"""A session on a served simulator, over the application's own transport."""

import time
from collections import abc
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import cast

import pytest

from tests.doubles.talking import Conversation
from writeback.sdk.connector import Access, Http
from writeback.sdk.manifest import FILE_NAME, read_manifest
from writeback.sdk.simulator import Running, serve
from writeback.transport.policies import HttpPolicy
from writeback.transport.recording import ExchangeRecord
from writeback.transport.redacting import Redactor
from writeback.transport.sessions import open_http
from writeback.transport.throttling import Throttle
from writeback_zoho.connector import ZohoConnector
from writeback_zoho.session import ZohoSession
from writeback_zoho.simulator import build

HOSTS = read_manifest((resources.files("writeback_zoho") / FILE_NAME).read_bytes()).hosts
START = datetime(2026, 11, 24, 12, 0, 30, tzinfo=UTC)


class Clock:
    """The simulator's clock: moves when it is told to."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **length: float) -> None:
        """Let time pass."""
        self.at += timedelta(**length)


class Talk(Conversation):
    """A served simulator, a session on it, and what went over the wire."""

    spoilt = "1000.spoilt"

    def __init__(self, running: Running, clock: Clock, options: abc.Mapping[str, str]) -> None:
        self.running = running
        self.clock = clock
        self.exchanges: list[ExchangeRecord] = []
        self.refreshed: list[str] = []
        self.newer: list[str] = []
        """Tokens that a refresh gives, one after the other."""
        self._token = running.token
        policy = HttpPolicy(HOSTS, simulator_origin=running.url, ca_file=running.ca, read_timeout_s=20)
        self._http = open_http(
            policy, recorder=self.exchanges.append, throttle=Throttle(), redactor=Redactor()
        )
        self.access = Access(
            origin=running.url,
            http=cast("Http", self._http),  # mypy: requests names its keyword arguments one by one
            token=lambda: self._token,
            refresh=self._refresh,
            options=options,
            now=lambda: datetime.now(UTC),
        )
        self.waits: list[float] = []
        """How long the session would have waited."""
        ZohoConnector().open(self.access)  # what the host does; the session below waits without waiting
        self.session = ZohoSession(self.access, sleep=self.waits.append)

    def again(self, **options: str) -> ZohoSession:
        """Open another session on the same org: it remembers nothing."""
        access = Access(
            origin=self.access.origin,
            http=self.access.http,
            token=self.access.token,
            refresh=self.access.refresh,
            options=options or self.access.options,
            now=self.access.now,
        )
        return ZohoConnector().open(access)

    def ids(self, module: str = "Accounts") -> list[str]:
        """The ids of all records of a module."""
        from writeback.sdk.connector import ReadQuery  # noqa: PLC0415  used here alone

        return [row[0] for page in self.session.read(ReadQuery(module, ("id",))) for row in page.rows]

    def until(self, is_so: abc.Callable[[], bool]) -> None:
        """Wait for what the simulator does in its own time."""
        for _look in range(1000):
            if is_so():
                return
            time.sleep(0.01)  # its jobs take real time
        pytest.fail("it never came")

    def close(self) -> None:
        """Stop the simulator."""
        self._http.close()
        self.running.close()


@contextmanager
def talking(
    rows: int = 30,
    *,
    options: abc.Mapping[str, str] | None = None,
    switches: abc.Mapping[str, str] | None = None,
) -> abc.Iterator[Talk]:
    """Serve an org and open a session on it."""
    clock = Clock()
    crm = build(rows=rows, options={"automation": "off", **(switches or {})}, now=clock)
    talk = Talk(serve(crm), clock, dict(options or {}))
    try:
        yield talk
    finally:
        talk.close()
