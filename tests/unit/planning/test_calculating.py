"""Arithmetic on values: exact, or rounded to the places asked for, or refused."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from writeback.model.changes import Reason
from writeback.model.types import AttributeType, Value
from writeback.planning.calculating import read_formula

INTEGER, NUMBER, MONEY = AttributeType.INTEGER, AttributeType.NUMBER, AttributeType.CURRENCY
DAY, MOMENT = AttributeType.DATE, AttributeType.DATETIME
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def counted(text: str, kind: AttributeType, old: Value) -> Value | Reason:
    formula = read_formula(text, kind)
    assert formula is not None
    return formula.over(old)


@pytest.mark.parametrize(
    ("text", "kind", "old", "new"),
    [
        ("+10", INTEGER, 5, 15),
        ("- 2.5", NUMBER, Decimal(1), Decimal("-1.5")),
        ("*1.1", MONEY, Decimal("0.30"), Decimal("0.330")),
        ("+10 %", MONEY, Decimal(200), Decimal(220)),
        ("-10%", INTEGER, 200, 180),
        ("/4", NUMBER, Decimal(1), Decimal("0.25")),
        ("/3 round 2", MONEY, Decimal(100), Decimal("33.33")),
        ("*0.5 round 0", INTEGER, 5, 2),
        ("*0.5 round 0", INTEGER, 7, 4),
        ("+30 days", DAY, date(2026, 2, 1), date(2026, 3, 3)),
        ("-1 week", DAY, date(2026, 1, 3), date(2025, 12, 27)),
        ("+1 month", DAY, date(2024, 1, 31), date(2024, 2, 29)),
        ("-1 month", DAY, date(2026, 1, 15), date(2025, 12, 15)),
        ("+1 year", DAY, date(2024, 2, 29), date(2025, 2, 28)),
        ("+3 hours", MOMENT, NOON, datetime(2026, 11, 27, 15, tzinfo=UTC)),
        ("+1 month", MOMENT, NOON, datetime(2026, 12, 27, 12, tzinfo=UTC)),
        ("+10", INTEGER, None, None),
        ("+1 day", DAY, None, None),
    ],
)
def test_a_result_is_exact_or_rounded_as_asked(
    text: str, kind: AttributeType, old: Value, new: Value
) -> None:
    found = counted(text, kind, old)
    assert found == new
    assert type(found) is type(new)


@pytest.mark.parametrize(
    ("text", "kind", "old", "code"),
    [
        ("/3", NUMBER, Decimal(1), "value.inexact"),
        ("/2", INTEGER, 5, "value.not_an_integer"),
        ("+10 %", INTEGER, 5, "value.not_an_integer"),
        ("+9999 years", DAY, date(2026, 1, 1), "value.no_such_day"),
        ("-3000 years", DAY, date(2026, 1, 1), "value.no_such_day"),
        ("+999999 weeks", MOMENT, NOON, "value.no_such_day"),
    ],
)
def test_what_has_no_such_result_is_refused(text: str, kind: AttributeType, old: Value, code: str) -> None:
    found = counted(text, kind, old)
    assert isinstance(found, Reason)
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("10", NUMBER),
        ("+", NUMBER),
        ("+1,000", NUMBER),
        ("*10 %", NUMBER),
        ("/0", NUMBER),
        ("/0.0 round 2", NUMBER),
        ("+1 round 99", NUMBER),
        ("+1 day", NUMBER),
        ("+1", DAY),
        ("+1.5 days", DAY),
        ("*2 days", DAY),
        ("+1 hour", DAY),
        ("+1", AttributeType.TEXT),
        ("+١", NUMBER),
    ],
)
def test_what_is_no_formula_is_not_read(text: str, kind: AttributeType) -> None:
    assert read_formula(text, kind) is None
