"""Options as lines of text, in their order: Alt+Up and Alt+Down, or the buttons beside it, move a line."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from writeback.gui.theming.current import sized
from writeback.gui.translating import tr

LINES, LINE_PX = 7, 18


class OptionLines(QPlainTextEdit):
    """One option a line.

    Signals:
        line_changed: The cursor came to another line.
    """

    line_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Options or stages"))
        self.setAccessibleDescription(tr("Alt+Up and Alt+Down move a line"))
        self.setTabChangesFocus(True)
        sized(self, lambda px: self.setFixedHeight(px(LINES * LINE_PX + 12)))
        self.cursorPositionChanged.connect(self.line_changed)

    @property
    def current(self) -> str:
        """The value on the line of the cursor; '' for none."""
        return self.textCursor().block().text().partition("=")[0].strip()

    def move_line(self, step: int) -> bool:
        """Move the line of the cursor by so many lines; False: there is no room."""
        lines = self.toPlainText().split("\n")
        place = self.textCursor().blockNumber()
        other = place + step
        if not 0 <= other < len(lines):
            return False
        lines[place], lines[other] = lines[other], lines[place]
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText("\n".join(lines))
        cursor = QTextCursor(self.document().findBlockByNumber(other))
        self.setTextCursor(cursor)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.move_line(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
