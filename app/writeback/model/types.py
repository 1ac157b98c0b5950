"""The values Writeback works with: attribute types, canonical Python values, ids.

Canonical means: bool for a boolean, int, Decimal, date, aware datetime, str, and a tuple of option
values for a multi-list. Nothing else ever stands in a record, a change or a write.
"""

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NewType

ConnectionId = NewType("ConnectionId", str)
IntegrationId = NewType("IntegrationId", str)
RecordId = NewType("RecordId", str)
PlanId = NewType("PlanId", str)
JobId = NewType("JobId", str)
AttemptId = NewType("AttemptId", str)


class AttributeType(enum.StrEnum):
    """What kind of value an attribute holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    CURRENCY = "currency"
    DATE = "date"
    DATETIME = "datetime"
    LIST = "list"
    MULTI_LIST = "multi_list"
    LIFECYCLE = "lifecycle"
    USER_REF = "user_ref"
    EMAIL = "email"
    URL = "url"
    NPS = "nps"
    CSAT = "csat"


DECIMAL_TYPES: Final = frozenset({AttributeType.NUMBER, AttributeType.CURRENCY})
INTEGER_TYPES: Final = frozenset({AttributeType.INTEGER, AttributeType.NPS, AttributeType.CSAT})


class Clear(enum.Enum):
    """The wish to empty a field: neither *unset* (not touched) nor blank text."""

    CLEAR = "clear"


CLEAR: Final = Clear.CLEAR

Value = str | bool | int | Decimal | date | datetime | tuple[str, ...] | None
"""What a field holds; None: nothing."""

Wish = str | bool | int | Decimal | date | datetime | tuple[str, ...] | Clear
"""What somebody wants a field to hold; CLEAR: nothing."""
