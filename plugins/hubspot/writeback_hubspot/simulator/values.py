"""Whether a value may be written to a property, and what it becomes (wire contract, section 7).

Values are text in and text out. Must not know records.
"""

import re
from collections import abc
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from writeback_hubspot.simulator.problems import BadValue
from writeback_hubspot.simulator.properties import Property
from writeback_hubspot.simulator.seeding import moment

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What values are checked against besides their property."""

    longest: int
    owner_ids: frozenset[str]


def check_value(prop: Property, text: str, old: str | None, rules: Rules) -> str | BadValue:
    """Give what is stored for a text that is not empty, or why it is refused."""
    if prop.type == "string":
        return _checked_text(prop, text, rules)
    text = text.strip()  # tolerated outside of strings, section 7
    if prop.type == "enumeration":
        return _checked_option(prop, text, old, rules)
    simple = {
        "bool": _checked_bool,
        "number": _checked_number,
        "date": _checked_day,
        "datetime": _checked_moment,
    }
    check = simple.get(prop.type)
    return text if check is None else check(prop, text)


def _checked_bool(prop: Property, text: str) -> str | BadValue:
    return text if text in ("true", "false") else _no_option(prop, text)


def _checked_number(prop: Property, text: str) -> str | BadValue:
    if _NUMBER.fullmatch(text):
        return text
    return BadValue(prop.name, "INVALID_INTEGER", f"{text} was not a valid number.")


def _checked_text(prop: Property, text: str, rules: Rules) -> str | BadValue:
    if len(text) > rules.longest:
        message = f"Property value is too long: {len(text)} characters, at most {rules.longest} are allowed"
        return BadValue(prop.name, "PROPERTY_VALUE_TOO_LONG", message)
    if "email" in prop.flags:
        if not _EMAIL.fullmatch(text.strip()):
            return BadValue(prop.name, "INVALID_EMAIL", f"Email address {text} is invalid")
        return text.strip().lower()
    return text


def _checked_option(prop: Property, text: str, old: str | None, rules: Rules) -> str | BadValue:
    if "owner" in prop.flags:
        if text in rules.owner_ids:
            return text
        return BadValue(prop.name, "INVALID_OWNER_ID", f"{text} was not a valid owner ID.")
    if prop.flags & {"stage", "pipeline", "open"}:
        return text  # judged by the pipeline
    if not prop.takes_several:
        return text if prop.option(text) else _no_option(prop, text)
    wanted = [piece.strip() for piece in text.split(";") if piece.strip()]
    for value in wanted:
        if prop.option(value) is None:
            return _no_option(prop, value)
    kept = (old or "").split(";") if text.startswith(";") else []
    taken = {*wanted, *kept}
    return ";".join(option.value for option in prop.options if option.value in taken)


def _no_option(prop: Property, text: str) -> BadValue:
    allowed = ", ".join(f'label: "{each.label}" value: "{each.value}"' for each in prop.options)
    return BadValue(prop.name, "INVALID_OPTION", f"{text} was not one of the allowed options: [{allowed}]")


def _checked_day(prop: Property, text: str) -> str | BadValue:
    bad = BadValue(prop.name, "INVALID_DATE", f"{text} was not a valid date.")
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return bad
    at = _from_ms(text)
    if at is None:
        return bad
    if int(text) % _DAY_MS:
        message = f"{text} is at {at:%H:%M:%S.%f} UTC, not midnight!"
        return BadValue(prop.name, "INVALID_DATE", message)
    return at.date().isoformat()


def _checked_moment(prop: Property, text: str) -> str | BadValue:
    at = to_moment(text) if "T" in text or not _DAY.fullmatch(text) else None
    if at is None:
        return BadValue(prop.name, "INVALID_LONG", f"{text} was not a valid long.")
    return moment(at)


def to_moment(text: str) -> datetime | None:
    """Read ISO 8601 with a zone, a day, or epoch milliseconds."""
    if (at := _from_ms(text)) is not None:
        return at
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None and _DAY.fullmatch(text):
            at = at.replace(tzinfo=UTC)
        return None if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):  # at the ends of the calendar
        return None


def _from_ms(text: str) -> datetime | None:
    if not re.fullmatch(r"-?\d{1,15}", text):
        return None
    try:
        return _EPOCH + timedelta(milliseconds=int(text))
    except OverflowError:
        return None


def as_text(value: object) -> str | None:
    """Turn a JSON value of the input into the text it is taken for; None when it cannot be one."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return None


def other_words(bad: abc.Iterable[BadValue]) -> list[BadValue]:
    """Give refusals under codes nobody has heard of (switch `error_words`)."""
    return [BadValue(each.name, "PROPERTY_VALUE_REJECTED", each.message) for each in bad]
