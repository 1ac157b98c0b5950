"""Read texts of a CRM as dates, moments and numbers, by the format a person told for the field.

What does not fit the format is refused with a reason, never guessed, cut or rounded.

Must not: look up a time zone by name (the caller hands it in).
"""

import re
import unicodedata
from collections import abc
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Final

from writeback.model.changes import Reason
from writeback.model.source_formats import DateOrder, DecimalMark, SourceFormat
from writeback.model.types import INTEGER_TYPES, AttributeType, Value
from writeback.planning.coercing import MOST_DIGITS, refusal

Convert = abc.Callable[[str], Value | Reason]
"""Reads one text; blank text is nothing."""

_DATE: Final = re.compile(r"([0-9]{1,4})([./ -])([0-9]{1,2})\2([0-9]{1,4})", re.ASCII)
_COMPACT: Final = re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})", re.ASCII)
_TIME: Final = re.compile(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<part>[0-9]{1,6}))?)?"
    r"\s*(?P<half>[AaPp][Mm])?\s*(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.ASCII,
)
_GROUPED: Final = {
    mark: re.compile(
        rf"[+-]?(?:[0-9]+|[1-9][0-9]{{0,2}}(?:{thousands}[0-9]{{3}})+)(?:{decimal}[0-9]+)?", re.ASCII
    )
    for mark, thousands, decimal in (
        (DecimalMark.POINT, r"[, '\u00a0\u202f]", r"\."),
        (DecimalMark.COMMA, r"[. '\u00a0\u202f]", ","),
    )
}
_CODE: Final = re.compile(r"^[A-Z]{3}(?![A-Za-z])|(?<![A-Za-z])[A-Z]{3}$")
_PLACES: Final = {DateOrder.DMY: (2, 1, 0), DateOrder.MDY: (2, 0, 1), DateOrder.YMD: (0, 1, 2)}


def converter(form: SourceFormat, kind: AttributeType, *, zone: tzinfo | None = None) -> Convert:
    """Make the reader of one field: made once, called for every text.

    Args:
        form: How the field writes; it fits `kind`.
        kind: The type of the attribute.
        zone: The zone of moments that name none; None refuses them.
    """
    read = _reader(form, kind, zone)

    def convert(text: str) -> Value | Reason:
        bare = text.strip()
        return read(bare) if bare else None

    return convert


def _reader(form: SourceFormat, kind: AttributeType, zone: tzinfo | None) -> Convert:
    order, mark = form.order or DateOrder.YMD, form.decimal or DecimalMark.POINT
    if kind is AttributeType.DATE:
        return lambda text: _day(text, order) or refusal("value.not_a_date", text)
    if kind is AttributeType.DATETIME:
        return lambda text: _moment(text, order, zone)
    if kind in INTEGER_TYPES:
        return lambda text: _integer(text, mark)
    return lambda text: _number(text, mark, is_money=kind is AttributeType.CURRENCY)


def _day(text: str, order: DateOrder) -> date | None:
    found = _DATE.fullmatch(text) or (_COMPACT.fullmatch(text) if order is DateOrder.YMD else None)
    if found is None:
        return None
    parts = (found[1], found[3], found[4])
    year, month, day = (parts[place] for place in _PLACES[order])
    if len(year) != 4:
        return None  # which century is not ours to say
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _moment(text: str, order: DateOrder, zone: tzinfo | None) -> Value | Reason:
    cut = re.split(r"[T,]\s*|\s+(?=[0-9]{1,2}:)", text, maxsplit=1)
    day = _day(cut[0].strip(), order)
    time = _TIME.fullmatch(cut[1].strip()) if len(cut) == 2 else None
    if day is None or time is None:
        return refusal("value.not_a_moment", text)
    hour = _hour(int(time["hour"]), (time["half"] or "").casefold())
    if hour is None:
        return refusal("value.not_a_moment", text)
    stands_in = time["zone"]
    if stands_in is None and zone is None:
        return refusal("value.no_time_zone", text)
    clock = f"{hour:02d}:{time['minute']}:{time['second'] or '00'}.{(time['part'] or '0').ljust(6, '0')}"
    try:
        moment = datetime.fromisoformat(f"{day.isoformat()}T{clock}{stands_in or ''}")
        if stands_in is None and zone is not None:
            moment = _placed(moment, zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return refusal("value.not_a_moment", text)


def _hour(hour: int, half: str) -> int | None:
    if not half:
        return hour
    return hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else None


def _placed(naive: datetime, zone: tzinfo) -> datetime:
    """Place a wall-clock time in a zone; of an hour that comes twice it is the first.

    Raises:
        ValueError: The clocks skipped that time.
    """
    placed = naive.replace(tzinfo=zone)
    if placed.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise ValueError(naive)
    return placed


def _number(text: str, mark: DecimalMark, *, is_money: bool) -> Value | Reason:
    bare = _without_currency(text) if is_money else text
    bare = bare.replace("−", "-")
    if len(bare) > MOST_DIGITS or not _GROUPED[mark].fullmatch(bare):
        return refusal("value.not_a_number", text)
    digits = re.sub(r"[^0-9+.-]", "", bare) if mark is DecimalMark.POINT else bare
    if mark is DecimalMark.COMMA:
        digits = re.sub(r"[^0-9+,-]", "", bare).replace(",", ".")
    return Decimal(digits)


def _integer(text: str, mark: DecimalMark) -> Value | Reason:
    number = _number(text, mark, is_money=False)
    if not isinstance(number, Decimal):
        return number
    if number != number.to_integral_value():
        return refusal("value.not_an_integer", text)
    return int(number)


def _without_currency(text: str) -> str:
    """Take one currency sign or code from the front or the end: `€ 1.200,50`, `1.200,50 EUR`."""
    bare = _CODE.sub("", text, count=1)
    if bare == text:
        for place in (0, -1):
            if unicodedata.category(text[place]) == "Sc":
                bare = text[1:] if place == 0 else text[:-1]
                break
    return bare.strip()
