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
from writeback.planning.inputs import PlanInput
from writeback.store.plan_rows import Line

MOST: Final = 5_000
"""So many different rows are remembered at a time."""


@dataclass(slots=True)
class Alike:
    """What was written down of the rows of one stream."""

    is_open: bool
    """False: something else decides too, and every row is judged for itself."""
    lines: dict[abc.Hashable, Line] = field(default_factory=dict)
    """By key."""

    def key(self, row: PlanInput, theirs: Theirs | None) -> abc.Hashable | None:
        """Give what a row is alike with others in; None: it stands alone.

        Args:
            row: The row.
            theirs: What the CRM holds; None: it was not asked.
        """
        if not (row.case and self.is_open):
            return None
        if theirs is None:
            return row.case
        values = tuple(theirs.values)
        kinds = tuple(map(type, values))
        if Decimal in kinds:
            return row.case, values, kinds, tuple(str(one) for one in values if isinstance(one, Decimal))
        return row.case, values, kinds

    def note(self, key: abc.Hashable | None, line: Line) -> None:
        """Remember what was written down of a row."""
        if key is None:
            return
        if len(self.lines) >= MOST:
            self.lines.clear()
        self.lines[key] = line
