"""Translate between a CRM field's values and an attribute's by the value map of their mapping.

Text to text, by internal values: the CRM's side may be of any type. What the map does not name follows its
rule for unknown values; nothing is guessed by likeness.

Must not: know whether the CRM takes the value (`checking` does), read labels (they were resolved when the
map was made).
"""

from collections import abc
from dataclasses import dataclass
from typing import Final, Protocol

from writeback.model.canonical import Unset
from writeback.model.changes import Reason
from writeback.model.types import CLEAR, AttributeType, Clear, Value, Wish
from writeback.model.value_rules import UnknownRule, ValueRules
from writeback.planning.coercing import coercer, refusal, text_of

UNKNOWN: Final = "value.not_in_map"
MAPPED_KINDS: Final = frozenset(
    {
        AttributeType.TEXT,
        AttributeType.LIST,
        AttributeType.LIFECYCLE,
        AttributeType.MULTI_LIST,
        AttributeType.BOOLEAN,
        AttributeType.INTEGER,
        AttributeType.NPS,
        AttributeType.CSAT,
    }
)
"""Types of attributes that a value map may feed: those of which there are few values."""
TEXTS: Final = MAPPED_KINDS - {
    AttributeType.BOOLEAN,
    AttributeType.INTEGER,
    AttributeType.NPS,
    AttributeType.CSAT,
}
"""Of these, the ones that can hold any value of a CRM as it is."""


class Meaning(Protocol):
    """Says what a value that a CRM holds means as a value of an attribute."""

    def __call__(self, theirs: Value) -> Value:
        """Give the attribute's value; the CRM's own where nothing is known of it."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A value map at work, for an attribute of one type."""

    rules: ValueRules
    kind: AttributeType

    def out(self, ours: Value) -> Value | Reason:
        """Give what is written for a value of the attribute, or why nothing can be."""
        if not self.rules.pairs or ours is None:
            return ours
        if isinstance(ours, tuple):
            parts = [self._out(option) for option in ours]
            reason = next((one for one in parts if isinstance(one, Reason)), None)
            return reason or tuple(dict.fromkeys(str(one) for one in parts))
        return self._out(text_of(ours) or "")

    def come_in(self, theirs: Value) -> Value | Reason:
        """Give what the attribute holds for a value of the CRM; a Reason: the map holds it back."""
        if not self.rules.pairs or theirs is None or theirs in ((), ""):
            return theirs
        if isinstance(theirs, tuple):
            parts = [self._in(option) for option in theirs]
            reason = next((one for one in parts if isinstance(one, Reason)), None)
            return reason or tuple(dict.fromkeys(str(one) for one in parts))
        found = self._in(text_of(theirs) or "")
        return found if isinstance(found, Reason) or self.kind in TEXTS else _typed(found, self.kind)

    def meaning(self, theirs: Value) -> Value:
        """Give what a value of the CRM means; its own where the map holds it back."""
        found = self.come_in(theirs)
        return theirs if isinstance(found, Reason) else found

    def _out(self, ours: str) -> str | Reason:
        found = self.rules.theirs_of(ours)
        if found is not None:
            return found
        if self.rules.unknown is UnknownRule.DEFAULT:
            found = self.rules.theirs_of(self.rules.default)
        elif self.rules.unknown is UnknownRule.PASS:
            found = ours
        return refusal(UNKNOWN, ours) if found is None else found

    def _in(self, theirs: str) -> str | Reason:
        found = next((pair.ours for pair in self.rules.pairs if pair.theirs == theirs), None)
        if found is not None:
            return found
        if self.rules.unknown is UnknownRule.DEFAULT:
            return self.rules.default
        return theirs if self.rules.unknown is UnknownRule.PASS else refusal(UNKNOWN, theirs)


def _typed(text: str, kind: AttributeType) -> Value | Reason:
    read = coercer(kind)(text)
    return None if isinstance(read, Clear) else read


def as_held(
    places: abc.Mapping[int, Meaning],
    olds: abc.Sequence[Value | Unset],
    wishes: abc.Sequence[Wish | Unset],
    theirs: abc.Sequence[Value],
) -> tuple[abc.Sequence[Value | Unset], abc.Sequence[Wish | Unset]]:
    """Put the CRM's own value for what means the same: what was seen, and what is wished.

    A person saw *Gold*, and the CRM holds `gold_2023`, which means just that: nothing was changed there,
    and who wishes *Gold* has it already.

    Args:
        places: What the values of a column mean, where they have a meaning of their own.
        olds: What the person saw, as the attribute's values.
        wishes: What travels, as the CRM's values.
        theirs: What the CRM holds.
    """
    seen, wished = list(olds), list(wishes)
    for place, meaning in places.items():
        now, wish = theirs[place], wished[place]
        means = meaning(now)
        if not isinstance(seen[place], Unset) and _alike(seen[place], means):
            seen[place] = now
        if isinstance(wish, Unset) or wish is CLEAR or isinstance(wish, Clear):
            continue
        if now is not None and _alike(meaning(wish), means):
            wished[place] = now
    return seen, wished


def _alike(one: Value | Unset, other: Value) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return frozenset(one) == frozenset(other)
    return one == other and type(one) is type(other)
