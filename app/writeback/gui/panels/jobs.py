"""Jobs: what happened, exactly. A list; one job with everything about it, and what can be done.

Totals of the ends always add up to the approved number and are shown together. The bar never goes back, and
an unknown outcome counts as not done.
"""

from collections import abc
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.dialogs.messages import ask
from writeback.gui.i18n import number
from writeback.gui.models.job_words import FINAL, RESUMABLE, state_word
from writeback.gui.panels.exporting import export_rows
from writeback.gui.panels.job_causes import CHECK, CONFLICTS, FIX, RETRY, SCREEN, act_of
from writeback.gui.panels.job_list import JobList
from writeback.gui.panels.job_overview import unknown_words
from writeback.gui.panels.job_page import JobPage, copy_link
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.layouts import PageHead, column
from writeback.gui.widgets.pages import Pages
from writeback.gui.widgets.states import ScreenState, States
from writeback.model.changes import Origin
from writeback.model.events import EventKind
from writeback.model.jobs import JobState
from writeback.model.types import JobId, RecordId
from writeback.runtime.facade import Facade, JobView, PlanSource
from writeback.runtime.job_views import Cause, JobDetail
from writeback.runtime.reading import Reading
from writeback.runtime.sentences import sentence_of

NUMBER_MOST = 18
"""A subject of at most so many digits is a job's number, as links name it."""
TELLING = frozenset({JobState.STOPPED, JobState.NEEDS_YOU, JobState.THROTTLED})


@dataclass(frozen=True, slots=True)
class _Found:
    """One job as it was read, and where its CRM shows an upload."""

    detail: JobDetail
    bulk_page: str
    is_plugin_there: bool


