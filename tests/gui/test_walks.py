"""The walks find what they are there to find, in the window and in the dialog that stands open over it."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui import walks

pytestmark = pytest.mark.gui
CLEAR, FAINT = "color: #000; background: #fff", "color: #eee; background: #fff"
SOFT = "background: qlineargradient(x1: 0, y1: 0, x2: 1, y2: 0, stop: 0 #ccc, stop: 1 #ddd)"
"""Nothing in it stands out."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A window, and a dialog of one of its panels that stands open over it."""

    window: QWidget
    panel: QWidget
    dialog: QDialog

    def put(self, where: QWidget, made: QWidget) -> None:
        """Put something into the panel or into the dialog, and show both."""
        layout = where.layout()
        assert layout is not None
        layout.addWidget(made)
        self.window.show()
        self.dialog.show()
        self.dialog.move(self.window.mapToGlobal(QPoint(100, 50)))


@pytest.fixture
def pair(qtbot: QtBot) -> Pair:
    window = QWidget()
    window.resize(500, 300)
    window.setStyleSheet(SOFT)
    panel = QWidget()
    QVBoxLayout(window).addWidget(panel)
    dialog = QDialog(panel)
    dialog.resize(300, 200)
    for one in (panel, dialog):
        QVBoxLayout(one)
    qtbot.addWidget(window)
    return Pair(window, panel, dialog)


def label(style: str) -> QLabel:
    made = QLabel("Some words to read")
    made.setStyleSheet(style)
    return made


def test_words_of_a_dialog_are_not_judged_by_what_it_covers(pair: Pair) -> None:
    pair.put(pair.dialog, label(CLEAR))
    assert walks.faint(pair.window) == []


@pytest.mark.parametrize("place", ["panel", "dialog"])
def test_faint_words_are_found_in_each_window(pair: Pair, place: str) -> None:
    pair.put(getattr(pair, place), label(FAINT))
    (found,) = walks.faint(pair.window)
    assert "Some words to read" in found


@pytest.mark.parametrize("place", ["panel", "dialog"])
def test_what_takes_the_focus_without_a_name_is_found_in_each_window(pair: Pair, place: str) -> None:
    pair.put(getattr(pair, place), QLineEdit())
    (found,) = walks.unnamed(pair.window)
    assert found.startswith("no name: EditableText")


def test_what_the_panel_beneath_says_is_no_reason_in_a_dialog(pair: Pair) -> None:
    pair.panel.setAccessibleDescription("Choose a record first.")
    off = QPushButton("Save")
    off.setEnabled(False)
    pair.put(pair.dialog, off)
    assert walks.unexplained(pair.window) == ["disabled without a reason: QPushButton 'Save'"]


def test_what_is_around_a_disabled_control_may_say_why(pair: Pair) -> None:
    pair.panel.setAccessibleDescription("Choose a record first.")
    off = QPushButton("Save")
    off.setEnabled(False)
    pair.put(pair.panel, off)
    assert walks.unexplained(pair.window) == []
