"""What a bulk edit does to one attribute of many records."""

import enum
from collections import abc
from dataclasses import dataclass, field
from typing import Final, Self

from writeback.model.deltas import MultiMode

MOST_EDITS: Final = 10_000
"""So many records may become pending edits; more go by condition."""


class BulkAction(enum.StrEnum):
    """What becomes of the value that a record has."""

    SET = "set"
    CLEAR = "clear"
    ADD = "add"
    """Options are added to a list, whatever else stands in it."""
    REMOVE = "remove"
    """Options are taken from a list."""
    REPLACE = "replace"
    """Some words in it are replaced by others."""
    COPY = "copy"
    """The value of another attribute of the record takes its place."""
    CALCULATE = "calculate"
    """A number or a date becomes another one, counted from what it is."""
    HELD = "held"
    """It stays, and goes to a CRM that holds something else."""


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """One attribute's part of a bulk edit."""

    attribute: str
    action: BulkAction = BulkAction.SET
    text: str = ""
    """set, add, remove: as typed; replace: what stands there afterwards; calculate: `+10 %`, `+1 month` …"""
    find: str = ""
    """replace: the words that are sought, as they are written."""
    source: str = ""
    """copy: the attribute whose value is taken."""
    ignores_case: bool = False
    """replace: the words are found in capitals and in small letters alike."""

    @classmethod
    def typed(cls, attribute: str, text: str | None, mode: MultiMode = MultiMode.REPLACE) -> Self:
        """Give the edit of a text as somebody types it for an attribute; None clears."""
        if text is None:
            return cls(attribute, BulkAction.CLEAR)
        modes = {MultiMode.ADD: BulkAction.ADD, MultiMode.REMOVE: BulkAction.REMOVE}
        return cls(attribute, modes.get(mode, BulkAction.SET), text)


SEND, SAME, ASIDE, BLOCKED, WAITS, NOBODY = (
    "change",
    "already so",
    "left alone",
    "blocked",
    "waits",
    "nowhere",
)
VERDICTS: Final = (SEND, SAME, ASIDE, BLOCKED, WAITS, NOBODY)
"""What a preview says of a value: it changes; it is so already; nothing is wished for it (words not found, a
blank that would be copied or calculated with); what is wished cannot be read; an edit of it waits already; no
CRM takes it."""


@dataclass(frozen=True, slots=True)
class BulkCounts:
    """What a bulk edit would do to one attribute: exact counts, one for each verdict."""

    attribute: str
    counts: abc.Mapping[str, int]
    refused: abc.Mapping[str, int] = field(default_factory=dict)
    """Blocked, by code."""

    def count(self, verdict: str) -> int:
        """Give the count of a verdict."""
        return self.counts.get(verdict, 0)


@dataclass(frozen=True, slots=True)
class BulkCell:
    """One value of the sample, before and after, as text."""

    attribute: str
    old: str
    new: str
    verdict: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One record of the sample."""

    rid: str
    title: str
    cells: tuple[BulkCell, ...]


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """What a bulk edit would do, as known here; whether a CRM changed since shows in *Review & send*."""

    records: int
    edits: tuple[BulkCounts, ...]
    sample: tuple[BulkRow, ...]
