"""What somebody wants to be different: changes, where they come from, how they are judged.

Four words for four values of one field: *old* (what the person saw), *new* (what they want),
*theirs* (what the CRM holds now), *confirmed* (what the CRM last said).
"""

import enum
from dataclasses import dataclass

from writeback.model.types import RecordId, Value, Wish


class Origin(enum.StrEnum):
    """The surface an edit came from."""

    PROFILE = "profile"
    SEGMENT = "segment"
    INSIGHT_FORM = "insight_form"
    TASK = "task"
    SUCCESS_PLAY = "success_play"
    CAMPAIGN = "campaign"
    FILE = "file"
    UNDO = "undo"
    CLI = "cli"


@dataclass(frozen=True, slots=True)
class Change:
    """One attribute of one record, from old to new."""

    record: RecordId
    attribute: str
    old: Value
    new: Wish


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is blocked: a stable code and the facts for its sentence."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()


class VerdictKind(enum.StrEnum):
    """What becomes of one field of one record."""

    SEND = "send"
    UNCHANGED = "unchanged"
    BLOCKED = "blocked"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement over one field: what to do, what the CRM holds now, why it is blocked."""

    kind: VerdictKind
    theirs: Value = None
    reason: Reason | None = None
