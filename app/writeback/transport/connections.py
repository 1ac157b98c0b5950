"""Connections that note how far a request got: the evidence for *lost* or *unknown*.

They add nothing to the wire. The two failpoints inside a request live here, because only here is it
known when the last bytes leave.
"""

import contextlib
import contextvars
import socket
from collections import abc
from ipaddress import ip_address
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import HTTPResponse

from writeback.errors import GuardError
from writeback.transport import failpoints

_MID, _COMPLETE = "5.mid_request", "6.request_complete"


class Progress:
    """How far one request got."""

    __slots__ = ("body_left", "has_head", "is_sent", "is_write")

    def __init__(self, *, is_write: bool, body_length: int | None) -> None:
        self.is_write = is_write
        self.is_sent = False
        """A byte of the request was handed to the network."""
        self.has_head = False
        self.body_left = body_length
        """None: chunked, its length is not known beforehand."""


_progress: contextvars.ContextVar[Progress | None] = contextvars.ContextVar("progress", default=None)
KeepLine = abc.Callable[[socket.socket], None]
_keep_line: contextvars.ContextVar[KeepLine | None] = contextvars.ContextVar("keep_line", default=None)


@contextlib.contextmanager
def keeping_lines(keep: KeepLine) -> abc.Iterator[None]:
    """Tell somebody of every line that this thread opens while the block runs, so that they can cut it."""
    before = _keep_line.set(keep)
    try:
        yield
    finally:
        _keep_line.reset(before)


@contextlib.contextmanager
def tracking(*, is_write: bool, body_length: int | None) -> abc.Iterator[Progress]:
    """Follow the one request that is sent while the block runs."""
    progress = Progress(is_write=is_write, body_length=body_length)
    before = _progress.set(progress)
    try:
        yield progress
    finally:
        _progress.reset(before)


class _NotingConnection(HTTPConnection):
    _is_connecting = False

    def connect(self) -> None:
        self._is_connecting = True  # a proxy's CONNECT goes through `send` too, but is not the request
        try:
            super().connect()
        finally:
            self._is_connecting = False
        if (keep := _keep_line.get()) is not None and self.sock is not None:
            keep(self.sock)

    def send(self, data: Any) -> None:  # noqa: ANN401  http.client's own signature
        progress = _progress.get()
        if progress is None or self._is_connecting:
            super().send(data)
            return
        if self.sock is None:
            self.connect()  # http.client would do it inside `send`: too late to tell the two apart
        progress.is_sent = True
        if progress.is_write and failpoints.is_armed(_MID) and _is_last(data, progress):
            whole = memoryview(data)
            super().send(whole[:-1])
            failpoints.failpoint(_MID)
            data = whole[-1:]
        super().send(data)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3 breaks http.client's contract, we keep urllib3's
        progress = _progress.get()
        if progress is not None and progress.is_write:
            failpoints.failpoint(_COMPLETE)
        return super().getresponse()


class PlainConnection(_NotingConnection):
    """Plain http: to this machine only, whatever a name resolved to."""

    def connect(self) -> None:
        """Connect, and refuse a peer that is not this machine.

        Raises:
            GuardError: A loopback name led elsewhere.
        """
        super().connect()
        peer = str(self.sock.getpeername()[0])
        if not ip_address(peer.partition("%")[0]).is_loopback:
            self.close()
            raise GuardError("link.address_refused", host=self.host, reason="not_loopback")


class TlsConnection(_NotingConnection, HTTPSConnection):
    """Https, verified by the context the adapter made."""


class PlainPool(HTTPConnectionPool):
    """A pool of `PlainConnection`s."""

    ConnectionCls = PlainConnection


class TlsPool(HTTPSConnectionPool):
    """A pool of `TlsConnection`s."""

    ConnectionCls = TlsConnection


def _is_last(data: Any, progress: Progress) -> bool:  # noqa: ANN401  whatever http.client sends
    """Say whether the request ends with `data`; counts along."""
    if not progress.has_head:
        progress.has_head = True
        return progress.body_left == 0
    if progress.body_left is None:
        return bytes(data) == b"0\r\n\r\n"
    progress.body_left -= memoryview(data).nbytes
    return progress.body_left <= 0
