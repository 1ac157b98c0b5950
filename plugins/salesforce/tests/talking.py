"""A session on a served simulator, over the application's own transport."""

import time
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
from writeback_salesforce.connector import SalesforceConnector
from writeback_salesforce.session import SalesforceSession
from writeback_salesforce.simulator import build

HOSTS = ("login.salesforce.com", "*.my.salesforce.com")


class Talk(Conversation):
    """A served simulator, a session on it, and what went over the wire."""

    spoilt = "00D000000000001!spoilt"

    def __init__(self, running: Running, options: abc.Mapping[str, str]) -> None:
        self.running = running
        self.exchanges: list[ExchangeRecord] = []
        self.refreshed: list[str] = []
        self.newer: list[str] = []
        """Tokens that a refresh gives, one after the other."""
        self.waits: list[float] = []
        self.on_wait: abc.Callable[[float], None] = lambda _seconds: time.sleep(
            0.02
        )  # its jobs take real time
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
        SalesforceConnector().open(self.access)  # what the host does; the session below waits without waiting
        self.session = SalesforceSession(self.access, sleep=self._wait)

    def close(self) -> None:
        self._http.close()
        self.running.close()

    def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.on_wait(seconds)


@contextmanager
def talking(
    rows: int = 30,
    *,
    options: abc.Mapping[str, str] | None = None,
    switches: abc.Mapping[str, str] | None = None,
) -> abc.Iterator[Talk]:
    """Serve an org and open a session on it."""
    crm = build(rows=rows, options={"automation": "off", **(switches or {})})
    talk = Talk(serve(crm), dict(options or {}))
    try:
        yield talk
    finally:
        talk.close()
