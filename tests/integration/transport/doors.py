"""Open the real HTTP stack towards a peer."""

import random
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.integration.transport.peers import Peer
from writeback.transport import ExchangeRecord, HttpPolicy, Pace, Redactor, Throttle, open_http

VENDOR_HOSTS = ("login.vendor.example", "*.my.vendor.example")


@dataclass
class Clock:
    """A clock that only sleeping moves."""

    at: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


@dataclass
class Door:
    """A session and everything one can look at afterwards."""

    http: requests.Session
    records: list[ExchangeRecord]
    throttle: Throttle
    redactor: Redactor
    clock: Clock


def open_door(peer: Peer | None, *, pace: Pace | None = None, **policy: Any) -> Door:
    records: list[ExchangeRecord] = []
    clock = Clock()
    rng = random.Random(1)  # noqa: S311  jitter, not a secret
    throttle = Throttle(pace, monotonic=clock.monotonic, sleep=clock.sleep, rng=rng)
    redactor = Redactor()
    if peer is not None:
        policy.setdefault("simulator_origin", peer.origin)
    rules = HttpPolicy(VENDOR_HOSTS, **policy)
    http = open_http(rules, recorder=records.append, throttle=throttle, redactor=redactor)
    return Door(http, records, throttle, redactor, clock)
