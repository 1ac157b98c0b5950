"""Arithmetic on a value that is there: what `+10 %` makes of a number, and `+1 month` of a day.

A result is exact, or rounded to the places that were asked for; anything else is refused, row by row.

Must not: know records, round by itself.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact, InvalidOperation, localcontext
from typing import Final

from writeback.model.changes import Reason
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Value

NUMBERS: Final = DECIMAL_TYPES | INTEGER_TYPES
MOMENTS: Final = frozenset({AttributeType.DATE, AttributeType.DATETIME})
KINDS: Final = NUMBERS | MOMENTS
"""What can be calculated with."""
PLACES_MOST: Final = 10

_NUMBER: Final = re.compile(
    r"(?P<sign>[-+*/])\s*(?P<amount>[0-9]{1,15}(?:\.[0-9]{1,10})?)\s*(?P<unit>%?)"
    r"(?:\s+round\s+(?P<places>[0-9]{1,2}))?",
    re.ASCII,
)
_MOMENT: Final = re.compile(
    r"(?P<sign>[-+])\s*(?P<amount>[0-9]{1,6})\s*(?P<unit>hour|day|week|month|year)s?", re.ASCII
)
_DIGITS: Final = Context(prec=60, rounding=ROUND_HALF_EVEN)
_DAYS: Final = {"day": 1, "week": 7}
_MONTHS: Final = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class Formula:
    """What is done to a value; `read_formula` makes it."""

    sign: str
    amount: Decimal
    unit: str = ""
    """`%` of a number; `hour` … `year` of a day or a moment."""
    places: int | None = None
    """So many are kept of a number; None: the result must be exact."""
    is_whole: bool = False
    """The attribute takes whole numbers."""

    def over(self, old: Value) -> Value | Reason:
        """Give the result; None where there is nothing to calculate with, a reason where there is none."""
        if isinstance(old, date):
            return self._later(old)
        if isinstance(old, bool) or not isinstance(old, int | Decimal):
            return None
        return self._counted(Decimal(old))

    def _counted(self, old: Decimal) -> Value | Reason:
        with localcontext(_DIGITS) as digits:
            digits.traps[Inexact] = self.places is None
            try:
                found = self._operated(old)
                if self.places is not None:
                    found = round(found, self.places)
            except Inexact:
                return Reason("value.inexact", (("value", str(old)),))
            except InvalidOperation:
                return Reason("value.not_a_number", (("value", str(old)),))
        if not self.is_whole:
            return Decimal(format(found, "f"))
        if found != found.to_integral_value():
            return Reason("value.not_an_integer", (("value", format(found, "f")),))
        return int(found)

    def _operated(self, old: Decimal) -> Decimal:
        amount = old * self.amount / 100 if self.unit == "%" else self.amount
        match self.sign:
            case "+":
                return old + amount
            case "-":
                return old - amount
            case "*":
                return old * amount
            case _:
                return old / amount

    def _later(self, old: date) -> date | Reason:
        """Give a day or moment so much later; the 31st becomes the last day of a shorter month."""
        amount = int(self.amount) * (-1 if self.sign == "-" else 1)
        try:
            if self.unit in _MONTHS:
                months = old.year * 12 + old.month - 1 + amount * _MONTHS[self.unit]
                year, month = divmod(months, 12)
                day = min(old.day, monthrange(year, month + 1)[1])
                moved = old.replace(year=year, month=month + 1, day=day)
            else:
                days = timedelta(days=amount * _DAYS.get(self.unit, 0))
                moved = old + (timedelta(hours=amount) if self.unit == "hour" else days)
            if isinstance(moved, datetime):
                moved.astimezone(UTC)  # near the year 1 or 9999 there is no UTC form
        except (ValueError, OverflowError):
            return Reason("value.no_such_day", (("value", old.isoformat()),))
        return moved


def read_formula(text: str, kind: AttributeType) -> Formula | None:
    """Read what is done to values of a type; None: it cannot be read.

    Of a number `+10`, `-2.5`, `*1.1`, `/4`, `+10 %`, each with ` round 2` behind it or not; of a day
    `+30 days`, `-2 weeks`, `+1 month`, `+1 year`; of a moment also `+3 hours`.
    """
    bare = text.strip()
    if kind in MOMENTS:
        found = _MOMENT.fullmatch(bare)
        if found is None or (kind is AttributeType.DATE and found["unit"] == "hour"):
            return None
        return Formula(found["sign"], Decimal(found["amount"]), found["unit"])
    found = _NUMBER.fullmatch(bare) if kind in NUMBERS else None
    if found is None or (found["unit"] and found["sign"] in "*/"):
        return None
    amount, places = Decimal(found["amount"]), int(found["places"]) if found["places"] else None
    if (places is not None and places > PLACES_MOST) or (found["sign"] == "/" and not amount):
        return None
    return Formula(found["sign"], amount, found["unit"], places, is_whole=kind in INTEGER_TYPES)
