"""Ask for one line of text: a name for something that is kept."""

from collections import abc

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, lay_out, row
from writeback.gui.widgets.text import PlainLabel, title_free


class TextDialog(QDialog):
    """A headline, words, one line; the button opens once something is typed."""

    def __init__(
        self,
        title: str,
        words: str,
        *,
        label: str,
        act: str,
        call: abc.Callable[[str], None],
        start: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title_free(title))
        self.line = QLineEdit(start)
        self.line.setAccessibleName(label)
        self.line.setPlaceholderText(label)
        self.line.selectAll()  # what is typed takes the place of what was there
        self.go = Button(act, kind="primary", call=self.accept)
        self._label = label
        self.line.textChanged.connect(lambda _text: self._tell())
        self.line.returnPressed.connect(self.go.click)
        parts: list[QWidget] = [PlainLabel(title, role="heading", wraps=True)]
        if words:
            parts.append(PlainLabel(words, role="muted", wraps=True))
        feet = row(None, Button(tr("Cancel"), call=self.reject), self.go)
        lay_out(self, column(*parts, self.line), feet, width=440)
        self.accepted.connect(lambda: call(self.line.text().strip()))
        self._tell()
        self.line.setFocus()

    def _tell(self) -> None:
        self.go.gate("" if self.line.text().strip() else tr("Type it first: {label}.", label=self._label))
