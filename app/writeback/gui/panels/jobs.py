"""Jobs: what happened, exactly. A list; one job with overview, rows, causes, batches and exchanges.

Totals of the seven ends always add up to the approved number and are shown together. The bar never
goes back, and an unknown outcome counts as not done.
"""

from collections import abc
from pathlib import Path

from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QStackedWidget,
    QWidget,
)

from writeback.gui.dialogs.messages import ask
from writeback.gui.i18n import job_word, number
from writeback.gui.models.jobs import (
    jobs_model,
    not_written,
)
from writeback.gui.panels.exporting import export_rows
from writeback.gui.panels.job_page import FINAL, RESUMABLE, JobPage
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import PageHead, boxed, column, row
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.model.changes import Origin
from writeback.model.events import EventKind
from writeback.model.jobs import JobState
from writeback.model.types import JobId, RecordId
from writeback.runtime.facade import Facade, JobView, PlanSource
from writeback.runtime.reading import Reading
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import JobDetail

SHOWS = (mark("All"), mark("At work"), mark("Needs a look"), mark("Done"))


class JobsPanel(Panel):
    """The list and one job."""

    cares_about = frozenset({EventKind.JOB_CHANGED, EventKind.BATCH_SETTLED, EventKind.CONFLICT_FOUND})

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Jobs"), parent=parent)
        self._job_id = ""
        self._jobs: tuple[JobView, ...] = ()
        self._list = jobs_model(desk.now)
        self._table = Table(tr("Jobs"))
        self._table.dress(self._list, [spec.width for spec in self._list.specs])
        self._table.chosen.connect(self._open_row)
        self._table.selectionModel().currentRowChanged.connect(lambda _now: self._tell_abilities())
        self._shows = QButtonGroup(self)
        shows = row(gap=0)
        for place, word in enumerate(SHOWS):
            button = Button(tr(word), kind="segment")
            button.setCheckable(True)
            button.setChecked(place == 0)
            self._shows.addButton(button, place)
            shows.addWidget(button)
        self._shows.idClicked.connect(lambda _place: self._show_list())
        self._head = PageHead(tr("Jobs"), explains=tr("What was sent, what the CRM answered, row by row."))
        list_page = QWidget()
        list_body = column(gap=4)
        list_body.addLayout(row(boxed(shows), None))
        list_body.addWidget(self._table, 1)
        list_page.setLayout(list_body)
        self.detail = JobPage(
            desk, back=self.back_to_list, do=self.do, undo_part=self._undo_part, complain=self.complain
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(list_page)
        self._stack.addWidget(self.detail)
        self.states = States(self._stack)
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self._act_on_empty)
        self.setLayout(column(self._head, self.states, gap=4, margin=(8, 7, 8, 6)))

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
            "undo_everywhere": lambda one: self._plan(one, "undo", is_whole_act=True),
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
        self._head.setVisible(not self._job_id or detail is None)
        if self._job_id and detail is not None:
            self._stack.setCurrentWidget(self.detail)
            self.detail.show_job(detail)
            self._tell_state(detail.job)
        elif not self._jobs:
            self.states.empty(
                tr("No jobs yet"),
                tr("Everything that is sent to a CRM becomes a job with an outcome for each row."),
                act=tr("Go to review & send"),
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
            facts = {"connection": job.connection, "host": job.connection, "reason": tr("no answer")}
            told = sentence_of(job.stop.code, {**facts, **dict(job.stop.facts)})
            can_resume = job.state in RESUMABLE or bool(job.unreached)
            self.states.partial(
                f"{told} ({job.stop.code})",
                act=(tr("Try now") if job.unreached else tr("Resume")) if can_resume else "",
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
        if job is not None and job.state in FINAL and job.counts.applied:
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
            if job.state in RESUMABLE or (job.unreached and job.state is JobState.THROTTLED):
                return facade.resume(str(job.id), act=act)
            return facade.pause(str(job.id), act=act)

        self.desk.ask(self, act_on, done=self._acted, failed=self.complain)

    def cancel(self, job: JobView) -> None:
        """Ask, then cancel: rows that were not sent stay as they are."""
        ask(
            self,
            tr("Cancel job {job}", job=job.number),
            tr(
                "No new rows are sent; {open} are open. Rows in flight are resolved, a job "
                "at the CRM is aborted. What was written stays and can be undone.",
                open=number(job.counts.open),
            ),
            act=tr("Cancel the job"),
            refuse=tr("Let it go on"),
            call=lambda: self.desk.ask(
                self,
                lambda facade, act: facade.cancel(str(job.id), act=act),
                done=self._acted,
                failed=self.complain,
            ),
        )

    def _acted(self, job: JobView) -> None:
        self.asked.emit("do:wake", None)
        still = number(job.counts.open)
        words = {
            JobState.PAUSED: tr("No new rows are taken; rows in flight are resolved."),
            JobState.CANCELLING: tr(
                "No new rows are sent. {still} in flight are being resolved.", still=still
            ),
        }.get(
            job.state,
            tr("Job {job}: {job_word}.", job=job.number, job_word=job_word(job.state, job.counts).casefold()),
        )
        self.told.emit(words)
        self.refresh()

    def _plan(self, job: JobView, kind: str, *, is_whole_act: bool = False) -> None:
        source = PlanSource(
            kind=kind,
            origin=Origin.UNDO if kind == "undo" else job.origin,
            author=self.desk.author,
            job_id=JobId(str(job.id)),
            is_whole_act=is_whole_act,
        )
        self.asked.emit("review", source)

    def _undo_part(self, records: tuple[str, ...], fields: tuple[str, ...]) -> None:
        """Review the undo of some rows of the job in front."""
        job = self.current
        if job is None or not records:
            return
        source = PlanSource(
            kind="undo",
            origin=Origin.UNDO,
            author=self.desk.author,
            job_id=JobId(str(job.id)),
            records=tuple(RecordId(one) for one in records),
            fields=fields,
        )
        self.asked.emit("review", source)

    def export(self, job: JobView) -> None:
        """Write the job's rows to a CSV file that is safe to open in a spreadsheet."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Export results"), str(Path.home() / f"job-{job.number}.csv"), tr("CSV (*.csv)")
        )
        if not chosen:
            return
        path, job_id = Path(chosen), str(job.id)
        self.desk.read(
            self,
            lambda reads: export_rows(reads.job_rows(job_id), path),
            done=lambda rows: self.told.emit(tr("%n rows written to {path}.", rows, path=path.name)),
            failed=self.complain,
        )
