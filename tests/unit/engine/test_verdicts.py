"""The verdict table of RELIABILITY §3.5, line by line."""

import pytest

from writeback.engine.comparing import GONE
from writeback.engine.recovering import OTHER, TOUCHED, Judge
from writeback.model.canonical import row_to_text
from writeback.model.types import AttributeType, Value
from writeback.store.outbox import QueuedWrite

KINDS = (AttributeType.TEXT, AttributeType.INTEGER)


def same(kind: AttributeType, ours: Value, theirs: Value) -> bool:
    return isinstance(ours, str) and isinstance(theirs, str) and ours.strip() == theirs.strip()


def row(*, base: str | None = "v1") -> QueuedWrite:
    return QueuedWrite(1, "R1", None, base, '["old",7]', '["new",{}]')


def judged(
    theirs: tuple[Value, ...], version: str, *, base: str | None = "v1", **of: bool
) -> tuple[str, str]:
    ended = Judge(KINDS, same, **of).verdict(row(base=base), {"R1": (version, theirs)})
    return ended.outcome, ended.code


def test_base_and_old_values_mean_not_applied() -> None:
    assert judged(("old", 7), "v1") == ("open", "")


def test_our_values_and_a_moved_version_mean_applied() -> None:
    assert judged(("new", 7), "v2") == ("applied", "")


def test_our_values_as_the_crm_normalises_them_mean_applied() -> None:
    assert judged(("  new ", 7), "v2") == ("applied", "")


def test_an_untouched_field_decides_nothing() -> None:
    assert judged(("new", 99), "v2") == ("applied", "")


def test_old_values_and_a_moved_version_ask_a_person() -> None:
    assert judged(("old", 7), "v2") == ("conflict", TOUCHED)


def test_old_values_and_a_moved_version_are_sent_again_where_ours_wins() -> None:
    assert judged(("old", 7), "v2", is_ours=True) == ("open", "")


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_other_values_are_a_conflict_and_are_shown(version: str) -> None:
    ended = Judge(KINDS, same).verdict(row(), {"R1": (version, ("theirs", 7))})
    assert (ended.outcome, ended.code, ended.theirs) == ("conflict", OTHER, row_to_text(("theirs", 7)))


def test_a_vanished_record_is_rejected() -> None:
    ended = Judge(KINDS, same).verdict(row(), {})
    assert (ended.outcome, ended.code) == ("rejected", GONE)


def test_our_values_at_the_base_version_were_not_written_by_us() -> None:
    assert judged(("new", 7), "v1") == ("conflict", OTHER)


def test_without_a_base_the_values_decide() -> None:
    assert judged(("old", 7), "v2", base=None) == ("open", "")
    assert judged(("new", 7), "v2", base=None) == ("applied", "")


def test_unchecked_rows_replace_what_stands_there() -> None:
    assert judged(("theirs", 7), "v2", is_checked=False) == ("open", "")
    assert judged(("new", 7), "v1", is_checked=False) == ("unchanged", "")
