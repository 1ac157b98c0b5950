"""The codec: canonical values ↔ JSON. Nothing else knows how Dataverse writes a value.

A choice is an integer on the wire and its text here; a multi-select is one string of integers. Blank text
and *clear* both travel as null. Numbers arrive as int or Decimal and never pass through a float.
[entity-attribute-metadata], [multi-select-picklist], [behavior-format-date-time-attribute]
"""

import re
from collections import abc
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

import orjson

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.canonical import number_text
from writeback.model.types import CLEAR, DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Clear, Value, Wish
from writeback_dynamics.wire.literals import guid_of, wire_moment

Plain = str | bool | int | orjson.Fragment | None
Decoder = abc.Callable[[str], Value]

CHOICES: Final = frozenset({AttributeType.LIST, AttributeType.LIFECYCLE})
_WHOLE: Final = re.compile(r"-?\d{1,10}", re.ASCII)


def encode_json(kind: AttributeType, wish: Wish) -> Plain:
    """Give what stands for a wish in a JSON body; `orjson` writes it.

    Raises:
        ContractBrokenError: The wish is no canonical value of its kind.
    """
    if isinstance(wish, Decimal):
        _must(kind in DECIMAL_TYPES and wish.is_finite(), kind)
        return orjson.Fragment(number_text(wish))
    if isinstance(wish, bool):
        _must(kind is AttributeType.BOOLEAN, kind)
        return wish
    if isinstance(wish, int):
        _must(kind in INTEGER_TYPES, kind)
        return wish
    return _text(kind, wish)


def decode_json(raw: object, kind: AttributeType) -> Value:
    """Give the canonical value of a JSON value.

    Raises:
        InvalidRequestError: Dataverse gave what its own metadata rules out.
    """
    if raw is None or raw == "":
        return None
    if isinstance(raw, str):
        return _DECODERS.get(kind, _read_text)(raw)
    if isinstance(raw, bool):
        return raw if kind is AttributeType.BOOLEAN else _unreadable(kind)
    if isinstance(raw, int | Decimal):
        return _read_plain_number(raw, kind)
    return _unreadable(kind)


def same_value(kind: AttributeType, ours: Value, theirs: Value) -> bool:
    """Say whether Dataverse would store `ours` as `theirs`.

    Blank is nothing, moments have whole seconds, a multi-select has no order, ids have no case. Numbers
    must be equal: too many decimals are blocked before sending, so nothing is ever rounded.
    """
    if _stored(kind, ours) == _stored(kind, theirs):
        return True
    if kind not in (AttributeType.TEXT, AttributeType.USER_REF):
        return False
    first, second = (guid_of(one) if isinstance(one, str) else None for one in (ours, theirs))
    return first is not None and first == second


def _stored(kind: AttributeType, value: Value) -> object:
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    if isinstance(value, tuple):
        return frozenset(value) or None
    if isinstance(value, str):
        return (value.strip() if kind in CHOICES else value) or None
    return value


def _text(kind: AttributeType, wish: str | date | datetime | tuple[str, ...] | Clear) -> str | int | None:
    if wish is CLEAR:
        return None
    if isinstance(wish, datetime):
        _must(kind is AttributeType.DATETIME and wish.tzinfo is not None, kind)
        return wire_moment(wish)
    if isinstance(wish, date):
        _must(kind is AttributeType.DATE, kind)
        return wish.isoformat()
    if isinstance(wish, tuple):
        _must(kind is AttributeType.MULTI_LIST and all(map(_WHOLE.fullmatch, wish)), kind)
        return ",".join(wish) or None
    text = str(wish)
    if kind in CHOICES and text:
        _must(_WHOLE.fullmatch(text) is not None, kind)
        return int(text)
    _must(kind not in _DECODERS, kind)
    return text or None


def _must(is_canonical: bool, kind: AttributeType) -> None:  # noqa: FBT001  reads as a sentence
    if not is_canonical:
        raise ContractBrokenError("dynamics.misfit", kind=kind.value)


def _read_plain_number(raw: int | Decimal, kind: AttributeType) -> Value:
    if kind in DECIMAL_TYPES:
        return Decimal(raw)
    if raw != int(raw) or kind not in INTEGER_TYPES | CHOICES | {AttributeType.MULTI_LIST}:
        return _unreadable(kind)
    if kind is AttributeType.MULTI_LIST:
        return (str(int(raw)),)
    return str(int(raw)) if kind in CHOICES else int(raw)


def _read_text(text: str) -> Value:
    return text


def _read_integer(text: str) -> Value:
    number = _read_number(text)
    if isinstance(number, Decimal) and number == int(number):
        return int(number)
    return _unreadable(AttributeType.INTEGER)


def _read_number(text: str) -> Value:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return _unreadable(AttributeType.NUMBER)
    return number if number.is_finite() else _unreadable(AttributeType.NUMBER)


def _read_date(text: str) -> Value:
    try:
        return date.fromisoformat(text.removesuffix("T00:00:00Z"))
    except ValueError:
        return _unreadable(AttributeType.DATE)


def _read_datetime(text: str) -> Value:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _unreadable(AttributeType.DATETIME)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _read_options(text: str) -> Value:
    return tuple(part for one in text.split(",") if (part := one.strip())) or None


def _read_boolean(text: str) -> Value:
    return text == "true" if text in ("true", "false") else _unreadable(AttributeType.BOOLEAN)


def _unreadable(kind: AttributeType) -> Value:
    raise InvalidRequestError("dynamics.unreadable_value", kind=kind.value)


_DECODERS: Final[abc.Mapping[AttributeType, Decoder]] = {
    AttributeType.BOOLEAN: _read_boolean,
    AttributeType.INTEGER: _read_integer,
    AttributeType.NPS: _read_integer,
    AttributeType.CSAT: _read_integer,
    AttributeType.NUMBER: _read_number,
    AttributeType.CURRENCY: _read_number,
    AttributeType.DATE: _read_date,
    AttributeType.DATETIME: _read_datetime,
    AttributeType.MULTI_LIST: _read_options,
}
