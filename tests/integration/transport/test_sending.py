"""What became of a request, for every way a link can break: lost, unknown, or answered."""

import io
import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.integration.transport.doors import open_door
from tests.integration.transport.peers import Behaviour, Peer, Talk, answering
from writeback.errors import (
    GuardError,
    InvalidRequestError,
    LinkLostError,
    OutcomeUnknownError,
    RateLimitedError,
)
from writeback.transport import LimitSign, attempting

WRITES = ["POST", "PATCH", "PUT", "DELETE"]


def drop_after_hearing(talk: Talk) -> None:
    talk.hear()


def reset_after_hearing(talk: Talk) -> None:
    talk.hear()
    talk.reset()


def cut_body(talk: Talk) -> None:
    talk.hear()
    talk.link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")


def cut_chunks(talk: Talk) -> None:
    talk.hear()
    talk.link.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{")


def say_nonsense(talk: Talk) -> None:
    talk.hear()
    talk.link.sendall(b"GARBAGE\r\n\r\n")


def false_gzip(talk: Talk) -> None:
    talk.hear()
    talk.say(200, b"not gzip at all", Content_Encoding="gzip")


BROKEN_ANSWERS = [
    drop_after_hearing,
    reset_after_hearing,
    cut_body,
    cut_chunks,
    say_nonsense,
    false_gzip,
]


@pytest.mark.parametrize("behave", BROKEN_ANSWERS)
@pytest.mark.parametrize("method", WRITES)
def test_a_write_whose_answer_breaks_is_unknown_and_was_sent_once(method: str, behave: Behaviour) -> None:
    with (
        Peer(behave) as peer,
        open_door(peer).http as http,
        pytest.raises(OutcomeUnknownError) as raised,
    ):
        http.request(method, f"{peer.origin}/x", data=b"abc")
    assert raised.value.code == "link.outcome_unknown"
    assert peer.methods == [method]


@pytest.mark.parametrize("behave", BROKEN_ANSWERS[:-1])
def test_a_read_whose_answer_breaks_is_tried_four_times_and_then_lost(behave: Behaviour) -> None:
    with (
        Peer(behave) as peer,
        open_door(peer).http as http,
        pytest.raises(LinkLostError) as raised,
    ):
        http.get(f"{peer.origin}/x")
    assert raised.value.code == "link.lost"
    assert peer.methods == ["GET"] * 4


def test_a_write_that_times_out_waiting_is_unknown() -> None:
    silent = threading.Event()

    def behave(talk: Talk) -> None:
        talk.hear()
        silent.wait(5)

    with Peer(behave) as peer, open_door(peer, read_timeout_s=0.2).http as http:
        with pytest.raises(OutcomeUnknownError) as raised:
            http.patch(f"{peer.origin}/x", json={})
        silent.set()
    assert raised.value.facts["reason"] == "read_timeout"
    assert peer.methods == ["PATCH"]


def test_a_callers_missing_time_limit_is_filled_in() -> None:
    silent = threading.Event()

    def behave(talk: Talk) -> None:
        talk.hear()
        silent.wait(5)

    with Peer(behave) as peer, open_door(peer, read_timeout_s=0.2).http as http:
        with pytest.raises(LinkLostError):
            http.get(f"{peer.origin}/x", timeout=None)
        silent.set()


def test_a_refused_connection_sent_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with (
        open_door(None, simulator_origin=f"http://127.0.0.1:{port}").http as http,
        pytest.raises(LinkLostError) as raised,
    ):
        http.post(f"http://127.0.0.1:{port}/x", data=b"abc")
    assert raised.value.facts["reason"] == "refused"


def test_a_kept_alive_connection_that_resets_on_a_write_is_unknown_and_never_sent_again() -> None:
    def behave(talk: Talk) -> None:
        talk.hear()
        talk.say()
        talk.hear()
        talk.reset()

    with Peer(behave) as peer, open_door(peer).http as http:
        assert http.get(f"{peer.origin}/first").status_code == 200
        with pytest.raises(OutcomeUnknownError):
            http.post(f"{peer.origin}/second", data=b"abc")
    assert peer.methods == ["GET", "POST"]


def test_a_connection_closed_while_idle_is_replaced_before_a_write() -> None:
    closed = threading.Event()

    def behave(talk: Talk) -> None:
        talk.hear()
        talk.say()
        talk.link.shutdown(socket.SHUT_RDWR)
        closed.set()

    with Peer(behave) as peer, open_door(peer).http as http:
        http.get(f"{peer.origin}/first")
        assert closed.wait(5)
        assert http.post(f"{peer.origin}/second", data=b"abc").status_code == 200
    assert peer.methods == ["GET", "POST"]
    assert peer.connections == 2


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_busy_answer_to_a_read_is_asked_again_and_the_last_one_is_given(status: int) -> None:
    with Peer(answering((status, b"busy"))) as peer, open_door(peer).http as http:
        answer = http.get(f"{peer.origin}/x")
    assert (answer.status_code, answer.content) == (status, b"busy")
    assert len(peer.heard) == 4


def test_a_read_stops_asking_at_the_first_good_answer() -> None:
    with Peer(answering((503, b""), (502, b""), (200, b"yes"))) as peer, open_door(peer).http as http:
        assert http.get(f"{peer.origin}/x").content == b"yes"
    assert len(peer.heard) == 3


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_answer_to_a_write_is_given_at_once(status: int) -> None:
    with Peer(answering((status, b"busy"))) as peer, open_door(peer).http as http:
        assert http.post(f"{peer.origin}/x", data=b"abc").status_code == status
    assert len(peer.heard) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("asked", [True, False])
def test_no_redirect_is_ever_followed(status: int, asked: bool) -> None:
    with Peer(answering((200, b"stolen"))) as thief:
        away = (status, b"", {"Location": f"{thief.origin}/x"})
        with Peer(answering(away)) as peer, open_door(peer).http as http:
            http.headers["Authorization"] = "Bearer top-secret"
            with pytest.raises(GuardError) as raised:
                http.get(f"{peer.origin}/x", allow_redirects=asked)
            with pytest.raises(OutcomeUnknownError):
                http.post(f"{peer.origin}/x", data=b"abc", allow_redirects=asked)
        assert raised.value.code == "link.redirect_refused"
        assert thief.heard == []


def test_an_address_outside_the_policy_costs_no_connection() -> None:
    with (
        Peer(answering((200, b""))) as other,
        Peer(answering((200, b""))) as peer,
        open_door(peer).http as http,
    ):
        for url in (
            other.origin,
            "https://evil.example/",
            "https://169.254.169.254/",
            "file:///etc/passwd",
        ):
            with pytest.raises(GuardError):
                http.get(url, headers={"Authorization": "Bearer x"})
    assert (other.connections, peer.connections) == (0, 0)


def test_a_vendors_host_leads_to_the_simulator() -> None:
    with Peer(answering((200, b"{}"))) as peer, open_door(peer).http as http:
        http.get("https://acme.my.vendor.example/a?b=c")
        http.get(f"https://127.0.0.1:{peer.port}/d")
    assert [heard.target for heard in peer.heard] == ["/a?b=c", "/d"]
    assert {heard.headers["host"] for heard in peer.heard} == {f"127.0.0.1:{peer.port}"}


def test_an_address_that_is_none_is_our_own_mistake() -> None:
    with open_door(None).http as http, pytest.raises(InvalidRequestError):
        http.get("no-address")


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login thief password stolen\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    with Peer(answering((200, b""))) as peer, open_door(peer).http as http:
        http.get(f"{peer.origin}/x", headers={"Authorization": "Bearer ours"})
    assert peer.heard[0].headers["authorization"] == "Bearer ours"


def test_a_callers_own_host_header_is_dropped() -> None:
    with Peer(answering((200, b""))) as peer, open_door(peer).http as http:
        http.get(f"{peer.origin}/x", headers={"Host": "login.vendor.example"})
    assert peer.heard[0].headers["host"] == f"127.0.0.1:{peer.port}"


def test_no_cookie_is_kept() -> None:
    with Peer(answering((200, b"", {"Set-Cookie": "sid=1; Path=/"}))) as peer, open_door(peer).http as http:
        http.get(f"{peer.origin}/a")
        http.get(f"{peer.origin}/b")
    assert "cookie" not in peer.heard[1].headers


def test_a_streamed_body_that_is_cut_is_lost_in_our_words() -> None:
    with Peer(cut_body) as peer, open_door(peer).http as http:
        with http.get(f"{peer.origin}/x", stream=True) as answer, pytest.raises(LinkLostError):
            b"".join(answer.iter_content(10))
        with http.get(f"{peer.origin}/x", stream=True) as answer, pytest.raises(LinkLostError):
            io.TextIOWrapper(answer.raw, "utf-8").read()


def test_a_streamed_body_arrives_whole_through_both_doors() -> None:
    body = "é\r\n".encode() * 50_000
    with Peer(answering((200, body))) as peer, open_door(peer).http as http:
        with http.get(f"{peer.origin}/x", stream=True) as answer:
            assert b"".join(answer.iter_content(4096)) == body
        with http.get(f"{peer.origin}/x", stream=True) as answer:
            assert io.TextIOWrapper(answer.raw, "utf-8", newline="").read().encode() == body


def read_piecewise(raw: Any, way: str) -> None:
    """Read a raw body to its end, in one of the ways a file is read."""
    pieces = {
        "read": lambda: raw.read(7),
        "read1": lambda: raw.read1(7),
        "readinto": lambda: raw.readinto(bytearray(7)),
    }
    while pieces[way]():
        pass


@pytest.mark.parametrize("way", ["read", "read1", "readinto"])
def test_a_raw_body_fails_in_our_words_however_it_is_read(way: str) -> None:
    with (
        Peer(cut_body) as peer,
        open_door(peer).http as http,
        http.get(f"{peer.origin}/x", stream=True) as answer,
        pytest.raises(LinkLostError),
    ):
        read_piecewise(answer.raw, way)


def test_a_stated_wait_holds_back_the_next_request() -> None:
    with Peer(answering((429, b"", {"Retry-After": "7"}), (200, b""))) as peer:
        door = open_door(peer)
        with door.http as http:
            http.post(f"{peer.origin}/x", data=b"a")
            assert door.throttle.waiting_until is not None
            http.post(f"{peer.origin}/x", data=b"a")
    assert 7.0 <= sum(door.clock.slept) <= 7.8


def test_a_wait_too_long_to_stand_still_is_said_and_nothing_is_sent() -> None:
    with Peer(answering((503, b"", {"Retry-After": "600"}))) as peer, open_door(peer).http as http:
        http.post(f"{peer.origin}/x", data=b"a")
        with pytest.raises(RateLimitedError) as raised:
            http.post(f"{peer.origin}/x", data=b"a")
    assert raised.value.after is not None
    assert raised.value.after >= 599
    assert len(peer.heard) == 1


def test_a_vendors_own_limit_sign_makes_the_throttle_wait() -> None:
    signs = (LimitSign(403, b"REQUEST_LIMIT_EXCEEDED"),)
    with Peer(answering((403, b'[{"errorCode":"REQUEST_LIMIT_EXCEEDED"}]'))) as peer:
        door = open_door(peer, limit_signs=signs)
        with door.http as http:
            http.get(f"{peer.origin}/x")
            assert door.throttle.waiting_until is not None


def test_an_ordinary_403_makes_nobody_wait() -> None:
    signs = (LimitSign(403, b"REQUEST_LIMIT_EXCEEDED"),)
    with Peer(answering((403, b"INSUFFICIENT_ACCESS"))) as peer:
        door = open_door(peer, limit_signs=signs)
        with door.http as http:
            http.get(f"{peer.origin}/x")
        assert door.throttle.waiting_until is None


def test_each_try_is_recorded_under_its_attempt_and_without_secrets() -> None:
    with Peer(answering((503, b""), (200, b'{"access_token": "very-secret-token"}'))) as peer:
        door = open_door(peer)
        door.redactor.learn("known-secret")
        with door.http as http, attempting("att-1"):
            http.get(f"{peer.origin}/x?code=abcdef", headers={"Authorization": "Bearer known-secret"})
    assert [(record.status, record.attempt) for record in door.records] == [(503, "att-1"), (200, "att-1")]
    told = repr(door.records)
    assert not [secret for secret in ("known-secret", "very-secret-token", "abcdef") if secret in told]
    assert "‹redacted:" in door.records[1].response_body


def test_an_error_answer_is_recorded_with_its_body() -> None:
    with Peer(answering((400, b'[{"errorCode":"X"}]'))) as peer:
        door = open_door(peer)
        with door.http as http:
            http.post(f"{peer.origin}/x", json={"Name": "Acme"})
    assert door.records[0].response_body == '[{"errorCode":"X"}]'
    assert door.records[0].request_body == '{"Name": "Acme"}'


def test_a_request_without_answer_is_recorded_with_our_code() -> None:
    with Peer(drop_after_hearing) as peer:
        door = open_door(peer)
        with door.http as http, pytest.raises(OutcomeUnknownError):
            http.post(f"{peer.origin}/x", data=b"abc")
    assert [(record.status, record.error) for record in door.records] == [(None, "link.outcome_unknown")]
