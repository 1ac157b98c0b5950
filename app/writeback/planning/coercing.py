"""Turn text into canonical values, field by field; what cannot be read is refused with a reason.

`True`, `yes` and `1` in a boolean become `True` here and never reach a wire as text; `maybe` never
leaves the form. Nothing is guessed: a date without its order, a number with a thousands comma and a
moment without a time zone are refused, and nothing is ever cut or rounded.

Must not: know whether the CRM takes the value (`checking` does).
"""

import json
import re
from collections import abc
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from writeback.model.attributes import Option
from writeback.model.canonical import UNSET, Unset, to_plain
from writeback.model.changes import Reason
from writeback.model.integrations import BlankRule
from writeback.model.types import CLEAR, DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Value, Wish

Coerce = abc.Callable[[str], Wish | Reason]
"""Reads one text that is not blank."""

YES: Final = frozenset({"true", "t", "yes", "y", "1", "on"})
NO: Final = frozenset({"false", "f", "no", "n", "0", "off"})
MOST_DIGITS: Final = 60
"""A number written with more, or with such an exponent, is a slip and not an amount."""
SEPARATOR: Final = ";"

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.ASCII,
)
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_SHOWN = 80


def coerce(
    text: str | None,
    kind: AttributeType,
    *,
    options: abc.Sequence[Option] = (),
    is_restricted: bool = False,
    blank: BlankRule = BlankRule.KEEP,
) -> Wish | Unset | Reason:
    """Read one text as a wish.

    Args:
        text: As typed or as it stands in a file; None clears, whatever `blank` says.
        kind: What the field holds.
        options: The list's values and labels; either is understood, whatever its case.
        is_restricted: Refuse what is none of `options`.
        blank: What text without a visible character means.

    Returns:
        The canonical value; CLEAR; UNSET for a blank that is kept; or why it cannot be read.
    """
    if text is None:
        return CLEAR
    if not text or text.isspace():
        return CLEAR if blank is BlankRule.CLEAR else UNSET
    return coercer(kind, options=options, is_restricted=is_restricted)(text)


def coercer(
    kind: AttributeType, *, options: abc.Sequence[Option] = (), is_restricted: bool = False
) -> Coerce:
    """Make the reader for one field: made once, called for every row with text that is not blank."""
    if kind in (AttributeType.LIST, AttributeType.LIFECYCLE):
        return _OneOf(options, is_restricted=is_restricted)
    if kind is AttributeType.MULTI_LIST:
        return _SomeOf(_OneOf(options, is_restricted=is_restricted))
    if kind in INTEGER_TYPES:
        return _integer
    if kind in DECIMAL_TYPES:
        return _decimal
    return _READERS.get(kind, _text)


def text_of(value: Value) -> str | None:
    """Give the text that coerces back to `value` (a law of `tests/property`); None for nothing."""
    match value:
        case None:
            return None
        case tuple():
            return _joined(value)
        case bool():
            return "true" if value else "false"
        case _:
            return str(to_plain(value))


def _joined(options: tuple[str, ...]) -> str:
    """Write options with semicolons between them; as a JSON list where one of them holds a semicolon."""
    if any(SEPARATOR in option or option != option.strip() or option[:1] == "[" for option in options):
        return json.dumps(options, ensure_ascii=False)
    return SEPARATOR.join(options)


def parted(text: str) -> list[str]:
    """Read options as `_joined` writes them; blank ones are none."""
    if text.lstrip().startswith("["):
        try:
            read = json.loads(text)
        except ValueError:
            read = None
        if isinstance(read, list) and all(isinstance(option, str) for option in read):
            return [str(option) for option in read if option.strip()]
    return [part.strip() for part in text.split(SEPARATOR) if part.strip()]


def refusal(code: str, text: str, **facts: str) -> Reason:
    """Give the reason why a text is refused; the text is shown shortened."""
    return with_text(Reason(code, tuple(facts.items())), text)


