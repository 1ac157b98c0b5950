"""The codec: canonical values ↔ the text in which HubSpot writes every property value.

A value is text or null, in and out. Nothing is cleared by null, only by ``""``. Several checkboxes are
joined by ``;``, and a leading ``;`` would *append* instead of replace. A `date` given as milliseconds must be
midnight UTC, so dates travel as ``YYYY-MM-DD``. Decimals never pass through a float. (Properties guide;
contract §7.)
"""

from collections import abc
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.canonical import number_text
from writeback.model.types import CLEAR, DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Value, Wish

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Decoder = abc.Callable[[str], Value]


def encode(kind: AttributeType, wish: Wish) -> str:
    """Give the text that stands for a wish.

    Raises:
        ContractBrokenError: The wish is no canonical value of its kind.
    """
    if wish is CLEAR:
        return ""
    if isinstance(wish, bool):
        _must(kind is AttributeType.BOOLEAN, kind)
        return "true" if wish else "false"
    if isinstance(wish, Decimal):
        _must(kind in DECIMAL_TYPES and wish.is_finite(), kind)
        return number_text(wish)
    if isinstance(wish, int):
        _must(kind in INTEGER_TYPES, kind)
        return str(wish)
    return _encode_text(kind, wish)


def _encode_text(kind: AttributeType, wish: str | date | datetime | tuple[str, ...]) -> str:
    if isinstance(wish, datetime):
        _must(kind is AttributeType.DATETIME and wish.tzinfo is not None, kind)
        return wire_moment(wish)
    if isinstance(wish, date):
        _must(kind is AttributeType.DATE, kind)
        return wish.isoformat()
    if isinstance(wish, tuple):
        _must(kind is AttributeType.MULTI_LIST and all(part and ";" not in part for part in wish), kind)
        return ";".join(wish)
    _must(kind not in _DECODERS, kind)
    return carried(wish)


def carried(text: str) -> str:
    """Give text that JSON can carry.

    Raises:
        ContractBrokenError: It holds half a character.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ContractBrokenError("hubspot.not_text") from None
    return text


def decode(raw: object, kind: AttributeType) -> Value:
    """Give the canonical value of a property; null and blank are nothing.

    Raises:
        InvalidRequestError: HubSpot gave what its own property definition rules out.
    """
    if raw is None or raw == "":
        return None
    text = raw if isinstance(raw, str) else _plain(raw)
    return decoder(kind)(text)


def decoder(kind: AttributeType) -> Decoder:
    """Give the function that reads text of one kind; for columns it is looked up once."""
    return _DECODERS.get(kind, str)


def same_value(kind: AttributeType, ours: Value, theirs: Value) -> bool:
    """Say whether HubSpot would store `ours` as `theirs`.

    Blank is nothing, moments have milliseconds, checkboxes keep no order, e-mail addresses are stored in
    small letters.
    """
    return _stored(kind, ours) == _stored(kind, theirs)


def _stored(kind: AttributeType, value: Value) -> object:
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").strip()
        return (text.casefold() if kind is AttributeType.EMAIL else text) or None
    if isinstance(value, datetime):
        return value.replace(microsecond=value.microsecond // 1000 * 1000)
    if isinstance(value, tuple):
        return frozenset(value) or None
    return value if not isinstance(value, bool) else (kind, value)  # False is not 0


def wire_moment(moment: datetime) -> str:
    """Write a moment as HubSpot does: UTC, milliseconds, Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def milliseconds(moment: date) -> str:
    """Write a moment, or midnight UTC of a day, as milliseconds since 1970: what a search compares."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return str((moment - _EPOCH) // timedelta(milliseconds=1))


def token_of(text: object) -> str | None:
    """Give the version token of an `updatedAt`: always with milliseconds, so that tokens sort as text."""
    if not isinstance(text, str) or not text:
        return None
    if len(text) == 24 and text.endswith("Z"):
        return text
    moment = _read_datetime(text)
    return wire_moment(moment) if isinstance(moment, datetime) else None


def moment_of(token: str) -> datetime:
    """Give the moment a version token stands for.

    Raises:
        ContractBrokenError: We never made such a token.
    """
    try:
        moment = datetime.fromisoformat(token)
    except ValueError:
        raise ContractBrokenError("hubspot.bad_version", given=token[:40]) from None
    if moment.tzinfo is None:
        raise ContractBrokenError("hubspot.bad_version", given=token[:40])
    return moment.astimezone(UTC)


def _must(is_canonical: bool, kind: AttributeType) -> None:  # noqa: FBT001  reads as a sentence
    if not is_canonical:
        raise ContractBrokenError("hubspot.misfit", kind=kind.value)


def _plain(raw: object) -> str:
    """Read what stands as a JSON number or boolean where text is documented."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, int | float):
        return str(raw)
    raise InvalidRequestError("hubspot.unreadable_value", kind="text", found=type(raw).__name__)


def _read_boolean(text: str) -> Value:
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    return _unreadable(AttributeType.BOOLEAN)


def _read_integer(text: str) -> Value:
    number = _read_number(text)
    if isinstance(number, Decimal) and number == number.to_integral_value():
        return int(number)
    return _unreadable(AttributeType.INTEGER)


def _read_number(text: str) -> Value:
    try:
        number = Decimal(text.strip())
    except ArithmeticError:
        return _unreadable(AttributeType.NUMBER)
    return number if number.is_finite() else _unreadable(AttributeType.NUMBER)


def _read_date(text: str) -> Value:
    try:
        return _from_milliseconds(text).date() if _is_count(text) else date.fromisoformat(text[:10])
    except (ValueError, OverflowError):
        return _unreadable(AttributeType.DATE)


def _read_datetime(text: str) -> Value:
    try:
        moment = _from_milliseconds(text) if _is_count(text) else datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return _unreadable(AttributeType.DATETIME)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read_options(text: str) -> Value:
    return tuple(part for part in text.split(";") if part) or None


def _from_milliseconds(text: str) -> datetime:
    return _EPOCH + timedelta(milliseconds=int(text))


def _is_count(text: str) -> bool:
    return text.isascii() and text.removeprefix("-").isdigit()


def _unreadable(kind: AttributeType) -> Value:
    raise InvalidRequestError("hubspot.unreadable_value", kind=kind.value, found="text")


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