class JobsPanel(Panel):
    """The list and one job."""

    cares_about = frozenset({EventKind.JOB_CHANGED, EventKind.BATCH_SETTLED, EventKind.CONFLICT_FOUND})

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Jobs"), parent=parent)
        self.subject_here = self._subject_here
        self._job_id = ""
        self._found: _Found | None = None
        self._head = PageHead(tr("Jobs"), explains=tr("What was sent, what the CRM answered, row by row."))
        self.list = JobList(desk)
        self.list.opened.connect(lambda job: self.asked.emit("jobs", job))
        self.list.moved.connect(self._tell_abilities)
        self.list.empty_acted.connect(lambda: self.asked.emit("review", None))
        self.states = self.list.states
        self._stack = Pages()
        self._stack.addWidget(self.list)
        self.setLayout(column(self._head, self._stack, gap=3, margin=(8, 5, 8, 4)))

    @cached_property
    def detail(self) -> JobPage:
        """The page of one job, built with the first job that is opened here."""
        made = JobPage(self.desk, back=self.back_to_list, do=self.do, complain=self.complain)
        made.rows_page.undo_asked.connect(self._undo_part)
        made.rows_page.mark_asked.connect(self._ask_note)
        made.causes_page.acted.connect(self._act_on_cause)
        made.fix_page.asked.connect(self._plan_fixed)
        return made

    @cached_property
    def _page_states(self) -> States:
        made = States(self.detail)
        made.retry.connect(self.refresh)
        made.acted.connect(self.back_to_list)
        made.changed.connect(lambda _state: self._show_head())
        return made

    @cached_property
    def _page(self) -> QWidget:
        """The title of a job above its states, so that what is said of it stands below its name."""
        made = QWidget()
        made.setLayout(column(self.detail.head, self._page_states, gap=2))
        self._stack.addWidget(made)
        return made

    def _show_head(self) -> None:
        """Show the title of the job as soon as it is known, and as long as there is one."""
        is_away = self._page_states.state in (ScreenState.EMPTY, ScreenState.ERROR)
        self.detail.head.setVisible(self._found is not None and not is_away)

    def _subject_here(self) -> tuple[str, object] | None:
        job = self.current
        return ("jobs", str(job.id)) if job is not None and job.number else None

    # for the window

    def open(self, subject: object = None) -> None:
        job_id = subject if isinstance(subject, str) else ""
        if job_id != self._job_id:
            self._found = None
        self._job_id = job_id
        self.states = self._page_states if job_id else self.list.states
        self._stack.setCurrentWidget(self._page if job_id else self.list)
        if job_id:
            self._show_head()
        self._head.setVisible(not job_id)
        super().open()

    def first_focus(self) -> QWidget:
        return self.detail.first_focus() if self._job_id else self.list.table

    def close_panel(self) -> None:
        if self._has_detail:
            self.detail.close_page()

    @property
    def _has_detail(self) -> bool:
        return "detail" in self.__dict__

    def do(self, what: str) -> bool:
        acts: dict[str, abc.Callable[[JobView], None]] = {
            "pause": self.pause_or_resume,
            "cancel": self.cancel,
            "check": self.check_now,
            "start": self._start_now,
            "retry": lambda one: self._plan(one, "retry"),
            "undo": lambda one: self._plan(one, "undo"),
            "undo_everywhere": lambda one: self._plan(one, "undo", is_whole_act=True),
            "fix": self.fix,
            "export": self._export,
            "copy_link": self._copy_link,
        }
        if what not in acts:
            return False
        job = self.current
        if job is None:
            return False
        acts[what](job)
        return True

    def refresh(self) -> None:
        if not self._job_id:
            self.list.refresh()
            return
        self.states.loading()
        job_id = self._job_id

        def read(reads: Reading) -> _Found | None:
            name = job_id
            if job_id.isdecimal() and len(job_id) <= NUMBER_MOST:
                numbered = reads.job_by_number(int(job_id))
                name = str(numbered.id) if numbered is not None else job_id
            detail = reads.job(name)
            if detail is None:
                return None
            connector = detail.connection.connector if detail.connection is not None else ""
            plugin = reads.plugin_of(connector)
            manifest = plugin.manifest if plugin is not None else None
            return _Found(
                detail, manifest.pages.bulk_job if manifest is not None else "", manifest is not None
            )

        self.desk.read(self, read, done=lambda found: self._show(job_id, found), failed=self.states.error)

    @property
    def current(self) -> JobView | None:
        """The job in front: the one that is open, else the chosen one of the list."""
        if self._job_id:
            return self._found.detail.job if self._found is not None else None
        return self.list.current_job

    def back_to_list(self) -> None:
        """Leave the job."""
        self.asked.emit("jobs", None)

    # what is there

    def _show(self, job_id: str, found: _Found | None) -> None:
        if job_id != self._job_id:
            return  # another one was opened meanwhile
        if found is None:
            self.states.empty(
                tr("No such job"),
                tr("The workspace holds no job of this number or id."),
                act=tr("Back to the list of jobs"),
                picture="jobs",
            )
            return
        self._found = found
        self.use({str(found.detail.job.connection_id)})
        self.detail.show_job(found.detail, bulk_page=found.bulk_page)
        self._tell_state(found)
        self._tell_abilities()

    def _tell_state(self, found: _Found) -> None:
        detail = found.detail
        job = detail.job
        unknown = unknown_words(detail)
        if not found.is_plugin_there and job.state not in FINAL:
            connector = detail.connection.connector if detail.connection is not None else ""
            self.states.partial(
                tr(
                    "The connector {name} is not installed: the job can be read and not resumed. Install it "
                    "under Plugins.",
                    name=connector,
                ),
                act=tr("Open plugins"),
                call=lambda: self.asked.emit("plugins", None),
            )
        elif job.stop is not None and job.state in TELLING:
            facts = {"connection": job.connection, "host": job.connection, "reason": tr("no answer")}
            told = sentence_of(job.stop.code, {**facts, **dict(job.stop.facts)})
            can_resume = job.state in RESUMABLE or bool(job.unreached)
            words = f"{told} ({job.stop.code})"
            if job.state is JobState.NEEDS_YOU:
                self.states.partial(
                    f"{unknown} {words}".strip(),
                    act=tr("Show these rows"),
                    call=lambda: self.detail.show_rows("unknown"),
                )
                return
            self.states.partial(
                words,
                act=(tr("Try now") if job.unreached else tr("Resume")) if can_resume else "",
                call=(lambda: self.pause_or_resume(job)) if can_resume else None,
            )
        elif unknown and job.state is JobState.CHECKING:
            self.states.partial(unknown, act=tr("Check now"), call=lambda: self.check_now(job))
        else:
            self.states.ready()

    def _tell_abilities(self) -> None:
        job = self.current
        reasons = reasons_of(job)
        self.offer(*(name for name, reason in reasons.items() if not reason))
        if self._has_detail:
            self.detail.gate(reasons)

    # acts

    def pause_or_resume(self, job: JobView) -> None:
        """Pause a job at work, resume one that stands."""

        def act_on(facade: Facade, act: str) -> JobView:
            if job.state in RESUMABLE or (job.unreached and job.state is JobState.THROTTLED):
                return facade.resume(str(job.id), act=act)
            return facade.pause(str(job.id), act=act)

        self.desk.ask(self, act_on, done=self._acted, failed=self.complain)

    def check_now(self, job: JobView) -> None:
        """Read rows without an answer back as soon as that is safe."""
        self.desk.ask(
            self,
            lambda facade, act: facade.check_now(str(job.id), act=act),
            done=self._acted,
            failed=self.complain,
        )

    def _start_now(self, job: JobView) -> None:
        """Let a job begin that collects, or that waits for its moment."""

        def acted(started: JobView) -> None:
            self.asked.emit("do:wake", None)
            self._acted(started)

        self.desk.ask(
            self,
            lambda facade, act: facade.start_now(str(job.id), act=act),
            done=acted,
            failed=self.complain,
        )

    def cancel(self, job: JobView) -> None:
        """Ask, then cancel: rows that were not sent stay as they are."""
        words = tr(
            "No new rows are sent; {open} are open. Rows in flight are resolved, a job at the CRM is "
            "aborted. What was written stays and can be undone.",
            open=number(job.counts.open),
        )
        if job.creates_by:
            words = tr(
                "No new rows are sent; {open} are open. Rows in flight are resolved. The records that were "
                "created stay in the CRM.",
                open=number(job.counts.open),
            )
        ask(
            self,
            tr("Cancel job {job}", job=job.number),
            words,
            act=tr("Cancel the job"),
            refuse=tr("Let it go on"),
            call=lambda: self.desk.ask(
                self,
                lambda facade, act: facade.cancel(str(job.id), act=act),
                done=self._acted,
                failed=self.complain,
            ),
        )

    def fix(self, job: JobView) -> None:
        """Show the rows that were not written as a grid."""
        if not self._job_id:
            self.asked.emit("jobs", str(job.id))
        self.detail.fix_page.open(job)
        self.detail.show_fix()

    def _act_on_cause(self, cause: Cause) -> None:
        job = self.current
        if job is None:
            return
        what, where = act_of(cause)
        if what == FIX:
            self.detail.fix_page.open(job, cause)
            self.detail.show_fix()
        elif what == RETRY:
            self._plan(job, "retry")
        elif what == CONFLICTS:
            self.asked.emit("conflicts", None)
        elif what == CHECK:
            self.check_now(job)
        elif what == SCREEN:
            self.asked.emit(where, None)

    def _ask_note(self, rows: tuple[int, ...]) -> None:
        """Have a note typed for rows that were resolved by hand."""
        job = self.current
        if job is None:
            return
        job_id = str(job.id)
        self.noting = TextDialog(
            tr("Mark %n rows as resolved by hand", len(rows)),
            tr("The CRM's answer and the totals stay what they are; the note stands beside the rows."),
            label=tr("What was done in the CRM"),
            act=tr("Mark them"),
            call=lambda note: self.desk.ask(
                self,
                lambda facade, act: facade.mark_by_hand(job_id, rows, note, author=self.desk.author, act=act),
                done=self._marked,
                failed=self.complain,
            ),
            parent=self,
        )
        self.noting.open()

    def _marked(self, rows: int) -> None:
        self.told.emit(tr("%n rows marked as resolved by hand.", rows))
        self.refresh()

    def _copy_link(self, job: JobView) -> None:
        self.told.emit(tr("Copied: {link}", link=copy_link(job)))

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
            tr("Job {job}: {state}.", job=job.number, state=state_word(job, now=self.desk.now()).casefold()),
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

    def _plan_fixed(self, rows: tuple[int, ...], fixes: tuple[tuple[int, str, str | None], ...]) -> None:
        job = self.current
        if job is None:
            return
        source = PlanSource(
            kind="retry",
            origin=job.origin,
            author=self.desk.author,
            job_id=JobId(str(job.id)),
            rows=rows,
            fixes=fixes,
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

    def _export(self, job: JobView) -> None:
        """Write the job's rows to a CSV file: safe to open in a spreadsheet, or byte for byte."""
        safe, raw = tr("Safe for spreadsheets (*.csv)"), tr("Byte for byte, formulas included (*.raw.csv)")
        chosen, kind = QFileDialog.getSaveFileName(
            self,
            tr("Export results"),
            str(Path.home() / f"job-{job.number}.csv"),
            f"{safe};;{raw}",
        )
        if not chosen:
            return
        path, job_id, is_raw = Path(chosen), str(job.id), kind == raw
        self.desk.read(
            self,
            lambda reads: export_rows(reads.job_rows(job_id), path, raw=is_raw),
            done=lambda rows: self.told.emit(
                tr("{rows} written to {path}.", rows=tr("%n rows", rows), path=path.name)
            ),
            failed=self.complain,
        )


def reasons_of(job: JobView | None) -> dict[str, str]:
    """Say of each act why it cannot be done with a job; '' where it can."""
    if job is None:
        names = (
            "pause",
            "cancel",
            "check",
            "start",
            "retry",
            "undo",
            "undo_everywhere",
            "fix",
            "export",
            "copy_link",
        )
        return dict.fromkeys(names, tr("No job is chosen."))
    is_final = job.state in FINAL
    at_work = tr("The job is still at work.")
    nothing = "" if job.counts.applied else tr("Nothing was written that could be undone.")
    rests = is_final or job.state in (JobState.STOPPED, JobState.NEEDS_YOU)
    checks = job.state in (JobState.CHECKING, JobState.NEEDS_YOU)
    waits = job.state is JobState.QUEUED and job.not_before is not None
    return {
        "pause": tr("The job is not at work.") if is_final else "",
        "cancel": tr("The job is finished.") if is_final else "",
        "check": "" if checks else tr("No outcome is unknown."),
        "start": "" if waits else tr("It does not wait for its moment."),
        "retry": at_work if not is_final else "" if job.counts.rejected else tr("No row was refused."),
        "undo": at_work if not is_final else nothing,
        "undo_everywhere": at_work if not is_final else nothing,
        "verify": at_work if not is_final else nothing,
        "fix": "" if rests else at_work,
        "export": "",
        "copy_link": "",
    }
