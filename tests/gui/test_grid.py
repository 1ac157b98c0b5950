"""The grid: true row count, edits in place, the overlay, marks, sorting and finding."""

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update

from tests.gui.conftest import Bench
from tests.gui.seeding import rid
from writeback.errors import WorkspaceBusyError
from writeback.gui.dialogs.blanks import BlankDialog
from writeback.gui.models.records import RecordsModel
from writeback.gui.panels.accounts import AccountsPanel
from writeback.gui.theming.roles import LOCK_ROLE, STATE_ROLE, STRUCK_ROLE
from writeback.gui.widgets.editors import Line
from writeback.gui.widgets.states import ScreenState
from writeback.gui.widgets.tables import Table
from writeback.runtime.facade import Edit
from writeback.runtime.windowing import Order
from writeback.store import schema

pytestmark = pytest.mark.gui
NAME, INDUSTRY, TIER, REFERENCE, WEBSITE = 0, 1, 2, 6, 9


@pytest.fixture
def grid(bench: Bench, qtbot: QtBot) -> AccountsPanel:
    bench.window.go("accounts")
    panel = bench.window.panels["accounts"]
    assert isinstance(panel, AccountsPanel)
    qtbot.waitUntil(lambda: panel.states.state in (ScreenState.READY, ScreenState.PARTIAL))
    return panel


def parts(panel: AccountsPanel) -> tuple[Table, RecordsModel]:
    return panel._table, panel._model


def edits_of(bench: Bench) -> list[Edit]:
    return [edit for call, what in bench.facade.seen if call == "save_edits" for edit in what]  # type: ignore[attr-defined]


def test_the_model_is_sound_and_tells_the_true_row_count(
    grid: AccountsPanel, qtmodeltester: ModelTester
) -> None:
    _, model = parts(grid)
    assert model.rowCount() == 2000
    qtmodeltester.check(model)


def test_a_cell_is_edited_by_keyboard_with_the_editor_of_its_type(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    table, model = parts(grid)
    table.setFocus()
    table.go_to(20, INDUSTRY)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    editor = table.viewport().findChild(QComboBox)
    assert editor is not None
    editor.setCurrentIndex(editor.findData("Energy"))
    editor.activated.emit(editor.currentIndex())
    assert edits_of(bench) or bench.tasks.running
    qtbot.waitUntil(lambda: model.index(20, INDUSTRY).data(STATE_ROLE) == "draft")
    assert edits_of(bench) == [Edit(rid(20), "industry", "Energy")]  # type: ignore[arg-type]
    assert model.index(20, INDUSTRY).data() == "Energy"
    assert not model.unsaved


def test_text_is_typed_into_a_line(bench: Bench, grid: AccountsPanel, qtbot: QtBot) -> None:
    table, model = parts(grid)
    table.go_to(21, WEBSITE)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "https://new.example")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: model.index(21, WEBSITE).data(STATE_ROLE) == "draft")
    assert edits_of(bench)[0].text == "https://new.example"


def test_an_edit_shows_at_once_as_not_saved_yet(bench: Bench, grid: AccountsPanel, qtbot: QtBot) -> None:
    _, model = parts(grid)
    bench.facade.is_held.clear()
    model.setData(model.index(30, INDUSTRY), "Mining")
    assert model.index(30, INDUSTRY).data() == "Mining"
    assert model.index(30, INDUSTRY).data(STATE_ROLE) == "saving"
    assert model.unsaved == 1
    bench.facade.is_held.set()
    qtbot.waitUntil(lambda: model.index(30, INDUSTRY).data(STATE_ROLE) == "draft")


