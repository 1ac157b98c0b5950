"""Lay what is wished over what a CRM holds, and ask what can be asked only then.

What is added to a list stands beside what somebody else added meanwhile; a list that must not be empty is
not emptied by taking its last option; a stage moves only where the CRM lets it.

Must not: decide what becomes of a row (`sorting` does).
"""

from collections import abc

from writeback.model.canonical import Unset
from writeback.model.changes import Reason
from writeback.model.deltas import Delta
from writeback.model.types import CLEAR, Clear, Value, Wish
from writeback.planning.checking import about
from writeback.planning.coercing import refusal
from writeback.planning.facts import FieldFacts

Check = abc.Callable[[Wish, Value], Reason | None]
"""Says why a wish may not take the place of what the CRM holds."""


def lay(
    deltas: abc.Mapping[int, Delta],
    olds: abc.Sequence[Value | Unset],
    wishes: abc.Sequence[Wish | Unset],
    theirs: abc.Sequence[Value],
) -> tuple[abc.Sequence[Value | Unset], abc.Sequence[Wish | Unset]]:
    """Give base and wish of a row where its deltas are laid over what the CRM holds: no conflict is left."""
    seen, wished = list(olds), list(wishes)
    for place, delta in deltas.items():
        now = theirs[place]
        seen[place], wished[place] = now, delta.over(now) or CLEAR
    return seen, wished


def checks_of(fields: abc.Sequence[FieldFacts | None]) -> tuple[tuple[int, Check], ...]:
    """Give what has to be asked of the columns of a job, by place; mostly nothing."""
    found: list[tuple[int, Check]] = []
    for place, field in enumerate(fields):
        if field is not None and not field.is_nillable:
            found.append((place, _required(field)))
        if field is not None and field.is_forward_only:
            found.append((place, _forward(field)))
    return tuple(found)


def first_refusal(
    checks: abc.Iterable[tuple[int, Check]],
    wishes: abc.Sequence[Wish | Unset],
    theirs: abc.Sequence[Value],
) -> tuple[int, Reason] | None:
    """Give the first place where a check refuses a wish, and why."""
    for place, check in checks:
        wish = wishes[place]
        if isinstance(wish, Unset):
            continue
        reason = check(wish, theirs[place])
        if reason is not None:
            return place, reason
    return None


def _required(field: FieldFacts) -> Check:
    def check(wish: Wish, theirs: Value) -> Reason | None:
        if not isinstance(wish, Clear) or theirs is None:
            return None
        return about(field, Reason("value.required"))

    return check


def _forward(field: FieldFacts) -> Check:
    order = {option.value: place for place, option in enumerate(field.options)}
    labels = {option.value: option.label for option in field.options}

    def check(wish: Wish, theirs: Value) -> Reason | None:
        if not isinstance(wish, str) or not isinstance(theirs, str):
            return None
        if order.get(wish, -1) >= order.get(theirs, -1):
            return None
        held = labels.get(theirs, theirs)
        return about(field, refusal("value.moves_back", labels.get(wish, wish), held=held))

    return check
