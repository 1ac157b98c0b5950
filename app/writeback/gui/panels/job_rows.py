"""The rows of a job: what became of each, filtered by outcome; chosen ones can be put back."""

from collections import abc

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QComboBox, QLineEdit, QSizePolicy, QWidget

from writeback.errors import WritebackError
from writeback.gui.i18n import number
from writeback.gui.models.jobs import OUTCOME_TEXTS, rows_model
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column, row, whole_page
from writeback.gui.widgets.tables import Table, keep_lines
from writeback.gui.widgets.text import PlainLabel, one_line, sentence_like
from writeback.model.jobs import Counts
from writeback.runtime.facade import JobView
from writeback.runtime.job_windows import JobRows
from writeback.runtime.reading import Reading

ENDS = ("", "applied", "unchanged", "rejected", "conflict", "unknown", "blocked", "cancelled", "open")
NOT_WRITTEN = frozenset({"rejected", "conflict", "unknown", "blocked", "cancelled"})
TYPING_MS = 250
SEARCH_LEAST = 128
MOST_CHOSEN = 10_000
"""So many rows can be put back by choosing them; for more there is the whole job."""
NOTHING_CHOSEN = mark("Choose rows that were written: with Ctrl or Shift several.")


class JobRowsPage(QWidget):
    """The rows, their filter, and the undo of chosen ones.

    Signals:
        undo_asked: Rows are to be put back; carries (CRM record ids, field paths; empty: all fields).
        fix_asked: Failed rows are to be put right.
        mark_asked: Rows were resolved by hand; carries their numbers.
    """

    undo_asked = Signal(object, object)
    fix_asked = Signal()
    mark_asked = Signal(object)

    def __init__(self, desk: Desk, *, complain: abc.Callable[[WritebackError], None]) -> None:
        super().__init__()
        self._desk, self._complain = desk, complain
        self._job_id, self._may_undo, self._may_fix = "", "", ""
        self.model = rows_model()
        self._ends = QButtonGroup(self)
        self._chips: list[Button] = []
        for place, end in enumerate(ENDS):
            button = Button(_end_word(end), kind="segment")
            button.setCheckable(True)
            button.setChecked(place == 0)
            self._ends.addButton(button, place)
            self._chips.append(button)
        self._ends.idClicked.connect(lambda _place: self.read())
        self._build_search()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.read)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.table = Table(tr("Rows of the job"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._gate())
        self.fields = QComboBox()
        self.fields.setAccessibleName(tr("Put back these fields"))
        self.undo = Button(tr("Undo chosen rows"), picture="undo", call=self._ask)
        self.fix = Button(tr("Fix and retry…"), picture="pencil", call=self.fix_asked.emit)
        self.mark = Button(tr("Mark resolved by hand…"), picture="check", call=self._mark)
        self._count = PlainLabel(role="muted")
        body = column(gap=3, margin=(0, 3, 0, 0))
        head = row(Flowing(*self._chips, gap=0), self.search)
        head.setStretch(1, 1)
        body.addLayout(head)
        keep_lines(self.table)
        body.addWidget(self.table, 1)
        acts = Flowing(self.fix, self.mark, self.fields, self.undo, is_at_end=True)
        foot = row(self._count, acts)
        foot.setStretch(1, 1)
        body.addLayout(foot)
        self.setLayout(whole_page(body))

    def _build_search(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find a record, an id or a value"))
        self.search.setAccessibleName(tr("Find rows"))
        clearable(self.search)
        self.search.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.search.setMinimumWidth(SEARCH_LEAST)

    def show_job(self, job: JobView) -> None:
        """Show the rows of this job from now on; what is shown stays chosen."""
        if str(job.id) != self._job_id:
            self._job_id = str(job.id)
            self.model.close()
            self.fields.clear()
            self.fields.addItem(tr("All fields"), "")
            for path in job.columns:
                self.fields.addItem(one_line(path), path)
        self.fields.setVisible(len(job.columns) > 1)
        self._show_ends(job.counts)

    def _show_ends(self, counts: Counts) -> None:
        """Offer the ends that rows of the job have, each with how many."""
        for end, button in zip(ENDS, self._chips, strict=True):
            count = getattr(counts, end or "rows")
            button.say(f"{_end_word(end)}  {number(count)}")
            button.setVisible(bool(count) or not end or button.isChecked())

    def gate(self, reason: str, fix: str = "") -> None:
        """Say why nothing of the job can be undone, and why nothing can be put right; '' where it can."""
        self._may_undo, self._may_fix = reason, fix
        self._gate()

    def choose(self, outcome: str) -> None:
        """Show the rows that ended so, and read them."""
        button = self._chips[ENDS.index(outcome)]
        button.setVisible(True)
        button.setChecked(True)
        self.read()

    def read(self) -> None:
        """Read the rows as they are now."""
        if not self._job_id:
            return
        job_id, outcome = self._job_id, ENDS[max(self._ends.checkedId(), 0)]
        words = self.search.text().strip()

        def read(reads: Reading) -> JobRows:
            rows = reads.job_rows(job_id, outcome=outcome, words=words)
            rows.build()
            return rows

        self._desk.read(self, read, done=self._show, failed=self._complain)

    def close_rows(self) -> None:
        """Give back the window on the rows."""
        self.model.close()

    def _show(self, rows: JobRows) -> None:
        self.model.replace_source(rows)
        self._count.set_text(tr("%n rows", rows.rows))
        self._gate()

    def _chosen(self) -> tuple[str, ...]:
        """Name the records of the chosen rows that were written."""
        rows = self.table.selectionModel().selectedRows()[: MOST_CHOSEN + 1]
        found = (self.model.row_at(index.row()) for index in rows)
        return tuple(one.record_id for one in found if one is not None and one.outcome == "applied")

    def _failed(self) -> tuple[int, ...]:
        """Number the chosen rows that were not written."""
        rows = self.table.selectionModel().selectedRows()[:MOST_CHOSEN]
        found = (self.model.row_at(index.row()) for index in rows)
        return tuple(one.seq for one in found if one is not None and one.outcome in NOT_WRITTEN)

    def _mark(self) -> None:
        chosen = self._failed()
        if chosen:
            self.mark_asked.emit(chosen)

    def _gate(self) -> None:
        failed = self._failed()
        self.mark.gate("" if failed else tr("Choose rows that were not written."))
        self.fix.gate(self._may_fix)
        chosen = self._chosen()
        reason = self._may_undo or ("" if chosen else tr(NOTHING_CHOSEN))
        if len(chosen) > MOST_CHOSEN:
            reason = tr(
                "Choose at most {most_chosen} rows, or undo the whole job.", most_chosen=f"{MOST_CHOSEN:,}"
            )
        self.undo.gate(reason)
        self.undo.say(tr("Undo %n rows", len(chosen)) if chosen else tr("Undo chosen rows"))

    def _ask(self) -> None:
        field = self.fields.currentData() or ""
        self.undo_asked.emit(self._chosen(), (field,) if field else ())


def _end_word(end: str) -> str:
    short = {"": tr("All"), "unknown": tr("Unknown")}.get(end, "")
    return short or sentence_like(OUTCOME_TEXTS[end])
