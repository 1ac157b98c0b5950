"""Say whom a key of a file means: the records it could mean, with why, or any that is found by its name."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.layouts import column, give_room, row
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.facade.campaigns import CampaignWish
from writeback.runtime.reading import Reading
from writeback.runtime.response_candidates import WhomItCouldMean, candidates

PAUSE_MS = 200
WHYS = {"key": mark("fits the key"), "domain": mark("has the domain"), "name": mark("is called so")}


class ChooseRecordDialog(QDialog):
    """One key.

    Signals:
        chosen: Somebody was chosen; carries the key and the record's id.
    """

    chosen = Signal(str, str)

    def __init__(self, desk: Desk, wish: CampaignWish, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._wish, self._key = desk, wish, key
        self.setWindowTitle(tr("Choose a record"))
        self.setMinimumSize(520, 380)
        give_room(self, 620, 460)
        self.banner = Banner()
        self.search = QLineEdit()
        self.search.setAccessibleName(tr("Part of the record's name"))
        self.search.setPlaceholderText(tr("Part of the record's name"))
        clearable(self.search)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._look)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        specs: tuple[Spec[WhomItCouldMean], ...] = (
            Spec(tr("Record"), lambda one: one.title, width=230),
            Spec(tr("Why"), lambda one: tr(WHYS[one.why]), tone=lambda _one: "muted", width=130),
            Spec(tr("Id"), lambda one: one.rid, tone=lambda _one: "muted", width=170),
        )
        self.model = ListModel[WhomItCouldMean](specs, self)
        self.table = Table(tr("Candidates"))
        self.table.dress(self.model, [spec.width for spec in specs])
        self.table.chosen.connect(lambda _row: self._take())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._tell())
        self.take = Button(tr("Choose"), kind="primary", picture="check", call=self._take)
        self._count = PlainLabel(tr("Looking…"), role="muted")
        box = column(
            PlainLabel(tr("Whom does {key} mean?", key=key), role="heading", wraps=True),
            PlainLabel(tr("It is kept for this campaign: its next files find it by themselves."), wraps=True),
            self.search,
            self.banner,
            gap=3,
            margin=6,
        )
        box.addWidget(self.table, 1)
        box.addLayout(row(self._count, None, Button(tr("Cancel"), call=self.reject), self.take))
        self.setLayout(box)
        self._tell()
        self.search.setFocus()
        self._look()

    def _look(self) -> None:
        wish, key, words = self._wish, self._key, self.search.text().strip()

        def read(reads: Reading) -> tuple[WhomItCouldMean, ...]:
            return candidates(reads, wish, key, words)

        self._desk.read(self, read, done=self._show, failed=self.banner.tell_error)

    def _show(self, found: tuple[WhomItCouldMean, ...]) -> None:
        self.model.show_rows(found)
        self._count.set_text(tr("%n candidates", len(found)) if found else tr("Nobody fits."))
        if found:
            self.table.go_to(0)
        self._tell()

    @property
    def _current(self) -> WhomItCouldMean | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _tell(self) -> None:
        self.take.gate("" if self._current is not None else tr("Choose a record of the list first."))

    def _take(self) -> None:
        one = self._current
        if one is not None:
            self.chosen.emit(self._key, str(one.rid))
            self.accept()
