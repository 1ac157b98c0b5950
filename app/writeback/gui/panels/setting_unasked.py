"""Questions that a person said not to ask again, on the page of settings: each can be asked again."""

from collections import abc
from typing import Final

from PySide6.QtWidgets import QFrame

from writeback.errors import ConfigurationError, WritebackError
from writeback.gui.dialogs.messages import SILENCED
from writeback.gui.preferring import preferring
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import boxed, clear, column, row
from writeback.gui.widgets.setting_rows import Part
from writeback.gui.widgets.text import PlainLabel

TEXT: Final = mark("do not ask again question confirm confirmation dialog silence reset")


class UnaskedPart(Part):
    """One line a question, with its way back."""

    def __init__(self, *, complain: abc.Callable[[WritebackError], None]) -> None:
        super().__init__(
            tr("Questions that are not asked"),
            explains=tr("What you said not to ask again. What writes to production is always asked."),
        )
        self._complain = complain
        self.buttons: dict[str, Button] = {}
        self._lines = column(gap=1)
        self.none = PlainLabel(tr("Everything is asked."), role="muted")
        self.every = Button(tr("Ask everything again"), call=lambda: self.ask_again(*self.buttons))
        body = column(self.none, gap=2)
        body.addLayout(self._lines)
        body.addLayout(row(self.every, None))
        self.add(boxed(body), lambda: tr(TEXT).casefold())
        preferring().changed.connect(self._show)
        self._show()

    def _show(self, _names: object = None) -> None:
        clear(self._lines)
        table = preferring().current.table(SILENCED)
        self.buttons = {}
        for key, words in sorted(table.items()):
            again = Button(tr("Ask again"), call=_asking(self, key))
            again.setAccessibleName(tr("Ask again: {question}", question=str(words)))
            self.buttons[key] = again
            line = QFrame()
            line.setLayout(row(PlainLabel(str(words), wraps=True), None, again))
            self._lines.addWidget(line)
        self.none.setVisible(not table)
        self.every.setVisible(bool(table))

    def ask_again(self, *keys: str) -> None:
        """Ask these questions again from now on."""
        table = {key: words for key, words in preferring().current.table(SILENCED).items() if key not in keys}
        try:
            preferring().put({SILENCED: table})
        except ConfigurationError as error:
            self._complain(error)


def _asking(part: UnaskedPart, key: str) -> abc.Callable[[], None]:
    return lambda: part.ask_again(key)
