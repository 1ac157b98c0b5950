"""Ask once per column what Delete means there: a wish to clear the field in the CRM, or no wish at all."""

from collections import abc

from PySide6.QtWidgets import QDialog, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, lay_out, row
from writeback.gui.widgets.text import PlainLabel
from writeback.model.grid_views import CLEAR, UNSET


class BlankDialog(QDialog):
    """Two answers; `call` gets `clear` or `unset`."""

    def __init__(self, title: str, *, call: abc.Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("What Delete means"))
        self._call = call
        self.clear = Button(tr("Clear in the CRM"), kind="primary", call=lambda: self._take(CLEAR))
        self.unset = Button(tr("Leave unset"), call=lambda: self._take(UNSET))
        words = tr(
            "Clear is a wish: the field becomes empty in the CRM when the edit is sent. Leave unset takes "
            "your edit of the cell away and touches nothing. The answer is kept for this column."
        )
        box = column(
            PlainLabel(tr("What does Delete mean in {column}?", column=title), role="heading", wraps=True),
            PlainLabel(words, role="muted", wraps=True),
        )
        feet = row(None, Button(tr("Cancel"), call=self.reject), self.unset, self.clear)
        lay_out(self, box, feet, width=480)

    def _take(self, answer: str) -> None:
        self.accept()
        self._call(answer)
