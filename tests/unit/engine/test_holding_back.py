"""A drifted column leaves the stream; whatever stood along the columns stands along those that are left."""

from datetime import UTC, datetime

from writeback.engine.holding_back import hold_back
from writeback.model.canonical import UNSET
from writeback.model.changes import Reason
from writeback.model.deltas import Delta
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule
from writeback.model.jobs import Column
from writeback.model.types import AttributeType
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.planning.translating import Meaning

WHY = Reason("drift.field_gone")
EARLY, LATE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)


def stream(*rows: PlanInput, meanings: dict[int, Meaning] | None = None) -> PlanStream:
    columns = tuple(
        Column(FieldPath((), name), name, AttributeType.TEXT, name.lower()) for name in ("A", "B", "C")
    )
    return PlanStream(
        "c1",
        "Account",
        columns,
        rows,
        rules=(ConflictRule.ASK, ConflictRule.OURS, ConflictRule.CRM),
        shown_olds=frozenset({1, 2}),
        meanings=meanings or {},
    )


def test_nothing_that_drifted_changes_nothing() -> None:
    made = stream()
    assert hold_back(made, {"Other": WHY}) is made


def test_a_row_that_touches_it_is_blocked_and_the_others_keep_their_places() -> None:
    touched = PlanInput("1", ["a", "b", "c"], ["A", "B", "C"], edited=[None, EARLY, LATE])
    free = PlanInput("2", ["a", UNSET, "c"], ["A", UNSET, "C"], edited=[None, EARLY, LATE])
    left = hold_back(stream(touched, free), {"B": WHY})
    first, second = left.rows
    assert [column.field for column in left.columns] == ["A", "C"]
    assert left.rules == (ConflictRule.ASK, ConflictRule.CRM)
    assert left.shown_olds == {1}
    assert (first.blocked, first.field) == (WHY, "B")
    assert (second.blocked, second.olds, second.wishes) == (None, ["a", "c"], ["A", "C"])
    assert second.edited == [None, LATE]


def test_what_is_added_to_a_list_moves_with_its_column_and_blocks_where_it_drifted() -> None:
    delta = Delta(("x",), ())
    row = PlanInput("1", [UNSET] * 3, [UNSET] * 3, deltas={2: delta})
    (moved,) = hold_back(stream(row), {"A": WHY}).rows
    assert (moved.deltas, moved.blocked) == ({1: delta}, None)
    (blocked,) = hold_back(stream(row), {"C": WHY}).rows
    assert (blocked.deltas, blocked.blocked) == ({}, WHY)


def test_a_reason_that_was_there_stays() -> None:
    other = Reason("value.too_long")
    row = PlanInput("1", ["a", "b", "c"], ["A", "B", "C"], blocked=other, field="A")
    (held,) = hold_back(stream(row), {"B": WHY}).rows
    assert (held.blocked, held.field) == (other, "A")
