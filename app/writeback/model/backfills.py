"""What a mapping means for records that were there before it: how many hold what their CRM does not."""

from dataclasses import dataclass
from typing import Final

SAMPLE: Final = 20


@dataclass(frozen=True, slots=True)
class BackfillLine:
    """One written-back mapping, and how the records that are there stand to it."""

    attribute: str
    title: str
    path: str
    differ: int = 0
    """The CRM was last read to hold something else, or nothing: these would be planned."""
    same: int = 0
    blank: int = 0
    """The record holds nothing: what the CRM holds stays as it is."""
    waits: int = 0
    """An edit waits already."""
    elsewhere: int = 0
    """Hold a value, and this CRM does not have the record."""
    code: str = ""
    """Why it cannot be applied to any."""


@dataclass(frozen=True, slots=True)
class BackfillRow:
    """One record that would be planned."""

    rid: str
    title: str
    attribute: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class Backfill:
    """All of an integration's written-back mappings."""

    integration: str
    entity: str
    is_read: bool
    """Whether the CRM was read whole under these mappings; else the counts hold only for what was."""
    lines: tuple[BackfillLine, ...]
    sample: tuple[BackfillRow, ...]

    @property
    def differ(self) -> int:
        """How many values would be planned."""
        return sum(line.differ for line in self.lines)
