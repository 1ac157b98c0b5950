"""What a field may hold: turn what came over the wire into what is stored, or refuse it.

Stored are text, bool, int, float, and for dates and moments the text the API shows. JSON and CSV differ in
what they call a wrong value; lengths, ranges and options are the same for both.
"""

import re
from collections import abc
from datetime import UTC, date, datetime

from writeback_salesforce.simulator.describing import NUMBERS, TEXTS, Field
from writeback_salesforce.simulator.problems import Problem, unparsable
from writeback_salesforce.simulator.seeding_makers import moment

_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s.,;<>()]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


class WrongTypeError(Exception):
    """The value has not the type of the field; JSON and CSV say so in different words."""


def from_json(field: Field, value: object, *, text_booleans: bool = True) -> object:
    """Give the stored form of a JSON value.

    Raises:
        Problem: The value is refused.
    """
    if value is None:
        _refuse_nothing(field)
        return None
    try:
        return _stored(field, value) if text_booleans else _stored_strictly(field, value)
    except WrongTypeError:
        raise unparsable(_json_type(field), value) from None


def from_csv(field: Field, cell: str) -> object:
    """Give the stored form of a CSV cell that is not empty; `#N/A` is null.

    Raises:
        Problem: The value is refused.
    """
    if cell == "#N/A":
        _refuse_nothing(field)
        return None
    try:
        return _stored(field, cell)
    except WrongTypeError:
        message = f"{field.label}: value not of required type: {cell}"
        raise Problem("INVALID_TYPE_ON_FIELD_IN_RECORD", message, fields=[field.name]) from None


def to_csv(value: object) -> str:
    """Give the CSV cell of a stored value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.endswith("+0000") and _MOMENT.fullmatch(value):
        return value[:-5] + "Z"
    return str(value)


def _refuse_nothing(field: Field) -> None:
    if field.type == "boolean":
        raise unparsable("boolean", "null")
    if not field.nillable:
        message = f"Required fields are missing: [{field.name}]"
        raise Problem("REQUIRED_FIELD_MISSING", message, fields=[field.name])


def _json_type(field: Field) -> str:
    if field.type in NUMBERS:
        return "double"
    return field.type if field.type in ("boolean", "int", "date", "datetime") else "string"


def _stored_strictly(field: Field, value: object) -> object:
    if field.type == "boolean" and isinstance(value, str):
        raise WrongTypeError
    return _stored(field, value)


def _stored(field: Field, value: object) -> object:
    kind = field.type
    if kind == "boolean":
        return _boolean(value)
    if kind in ("int", *NUMBERS):
        return _number(field, value)
    if kind in ("date", "datetime"):
        return _day(value) if kind == "date" else _moment(value)
    if kind in TEXTS or kind in ("reference", "id"):
        return _text(field, value)
    raise WrongTypeError


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise WrongTypeError


def _number(field: Field, value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise WrongTypeError
    if isinstance(value, str) and not _NUMBER.fullmatch(value.strip()):
        raise WrongTypeError
    number = float(value)
    if field.type == "int":
        if number != int(number):
            raise WrongTypeError
        if abs(number) >= 10 ** (field.digits or 9):
            raise _out_of_range(field, value)
        return int(number)
    if abs(number) >= 10.0 ** (field.precision - field.scale):
        raise _out_of_range(field, value)
    return round(number, field.scale) + 0.0


def _out_of_range(field: Field, value: object) -> Problem:
    message = f"{field.label}: value outside of valid range on numeric field: {value}"
    return Problem("NUMBER_OUTSIDE_VALID_RANGE", message, fields=[field.name])


def _day(value: object) -> str:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise WrongTypeError
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise WrongTypeError from None


def _moment(value: object) -> str:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise WrongTypeError
    try:
        return moment(datetime.fromisoformat(value).astimezone(UTC))
    except (ValueError, OverflowError):
        raise WrongTypeError from None


def _text(field: Field, value: object) -> str | None:
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, int | float):
        value = str(value)
    if not isinstance(value, str):
        raise WrongTypeError
    text = value.strip()
    if not text:
        _refuse_nothing(field)
        return None
    if field.length and len(text) > field.length:
        message = f"{field.label}: data value too large: {text} (max length={field.length})"
        raise Problem("STRING_TOO_LONG", message, fields=[field.name])
    check = _CHECKS.get(field.type)
    return check(field, text) if check else text


def _email(field: Field, text: str) -> str:
    if not _EMAIL.fullmatch(text):
        message = f"{field.label}: invalid email address: {text}"
        raise Problem("INVALID_EMAIL_ADDRESS", message, fields=[field.name])
    return text


def _option(field: Field, text: str) -> str:
    if field.restricted and text not in field.options:
        raise _not_an_option(field, text)
    return text


def _several(field: Field, text: str) -> str:
    chosen = dict.fromkeys(part.strip() for part in text.split(";") if part.strip())
    if field.restricted and (wrong := [part for part in chosen if part not in field.options]):
        raise _not_an_option(field, wrong[0])
    known = [option for option in field.ordered if option in chosen]
    return ";".join([*known, *(part for part in chosen if part not in field.options)])


def _not_an_option(field: Field, text: str) -> Problem:
    message = f"{field.label}: bad value for restricted picklist field: {text}"
    return Problem("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, fields=[field.name])


_CHECKS: dict[str, abc.Callable[[Field, str], str]] = {
    "email": _email,
    "picklist": _option,
    "multipicklist": _several,
}
