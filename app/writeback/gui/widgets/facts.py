"""Facts in two columns: what, and what it is. Text that a person may want is theirs to select."""

from collections import abc

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from writeback.gui.widgets.text import ElidedLabel, PlainLabel, many_lines

WORD_MOST = 32


class Facts(QWidget):
    """A short list of facts; those without a value are left out."""

    def __init__(self, *, titles_width: int = 128, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._titles_width = titles_width
        self._shown: tuple[tuple[str, str], ...] = ()
        self._last = 0

    @property
    def shown(self) -> dict[str, str]:
        """What stands there, by title."""
        return dict(self._shown)

    def show_facts(self, facts: abc.Iterable[tuple[str, str]]) -> None:
        """Show other facts: title and text, in order."""
        fresh = tuple((title, text) for title, text in facts if text)
        if fresh == self._shown:
            return
        self._shown = fresh
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._grid.setRowStretch(self._last, 0)
        self._last = len(fresh)
        self._grid.setRowStretch(self._last, 1)  # more room than they need comes after them
        for place, (title, text) in enumerate(fresh):
            what = PlainLabel(title, role="muted")
            what.setMinimumWidth(self._titles_width)
            what.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            is_long = (
                max(map(len, text.split()), default=0) > WORD_MOST
            )  # a hash, an address: no place to wrap
            told = ElidedLabel(text) if is_long else PlainLabel(text, wraps=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            told.setAccessibleName(f"{title}: {text}")
            self._grid.addWidget(what, place, 0)
            self._grid.addWidget(told, place, 1)


class Told(QPlainTextEdit):
    """A long text that is read and copied, never written: what Python or a CRM said."""

    def __init__(self, name: str, *, height: int = 160, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFixedHeight(height)

    def show_text(self, text: str) -> None:
        """Show another text, literally."""
        self.setPlainText(many_lines(text))