def with_text(reason: Reason, text: str) -> Reason:
    """Let a reason tell the text that it is about, shortened, where it tells none."""
    if any(name == "value" for name, _ in reason.facts):
        return reason
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return Reason(reason.code, (("value", printable(shown)), *reason.facts))


def printable(text: str) -> str:
    """Replace what no table can store: half a surrogate pair."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _text(text: str) -> Wish | Reason:
    if text.isascii():
        return text if "\0" not in text else refusal("value.not_text", text.replace("\0", "�"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return refusal("value.not_text", text)
    return text if "\0" not in text else refusal("value.not_text", text.replace("\0", "�"))


def _boolean(text: str) -> Wish | Reason:
    word = text.strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    return refusal("value.not_a_boolean", text)


def _number(text: str) -> Decimal | None:
    bare = text.strip()
    if len(bare) > MOST_DIGITS or not _NUMBER.fullmatch(bare):
        return None
    number = Decimal(bare)
    return number if abs(number.adjusted()) <= MOST_DIGITS else None


def _decimal(text: str) -> Wish | Reason:
    number = _number(text)
    return refusal("value.not_a_number", text) if number is None else Decimal(format(number, "f"))


def _integer(text: str) -> Wish | Reason:
    number = _number(text)
    if number is None:
        return refusal("value.not_a_number", text)
    if number != number.to_integral_value():
        return refusal("value.not_an_integer", text)
    return int(number)


def _date(text: str) -> Wish | Reason:
    bare = text.strip()
    try:
        return date.fromisoformat(bare) if _DATE.fullmatch(bare) else refusal("value.not_a_date", text)
    except ValueError:
        return refusal("value.not_a_date", text)


def _moment(text: str) -> Wish | Reason:
    bare = text.strip()
    found = _MOMENT.fullmatch(bare)
    if found is None:
        return refusal("value.not_a_moment", text)
    if found.group(1) is None:
        return refusal("value.no_time_zone", text)
    try:
        moment = datetime.fromisoformat(bare)
        to_plain(moment)  # near the year 1 or 9999 there is no UTC form
    except (ValueError, OverflowError):
        return refusal("value.not_a_moment", text)
    return moment


def _mail(text: str) -> Wish | Reason:
    bare = text.strip()
    return _text(bare) if _MAIL.fullmatch(bare) else refusal("value.not_an_email", text)


_READERS: Final[abc.Mapping[AttributeType, Coerce]] = {
    AttributeType.BOOLEAN: _boolean,
    AttributeType.DATE: _date,
    AttributeType.DATETIME: _moment,
    AttributeType.EMAIL: _mail,
}


class _OneOf:
    """Reads one option by its value or label; exact first, then whatever the case."""

    def __init__(self, options: abc.Sequence[Option], *, is_restricted: bool) -> None:
        self._is_restricted = is_restricted
        self._exact = {option.value: option for option in reversed(options)}
        self._folded: dict[str, set[str]] = {}
        for option in options:
            for name in {option.value.casefold().strip(), option.label.casefold().strip()}:
                self._folded.setdefault(name, set()).add(option.value)

    def __call__(self, text: str) -> Wish | Reason:
        option = self._exact.get(text) or self._exact.get(text.strip())
        if option is None:
            matches = self._folded.get(text.casefold().strip(), set())
            if len(matches) > 1:
                return refusal("value.option_ambiguous", text, options=", ".join(sorted(matches)))
            option = self._exact[next(iter(matches))] if matches else None
        if option is None:
            return refusal("value.not_an_option", text) if self._is_restricted else _text(text)
        if not option.active and self._is_restricted:
            return refusal("value.option_inactive", text)
        return option.value


class _SomeOf:
    """Reads several options, separated by semicolons or as a JSON list, each once, in their order."""

    def __init__(self, one: _OneOf) -> None:
        self._one = one

    def __call__(self, text: str) -> Wish | Reason:
        values: dict[str, None] = {}
        for part in parted(text):
            value = self._one(part)
            if isinstance(value, Reason):
                return value
            values[str(value)] = None
        return tuple(values) if values else refusal("value.not_an_option", text)
