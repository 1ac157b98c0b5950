"""The two failpoints inside a request: the process dies there for real, and the peer sees how far it got."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.transport.doors import open_door
from tests.integration.transport.peers import Peer, answering
from writeback.errors import InternalError, OutcomeUnknownError
from writeback.settings import FailpointWish, Settings
from writeback.transport import arm

BODY = b"x" * 300_000
CHILD = """
import sys
from writeback.settings import load
from writeback.transport import HttpPolicy, Redactor, Throttle, arm, no_record, open_http
arm(load())
policy = HttpPolicy((), simulator_origin=sys.argv[1])
http = open_http(policy, recorder=no_record, throttle=Throttle(), redactor=Redactor())
http.get(sys.argv[1] + "/read")
http.request(sys.argv[2], sys.argv[1] + "/write", data=(b"x" * 300_000) if sys.argv[2] != "DELETE" else None)
"""


def die(peer: Peer, failpoint: str, method: str = "POST") -> int:
    environ = {**os.environ, "WRITEBACK_FAILPOINT": failpoint}
    child = subprocess.run(
        [sys.executable, "-c", CHILD, peer.origin, method],
        env=environ,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return child.returncode


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_killed_mid_request_the_peer_never_has_the_whole_of_it(method: str) -> None:
    with Peer(answering((200, b""))) as peer:
        assert die(peer, "5.mid_request:kill", method) == -signal.SIGKILL
    assert peer.methods == ["GET"]
    if method == "POST":
        assert len(BODY) <= peer.received < len(BODY) + 1000


def test_killed_once_the_request_is_complete_the_peer_has_all_of_it() -> None:
    with Peer(answering((200, b""))) as peer:
        assert die(peer, "6.request_complete:kill") == -signal.SIGKILL
    assert peer.methods == ["GET", "POST"]
    assert peer.heard[1].body == BODY


def test_the_nth_write_is_the_one_that_dies() -> None:
    with Peer(answering((200, b""))) as peer:
        assert die(peer, "6.request_complete:kill:2") == 0
    assert peer.methods == ["GET", "POST"]


@pytest.mark.parametrize(("action", "error"), [("raise", InternalError), ("diskerror", OutcomeUnknownError)])
def test_a_failure_mid_request_ends_as_unknown_or_as_the_bug_it_is(
    action: str, error: type[Exception], tmp_path: Path
) -> None:
    wish = FailpointWish("5.mid_request", action)
    arm(Settings(data_dir=tmp_path, config_dir=tmp_path, log_dir=tmp_path, failpoint=wish))
    try:
        with Peer(answering((200, b""))) as peer, open_door(peer).http as http, pytest.raises(error):
            http.post(f"{peer.origin}/x", data=(piece for piece in (b"a" * 10, b"b" * 10)))
        assert peer.methods == []
    finally:
        arm(Settings(data_dir=tmp_path, config_dir=tmp_path, log_dir=tmp_path))
