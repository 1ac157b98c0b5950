"""Rows that are alike are remembered, while that is worth it; what is only equal is not alike."""

from decimal import Decimal

from writeback.engine.alike import MOST, Alike
from writeback.engine.reading_records import Theirs
from writeback.model.types import Value
from writeback.planning.inputs import PlanInput
from writeback.store.plan_rows import Line

LINE = Line((1,), 1, is_sent=True)


def row(*olds: Value) -> PlanInput:
    return PlanInput("K", olds, olds, case=1)


def is_known(alike: Alike, old: Value, theirs: Value) -> bool:
    key = alike.key(row(old), Theirs("K", None, (theirs,)))
    is_there = alike.find(key) is not None
    if is_there:
        alike.count(1)
    else:
        alike.note(key, LINE)
    return is_there


def test_what_is_only_equal_is_not_alike() -> None:
    alike = Alike(is_open=True)
    for old, theirs in ((True, "a"), (1, "a"), (Decimal(1), "a"), (Decimal("1.0"), "a"), ("1", "a")):
        assert not is_known(alike, old, theirs), f"{old!r} was taken for another value"
    assert is_known(alike, Decimal("1.0"), "a")
    assert not is_known(alike, Decimal("1.0"), Decimal("1.0"))
    assert not is_known(alike, Decimal("1.0"), Decimal("1.00"))


def test_what_was_seen_is_part_of_what_rows_are_alike_in() -> None:
    alike = Alike(is_open=True)
    assert not is_known(alike, "seen", "held")
    assert not is_known(alike, "seen otherwise", "held")
    assert is_known(alike, "seen", "held")


def test_rows_of_which_hardly_any_are_alike_are_not_remembered_any_more() -> None:
    alike = Alike(is_open=True)
    for number in range(MOST + 1):
        assert alike.is_open
        is_known(alike, str(number), "held")
    assert not alike.is_open


def test_rows_that_are_alike_go_on_being_remembered() -> None:
    alike = Alike(is_open=True)
    for number in range(3 * MOST):
        is_known(alike, str(number), "held")
        assert is_known(alike, str(number), "held")
    assert alike.is_open
