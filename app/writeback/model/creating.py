"""Whether a file makes records that its CRM does not have yet."""

import enum


class Creating(enum.StrEnum):
    """What becomes of the rows of a file whose key names nobody, and of the others."""

    NEVER = "never"
    """Records are updated only: a key that names nobody blocks its row."""
    MISSING = "missing"
    """Records are updated; those that are missing are made."""
    ONLY = "only"
    """Only records that are missing are made; a key that names somebody blocks its row."""
