"""The inbox of conflicts by keyboard: one key for most, two for all alike, three for a third value."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.disputing import seed_conflicts
from tests.gui.seeding import rid
from writeback.errors import WorkspaceBusyError
from writeback.gui.models.conflicts import MINE, SETTLED
from writeback.gui.panels.conflicts import ConflictsPanel
from writeback.gui.widgets.states import ScreenState
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.facade import ConflictDecision
from writeback.store.inbox import Wanted

pytestmark = pytest.mark.gui
Key = Qt.Key


def decided(bench: Bench) -> list[tuple[Wanted, ConflictDecision]]:
    return [what for call, what in bench.facade.seen if call == "decide_conflicts"]  # type: ignore[misc]  what the double noted


def settle(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> ConflictsPanel:
    with bench.workspace.writing() as db:
        seed_conflicts(db)
    bench.window.go("conflicts")
    panel = bench.window.panels["conflicts"]
    assert isinstance(panel, ConflictsPanel)
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.READY and panel.model.rowCount() > 0)
    settle(bench, qtbot)
    panel.filters.boxes["field"].setCurrentIndex(panel.filters.boxes["field"].findData("Industry"))
    panel.filters.changed.emit()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 12)
    settle(bench, qtbot)
    panel.table.go_to(0)
    panel.table.setFocus()
    return panel


def press(panel: ConflictsPanel, qtbot: QtBot, *keys: Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        is_letter = Key.Key_A <= key <= Key.Key_Z
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(focus, key, held if is_letter else Qt.KeyboardModifier.NoModifier)


def test_the_navigation_counts_what_waits(bench: Bench, panel: ConflictsPanel, qtbot: QtBot) -> None:
    bench.window.feed.ask()
    count = bench.reads.pulse().conflicts
    assert count >= 14
    button = bench.window.navigation._buttons["conflicts"]
    qtbot.waitUntil(lambda: f"({count})" in button.text())


def test_the_crms_value_is_kept_by_one_key_and_the_next_one_is_chosen(
    bench: Bench, panel: ConflictsPanel, qtbot: QtBot
) -> None:
    first = panel.current
    assert first is not None
    press(panel, qtbot, Key.Key_K)
    settle(bench, qtbot)
    ((wanted, decision),) = decided(bench)
    assert (wanted.places, decision.keep) == ((first.place,), "crm")
    assert panel.table.currentIndex().row() == 1
    assert panel._marks[first.place] == SETTLED


def test_mine_is_collected_and_goes_to_one_review(bench: Bench, panel: ConflictsPanel, qtbot: QtBot) -> None:
    press(panel, qtbot, Key.Key_M, Key.Key_M, Key.Key_M)
    assert decided(bench) == []
    assert list(panel._marks.values()) == [MINE] * 3
    assert "3 values" in panel.review.text()
    panel.review.click()
    qtbot.waitUntil(lambda: bench.window.screen_name == "review")
    ((wanted, decision),) = decided(bench)
    assert (len(wanted.places), decision.keep) == (3, "ours")


def test_all_alike_and_the_rule_are_two_keys_before_the_choice(
    bench: Bench, panel: ConflictsPanel, qtbot: QtBot
) -> None:
    press(panel, qtbot, Key.Key_L, Key.Key_R, Key.Key_K)
    settle(bench, qtbot)
    ((wanted, decision),) = decided(bench)
    assert (wanted.field, wanted.connection_id, wanted.places) == ("Industry", "c1", ())
    assert (decision.keep, decision.makes_rule) == ("crm", True)
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.PARTIAL)


def test_a_third_value_is_typed_and_entered(bench: Bench, panel: ConflictsPanel, qtbot: QtBot) -> None:
    press(panel, qtbot, Key.Key_V)
    qtbot.keyClicks(panel.side.third, "Mining")
    press(panel, qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: bench.window.screen_name == "review")
    ((_, decision),) = decided(bench)
    assert (decision.keep, decision.text) == ("value", "Mining")


def test_an_empty_third_value_clears_nothing(bench: Bench, panel: ConflictsPanel, qtbot: QtBot) -> None:
    press(panel, qtbot, Key.Key_V, Key.Key_Return)
    assert decided(bench) == []
    assert panel._marks == {}


def test_what_is_skipped_stays(bench: Bench, panel: ConflictsPanel, qtbot: QtBot) -> None:
    press(panel, qtbot, Key.Key_S)
    assert panel.table.currentIndex().row() == 1
    assert decided(bench) == []
    assert len(bench.reads.conflicts().places(0)) == 0 or panel.model.rowCount() == 12


def test_all_three_values_are_told_and_foreign_words_are_plain(panel: ConflictsPanel) -> None:
    told = [label.text() for label in panel.side.findChildren(PlainLabel)]
    assert "Mining" in told
    assert any("<b>ben</b>" in words for words in told) or panel.current is not None
    for row in range(12):
        panel.table.go_to(row)
        if panel.current is not None and panel.current.message:
            assert "<b>ben</b>" in panel.side.words["In the CRM now"].text()
            return
    pytest.fail("nobody is told to have written")


def test_crms_that_disagree_offer_each_of_them(bench: Bench, panel: ConflictsPanel, qtbot: QtBot) -> None:
    panel.filters.boxes["field"].setCurrentIndex(0)
    rules = panel.filters.boxes["rule"]
    rules.setCurrentIndex(rules.findData("master"))
    panel.filters.changed.emit()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    settle(bench, qtbot)
    panel.table.setFocus()
    assert not panel.side.whose_box.isHidden()
    assert not panel.side.rule.isEnabled()
    panel.side.others.setChecked(True)
    press(panel, qtbot, Key.Key_K)
    settle(bench, qtbot)
    ((_, decision),) = decided(bench)
    assert (decision.keep, decision.connection, decision.writes_others) == ("crm", "Acme", True)


def test_a_choice_that_fails_may_be_made_again(bench: Bench, panel: ConflictsPanel, qtbot: QtBot) -> None:
    bench.facade.fails["decide_conflicts"] = WorkspaceBusyError("workspace.busy")
    press(panel, qtbot, Key.Key_K)
    qtbot.waitUntil(lambda: bool(panel.states.banner.words))
    assert panel._marks == {}


def test_looking_again_tells_what_was_found(bench: Bench, panel: ConflictsPanel, qtbot: QtBot) -> None:
    told: list[str] = []
    panel.told.connect(told.append)
    panel.look.click()
    qtbot.waitUntil(lambda: bool(told))
    assert "1 changed once more" in told[0]
    assert "Acme UAT did not answer" in told[0]


def test_an_empty_inbox_says_so(empty_bench: Bench, qtbot: QtBot) -> None:
    empty_bench.window.go("conflicts")
    panel = empty_bench.window.panels["conflicts"]
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.EMPTY)


def test_a_thousand_are_settled_with_one_key_each(bench: Bench, panel: ConflictsPanel, qtbot: QtBot) -> None:
    """Every key marks and moves on at once, however many came before: nothing is asked for a mine."""
    with bench.workspace.writing() as db:
        seed_conflicts_of_names(db)
    panel.filters.boxes["field"].setCurrentIndex(0)
    panel.filters.changed.emit()
    qtbot.waitUntil(lambda: panel.model.rowCount() > 1000)
    settle(bench, qtbot)
    panel.table.go_to(0)
    panel.table.setFocus()
    rows = panel.model.rowCount()
    for _ in range(1000):
        panel.do("keep_mine")
    assert sum(mark == MINE for mark in panel._marks.values()) >= 999
    assert len(decided(bench)) <= 1
    assert panel.model.rowCount() == rows


def seed_conflicts_of_names(db: object) -> None:
    """Conflicts of one attribute of many records."""
    from writeback.store import sqlite

    sqlite.many(
        db,  # type: ignore[arg-type]  a connection of SQLAlchemy
        "insert or ignore into value_states (rid, attribute, integration_id, state, job_id, new, theirs, "
        "code, message, at) values (?, 'website', 'i1', 'conflict', '', '\"a\"', '\"b\"', "
        "'pull.conflict', '', '2026-11-24T03:00:00.000000Z')",
        [(rid(number),) for number in range(1100)],
    )


def test_several_conflicts_are_seen_at_once_in_the_smallest_window(
    bench: Bench, panel: ConflictsPanel, qtbot: QtBot
) -> None:
    bench.window.resize(900, 600)
    settle(bench, qtbot)
    assert panel.table.viewport().height() // panel.table.rowHeight(0) >= 4, (
        "and the buttons beneath without scrolling"
    )
