"""Values as short text: one number looks the same wherever it comes from."""

from decimal import Decimal

import pytest

from writeback.model.types import AttributeType
from writeback.runtime.job_windows import shown_plain, shown_value


@pytest.mark.parametrize(
    ("plain", "kind", "shown"),
    [
        ("7919000.0", AttributeType.CURRENCY, "7919000"),
        ("7919000.00", AttributeType.NUMBER, "7919000"),
        ("7919000.50", AttributeType.CURRENCY, "7919000.50"),
        ("100", AttributeType.NUMBER, "100"),
        ("0.0", AttributeType.NUMBER, "0"),
        ("1.0", AttributeType.TEXT, "1.0"),  # a version, not a number
        ("1.0", None, "1.0"),
        (True, AttributeType.BOOLEAN, "Yes"),
        (["a", "b"], AttributeType.MULTI_LIST, "a, b"),
        (None, AttributeType.NUMBER, ""),
    ],
)
def test_a_value_is_told_short(plain: object, kind: AttributeType | None, shown: str) -> None:
    assert shown_plain(plain, kind) == shown


def test_a_number_of_a_crm_is_told_as_one_of_a_file() -> None:
    assert shown_value(Decimal("1000.0")) == shown_value(Decimal(1000)) == "1000"
