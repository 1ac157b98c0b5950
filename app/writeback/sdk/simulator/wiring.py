"""HTTP/1.1 between a socket and the values of `messages`: request heads, bodies, answers.

Enough of RFC 9112 for clients of CRMs: keep-alive, chunked bodies both ways, `Expect: 100-continue`.
Must not know what a request means.
"""

import socket
import zlib
from collections import abc
from email.utils import formatdate
from http import HTTPStatus
from typing import Protocol
from urllib.parse import parse_qsl

from writeback.sdk.simulator.messages import Answer, FilePart

_LONGEST_LINE = 65536
_WORTH_PACKING = 2048


class BadRequestError(Exception):
    """The bytes are no HTTP request."""


class CutError(Exception):
    """A fault closes the connection here."""


class Reader(Protocol):
    """The bytes a client sends."""

    def readline(self, size: int, /) -> bytes:
        """Read to the end of a line."""

    def readinto(self, buffer: memoryview, /) -> int:
        """Fill (part of) the buffer; 0 at the end."""


class Head:
    """The first line and the headers of a request."""

    def __init__(self, method: str, target: str, headers: abc.Mapping[str, str]) -> None:
        self.method = method
        self.path, _, self._query = target.partition("?")
        self.headers = headers
        self.keeps_alive = headers.get("connection", "").lower() != "close"

    @property
    def query(self) -> dict[str, str]:
        """Give the decoded parameters; of a repeated one the last."""
        return dict(self.pairs)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Give the decoded parameters as they came."""
        return parse_qsl(self._query, keep_blank_values=True)


def read_head(stream: Reader) -> Head | None:
    """Read a request's head; None when the client is gone.

    Raises:
        BadRequestError: It is not HTTP.
    """
    line = stream.readline(_LONGEST_LINE)
    if not line.strip():
        return None
    try:
        method, target, _version = line.decode("latin-1").split()
    except ValueError:
        raise BadRequestError from None
    headers: dict[str, str] = {}
    while (line := stream.readline(_LONGEST_LINE)) not in (b"\r\n", b"\n"):
        name, colon, text = line.decode("latin-1").partition(":")
        if not colon:
            raise BadRequestError
        headers[name.strip().lower()] = text.strip()
    return Head(method.upper(), target, headers)


class BodyStream:
    """The body that follows a head, of stated length or chunked."""

    def __init__(self, stream: Reader, head: Head, *, cut_at: int | None = None) -> None:
        self._stream = stream
        self._chunked = "chunked" in head.headers.get("transfer-encoding", "").lower()
        self._left = 0 if self._chunked else int(head.headers.get("content-length") or 0)
        self._ended = not self._chunked and self._left == 0
        self._until_cut = cut_at

    def readinto(self, buffer: memoryview, /) -> int:
        """Fill (part of) the buffer; 0 at the end."""
        if self._chunked and self._left == 0 and not self._ended:
            self._next_chunk()
        if self._ended:
            return 0
        wanted = min(len(buffer), self._left)
        if self._until_cut is not None:
            if self._until_cut == 0:
                raise CutError
            wanted = min(wanted, self._until_cut)
        got = self._stream.readinto(buffer[:wanted])
        if not got:
            raise BadRequestError  # the client went away in the middle of its request
        self._count(got)
        return got

    def _count(self, got: int) -> None:
        self._left -= got
        if self._until_cut is not None:
            self._until_cut -= got
        if self._left == 0:
            if self._chunked:
                self._stream.readline(8)
            else:
                self._ended = True

    def _next_chunk(self) -> None:
        size = self._stream.readline(_LONGEST_LINE).split(b";")[0].strip()
        try:
            self._left = int(size, 16)
        except ValueError:
            raise BadRequestError from None
        if self._left == 0:
            while self._stream.readline(_LONGEST_LINE).strip():
                pass
            self._ended = True


def send_answer(connection: socket.socket, head: Head, answer: Answer, *, cut_at: int | None = None) -> None:
    """Send an answer, or its first `cut_at` bytes.

    Raises:
        CutError: The cut was reached.
    """
    headers = {"Date": formatdate(usegmt=True), **answer.headers}  # as every origin server with a clock does
    body = answer.body
    if isinstance(body, bytes):
        body = _packed(body, head, headers)
        headers["Content-Length"] = str(len(body))
    elif isinstance(body, FilePart):
        count = body.path.stat().st_size - body.start if body.count is None else body.count
        headers["Content-Length"] = str(len(body.before) + count)
    elif body is not None:
        headers["Transfer-Encoding"] = "chunked"
    elif answer.status not in (204, 304):
        headers["Content-Length"] = "0"
    if not head.keeps_alive:
        headers["Connection"] = "close"
    first = _first_lines(answer.status, headers)
    if head.method == "HEAD" or body is None:
        connection.sendall(first)
    elif isinstance(body, bytes):
        _send_bytes(connection, first, body, cut_at=cut_at)
    elif isinstance(body, FilePart):
        _send_file(connection, first, body, cut_at=cut_at)
    else:
        _send_chunks(connection, first, body, cut_at=cut_at)


def _first_lines(status: int, headers: abc.Mapping[str, str]) -> bytes:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Status"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {text}" for name, text in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


def _packed(body: bytes, head: Head, headers: dict[str, str]) -> bytes:
    wanted = "gzip" in head.headers.get("accept-encoding", "")
    if not wanted or len(body) < _WORTH_PACKING or "json" not in headers.get("Content-Type", ""):
        return body
    headers["Content-Encoding"] = "gzip"
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def _send_bytes(connection: socket.socket, first: bytes, body: bytes, *, cut_at: int | None) -> None:
    if cut_at is not None and cut_at < len(body):
        connection.sendall(first + body[:cut_at])
        raise CutError
    connection.sendall(first + body)


def _send_file(connection: socket.socket, first: bytes, part: FilePart, *, cut_at: int | None) -> None:
    connection.sendall(first + part.before)
    count = part.count if cut_at is None else cut_at
    if count == 0:
        return  # socket.sendfile takes no zero
    with part.path.open("rb") as file:
        connection.sendfile(file, part.start, count)
    if cut_at is not None:
        raise CutError


def _send_chunks(
    connection: socket.socket, first: bytes, chunks: abc.Iterable[bytes], *, cut_at: int | None
) -> None:
    connection.sendall(first)
    sent = 0
    for chunk in chunks:
        if not chunk:
            continue
        if cut_at is not None and sent + len(chunk) > cut_at:
            connection.sendall(b"%x\r\n" % len(chunk) + chunk[: cut_at - sent])
            raise CutError
        connection.sendall(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        sent += len(chunk)
    connection.sendall(b"0\r\n\r\n")
