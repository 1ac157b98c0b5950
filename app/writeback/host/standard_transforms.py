"""The transforms that the program brings itself, offered by the same hook as a plugin's.

`trim`, `collapse`, `upper`, `lower`, `title`, `digits` shape texts, each option of a multi-list for itself;
`date=dd.mm.yyyy` writes a date into a text field, and reads it back by the same form.
"""

import re
from collections import abc
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from writeback.model.changes import Reason
from writeback.model.types import Value
from writeback.planning.coercing import refusal, text_of
from writeback.sdk.hookspecs import hookimpl
from writeback.sdk.transforms import Transform

_SPACES: Final = re.compile(r"\s+")
_OTHER_THAN_DIGITS: Final = re.compile(r"[^0-9]")
_WORDS: Final = re.compile(r"[^\W\d_]+", re.UNICODE)
_PARTS: Final = re.compile(r"yyyy|mm|dd|m|d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextShape:
    """Shapes a text; what is no text stays as it is."""

    name: str
    make: abc.Callable[[str], str]

    def apply(self, value: Value, argument: str) -> Value | Reason:
        """Shape the text, or each option of a multi-list."""
        if argument:
            return refusal("transform.no_argument", argument, transform=self.name)
        if isinstance(value, tuple):
            return tuple(dict.fromkeys(made for one in value if (made := self.make(one))))
        return self.make(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class DateText:
    """Writes a date as a text of the form that its argument shows: `dd.mm.yyyy`, `m/d/yyyy`, `yyyymmdd`."""

    name: str = "date"

    def apply(self, value: Value, argument: str) -> Value | Reason:
        """Give the date as a text."""
        if not _is_form(argument):
            return refusal("transform.no_date_form", argument, transform=self.name)
        if isinstance(value, datetime) or not isinstance(value, date):
            return refusal("value.not_a_date", text_of(value) or "")
        return _PARTS.sub(lambda part: _written(value, part[0]), argument)

    def invert(self, value: Value, argument: str) -> Value | Reason:
        """Read a text of that form as the date it is; a date stays one."""
        if not _is_form(argument):
            return refusal("transform.no_date_form", argument, transform=self.name)
        if not isinstance(value, str):
            return value
        found = re.fullmatch(_pattern(argument), value.strip(), re.ASCII)
        if found is None:
            return refusal("value.not_a_date", value)
        try:
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError:
            return refusal("value.not_a_date", value)


def _is_form(argument: str) -> bool:
    parts = sorted(part.casefold()[0] for part in _PARTS.findall(argument))
    return parts == ["d", "m", "y"] and not re.search(r"[a-z0-9]", _PARTS.sub("", argument), re.IGNORECASE)


def _written(day: date, part: str) -> str:
    number = {"d": day.day, "m": day.month, "y": day.year}[part[0].casefold()]
    return f"{number:0{len(part)}d}"


def _pattern(argument: str) -> str:
    places = list(_PARTS.finditer(argument))
    made, end = "", 0
    for place in places:
        made += re.escape(argument[end : place.start()])
        digits = {4: "[0-9]{4}", 2: "[0-9]{2}"}.get(len(place[0]), "[0-9]{1,2}")
        made += f"(?P<{place[0][0].casefold()}>{digits})"
        end = place.end()
    return made + re.escape(argument[end:])


def _titled(text: str) -> str:
    return _WORDS.sub(lambda word: word[0][:1].upper() + word[0][1:].lower(), text)


STANDARD: Final[tuple[Transform, ...]] = (
    TextShape("trim", str.strip),
    TextShape("collapse", lambda text: _SPACES.sub(" ", text).strip()),
    TextShape("upper", str.upper),
    TextShape("lower", str.lower),
    TextShape("title", _titled),
    TextShape("digits", lambda text: _OTHER_THAN_DIGITS.sub("", text)),
    DateText(),
)


@hookimpl
def writeback_transforms() -> abc.Iterable[Transform]:
    """Offer the program's own."""
    return STANDARD
