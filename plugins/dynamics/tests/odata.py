"""OASIS' own grammar of OData addresses, and how to hold one of ours against it."""

import os
import re
import sys
from functools import cache
from pathlib import Path

from abnf import ParseError, Rule

from writeback_dynamics.limits import SERVICE_ROOT

_FILE = "dynamics/oasis-abnf/odata-abnf-construction-rules.txt"
_AN_ID = "0f0f0f0f-0000-4000-8000-000000000000"
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TERM = r"%20or%20\w+%20eq%20(?:'[^' ]*'|[0-9a-f-]+)"
_CHAIN = re.compile(rf"((?:{_TERM}){{1,2}})(?:{_TERM})+(?=$|&)")
_TABLE = re.compile(r"LogicalName='\w+'")
_CORE = re.compile(r"^(ALPHA|DIGIT|HEXDIG|DQUOTE|SP|HTAB|VCHAR)\s*=", re.MULTILINE)


def grammar_file() -> Path | None:
    """The grammar, where the specifications are at hand."""
    folder = os.environ.get("WRITEBACK_SPECS")
    found = Path(folder) / _FILE if folder else None
    return found if found is not None and found.is_file() else None


@cache
def grammar() -> type[Rule] | None:
    """The grammar, loaded once; None where it is absent."""
    path = grammar_file()
    if path is None:
        return None
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))

    class OData(Rule):
        """OData's rules."""

    lines = path.read_text(encoding="utf-8").splitlines()
    text = "\r\n".join(line for line in lines if not _CORE.match(line)) + "\r\n"
    OData.load_grammar(text)
    return OData


def problem_of(url: str) -> str:
    """What is wrong with an address below the service root, or absolute; '' when nothing is.

    Addresses of one shape are parsed once: ids are alike to the grammar, and so is the rest of a long
    `or` chain, whose parsing takes the square of its length.

    Raises:
        LookupError: The grammar is not at hand.
    """
    below = url.partition(SERVICE_ROOT)[2] if SERVICE_ROOT in url else url
    same = _TABLE.sub("LogicalName='account'", _GUID.sub(_AN_ID, below))
    return _problem_of(_CHAIN.sub(r"\1", same))


@cache
def _problem_of(address: str) -> str:
    rules = grammar()
    if rules is None:
        raise LookupError(_FILE)
    path, _, query = address.partition("?")
    for rule, text in (("resourcePath", path), ("queryOptions", query)):
        if not text or text == "$batch":
            continue
        try:
            rules(rule).parse_all(text)
        except ParseError as error:
            return f"{rule}: {text!r}: {error}"
    return ""
