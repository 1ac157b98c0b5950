"""Remember what was written down of rows, for rows that are like them: a million rows are a few cases.

A decision is a pure function of what a row wishes and what the CRM holds; rows of which both are the same
are decided once. Two values are the same here only if they are written alike: `True` is not 1, and 1.0
is not 1.00.

Must not: decide anything; say what rows are of one case (`PlanInput.case`, who gathers them does).
"""

from collections import abc
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from writeback.engine.reading_records import Theirs
from writeback.model.canonical import Unset
from writeback.model.types import Value
from writeback.planning.inputs import PlanInput
from writeback.store.plan_rows import Line

MOST: Final = 5_000
"""So many different rows are remembered at a time."""


@dataclass(slots=True)
class Alike:
    """What was written down of the rows of one stream."""

    is_open: bool
    """False: something else decides too, and every row is judged for itself."""
    _lines: dict[abc.Hashable, Line] = field(default_factory=dict)
    """By key."""
    _hits: int = 0
    """So many rows were like one that is remembered, since the last of these was forgotten."""

    def key(self, row: PlanInput, theirs: Theirs | None) -> abc.Hashable:
        """Give what a row of a case is alike with others in.

        Args:
            row: The row.
            theirs: What the CRM holds; None: it was not asked.
        """
        olds, case = row.olds, row.case
        seen = olds[0] if len(olds) == 1 and type(olds[0]) is str else _written(olds)
        return (case, seen) if theirs is None else (case, seen, _written(theirs.values))

    def find(self, key: abc.Hashable) -> Line | None:
        """Give what was written down of a row that is alike; None: of none yet."""
        return self._lines.get(key)

    def count(self, rows: int) -> None:
        """Note that so many rows were like one that is remembered."""
        self._hits += rows

    def note(self, key: abc.Hashable, line: Line) -> None:
        """Remember what was written down of a row. Where hardly any are alike, nothing is any more."""
        if len(self._lines) >= MOST:
            self._lines.clear()
            self.is_open = self._hits >= MOST
            self._hits = 0
        self._lines[key] = line


def _written(values: abc.Sequence[Value | Unset]) -> abc.Hashable:
    """Give values as a key that tells `True` from 1, and 1.0 from 1.00."""
    if len(values) == 1 and type(values[0]) is str:
        return values[0]  # nearly always
    kinds = tuple(map(type, values))
    if Decimal in kinds:
        return tuple(values), kinds, tuple(str(one) for one in values if isinstance(one, Decimal))
    return tuple(values), kinds
