"""False TLS peers: each is refused before a byte of the request has left. There is no switch."""

import datetime as dt
import select
import socket
import ssl
import warnings
from collections import abc
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.integration.transport.doors import open_door
from tests.integration.transport.peers import Peer, Talk, answering
from writeback.errors import ConfigurationError, GuardError, LinkLostError

NOW = dt.datetime.now(dt.UTC).replace(tzinfo=None)
DAY = dt.timedelta(days=1)


def served(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return context


def wrong_host(ca: trustme.CA) -> ssl.SSLContext:
    return served(ca.issue_cert("elsewhere.example"))


def expired(ca: trustme.CA) -> ssl.SSLContext:
    return served(ca.issue_cert("localhost", not_before=NOW - 9 * DAY, not_after=NOW - DAY))


def not_yet_valid(ca: trustme.CA) -> ssl.SSLContext:
    return served(ca.issue_cert("localhost", not_before=NOW + DAY, not_after=NOW + 9 * DAY))


def other_ca(ca: trustme.CA) -> ssl.SSLContext:
    return served(trustme.CA().issue_cert("localhost"))


def self_signed(ca: trustme.CA) -> ssl.SSLContext:
    return served(trustme.CA().issue_cert("localhost", organization_name="itself"))


def tls_1_1(ca: trustme.CA) -> ssl.SSLContext:
    context = served(ca.issue_cert("localhost"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


@pytest.fixture
def ca(tmp_path: Path) -> trustme.CA:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return authority


@pytest.mark.parametrize("make", [wrong_host, expired, not_yet_valid, other_ca, self_signed, tls_1_1])
@pytest.mark.parametrize("wish", [True, False])
def test_a_false_peer_is_refused_even_when_the_caller_asks_not_to_verify(
    make: abc.Callable[[trustme.CA], ssl.SSLContext], ca: trustme.CA, tmp_path: Path, *, wish: bool
) -> None:
    with (
        Peer(answering((200, b"")), tls=make(ca)) as peer,
        open_door(peer, ca_file=tmp_path / "ca.pem").http as http,
    ):
        http.verify = wish
        with pytest.raises(LinkLostError) as raised:
            http.post(f"{peer.origin}/x", data=b"abc", verify=wish)
    assert raised.value.facts["reason"] in ("certificate", "tls")
    assert peer.heard == []


def test_plain_http_on_the_tls_port_is_refused(tmp_path: Path, ca: trustme.CA) -> None:
    def behave(talk: Talk) -> None:
        talk.link.recv(1000)
        talk.say(400, b"this is plain http")

    with Peer(behave) as peer:
        origin = f"https://localhost:{peer.port}"
        with (
            open_door(None, simulator_origin=origin, ca_file=tmp_path / "ca.pem").http as http,
            pytest.raises(LinkLostError),
        ):
            http.post(f"{origin}/x", data=b"abc")


def test_a_redirect_to_http_is_not_followed(tmp_path: Path, ca: trustme.CA) -> None:
    with Peer(answering((200, b""))) as plain:
        away = (302, b"", {"Location": f"{plain.origin}/x"})
        with (
            Peer(answering(away), tls=served(ca.issue_cert("localhost"))) as peer,
            open_door(peer, ca_file=tmp_path / "ca.pem").http as http,
            pytest.raises(GuardError),
        ):
            http.get(f"{peer.origin}/x")
    assert plain.heard == []


def test_the_same_peer_with_a_good_certificate_is_spoken_to(tmp_path: Path, ca: trustme.CA) -> None:
    with (
        Peer(answering((200, b"ok")), tls=served(ca.issue_cert("localhost"))) as peer,
        open_door(peer, ca_file=tmp_path / "ca.pem").http as http,
    ):
        assert http.post(f"{peer.origin}/x", data=b"abc").content == b"ok"


def test_without_its_ca_file_the_same_peer_is_unknown(ca: trustme.CA) -> None:
    with (
        Peer(answering((200, b"ok")), tls=served(ca.issue_cert("localhost"))) as peer,
        open_door(peer).http as http,
        pytest.raises(LinkLostError),
    ):
        http.get(f"{peer.origin}/x")


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_ca_file_that_cannot_be_used_is_said_at_once(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigurationError) as raised:
        open_door(None, ca_file=path)
    assert raised.value.code == "link.ca_file"
    assert raised.value.facts["path"] == str(path)


def proxy_to(port: int) -> abc.Callable[[Talk], None]:
    """A proxy that lets every CONNECT through to one port, whatever host was asked for."""

    def behave(talk: Talk) -> None:
        talk.hear()
        with socket.create_connection(("127.0.0.1", port)) as onward:
            talk.link.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            pair = {talk.link: onward, onward: talk.link}
            while True:
                for source in select.select(list(pair), [], [], 5)[0]:
                    data = source.recv(65536)
                    if not data:
                        return
                    pair[source].sendall(data)

    return behave


def test_a_real_host_is_reached_through_the_proxy_and_verified_end_to_end(
    tmp_path: Path, ca: trustme.CA
) -> None:
    with (
        Peer(answering((200, b"ok")), tls=served(ca.issue_cert("acme.my.vendor.example"))) as peer,
        Peer(proxy_to(peer.port)) as proxy,
    ):
        policy: dict[str, Any] = {"ca_file": tmp_path / "ca.pem", "proxy": f"http://127.0.0.1:{proxy.port}"}
        with open_door(None, **policy).http as http:
            assert http.post("https://acme.my.vendor.example/x", data=b"abc").content == b"ok"
            with pytest.raises(LinkLostError) as raised:
                http.post("https://other.my.vendor.example/x", data=b"abc")
    assert raised.value.facts["reason"] == "certificate"
    assert proxy.methods == ["CONNECT", "CONNECT"]
    assert [heard.target for heard in peer.heard] == ["/x"]


def test_a_proxy_that_refuses_means_nothing_was_sent() -> None:
    with (
        Peer(answering((403, b""))) as proxy,
        open_door(None, proxy=f"http://127.0.0.1:{proxy.port}").http as http,
        pytest.raises(LinkLostError) as raised,
    ):
        http.post("https://acme.my.vendor.example/x", data=b"abc")
    assert raised.value.facts["reason"] == "proxy"
    assert proxy.methods == ["CONNECT"]
