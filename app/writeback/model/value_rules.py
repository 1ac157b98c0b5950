"""How a field's values and an attribute's stand for each other: a value map and named transforms.

Both sides of a pair are internal values, as text: `gold_2024` in the CRM is `Gold` here. Several values of
the CRM may mean one of ours; the first pair that names ours says which of them is written.
"""

import enum
from dataclasses import dataclass
from typing import NamedTuple


class UnknownRule(enum.StrEnum):
    """What becomes of a value that the value map does not name."""

    HOLD = "hold"
    """Ours stays as it is when it comes in; an edit of it is blocked with its reason."""
    PASS = "pass"  # noqa: S105  a rule, not a secret
    """It is taken as it is, both ways."""
    DEFAULT = "default"
    """It counts as one of the values that the map names, both ways."""


class Pair(NamedTuple):
    """One line of a value map: what the CRM holds, and the value of the attribute that it means."""

    theirs: str
    ours: str


class TransformUse(NamedTuple):
    """A named transform as a mapping uses it: `date=dd.mm.yyyy` has an argument, `trim` has none."""

    name: str
    argument: str = ""

    @classmethod
    def parse(cls, text: str) -> "TransformUse":
        """Read `name` or `name=argument`."""
        name, _, argument = text.strip().partition("=")
        return cls(name.strip(), argument.strip())

    def __str__(self) -> str:
        return f"{self.name}={self.argument}" if self.argument else self.name


@dataclass(frozen=True, slots=True)
class ValueRules:
    """The value rules of a mapping; without pairs and transforms values travel as they are."""

    pairs: tuple[Pair, ...] = ()
    unknown: UnknownRule = UnknownRule.HOLD
    default: str = ""
    """For DEFAULT: which of our values an unknown one counts as; the map names it."""
    transforms: tuple[TransformUse, ...] = ()
    """Applied to what goes out, in this order, after the value map and before it is checked."""

    def __bool__(self) -> bool:
        return bool(self.pairs or self.transforms)

    def theirs_of(self, ours: str) -> str | None:
        """Give the CRM's value for one of ours; None: the map does not name it."""
        return next((pair.theirs for pair in self.pairs if pair.ours == ours), None)


AS_THEY_ARE = ValueRules()
"""No rules: values travel as they are."""
