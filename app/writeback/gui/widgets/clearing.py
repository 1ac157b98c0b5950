"""The buttons inside a line of text, as large as everything else that is clicked."""

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from writeback.gui.widgets.buttons import LEAST_TARGET

LineT = TypeVar("LineT", bound=QLineEdit)
_PLACED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show)


class _Middle(QObject):
    """Keeps the button in the middle of its line: Qt puts it where its own, lower one would be."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        line = watched.parentWidget() if isinstance(watched, QWidget) else None
        if event.type() in _PLACED and isinstance(watched, QWidget) and line is not None:
            middle = (line.height() - watched.height()) // 2
            if watched.y() != middle:
                watched.move(watched.x(), middle)
        return super().eventFilter(watched, event)


def clearable(line: LineT) -> LineT:
    """Let a line be emptied by a click."""
    line.setClearButtonEnabled(True)
    return reachable(line)


def reachable(line: LineT) -> LineT:
    """Let the buttons inside a line be as large as others are."""
    for button in line.findChildren(QToolButton):
        button.setMinimumSize(LEAST_TARGET, LEAST_TARGET)
        button.installEventFilter(_Middle(button))
    return line
