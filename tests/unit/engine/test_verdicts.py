"""The verdict table of RELIABILITY §3.5, line by line."""

from datetime import UTC, datetime

import pytest

from writeback.engine.comparing import GONE
from writeback.engine.recovering import CHANGED_SINCE, OTHER, TOUCHED, Judge
from writeback.model.canonical import row_to_text
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Column
from writeback.model.types import AttributeType, Value
from writeback.sdk.capabilities import History, ValueWritten
from writeback.store.outbox import QueuedWrite

COLUMNS = (
    Column(FieldPath.parse("Name"), "Name", AttributeType.TEXT),
    Column(FieldPath.parse("Size"), "Size", AttributeType.INTEGER),
)


def same(kind: AttributeType, ours: Value, theirs: Value) -> bool:
    return isinstance(ours, str) and isinstance(theirs, str) and ours.strip() == theirs.strip()


def row(*, base: str | None = "v1") -> QueuedWrite:
    return QueuedWrite(1, "R1", None, base, '["old",7]', '["new",{}]')


def judged(
    theirs: tuple[Value, ...], version: str, *, base: str | None = "v1", **of: bool
) -> tuple[str, str]:
    ended = Judge(COLUMNS, same, **of).verdict(row(base=base), {"R1": (version, theirs)})
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
    ended = Judge(COLUMNS, same).verdict(row(), {"R1": (version, ("theirs", 7))})
    assert (ended.outcome, ended.code, ended.theirs) == ("conflict", OTHER, row_to_text(("theirs", 7)))


def test_a_vanished_record_is_rejected() -> None:
    ended = Judge(COLUMNS, same).verdict(row(), {})
    assert (ended.outcome, ended.code) == ("rejected", GONE)


def test_our_values_at_the_base_version_were_written_within_its_second() -> None:
    assert judged(("new", 7), "v1") == ("applied", "")


def test_without_a_base_the_values_decide() -> None:
    assert judged(("old", 7), "v2", base=None) == ("open", "")
    assert judged(("new", 7), "v2", base=None) == ("applied", "")


def test_unchecked_rows_replace_what_stands_there() -> None:
    assert judged(("theirs", 7), "v2", is_checked=False) == ("open", "")
    assert judged(("new", 7), "v1", is_checked=False) == ("unchanged", "")


def written(
    value: Value, minute: int = 1, *, field: str = "Name", by: str = "ana@acme.test (SCREEN)"
) -> ValueWritten:
    at = datetime(2026, 11, 27, 13, minute, tzinfo=UTC)
    return ValueWritten(field, value, at, by, is_foreign=by != "US")


def traced(
    theirs: tuple[Value, ...], *told: ValueWritten, is_whole: bool = True, base: str | None = "v1", **of: bool
) -> tuple[str, str, str]:
    histories = {"R1": History(told, is_whole=is_whole)}
    judge = Judge(COLUMNS, same, histories=histories, **of)
    ended = judge.verdict(row(base=base), {"R1": ("v3", theirs)})
    return ended.outcome, ended.code, ended.message


def test_our_value_in_the_history_and_another_one_now_mean_applied_and_changed_since() -> None:
    assert traced(("theirs", 7), written("new ", 1, by="US"), written("theirs", 2)) == (
        "applied",
        CHANGED_SINCE,
        "Written, then changed in the CRM by ana@acme.test (SCREEN) at 2026-11-27 13:02 UTC.",
    )


@pytest.mark.parametrize("is_ours", [False, True])
def test_our_value_written_and_reversed_is_applied_whatever_the_rule(is_ours: bool) -> None:
    told = traced(("old", 7), written("new", 1, by="US"), written("old", 2), is_ours=is_ours)
    assert told[:2] == ("applied", CHANGED_SINCE)


@pytest.mark.parametrize("theirs", ["old", "theirs"])
def test_a_history_without_our_value_means_not_applied(theirs: str) -> None:
    told = () if theirs == "old" else (written("theirs"),)
    assert traced((theirs, 7), *told) == ("open", "", "")


def test_a_history_that_may_have_forgotten_values_decides_nothing_and_names_the_writer() -> None:
    assert traced(("theirs", 7), written("theirs"), is_whole=False) == (
        "conflict",
        OTHER,
        "Changed in the CRM by ana@acme.test (SCREEN) at 2026-11-27 13:01 UTC.",
    )


def test_a_value_that_may_be_ours_as_the_crm_normalised_it_decides_nothing() -> None:
    assert traced(("nu", 7), written("nu", by="US"))[:2] == ("conflict", OTHER)


def test_our_very_value_from_somebody_else_decides_nothing() -> None:
    assert traced(("old", 7), written("new", 1), written("old", 2))[:2] == ("conflict", TOUCHED)


def test_values_of_one_record_are_written_together_or_not_at_all() -> None:
    both = QueuedWrite(1, "R1", None, "v1", '["old",7]', '["new",8]')
    held = {"R1": ("v3", ("theirs", 7))}
    name, size = written("new", 1, by="US"), written(8, 1, field="size", by="US")
    after = written("theirs", 2)

    def outcome(*told: ValueWritten) -> str:
        histories = {"R1": History(told, is_whole=True)}
        return Judge(COLUMNS, same, histories=histories).verdict(both, held).outcome

    assert outcome(name, size, after) == "applied"
    assert outcome(name, after) == "conflict"  # half of it: somebody else is at work
    assert outcome(after) == "open"


def test_only_a_record_written_since_its_base_that_lacks_our_values_is_in_doubt() -> None:
    judge = Judge(COLUMNS, same)
    assert judge.is_in_doubt(row(), {"R1": ("v2", ("old", 7))})
    assert not judge.is_in_doubt(row(), {"R1": ("v1", ("old", 7))})
    assert not judge.is_in_doubt(row(), {"R1": ("v2", ("new", 7))})
    assert not judge.is_in_doubt(row(), {})
    assert not judge.is_in_doubt(row(base=None), {"R1": ("v2", ("old", 7))})
    assert not Judge(COLUMNS, same, is_checked=False).is_in_doubt(row(), {"R1": ("v2", ("old", 7))})
