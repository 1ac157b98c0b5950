"""The codec: canonical values ↔ JSON ↔ CSV cells. Nothing else knows how Salesforce writes a value.

Salesforce keeps no blank text: `""` and nothing are one. So blank text and clear both travel as null (JSON)
or ``#N/A`` (upload); an empty cell of an upload would mean *leave alone*. Decimals never pass through a
float.
"""

from collections import abc
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

import orjson

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.canonical import number_text
from writeback.model.types import CLEAR, DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Clear, Value, Wish
from writeback_salesforce.wire.versions import wire_moment

CLEAR_CELL: Final = "#N/A"

KINDS: Final[abc.Mapping[str, AttributeType]] = {
    "boolean": AttributeType.BOOLEAN,
    "combobox": AttributeType.LIST,
    "currency": AttributeType.CURRENCY,
    "date": AttributeType.DATE,
    "datetime": AttributeType.DATETIME,
    "double": AttributeType.NUMBER,
    "email": AttributeType.EMAIL,
    "encryptedstring": AttributeType.TEXT,
    "id": AttributeType.TEXT,
    "int": AttributeType.INTEGER,
    "long": AttributeType.INTEGER,
    "multipicklist": AttributeType.MULTI_LIST,
    "percent": AttributeType.NUMBER,
    "phone": AttributeType.TEXT,
    "picklist": AttributeType.LIST,
    "reference": AttributeType.TEXT,
    "string": AttributeType.TEXT,
    "textarea": AttributeType.LONG_TEXT,
    "url": AttributeType.URL,
}
"""Salesforce's field types that Writeback carries; compound, binary and time types are not among them."""

Plain = str | bool | int | orjson.Fragment | None
Decoder = abc.Callable[[str], Value]


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


def cell_text(text: str) -> str:
    """Give text as an upload may hold it: CRLF as LF, never the mark that clears nor a lone CR.

    Raises:
        ContractBrokenError: It holds one of these; planning asks `refusals.bulk_refuses` before.
    """
    if text.strip() == CLEAR_CELL:
        raise ContractBrokenError("salesforce.bulk_cannot_write_na")
    if has_lone_cr(text):
        raise ContractBrokenError("salesforce.bulk_cannot_carry_cr")
    return text.replace("\r\n", "\n") if "\r" in text else text


def has_lone_cr(text: str) -> bool:
    """Say whether a carriage return stands without its line feed: an upload cannot carry it unchanged."""
    return "\r" in text and "\r" in text.replace("\r\n", "")


def decode_json(raw: object, kind: AttributeType) -> Value:
    """Give the canonical value of a JSON value; numbers arrive as int or Decimal, never as float.

    Raises:
        InvalidRequestError: Salesforce gave what its own describe rules out.
    """
    if raw is None or raw == "":
        return None
    if isinstance(raw, str):
        return decoder(kind)(raw)
    if isinstance(raw, bool):
        return raw if kind is AttributeType.BOOLEAN else str(raw).lower()
    if isinstance(raw, int | Decimal) and kind in DECIMAL_TYPES:
        return Decimal(raw)
    if isinstance(raw, int | Decimal) and kind in INTEGER_TYPES and raw == int(raw):
        return int(raw)
    raise InvalidRequestError("salesforce.unreadable_value", kind=kind.value, found=type(raw).__name__)


def decoder(kind: AttributeType) -> Decoder:
    """Give the function that reads text of one kind; for columns it is looked up once."""
    return _DECODERS.get(kind, _read_text)


def same_value(kind: AttributeType, ours: Value, theirs: Value) -> bool:
    """Say whether Salesforce would store `ours` as `theirs`.

    It trims text and turns blank into nothing, keeps moments to the second, and orders a multi-select its
    own way. CRLF and LF are held to be one: an upload carries LF only. Numbers must be equal: too many
    decimals are blocked before sending, so nothing is ever rounded.
    """
    if not (isinstance(ours, str) and isinstance(theirs, str)):
        return _stored(kind, ours) == _stored(kind, theirs)
    if _bare(ours) == _bare(theirs):  # nearly always two texts: a plan asks this a million times
        return True
    both_ids = (len(ours), len(theirs)) in _ID_LENGTHS and ours[:15] == theirs[:15]
    return both_ids and kind in (AttributeType.TEXT, AttributeType.USER_REF)


_ID_LENGTHS: Final = ((15, 18), (18, 15))


def _bare(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _stored(kind: AttributeType, value: Value) -> object:
    if isinstance(value, str):
        return _bare(value) or None
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    if isinstance(value, tuple):
        return frozenset(value) or None
    if value is None and kind is AttributeType.BOOLEAN:
        return False
    return value


def _text(kind: AttributeType, wish: str | date | datetime | tuple[str, ...] | Clear) -> str | None:
    if wish is CLEAR:
        return None
    if isinstance(wish, datetime):
        _must(kind is AttributeType.DATETIME and wish.tzinfo is not None, kind)
        return wire_moment(wish)
    if isinstance(wish, date):
        _must(kind is AttributeType.DATE, kind)
        return wish.isoformat()
    if isinstance(wish, tuple):
        _must(kind is AttributeType.MULTI_LIST and not any(";" in option for option in wish), kind)
        return ";".join(wish) or None
    _must(kind not in _DECODERS, kind)
    return str(wish) or None


def _must(is_canonical: bool, kind: AttributeType) -> None:  # noqa: FBT001  reads as a sentence
    if not is_canonical:
        raise ContractBrokenError("salesforce.misfit", kind=kind.value)


def _read_text(text: str) -> Value:
    return text or None


def _read_boolean(text: str) -> Value:
    if text in ("true", "false"):
        return text == "true"
    return _unreadable(AttributeType.BOOLEAN) if text else None


def _read_integer(text: str) -> Value:
    number = _read_number(text)
    if not isinstance(number, Decimal):
        return number
    return int(number) if number == int(number) else _unreadable(AttributeType.INTEGER)


def _read_number(text: str) -> Value:
    if not text:
        return None
    try:
        return Decimal(text)
    except ArithmeticError:
        return _unreadable(AttributeType.NUMBER)


def _read_date(text: str) -> Value:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return _unreadable(AttributeType.DATE)


def _read_datetime(text: str) -> Value:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return _unreadable(AttributeType.DATETIME)


def _read_options(text: str) -> Value:
    return tuple(text.split(";")) if text else None


def _unreadable(kind: AttributeType) -> Value:
    raise InvalidRequestError("salesforce.unreadable_value", kind=kind.value, found="text")


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
