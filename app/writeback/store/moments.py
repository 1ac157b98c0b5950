"""Moments as the workspace stores them: ISO text in UTC with six decimals, so that text order is time order.

Must not: read a clock.
"""

import json
from collections import abc
from datetime import UTC, datetime

from writeback.errors import InternalError


def to_text(moment: datetime) -> str:
    """Give the stored form of an aware moment.

    Raises:
        InternalError: The moment has no time zone; guessing one would shift it.
    """
    if moment.tzinfo is None:
        raise InternalError("moments.naive")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def from_text(text: str) -> datetime:
    """Give the aware moment of one stored form.

    Raises:
        InternalError: The text is no moment.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InternalError("moments.unreadable", text=text[:40]) from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def from_optional(text: str | None) -> datetime | None:
    """Give the moment of a column that may be empty."""
    return None if text is None else from_text(text)


def to_optional(moment: datetime | None) -> str | None:
    """Give the stored form of a moment that may be absent."""
    return None if moment is None else to_text(moment)


def row_to_text(each: abc.Sequence[datetime | None]) -> str | None:
    """Give one text for moments along some columns: one moment where all are equal, else a JSON array."""
    told = set(each)
    if not told or told == {None}:
        return None
    if len(told) == 1:
        return to_optional(each[0])
    return json.dumps([to_optional(one) for one in each])


def row_from_text(text: str | None, width: int) -> tuple[datetime | None, ...]:
    """Give the moments along `width` columns; none where the text is absent."""
    if not text:
        return ()
    if text.startswith("["):
        return tuple(from_optional(one) for one in json.loads(text))
    return (from_text(text),) * width
