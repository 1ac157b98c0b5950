"""The lines of a value map: what is not mapped on top, what the CRM no longer offers marked."""

from collections import abc
from typing import NamedTuple

from writeback.model.attributes import Option
from writeback.model.value_rules import Pair

NEW, GONE, KNOWN = "new", "gone", ""


class ValueLine(NamedTuple):
    """One value of the CRM with what it means here."""

    theirs: str
    label: str
    ours: str = ""
    """'': nothing yet."""
    state: str = KNOWN
    """`new`: offered and not mapped. `gone`: mapped and not offered any more."""


def lines_of(offered: abc.Iterable[Option], pairs: abc.Iterable[Pair]) -> tuple[ValueLine, ...]:
    """Give the lines, those without a meaning first, in the order in which the CRM offers them.

    Args:
        offered: The field's options; none where it takes any text.
        pairs: The value map.
    """
    known = {pair.theirs: pair.ours for pair in pairs}
    live = {option.value: option for option in offered if option.active}
    made = [ValueLine(value, one.label, state=NEW) for value, one in live.items() if value not in known]
    for theirs, ours in known.items():
        found = live.get(theirs)
        state = KNOWN if found is not None or not live else GONE
        made.append(ValueLine(theirs, found.label if found is not None else theirs, ours, state))
    return tuple(made)


def proposed(line: ValueLine, options: abc.Iterable[Option]) -> str:
    """Give the option of ours that a value plainly means: equal but for case; '' for none."""
    names = {line.theirs.casefold().strip(), line.label.casefold().strip()}
    found = [
        one.value for one in options if {one.value.casefold().strip(), one.label.casefold().strip()} & names
    ]
    return found[0] if len(found) == 1 else ""
