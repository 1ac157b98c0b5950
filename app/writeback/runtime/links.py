"""Links to places in the window: `writeback://job/118`, `writeback://record/account/r42`, `writeback://screen/jobs`.

A link navigates and does nothing else. It may come from anywhere (a mail, a web page, another program),
so whatever is not exactly of this form is refused, and none of it is ever a path, a command or markup.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from writeback.errors import ConfigurationError

SCHEME: Final = "writeback"
LONGEST: Final = 512
KINDS: Final = {"screen": 1, "job": 1, "record": 2, "segment": 1, "audit": 1}
"""What can be linked to, and of how many parts its address consists."""

_PLAIN: Final = re.compile(r"(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+")


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A place in the window."""

    kind: str
    """One of `KINDS`."""
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return "/".join((f"{SCHEME}:/", self.kind, *(quote(part, safe="") for part in self.parts)))


def read_link(text: str) -> PlaceLink:
    """Read a link.

    Raises:
        ConfigurationError: `place.unreadable`: it is none of ours.
    """
    said = text.strip()
    scheme, mark, rest = said[: LONGEST + 1].partition("://")
    kind, *parts = rest.removesuffix("/").split("/")
    kind = kind.lower()  # a browser writes the host of an address in small letters
    if (
        len(said) > LONGEST
        or (scheme.lower(), mark) != (SCHEME, "://")
        or KINDS.get(kind) != len(parts)
        or not all(_PLAIN.fullmatch(part) for part in parts)
    ):
        raise ConfigurationError("place.unreadable", link=_shown(said))
    try:
        return PlaceLink(kind, tuple(_decoded(part) for part in parts))
    except ValueError:
        raise ConfigurationError("place.unreadable", link=_shown(said)) from None


def _decoded(part: str) -> str:
    said = unquote_to_bytes(part).decode("utf-8")
    if not said.isprintable():
        raise ValueError
    return said


def _shown(text: str) -> str:
    """Give a stranger's text as it may be said back: short, in printable characters."""
    return text[:80].encode("ascii", "backslashreplace").decode("ascii")
