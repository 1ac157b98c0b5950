"""Canonical values as JSON text and back: the one form in outbox, plan files and the pipe.

text, list, e-mail, url, ... -> string · boolean -> true/false · integer -> number · number,
currency -> string (a float loses money) · date, datetime -> ISO string (datetime in UTC with Z) ·
multi-list -> array of strings · nothing (or clear) -> null · not touched -> {} (in arrays only).
"""

import functools
import json
from collections import abc
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from writeback.errors import InternalError
from writeback.model.types import CLEAR, DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Clear, Value, Wish

Json = str | bool | int | float | list[object] | dict[str, object] | None


class Unset:
    """Marks a field that a write does not touch."""

    __slots__ = ()


UNSET = Unset()


def number_text(number: Decimal) -> str:
    """Write a number without an exponent; nothing has a sign, so -0 goes as 0."""
    return format(number or number.copy_abs(), "f")


def to_plain(value: Value | Clear | Unset) -> Json:
    """Give the JSON form of one canonical value."""
    match value:
        case Clear():
            return None
        case Unset():
            return {}
        case tuple():
            return list(value)
        case Decimal():
            return format(value, "f")
        case date():  # a datetime is a date as well
            return _date_text(value)
        case _:
            return value


def _date_text(value: date) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat()


def from_plain(plain: object, kind: AttributeType) -> Value:
    """Give the canonical value of one JSON form.

    Raises:
        InternalError: The JSON does not fit the attribute type.
    """
    try:
        return _from_plain(plain, kind)
    except (ValueError, ArithmeticError, TypeError) as error:
        raise InternalError("canonical.misfit", kind=kind.value, found=type(plain).__name__) from error


def as_told(plain: object, kind: AttributeType) -> Value:
    """Give the canonical value of one JSON form; what does not fit the type stays as the CRM told it.

    A CRM's field may hold what its attribute cannot (a text where a date is read by its format): it is
    kept so that it can be shown, and compared with what that CRM holds.
    """
    try:
        return from_plain(plain, kind)
    except InternalError:
        return tuple(map(str, plain)) if isinstance(plain, list) else str(plain)


def _from_plain(plain: object, kind: AttributeType) -> Value:
    if plain is None:
        return None
    if kind is AttributeType.MULTI_LIST:
        if not isinstance(plain, list):
            raise TypeError(plain)
        return tuple(str(option) for option in plain)
    if kind is AttributeType.BOOLEAN:
        return bool(plain)
    return _READERS.get(kind, str)(str(plain))


_READERS: Final[abc.Mapping[AttributeType, abc.Callable[[str], Value]]] = {
    **dict.fromkeys(INTEGER_TYPES, int),
    **dict.fromkeys(DECIMAL_TYPES, Decimal),
    AttributeType.DATE: date.fromisoformat,
    AttributeType.DATETIME: datetime.fromisoformat,
}


def row_to_text(values: abc.Iterable[Value | Clear | Unset]) -> str:
    """Give the JSON array text of one row, without blanks."""
    plain = [to_plain(value) for value in values]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def row_from_text(text: str, kinds: abc.Sequence[AttributeType]) -> tuple[Value | Unset, ...]:
    """Give the canonical values of one JSON array text; a clear reads as None."""
    return (_row if len(text) <= _SHORT else _row.__wrapped__)(text, tuple(kinds))


_SHORT: Final = 500
"""Rows of a batch are read several times on their way, and those of a bulk edit say the same: texts up to so
many characters are remembered."""


@functools.lru_cache(maxsize=1_000)
def _row(text: str, kinds: tuple[AttributeType, ...]) -> tuple[Value | Unset, ...]:
    row = json.loads(text)
    return tuple(
        UNSET if plain == {} else from_plain(plain, kind) for plain, kind in zip(row, kinds, strict=True)
    )


def wish(value: Value) -> Wish:
    """Give the wish that asks for `value`; nothing becomes CLEAR."""
    return CLEAR if value is None else value
