"""What makes a first opening quick: parts are dressed in the window only, and measured once."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column, scrolled
from writeback.gui.widgets.pages import Pages
from writeback.gui.widgets.states import States
from writeback.gui.windows.screens import SCREENS
from writeback.gui.windows.warming import Warming


class Dressed(QObject):
    """Counts how often a widget is dressed by the style sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() is QEvent.Type.Polish
        return super().eventFilter(watched, event)


def test_a_page_in_four_boxes_is_dressed_when_it_comes_into_the_window(qtbot: QtBot, theming: object) -> None:
    part, seen = QPushButton("Send"), Dressed()
    part.installEventFilter(seen)
    inside = QWidget()
    inside.setLayout(column(part))
    panel = QWidget()
    panel.setLayout(column(States(scrolled(inside))))
    pages = Pages()
    pages.addWidget(panel)
    window = QWidget()
    window.setLayout(column(pages))
    assert seen.times == 0
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    assert part.isVisible()
    assert seen.times == 1


def test_pages_take_the_keyboard_along(qtbot: QtBot, theming: object) -> None:
    first, second, other = QLineEdit(), QWidget(), QLineEdit()
    second.setLayout(column(QPushButton("No", enabled=False), other))
    pages = Pages()
    pages.addWidget(first)
    pages.addWidget(second)
    qtbot.addWidget(pages)
    pages.show()
    assert not second.isVisible()
    first.setFocus()
    pages.setCurrentWidget(second)
    assert pages.currentIndex() == 1
    assert second.isVisible()
    assert not first.isVisible()
    assert pages.focusWidget() is other
    pages.setCurrentIndex(0)
    assert pages.currentWidget() is first
    assert pages.focusWidget() is first


def test_lines_of_parts_are_measured_until_a_part_changes(qtbot: QtBot, theming: object) -> None:
    asked: list[str] = []

    class Part(QWidget):
        def sizeHint(self) -> QSize:
            asked.append("")
            return QSize(self.property("wide") or 80, 20)

    parts = [Part(), Part()]
    flowing = Flowing(*parts)
    qtbot.addWidget(flowing)
    assert flowing.heightForWidth(200) == 20
    first = len(asked)
    assert [flowing.heightForWidth(wide) for wide in (200, 100, 200, 100)] == [20, 48, 20, 48]
    assert len(asked) == first
    parts[0].setProperty("wide", 190)
    parts[0].updateGeometry()
    assert flowing.heightForWidth(200) == 48
    parts[1].hide()
    assert flowing.heightForWidth(200) == 20


def test_screens_are_loaded_while_nobody_does_anything(qtbot: QtBot) -> None:
    busy = [True]
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    warming = Warming(window, is_busy=lambda: busy[0], screens=SCREENS[:2], rest_ms=0)
    warming.start()
    qtbot.wait(150)
    assert warming.left == 2
    busy[0] = False
    qtbot.waitUntil(lambda: warming.left == 0)


def test_a_hand_on_the_window_puts_loading_off(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    warming = Warming(window, is_busy=lambda: False, screens=SCREENS[:1], rest_ms=400)
    warming.start()
    qtbot.wait(300)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Down)
    qtbot.wait(250)
    assert warming.left == 1
    qtbot.waitUntil(lambda: warming.left == 0)
