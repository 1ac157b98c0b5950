"""Zoho's data centres: the fixed lists that every address out of an answer is held against.

An address on this computer is let through as well: that is a simulator, and the transport refuses it on
every connection that is not one.
"""

from collections import abc
from typing import Final
from urllib.parse import urlsplit

_ENDINGS: Final[abc.Mapping[str, str]] = {
    "us": "com",
    "eu": "eu",
    "in": "in",
    "au": "com.au",
    "jp": "jp",
    "cn": "com.cn",
    "sa": "sa",
    "uk": "uk",
    "ca": "ca",
}
ACCOUNTS: Final[abc.Mapping[str, str]] = {
    place: "https://accounts.zohocloud.ca" if place == "ca" else f"https://accounts.zoho.{ending}"
    for place, ending in _ENDINGS.items()
}
"""Data centre → where its users sign in."""
API: Final[abc.Mapping[str, str]] = {
    place: f"https://www.zohoapis.{ending}" for place, ending in _ENDINGS.items()
}
"""Data centre → where its API is."""
UPLOADS: Final = ("content", "upload")
"""Which host takes files: the documentation names `content.zohoapis`, the example files `upload.zoho`."""
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def accounts_server(text: str) -> str | None:
    """Give a sign-in server's origin if it is one of Zoho's; None otherwise."""
    return _one_of(text, ACCOUNTS.values())


def api_domain(text: str) -> str | None:
    """Give an API's origin if it is one of Zoho's; None otherwise."""
    return _one_of(text, API.values())


def accounts_of(api: str) -> str | None:
    """Give the sign-in server that belongs to an API's origin; None for one that is none of Zoho's."""
    return next((ACCOUNTS[place] for place, origin in API.items() if origin == api), None)


def upload_origin(api: str, *, host: str) -> str:
    """Give the origin that takes files for an API's origin.

    Args:
        api: The connection's origin.
        host: `content` or `upload`.
    """
    ending = api.partition("://www.zohoapis.")[2]
    if not ending:
        return api
    return f"https://content.zohoapis.{ending}" if host == "content" else f"https://upload.zoho.{ending}"


def _one_of(text: str, known: abc.Iterable[str]) -> str | None:
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        return None
    is_bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password)
    if not is_bare or parts.scheme not in ("https", "http") or not parts.hostname:
        return None
    origin = f"{parts.scheme}://{parts.netloc.lower()}"
    if origin in known:
        return origin
    return origin if parts.hostname in _LOOPBACK and port else None
