"""Hold a value against what the CRM tells about the field, before it costs a call.

Read-only, calculated, too long, out of range, too many decimals, required, not one of a restricted
list: each is a `Reason` with the field's name and the limit. Nothing is cut or rounded to fit.

Must not: call the CRM; what only the CRM can know (validation rules) it will say itself.
"""

from collections import abc
from decimal import Decimal
from typing import Final

from writeback.model.canonical import UNSET, Unset
from writeback.model.changes import Reason
from writeback.model.integrations import BlankRule
from writeback.model.types import (
    CLEAR,
    DECIMAL_TYPES,
    INTEGER_TYPES,
    AttributeType,
    Clear,
    Value,
    Wish,
)
from writeback.planning.coercing import coercer, printable, refusal, text_of
from writeback.planning.facts import FieldFacts

Read = abc.Callable[[str], Wish | Unset | Reason]
"""Reads and checks one text of a file."""

RANGES: abc.Mapping[AttributeType, tuple[int, int]] = {AttributeType.NPS: (0, 10), AttributeType.CSAT: (1, 5)}
PLAIN = frozenset({AttributeType.TEXT, AttributeType.LONG_TEXT, AttributeType.URL, AttributeType.USER_REF})
"""Types whose values are their texts."""
LONGEST: Final = 2**31
DOUBLE_DIGITS: Final = "15"
"""So many digits a binary double holds of any number."""
KNOWN_MOST: Final = 20_000
"""So many different texts of a column are remembered at a time."""


def check_field(field: FieldFacts) -> Reason | None:
    """Say why a field cannot be written at all; None when it can."""
    if field.kind is None:
        return about(field, Reason("field.not_carried"))
    if field.is_calculated:
        return about(field, Reason("field.calculated"))
    if not field.is_updateable:
        return about(field, Reason("field.read_only"))
    return None


def check_wish(field: FieldFacts, wish: Wish) -> Reason | None:
    """Say why the CRM would not take a canonical value; None when nothing is known against it."""
    if isinstance(wish, Clear):
        return None if field.is_nillable else about(field, Reason("value.required"))
    found = _check_value(field, wish)
    return None if found is None else about(field, found)


def fit(field: FieldFacts, value: Value, *, kind: AttributeType) -> Wish | Reason:
    """Turn an attribute's value into one the field can hold, and check it.

    Args:
        field: The CRM field.
        value: Canonical for `kind`; None clears.
        kind: The attribute's type, which may differ from the field's.
    """
    if value is None:
        return check_wish(field, CLEAR) or CLEAR
    field_kind = field.kind or AttributeType.TEXT
    if kind is field_kind and field_kind not in _LISTS:
        return check_wish(field, value) or value
    read = reader(field)(text_of(value) or "")
    return value if isinstance(read, Unset) else read


def reader(field: FieldFacts, *, blank: BlankRule = BlankRule.KEEP) -> Read:
    """Make the function that reads and checks one column of a file: made once, called for every text."""
    kind = field.kind or AttributeType.TEXT
    empty = when_blank(field, blank)
    read = coercer(kind, options=field.options, is_restricted=field.is_restricted)

    def read_checked(text: str) -> Wish | Unset | Reason:
        if not text or text.isspace():
            return empty
        value = read(text)
        if isinstance(value, Reason):
            return about(field, value)
        return check_wish(field, value) or value

    return read_checked


def when_blank(field: FieldFacts, blank: BlankRule) -> Wish | Unset | Reason:
    """Give what a blank cell means for a field."""
    if blank is BlankRule.KEEP:
        return UNSET
    return check_wish(field, CLEAR) or CLEAR


class ColumnReader:
    """Reads one column of a file, many cells at once: a million rows have few different dates.

    Gives what `read` would give for each cell. Plain texts pass through as they are; of the rest each
    different text is read once.
    """

    def __init__(self, read: Read, *, plain_most: int | None = None) -> None:
        """Take the reader of single texts; `plain_most`: texts up to this length are their own value."""
        self._read = read
        self._plain_most = plain_most
        self._known: dict[str, Wish | Unset | Reason] = {}

    def read(self, texts: abc.Sequence[str]) -> abc.Sequence[Wish | Unset | Reason]:
        """Read some cells of the column."""
        if self._plain_most is not None and self._are_plain(texts, self._plain_most):
            return texts
        known = self._known
        if len(known) > KNOWN_MOST:
            known.clear()
        for text in set(texts).difference(known):
            known[text] = self._read(text)
        return [known[text] for text in texts]

    def _are_plain(self, texts: abc.Sequence[str], most: int) -> bool:
        joined = "".join(texts)
        return (
            joined.isascii()
            and "\0" not in joined
            and all(texts)
            and max(map(len, texts)) <= most
            and not any(map(str.isspace, texts))
        )


def column_reader(field: FieldFacts, *, blank: BlankRule = BlankRule.KEEP) -> ColumnReader:
    """Make the reader of one column of a file."""
    is_plain = field.kind in PLAIN
    most = (field.length if field.length is not None else LONGEST) if is_plain else None
    return ColumnReader(reader(field, blank=blank), plain_most=most)


def about(field: FieldFacts, reason: Reason) -> Reason:
    """Name the field in a reason."""
    return Reason(
        reason.code, (("field", field.name), *(fact for fact in reason.facts if fact[0] != "field"))
    )


_LISTS = frozenset({AttributeType.LIST, AttributeType.MULTI_LIST, AttributeType.LIFECYCLE})


def _check_value(field: FieldFacts, value: Value) -> Reason | None:
    kind = field.kind or AttributeType.TEXT
    if isinstance(value, str):
        return _check_text(field, value)
    if isinstance(value, tuple):
        return _check_options(field, value)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return _check_number(field, Decimal(value), kind)
    return None


def _check_text(field: FieldFacts, text: str) -> Reason | None:
    if field.length is None or len(text) <= field.length:
        return None
    return refusal("value.too_long", text, length=str(len(text)), most=str(field.length))


def _check_options(field: FieldFacts, options: tuple[str, ...]) -> Reason | None:
    for option in options:
        if field.separator and field.separator in option:
            return refusal("value.holds_separator", option, separator=field.separator)
    return None


def _check_number(field: FieldFacts, number: Decimal, kind: AttributeType) -> Reason | None:
    text = printable(format(number, "f"))
    if kind in RANGES:
        low, high = RANGES[kind]
        if not low <= number <= high:
            return refusal("value.out_of_range", text, least=str(low), most=str(high))
    if field.length is not None and number and number.adjusted() + 1 > field.length:
        return refusal("value.too_big", text, most=str(field.length))
    if field.is_double and Decimal(repr(float(number))) != number:
        return refusal("value.too_many_digits", text, most=DOUBLE_DIGITS)
    if field.scale is None or kind not in DECIMAL_TYPES | INTEGER_TYPES:
        return None
    decimals = len(text.partition(".")[2].rstrip("0"))
    if decimals > field.scale:
        return refusal("value.too_many_decimals", text, decimals=str(decimals), most=str(field.scale))
    return None
