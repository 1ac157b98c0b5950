"""One entry of the audit trail: its facts, the values behind it, and what can be done about it."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame

from writeback.errors import WritebackError
from writeback.gui.models.trail import act_word, facts_of, values_model
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, number, tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.facts import Facts
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column, row, scrolled
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.reading import Reading
from writeback.runtime.trails import TrailLine, TrailValues

MOST_CHOSEN = 10_000
NO_JOB = mark("This entry is about no job: there is nothing to put back.")


class AuditSide(QFrame):
    """What an entry tells.

    Signals:
        reverse: What was written is to be put back; carries (job id, CRM record ids; none: all of the job).
        job: The job is to be shown; carries its id.
        link: The entry's address is to be copied; carries its number.
    """

    reverse = Signal(str, object)
    job = Signal(str)
    link = Signal(int)

    def __init__(self, desk: Desk, *, complain: abc.Callable[[WritebackError], None]) -> None:
        super().__init__()
        self._desk, self._complain = desk, complain
        self.line: TrailLine | None = None
        self._title = PlainLabel("", role="heading", wraps=True)
        self.facts = Facts(titles_width=96)
        self.model = values_model()
        self.table = Table(tr("Values behind the entry"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._gate())
        self._count = PlainLabel("", role="muted")
        self.undo = Button(tr("Reverse…"), picture="undo", call=self._reverse)
        self.show_job = Button(tr("Show the job"), picture="jobs", call=self._show_job)
        self.copy = IconButton(tr("Copy link"), "copy", call=self._copy)
        self.table.setMinimumHeight(152)
        acts = Flowing(self.undo, self.show_job)
        head = row(self._title, self.copy, gap=2)
        head.setStretch(0, 1)
        inside = QFrame()
        inside.setLayout(column(self.facts, self._count, self.table, gap=2, margin=(0, 0, 2, 0)))
        body = column(gap=2, margin=(3, 2, 0, 0))
        body.addLayout(head)
        body.addWidget(acts)
        body.addWidget(scrolled(inside), 1)
        self.setLayout(body)
        self.show_line(None)

    def show_line(self, line: TrailLine | None) -> None:
        """Show another entry; None: none is chosen."""
        self.line = line
        self._title.set_text(act_word(line.act) if line is not None else tr("Choose an entry."))
        self.facts.show_facts(facts_of(line) if line is not None else ())
        self.model.close()
        has_job = line is not None and bool(line.job_id) and line.number > 0
        self.table.setVisible(has_job)
        self._count.setVisible(has_job)
        self._count.set_text("")
        self.copy.gate("" if line is not None else tr("Choose an entry."))
        self.show_job.gate("" if has_job else tr("This entry is about no job."))
        self._gate()
        if has_job and line is not None:
            self._read(line)

    def close_values(self) -> None:
        """Give back the window on the values."""
        self.model.close()

    def _read(self, line: TrailLine) -> None:
        def read(reads: Reading) -> TrailValues:
            rows = reads.trail_values(line)
            rows.build()
            return rows

        def show(rows: TrailValues) -> None:
            if self.line is not line:
                rows.close()
                return
            self.model.replace_source(rows)
            self._count.set_text(tr("%n rows stand behind this entry", rows.rows))
            self._gate()

        self._desk.read(self, read, done=show, failed=self._complain)

    def _chosen(self) -> tuple[str, ...]:
        rows = self.table.selectionModel().selectedRows()[: MOST_CHOSEN + 1]
        found = (self.model.row_at(index.row()) for index in rows)
        return tuple(one.record_id for one in found if one is not None and one.outcome == "applied")

    def _gate(self) -> None:
        chosen = self._chosen()
        has_job = self.line is not None and bool(self.line.number)
        reason = "" if has_job else tr(NO_JOB)
        if len(chosen) > MOST_CHOSEN:
            reason = tr("Choose at most {most} rows, or none for all.", most=number(MOST_CHOSEN))
        self.undo.gate(reason)
        self.undo.say(tr("Reverse %n rows…", len(chosen)) if chosen else tr("Reverse the job…"))

    def _reverse(self) -> None:
        if self.line is not None:
            self.reverse.emit(self.line.job_id, self._chosen())

    def _show_job(self) -> None:
        if self.line is not None:
            self.job.emit(self.line.job_id)

    def _copy(self) -> None:
        if self.line is not None:
            self.link.emit(self.line.seq)
