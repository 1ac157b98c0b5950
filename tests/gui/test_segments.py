"""A grid's filter is one text: as chips or as text, kept as a segment, marked where it cannot be read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.dialogs.filter_part import PartDialog
from writeback.gui.panels.accounts import AccountsPanel
from writeback.gui.panels.segments import SegmentsPanel
from writeback.gui.widgets.filter_chips import FilterChip
from writeback.gui.widgets.states import ScreenState

pytestmark = pytest.mark.gui


@pytest.fixture
def grid(bench: Bench, qtbot: QtBot) -> AccountsPanel:
    bench.window.go("accounts")
    panel = bench.window.panels["accounts"]
    assert isinstance(panel, AccountsPanel)
    qtbot.waitUntil(lambda: panel.states.state in (ScreenState.READY, ScreenState.PARTIAL))
    return panel


def chips(panel: AccountsPanel) -> list[str]:
    return [one.words.text() for one in panel._filter.findChildren(FilterChip) if one.isVisible()]


def type_filter(panel: AccountsPanel, qtbot: QtBot, text: str) -> None:
    panel._filter.write()
    panel._filter.line.setText(text)
    qtbot.keyClick(panel._filter.line, Qt.Key.Key_Return)


def settle(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


def test_a_text_becomes_chips_and_a_chip_is_taken_out_of_the_text(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    type_filter(
        grid, qtbot, "industry = 'Retail' and (tier = Gold or tier = Silver) and renewal < today + 30"
    )
    settle(bench, qtbot)
    assert chips(grid) == [
        "Industry is Retail",
        "(tier = Gold or tier = Silver)",
        "renewal < today + 30",
    ]
    few = grid._model.rowCount()
    assert 0 < few < 2000
    grid._filter.findChildren(FilterChip)[-1].dropped.emit(2)
    settle(bench, qtbot)
    assert grid._filter.text == "industry = 'Retail' and (tier = Gold or tier = Silver)"
    assert grid._model.rowCount() > few


@pytest.mark.parametrize(
    "wrong",
    [
        ("industry = 'Retail' and nonsense = 1", "nonsense"),
        ("industry = 'Plastic'", "'Plastic'"),
        ("arr >> 3", ">"),
    ],
)
def test_what_cannot_be_read_is_marked_at_its_token_and_changes_nothing(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot, wrong: tuple[str, str]
) -> None:
    text, token = wrong
    type_filter(grid, qtbot, "industry = 'Retail'")
    settle(bench, qtbot)
    rows = grid._model.rowCount()
    type_filter(grid, qtbot, text)
    settle(bench, qtbot)
    assert grid._filter.line.selectedText() == token
    assert "segment." in grid._filter.complaint
    assert grid._filter.text == "industry = 'Retail'"
    assert grid._model.rowCount() == rows
    qtbot.keyClick(grid._filter.line, Qt.Key.Key_Escape)
    assert chips(grid) == ["Industry is Retail"]
    assert not grid._filter.complaint


def test_a_part_is_built_from_the_column_in_front_and_changed_again(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    grid._table.go_to(0, 1)
    bench.window.do("filter")
    dialog = grid._filter.findChildren(PartDialog)[-1]
    editor = dialog.line.editor
    assert isinstance(editor, QComboBox)
    editor.setCurrentIndex(editor.findData("Energy"))
    editor.activated.emit(editor.currentIndex())
    dialog.go.click()
    settle(bench, qtbot)
    assert grid._filter.text == "industry = 'Energy'"
    assert {row.values[1] for n in range(9) if (row := grid._model.row_at(n))} == {"Energy"}
    grid._filter.findChildren(FilterChip)[-1].opened.emit(0)
    again = grid._filter.findChildren(PartDialog)[-1]
    assert again.text() == "industry = 'Energy'"


def test_a_filter_is_kept_as_a_segment_opened_deleted_and_had_back(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    type_filter(grid, qtbot, "industry = 'Retail'")
    settle(bench, qtbot)
    rows = grid._model.rowCount()
    grid._segments._ask_name()
    dialog = grid._segments.findChildren(TextDialog)[-1]
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.line, "Retailers")
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settle(bench, qtbot)
    type_filter(grid, qtbot, "industry = 'Retail' and tier = 'Gold'")
    settle(bench, qtbot)
    few = grid._model.rowCount()
    assert 0 < few < rows
    bench.window.go("segments")
    panel = bench.window.panels["segments"]
    assert isinstance(panel, SegmentsPanel)
    qtbot.waitUntil(lambda: bool(panel._model.rows))
    assert [(one.segment.name, one.segment.author, one.count) for one in panel._model.rows] == [
        ("Gold in retail", "ana", few),
        ("Retailers", "ana", rows),
    ]
    condition = panel._model.index(0, 3)
    assert condition.data() == "Industry is Retail · Tier is Gold"
    assert "industry" in condition.data(Qt.ItemDataRole.AccessibleDescriptionRole), "as it is written"
    panel.table.go_to(1)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    own = bench.window.panels["accounts"]
    assert isinstance(own, AccountsPanel)
    assert own is not grid  # a segment has a tab of its own
    qtbot.waitUntil(lambda: own._model.rowCount() == rows)
    assert bench.window.screen_name == "accounts"
    bench.window.go("segments")
    settle(bench, qtbot)
    panel.table.go_to(1)
    panel._delete.click()
    qtbot.waitUntil(lambda: len(panel._model.rows) == 1)
    assert "Retailers is deleted" in panel.states.banner.words
    panel.states.banner._act.click()
    qtbot.waitUntil(lambda: len(panel._model.rows) == 2)


def test_a_segment_that_names_what_is_gone_says_so_and_the_rest_is_counted(
    bench: Bench, qtbot: QtBot
) -> None:
    from writeback.runtime.segmenting import Segmenting

    told = Segmenting(bench.workspace)
    told.remove("Gold in retail")
    told.save("Fine", "", entity="account", author="ana")
    told.save("Broken", "health > 3", entity="account", author="ben")
    told.save("Hidden", "", entity="account", author="ben", is_shared=False)
    with bench.workspace.writing() as db:
        db.exec_driver_sql("update segments set text = 'nothing_there > 3' where name = 'Broken'")
    bench.window.go("segments")
    panel = bench.window.panels["segments"]
    assert isinstance(panel, SegmentsPanel)
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.PARTIAL)
    assert [(one.segment.name, one.count) for one in panel._model.rows] == [("Broken", None), ("Fine", 2000)]
    panel.table.go_to(0)
    assert not panel._show_in_grid.isEnabled()
    assert panel._delete.isEnabled()
    QApplication.processEvents()


def test_no_segment_takes_the_place_of_another_unasked(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    def texts() -> dict[str, str]:
        return {one.name: one.text for one in bench.reads.segments.every()}

    bench.facade.save_segment("Tier gold", "tier = Gold", author="ben", act="gold")
    before = texts()
    type_filter(grid, qtbot, "industry = 'Retail'")
    settle(bench, qtbot)
    grid._segments.saving.emit("tier gold")
    settle(bench, qtbot)
    assert "A segment is called tier gold already." in grid.states.banner.words
    assert texts() == before
    grid.states.banner._act.click()
    settle(bench, qtbot)
    del before["Tier gold"]
    assert texts() == {**before, "tier gold": "industry = 'Retail'"}
    bench.window.go("segments")
    panel = bench.window.panels["segments"]
    assert isinstance(panel, SegmentsPanel)
    settle(bench, qtbot)
    other = next(one for one in bench.reads.segments.every() if one.name != "tier gold")
    panel._move(other, "TIER GOLD")
    settle(bench, qtbot)
    assert "TIER GOLD is there already" in panel.states.banner.words
    assert len(texts()) == len(before) + 1
