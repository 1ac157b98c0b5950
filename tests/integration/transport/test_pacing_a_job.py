"""A job of 2,000 rows under a limit: not one request inside a stated wait, and each row once."""

import pytest

from tests.integration.transport.doors import Clock, open_door
from tests.integration.transport.peers import Peer, Talk, answering
from writeback.errors import RateLimitedError
from writeback.transport import Pace, Window

ROWS = 2000
WAIT_S = 3


class Limited:
    """A CRM that takes 90 requests, then refuses all for three seconds of the shared clock."""

    def __init__(self) -> None:
        self.clock: Clock | None = None
        self.taken = 0
        self.since = 0
        self.refused_until = 0.0
        self.inside = 0

    def __call__(self, talk: Talk) -> None:
        assert self.clock is not None
        while talk.hear() is not None:
            if self.clock.at < self.refused_until:
                self.inside += 1
            if self.since == 90:
                self.since = 0
                self.refused_until = self.clock.at + WAIT_S
                talk.say(429, b"", Retry_After=str(WAIT_S))
            else:
                self.since += 1
                self.taken += 1
                talk.say(200, b"{}")


def test_a_job_of_2000_rows_sends_nothing_inside_a_stated_wait() -> None:
    crm = Limited()
    with Peer(crm) as peer:
        door = open_door(peer)
        crm.clock = door.clock
        refusals = 0
        with door.http as http:
            done = 0
            while done < ROWS:
                if http.patch(f"{peer.origin}/rows/{done}", data=b"{}").status_code == 429:
                    refusals += 1
                else:
                    done += 1
    assert (crm.taken, crm.inside) == (ROWS, 0)
    assert refusals == ROWS // 90
    assert all(WAIT_S <= slept <= WAIT_S * 1.1 for slept in door.clock.slept)


def test_a_declared_window_is_never_exceeded() -> None:
    moments: list[float] = []

    def behave(talk: Talk) -> None:
        while talk.hear() is not None:
            moments.append(door.clock.at)
            talk.say()

    with Peer(behave) as peer:
        door = open_door(peer, pace=Pace((Window(10, 1.0),), concurrency=1))
        with door.http as http:
            for row in range(60):
                http.patch(f"{peer.origin}/{row}", data=b"{}")
    crowds = [sum(1 for other in moments if start <= other < start + 1.0) for start in moments]
    assert max(crowds) <= 10
    assert 5.0 <= moments[-1] - moments[0] <= 5.6


def test_a_window_of_a_day_is_said_instead_of_slept() -> None:
    pace = Pace((Window(1, 86_400.0),))
    with Peer(answering((200, b""))) as peer, open_door(peer, pace=pace).http as http:
        http.get(f"{peer.origin}/x")
        with pytest.raises(RateLimitedError) as raised:
            http.get(f"{peer.origin}/x")
    assert raised.value.after is not None
    assert raised.value.after > 86_000
