"""Values and names as they may stand in an address: the one place that quotes for OData.

Names come from metadata and are checked all the same. A value that a column of its type cannot hold has no
literal; the caller decides whether that is an error or simply *found nowhere*.
[filter-rows], OData ABNF rules `primitiveLiteral` and `string`.
"""

import re
from collections import abc
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final
from urllib.parse import quote

from writeback.errors import ContractBrokenError
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Value

_GUID: Final = re.compile(r"\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z_]\w{0,127}", re.ASCII)
_STRING: Final = re.compile(r"('(?:[^']|'')*')")
_SAFE: Final = "$(),:=@'*!"
"""Left as they are anywhere in the value of a query option."""
_WHOLE: Final = re.compile(r"[+-]?\d{1,19}", re.ASCII)


def guid_of(text: str) -> str | None:
    """Give a record id in the form Dataverse answers with (lower case, bare); None for what is none."""
    match = _GUID.fullmatch(text.strip().lower())
    return match[1] if match else None


def row_id(text: str) -> str:
    """Give an id that may stand in an address.

    Raises:
        ContractBrokenError: It is none; planning resolves ids before anything is sent.
    """
    found = guid_of(text)
    if found is None:
        raise ContractBrokenError("dynamics.bad_id", given=text[:40])
    return found


def api_name(text: str) -> str:
    """Give a table's, column's or navigation property's name that may stand in an address.

    Raises:
        ContractBrokenError: It holds a character that no such name has.
    """
    if not _NAME.fullmatch(text):
        raise ContractBrokenError("dynamics.bad_name", given=text[:80])
    return text


def literal(value: Value, kind: AttributeType, *, is_guid: bool = False) -> str | None:
    """Give a value, canonical or as text, as an OData literal of a column's type.

    Returns:
        The literal, not yet percent-encoded; None when the column cannot hold such a value.
    """
    if value is None:
        return "null"
    return _guid(value) if is_guid else _LITERALS.get(kind, _text)(value)


def quoted(text: str) -> str | None:
    """Give text as a string literal; None for half a character, which no address can carry."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return None
    return "'" + text.replace("'", "''") + "'"


def wire_moment(moment: datetime) -> str:
    """Write a moment as Dataverse reads it without doubt: UTC with Z, and no fraction where there is none."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def address(resource: str, options: dict[str, str]) -> str:
    """Give a resource with its query options, percent-encoded; blank ones are left out.

    Args:
        resource: Below the service root, made of checked names and literals.
        options: By name without `$`, such as `select`.

    Raises:
        ContractBrokenError: An option holds half a character, which no address can carry.
    """
    parts = [f"${name}={_encoded(value, name)}" for name, value in options.items() if value]
    return f"{resource}?{'&'.join(parts)}" if parts else resource


def _encoded(value: str, name: str) -> str:
    """Percent-encode: a slash joins hops outside of string literals, and is a character inside."""
    outside = _SAFE + ("/;" if name == "expand" else "/")
    pieces = enumerate(_STRING.split(value))
    try:
        return "".join(quote(piece, safe=_SAFE if place % 2 else outside) for place, piece in pieces)
    except UnicodeEncodeError:  # half a character, typed into a filter
        raise ContractBrokenError("dynamics.not_text") from None


def _guid(value: Value) -> str | None:
    return guid_of(value) if isinstance(value, str) else None


def _text(value: Value) -> str | None:
    return quoted(value) if isinstance(value, str) else None


def _boolean(value: Value) -> str | None:
    text = str(value).strip().lower() if isinstance(value, bool | str) else ""
    return text if text in ("true", "false") else None


def _whole(value: Value) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value).strip()
    return str(int(text)) if _WHOLE.fullmatch(text) else None


def _number(value: Value) -> str | None:
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        return None
    try:
        number = Decimal(value)
    except ArithmeticError:
        return None
    number = number or number.copy_abs()  # -0 is 0
    return format(number, "f") if number.is_finite() and abs(number.adjusted()) < 100 else None


def _date(value: Value) -> str | None:
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None


def _moment(value: Value) -> str | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime) or value.tzinfo is None:
        return None
    return wire_moment(value)


_LITERALS: Final[abc.Mapping[AttributeType, abc.Callable[[Value], str | None]]] = {
    **dict.fromkeys(INTEGER_TYPES, _whole),
    **dict.fromkeys(DECIMAL_TYPES, _number),
    AttributeType.LIST: _whole,
    AttributeType.LIFECYCLE: _whole,
    AttributeType.BOOLEAN: _boolean,
    AttributeType.DATE: _date,
    AttributeType.DATETIME: _moment,
}
