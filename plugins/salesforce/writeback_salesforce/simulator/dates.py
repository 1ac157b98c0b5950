"""SOQL's words for dates: TODAY, LAST_N_DAYS:7, THIS_QUARTER … as half-open ranges of days.

Weeks begin on Sunday (the vendor's default locale), quarters are those of the calendar, days those of UTC:
the simulated org has no other time zone.
"""

from datetime import date, timedelta

_UNITS = ("DAYS", "WEEKS", "MONTHS", "QUARTERS", "YEARS")


def day_range(word: str, today: date) -> tuple[date, date] | None:
    """Give the first day and the day after the last one, or None for an unknown word."""
    name, _, number = word.upper().partition(":")
    if number:
        return _counted(name, int(number), today)
    if name in ("YESTERDAY", "TODAY", "TOMORROW"):
        day = today + timedelta(days=("YESTERDAY", "TODAY", "TOMORROW").index(name) - 1)
        return day, day + timedelta(days=1)
    if name == "LAST_90_DAYS":
        return today - timedelta(days=90), today + timedelta(days=1)
    if name == "NEXT_90_DAYS":
        return today + timedelta(days=1), today + timedelta(days=91)
    which, _, unit = name.partition("_")
    if which not in ("THIS", "LAST", "NEXT") or unit not in ("WEEK", "MONTH", "QUARTER", "YEAR"):
        return None
    step = {"LAST": -1, "THIS": 0, "NEXT": 1}[which]
    start = _start(unit, today)
    return _moved(start, unit, step), _moved(start, unit, step + 1)


def _counted(name: str, number: int, today: date) -> tuple[date, date] | None:
    which, middle, unit = name.partition("_N_")
    if not middle or unit not in _UNITS or which not in ("LAST", "NEXT"):
        return None
    one = unit.removesuffix("S")
    if one == "DAY":
        tomorrow = today + timedelta(days=1)
        if which == "LAST":
            return today - timedelta(days=number), tomorrow  # today is one more
        return tomorrow, tomorrow + timedelta(days=number)
    start = _start(one, today)
    if which == "LAST":
        return _moved(start, one, -number), start
    return _moved(start, one, 1), _moved(start, one, number + 1)


def _start(unit: str, day: date) -> date:
    if unit == "WEEK":
        return day - timedelta(days=(day.weekday() + 1) % 7)
    if unit == "MONTH":
        return day.replace(day=1)
    if unit == "QUARTER":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1)


def _moved(day: date, unit: str, steps: int) -> date:
    if unit == "WEEK":
        return day + timedelta(weeks=steps)
    months = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}[unit] * steps
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, day.day)
