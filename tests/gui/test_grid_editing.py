"""Many cells at once: paste, fill, clear, undo, discard and restore; what a person typed is never lost."""

import random
from collections import abc
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench, open_bench
from tests.gui.seeding import rid
from writeback.gui.dialogs.blanks import BlankDialog
from writeback.gui.dialogs.formats import FormatDialog
from writeback.gui.models.records import RecordsModel
from writeback.gui.panels.accounts import AccountsPanel
from writeback.gui.theming.roles import DRESS_ROLE, STATE_ROLE
from writeback.gui.widgets.states import ScreenState
from writeback.gui.widgets.tables import Table
from writeback.store import drafts, held_edits

pytestmark = pytest.mark.gui
NAME, INDUSTRY, TIER, ARR, EMPLOYEES, RENEWAL, WEBSITE, HEALTH = 0, 1, 2, 4, 5, 7, 9, 11


@pytest.fixture
def grid(bench: Bench, qtbot: QtBot) -> AccountsPanel:
    return opened(bench, qtbot)


def opened(bench: Bench, qtbot: QtBot) -> AccountsPanel:
    bench.window.go("accounts")
    panel = bench.window.panels["accounts"]
    assert isinstance(panel, AccountsPanel)
    qtbot.waitUntil(lambda: panel.states.state in (ScreenState.READY, ScreenState.PARTIAL))
    return panel


def parts(panel: AccountsPanel) -> tuple[Table, RecordsModel]:
    return panel._table, panel._model


def settle(bench: Bench, qtbot: QtBot) -> None:
    panel = bench.window.panels["accounts"]
    qtbot.waitUntil(lambda: not bench.tasks.running and not panel.unsaved, timeout=20_000)


def paste(bench: Bench, text: str, row: int, column: int) -> None:
    panel = bench.window.panels["accounts"]
    assert isinstance(panel, AccountsPanel)
    QGuiApplication.clipboard().setText(text)
    panel._table.go_to(row, column)
    bench.window.do("paste")


def select(panel: AccountsPanel, top: int, left: int, bottom: int, right: int) -> None:  # noqa: PLR0917  corners
    table, model = parts(panel)
    table.go_to(top, left)
    block = QItemSelection(model.index(top, left), model.index(bottom, right))
    table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def waiting(bench: Bench) -> dict[tuple[str, str], object]:
    with bench.workspace.reading() as db:
        found = drafts.get_many(db, [(rid_, name) for rid_, name in drafts.keys(db)])  # type: ignore[misc]
    return {(key[0], key[1]): one.change.new for key, one in found.items()}


def held(bench: Bench) -> set[tuple[str, str]]:
    with bench.workspace.reading() as db:
        return set(held_edits.keys(db))


