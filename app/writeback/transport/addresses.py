"""The address guard: no request leaves for a place this connection did not name beforehand.

Addresses come out of answers (`instance_url`, next page, download link), so they are hostile until
proved harmless. The authority is compared with one narrow grammar before any library parses it, so
that no two parsers can disagree about where a request goes. Nothing here resolves a name.
"""

import re
from urllib.parse import urlsplit

from writeback.errors import GuardError
from writeback.transport.policies import LABEL, HttpPolicy

_ADDRESS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<rest>[/?#].*)?", re.DOTALL
)
_HOST = re.compile(rf"{LABEL}(?:\.{LABEL})+")
_UNPRINTABLE = re.compile(r"[^\x21-\x7e]|\\")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")


def check_address(url: str, policy: HttpPolicy) -> str:
    """Give the address a request for `url` really goes to.

    For a real connection that is `url` itself. For a simulator it is the simulator's origin with the
    path and query of `url`: vendor clients insist on https and on the vendor's sign-in host.

    Raises:
        GuardError: `link.address_refused`, with the reason; nothing was sent.
    """
    scheme, authority, rest = _split(url)
    if policy.simulator_origin is not None:
        return _to_simulator(scheme, authority, rest, policy=policy, origin=policy.simulator_origin)
    if scheme != "https":
        raise _refusal(authority, "scheme")
    _check_host(_host_of(authority), policy)
    return url


def host_of(url: str) -> str:
    """Name the host of an address for a message; empty where there is none to name."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _split(url: str) -> tuple[str, str, str]:
    if _UNPRINTABLE.search(url):
        raise _refusal("", "characters")
    match = _ADDRESS.fullmatch(url)
    if match is None:
        raise _refusal("", "form")
    return match["scheme"].lower(), match["authority"].lower(), match["rest"] or "/"


def _to_simulator(scheme: str, authority: str, rest: str, *, policy: HttpPolicy, origin: str) -> str:
    own_scheme, _, own = origin.partition("://")
    is_own = authority == own and scheme in ("https", own_scheme)
    if not is_own:
        if scheme != "https":
            raise _refusal(authority, "scheme")
        _check_host(_host_of(authority), policy)
    path = rest.partition("#")[0]
    return f"{origin}{path if path.startswith('/') else '/' + path}"


def _host_of(authority: str) -> str:
    """Read the host out of an authority; userinfo, brackets and odd ports do not pass."""
    if "@" in authority:
        raise _refusal("", "userinfo")
    if authority.startswith("["):
        raise _refusal(authority, "ip_address")
    host, colon, port = authority.partition(":")
    if colon and port != "443":
        raise _refusal(host, "port")
    if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        raise _refusal(
            host, "ip_address"
        )  # 127.1, 2130706433, 0x7f.1: all of them are addresses to some parser
    if not _HOST.fullmatch(host):
        raise _refusal(host, "host")
    if any(label.startswith("xn--") for label in host.split(".")):
        raise _refusal(host, "foreign_script")
    return host


def _check_host(host: str, policy: HttpPolicy) -> None:
    if host in policy.allowed_hosts:
        return
    is_listed = any(
        pattern.startswith("*.") and host.endswith(pattern[1:]) for pattern in policy.allowed_hosts
    )
    if not is_listed:
        raise _refusal(host, "not_declared")
    if policy.pinned_host is not None and host != policy.pinned_host:
        raise _refusal(host, "not_the_org")


def _refusal(host: str, reason: str) -> GuardError:
    return GuardError("link.address_refused", host=host[:255], reason=reason)
