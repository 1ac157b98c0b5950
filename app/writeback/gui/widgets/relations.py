"""Who belongs to an account: one quiet button a person, cut at a dozen."""

from collections import abc
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import clear, column
from writeback.gui.widgets.text import ElidedLabel, PlainLabel
from writeback.runtime.views import Relation

SHOWN = 12


class People(QFrame):
    """A card that is there only while somebody belongs to the account.

    Signals:
        chosen: A person was chosen; carries the `Relation`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        self.setAccessibleName(tr("People"))
        self.buttons: list[Button] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        body = column(PlainLabel(tr("People"), role="heading"), gap=2, margin=(5, 4, 5, 4))
        body.addLayout(self._lines)
        self.setLayout(body)
        self.hide()

    def show_people(self, people: abc.Sequence[Relation]) -> None:
        """Show these; nobody hides the card."""
        clear(self._lines)
        self.buttons = [
            Button(one.title, kind="quiet", picture="profile", call=partial(self.chosen.emit, one))
            for one in people[:SHOWN]
        ]
        for button, one in zip(self.buttons, people, strict=False):
            self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            if one.others:
                words = tr("seen by %n other accounts", one.others)
                button.setAccessibleDescription(words)
                self._lines.addWidget(ElidedLabel(f"      {words}", role="caption"))
        if len(people) > SHOWN:
            self._lines.addWidget(
                PlainLabel(tr("and {people} more", people=len(people) - SHOWN), role="muted")
            )
        self.setVisible(bool(people))