def test_an_edit_survives_sorting_and_filtering_before_it_is_saved(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    _, model = parts(grid)
    bench.facade.is_held.clear()
    model.setData(model.index(30, INDUSTRY), "Mining")
    grid._sort(NAME, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: bench.tasks.running == 1)
    assert model.unsaved == 1
    bench.facade.is_held.set()
    qtbot.waitUntil(lambda: not model.unsaved)


def test_a_text_that_cannot_be_read_stays_outlined_with_its_reason(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    _, model = parts(grid)
    model.setData(model.index(31, INDUSTRY), "refuse me")
    qtbot.waitUntil(lambda: not model.unsaved)
    cell = model.index(31, INDUSTRY)
    assert (cell.data(), cell.data(STATE_ROLE)) == ("refuse me", "held")
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "refuse me, cannot be read, not saved"
    assert "not in the list" in cell.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "not in the list" in grid.states.banner.words
    assert "value.not_an_option" in grid.states.banner.words


def test_an_edit_that_could_not_be_saved_is_said_and_not_shown_as_saved(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    _, model = parts(grid)
    bench.facade.fails["save_edits"] = WorkspaceBusyError("workspace.busy", path="x", waited_s=5)
    before = model.index(32, INDUSTRY).data()
    model.setData(model.index(32, INDUSTRY), "Mining")
    qtbot.waitUntil(lambda: not model.unsaved)
    assert model.index(32, INDUSTRY).data() == before
    assert "Another process" in grid.states.banner.words


def test_a_locked_cell_says_why_and_takes_no_edit(bench: Bench, grid: AccountsPanel) -> None:
    _, model = parts(grid)
    index = model.index(0, NAME)
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    assert "Write-back is off" in index.data(LOCK_ROLE)
    assert "Write-back is off" in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert not model.setData(index, "X")


def test_delete_clears_and_shows_the_old_value_struck_out(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    table, model = parts(grid)
    before = model.index(22, WEBSITE).data()
    table.go_to(22, WEBSITE)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    grid.findChildren(BlankDialog)[-1].clear.click()
    qtbot.waitUntil(lambda: bool(edits_of(bench)))
    assert edits_of(bench)[0].text is None
    qtbot.waitUntil(lambda: model.index(22, WEBSITE).data(STATE_ROLE) == "draft")
    assert model.index(22, WEBSITE).data(STRUCK_ROLE)
    assert model.index(22, WEBSITE).data() == before


def test_each_mark_is_told_by_a_word(grid: AccountsPanel) -> None:
    _, model = parts(grid)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, INDUSTRY).data(role) == "Retail, draft"
    assert model.index(1, INDUSTRY).data(role) == "Energy, queued"
    assert model.index(4, INDUSTRY).data(role) == "Gold, refused"
    assert model.index(6, TIER).data(role) == "Gold, conflict"
    assert model.index(7, 5).data(role) == "420, outcome unknown"


def test_sorting_numbers_sorts_by_value_and_keeps_the_record_in_focus(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    table, model = parts(grid)
    table.go_to(40, 5)
    focused = model.row_at(40)
    assert focused is not None
    grid._sort(5, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: model.row_at(0) is not None and model.row_at(0).rid != rid(0))  # type: ignore[union-attr]
    values = [row.values[5] for n in range(200) if (row := model.row_at(n)) is not None]
    assert values == sorted(values)  # type: ignore[type-var]
    now = model.row_at(table.currentIndex().row())
    assert now is not None
    assert now.rid == focused.rid


def test_a_selection_never_comes_to_mean_other_records(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    table, model = parts(grid)
    chosen = QItemSelection(model.index(38, 0), model.index(42, 0))
    table.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    meant = grid._selection.rids()
    assert len(meant) == 5
    grid.refresh()
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert grid._selection.rids() == meant, "read again, it is as it was"
    held = grid._selection.held()
    others = bench.reads.record_rows("account", order=Order("name", is_descending=True))
    assert others.build()
    model.replace_source(others)
    grid._selection.keep(held, is_same_question=True)
    assert grid._selection.count == 1, "as many rows, but others"


def test_all_that_match_is_not_carried_to_another_question(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    table, _ = parts(grid)
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    grid.refresh()
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert grid._selection.is_all
    grid._sort(5, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert not grid._selection.is_all


def test_ctrl_a_is_a_predicate_and_never_a_million_selected_indexes(
    grid: AccountsPanel, qtbot: QtBot
) -> None:
    table, _ = parts(grid)
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(table.selectionModel().selectedIndexes()) <= 1
    assert grid._footer.words.text() == "All 2,000 rows that match are selected"
    table.selectAll()
    assert len(table.selectionModel().selectedIndexes()) <= 1


def test_f7_walks_from_mark_to_mark(bench: Bench, grid: AccountsPanel) -> None:
    table, _ = parts(grid)
    table.go_to(0, 0)
    places = []
    for _ in range(4):
        bench.window.do("next_mark")
        places.append((table.currentIndex().row(), table.currentIndex().column()))
    assert places == [(0, INDUSTRY), (0, TIER), (1, INDUSTRY), (2, TIER)]


def test_copying_gives_plain_text(bench: Bench, grid: AccountsPanel, qtbot: QtBot) -> None:
    table, model = parts(grid)
    flag = QItemSelectionModel.SelectionFlag
    table.selectionModel().select(model.index(0, NAME), flag.ClearAndSelect)
    table.selectionModel().select(model.index(0, INDUSTRY), flag.Select)
    table.copy()
    from PySide6.QtGui import QGuiApplication

    assert QGuiApplication.clipboard().text() == "Northwind Traders\tRetail"


def test_the_pending_filter_shows_only_records_with_edits(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    button = grid._filter.marks.button(1)
    assert button is not None
    button.click()
    _, model = parts(grid)
    qtbot.waitUntil(lambda: model.rowCount() == 5)
    assert {row.rid for n in range(5) if (row := model.row_at(n))} == {rid(n) for n in (0, 1, 2, 3, 5)}


def test_figures_of_the_column_are_given_on_request_for_what_is_shown(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    grid._filter.use("tier = 'Gold'")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    table, model = parts(grid)
    values = [row.values[5] for n in range(model.rowCount()) if (row := model.row_at(n))]
    filled = [int(str(value)) for value in values if value is not None]
    table.go_to(0, 5)
    bench.window.do("figures")
    qtbot.waitUntil(lambda: not grid._footer.figures.isHidden())
    words = grid._footer.figures.text()
    assert f"{len(filled):,} filled" in words
    assert f"sum {sum(filled):,}" in words
    assert f"most {max(filled):,}" in words
    table.go_to(0, INDUSTRY)
    bench.window.do("figures")
    qtbot.waitUntil(lambda: grid._footer.figures.text().startswith("Industry"))
    assert "Retail " in grid._footer.figures.text()


def test_the_grid_is_exported_as_it_is_shown(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    grid._filter.use("industry = 'Retail' and tier = 'Gold'")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    rows = grid._model.rowCount()
    grid._footer.export_to(tmp_path / "out.csv")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.reader(text.splitlines()))
    assert lines[0] == ["record", *(view.attribute.name for view in grid._model.views)]
    assert len(lines) == rows + 1
    assert {line[2] for line in lines[1:]} == {"Retail"}


def test_a_date_is_typed_or_chosen_from_a_calendar(bench: Bench, grid: AccountsPanel, qtbot: QtBot) -> None:
    table, _ = parts(grid)
    table.setFocus()
    table.go_to(60, 7)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(QLineEdit)
    assert isinstance(editor, Line)
    assert editor.placeholderText() == "2026-12-31"
    assert editor.picker is not None
    qtbot.keyClick(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert editor.picker.isVisible()
    editor.picker.calendar.activated.emit(QDate(2027, 2, 28))
    assert editor.text() == "2027-02-28"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(edits_of(bench)))
    assert edits_of(bench)[0].text == "2027-02-28"


def test_columns_that_the_crm_does_not_show_any_more_are_named(bench: Bench, qtbot: QtBot) -> None:
    hidden = {"Industry", "Website"}
    table = schema.descriptions
    with bench.workspace.writing() as db:
        for row in db.execute(select(table.c.connection_id, table.c.object, table.c.body)).all():
            body = json.loads(row.body)
            if isinstance(body, dict):
                body["fields"] = [one for one in body["fields"] if one["label"] not in hidden]
            mine = (table.c.connection_id == row.connection_id, table.c.object == row.object)
            db.execute(update(table).where(*mine).values(body=json.dumps(body)))
    bench.window.go("accounts")
    panel = bench.window.panels["accounts"]
    qtbot.waitUntil(lambda: "2 columns could not be read (Industry, Website)" in panel.states.banner.words)
    assert panel.states.state is ScreenState.PARTIAL
