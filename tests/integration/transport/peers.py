"""A peer on loopback that behaves as a test says: the bad servers of the real world, byte by byte."""

import contextlib
import socket
import ssl
import struct
import threading
from collections import abc
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heard:
    """A request as it came in."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


Behaviour = abc.Callable[["Talk"], None]


@dataclass
class Talk:
    """One connection, seen from the peer."""

    link: socket.socket
    peer: "Peer"

    def hear(self) -> Heard | None:
        """Read one whole request; None when the other side is gone."""
        data = b""
        while b"\r\n\r\n" not in data:
            piece = self.link.recv(65536)
            if not piece:
                return None
            data += piece
            self.peer.received += len(piece)
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        missing = int(headers.get("content-length", "0")) - len(body)
        while missing > 0:
            piece = self.link.recv(65536)
            if not piece:
                return None
            body += piece
            self.peer.received += len(piece)
            missing -= len(piece)
        if headers.get("transfer-encoding") == "chunked":
            while not body.endswith(b"0\r\n\r\n"):
                piece = self.link.recv(65536)
                if not piece:
                    return None
                body += piece
                self.peer.received += len(piece)
        heard = Heard(method, target, headers, body)
        self.peer.heard.append(heard)
        return heard

    def say(self, status: int = 200, body: bytes = b"{}", **headers: str) -> None:
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.link.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    def reset(self) -> None:
        """Close with RST, as a crashed or overloaded server does."""
        self.link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.link.close()


@dataclass
class Peer:
    """Listens; each connection is handled by `behave` in a thread."""

    behave: Behaviour
    tls: ssl.SSLContext | None = None
    heard: list[Heard] = field(default_factory=list)
    received: int = 0
    connections: int = 0
    port: int = 0
    closing: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> "Peer":
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.port = int(self._listener.getsockname()[1])
        self._start(self._accept)
        return self

    def __exit__(self, *exc: object) -> None:
        self.closing.set()
        self._listener.close()
        for thread in self.threads:
            thread.join(5)

    @property
    def origin(self) -> str:
        return f"{'https' if self.tls else 'http'}://{'localhost' if self.tls else '127.0.0.1'}:{self.port}"

    @property
    def methods(self) -> list[str]:
        return [heard.method for heard in self.heard]

    def _start(self, target: abc.Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self.threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                link, _ = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            self.connections += 1
            self._start(self._talk, link)

    def _talk(self, link: socket.socket) -> None:
        link.settimeout(5)
        with contextlib.suppress(OSError), contextlib.closing(link):
            if self.tls is not None:
                link = self.tls.wrap_socket(link, server_side=True)
            with contextlib.closing(link):
                self.behave(Talk(link, self))


def answering(*answers: tuple[int, bytes] | tuple[int, bytes, dict[str, str]]) -> Behaviour:
    """Answer one request after the other, over all connections; the last answer repeats."""
    queue = list(answers)

    def behave(talk: Talk) -> None:
        while talk.hear() is not None:
            answer = queue.pop(0) if len(queue) > 1 else queue[0]
            talk.say(answer[0], answer[1], **(answer[2] if len(answer) == 3 else {}))

    return behave
