"""Put a simulator on a port of 127.0.0.1, in this process, and act out the faults of the wire.

A thread per connection. Never listens on anything but loopback.
"""

import contextlib
import errno
import io
import logging
import os
import socket
import ssl
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType

from writeback.errors import ConfigurationError
from writeback.sdk.simulator.certificates import issue_certificates
from writeback.sdk.simulator.doors import PREFIX, control
from writeback.sdk.simulator.faults import Fault
from writeback.sdk.simulator.messages import Answer, Body, Crm, Request
from writeback.sdk.simulator.telling import utc_now
from writeback.sdk.simulator.wiring import (
    BadRequestError,
    BodyStream,
    CutError,
    Head,
    Reader,
    read_head,
    send_answer,
)

_log = logging.getLogger(__name__)


class Running:
    """A simulator that is being served; a context manager that closes it."""

    def __init__(
        self, crm: Crm, listener: socket.socket, *, tls: ssl.SSLContext | None, ca: Path | None
    ) -> None:
        self.crm = crm
        self.token = crm.token
        self.credentials = crm.credentials
        self.ca = ca
        self.port: int = listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://{'localhost' if tls else '127.0.0.1'}:{self.port}"
        self._listener = listener
        self._tls = tls
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        crm.started(self.url)
        self._accepting = threading.Thread(target=self._accept, name=f"simulator-{self.port}", daemon=True)
        self._accepting.start()

    def __enter__(self) -> "Running":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening, cut what is open, close the simulator. May be called twice."""
        if self._closed.is_set():
            return
        self._closed.set()
        _hang_up(self._listener)
        self._accepting.join(timeout=5)
        with self._lock:
            still_open = list(self._open)
        for connection in still_open:
            _shut(connection)  # its own thread closes it: a number given back here could be another's by then
        self.crm.close()

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                connection, _address = self._listener.accept()
            except OSError:
                if self._closed.is_set():
                    return
                time.sleep(0.05)  # out of descriptors: others will be closed
                continue
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, plain: socket.socket) -> None:
        connection = plain
        with self._lock:
            self._open.add(plain)
        try:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tls is not None:
                connection = self._tls.wrap_socket(plain, server_side=True)
                with self._lock:
                    self._open.add(connection)
            with io.BufferedReader(socket.SocketIO(connection, "r"), 1 << 16) as stream:
                while not self._closed.is_set() and (head := read_head(stream)) is not None:
                    if not _Exchange(self.crm, connection, head).go(stream):
                        break
        except (OSError, BadRequestError, CutError, ValueError):
            pass  # the client went away, sent no HTTP, or a fault cut the line: nothing to answer
        finally:
            with self._lock:
                self._open -= {plain, connection}
            _hang_up(connection)


class _Exchange:
    """One request and its answer, with the faults that befall them."""

    def __init__(self, crm: Crm, connection: socket.socket, head: Head) -> None:
        self._crm = crm
        self._connection = connection
        self._head = head

    def go(self, stream: Reader) -> bool:
        """Answer; say whether the connection stays open."""
        head = self._head
        if head.headers.get("expect", "").lower() == "100-continue":
            self._connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        if head.path.startswith(PREFIX):
            request = self._request(stream, cut_at=None)
            send_answer(self._connection, head, control(self._crm, request))
            return self._ready_for_next(request)
        told = {"at": time.time_ns() // 1_000_000, "method": head.method, "path": head.path}
        upload_cut = self._fault_bytes("cut_upload")
        request = self._request(stream, cut_at=upload_cut)
        seen = self._crm.requests.saw(self._crm.kind(request), told, headers=head.headers)
        answer = self._answered(request)
        seen["status"] = answer.status
        if self._fault("cut_after"):
            raise CutError
        send_answer(self._connection, head, answer, cut_at=self._fault_bytes("cut_download"))
        return self._ready_for_next(request)

    def _answered(self, request: Request) -> Answer:
        late = self._fault("latency")
        if late is not None:
            time.sleep(late.number("seconds", 0.1))
        if self._fault("cut_before"):
            request.body.read()
            raise CutError
        head = self._head
        throttled = self._crm.faults.throttled(time.monotonic(), method=head.method, path=head.path)
        if throttled is not None:
            if throttled.came_too_soon:
                self._crm.requests.came_too_soon()
            return self._crm.refuse("throttle", after=throttled.wait if throttled.states_wait else None)
        refused = self._fault("status")
        if refused is not None:
            status = int(refused.number("status", 503))
            return self._crm.refuse("status", status=status, form=refused.text("form", "json"))
        try:
            return self._crm.answer(request)
        except (CutError, BadRequestError, OSError):
            raise
        except Exception:  # noqa: BLE001  a bug of a simulator is a 500, as a vendor's is
            _log.exception("the simulator failed at %s %s", request.method, request.path)
            return self._crm.refuse("status", status=500)

    def _request(self, stream: Reader, *, cut_at: int | None) -> Request:
        head = self._head
        encoding = head.headers.get("content-encoding", "")
        body = Body(BodyStream(stream, head, cut_at=cut_at), encoding=encoding)
        pairs = head.pairs
        return Request(head.method, head.path, dict(pairs), head.headers, body, pairs)

    def _ready_for_next(self, request: Request) -> bool:
        request.body.discard(memoryview(bytearray(1 << 16)))
        return self._head.keeps_alive

    def _fault(self, kind: str) -> Fault | None:
        return self._crm.faults.take(kind, method=self._head.method, path=self._head.path)

    def _fault_bytes(self, kind: str) -> int | None:
        fault = self._fault(kind)
        return None if fault is None else int(fault.number("bytes", 1000))


def serve(crm: Crm, *, port: int = 0, https: bool = False, folder: Path | None = None) -> Running:
    """Serve a simulator on 127.0.0.1 until the answer is closed; port 0 takes a free one.

    Args:
        crm: The simulator.
        port: Where to listen.
        https: Speak TLS with a certificate of a throw-away authority (`Running.ca`).
        folder: Where the certificates go; a new temporary folder when left out.

    Raises:
        ConfigurationError: Somebody else listens on that port (`simulator.port_taken`).
    """
    tls, ca = None, None
    if https:
        places = issue_certificates(folder or Path(tempfile.mkdtemp(prefix="simulator-")), now=utc_now())
        tls, ca = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), places.ca
        tls.load_cert_chain(places.server)
    return Running(crm, _listen(port), tls=tls, ca=ca)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere it would let two programs share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise ConfigurationError("simulator.port_taken", port=port) from None
        raise
    listener.listen(128)
    return listener


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the other side was faster
        connection.shutdown(socket.SHUT_RDWR)


def _hang_up(connection: socket.socket) -> None:
    _shut(connection)
    connection.close()
