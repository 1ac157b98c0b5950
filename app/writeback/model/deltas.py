"""What somebody adds to a list and takes from it, whatever else stands there.

A delta is an intent, not a value: it is laid over what a CRM holds when the plan is made, so that an option
that somebody added there meanwhile stays, and is no conflict.
"""

import enum
from dataclasses import dataclass


class MultiMode(enum.StrEnum):
    """What several values mean for a multi-list."""

    REPLACE = "replace"
    """They are all that shall stand there."""
    ADD = "add"
    """They shall stand there as well."""
    REMOVE = "remove"
    """They shall not stand there."""


@dataclass(frozen=True, slots=True)
class Delta:
    """Options to be added to a list and taken from it; none is in both."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    @classmethod
    def of(cls, mode: MultiMode, options: tuple[str, ...]) -> "Delta":
        """Give the delta that adds these options, or takes them."""
        return cls(add=options) if mode is MultiMode.ADD else cls(remove=options)

    def over(self, held: object) -> tuple[str, ...]:
        """Lay it over what a list holds: what is kept keeps its order, what is added comes behind it."""
        there = tuple(str(option) for option in held) if isinstance(held, tuple) else ()
        kept = (option for option in there if option not in self.remove)
        return tuple(dict.fromkeys((*kept, *self.add)))

    def then(self, later: "Delta") -> "Delta":
        """Give the delta of both, the later one deciding."""
        add = tuple(option for option in self.add if option not in later.remove)
        remove = tuple(option for option in self.remove if option not in later.add)
        return Delta(tuple(dict.fromkeys((*add, *later.add))), tuple(dict.fromkeys((*remove, *later.remove))))
