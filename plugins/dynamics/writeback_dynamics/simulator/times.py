"""Dates and moments as texts: read, put into UTC, shown. Stored texts compare like the times they tell."""

import re
from datetime import UTC, date, datetime

_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?)?", re.IGNORECASE
)
EARLIEST = "1753-01-01"


def read_date(text: str) -> str | None:
    """Give a date as it is stored, or None when the text is none (or before 1753)."""
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None
    return text if found is not None and text >= EARLIEST else None


def read_moment(text: str) -> str | None:
    """Give a moment as it is stored: in UTC, to the second; without an offset it is UTC (section 8)."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    day, clock, second, _fraction, offset = match.groups()
    zone = "+00:00" if offset is None or offset.upper() == "Z" else offset
    try:
        at = datetime.fromisoformat(f"{day}T{clock or '00:00'}{second or ':00'}{zone}")
        shown = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return None
    return shown if shown >= EARLIEST else None


def parsed(stored: str) -> datetime:
    """Give the time of a stored text."""
    if len(stored) == 10:
        return datetime.fromisoformat(f"{stored}T00:00:00+00:00")
    return datetime.fromisoformat(stored)
