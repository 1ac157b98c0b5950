"""The panel of bulk edits counts exactly what the plan will do, for a selection or for all that match."""

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import rid
from tests.gui.test_grid_editing import opened, settle, waiting
from writeback.gui.panels.accounts import AccountsPanel
from writeback.gui.panels.segments import SegmentsPanel
from writeback.gui.widgets.calculations import Calculation
from writeback.gui.widgets.editors import Several
from writeback.model.bulk import BLOCKED, SAME, SEND, WAITS, BulkAction, BulkEdit
from writeback.model.segments import Segment
from writeback.runtime.facade import PlanSource

pytestmark = pytest.mark.gui


@pytest.fixture
def grid(bench: Bench, qtbot: QtBot) -> AccountsPanel:
    return opened(bench, qtbot)


def counted(bench: Bench, grid: AccountsPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: grid.bulk.preview is not None, timeout=10_000)
    settle(bench, qtbot)


def set_value(grid: AccountsPanel, line: int, attribute: str, value: str) -> None:
    one = grid.bulk.lines[line]
    one.choose(attribute, BulkAction.SET)
    editor = one.editor
    assert isinstance(editor, QComboBox)
    editor.setCurrentIndex(editor.findData(value))
    editor.activated.emit(editor.currentIndex())


def test_by_keyboard_from_a_filter_to_the_review_of_two_attributes(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    grid._filter.write()
    qtbot.keyClicks(grid._filter.line, "tier = 'Gold'")
    qtbot.keyClick(grid._filter.line, Qt.Key.Key_Return)
    settle(bench, qtbot)
    rows = grid._model.rowCount()
    qtbot.keyClick(grid._table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    bench.window.do("bulk_edit")
    set_value(grid, 0, "industry", "Mining")
    qtbot.keyClick(grid.bulk.more, Qt.Key.Key_Space)
    set_value(grid, 1, "is_reference", "true")
    counted(bench, grid, qtbot)
    found = grid.bulk.preview
    assert found is not None
    assert found.records == rows
    for one in found.edits:
        assert sum(one.counts.values()) == rows
        assert one.count(SEND) > 0
        assert one.count(SAME) > 0
    assert len(found.sample) == 20
    asked: list[object] = []
    grid.asked.connect(lambda screen, subject: asked.append((screen, subject)))
    qtbot.keyClick(grid.bulk.review, Qt.Key.Key_Space)
    ((screen, source),) = asked  # type: ignore[misc]
    assert screen == "review"
    assert isinstance(source, PlanSource)
    assert source.segment == "tier = 'Gold'"
    assert source.sets == (
        BulkEdit("industry", BulkAction.SET, "Mining"),
        BulkEdit("is_reference", BulkAction.SET, "true"),
    )


def test_in_a_small_window_the_open_panel_leaves_the_grid_its_rows(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    bench.window.resize(900, 600)
    bench.window.do("bulk_edit")
    qtbot.waitUntil(lambda: grid.bulk.isVisible() and not grid._footer.isVisible())
    assert not grid.pending.isVisible()
    qtbot.waitUntil(lambda: grid._table.viewport().height() // grid._table.rowHeight(0) >= 8)
    grid.bulk.closed.emit()
    assert grid._footer.isVisible()


def test_tab_goes_from_the_value_to_the_buttons_of_the_panel_however_often_the_line_is_remade(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    bench.window.do("bulk_edit")
    assert grid.bulk.lines[0].attribute.hasFocus()
    set_value(grid, 0, "industry", "Mining")
    counted(bench, grid, qtbot)
    line, panel = grid.bulk.lines[0], grid.bulk
    line.attribute.setFocus()
    stops = [line.action, line._remove, line.editor, panel.more, panel.only_changes, panel.examples]
    for stop in (*stops, panel.keep, panel.review):
        focus = bench.window.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        if stop is not panel.keep or panel.keep.isEnabled():
            assert bench.window.focusWidget() is stop


def test_the_key_of_bulk_edit_brings_the_keyboard_back_into_the_open_panel(
    bench: Bench, grid: AccountsPanel
) -> None:
    bench.window.do("bulk_edit")
    bench.window.do("find")
    assert not grid.bulk.lines[0].attribute.hasFocus()
    bench.window.do("bulk_edit")
    assert grid.bulk.lines[0].attribute.hasFocus()


def test_all_but_some_leaves_those_out_and_what_waits_is_counted_apart(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    grid._model.setData(grid._model.index(30, 1), "Energy")
    settle(bench, qtbot)
    grid._selection.choose_all()
    grid._table.toggled.emit(7)
    bench.window.do("bulk_edit")
    set_value(grid, 0, "industry", "Mining")
    counted(bench, grid, qtbot)
    found = grid.bulk.preview
    assert found is not None
    assert found.records == 1999
    assert found.edits[0].count(WAITS) >= 1
    assert "1 excluded" in grid.bulk._whom.text()
    assert not grid.bulk.keep.isEnabled() or found.records <= 10_000


def test_a_few_records_become_pending_edits_that_can_be_undone(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    before = waiting(bench)
    model = grid._model
    block = QItemSelection(model.index(40, 1), model.index(44, 1))
    grid._table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    bench.window.do("bulk_edit")
    grid.bulk.lines[0].choose("regions", BulkAction.ADD)
    editor = grid.bulk.lines[0].editor
    assert isinstance(editor, Several)
    editor.tick(("APAC",))
    counted(bench, grid, qtbot)
    found = grid.bulk.preview
    assert found is not None
    assert found.records == 5
    grid.bulk.keep.click()
    qtbot.waitUntil(lambda: waiting(bench) != before)
    settle(bench, qtbot)
    fresh = {key: value for key, value in waiting(bench).items() if key not in before}
    assert len(fresh) == found.edits[0].count(SEND)
    assert all(key[0] in {rid(n) for n in range(40, 45)} and "APAC" in value for key, value in fresh.items())  # type: ignore[operator]
    bench.window.do("undo_edit")
    settle(bench, qtbot)
    assert waiting(bench) == before


def test_words_are_found_and_replaced_in_the_current_column(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    grid._table.go_to(0, 9)
    bench.window.do("replace")
    line = grid.bulk.lines[-1]
    assert (line.attribute.currentData(), line.action.currentData()) == ("website", "replace")
    assert isinstance(line.editor, QLineEdit)
    assert line.with_line is not None
    line.editor.setText("https://")
    line.with_line.setText("http://")
    counted(bench, grid, qtbot)
    found = grid.bulk.preview
    assert found is not None
    assert found.edits[0].count(SEND) + found.edits[0].count(WAITS) == 2000
    assert all(
        cell.new.startswith("http://") for row in found.sample for cell in row.cells if cell.verdict == SEND
    )


def test_a_value_that_cannot_be_read_is_said_at_its_line(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    bench.window.do("bulk_edit")
    line = grid.bulk.lines[0]
    line.choose("employees", BulkAction.SET)
    assert isinstance(line.editor, QLineEdit)
    line.editor.setText("many")
    qtbot.waitUntil(lambda: bool(line._error.text()))
    assert "segment.refused_value" in line._error.text()
    assert not grid.bulk.review.isEnabled()


def test_a_segment_s_attribute_is_written_from_the_list_of_segments(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("segments")
    panel = bench.window.panels["segments"]
    assert isinstance(panel, SegmentsPanel)
    qtbot.waitUntil(lambda: bool(panel._model.rows))
    assert isinstance(panel._model.rows[0].segment, Segment)
    panel._write.click()
    grid = bench.window.panels["accounts"]
    assert isinstance(grid, AccountsPanel)
    qtbot.waitUntil(lambda: not grid.bulk.isHidden())
    assert grid._selection.is_all
    assert grid.bulk._scope.text == "industry = 'Retail' and tier = 'Gold'"


def test_selected_rows_that_cannot_be_named_are_nothing_and_never_everything(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = grid._model
    block = QItemSelection(model.index(40, 1), model.index(44, 1))
    grid._table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    monkeypatch.setattr(grid._selection, "rids", lambda: ())
    assert grid._bulk.scope() is None
    bench.window.do("bulk_edit")
    grid.bulk.lines[0].choose("website", BulkAction.CLEAR)
    settle(bench, qtbot)
    assert grid.bulk.source is None
    assert "select again" in grid.bulk.review.accessibleDescription()
    grid._footer.count()  # figures of nothing are none


def test_numbers_are_calculated_with_and_what_has_no_result_is_counted_apart(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    bench.window.do("bulk_edit")
    line = grid.bulk.lines[0]
    line.choose("employees", BulkAction.CALCULATE)
    pieces = line.editor
    assert isinstance(pieces, Calculation)
    assert "by how much" in line.missing.casefold()
    pieces.way.setCurrentIndex(pieces.way.findData("/"))
    qtbot.keyClicks(pieces.amount, "2")
    counted(bench, grid, qtbot)
    found = grid.bulk.preview
    assert found is not None
    assert found.edits[0].count(SEND) > 0
    assert found.edits[0].refused == {"value.not_an_integer": found.edits[0].count(BLOCKED)}
    pieces.last.setCurrentIndex(pieces.last.findData("0"))
    pieces.last.activated.emit(pieces.last.currentIndex())
    counted(bench, grid, qtbot)
    found = grid.bulk.preview
    assert found is not None
    assert found.edits[0].count(BLOCKED) == 0
    assert line.edit == BulkEdit("employees", BulkAction.CALCULATE, "/2 round 0")
    line.choose("renewal", BulkAction.CALCULATE)
    assert isinstance(line.editor, Calculation)
    line.editor.last.setCurrentIndex(line.editor.last.findData("month"))
    qtbot.keyClicks(line.editor.amount, "1")
    assert line.edit == BulkEdit("renewal", BulkAction.CALCULATE, "+1 month")


def test_words_are_found_in_any_case_where_that_is_ticked(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    grid._table.go_to(0, 9)
    bench.window.do("replace")
    line = grid.bulk.lines[-1]
    assert isinstance(line.editor, QLineEdit)
    line.editor.setText("HTTPS://")
    assert line.with_line is not None
    line.with_line.setText("http://")
    counted(bench, grid, qtbot)
    assert grid.bulk.preview is not None
    assert grid.bulk.preview.edits[0].count(SEND) == 0
    line.case.setChecked(True)
    counted(bench, grid, qtbot)
    assert grid.bulk.preview is not None
    assert grid.bulk.preview.edits[0].count(SEND) > 1_900
