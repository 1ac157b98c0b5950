"""What one connection may do on the network: hosts, certificates, proxy, time limits.

A value, checked when it is made. It opens nothing and looks nothing up.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from writeback.errors import ConfigurationError

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_PATTERN = re.compile(rf"(?:\*\.)?{LABEL}(?:\.{LABEL})+")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names of this very machine."""


@dataclass(frozen=True, slots=True)
class LimitSign:
    """How a CRM says *slow down* without saying 429: a status and a word in the body."""

    status: int
    word: bytes


@dataclass(frozen=True, slots=True)
class HttpPolicy:
    """The rules of one connection's HTTP.

    `allowed_hosts` holds names (`login.example.com`) and patterns (`*.my.example.com`). Once
    `pinned_host` is known, a pattern admits that host alone; plain names stay admitted, because
    sign-in and refresh live there. `simulator_origin` makes the connection a *simulator* one: every
    request goes to that loopback origin and nowhere else. There is no other way to get plain http,
    and no way to switch verification off.
    """

    allowed_hosts: tuple[str, ...]
    pinned_host: str | None = None
    simulator_origin: str | None = None
    ca_file: Path | None = None
    """Certificates to trust instead of the bundled ones."""
    proxy: str | None = field(default=None, repr=False)
    """Never used for a simulator. May hold a password, so it is not shown."""
    limit_signs: tuple[LimitSign, ...] = ()
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 120.0

    def __post_init__(self) -> None:
        for pattern in self.allowed_hosts:
            check_pattern(pattern)
        if self.pinned_host is not None and not _PATTERN.fullmatch(self.pinned_host):
            raise ConfigurationError("link.pinned_host", host=self.pinned_host)
        if self.simulator_origin is not None:
            check_simulator_origin(self.simulator_origin)

    @property
    def is_simulator(self) -> bool:
        """Whether all requests go to a loopback simulator."""
        return self.simulator_origin is not None


def check_pattern(pattern: str) -> None:
    """Refuse a host pattern that would admit a whole top-level domain, an address or nonsense.

    Raises:
        ConfigurationError: It is no host name of two labels, nor `*.` before one.
    """
    last = pattern.rpartition(".")[2]
    if not _PATTERN.fullmatch(pattern) or last.isdigit():
        raise ConfigurationError("link.host_pattern", pattern=pattern)


def check_simulator_origin(origin: str) -> None:
    """Refuse an endpoint that is not exactly `http(s)://<loopback>:<port>`.

    Raises:
        ConfigurationError: Another host, no port, or more than scheme, host and port.
    """
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        raise ConfigurationError("link.endpoint", endpoint=origin) from None
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    fits = parts.scheme in ("http", "https") and parts.hostname in LOOPBACK and port
    if not fits or origin != f"{parts.scheme}://{host}:{port}":
        raise ConfigurationError("link.endpoint", endpoint=origin)
