"""What a bulk write cannot carry, and what a row's refusal means."""

import pytest

from writeback.model.types import CLEAR, AttributeType, Wish
from writeback_zoho.errors import Problem
from writeback_zoho.wire.refusals import bulk_refuses, row_refused, unknown


@pytest.mark.parametrize("wish", [CLEAR, "", "  ", ()])
def test_a_clear_never_goes_by_bulk_where_an_empty_cell_means_left_alone(wish: Wish) -> None:
    reason = bulk_refuses(AttributeType.TEXT, wish)
    assert reason is not None
    assert reason.code == "zoho.bulk_cannot_clear"


def test_an_option_with_the_separator_inside_is_refused() -> None:
    reason = bulk_refuses(AttributeType.MULTI_LIST, ("a;b",))
    assert reason is not None
    assert reason.code == "zoho.bulk_option_with_semicolon"


@pytest.mark.parametrize("wish", ["a\rb", "\r", "a\r\r\nb", ("a\rb",)])
def test_a_lone_carriage_return_is_refused_before_it_becomes_something_else(wish: Wish) -> None:
    reason = bulk_refuses(AttributeType.LONG_TEXT, wish)
    assert reason is not None
    assert reason.code in ("zoho.bulk_cannot_carry_cr", "zoho.bulk_cannot_clear")


@pytest.mark.parametrize("wish", ["x", 0, False, ("a", "b"), "a;b", "a\r\nb"])
def test_all_else_can_be_carried(wish: Wish) -> None:
    assert bulk_refuses(AttributeType.TEXT, wish) is None


def test_outcomes_of_refusals() -> None:
    codes = ["ALREADY_MODIFIED", "INTERNAL_ERROR", "RECORD_LOCKED", "API_LIMIT_EXCEEDED"]
    results = [row_refused("k", Problem(code, "m")) for code in codes]
    assert [(r.outcome.value, r.again) for r in results] == [
        ("conflict", False),
        ("unknown", False),
        ("rejected", False),
        ("rejected", True),
    ]
    assert unknown("k", "zoho.x").outcome.value == "unknown"
