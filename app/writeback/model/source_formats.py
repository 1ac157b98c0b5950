"""How a CRM's text field writes dates, moments and numbers, as a person told us.

Nothing is guessed: `03/04/2026` means nothing until somebody says which comes first.
"""

import enum
import re
from dataclasses import dataclass
from typing import Final, Self

from writeback.errors import MappingError
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType


class DateOrder(enum.StrEnum):
    """Which part of a date comes first."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class DecimalMark(enum.StrEnum):
    """What stands before the decimals; the other sign groups thousands."""

    POINT = "point"
    COMMA = "comma"


_OFFSET: Final = re.compile(r"[+-](?:0[0-9]|1[0-4]):[0-5][0-9]")
_ZONE: Final = re.compile(r"UTC|[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2}")
_NUMBERS: Final = DECIMAL_TYPES | INTEGER_TYPES
_DATES: Final = frozenset({AttributeType.DATE, AttributeType.DATETIME})


@dataclass(frozen=True, slots=True)
class SourceFormat:
    """A source format; all parts unset: values are taken as the CRM types them."""

    order: DateOrder | None = None
    decimal: DecimalMark | None = None
    zone: str = ""
    """The time zone of moments that name none: `Europe/Berlin`, `UTC`, `+01:00`."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `dmy`, `comma`, `dmy Europe/Berlin`; '' is no format.

        Raises:
            MappingError: `format.unknown`: a word is none of these, or says twice what one says.
        """
        found: dict[str, str] = {}
        for word in text.split():
            part = _part_of(word)
            if not part or part in found:
                raise MappingError("format.unknown", format=text[:80])
            found[part] = word if part == "zone" else word.casefold()
        return cls(
            DateOrder(found["order"]) if "order" in found else None,
            DecimalMark(found["decimal"]) if "decimal" in found else None,
            found.get("zone", ""),
        )

    def __str__(self) -> str:
        return " ".join(filter(None, (self.order, self.decimal, self.zone)))

    def __bool__(self) -> bool:
        return self != SourceFormat()

    def fits(self, kind: AttributeType) -> bool:
        """Say whether an attribute of this type can be read with it."""
        if kind in _NUMBERS:
            return self.decimal is not None and self.order is None and not self.zone
        return kind in _DATES and self.decimal is None and (kind is AttributeType.DATETIME or not self.zone)

    @property
    def own_kind(self) -> AttributeType:
        """The type of an attribute that is made for a field of this format."""
        if self.decimal is not None:
            return AttributeType.NUMBER
        return AttributeType.DATETIME if self.zone else AttributeType.DATE


AS_SENT: Final = SourceFormat()
"""No format: the CRM's own types are enough."""


def _part_of(word: str) -> str:
    folded = word.casefold()
    if folded in set(DateOrder):
        return "order"
    if folded in set(DecimalMark):
        return "decimal"
    return "zone" if _OFFSET.fullmatch(word) or _ZONE.fullmatch(word) else ""
