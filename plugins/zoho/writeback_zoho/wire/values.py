"""The codec: canonical values ↔ JSON. Nothing else knows how Zoho writes a value (`bulk_rows` for CSV).

Blank text and clear both travel as null. A bigint is text in JSON. Decimals never pass through a float. A
multi-select is an array and replaces what was there. A reference is an object with an id.
"""

from collections import abc
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final, TypeVar

import orjson

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.canonical import number_text
from writeback.model.types import CLEAR, DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Value, Wish
from writeback_zoho.wire.ids import known_id
from writeback_zoho.wire.versions import wire_moment

KINDS: Final[abc.Mapping[str, AttributeType]] = {
    "autonumber": AttributeType.TEXT,
    "bigint": AttributeType.INTEGER,
    "boolean": AttributeType.BOOLEAN,
    "currency": AttributeType.CURRENCY,
    "date": AttributeType.DATE,
    "datetime": AttributeType.DATETIME,
    "double": AttributeType.NUMBER,
    "email": AttributeType.EMAIL,
    "formula": AttributeType.TEXT,
    "integer": AttributeType.INTEGER,
    "lookup": AttributeType.TEXT,
    "multiselectpicklist": AttributeType.MULTI_LIST,
    "ownerlookup": AttributeType.TEXT,
    "percent": AttributeType.NUMBER,
    "phone": AttributeType.TEXT,
    "picklist": AttributeType.LIST,
    "rich_text": AttributeType.LONG_TEXT,
    "rollup_summary": AttributeType.NUMBER,
    "text": AttributeType.TEXT,
    "textarea": AttributeType.LONG_TEXT,
    "userlookup": AttributeType.TEXT,
    "website": AttributeType.URL,
}
"""Zoho's `data_type`s that Writeback carries; subforms, files, images, multi-lookups are not among them."""
COMPUTED_KINDS: Final[abc.Mapping[str, AttributeType]] = {
    "integer": AttributeType.INTEGER,
    "double": AttributeType.NUMBER,
    "boolean": AttributeType.BOOLEAN,
    "string": AttributeType.TEXT,
}
"""What a formula or a roll-up holds, by its `json_type`."""
REFERENCES: Final = frozenset({"lookup", "ownerlookup", "userlookup"})

Json = str | bool | int | orjson.Fragment | list[str] | dict[str, str] | None
T = TypeVar("T")


def encode(crm_type: str, kind: AttributeType, wish: Wish) -> Json:
    """Give what stands for a wish in a JSON body; `orjson` writes it.

    Args:
        crm_type: Zoho's `data_type`; "" where the field is not described.
        kind: The type of the wish.
        wish: What the field shall hold.

    Raises:
        ContractBrokenError: The wish is no canonical value of its kind.
    """
    if wish is CLEAR or wish in ("", ()):
        return None
    if crm_type in REFERENCES:
        return {"id": _reference(wish, kind)}
    plain = _plain(kind, wish)
    return str(plain) if crm_type == "bigint" and isinstance(plain, int) else plain


def decode(raw: object, kind: AttributeType) -> Value:
    """Give the canonical value of a JSON value; numbers arrive as int or Decimal, never as float.

    Raises:
        InvalidRequestError: Zoho gave what its own metadata rule out.
    """
    if raw is None or raw in ("", []):
        return None
    if isinstance(raw, abc.Mapping):
        return _decode_reference(raw, kind)
    if isinstance(raw, list):
        return _decode_list(raw, kind)
    if isinstance(raw, bool):
        return raw if kind is AttributeType.BOOLEAN else _misread(kind, raw, is_text_fine=True)
    if isinstance(raw, int | Decimal):
        return _decode_number(raw, kind)
    return decode_text(str(raw), kind)


def decode_text(text: str, kind: AttributeType) -> Value:
    """Give the canonical value of a text that stands for a value of this kind."""
    try:
        return _READERS.get(kind, _read_text)(text)
    except (ValueError, ArithmeticError):
        raise InvalidRequestError("zoho.unreadable_value", kind=kind.value, found="text") from None


def same_value(kind: AttributeType, ours: Value, theirs: Value) -> bool:
    """Say whether Zoho would store `ours` as `theirs`.

    It keeps moments to the second and gives them in the user's zone, turns blank into nothing, orders a
    multi-select its own way; spaces around a text are held to be no difference, nor are CRLF and LF: an
    upload carries LF only. Numbers must be equal.
    """
    return _stored(kind, ours) == _stored(kind, theirs)


