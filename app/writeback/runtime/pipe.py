"""The codec of the pipe between a window and `writeback serve`: one JSON object a line, ≤ 1 MiB.

Window → serve: `{"id","call","args","deadline_s"}` and `{"cancel": id}`.
Serve → window: `{"hello": {"protocol","schema","pid"}}` first, then `{"id","ok"|"error","seq"}`,
and events `{"event": "calling","plugin","id"}` and `{"event": "journal","seq"}`.
"""

import threading
from typing import Any, BinaryIO

import orjson

from writeback.errors import InternalError

PROTOCOL = 1
LINE_MOST = 1024 * 1024

Message = dict[str, Any]


def encode(message: Message) -> bytes:
    """Give the line of one message.

    Raises:
        InternalError: It is longer than the pipe takes; large answers belong into the workspace.
    """
    line = orjson.dumps(message) + b"\n"
    if len(line) > LINE_MOST:
        raise InternalError("pipe.too_long", most=LINE_MOST, given=len(line))
    return line


def decode(line: bytes) -> Message:
    """Give the message of one line.

    Raises:
        InternalError: It is no JSON object or too long.
    """
    if len(line) > LINE_MOST:
        raise InternalError("pipe.too_long", most=LINE_MOST, given=len(line))
    try:
        message = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise InternalError("pipe.not_json") from None
    if not isinstance(message, dict):
        raise InternalError("pipe.not_json")
    return message


class LineWriter:
    """Writes whole lines from any thread."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, message: Message) -> None:
        """Write one message at once. Raises BrokenPipeError when nobody reads any more."""
        line = encode(message)
        with self._lock:
            self._stream.write(line)
            self._stream.flush()


def read_line(stream: BinaryIO) -> bytes:
    """Read one line; b"" at the end. A line over the limit is read to its end and refused by `decode`."""
    line = stream.readline(LINE_MOST + 1)
    while line and not line.endswith(b"\n"):
        more = stream.readline(LINE_MOST + 1)
        if not more:
            break
        line = line[: LINE_MOST + 1] + more[-1:]
    return line
