"""OASIS' own grammar of OData addresses, and how to hold one of ours against it."""

import os
import re
import sys
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from abnf import ParseError, Rule

from writeback_dynamics.limits import SERVICE_ROOT

_FILE = "dynamics/oasis-abnf/odata-abnf-construction-rules.txt"
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


@cache
def problem_of(url: str) -> str:
    """What is wrong with an address below the service root, or absolute; '' when nothing is.

    Raises:
        LookupError: The grammar is not at hand.
    """
    rules = grammar()
    if rules is None:
        raise LookupError(_FILE)
    parts = urlsplit(url)
    path = parts.path.partition(SERVICE_ROOT)[2] if SERVICE_ROOT in parts.path else parts.path
    for rule, text in (("resourcePath", path), ("queryOptions", parts.query)):
        is_path_of_its_own = rule == "resourcePath" and text in ("$batch", "")
        if not text or is_path_of_its_own:
            continue
        try:
            rules(rule).parse_all(text)
        except ParseError as error:
            return f"{rule}: {text!r}: {error}"
    return ""
