"""The envelope of $batch: MIME parts that each hold one HTTP request, or one answer.

CRLF on every line, the last one included: otherwise the server says *Stream was not readable*.
[execute-batch-operations]
"""

import hashlib
import re
from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback_dynamics.wire.answers import Answer

_BOUNDARY: Final = re.compile(r"boundary=(?:\"([^\"]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_STATUS: Final = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
_LINE: Final = b"\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One request inside a batch."""

    method: str
    address: str
    """Absolute path."""
    headers: tuple[tuple[str, str], ...]
    body: bytes


def pack(parts: abc.Sequence[Part]) -> tuple[str, bytes]:
    """Give boundary and body. The boundary is made of the content: the same parts give the same bytes."""
    rendered = [_rendered(part) for part in parts]
    boundary = "batch_" + hashlib.sha256(b"".join(rendered)).hexdigest()[:32]
    mark = b"--" + boundary.encode()
    body = b"".join(mark + _LINE + one + _LINE for one in rendered)
    return boundary, body + mark + b"--" + _LINE


def unpack(content_type: str, content: bytes) -> tuple[Answer | None, ...]:
    """Give the answers in their order; None for a part that cannot be read. Nothing where it is no batch."""
    match = _BOUNDARY.search(content_type)
    if match is None or not content_type.lower().lstrip().startswith("multipart/mixed"):
        return ()
    mark = b"--" + (match[1] or match[2]).encode()
    pieces = (_LINE + content).split(_LINE + mark)
    return tuple(_answer(piece) for piece in pieces[1:] if not piece.startswith(b"--") and piece.strip())


def _rendered(part: Part) -> bytes:
    head = "".join(f"{name}: {value}\r\n" for name, value in part.headers)
    return (
        "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        f"{part.method} {part.address} HTTP/1.1\r\n{head}\r\n"
    ).encode() + part.body


def _answer(piece: bytes) -> Answer | None:
    _mime, _, message = piece.partition(_LINE * 2)
    head, _, body = message.partition(_LINE * 2)
    status, *lines = head.split(_LINE)
    match = _STATUS.match(status)
    if match is None:
        return None
    return Answer(int(match[1]), body.removesuffix(_LINE), dict(_headers(lines)))


def _headers(lines: abc.Iterable[bytes]) -> abc.Iterator[tuple[str, str]]:
    for line in lines:
        name, colon, value = line.partition(b":")
        if colon:
            yield name.decode("latin-1").strip().lower(), value.decode("latin-1").strip()
