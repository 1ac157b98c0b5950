"""One job: what happened in numbers, in steps, row by row, by cause, by batch and on the wire."""

from collections import abc
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from writeback.errors import WritebackError
from writeback.gui.i18n import KIND_WORDS, ROUTE_WORDS, duration, job_tone, job_word, moment, number
from writeback.gui.models.job_words import FINAL, RESUMABLE
from writeback.gui.models.jobs import batches_model, causes_model, exchanges_model
from writeback.gui.models.tables import SpecModel
from writeback.gui.panels.job_rows import JobRowsPage
from writeback.gui.panels.job_verify import VerifyPage
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.layouts import boxed, clear, column, row
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, one_line, tip
from writeback.model.jobs import Counts, JobState
from writeback.runtime.assurances import Gap, measured_words
from writeback.runtime.facade import JobView
from writeback.runtime.job_views import JobDetail


class JobPage(QWidget):
    """One job."""

    def __init__(
        self,
        desk: Desk,
        *,
        back: abc.Callable[[], None],
        do: abc.Callable[[str], object],
        undo_part: abc.Callable[[tuple[str, ...], tuple[str, ...]], None],
        complain: abc.Callable[[WritebackError], None],
    ) -> None:
        super().__init__()
        self._desk, self._do, self._complain = desk, do, complain
        self._job_id = ""
        self._done = 0
        self._title = PlainLabel(role="title")
        self._state = Chip()
        self._facts = ElidedLabel(role="muted")
        self._back = IconButton(tr("Back to the list of jobs"), "arrow-left", call=back)
        self._pause = Button(tr("Pause"), picture="pause", call=lambda: self._act("pause"))
        self._cancel = Button(tr("Cancel"), picture="cancel", kind="danger", call=lambda: self._act("cancel"))
        self._retry = Button(tr("Retry refused rows"), picture="retry", call=lambda: self._act("retry"))
        self._undo = Button(tr("Undo job"), picture="undo", call=lambda: self._act("undo"))
        self._everywhere = Button(
            tr("Undo everywhere"), picture="undo", call=lambda: self._act("undo_everywhere")
        )
        self._everywhere.hide()
        self._export = Button(tr("Export"), picture="export", call=lambda: self._act("export"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        self._progress = PlainLabel(role="muted")
        self._totals = QHBoxLayout()
        self._totals.setSpacing(8)
        self._steps = QGridLayout()
        self._steps.setHorizontalSpacing(24)
        self._steps.setVerticalSpacing(8)
        self._steps.setColumnStretch(1, 1)
        self.rows_page = JobRowsPage(desk, complain=complain)
        self.rows_page.undo_asked.connect(undo_part)
        self.verify_page = VerifyPage(desk, complain=complain)
        self._build_tabs()
        self.setLayout(self._laid_out())

    def _build_tabs(self) -> None:
        self._causes, self._batches, self._exchanges = causes_model(), batches_model(), exchanges_model()
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName(tr("Parts of the job"))
        self._tabs.setDocumentMode(True)
        overview = column(gap=4, margin=(1, 4, 1, 1))
        overview.addLayout(self._steps)
        overview.addStretch(1)
        self._tabs.addTab(boxed(overview), tr("Overview"))
        self._tabs.addTab(self.rows_page, tr("Rows"))
        self._tabs.addTab(_table_page(tr("Causes"), self._causes), tr("Causes"))
        self._tabs.addTab(_table_page(tr("Batches"), self._batches), tr("Batches"))
        self._tabs.addTab(_table_page(tr("Exchanges"), self._exchanges), tr("Exchanges"))
        self._tabs.addTab(self.verify_page, tr("Read back"))
        self._tabs.currentChanged.connect(lambda _place: self._read_tab())

    def _laid_out(self) -> QVBoxLayout:
        head = row(gap=2)
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(row(self._title, self._state, None, gap=3), 1)
        for button in (self._pause, self._cancel, self._retry, self._undo, self._everywhere, self._export):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        page = column(gap=4)
        page.addLayout(column(boxed(head), boxed(row(9, self._facts, gap=0)), gap=1))
        page.addWidget(self._bar)
        page.addWidget(self._progress)
        page.addLayout(self._totals)
        page.addWidget(self._tabs, 1)
        return page

    def first_focus(self) -> QWidget:
        """Say where the keyboard lands."""
        return self._tabs.tabBar()

    def close_page(self) -> None:
        """Give back the window on the rows."""
        self.rows_page.close_rows()

    def show_job(self, detail: JobDetail) -> None:
        """Show one job as it is now."""
        job = detail.job
        if str(job.id) != self._job_id:
            self._job_id, self._done = str(job.id), 0
            self._tabs.setCurrentIndex(0)
        self._title.set_text(tr("Job {job}", job=job.number))
        self._state.say(job_word(job.state, job.counts), tone=job_tone(job.state, job.counts))
        self._facts.set_text(
            tr(
                "{kind} · {connection} · {object} · {columns} · by {author} · {route}",
                kind=KIND_WORDS[job.kind],
                connection=job.connection,
                object=job.object,
                columns=", ".join(job.columns),
                author=job.author,
                route=ROUTE_WORDS[job.route],
            )
        )
        self._show_progress(job)
        self._show_totals(job.counts)
        self._show_steps(job, detail.gap)
        self._causes.show_rows(detail.causes)
        self._batches.show_rows(detail.batches)
        self._exchanges.show_rows(detail.exchanges)
        for place, (word, count) in enumerate(
            (
                (tr("Causes"), len(detail.causes)),
                (tr("Batches"), len(detail.batches)),
                (tr("Exchanges"), len(detail.exchanges)),
            ),
            start=2,
        ):
            self._tabs.setTabText(place, f"{word} ({number(count)})")
        self._tabs.setTabText(1, tr("Rows ({rows})", rows=number(job.counts.rows)))
        self.rows_page.show_job(job)
        self.verify_page.show_job(job)
        others = ", ".join(detail.others)
        self._everywhere.setVisible(bool(others) and job.state in FINAL)
        self._everywhere.say(tr("Undo everywhere"))
        tip(self._everywhere, tr("The same act also wrote to {others}.", others=others) if others else "")
        self._read_tab()

    def gate(self, offers: frozenset[str], job: JobView | None) -> None:
        """Enable what can be done with the job."""
        reasons = {
            "pause": tr("The job is not at work."),
            "cancel": tr("The job is finished."),
            "retry": tr("No row was refused."),
            "undo": tr("Nothing was written that could be undone."),
            "export": tr("No job is chosen."),
        }
        buttons = {
            "pause": self._pause,
            "cancel": self._cancel,
            "retry": self._retry,
            "undo": self._undo,
            "export": self._export,
        }
        for name, button in buttons.items():
            button.gate("" if name in offers else reasons[name])
        self._everywhere.gate("" if "undo" in offers else reasons["undo"])
        self.rows_page.gate("" if "undo" in offers else reasons["undo"])
        is_final = job is None or job.state in FINAL
        nothing = job is None or not job.counts.applied
        self.verify_page.gate(
            tr("The job is still at work.") if not is_final else reasons["undo"] if nothing else ""
        )
        for button in (self._pause, self._cancel):
            button.setVisible(not is_final)
        for button in (self._retry, self._undo):
            button.setVisible(is_final)
        self._pause.say(tr("Resume") if job is not None and job.state in RESUMABLE else tr("Pause"))

    def _act(self, what: str) -> None:
        self._do(what)

    def _show_progress(self, job: JobView) -> None:
        counts = job.counts
        done = counts.rows - counts.open - counts.unknown
        self._done = max(self._done, done)
        self._bar.setMaximum(max(counts.rows, 1))
        self._bar.setValue(self._done)
        is_final = job.state in FINAL
        self._bar.setVisible(not is_final)
        self._progress.setVisible(not is_final)
        told = [tr("{done} of {rows} done", done=number(done), rows=number(counts.rows))]
        if job.started_at is not None and job.state is JobState.RUNNING:
            seconds = (self._desk.now() - job.started_at).total_seconds()
            if seconds >= 10 and done >= counts.rows * 0.05:
                rate = done / seconds
                left = counts.open / rate
                told += [
                    tr("{rate} a second", rate=number(round(rate))),
                    tr("{left} to {left2} left", left=duration(left * 0.9), left2=duration(left * 1.2)),
                ]
        if job.state is JobState.THROTTLED and job.not_before is not None:
            told.append(
                tr("waits until {not_before}", not_before=moment(job.not_before, now=self._desk.now()))
            )
        told.append(tr("%n API calls", job.api_calls))
        self._progress.set_text(" · ".join(told))

    def _show_totals(self, counts: Counts) -> None:
        clear(self._totals)
        for word, count, tone in (
            (tr("approved"), counts.rows, "muted"),
            (tr("written"), counts.applied, "ok"),
            (tr("already so"), counts.unchanged, "muted"),
            (tr("refused"), counts.rejected, "refused"),
            (tr("in conflict"), counts.conflict, "conflict"),
            (tr("unknown"), counts.unknown, "unknown"),
            (tr("blocked"), counts.blocked, "draft"),
            (tr("not sent"), counts.cancelled, "muted"),
            (tr("open"), counts.open, "accent"),
        ):
            shown = "muted" if not count else "" if tone == "muted" else tone
            figure = PlainLabel(number(count), role="heading", tone=shown)
            box = column(figure, PlainLabel(word, role="caption"), gap=0, margin=(3, 2, 3, 2))
            self._totals.addWidget(boxed(box, box="well"), 1)

    def _show_steps(self, job: JobView, gap: Gap | None) -> None:
        while (item := self._steps.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        now, origin = self._desk.now(), job.origin.value.replace("_", " ")
        took = ""
        if job.started_at is not None and job.finished_at is not None:
            took = tr(
                ", after {total_seconds}",
                total_seconds=duration((job.finished_at - job.started_at).total_seconds()),
            )
        steps = [
            (
                tr("Approved"),
                tr(
                    "{submitted_at} by {author}, from {origin}",
                    submitted_at=moment(job.submitted_at, now=now),
                    author=job.author,
                    origin=origin,
                ),
            ),
            (tr("Sending began"), moment(job.started_at, now=now) if job.started_at else tr("not yet")),
            (
                tr("Finished"),
                f"{moment(job.finished_at, now=now)}{took}" if job.finished_at else tr("not yet"),
            ),
            (tr("Route"), ROUTE_WORDS[job.route].capitalize()),
            (tr("API calls"), number(job.api_calls)),
            (tr("Checked"), measured_words(job.assurance, one_line(job.connection), gap)),
        ]
        if job.reason:
            steps.append((tr("Reason"), job.reason))
        if job.undo_of:
            steps.append((tr("Undoes"), tr("job {undo_of}", undo_of=job.undo_of)))
        for place, (name, words) in enumerate(steps):
            label = PlainLabel(name, role="muted")
            label.setMinimumWidth(120)
            self._steps.addWidget(label, place, 0)
            self._steps.addWidget(PlainLabel(words, wraps=True), place, 1)

    def _read_tab(self) -> None:
        """Read what the tab in front shows, where it is read by itself."""
        page = self._tabs.currentWidget()
        if page is self.rows_page:
            self.rows_page.read()
        elif page is self.verify_page:
            self.verify_page.read()


def _table_page(name: str, model: SpecModel[Any]) -> QWidget:
    table = Table(name)
    table.dress(model, [spec.width for spec in model.specs])
    page = QWidget()
    page.setLayout(column(table, margin=(0, 3, 0, 0)))
    return page
