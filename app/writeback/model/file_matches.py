"""Which records the rows of a file name."""

from dataclasses import dataclass
from enum import StrEnum


class Found(StrEnum):
    """What a row's key leads to; each row has exactly one."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"
    """Several records have this key."""
    DUPLICATE = "duplicate"
    """An earlier row names the same record."""
    NO_KEY = "no_key"
    """The key is blank, or none that could name a record."""


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One row of a file."""

    line: int
    """As a spreadsheet counts."""
    key: str
    found: Found
    told: str
    """The record's name and id; of a duplicate the earlier line; of an ambiguous one the ids."""


@dataclass(frozen=True, slots=True)
class FileMatch:
    """What the keys of a file lead to."""

    counts: tuple[tuple[Found, int], ...]
    """Exact, over the rows that were looked at."""
    lines: tuple[MatchLine, ...]
    """The first ones of each kind."""
    rows: int
    is_whole: bool
    """False: the file goes on behind the rows that were looked at."""
    calls: int
    """Calls of the CRM's API that it cost."""
