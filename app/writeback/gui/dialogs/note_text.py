"""Write a note, or look at how it read before. Text of people: shown as it is, never as markup."""

from collections import abc
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from writeback.gui.i18n import moment
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, lay_out, line, row, scrolled
from writeback.gui.widgets.text import PlainLabel, title_free
from writeback.model.notes import Note
from writeback.runtime.record_notes import LONGEST

HEIGHT = 160


class NoteDialog(QDialog):
    """A headline and some lines of text; Ctrl+Enter keeps them."""

    def __init__(
        self, title: str, *, start: str = "", call: abc.Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title_free(title))
        self.words = QPlainTextEdit(start)
        self.words.setAccessibleName(tr("Text of the note"))
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(HEIGHT)
        self.words.textChanged.connect(self._tell)
        self.go = Button(tr("Keep the note"), kind="primary", call=self.accept)
        box = column(
            PlainLabel(title, role="heading", wraps=True),
            PlainLabel(tr("Notes stay here: they are written to no CRM."), role="muted", wraps=True),
            self.words,
        )
        lay_out(self, box, row(None, Button(tr("Cancel"), call=self.reject), self.go), width=480)
        self.accepted.connect(lambda: call(self.words.toPlainText().strip()))
        self._start = start.strip()
        self._tell()
        self.words.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.go.isEnabled():
                self.accept()
            return
        super().keyPressEvent(event)

    def _tell(self) -> None:
        text = self.words.toPlainText().strip()
        if not text:
            self.go.gate(tr("Write something first."))
        elif len(text) > LONGEST:
            self.go.gate(tr("That is longer than %n characters.", LONGEST))
        else:
            self.go.gate(tr("Nothing is different.") if text == self._start else "")


class NoteHistoryDialog(QDialog):
    """How a note read, the latest version first."""

    def __init__(self, versions: abc.Sequence[Note], *, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = tr("History of the note")
        self.setWindowTitle(title)
        self.setMinimumSize(480, 320)
        lines = QVBoxLayout()
        lines.setSpacing(8)
        for place, one in enumerate(reversed(versions)):
            if place:
                lines.addWidget(line())
            who = tr("{at} by {name}", at=moment(one.at, now=now), name=one.author)
            lines.addWidget(PlainLabel(who, role="caption"))
            words = tr("(taken away)") if one.is_removed else one.text
            lines.addWidget(PlainLabel(words, role="muted" if one.is_removed else "body", wraps=True))
        lines.addStretch(1)
        inside = QWidget()
        inside.setLayout(lines)
        box = column(PlainLabel(title, role="heading"), gap=3, margin=6)
        box.addWidget(scrolled(inside), 1)
        close = Button(tr("Close"), call=self.reject)
        box.addLayout(row(None, close))
        self.setLayout(box)
        close.setFocus()
