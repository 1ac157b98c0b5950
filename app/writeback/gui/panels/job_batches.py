"""The batches of a job: how big, by which route, how often tried, and what the CRM calls its own job."""

from urllib.parse import quote

from PySide6.QtWidgets import QWidget

from writeback.gui.dialogs.connecting import Opener, open_in_browser
from writeback.gui.i18n import clock, lap, number
from writeback.gui.models.jobs import OUTCOME_TEXTS, OUTCOME_TONES, batches_model, said
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import boxed, column, row
from writeback.gui.widgets.splits import Split
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.job_views import AttemptView, BatchView, JobDetail


class BatchesPage(QWidget):
    """The batches, and the tries of the chosen one."""

    def __init__(self) -> None:
        super().__init__()
        self._origin, self._page = "", ""
        self.opener: Opener = open_in_browser
        self.model = batches_model()
        self.table = Table(tr("Batches"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell())
        self.tries = _tries_model()
        self._tries = Table(tr("Tries of the chosen batch"))
        self._tries.dress(self.tries, [spec.width for spec in self.tries.specs])
        self._head = PlainLabel(role="muted")
        self.open = Button(tr("Open in CRM"), picture="browser", call=self._open)
        lower = column(gap=1)
        lower.addLayout(row(self._head, None, self.open))
        lower.addWidget(self._tries, 1)
        body = column(gap=2, margin=(0, 2, 0, 0))
        body.addWidget(Split(self.table, boxed(lower), is_upright=True), 1)
        self.setLayout(body)

    def show_job(self, detail: JobDetail, *, page: str) -> None:
        """Show the batches as they are now; `page` is where the CRM shows an upload, with `{id}` in it."""
        self._page = page
        self._origin = detail.connection.origin if detail.connection is not None else ""
        place = max(self.table.currentIndex().row(), 0)
        self.model.show_rows(detail.batches)
        self.table.go_to(min(place, len(detail.batches) - 1))
        self._tell()

    @property
    def current(self) -> BatchView | None:
        """The chosen batch."""
        return self.model.row_at(self.table.currentIndex().row())

    @property
    def address(self) -> str:
        """Where the CRM shows the chosen batch's own job; '' where it does not, or there is none."""
        batch = self.current
        if batch is None or not batch.remote_id or not self._page or not self._origin.startswith("https://"):
            return ""
        return self._origin + self._page.replace("{id}", quote(batch.remote_id, safe=""))

    def _tell(self) -> None:
        batch = self.current
        self.tries.show_rows(batch.attempts if batch is not None else ())
        if batch is None:
            self._head.set_text(tr("Nothing was cut into batches: no row is to be sent."))
        else:
            tries = tr("%n tries", len(batch.attempts))
            self._head.set_text(tr("Batch {no}: {tries}", no=number(batch.no), tries=tries))
        reason = ""
        if batch is None or not batch.remote_id:
            reason = tr("This batch has no job at the CRM: its rows went in requests of their own.")
        elif not self.address:
            reason = tr("This CRM has no page for such a job.")
        self.open.gate(reason)

    def _open(self) -> None:
        if self.address:
            self.opener(self.address)


def _tries_model() -> ListModel[AttemptView]:
    return ListModel(
        (
            Spec(tr("Began"), lambda one: clock(one.began), width=90),
            Spec(tr("Took"), _took, is_number=True, width=90),
            Spec(tr("Rows"), lambda one: number(one.rows), is_number=True, width=80),
            Spec(
                tr("Outcome"),
                lambda one: OUTCOME_TEXTS.get(one.outcome, "") if one.outcome else tr("no answer yet"),
                chip=lambda one: OUTCOME_TONES.get(one.outcome, "unknown"),
                width=150,
            ),
            Spec(tr("Found later"), _found, width=150),
            Spec(tr("The CRM's answer"), lambda one: one.message or said(one.code, ()), width=320),
            Spec(tr("Code"), lambda one: one.code, tone=lambda _one: "muted", width=240),
        )
    )


def _took(one: AttemptView) -> str:
    return "" if one.ended is None else lap((one.ended - one.began).total_seconds())


def _found(one: AttemptView) -> str:
    words = {
        "settled": tr("settled row by row"),
        "not_applied": tr("not applied"),
        "due": tr("to be read back"),
    }
    return words.get(one.verdict, one.verdict)
