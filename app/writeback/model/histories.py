"""How a value came to be what it is, and how a finished job stands in its CRM today."""

import enum


class HistoryKind(enum.StrEnum):
    """What an entry of a value's history tells of."""

    DRAFT = "draft"
    """Somebody typed it here; it was not sent by that."""
    DISCARDED = "discarded"
    """Somebody dropped what was typed."""
    WRITTEN = "written"
    """It was sent to one CRM or several; the answers say what became of it."""
    PULLED = "pulled"
    """A pull brought it from a CRM."""
    READ_BACK = "read_back"
    """Read back after a write: it hangs on what was written, or somebody changed it meanwhile."""
    AUTOMATION = "automation"
    """The CRM changed what we had just written."""
    DECIDED = "decided"
    """Somebody, or a rule, settled a conflict."""


CONFIRMING = frozenset({HistoryKind.PULLED, HistoryKind.READ_BACK, HistoryKind.AUTOMATION})
"""Kinds after which the record holds `new`; a written value is held where an answer confirms it."""


class Standing(enum.StrEnum):
    """How a field that a job wrote stands in its CRM now."""

    AS_WRITTEN = "as_written"
    CHANGED = "changed"
    """It holds another value."""
    NOT_THERE = "not_there"
    """It holds what it held before the job."""
    GONE = "gone"
    """The record is not there any more, or cannot be seen."""
