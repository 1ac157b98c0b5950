"""Which rows of a plan go first."""

from enum import StrEnum


class Pick(StrEnum):
    """How the rows of a trial are found."""

    FIRST = "first"
    RANDOM = "random"
    CHOSEN = "chosen"
    """A person named them."""
