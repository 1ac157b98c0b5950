"""The webhook: to the allowed host by https, signed, its answer told, never led elsewhere."""

import hashlib
import hmac
import json
import ssl
from collections import abc
from dataclasses import replace

import pytest

from tests.integration.notices.conftest import Room
from tests.integration.transport.peers import Behaviour, Heard, Peer, Talk, answering
from writeback.errors import ConfigurationError
from writeback.preferences import read
from writeback.runtime.facade import ChannelTest, ChannelWish
from writeback.store import sqlite

SECRET = "s3cr3t-of-the-room"


def _test(room: Room) -> ChannelTest:
    return room.runtime.test_channel("webhook", act=room.acts())


@pytest.fixture
def listen(server_tls: ssl.SSLContext) -> abc.Callable[[Behaviour], Peer]:
    return lambda behave: Peer(behave, tls=server_tls)


def test_a_document_is_posted_signed_and_answered(
    room: Room, listen: abc.Callable[[Behaviour], Peer]
) -> None:
    with listen(answering((200, b"thank\nyou"))) as peer:
        url = f"{peer.origin}/hooks/"
        room.set_up_webhook(url, token=SECRET, signing_key="key of the hook", address_end="T0/B0/end")
        told = _test(room)
    assert (told.is_delivered, told.answer) == (True, "HTTP 200 thank you")
    (heard,) = peer.heard
    assert (heard.method, heard.target) == ("POST", "/hooks/T0/B0/end")
    assert heard.headers["x-writeback-token"] == SECRET
    assert _is_signed(heard, "key of the hook")
    plain = json.loads(heard.body)
    assert plain["is_test"]
    assert plain["text"].endswith(plain["title"])
    assert heard.headers["x-writeback-delivery"] == plain["id"]
    files = [path for path in room.path.parents[1].rglob("*") if path.is_file()]
    with room.runtime.workspace.reading() as db:
        bodies = [str(one) for (one,) in sqlite.run(db, "select body from audit where act = 'channel.set'")]
    assert len(bodies) == 1
    assert json.loads(bodies[0])["host"] == "localhost"
    for secret in (SECRET, "key of the hook", "T0/B0/end"):
        assert not any(secret.encode() in path.read_bytes() for path in files)


def _is_signed(heard: Heard, key: str) -> bool:
    parts = dict(part.split("=") for part in heard.headers["x-writeback-signature"].split(","))
    told = f"{parts['t']}.".encode() + heard.body
    return hmac.compare_digest(hmac.new(key.encode(), told, hashlib.sha256).hexdigest(), parts["v1"])


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, "notify.refused"), (410, "notify.refused"), (429, "notify.busy"), (503, "notify.busy")],
)
def test_what_is_answered_is_what_is_told(room: Room, status: int, code: str) -> None:
    with Peer(answering((status, b"no\x1b[31m"))) as peer:
        room.set_up_webhook(peer.origin)
        told = _test(room)
    assert (told.is_delivered, told.code) == (False, code)
    assert told.answer == f"HTTP {status} no [31m"


def test_a_redirect_is_never_followed(room: Room) -> None:
    with (
        Peer(answering((200, b"elsewhere"))) as other,
        Peer(answering((302, b"", {"Location": other.origin}))) as peer,
    ):
        room.set_up_webhook(peer.origin, token=SECRET)
        told = _test(room)
    assert (told.is_delivered, told.code) == (False, "notify.redirected")
    assert other.heard == []


def test_a_line_that_ends_without_an_answer_leaves_it_open(room: Room) -> None:
    def cut(talk: Talk) -> None:
        talk.hear()
        talk.reset()

    with Peer(cut) as peer:
        room.set_up_webhook(peer.origin)
        assert _test(room).code == "notify.no_answer"
    assert len(peer.heard) == 1, "a post is never repeated by itself"


def test_an_answer_that_drips_is_cut_when_the_time_is_over(room: Room) -> None:
    def drip(talk: Talk) -> None:
        talk.hear()
        talk.link.sendall(b"HTTP/1.1 ")
        while not talk.peer.closing.wait(0.05):
            talk.link.sendall(b" ")

    carrying = room.runtime._carrying  # noqa: SLF001
    carrying._deadline_s = 0.3  # noqa: SLF001
    with Peer(drip) as peer:
        room.set_up_webhook(peer.origin)
        assert _test(room).code == "notice.too_slow"


def test_only_the_allowed_host_is_talked_to_and_only_by_https(room: Room) -> None:
    def wish(url: str, host: str) -> None:
        room.set_up("webhook", {"url": url}, host)

    with pytest.raises(ConfigurationError, match=r"notice\.other_host"):
        wish("https://hooks.example.com/a", "example.com")
    with pytest.raises(ConfigurationError, match=r"notice\.password_in_address"):
        wish("https://ada:pw@hooks.example.com/a", "hooks.example.com")
    assert "pw" not in (room.settings.config_dir / "settings.json").read_text() if _has_file(room) else True
    for bad in (
        "http://hooks.example.com/a",
        "https://hooks.example.com:8443/a",
        "ftp://a.example/",
        "https://",
    ):
        with pytest.raises(ConfigurationError, match=r"notice\.bad_url"):
            wish(bad, "hooks.example.com")
    wish("https://hooks.example.com/a", "hooks.example.com")
    with pytest.raises(ConfigurationError, match=r"notice\.host_not_allowed"):
        room.runtime.set_channel(
            ChannelWish("webhook", form=(("url", "https://evil.example/a"),)), act=room.acts()
        )
    assert read(room.settings).table("notifications.channels")["notify.webhook"]["form"] == {  # type: ignore[index]
        "url": "https://hooks.example.com/a"
    }


def _has_file(room: Room) -> bool:
    return (room.settings.config_dir / "settings.json").is_file()


def test_an_administrators_lock_stands(room: Room) -> None:
    managed = room.path.with_name("managed.json")
    managed.write_text(json.dumps({"notifications.channels": {}}))
    room.runtime.settings = replace(room.settings, managed_file=managed)
    with pytest.raises(ConfigurationError, match=r"settings\.locked"):
        room.set_up_webhook("https://hooks.example.com/a", token=SECRET)
    assert room.keyring.kept == {}, "nothing was sealed either"


def test_an_answer_that_is_none_changes_nothing(room: Room) -> None:
    for form, code in (
        ({"url": "https://a.example\r\nX: y"}, "bad_answer"),
        ({"colour": "red"}, "unknown_answer"),
    ):
        with pytest.raises(ConfigurationError, match=rf"notice\.{code}"):
            room.set_up("webhook", form, "a.example")
    with pytest.raises(ConfigurationError, match=r"notice\.unknown_secret"):
        room.set_up_webhook("https://a.example/", pin="1234")
    with pytest.raises(ConfigurationError, match=r"notice\.no_channel"):
        room.set_up("pigeon", {}, "")
    with pytest.raises(ConfigurationError, match=r"notice\.unknown_kind"):
        room.runtime.set_channel(ChannelWish("webhook", kinds=("gossip",)), act=room.acts())
    with pytest.raises(ConfigurationError, match=r"notice\.not_set_up"):
        room.runtime.set_channel(ChannelWish("webhook", is_on=True), act=room.acts())
    assert read(room.settings).own == {}
