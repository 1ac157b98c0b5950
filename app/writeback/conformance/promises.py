"""The words of every check: tiers, a broken promise, what does not apply.

Must not: know how checks are made or run.
"""

import enum


class Tier(enum.StrEnum):
    """How good a connector is proved to be (`plugins/QUALITY.md`). Each tier holds those before it."""

    NONE = "none"
    """Not even bronze."""
    BRONZE = "bronze"
    """Describes, pulls, writes single rows, has typed errors."""
    SILVER = "silver"
    """Signs in again, obeys throttling, tells partial results apart, has an owner."""
    GOLD = "gold"
    """Writes conditionally or says B; finds drift; survives lost answers; leaks nothing."""
    PLATINUM = "platinum"
    """Passes the faults of the write protocol through the engine; is typed throughout."""

    @property
    def rank(self) -> int:
        """Give the place in the order; NONE is 0."""
        return list(Tier).index(self)


class BrokenPromiseError(AssertionError):
    """A check found that the connector does not do what it has to."""


class NotApplicableError(Exception):
    """The connector does not claim what the check is about; the check says so and does not count."""


def expect(holds: object, found: str) -> None:
    """Break the check unless `holds`; `found` says what was found instead.

    Raises:
        BrokenPromiseError: It does not hold.
    """
    if not holds:
        raise BrokenPromiseError(found)
