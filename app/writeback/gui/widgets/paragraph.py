"""An editor of text in several lines, for a form: Tab leaves it, Ctrl+Enter is not its business."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from writeback.gui.i18n import NOT_SET
from writeback.gui.theming.current import sized
from writeback.gui.translating import tr

LINES, LINE_PX = 3, 18


class Paragraph(QPlainTextEdit):
    """Some lines of text; empty is nothing. What is typed counts when the focus leaves.

    Signals:
        finished: The focus left after something was typed.
    """

    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(tr(NOT_SET))
        sized(self, lambda px: self.setFixedHeight(px(LINES * LINE_PX + 18)))
        self._before = ""

    def text_value(self) -> str | None:
        """Give the text; empty is nothing."""
        return self.toPlainText() or None

    def show_value(self, text: str | None) -> None:
        """Show a text, with its line breaks."""
        self._before = text or ""
        self.setPlainText(self._before)
        self.document().setModified(False)

    @property
    def is_modified(self) -> bool:
        """Whether something was typed that did not count yet."""
        return self.document().isModified()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_modified:
            self.show_value(self._before)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.is_modified and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.document().setModified(False)
            self.finished.emit()
