"""Requests, answers, and the shape of a simulator.

A body is read when the simulator asks for it, whole or as a stream, so that a hundred megabytes can be
thrown away as they come. Must not know sockets.
"""

import gzip
import hashlib
import io
from collections import abc
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import orjson

from writeback.sdk.simulator.applied import AppliedLog
from writeback.sdk.simulator.faults import Faults
from writeback.sdk.simulator.telling import Requests


class Stream(Protocol):
    """The bytes of a body, as they come."""

    def readinto(self, buffer: memoryview, /) -> int:
        """Fill (part of) the buffer; 0 at the end."""


class Body:
    """The body of one request."""

    def __init__(self, stream: Stream, *, encoding: str = "") -> None:
        self._stream = stream
        self._encoding = encoding
        self._digest = hashlib.sha256()
        self._whole: bytes | None = None

    @classmethod
    def of(cls, data: bytes) -> "Body":
        """Make a body of bytes that are there already."""
        body = cls(_Bytes(data))
        body.read()
        return body

    @property
    def sha256(self) -> str:
        """Give the digest of the bytes received so far (as received: still compressed)."""
        return self._digest.hexdigest()

    def read(self) -> bytes:
        """Read all of it, unpacked."""
        if self._whole is None:
            data = b"".join(bytes(chunk) for chunk in self.chunks())
            self._whole = gzip.decompress(data) if self._encoding == "gzip" and data else data
        return self._whole

    def chunks(self, size: int = 1 << 18) -> abc.Iterator[memoryview]:
        """Give the raw bytes as they come; each piece is valid until the next one is asked for."""
        buffer = memoryview(bytearray(size))
        while got := self._stream.readinto(buffer):
            self._digest.update(buffer[:got])
            yield buffer[:got]

    def discard(self, buffer: memoryview) -> int:
        """Throw away what is left, without looking, and say how many bytes there were."""
        total = 0
        while got := self._stream.readinto(buffer):
            total += got
        return total

    def count(self, wanted: bytes, buffer: bytearray) -> tuple[int, bytes]:
        """Throw away what is left; say how often one byte occurred in it, and give the first 4 kB."""
        total, first, view = 0, b"", memoryview(buffer)
        while got := self._stream.readinto(view):
            total += buffer.count(wanted, 0, got)
            if len(first) < 4096:
                first += bytes(view[: min(got, 4096 - len(first))])
        return total, first


@dataclass(slots=True)
class Request:
    """What a client asked."""

    method: str
    path: str  # percent-encoded, without the query
    query: abc.Mapping[str, str]
    headers: abc.Mapping[str, str]  # names in lower case
    body: Body = field(default_factory=lambda: Body.of(b""))
    pairs: abc.Sequence[tuple[str, str]] = ()  # the query as it came: in order, names repeated


@dataclass(frozen=True, slots=True)
class FilePart:
    """Bytes of a file, to be sent by the operating system."""

    path: Path
    start: int = 0
    count: int | None = None  # None is up to its end
    before: bytes = b""  # sent first


@dataclass(slots=True)
class Answer:
    """What the client gets. An iterable is sent chunked; None is no body at all."""

    status: int
    body: bytes | FilePart | abc.Iterable[bytes] | None = None
    headers: dict[str, str] = field(default_factory=dict)


class Crm(Protocol):
    """A simulated CRM, as the chassis sees it."""

    token: str  # the bearer token of the first sign-in; opens the control door
    credentials: abc.Mapping[str, str]  # what else signs in here (client_id, refresh_token, …); may be empty
    faults: Faults
    applied: AppliedLog
    requests: Requests

    def kind(self, request: Request) -> str:
        """Name what is asked, for counting."""

    def answer(self, request: Request) -> Answer:
        """Do what is asked. Called from many threads at once."""

    def refuse(
        self, kind: str, *, after: float | None = None, status: int = 503, form: str = "json"
    ) -> Answer:
        """Give the vendor's own refusal: `throttle` (wait `after` seconds, if stated) or `status`."""

    def edit(self, object_name: str, record_id: str, fields: abc.Mapping[str, object]) -> None:
        """Change a record as somebody else would.

        Raises:
            ConfigurationError: There is no such record or field.
        """

    def started(self, url: str) -> None:
        """Take note of the address the simulator is served at."""

    def close(self) -> None:
        """Stop what runs and close what is open."""


def json_answer(value: object, *, status: int = 200) -> Answer:
    """Make a JSON answer."""
    return Answer(status, orjson.dumps(value), {"Content-Type": "application/json;charset=UTF-8"})


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self._file = io.BytesIO(data)

    def readinto(self, buffer: memoryview, /) -> int:
        return self._file.readinto(buffer)
