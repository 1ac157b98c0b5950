"""A mail server on loopback: SMTP with STARTTLS, TLS and a sign-in, that behaves as a test says."""

import base64
import contextlib
import socket
import ssl
import threading
from collections import abc
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Received:
    """One message that was taken."""

    sender: str
    recipients: list[str]
    data: bytes
    is_encrypted: bool
    user: str

    @property
    def message(self) -> EmailMessage:
        found = message_from_bytes(self.data, policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found


@dataclass
class MailServer:
    """Listens; one thread a line."""

    tls: ssl.SSLContext | None = None
    is_tls_at_once: bool = False
    offers_starttls: bool = True
    password: str = ""
    """Of the user `ada`; '': no sign-in is offered."""
    answers: dict[str, str] = field(default_factory=dict)
    """Instead of the usual answer to a verb: MAIL, RCPT, DATA, END; `hang` says nothing, `cut` closes."""
    at_rcpt: dict[str, str] = field(default_factory=dict)
    """Instead of the usual answer to one recipient."""
    received: list[Received] = field(default_factory=list)
    verbs: list[str] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "MailServer":
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._threads: list[threading.Thread] = []
        self._lines: list[socket.socket] = []
        accepting = threading.Thread(target=self._accept, daemon=True)
        accepting.start()
        self._threads.append(accepting)
        return self

    def __exit__(self, *_error: object) -> None:
        self.release.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(line,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: socket.socket) -> None:
        line.settimeout(5)
        with contextlib.suppress(OSError, EOFError):
            if self.is_tls_at_once and self.tls is not None:
                line = self.tls.wrap_socket(line, server_side=True)
            _Talk(self, line, is_encrypted=self.is_tls_at_once).run()
        with contextlib.suppress(OSError):
            line.close()


class _Talk:
    def __init__(self, server: MailServer, line: socket.socket, *, is_encrypted: bool) -> None:
        self.server, self.line, self.is_encrypted = server, line, is_encrypted
        self.file = line.makefile("rb")
        self.sender, self.recipients, self.user = "", list[str](), ""

    def run(self) -> None:
        self.say("220 mail.test ready")
        while True:
            text = self.hear()
            verb = text.split(":")[0].split(" ")[0].upper()
            self.server.verbs.append(verb)
            if verb == "QUIT":
                self.say("221 bye")
                break
            answer = getattr(self, f"on_{verb.lower()}", self.on_other)(text)
            self.answer(verb, answer)
        self.close()

    def close(self) -> None:
        self.file.close()
        with contextlib.suppress(OSError):
            self.line.close()

    def hear(self) -> str:
        line = self.file.readline()
        if not line:
            self.close()
            raise EOFError
        return line.decode("latin-1").rstrip("\r\n")

    def say(self, text: str) -> None:
        self.line.sendall(text.encode() + b"\r\n")

    def answer(self, verb: str, usual: str) -> None:
        told = self.server.answers.get(verb, usual)
        if told == "hang":
            self.server.release.wait(20)
        if told in ("hang", "cut"):
            self.close()
            raise EOFError
        if told:
            self.say(told)

    def on_ehlo(self, _text: str) -> str:
        more = ["250-mail.test"]
        if self.server.tls is not None and not self.is_encrypted and self.server.offers_starttls:
            more.append("250-STARTTLS")
        if self.server.password:
            more.append("250-AUTH PLAIN")
        return "\r\n".join([*more, "250 HELP"])

    def on_starttls(self, _text: str) -> str:
        self.say("220 go ahead")
        assert self.server.tls is not None
        self.file.close()
        self.line = self.server.tls.wrap_socket(self.line, server_side=True)
        self.file = self.line.makefile("rb")
        self.is_encrypted = True
        return ""

    def on_auth(self, text: str) -> str:
        _, user, password = base64.b64decode(text.split(" ")[2]).decode().split("\0")
        if (user, password) != ("ada", self.server.password):
            return "535 5.7.8 Error: authentication failed"
        self.user = user
        return "235 2.7.0 Authentication successful"

    def on_mail(self, text: str) -> str:
        self.sender, self.recipients = _inside(text), []
        return "250 2.1.0 Ok"

    def on_rcpt(self, text: str) -> str:
        if _inside(text).startswith("nobody@"):
            return "550 5.1.1 No such user"
        if _inside(text) in self.server.at_rcpt:
            return self.server.at_rcpt[_inside(text)]
        self.recipients.append(_inside(text))
        return "250 2.1.5 Ok"

    def on_data(self, _text: str) -> str:
        refused = self.server.answers.get("DATA")
        if refused:
            return refused
        self.say("354 End data with <CR><LF>.<CR><LF>")
        lines: abc.MutableSequence[bytes] = []
        while (line := self.file.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.received.append(
            Received(self.sender, self.recipients, b"".join(lines), self.is_encrypted, self.user)
        )
        self.answer("END", "250 2.0.0 Ok: queued as 4711")
        return ""

    def on_other(self, _text: str) -> str:
        return "502 5.5.2 Error: command not recognized"


def _inside(text: str) -> str:
    return text.partition("<")[2].partition(">")[0]
