"""Have a name typed before something that deserves a second thought. Enter does nothing here."""

from collections import abc

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, lay_out, row
from writeback.gui.widgets.text import PlainLabel, one_line, title_free


class NameDialog(QDialog):
    """A headline, words, and the name; the button opens when the name is right, whatever its case."""

    def __init__(  # noqa: PLR0913  what a question is made of
        self,
        title: str,
        words: str,
        name: str,
        *,
        act: str,
        call: abc.Callable[[], None],
        prompt: str = "",
        kind: str = "primary",
        parent: QWidget | None = None,
    ) -> None:
        """Ask for `name`, an org's where `prompt` says nothing else; `kind` is the dress of the button."""
        super().__init__(parent)
        self._wanted = name.strip().casefold()
        self.setWindowTitle(title_free(title))
        self.name = QLineEdit()
        self._prompt = prompt or tr("Type the org's name.")
        self.name.setAccessibleName(self._prompt)
        self.name.setPlaceholderText(one_line(name))
        self.name.textChanged.connect(lambda _text: self._tell())
        self.go = Button(act, kind=kind, call=self.accept)
        box = column(
            PlainLabel(title, role="heading", wraps=True),
            PlainLabel(words, wraps=True),
            PlainLabel(self._prompt, role="muted"),
            self.name,
        )
        lay_out(self, box, row(None, Button(tr("Cancel"), call=self.reject), self.go), width=480)
        self.accepted.connect(call)
        self._tell()
        self.name.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("\r", "\n"):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        is_right = self.name.text().strip().casefold() == self._wanted
        self.go.gate("" if is_right else self._prompt)
