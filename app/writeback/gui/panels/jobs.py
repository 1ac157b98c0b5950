"""Jobs: what happened, exactly. A list; one job with overview, rows, causes, batches and exchanges.

Totals of the seven ends always add up to the approved number and are shown together. The bar never
goes back, and an unknown outcome counts as not done.
"""

import csv
from collections import abc
from pathlib import Path
from typing import Any, TextIO

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from writeback.errors import ConfigurationError
from writeback.gui.dialogs.messages import ask
from writeback.gui.i18n import KIND_WORDS, ROUTE_WORDS, counted, duration, job_tone, job_word, moment, number
from writeback.gui.models.jobs import (
    OUTCOME_TEXTS,
    batches_model,
    causes_model,
    exchanges_model,
    jobs_model,
    not_written,
    rows_model,
)
from writeback.gui.models.tables import SpecModel
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.layouts import PageHead, boxed, clear, column, row
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import ElidedLabel, PlainLabel
from writeback.model.changes import Origin
from writeback.model.events import EventKind
from writeback.model.jobs import Counts, JobKind, JobState
from writeback.model.types import JobId
from writeback.runtime.facade import Facade, JobView, PlanSource
from writeback.runtime.reading import Reading
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import JobDetail
from writeback.runtime.windowing import JobRows

FINAL = frozenset({JobState.DONE, JobState.CANCELLED})
RESUMABLE = frozenset({JobState.PAUSED, JobState.STOPPED, JobState.NEEDS_YOU})
SHOWS = ("All", "At work", "Needs a look", "Done")
ENDS = ("", "applied", "unchanged", "rejected", "conflict", "unknown", "blocked", "cancelled", "open")


