"""What fits where: columns by their first rows, pages that give way before words are cut, and then scroll."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.widgets.buttons import LEAST_TARGET, Button
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.fitting import Wish, share_out
from writeback.gui.widgets.flows import Beside
from writeback.gui.widgets.layouts import column, row, whole_page, yielding
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table, keep_lines, lines_high
from writeback.gui.widgets.text import PlainLabel

LONG = "a value that needs far more room than its column was given"


@pytest.mark.parametrize(
    ("room", "widths"),
    [
        (1_000, [220, 200]),  # enough for all: the longest values whole
        (300, [100, 200]),  # as designed
        (250, [100, 150]),  # the empty column gives first
        (180, [100, 80]),  # both as narrow as their values allow
        (170, [90, 80]),  # what needs less than its share stays whole
        (135, [60, 75]),  # values are cut, columns stay of use
        (100, [100, 80]),  # not even that fits: the table scrolls, with whole values
    ],
)
def test_room_is_shared_by_what_the_columns_need(room: int, widths: list[int]) -> None:
    wishes = [Wish(least=60, need=100, designed=100, whole=220), Wish(50, 80, 200, 80)]
    assert share_out(wishes, room) == widths


def _table(qtbot: QtBot, width: int) -> tuple[Table, ListModel[tuple[str, str]]]:
    specs: tuple[Spec[tuple[str, str]], ...] = (
        Spec("First", lambda row: row[0], width=120),
        Spec("Second", lambda row: row[1], width=300),
        Spec("Third", lambda _row: "", width=80),
    )
    model = ListModel(specs)
    table = Table("Table")
    qtbot.addWidget(table)
    table.dress(model, [spec.width for spec in specs])
    table.resize(width, 200)
    with qtbot.waitExposed(table):
        table.show()
    return table, model


@pytest.mark.usefixtures("theming")
def test_a_long_value_takes_the_room_of_an_empty_column(qtbot: QtBot) -> None:
    table, model = _table(qtbot, 520)
    before = table.columnWidth(0)
    model.show_rows([(LONG, "")])
    assert table.columnWidth(0) > before
    assert sum(table.columnWidth(place) for place in range(3)) <= table.viewport().width()
    model.show_rows([("short", "")])
    grown = table.columnWidth(0)
    model.show_rows([("short", ""), ("short", "")])
    assert table.columnWidth(0) == grown, "a table does not breathe while rows come and go"


@pytest.mark.usefixtures("theming")
def test_a_width_that_a_person_pulled_stays(qtbot: QtBot) -> None:
    table, model = _table(qtbot, 520)
    head = table.horizontalHeader()
    edge = QPoint(head.sectionPosition(0) + head.sectionSize(0) - 1, head.height() // 2)
    qtbot.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    pulled = edge + QPoint(-40, 0)
    qtbot.mouseMove(head.viewport(), pulled)
    qtbot.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=pulled)
    width = table.columnWidth(0)
    model.show_rows([(LONG, LONG)])
    table.resize(700, 200)
    assert table.columnWidth(0) == width


@pytest.mark.usefixtures("theming")
def test_a_column_that_tells_nothing_is_left_out_and_comes_back(qtbot: QtBot) -> None:
    table, model = _table(qtbot, 520)
    model.show_rows([("one", "two")])
    table.leave_out(1)
    assert table.isColumnHidden(1)
    assert not table.isColumnHidden(0)
    model.show_rows([("one", LONG), ("one", LONG)])
    assert table.isColumnHidden(1), "also after other rows came"
    table.leave_out()
    assert not table.isColumnHidden(1)


WORDS = "Words that need several lines in a narrow window, and that nobody may cut off. " * 3


@pytest.mark.usefixtures("theming")
def test_a_table_gives_way_before_words_are_cut_and_then_the_page_scrolls(qtbot: QtBot) -> None:
    table, above, below = Table("Table"), PlainLabel(WORDS, wraps=True), PlainLabel(WORDS, wraps=True)
    keep_lines(table)
    body = column(table, below)
    body.setStretch(0, 1)
    states = States(yielding(body))
    window = QWidget()
    window.setLayout(whole_page(column(above, states)))
    qtbot.addWidget(window)
    window.resize(320, 600)
    with qtbot.waitExposed(window):
        window.show()
    states.partial(WORDS)
    area = window.findChild(QScrollArea)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0 and table.height() > lines_high(2))
    window.resize(320, 300)
    qtbot.waitUntil(lambda: bar.maximum() > 0 and table.height() == lines_high(2))
    for label in (above, below, states.banner._words):
        assert label.height() >= label.heightForWidth(label.width())
    assert area.horizontalScrollBar().maximum() == 0


@pytest.mark.usefixtures("theming")
def test_what_belongs_to_words_stands_below_them_where_there_is_little_room(qtbot: QtBot) -> None:
    words, act = PlainLabel(WORDS, wraps=True), Button("Act")
    both = Beside(row(words), act)
    qtbot.addWidget(both)
    both.resize(1_600, 80)
    with qtbot.waitExposed(both):
        both.show()
    assert act.x() > words.x() + words.width()
    both.resize(200, 300)
    qtbot.waitUntil(lambda: act.y() >= words.y() + words.height())


@pytest.mark.usefixtures("theming")
def test_the_button_that_empties_a_line_is_as_large_as_others_and_in_its_middle(qtbot: QtBot) -> None:
    line = clearable(QLineEdit())
    qtbot.addWidget(line)
    line.setText("words")
    with qtbot.waitExposed(line):
        line.show()
    button = line.findChild(QToolButton)
    assert button.isVisible()
    assert (button.width(), button.height()) == (LEAST_TARGET, LEAST_TARGET)
    assert abs(2 * button.y() + button.height() - line.height()) <= 1
    line.resize(line.width(), 60)
    assert abs(2 * button.y() + button.height() - 60) <= 1
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert line.text() == ""
