"""Jobs: what happened, exactly. A list; one job with overview, rows, causes, batches and exchanges.

Totals of the seven ends always add up to the approved number and are shown together. The bar never
goes back, and an unknown outcome counts as not done.
"""

from collections import abc
from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QStackedWidget,
    QWidget,
)

from writeback.gui.dialogs.messages import ask
from writeback.gui.i18n import job_word, number
from writeback.gui.models.job_words import FINAL, RESUMABLE
from writeback.gui.panels.exporting import export_rows
from writeback.gui.panels.job_list import JobList
from writeback.gui.panels.job_page import JobPage
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.layouts import PageHead, column
from writeback.gui.widgets.states import States
from writeback.model.changes import Origin
from writeback.model.events import EventKind
from writeback.model.jobs import JobState
from writeback.model.types import JobId, RecordId
from writeback.runtime.facade import Facade, JobView, PlanSource
from writeback.runtime.job_views import JobDetail
from writeback.runtime.sentences import sentence_of


class JobsPanel(Panel):
    """The list and one job."""

    cares_about = frozenset({EventKind.JOB_CHANGED, EventKind.BATCH_SETTLED, EventKind.CONFLICT_FOUND})

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Jobs"), parent=parent)
        self._job_id = ""
        self._job: JobView | None = None
        self._head = PageHead(tr("Jobs"), explains=tr("What was sent, what the CRM answered, row by row."))
        self.list = JobList(desk)
        self.list.opened.connect(lambda job: self.asked.emit("jobs", job))
        self.list.moved.connect(self._tell_abilities)
        self.list.empty_acted.connect(lambda: self.asked.emit("review", None))
        self.detail = JobPage(
            desk, back=self.back_to_list, do=self.do, undo_part=self._undo_part, complain=self.complain
        )
        self._page_states = States(self.detail)
        self._page_states.retry.connect(self.refresh)
        self._page_states.acted.connect(self.back_to_list)
        self.states = self.list.states
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._page_states)
        self.setLayout(column(self._head, self._stack, gap=4, margin=(8, 7, 8, 6)))

    # for the window

    def open(self, subject: object = None) -> None:
        job_id = subject if isinstance(subject, str) else ""
        if job_id != self._job_id:
            self._job = None
        self._job_id = job_id
        self.states = self._page_states if job_id else self.list.states
        self._stack.setCurrentIndex(1 if job_id else 0)
        self._head.setVisible(not job_id)
        super().open()

    def first_focus(self) -> QWidget:
        return self.detail.first_focus() if self._job_id else self.list.table

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
        if not self._job_id:
            self.list.refresh()
            return
        self.states.loading()
        job_id = self._job_id
        self.desk.read(self, lambda reads: reads.job(job_id), done=self._show, failed=self.states.error)

    @property
    def current(self) -> JobView | None:
        """The job in front: the one that is open, else the chosen one of the list."""
        return self._job if self._job_id else self.list.current_job

    def back_to_list(self) -> None:
        """Leave the job."""
        self.asked.emit("jobs", None)

    # what is there

    def _show(self, detail: JobDetail | None) -> None:
        if detail is None:
            self.states.empty(
                tr("No such job"),
                tr("The workspace holds no job of this number or id."),
                act=tr("Back to the list of jobs"),
                picture="jobs",
            )
            return
        if str(detail.job.id) != self._job_id:
            return  # another one was opened meanwhile
        self._job = detail.job
        self.detail.show_job(detail)
        self._tell_state(detail.job)
        self._tell_abilities()

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
