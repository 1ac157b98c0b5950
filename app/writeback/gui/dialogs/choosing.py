"""Choose a record out of candidates: a list with name, id and whether it is active, narrowed by typing."""

from collections import abc

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from writeback.gui.models.people import Whom, candidates_model
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.layouts import column, give_room, row
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel, title_free

PAUSE_MS = 200
"""Candidates are looked for when a person stops typing for so long."""


class ChooseDialog(QDialog):
    """A headline, what the choice means, a search, the candidates.

    Signals:
        searched: Candidates are wanted for these words.
        chosen: Somebody was chosen; carries a `Whom`, or None for nobody.
    """

    searched = Signal(str)
    chosen = Signal(object)

    def __init__(
        self, title: str, words: str, *, act: str, nobody: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title_free(title))
        self.setMinimumSize(620, 420)
        give_room(self, 800, 480)
        self.banner = Banner()
        self.search = QLineEdit()
        self.search.setAccessibleName(tr("Search candidates"))
        self.search.setPlaceholderText(tr("Part of a name, an e-mail or an id"))
        clearable(self.search)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self._model = candidates_model()
        self.table = Table(tr("Candidates"))
        self.table.dress(self._model, [spec.width for spec in self._model.specs], spare=(3, 4))
        self.table.chosen.connect(lambda _row: self._take())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._tell())
        self._count = PlainLabel(tr("Looking…"), role="muted")
        self.take = Button(act, kind="primary", call=self._take)
        foot = row(self._count, None)
        if nobody:
            foot.addWidget(Button(nobody, call=self._take_nobody))
        foot.addWidget(Button(tr("Cancel"), call=self.reject))
        foot.addWidget(self.take)
        box = column(
            PlainLabel(title, role="heading", wraps=True),
            PlainLabel(words, wraps=True),
            self.search,
            gap=3,
            margin=6,
        )
        box.addWidget(self.table, 1)
        box.addWidget(self.banner)
        box.addLayout(foot)
        self.setLayout(box)
        self._tell()
        self.search.setFocus()

    def show_candidates(self, found: abc.Sequence[Whom]) -> None:
        """Show what was found, the first one chosen."""
        self._model.show_rows(found)
        self._count.set_text(tr("%n candidates", len(found)) if found else tr("Nobody fits."))
        if found:
            self.table.go_to(0)
        self._tell()

    @property
    def current(self) -> Whom | None:
        """The chosen line."""
        return self._model.row_at(self.table.currentIndex().row())

    def _take(self) -> None:
        one = self.current
        if one is not None and one.candidate.active:
            self.chosen.emit(one)

    def _take_nobody(self) -> None:
        self.chosen.emit(None)

    def _tell(self) -> None:
        one = self.current
        if one is None:
            self.take.gate(tr("Choose somebody of the list first."))
        else:
            self.take.gate("" if one.candidate.active else tr("Somebody inactive owns nothing new."))