def has_lone_cr(text: str) -> bool:
    """Say whether a carriage return stands without its line feed: an upload cannot carry it unchanged."""
    return "\r" in text and "\r" in text.replace("\r\n", "")


def _stored(kind: AttributeType, value: Value) -> object:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    if isinstance(value, tuple):
        return frozenset(value) or None
    if value is None and kind is AttributeType.BOOLEAN:
        return False
    return value


def _plain(  # noqa: PLR0911  one for each type
    kind: AttributeType, wish: Wish
) -> str | bool | int | orjson.Fragment | list[str]:
    match wish:
        case bool():
            return _must(wish, kind, is_canonical=kind is AttributeType.BOOLEAN)
        case int():
            return _must(wish, kind, is_canonical=kind in INTEGER_TYPES)
        case Decimal():
            _must(wish, kind, is_canonical=kind in DECIMAL_TYPES and wish.is_finite())
            return orjson.Fragment(number_text(wish))
        case datetime():
            is_aware = kind is AttributeType.DATETIME and wish.tzinfo is not None
            return wire_moment(_must(wish, kind, is_canonical=is_aware))
        case date():
            return _must(wish, kind, is_canonical=kind is AttributeType.DATE).isoformat()
        case tuple():
            return list(_must(wish, kind, is_canonical=kind is AttributeType.MULTI_LIST))
        case _:
            return str(_must(wish, kind, is_canonical=kind not in _READERS))


def _must(wish: T, kind: AttributeType, *, is_canonical: bool) -> T:
    if not is_canonical:
        raise ContractBrokenError("zoho.misfit", kind=kind.value)
    return wish


def _reference(wish: Wish, kind: AttributeType) -> str:
    found = known_id(wish)
    if found is None:
        raise ContractBrokenError("zoho.misfit", kind=kind.value)
    return found


def _decode_reference(raw: abc.Mapping[object, object], kind: AttributeType) -> Value:
    found = known_id(raw.get("id"))
    if found is None or kind in _READERS:
        return _misread(kind, raw)
    return found


def _decode_list(raw: list[object], kind: AttributeType) -> Value:
    if kind is not AttributeType.MULTI_LIST or not all(isinstance(option, str) for option in raw):
        return _misread(kind, raw)
    return tuple(str(option) for option in raw)


def _decode_number(raw: int | Decimal, kind: AttributeType) -> Value:
    if kind in DECIMAL_TYPES:
        return Decimal(raw)
    if kind in INTEGER_TYPES:
        return int(raw) if raw == int(raw) else _misread(kind, raw)
    return _misread(kind, raw, is_text_fine=True)


def _misread(kind: AttributeType, raw: object, *, is_text_fine: bool = False) -> Value:
    if is_text_fine and kind not in _READERS:
        return format(raw, "f") if isinstance(raw, Decimal) else str(raw).lower()
    raise InvalidRequestError("zoho.unreadable_value", kind=kind.value, found=type(raw).__name__)


def _read_text(text: str) -> Value:
    return text


def _read_boolean(text: str) -> Value:
    word = text.strip().lower()
    if word not in ("true", "false"):
        raise ValueError(word)
    return word == "true"


def _read_integer(text: str) -> Value:
    number = Decimal(text)
    if number != number.to_integral_value():
        raise ValueError(text)
    return int(number)


def _read_date(text: str) -> Value:
    return date.fromisoformat(text)


def _read_datetime(text: str) -> Value:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC)


def _read_options(text: str) -> Value:
    return tuple(option for option in text.split(";") if option) or None


_READERS: Final[abc.Mapping[AttributeType, abc.Callable[[str], Value]]] = {
    AttributeType.BOOLEAN: _read_boolean,
    AttributeType.INTEGER: _read_integer,
    AttributeType.NPS: _read_integer,
    AttributeType.CSAT: _read_integer,
    AttributeType.NUMBER: Decimal,
    AttributeType.CURRENCY: Decimal,
    AttributeType.DATE: _read_date,
    AttributeType.DATETIME: _read_datetime,
    AttributeType.MULTI_LIST: _read_options,
}
