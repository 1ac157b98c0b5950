"""What a check is: a promise, the tier it belongs to, and code that raises when the promise is broken.

Must not: know any connector, or how checks are run (`suite`).
"""

from collections import abc
from dataclasses import dataclass

from writeback.conformance.promises import Tier
from writeback.conformance.stages import Stage

Run = abc.Callable[[Stage], None]


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
        name = run.__name__.removesuffix("_")
        promise = (run.__doc__ or "").strip().splitlines()[0]
        return Check(f"{group}.{name}", tier, promise, run)

    return make


def checks_in(names: abc.Mapping[str, object]) -> tuple[Check, ...]:
    """Give the checks that stand in one module, in their order."""
    return tuple(each for each in names.values() if isinstance(each, Check))
