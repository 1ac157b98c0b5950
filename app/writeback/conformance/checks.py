"""What a check is: a promise, the tier it belongs to, and code that raises when the promise is broken.

Must not: know any connector, or how checks are run (`suite`).
"""

import enum
from collections import abc
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from writeback.conformance.stages import Stage


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


Run = abc.Callable[["Stage"], None]


@dataclass(frozen=True, slots=True)
class Check:
    """One promise that every connector makes, or that claiming an ability makes."""

    id: str
    """`group.name`; stable."""
    tier: Tier
    promise: str
    run: Run
    """Raises BrokenPromiseError (or anything else) when broken, NotApplicableError when not claimed."""


def check(tier: Tier) -> abc.Callable[[Run], Check]:
    """Make a check of a function: its id from its module and name, its promise from its docstring."""

    def make(run: Run) -> Check:
        group = run.__module__.rpartition(".")[2]
        name = run.__name__.removesuffix("_")  # type: ignore[attr-defined]  # a plain function
        promise = (run.__doc__ or "").strip().splitlines()[0]
        return Check(f"{group}.{name}", tier, promise, run)

    return make


def checks_in(names: abc.Mapping[str, object]) -> tuple[Check, ...]:
    """Give the checks that stand in one module, in their order."""
    return tuple(each for each in names.values() if isinstance(each, Check))


def expect(holds: object, found: str) -> None:
    """Break the check unless `holds`; `found` says what was found instead.

    Raises:
        BrokenPromiseError: It does not hold.
    """
    if not holds:
        raise BrokenPromiseError(found)
