"""Measure work in child processes by the operating system's own account.

Knows nothing of what is measured.
"""

import os
import socket
import statistics
import time
from collections import abc
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from writeback.errors import InternalError

BUFFER = 1 << 20
MEGABYTE = 1024 * 1024
FLOOR_MB_S = 150.0
"""A floor slower than this is no floor: the machine is busy, and no ratio is printed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a child process cost."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def run_child(command: abc.Sequence[str], *, log: Path, home: Path | None = None) -> Cost:
    """Run a command to its end; its output goes to `log`.

    Args:
        command: What is run.
        log: Where its words go.
        home: The data folder that it is told; None: the person's own.

    Raises:
        InternalError: It failed; the log says why.
    """
    with log.open("ab") as output:
        started = time.perf_counter()
        actions = [
            (os.POSIX_SPAWN_DUP2, output.fileno(), 1),
            (os.POSIX_SPAWN_DUP2, output.fileno(), 2),
        ]
        told = dict(os.environb) | ({} if home is None else {b"WRITEBACK_DATA_DIR": os.fsencode(home)})
        pid = os.posix_spawn(command[0], list(command), told, file_actions=actions)
        _, status, usage = os.wait4(pid, 0)
        seconds = time.perf_counter() - started
    if status:
        raise InternalError("bench.child_failed", status=os.waitstatus_to_exitcode(status), log=str(log))
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@dataclass(frozen=True, slots=True)
class Transfer:
    """The bytes of one cycle: what goes up, and which answers come down."""

    url: str
    headers: tuple[tuple[str, str], ...]
    """Of every request."""
    up_headers: tuple[tuple[str, str], ...]
    """Of the upload alone."""
    up_path: str
    up_file: Path
    down_paths: tuple[str, ...]


def floor(transfer: Transfer) -> tuple[float, int]:
    """Move the same bytes in a bare loop that parses nothing: `sendfile` up, `recv_into` down.

    Gives seconds and bytes.

    Raises:
        InternalError: The other side did not take or give what was agreed.
    """
    parts = urlsplit(transfer.url)
    started = time.perf_counter()
    with socket.create_connection((parts.hostname or "", parts.port or 80)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        size = transfer.up_file.stat().st_size
        _ask(
            line,
            "PUT",
            transfer.up_path,
            (*transfer.headers, *transfer.up_headers, ("Content-Length", str(size))),
        )
        with transfer.up_file.open("rb") as file:
            line.sendfile(file)
        moved = size + _drain(line)
        for path in transfer.down_paths:
            _ask(line, "GET", path, transfer.headers)
            moved += _drain(line)
    return time.perf_counter() - started, moved


def _ask(line: socket.socket, method: str, path: str, headers: abc.Iterable[tuple[str, str]]) -> None:
    address = "{}:{}".format(*line.getpeername())
    told = "".join(f"{name}: {value}\r\n" for name, value in (("Host", address), *headers))
    line.sendall(f"{method} {path} HTTP/1.1\r\n{told}\r\n".encode())


def _drain(line: socket.socket) -> int:
    """Read one answer with a stated length, or none, and throw it away."""
    head = b""
    while b"\r\n\r\n" not in head:
        got = line.recv(BUFFER)
        if not got:
            raise InternalError("bench.floor_cut")
        head += got
    head, _, body = head.partition(b"\r\n\r\n")
    if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201", b"HTTP/1.1 204")):
        raise InternalError("bench.floor_refused", answer=head[:80].decode("latin-1"))
    length = 0
    for header in head.split(b"\r\n")[1:]:
        name, _, value = header.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    left = length - len(body)
    buffer = memoryview(bytearray(BUFFER))
    while left > 0:
        got_now = line.recv_into(buffer)
        if not got_now:
            raise InternalError("bench.floor_cut")
        left -= got_now
    return length


def median(values: abc.Iterable[float]) -> float:
    """Give the median, rounded to a thousandth."""
    return round(statistics.median(values), 3)


def ratio(seconds: float, *, floor_seconds: float, moved: int) -> float | None:
    """Give how many floors a workload took; None where the floor moved so little that it is none."""
    if moved / MEGABYTE / floor_seconds < FLOOR_MB_S:
        return None
    return round(seconds / floor_seconds, 2)