class JobsPanel(Panel):
    """The list and one job."""

    cares_about = frozenset({EventKind.JOB_CHANGED, EventKind.BATCH_SETTLED, EventKind.CONFLICT_FOUND})

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name="Jobs", parent=parent)
        self._job_id = ""
        self._jobs: tuple[JobView, ...] = ()
        self._list = jobs_model(desk.now)
        self._table = Table("Jobs")
        self._table.dress(self._list, [spec.width for spec in self._list.specs])
        self._table.chosen.connect(self._open_row)
        self._table.selectionModel().currentRowChanged.connect(lambda _now: self._tell_abilities())
        self._shows = QButtonGroup(self)
        shows = row(gap=0)
        for place, word in enumerate(SHOWS):
            button = Button(word, kind="segment")
            button.setCheckable(True)
            button.setChecked(place == 0)
            self._shows.addButton(button, place)
            shows.addWidget(button)
        self._shows.idClicked.connect(lambda _place: self._show_list())
        self._head = PageHead("Jobs", explains="What was sent, what the CRM answered, row by row.")
        list_page = QWidget()
        list_body = column(self._head, gap=4)
        list_body.addLayout(row(boxed(shows), None))
        list_body.addWidget(self._table, 1)
        list_page.setLayout(list_body)
        self.detail = JobPage(desk, self)
        self._stack = QStackedWidget()
        self._stack.addWidget(list_page)
        self._stack.addWidget(self.detail)
        self.states = States(self._stack)
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self._act_on_empty)
        self.setLayout(column(self.states, gap=3, margin=(8, 7, 8, 6)))

    # for the window

    def open(self, subject: object = None) -> None:
        self._job_id = subject if isinstance(subject, str) else ""
        super().open()

    def first_focus(self) -> QWidget:
        return self.detail.first_focus() if self._job_id else self._table

    def close_panel(self) -> None:
        self.detail.close_page()

    def do(self, what: str) -> bool:
        job = self.current
        if job is None:
            return False
        acts: dict[str, abc.Callable[[JobView], None]] = {
            "pause": self.pause_or_resume,
            "cancel": self.cancel,
            "retry": lambda one: self._plan(one, "retry"),
            "undo": lambda one: self._plan(one, "undo"),
            "export": self.export,
        }
        if what not in acts:
            return False
        acts[what](job)
        return True

    def refresh(self) -> None:
        self.states.loading()
        job_id = self._job_id

        def read(reads: Reading) -> tuple[tuple[JobView, ...], JobDetail | None]:
            return reads.jobs(), reads.job(job_id) if job_id else None

        self.desk.read(self, read, done=self._show, failed=self.states.error)

    @property
    def current(self) -> JobView | None:
        """The job in front: the one that is open, else the chosen one of the list."""
        if self._job_id:
            return next((job for job in self._jobs if job.id == self._job_id), None)
        return self._list.row_at(self._table.currentIndex().row())

    def back_to_list(self) -> None:
        """Leave the job."""
        self.asked.emit("jobs", None)

    # what is there

    def _show(self, found: tuple[tuple[JobView, ...], JobDetail | None]) -> None:
        self._jobs, detail = found
        if self._job_id and detail is not None:
            self._stack.setCurrentWidget(self.detail)
            self.detail.show_job(detail)
            self._tell_state(detail.job)
        elif not self._jobs:
            self.states.empty(
                "No jobs yet",
                "Everything that is sent to a CRM becomes a job with an outcome for each row.",
                act="Go to review & send",
                picture="jobs",
            )
        else:
            self._stack.setCurrentIndex(0)
            self._show_list()
            self.states.ready()
        self._tell_abilities()

    def _show_list(self) -> None:
        place = max(self._table.currentIndex().row(), 0)
        wanted = SHOWS[max(self._shows.checkedId(), 0)]
        rules: dict[str, abc.Callable[[JobView], bool]] = {
            "All": lambda _job: True,
            "At work": lambda job: job.state not in FINAL,
            "Needs a look": lambda job: job.state in RESUMABLE or bool(not_written(job)),
            "Done": lambda job: job.state in FINAL,
        }
        self._list.show_rows(job for job in self._jobs if rules[wanted](job))
        self._table.go_to(min(place, len(self._list.rows) - 1))

    def _tell_state(self, job: JobView) -> None:
        if job.stop is not None and job.state in (JobState.STOPPED, JobState.NEEDS_YOU, JobState.THROTTLED):
            told = sentence_of(job.stop.code, dict(job.stop.facts))
            can_resume = job.state in RESUMABLE
            self.states.partial(
                f"{told} ({job.stop.code})",
                act="Resume" if can_resume else "",
                call=(lambda: self.pause_or_resume(job)) if can_resume else None,
            )
        else:
            self.states.ready()

    def _tell_abilities(self) -> None:
        job = self.current
        offers = ["export"] if job is not None else []
        if job is not None and job.state not in FINAL:
            offers += ["pause", "cancel"]
        if job is not None and job.state in FINAL and job.counts.rejected:
            offers.append("retry")
        if job is not None and job.state in FINAL and job.counts.applied and job.kind is not JobKind.UNDO:
            offers.append("undo")
        self.offer(*offers)
        self.detail.gate(frozenset(offers), job)

    def _open_row(self, place: int) -> None:
        job = self._list.row_at(place)
        if job is not None:
            self.asked.emit("jobs", str(job.id))

    def _act_on_empty(self) -> None:
        self.asked.emit("review", None)

    # acts

    def pause_or_resume(self, job: JobView) -> None:
        """Pause a job at work, resume one that stands."""

        def act_on(facade: Facade, act: str) -> JobView:
            if job.state in RESUMABLE:
                return facade.resume(str(job.id), act=act)
            return facade.pause(str(job.id), act=act)

        self.desk.ask(self, act_on, done=self._acted, failed=self.complain)

    def cancel(self, job: JobView) -> None:
        """Ask, then cancel: rows that were not sent stay as they are."""
        ask(
            self,
            f"Cancel job {job.number}",
            f"No new rows are sent; {number(job.counts.open)} are open. Rows in flight are resolved, "
            "a job at the CRM is aborted. What was written stays and can be undone.",
            act="Cancel the job",
            refuse="Let it go on",
            call=lambda: self.desk.ask(
                self,
                lambda facade, act: facade.cancel(str(job.id), act=act),
                done=self._acted,
                failed=self.complain,
            ),
        )

    def _acted(self, job: JobView) -> None:
        self.asked.emit("do:wake", None)
        words = {
            JobState.PAUSED: "No new rows are taken; rows in flight are resolved.",
            JobState.CANCELLING: f"No new rows are sent. {number(job.counts.open)} in flight are being resolved.",
        }.get(job.state, f"Job {job.number}: {job_word(job.state, job.counts).casefold()}.")
        self.told.emit(words)
        self.refresh()

    def _plan(self, job: JobView, kind: str) -> None:
        origin = Origin.UNDO if kind == "undo" else job.origin
        source = PlanSource(kind=kind, origin=origin, author=self.desk.author, job_id=JobId(str(job.id)))
        self.asked.emit("review", source)

    def export(self, job: JobView) -> None:
        """Write the job's rows to a CSV file that is safe to open in a spreadsheet."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Export results", str(Path.home() / f"job-{job.number}.csv"), "CSV (*.csv)"
        )
        if not chosen:
            return
        path, job_id = Path(chosen), str(job.id)
        self.desk.read(
            self,
            lambda reads: export_rows(reads.job_rows(job_id), path),
            done=lambda rows: self.told.emit(f"{counted(rows, 'row', 'rows')} written to {path.name}."),
            failed=self.complain,
        )


class JobPage(QWidget):
    """One job."""

    def __init__(self, desk: Desk, panel: JobsPanel) -> None:
        super().__init__()
        self._desk, self._panel = desk, panel
        self._job_id = ""
        self._done = 0
        self._title = PlainLabel(role="title")
        self._state = Chip()
        self._facts = ElidedLabel(role="muted")
        self._back = IconButton("Back to the list of jobs", "arrow-left", call=panel.back_to_list)
        self._pause = Button("Pause", picture="pause", call=lambda: self._do("pause"))
        self._cancel = Button("Cancel", picture="cancel", kind="danger", call=lambda: self._do("cancel"))
        self._retry = Button("Retry refused rows", picture="retry", call=lambda: self._do("retry"))
        self._undo = Button("Undo job", picture="undo", call=lambda: self._do("undo"))
        self._export = Button("Export", picture="export", call=lambda: self._do("export"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._progress = PlainLabel(role="muted")
        self._totals = QHBoxLayout()
        self._totals.setSpacing(8)
        self._steps = QGridLayout()
        self._steps.setHorizontalSpacing(24)
        self._steps.setVerticalSpacing(8)
        self._steps.setColumnStretch(1, 1)
        self._causes, self._batches, self._exchanges = causes_model(), batches_model(), exchanges_model()
        self._rows = rows_model()
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName("Parts of the job")
        self._tabs.setDocumentMode(True)
        overview = column(gap=4, margin=(1, 4, 1, 1))
        overview.addLayout(self._steps)
        overview.addStretch(1)
        self._tabs.addTab(boxed(overview), "Overview")
        self._tabs.addTab(self._rows_page(), "Rows")
        self._tabs.addTab(_table_page("Causes", self._causes), "Causes")
        self._tabs.addTab(_table_page("Batches", self._batches), "Batches")
        self._tabs.addTab(_table_page("Exchanges", self._exchanges), "Exchanges")
        self._tabs.currentChanged.connect(lambda _place: self._read_rows())
        self.setLayout(self._laid_out())

    def _laid_out(self) -> QVBoxLayout:
        title = column(gap=1)
        title.addLayout(row(self._title, self._state, None, gap=3))
        title.addWidget(self._facts)
        head = row(gap=2)
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(title, 1)
        for button in (self._pause, self._cancel, self._retry, self._undo, self._export):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        page = column(gap=4)
        page.addLayout(head)
        page.addWidget(self._bar)
        page.addWidget(self._progress)
        page.addLayout(self._totals)
        page.addWidget(self._tabs, 1)
        return page

    def _rows_page(self) -> QWidget:
        self._ends = QButtonGroup(self)
        ends = row(gap=0)
        for place, end in enumerate(ENDS):
            word = OUTCOME_TEXTS[end].capitalize() if end else "All"
            button = Button({"Outcome unknown": "Unknown"}.get(word, word), kind="segment")
            button.setCheckable(True)
            button.setChecked(place == 0)
            self._ends.addButton(button, place)
            ends.addWidget(button)
        self._ends.idClicked.connect(lambda _place: self._read_rows())
        self._table = Table("Rows of the job")
        self._table.dress(self._rows, [spec.width for spec in self._rows.specs])
        body = column(gap=3, margin=(0, 3, 0, 0))
        body.addLayout(row(boxed(ends), None))
        body.addWidget(self._table, 1)
        page = QWidget()
        page.setLayout(body)
        return page

    def first_focus(self) -> QWidget:
        """Say where the keyboard lands."""
        return self._tabs.tabBar()

    def close_page(self) -> None:
        """Give back the window on the rows."""
        self._rows.close()

    def show_job(self, detail: JobDetail) -> None:
        """Show one job as it is now."""
        job = detail.job
        if str(job.id) != self._job_id:
            self._job_id, self._done = str(job.id), 0
            self._rows.close()
            self._tabs.setCurrentIndex(0)
        self._title.set_text(f"Job {job.number}")
        self._state.say(job_word(job.state, job.counts), tone=job_tone(job.state, job.counts))
        self._facts.set_text(
            f"{KIND_WORDS[job.kind]} · {job.connection} · {job.object} · {', '.join(job.columns)} · "
            f"by {job.author} · {ROUTE_WORDS[job.route]}"
        )
        self._show_progress(job)
        self._show_totals(job.counts)
        self._show_steps(job)
        self._causes.show_rows(detail.causes)
        self._batches.show_rows(detail.batches)
        self._exchanges.show_rows(detail.exchanges)
        for place, (word, count) in enumerate(
            (
                ("Causes", len(detail.causes)),
                ("Batches", len(detail.batches)),
                ("Exchanges", len(detail.exchanges)),
            ),
            start=2,
        ):
            self._tabs.setTabText(place, f"{word} ({number(count)})")
        self._tabs.setTabText(1, f"Rows ({number(job.counts.rows)})")
        self._read_rows()

    def gate(self, offers: frozenset[str], job: JobView | None) -> None:
        """Enable what can be done with the job."""
        reasons = {
            "pause": "The job is not at work.",
            "cancel": "The job is finished.",
            "retry": "No row was refused.",
            "undo": "Nothing was written that could be undone.",
            "export": "No job is chosen.",
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
        is_final = job is None or job.state in FINAL
        for button in (self._pause, self._cancel):
            button.setVisible(not is_final)
        for button in (self._retry, self._undo):
            button.setVisible(is_final)
        self._pause.say("Resume" if job is not None and job.state in RESUMABLE else "Pause")

    def _do(self, what: str) -> None:
        self._panel.do(what)

    def _show_progress(self, job: JobView) -> None:
        counts = job.counts
        done = counts.rows - counts.open - counts.unknown
        self._done = max(self._done, done)
        self._bar.setMaximum(max(counts.rows, 1))
        self._bar.setValue(self._done)
        is_final = job.state in FINAL
        self._bar.setVisible(not is_final)
        self._progress.setVisible(not is_final)
        told = [f"{number(done)} of {number(counts.rows)} done"]
        if job.started_at is not None and job.state is JobState.RUNNING:
            seconds = (self._desk.now() - job.started_at).total_seconds()
            if seconds >= 10 and done >= counts.rows * 0.05:
                rate = done / seconds
                left = counts.open / rate
                told += [
                    f"{number(round(rate))} a second",
                    f"{duration(left * 0.9)} to {duration(left * 1.2)} left",
                ]
        if job.state is JobState.THROTTLED and job.not_before is not None:
            told.append(f"waits until {moment(job.not_before, now=self._desk.now())}")
        told.append(counted(job.api_calls, "API call", "API calls"))
        self._progress.set_text(" · ".join(told))

    def _show_totals(self, counts: Counts) -> None:
        clear(self._totals)
        for word, count, tone in (
            ("approved", counts.rows, "muted"),
            ("written", counts.applied, "ok"),
            ("already so", counts.unchanged, "muted"),
            ("refused", counts.rejected, "refused"),
            ("in conflict", counts.conflict, "conflict"),
            ("unknown", counts.unknown, "unknown"),
            ("blocked", counts.blocked, "draft"),
            ("not sent", counts.cancelled, "muted"),
            ("open", counts.open, "accent"),
        ):
            shown = "muted" if not count else "" if tone == "muted" else tone
            figure = PlainLabel(number(count), role="heading", tone=shown)
            box = column(figure, PlainLabel(word, role="caption"), gap=0, margin=(3, 2, 3, 2))
            self._totals.addWidget(boxed(box, box="well"), 1)

    def _show_steps(self, job: JobView) -> None:
        while (item := self._steps.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        now = self._desk.now()
        took = ""
        if job.started_at is not None and job.finished_at is not None:
            took = f", after {duration((job.finished_at - job.started_at).total_seconds())}"
        steps = [
            (
                "Approved",
                f"{moment(job.submitted_at, now=now)} by {job.author}, from {job.origin.value.replace('_', ' ')}",
            ),
            ("Sending began", moment(job.started_at, now=now) if job.started_at else "not yet"),
            ("Finished", f"{moment(job.finished_at, now=now)}{took}" if job.finished_at else "not yet"),
            ("Route", ROUTE_WORDS[job.route].capitalize()),
            ("API calls", number(job.api_calls)),
        ]
        if job.reason:
            steps.append(("Reason", job.reason))
        if job.undo_of:
            steps.append(("Undoes", f"job {job.undo_of}"))
        for place, (name, words) in enumerate(steps):
            label = PlainLabel(name, role="muted")
            label.setMinimumWidth(120)
            self._steps.addWidget(label, place, 0)
            self._steps.addWidget(PlainLabel(words), place, 1)

    def _read_rows(self) -> None:
        if self._tabs.currentIndex() != 1 or not self._job_id:
            return
        job_id, outcome = self._job_id, ENDS[max(self._ends.checkedId(), 0)]

        def read(reads: Reading) -> JobRows:
            rows = reads.job_rows(job_id, outcome=outcome)
            rows.build()
            return rows

        self._desk.read(self, read, done=self._rows.replace_source, failed=self._panel.complain)


def _table_page(name: str, model: SpecModel[Any]) -> QWidget:
    table = Table(name)
    table.dress(model, [spec.width for spec in model.specs])
    page = QWidget()
    page.setLayout(column(table, margin=(0, 3, 0, 0)))
    return page


def export_rows(rows: JobRows, path: Path) -> int:
    """Write a job's rows as CSV; cells that a spreadsheet would run are quoted with an apostrophe."""
    total = rows.build()
    try:
        with _opened(path) as stream:
            out = csv.writer(stream)
            out.writerow(("row", "record", "id", "field", "before", "sent", "outcome", "code", "answer"))
            for number_of_block in range((total + 199) // 200):
                for one in rows.block(number_of_block):
                    cells = (
                        one.record,
                        one.record_id,
                        one.fields,
                        one.old,
                        one.new,
                        one.outcome,
                        one.code,
                        one.message,
                    )
                    out.writerow((one.seq, *(safe_cell(cell) for cell in cells)))
    finally:
        rows.close()
    return total


def _opened(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise ConfigurationError("file.not_writable", path=str(path), problem=str(error.strerror)) from error


def safe_cell(text: str) -> str:
    """Defuse a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
