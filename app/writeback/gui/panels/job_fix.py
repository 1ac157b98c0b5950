"""Fix and retry: failed rows as a grid with the refused cell marked; what is put right is planned again."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from writeback.errors import WritebackError
from writeback.gui.i18n import number
from writeback.gui.models.fixing import FixModel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.facade import JobView
from writeback.runtime.job_views import Cause, FailedRow
from writeback.runtime.reading_jobs import FAILED_MOST


class FixPage(QWidget):
    """The grid, and the way on to the review.

    Signals:
        asked: Fixed rows shall be planned; carries (rows, fixes).
        left: The person goes back to the job.
    """

    asked = Signal(object, object)
    left = Signal()

    def __init__(self, desk: Desk, *, complain: abc.Callable[[WritebackError], None]) -> None:
        super().__init__()
        self._desk, self._complain = desk, complain
        self._key: tuple[str, str, str] = ("", "", "")
        self._head = PlainLabel(role="heading", wraps=True)
        self._words = PlainLabel(role="muted", wraps=True)
        self.model = FixModel()
        self.model.fixed.connect(self._tell)
        self.table = Table(tr("Rows to put right"), by_row=False)
        self.next = Button(tr("Next marked cell"), picture="arrow-right", call=self.go_next)
        self.back = Button(tr("Back to the job"), picture="arrow-left", call=self.left.emit)
        self.forget = Button(tr("Take back what was typed"), picture="undo", call=self.model.forget)
        self.retry = Button(tr("Retry"), kind="primary", picture="retry", call=self._ask)
        foot = row(self.back, self.next, None, self.forget, self.retry)
        body = column(self._head, self._words, gap=2, margin=(0, 2, 0, 0))
        body.addWidget(self.table, 1)
        body.addLayout(foot)
        self.setLayout(body)

    def open(self, job: JobView, cause: Cause | None = None) -> None:
        """Read the failed rows of a job, or those of one cause; what was typed before for them is there."""
        key = (str(job.id), cause.outcome if cause else "", cause.code if cause else "")
        if key[0] != self._key[0]:
            self.model.forget()
        self._key = key
        self._head.set_text(tr("Fix rows of job {job}", job=number(job.number)))
        self._desk.read(
            self,
            lambda reads: reads.failed_rows(key[0], outcome=key[1], code=key[2]),
            done=self._show,
            failed=self._complain,
        )

    def go_next(self) -> None:
        """Go to the next marked cell."""
        index = self.model.next_refused(self.table.currentIndex())
        if index.isValid():
            self.table.go_to(index.row(), index.column())
            self.table.setFocus()

    def _show(self, rows: abc.Sequence[FailedRow]) -> None:
        self.model.show_failed(rows)
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        words = tr(
            "The marked cells were refused. Type another value with F2 or Enter, or empty a cell to clear "
            "the field; then only these rows are checked and sent again."
        )
        if len(rows) >= FAILED_MOST:
            most = number(FAILED_MOST)
            more = tr("These are the first {most}; the rest is better put right in a file.", most=most)
            words = f"{words} {more}"
        self._words.set_text(words)
        self._tell()
        if rows:
            self.table.go_to(0, 1)
            self.go_next()
        self.table.setFocus()

    def _tell(self) -> None:
        fixes = self.model.fixes
        rows = len({seq for seq, _, _ in fixes})
        self.retry.say(tr("Review %n fixed rows…", rows) if rows else tr("Review fixed rows…"))
        self.retry.gate("" if rows else tr("Type another value first."))
        self.forget.gate("" if rows else tr("Nothing was typed."))
        self.next.gate("" if self.model.rows else tr("No row can be put right."))

    def _ask(self) -> None:
        fixes = self.model.fixes
        if fixes:
            self.asked.emit(tuple(sorted({seq for seq, _, _ in fixes})), fixes)
