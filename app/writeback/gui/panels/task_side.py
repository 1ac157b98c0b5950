"""One task in full: what has to be done, for whom, what it asks for, how it ended, and what that wrote."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from writeback.gui.i18n import day, moment
from writeback.gui.models.task_lines import TaskLine, state_words
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import sized
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.facts import Facts
from writeback.gui.widgets.failed import FailedWrite
from writeback.gui.widgets.layouts import column, row, scrolled
from writeback.gui.widgets.text import PlainLabel
from writeback.model.tasks import TaskState
from writeback.runtime.reading import Reading
from writeback.runtime.task_writes import RefusedValue, TaskWrites, WroteJob, writes_of


class TaskSide(QFrame):
    """The task in front.

    Signals:
        job: A job that its completion became is to be shown; carries its id.
        undo: What a job wrote of it is to be undone; carries a `WroteJob`.
        retried: A value that a CRM refused shall be sent once more; carries the attribute.
        discarded: Such a value shall be given up; carries the attribute.
        edited: Another value is to be typed, on the record's profile.
    """

    job = Signal(str)
    undo = Signal(object)
    retried = Signal(str)
    discarded = Signal(str)
    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._line: TaskLine | None = None
        self.setProperty("box", "card")
        self.setAccessibleName(tr("The chosen task"))
        self._title = PlainLabel("", role="heading", wraps=True)
        self.facts = Facts(titles_width=88)
        self._notes_title = PlainLabel(tr("Notes"), role="muted")
        self.notes = PlainLabel("", wraps=True)
        self._wrote_title = PlainLabel(tr("What completing it wrote"), role="muted")
        self.wrote = PlainLabel("", wraps=True)
        self._jobs = column(gap=1)
        inside = QFrame()
        body = column(
            self._title,
            self.facts,
            self._notes_title,
            self.notes,
            self._wrote_title,
            self.wrote,
            gap=2,
            margin=(0, 0, 2, 0),
        )
        body.addLayout(self._jobs)
        body.addStretch(1)
        inside.setLayout(body)
        self.setLayout(column(scrolled(inside), margin=(4, 4, 2, 4)))
        sized(self, lambda px: self.setMinimumWidth(max(220, px(190))))
        self._buttons: list[QWidget] = []
        self.refused: dict[str, FailedWrite] = {}
        """By attribute: what a CRM refused of the task in front."""
        self.show_line(None)

    def show_line(self, line: TaskLine | None) -> None:
        """Show another task; None: none is chosen."""
        self._line = line
        self._title.set_text(line.task.title if line is not None else tr("Choose a task."))
        self.facts.show_facts(self._facts(line) if line is not None else ())
        notes = line.task.notes if line is not None else ""
        self.notes.set_text(notes)
        self.notes.setVisible(bool(notes))
        self._notes_title.setVisible(bool(notes))
        self._show_writes(TaskWrites())
        if line is not None and line.task.wrote:
            task = line.task

            def read(reads: Reading) -> tuple[int, TaskWrites]:
                return task.number, writes_of(reads, task)

            self._desk.read(self, read, done=self._take_writes)

    def _facts(self, line: TaskLine) -> abc.Iterator[tuple[str, str]]:
        task, now = line.task, self._desk.now()
        yield tr("About"), line.record
        yield tr("State"), state_words(task, now)
        yield tr("Due"), day(task.due) if task.due is not None else ""
        yield tr("Given to"), line.given_to
        yield tr("Form"), line.form or task.form
        yield tr("Asks for"), ", ".join(line.asks)
        yield tr("Outcome"), task.outcome
        made = tr("{at} by {name}", at=moment(task.created_at, now=now), name=task.author)
        yield tr("Made"), made
        yield tr("SuccessPlay"), task.origin

    def _take_writes(self, told: tuple[int, TaskWrites]) -> None:
        number, writes = told
        if self._line is not None and self._line.task.number == number:
            self._show_writes(writes)

    def _show_writes(self, writes: TaskWrites) -> None:
        line = self._line
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        unsent = line is not None and bool(line.task.wrote) and not writes.is_any
        is_told = writes.is_any or (unsent and line is not None and line.task.state is TaskState.DONE)
        self._wrote_title.setVisible(is_told)
        words = [tr("Pending edits: {names}.", names=", ".join(writes.waiting))] if writes.waiting else []
        self.wrote.set_text(" ".join(words) or (tr("Nothing that could be undone.") if is_told else ""))
        self.wrote.setVisible(bool(words) or (is_told and not writes.jobs))
        for one in writes.jobs:
            self._add_job(one)
        self.refused = {}
        for value in writes.refused:
            self._add_refused(value)

    def _add_job(self, one: WroteJob) -> None:
        shown = tr("Job {number} · {connection}", number=one.number, connection=one.connection)
        show = Button(shown, kind="quiet", picture="jobs", call=lambda: self.job.emit(str(one.id)))
        undo = Button(tr("Undo…"), kind="quiet", picture="undo", call=lambda: self.undo.emit(one))
        undo.setAccessibleName(tr("Undo what job {number} wrote of this task", number=one.number))
        self._buttons += [show, undo]
        self._jobs.addLayout(row(show, undo, None, gap=1))

    def _add_refused(self, value: RefusedValue) -> None:
        """Tell a refused value as it is told at the value itself, with the same ways on."""
        name = value.view.attribute.name
        box = FailedWrite(value.view, value.held, value.mark)
        box.edit.connect(self.edited)
        box.retry.connect(lambda: self.retried.emit(name))
        box.discard.connect(lambda: self.discarded.emit(name))
        self.refused[name] = box
        title = PlainLabel(value.view.attribute.title, role="strong", wraps=True)
        self._buttons += [title, box]
        self._jobs.addWidget(title)
        self._jobs.addWidget(box)