def test_a_block_is_pasted_cell_by_cell_and_what_is_refused_stays_outlined(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    _, model = parts(grid)
    before = len(waiting(bench))
    paste(bench, "Mining\tGold\r\nPlastic\tSilver\r\nEnergy\t\r\n", 20, INDUSTRY)
    settle(bench, qtbot)
    assert model.index(20, INDUSTRY).data() == "Mining"
    assert model.index(22, INDUSTRY).data() == "Energy"
    assert (model.index(21, INDUSTRY).data(), model.index(21, INDUSTRY).data(STATE_ROLE)) == (
        "Plastic",
        "held",
    )
    assert held(bench) == {(rid(21), "industry")}
    assert len(waiting(bench)) > before
    assert "not in the list" in grid.states.banner.words
    qtbot.waitUntil(lambda: "1 blocked" in grid.pending._more.text())


def test_what_does_not_fit_or_is_locked_is_left_out_and_told(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    paste(bench, "https://a.example\ttext\t5\tbeyond\n" * 3, 1998, WEBSITE)
    settle(bench, qtbot)
    words = grid.states.banner.words
    assert "1 line" in words
    assert "1 column" in words
    assert "2 cells are locked" in words
    assert "Health" in words
    assert waiting(bench)[rid(1999), "website"] == "https://a.example"
    assert (rid(1999), "health") not in waiting(bench)


def test_dates_of_another_locale_are_asked_for_with_samples(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    paste(bench, "03/04/2027\n05/06/2027", 30, RENEWAL)
    dialog = grid.findChildren(FormatDialog)[-1]
    assert ["03/04/2027" in one.text() for one in dialog.choices.buttons()] == [True, True]
    dialog.choices.buttons()[1].setChecked(True)
    dialog.go.click()
    settle(bench, qtbot)
    assert str(waiting(bench)[rid(30), "renewal"]) == "2027-03-04"
    paste(bench, "31.12.2027", 31, RENEWAL)  # only one way to read it: nothing to ask
    settle(bench, qtbot)
    assert str(waiting(bench)[rid(31), "renewal"]) == "2027-12-31"


def test_one_cell_that_can_be_read_in_two_ways_is_asked_for_before_it_fills_a_selection(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    select(grid, 70, RENEWAL, 72, RENEWAL)
    QGuiApplication.clipboard().setText("03/04/2027")
    bench.window.do("paste")
    dialog = grid.findChildren(FormatDialog)[-1]
    assert dialog.isVisible()
    dialog.choices.buttons()[1].setChecked(True)
    dialog.go.click()
    settle(bench, qtbot)
    found = waiting(bench)
    assert [str(found[rid(row), "renewal"]) for row in (70, 71, 72)] == ["2027-03-04"] * 3


def test_one_cell_fills_a_selection_and_fill_down_copies_the_topmost(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    select(grid, 40, TIER, 44, TIER)
    QGuiApplication.clipboard().setText("Bronze")
    bench.window.do("paste")
    settle(bench, qtbot)
    found = waiting(bench)
    shown = [grid._model.index(row, TIER).data() for row in range(40, 45)]
    assert shown == ["Bronze"] * 5
    assert {value for (_, name), value in found.items() if name == "tier"} >= {"Bronze"}
    grid._model.setData(grid._model.index(50, EMPLOYEES), "4711")
    settle(bench, qtbot)
    select(grid, 50, EMPLOYEES, 60, EMPLOYEES)
    bench.window.do("fill_down")
    settle(bench, qtbot)
    assert [grid._model.index(row, EMPLOYEES).data() for row in range(50, 61)] == ["4,711"] * 11


def test_undo_and_redo_go_through_all_acts_of_the_session(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    states = [(waiting(bench), held(bench))]
    acts: list[abc.Callable[[], object]] = [
        lambda: paste(bench, "Mining\nEnergy\nnonsense", 20, INDUSTRY),
        lambda: grid._model.setData(grid._model.index(20, INDUSTRY), "Retail"),
        grid._edits.discard,
    ]
    for act in acts:
        act()
        settle(bench, qtbot)
        states.append((waiting(bench), held(bench)))
    assert states[3] == ({}, set())
    for number in (2, 1, 0):
        bench.window.do("undo_edit")
        settle(bench, qtbot)
        assert (waiting(bench), held(bench)) == states[number]
    for number in (1, 2, 3):
        bench.window.do("redo_edit")
        settle(bench, qtbot)
        assert (waiting(bench), held(bench)) == states[number]


def test_delete_asks_once_a_column_and_leave_unset_touches_nothing(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    table, model = parts(grid)
    before = waiting(bench)
    model.setData(model.index(70, WEBSITE), "https://typo.example")
    settle(bench, qtbot)
    table.go_to(70, WEBSITE)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    grid.findChildren(BlankDialog)[-1].unset.click()
    settle(bench, qtbot)
    assert waiting(bench) == before
    model.setData(model.index(71, WEBSITE), "https://typo.example")
    settle(bench, qtbot)
    asked = len(grid.findChildren(BlankDialog))
    table.go_to(71, WEBSITE)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    settle(bench, qtbot)
    assert len(grid.findChildren(BlankDialog)) == asked
    assert waiting(bench) == before


def test_all_that_match_but_some_is_a_predicate_with_exceptions(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    table, model = parts(grid)
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert grid._selection.is_all
    table.selectionModel().setCurrentIndex(model.index(3, 1), QItemSelectionModel.SelectionFlag.NoUpdate)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert grid._selection.excepted == (rid(3),)
    assert grid._selection.count == 1999
    assert grid._footer.words.text() == "All rows that match · 1 excluded"
    assert model.index(2, 1).data(DRESS_ROLE).chosen
    assert not model.index(3, 1).data(DRESS_ROLE).chosen
    assert len(table.selectionModel().selectedIndexes()) <= 1
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert not grid._selection.is_all
    assert not model.index(2, 1).data(DRESS_ROLE).chosen


def test_columns_their_widths_and_order_are_kept_for_the_next_start(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    grid._columns.open_chooser(grid)
    from writeback.gui.dialogs.columns import ColumnsDialog

    dialog = grid.findChildren(ColumnsDialog)[-1]
    dialog.list.item(2).setCheckState(Qt.CheckState.Unchecked)
    dialog.list.setCurrentRow(4)
    dialog.up.click()
    dialog.up.click()
    dialog.go.click()
    settle(bench, qtbot)
    names = [view.attribute.name for view in grid._model.views]
    assert names[:4] == ["name", "industry", "arr", "csm"]
    assert "tier" not in names
    assert grid._model.index(0, 2).data() == grid._model.index(0, 2).data(DRESS_ROLE).text
    row = grid._model.row_at(0)
    assert row is not None
    assert len(row.values) == len(names)
    grid._table.setColumnWidth(1, 321)
    grid._table.horizontalHeader().moveSection(1, 3)
    settle(bench, qtbot)
    assert [view.attribute.name for view in grid._model.views][:4] == ["name", "arr", "csm", "industry"]
    grid._columns.flush()
    settle(bench, qtbot)
    path = bench.workspace.path
    again = open_bench(path)
    try:
        panel = opened(again, qtbot)
        assert [view.attribute.name for view in panel._model.views][:4] == ["name", "arr", "csm", "industry"]
        assert panel._table.columnWidth(3) == 321
    finally:
        again.close()


class Hands:
    """Does at random what a person does, and knows what has to stand afterwards."""

    def __init__(self, bench: Bench, grid: AccountsPanel, rng: random.Random) -> None:
        self.bench, self.grid, self.rng = bench, grid, rng
        self.expected = waiting(bench)
        self.past: list[dict[tuple[str, str], object]] = []
        self.future: list[dict[tuple[str, str], object]] = []

    def act(self) -> None:
        dice = self.rng.random()
        if dice < 0.45:
            self._edit()
        elif dice < 0.6:
            self.grid._sort(self.rng.randrange(10), self.rng.choice(list(Qt.SortOrder)))
        elif dice < 0.7:
            self.grid._filter.use(
                self.rng.choice(("", "tier = 'Gold'", "employees > 20000", "state is draft"))
            )
        elif dice < 0.8:
            self.grid._table.go_to(self.rng.randrange(max(self.grid._model.rowCount(), 1)), 1)
        elif dice < 0.86:
            self.grid.refresh()
        elif dice < 0.93 and self.past:
            self.future.append(self.expected)
            self.expected = self.past.pop()
            self.bench.window.do("undo_edit")
        elif self.future:
            self.past.append(self.expected)
            self.expected = self.future.pop()
            self.bench.window.do("redo_edit")

    def _edit(self) -> None:
        model = self.grid._model
        row = model.row_at(self.rng.randrange(max(model.rowCount(), 1)))
        if row is None:
            return
        number = str(self.rng.randrange(40_000, 99_999))
        at = next(n for n in range(model.rowCount()) if (one := model.row_at(n)) and one.rid == row.rid)
        if model.setData(model.index(at, EMPLOYEES), number):
            self.past.append(dict(self.expected))
            self.future.clear()
            self.expected = {**self.expected, (row.rid, "employees"): int(number)}


@pytest.mark.parametrize("steps", [60, pytest.param(500, marks=pytest.mark.nightly)])
@pytest.mark.timeout(600)
def test_pending_edits_survive_sorting_filtering_paging_undo_and_restart(
    bench: Bench, qtbot: QtBot, steps: int
) -> None:
    rng = random.Random(steps)
    hands = Hands(bench, opened(bench, qtbot), rng)
    for _ in range(steps):
        hands.act()
        settle(bench, qtbot)
        assert waiting(bench) == hands.expected
    again = open_bench(bench.workspace.path)
    try:
        qtbot.waitUntil(lambda: not again.tasks.running)
        assert waiting(again) == hands.expected
    finally:
        again.close()


def test_a_view_is_saved_looked_at_again_and_deleted_with_undo(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    grid._columns.change(replace(grid._columns.view, columns=("name", "arr", "tier")))
    grid._filter.use("tier = 'Gold'")
    settle(bench, qtbot)
    grid._sort(1, Qt.SortOrder.DescendingOrder)
    settle(bench, qtbot)
    first = grid._model.row_at(0)
    grid._segments.view_saving.emit("Gold by revenue", False)
    settle(bench, qtbot)
    grid._columns.change(replace(grid._columns.view, columns=()))
    grid._filter.clear()
    grid._sort(-1, Qt.SortOrder.AscendingOrder)
    settle(bench, qtbot)
    assert len(grid._model.views) == 12
    (view,) = [one for one in bench.reads.grid_views("account", owner="ana") if one.name]
    assert (view.text, view.sort, view.is_descending, view.is_shared) == ("tier = 'Gold'", "arr", True, False)
    grid._segments.view_chosen.emit(view)
    settle(bench, qtbot)
    assert [one.attribute.name for one in grid._model.views] == ["name", "arr", "tier"]
    assert grid._model.row_at(0) == first
    grid._segments.view_dropped.emit(view)
    settle(bench, qtbot)
    assert [one.name for one in bench.reads.grid_views("account", owner="ana") if one.name] == []
    grid.states.banner._act.click()
    settle(bench, qtbot)
    assert [one.name for one in bench.reads.grid_views("account", owner="ana") if one.name] == [view.name]
    assert bench.reads.grid_views("account", owner="ben") == ()


def test_the_last_piece_of_a_block_is_never_sent_by_itself(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("writeback.gui.panels.grid_edits.PIECE", 2)
    pieces: list[int] = []
    save = bench.facade.save_edits
    monkeypatch.setattr(
        bench.facade, "save_edits", lambda edits, **named: pieces.append(len(edits)) or save(edits, **named)
    )
    paste(bench, "https://a.example\nhttps://b.example\nhttps://c.example", 80, WEBSITE)
    settle(bench, qtbot)
    assert pieces == [3]
    assert {rid(80), rid(81), rid(82)} <= {record for record, _ in waiting(bench)}


def test_a_row_that_leaves_the_filter_by_an_edit_stays_greyed_until_the_grid_is_read_again(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    _, model = parts(grid)
    grid._filter.use("industry = 'Retail'")
    settle(bench, qtbot)
    rows, first = model.rowCount(), model.row_at(0)
    assert first is not None
    model.setData(model.index(0, INDUSTRY), "Mining")
    settle(bench, qtbot)
    with bench.workspace.writing() as db:  # a filter asks what is confirmed: the CRM took the value
        db.exec_driver_sql("delete from drafts where rid = ?", (first.rid,))
        db.exec_driver_sql("update rec_account set industry = 'Mining' where rid = ?", (first.rid,))
    grid.refresh()
    qtbot.waitUntil(lambda: model.has_left(first.rid))
    assert (model.rowCount(), model.matching) == (rows, rows - 1)
    place = next(n for n in range(rows) if model.row_at(n).rid == first.rid)  # type: ignore[union-attr]
    dress = model.index(place, 0).data(DRESS_ROLE)
    assert (dress.tone, dress.picture) == ("muted", "filter")
    spoken = model.index(place, INDUSTRY).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "matches the filter no longer" in spoken
    assert "1 edited row matches no longer" in grid._head.explains.text()
    grid._selection.choose_all()
    assert grid._selection.count == rows - 1
    bench.window.do("reread")
    settle(bench, qtbot)
    qtbot.waitUntil(lambda: model.rowCount() == rows - 1)
    assert not model.has_left(first.rid)


def test_find_next_goes_from_hit_to_hit_round_and_round(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    table, model = parts(grid)
    assert "find_next" not in grid.abilities
    grid.do("find")
    qtbot.keyClicks(grid._filter._words, "retail")
    qtbot.waitUntil(lambda: model.rowCount() < 2000)
    settle(bench, qtbot)
    qtbot.waitUntil(lambda: "find_next" in grid.abilities)
    seen = []
    for _ in range(3):
        qtbot.keyClick(bench.window, Qt.Key.Key_F3)
        index = table.currentIndex()
        assert "retail" in str(index.data()).casefold()
        seen.append((index.row(), index.column()))
    assert len(set(seen)) == 3
    qtbot.keyClick(bench.window, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert (table.currentIndex().row(), table.currentIndex().column()) == seen[1]


def test_a_reference_is_chosen_from_candidates_in_its_cell(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    table, model = parts(grid)
    place = next(n for n, one in enumerate(model.views) if one.attribute.name == "csm")
    table.go_to(12, INDUSTRY)
    qtbot.waitUntil(lambda: "candidates" not in grid.abilities)
    table.go_to(12, place)
    qtbot.waitUntil(lambda: "candidates" in grid.abilities)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    candidates = grid._acts._parts.candidates
    qtbot.waitUntil(lambda: candidates.open is not None)
    assert candidates.open is not None
    dialog = candidates.open.dialog
    qtbot.waitUntil(lambda: dialog.current is not None)
    one = dialog.current
    assert one is not None
    dialog.take.click()
    settle(bench, qtbot)
    assert waiting(bench)[rid(12), "csm"]
    assert not dialog.isVisible()
