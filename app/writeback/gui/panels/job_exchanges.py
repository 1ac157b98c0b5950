"""What went over the wire, as it was recorded: redacted, request and answer side by side, found by record."""

import json
from collections import abc

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from writeback.errors import WritebackError
from writeback.gui.models.jobs import exchanges_model
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.layouts import boxed, column, row
from writeback.gui.widgets.splits import Split
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel, many_lines
from writeback.runtime.job_views import ExchangeView, JobDetail

TYPING_MS = 250
BODY_MOST = 200_000


class ExchangesPage(QWidget):
    """The list, and the chosen exchange in full."""

    def __init__(self, desk: Desk, *, complain: abc.Callable[[WritebackError], None]) -> None:
        super().__init__()
        self._desk, self._complain = desk, complain
        self._job_id = ""
        self.model = exchanges_model()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find by record: its id in the CRM, or any words"))
        self.search.setAccessibleName(tr("Find exchanges by record"))
        clearable(self.search)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._find)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self._count = PlainLabel(role="muted")
        self.table = Table(tr("Exchanges"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell())
        self.request, self.answer = _pane(tr("Request")), _pane(tr("Answer"))
        titled = ((tr("Request"), self.request), (tr("Answer"), self.answer))
        panes = Split(
            *(boxed(column(PlainLabel(title, role="muted"), pane, gap=1)) for title, pane in titled)
        )
        head = row(self.search, self._count)
        head.setStretch(0, 1)
        body = column(gap=2, margin=(0, 3, 0, 0))
        body.addLayout(head)
        body.addWidget(Split(self.table, panes, is_upright=True), 1)
        self.setLayout(body)

    def show_job(self, detail: JobDetail) -> None:
        """Show the exchanges as they are now; what is searched for stays."""
        if str(detail.job.id) != self._job_id:
            self._job_id = str(detail.job.id)
            self.search.clear()
        if self.search.text().strip():
            self._find()
        else:
            self._show(detail.exchanges)

    def _find(self) -> None:
        job_id, words = self._job_id, self.search.text().strip()
        self._desk.read(
            self,
            lambda reads: reads.job_exchanges(job_id, words),
            done=self._show,
            failed=self._complain,
        )

    def _show(self, found: abc.Sequence[ExchangeView]) -> None:
        place = max(self.table.currentIndex().row(), 0)
        self.model.show_rows(found)
        self._count.set_text(tr("%n exchanges", len(found)))
        self.table.go_to(min(place, len(found) - 1))
        self._tell()

    def _tell(self) -> None:
        one = self.model.row_at(self.table.currentIndex().row())
        self.request.setPlainText(
            "" if one is None else f"{one.method} {one.url}\n\n{_laid_out(one.request)}"
        )
        self.answer.setPlainText("" if one is None else f"{_status(one)}\n\n{_laid_out(one.answer)}")


def _status(one: ExchangeView) -> str:
    return tr("no answer") if one.status is None else str(one.status)


def _laid_out(body: str) -> str:
    """Give a body as people read it: JSON with a line for each thing, everything else as it came."""
    if len(body) <= BODY_MOST and body[:1] in "{[":
        try:
            return many_lines(json.dumps(json.loads(body), ensure_ascii=False, indent=2), BODY_MOST)
        except ValueError:
            pass  # it was cut where it was too long to be kept
    return many_lines(body, BODY_MOST)


def _pane(name: str) -> QPlainTextEdit:
    pane = QPlainTextEdit()
    pane.setReadOnly(True)
    pane.setTabChangesFocus(True)
    pane.setAccessibleName(name)
    pane.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
    pane.setMinimumHeight(64)
    return pane
