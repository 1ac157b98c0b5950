"""Cut a list into pages; the skip token is opaque to clients and bound to its query.

The token is the vendor's cookie: the number of the next page and the last row shown so far.
"""

import hashlib
import re
from collections import abc
from dataclasses import dataclass
from urllib.parse import quote, unquote

from writeback_dynamics.simulator.problems import bad_query

_COOKIE = re.compile(r'<cookie pagenumber="(\d+)" pagingcookie="([^"]*)" istracking="(True|False)" />')
_INNER = re.compile(
    r'<cookie page="\d+" query="(\w+)"><\w+ last="\{([0-9a-fA-F-]+)\}" first="[^"]*" /></cookie>'
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page starts."""

    page: int = 1
    last_id: str = ""  # of the page before
    is_tracking: bool = False


def digest(path: str, options: abc.Mapping[str, str]) -> str:
    """Give what a token is bound to: the address and every option but the token itself."""
    bound = sorted((name, text) for name, text in options.items() if name != "$skiptoken")
    return hashlib.sha256(repr((path, bound)).encode()).hexdigest()[:16]


def write_token(place: Place, key_column: str, *, first_id: str, bound_to: str) -> str:
    """Write the token of the page that starts there."""
    inner = (
        f'<cookie page="{place.page - 1}" query="{bound_to}"><{key_column} last="{{{place.last_id.upper()}}}"'
        f' first="{{{first_id.upper()}}}" /></cookie>'
    )
    written = quote(inner, safe="")
    return f'<cookie pagenumber="{place.page}" pagingcookie="{written}" istracking="{place.is_tracking}" />'


def read_token(text: str, bound_to: str) -> Place:
    """Read a token.

    Raises:
        Problem: It is none, or belongs to another query.
    """
    match = _COOKIE.fullmatch(text)
    inner = _INNER.fullmatch(unquote(match[2])) if match else None
    if match is None or inner is None:
        raise bad_query("Malformed XML in the paging cookie.")
    if inner[1] != bound_to:
        raise bad_query("The skip token does not belong to this query.")
    return Place(int(match[1]), inner[2].lower(), match[3] == "True")
