"""Why rows were not written: alike ones together, each group with its advice and one thing to do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from writeback.gui.models.jobs import OUTCOME_TEXTS, advice, causes_model, said
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import boxed, column, row
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.facade import JobView
from writeback.runtime.job_views import Cause, JobDetail

FIX, RETRY, CONFLICTS, CHECK, SCREEN = "fix", "retry", "conflicts", "check", "screen"
SCREENS = {
    "write_back": "mapping",
    "mapping": "mapping",
    "drift": "mapping",
    "attribute": "model",
    "connection": "connections",
    "sign_in": "connections",
    "person": "assignment",
    "role": "assignment",
}
"""Where a group of refusals is put right that is none of the rows' own, by the area of its code."""


def act_of(cause: Cause) -> tuple[str, str]:
    """Give the one thing to do about a group: what, and with what; ('', '') where nothing is to be done."""
    area = cause.code.partition(".")[0]
    if cause.outcome == "conflict":
        return CONFLICTS, ""
    if cause.outcome == "unknown":
        return CHECK, ""
    if cause.outcome in ("rejected", "blocked") and area in SCREENS:
        return SCREEN, SCREENS[area]
    if cause.outcome in ("rejected", "blocked"):
        return FIX, cause.code
    if cause.outcome == "cancelled":
        return RETRY, cause.code
    return "", ""


class CausesPage(QWidget):
    """The groups, and the chosen one in full.

    Signals:
        acted: The one act of a group was taken; carries the cause.
    """

    acted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._job: JobView | None = None
        self.model = causes_model()
        self.table = Table(tr("Causes"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell())
        self.table.chosen.connect(lambda _row: self._act())
        self._head = PlainLabel(role="strong", wraps=True)
        self._quote = PlainLabel(role="muted", wraps=True)
        self._advice = PlainLabel(wraps=True)
        self.act = Button(tr("Fix these rows"), kind="primary", call=self._act)
        words = column(self._head, self._quote, self._advice, gap=1)
        foot = row(gap=3, margin=(3, 2, 3, 2))
        foot.addLayout(words, 1)
        foot.addWidget(self.act)
        self._side = boxed(foot, box="well")
        body = column(gap=3, margin=(0, 3, 0, 0))
        body.addWidget(self.table, 1)
        body.addWidget(self._side)
        body.addStretch(0)
        self.setLayout(body)

    def show_job(self, detail: JobDetail) -> None:
        """Show the groups as they are now."""
        self._job = detail.job
        place = max(self.table.currentIndex().row(), 0)
        self.model.show_rows(detail.causes)
        self.table.setVisible(bool(detail.causes))
        self.table.go_to(min(place, len(detail.causes) - 1))
        self._tell()

    @property
    def current(self) -> Cause | None:
        """The chosen group."""
        return self.model.row_at(self.table.currentIndex().row())

    def _tell(self) -> None:
        cause = self.current
        if cause is None:
            self._head.set_text(tr("Everything was written, or is so already."))
            for label in (self._quote, self._advice):
                label.set_text("")
            self.act.setVisible(False)
            return
        what, _ = act_of(cause)
        told = said(cause.code, cause.facts) or OUTCOME_TEXTS.get(cause.outcome, cause.outcome)
        rows = tr("%n rows", cause.rows)
        self._head.set_text(f"{rows}: {told}")
        self._quote.set_text(tr("The CRM said: “{words}”", words=cause.message) if cause.message else "")
        self._quote.setVisible(bool(cause.message))
        self._advice.set_text(advice(cause.code, cause.facts))
        self.act.setVisible(bool(what))
        self.act.say(
            {
                FIX: tr("Fix {rows}…", rows=rows),
                RETRY: tr("Retry {rows}…", rows=rows),
                CONFLICTS: tr("Settle the conflicts…"),
                CHECK: tr("Check now"),
                SCREEN: tr("Open where it is set…"),
            }.get(what, "")
        )
        self.act.gate(self._reason(what))

    def _reason(self, what: str) -> str:
        job = self._job
        if job is None:
            return tr("No job is chosen.")
        is_over = job.finished_at is not None
        return "" if is_over or what not in (FIX, RETRY) else tr("The job is still at work.")

    def _act(self) -> None:
        if self.current is not None and self.act.isEnabled() and not self.act.isHidden():
            self.acted.emit(self.current)
