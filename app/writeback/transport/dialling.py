"""Lines that are no HTTP, such as mail's: to one host, encrypted by our own context, cut when time is over.

Who is handed a `Dialling` can reach the one host that a person named, and nothing else. `hang_up` closes
every line at once, from another thread: whoever waits on one gets an error.
"""

import contextlib
import re
import socket
import ssl
import threading
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from writeback.errors import GuardError, LinkLostError
from writeback.transport.adapters import tls_context
from writeback.transport.policies import LABEL, LOOPBACK
from writeback.transport.translating import reason_of

_HOST: Final = re.compile(rf"{LABEL}(?:\.{LABEL})*")
CONNECT_S: Final = 10.0


class Dialling:
    """Opens lines to one host, and encrypts them."""

    def __init__(self, host: str, *, ca_file: Path | None = None, wait_s: float = CONNECT_S) -> None:
        """Take the host that a person named.

        Raises:
            GuardError: It is no host name.
            ConfigurationError: The CA file cannot be used.
        """
        self._host = host.lower()
        if self._host not in LOOPBACK and not _HOST.fullmatch(self._host):
            raise GuardError("link.address_refused", host=host[:255], reason="host")
        self._tls = tls_context(ca_file)
        self._wait_s = wait_s
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._is_over = False

    @property
    def is_loopback(self) -> bool:
        """Say whether the host is this machine."""
        return self._host in LOOPBACK

    def __call__(self, port: int, *, is_encrypted: bool) -> socket.socket:
        """Give a connected line; see `sdk.channels.Dial`.

        Raises:
            LinkLostError: Nobody answered, the certificate is not the host's, or the time is over.
            GuardError: The port is none, or a loopback name led elsewhere.
        """
        if not 0 < port < 65536:
            raise GuardError("link.address_refused", host=self._host, reason="port")
        try:
            line = socket.create_connection((self._host, port), timeout=self._wait_s)
            self.keep(line)
            self._refuse_elsewhere(line)
        except (OSError, UnicodeError) as error:
            raise LinkLostError("link.lost", host=self._host, reason=_reason(error)) from None
        return self.wrap_socket(line) if is_encrypted else line

    def wrap_socket(self, line: socket.socket, server_hostname: str = "") -> socket.socket:
        """Encrypt an open line, as `ssl.SSLContext` does, and hold the certificate against our host alone.

        Raises:
            LinkLostError: The certificate is not the host's, or the other side speaks no TLS.
        """
        del server_hostname
        try:
            encrypted = self._tls.wrap_socket(line, server_hostname=self._host)
            self.keep(encrypted)
        except (OSError, UnicodeError) as error:
            raise LinkLostError("link.lost", host=self._host, reason=_reason(error)) from None
        return encrypted

    def hang_up(self) -> None:
        """Close every line; none is opened any more."""
        with self._lock:
            self._is_over = True
            for line in self._open:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
                line.close()
            self._open.clear()

    def keep(self, line: socket.socket) -> None:
        """Close this line too when the time is over.

        Raises:
            TimeoutError: It is over already.
        """
        with self._lock:
            if not self._is_over:
                self._open.append(line)
                return
        line.close()
        raise TimeoutError

    def _refuse_elsewhere(self, line: socket.socket) -> None:
        peer = str(line.getpeername()[0]).partition("%")[0]
        if self.is_loopback and not ip_address(peer).is_loopback:
            raise GuardError("link.address_refused", host=self._host, reason="not_loopback")


def _reason(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "name"
    return "certificate" if isinstance(error, ssl.CertificateError) else reason_of(error)
