"""The loopback receiver: waits for the one request the issuer's redirect makes the browser send.

Binds this machine's loopback only, answers one request on one exact path with one fixed page, and is
gone. It does not judge the answer (`answers`) and sends nothing anywhere.
"""

import contextlib
import errno
import selectors
import socket
import sys
from collections import abc
from dataclasses import dataclass, field
from typing import Final, Self

from writeback.errors import ConfigurationError, SignInRequiredError
from writeback.sdk.signing_in.answers import MOST_QUERY

_MOST_HEAD: Final = 64 * 1024
"""Browsers send the cookies of every other program on localhost along."""
_MOST_CLIENTS: Final = 32
_CLIENT_S: Final = 10.0
_SLICE_S: Final = 0.1
_TEXT = b"Writeback has received the answer. You can close this page and go back to Writeback.\n"
_HEADERS = (
    b"Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
    b"X-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'\r\nConnection: close\r\n"
)
_PAGE = b"HTTP/1.1 200 OK\r\n%bContent-Length: %d\r\n\r\n%b" % (_HEADERS, len(_TEXT), _TEXT)
_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\n%bContent-Length: 0\r\n\r\n" % _HEADERS


@dataclass(slots=True)
class _Client:
    """One connection of a browser, which may be a mere precaution of it and never say a word."""

    link: socket.socket
    until: float
    head: bytearray = field(default_factory=bytearray)


class Receiver:
    """Listens on the first free of the registered ports; a context manager."""

    def __init__(self, listeners: tuple[socket.socket, ...], port: int) -> None:
        self._listeners = listeners
        self.port = port

    @classmethod
    def bind(cls, ports: abc.Iterable[int]) -> Self:
        """Take the first port that is free on both loopback addresses.

        Raises:
            ConfigurationError: `sign_in.ports_taken`, with the ports.
        """
        tried = tuple(ports)
        for port in tried:
            try:
                listeners = _listen(port)
            except OSError:
                continue
            return cls(listeners, listeners[0].getsockname()[1])
        raise ConfigurationError("sign_in.ports_taken", ports=", ".join(map(str, tried)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the port back."""
        for listener in self._listeners:
            listener.close()

    def wait(
        self,
        redirect_uri: str,
        *,
        until: float,
        clock: abc.Callable[[], float],
        idle: abc.Callable[[], str | None] = lambda: None,
    ) -> str:
        """Wait for the redirect and give its whole address, or what `idle` gives.

        Args:
            redirect_uri: What was registered: host, port and path must be these to the letter.
            until: When to give up, by `clock`.
            clock: Seconds that only grow.
            idle: Asked ten times a second; an address pasted by the person ends the wait, an exception
                (`Cancelled`) passes through.

        Raises:
            SignInRequiredError: `sign_in.timeout` · `.too_big` · `.wrong_method` · `.foreign_host`.
        """
        host, slash, path = redirect_uri.removeprefix("http://").partition("/")
        expected = (host, slash + path)
        clients: dict[socket.socket, _Client] = {}
        with selectors.DefaultSelector() as selector, contextlib.closing(_Closing(clients)):
            for listener in self._listeners:
                selector.register(listener, selectors.EVENT_READ)
            while (left := until - clock()) > 0:
                pasted = idle()
                if pasted is not None:
                    return pasted
                for key, _ in selector.select(min(left, _SLICE_S)):
                    link = key.fileobj
                    if not isinstance(link, socket.socket):
                        continue
                    if link in self._listeners:
                        _accept(link, clients, selector=selector, now=clock())
                    elif (target := _hear(clients[link], expected)) is not None:
                        return f"http://{host}{target}"
                _drop_idle(clients, selector=selector, now=clock())
        raise SignInRequiredError("sign_in.timeout")


@dataclass(slots=True)
class _Closing:
    """Closes whatever clients are left."""

    clients: dict[socket.socket, _Client]

    def close(self) -> None:
        for link in self.clients:
            link.close()


def _listen(port: int) -> tuple[socket.socket, ...]:
    """Listen on one port of 127.0.0.1 and ::1; a machine without IPv6 does with the first."""
    first = _listener(socket.AF_INET, "127.0.0.1", port)
    try:
        second = _listener(socket.AF_INET6, "::1", first.getsockname()[1])
    except OSError as error:
        if error.errno in (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL):
            return (first,)
        first.close()
        raise
    return (first, second)


def _listener(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(
                socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
            )  # past TIME_WAIT, not past a listener
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((host, port))
        listener.listen(8)
        listener.settimeout(0)
    except OSError:
        listener.close()
        raise
    return listener


def _accept(
    listener: socket.socket,
    clients: dict[socket.socket, _Client],
    *,
    selector: selectors.BaseSelector,
    now: float,
) -> None:
    try:
        link, _ = listener.accept()
    except OSError:
        return  # it went away again
    link.settimeout(0)
    if len(clients) >= _MOST_CLIENTS:
        _drop(next(iter(clients)), clients, selector)
    clients[link] = _Client(link, now + _CLIENT_S)
    selector.register(link, selectors.EVENT_READ)


def _hear(client: _Client, expected: tuple[str, str]) -> str | None:
    """Read on; give the target once the whole head of *the* request is there."""
    try:
        piece = client.link.recv(16 * 1024)
    except BlockingIOError:
        return None
    except OSError:
        piece = b""
    client.head += piece
    if not piece:
        client.until = 0.0
        return None
    if b"\r\n\r\n" not in client.head and len(client.head) <= _MOST_HEAD:
        return None
    return _judge(client, expected)


def _judge(client: _Client, expected: tuple[str, str]) -> str | None:
    """Answer a request: any path but ours gets 404 and does not count, ours ends the wait."""
    host, path = expected
    head = bytes(client.head).decode("latin-1")
    request_line, _, rest = head.partition("\r\n")
    method, _, target = request_line.partition(" ")
    target = target.rpartition(" HTTP/1.")[0] or target
    if target.partition("?")[0] != path:
        _answer(client, _NOT_FOUND)
        client.until = 0.0
        return None
    _answer(client, _PAGE)
    if len(target) > MOST_QUERY + len(path) or "\r\n\r\n" not in head:
        raise SignInRequiredError("sign_in.too_big", most=MOST_QUERY)
    if method != "GET":
        raise SignInRequiredError("sign_in.wrong_method", method=method[:20])
    hosts = [
        line.partition(":")[2].strip() for line in rest.split("\r\n") if line.lower().startswith("host:")
    ]
    if hosts != [host]:
        raise SignInRequiredError("sign_in.foreign_host", host=", ".join(hosts)[:255])
    return target


def _answer(client: _Client, page: bytes) -> None:
    with contextlib.suppress(OSError):  # the browser may be gone; what it asked still counts
        client.link.sendall(page)
        client.link.shutdown(socket.SHUT_WR)


def _drop_idle(
    clients: dict[socket.socket, _Client], *, selector: selectors.BaseSelector, now: float
) -> None:
    for link in [client.link for client in clients.values() if client.until <= now]:
        _drop(link, clients, selector)


def _drop(
    link: socket.socket, clients: dict[socket.socket, _Client], selector: selectors.BaseSelector
) -> None:
    selector.unregister(link)
    del clients[link]
    link.close()
