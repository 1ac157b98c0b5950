"""Complete tasks: outcome, notes, and the fields of the form they ask for with where they are written.

Of several tasks the form begins empty: what is filled in is written to the record of each, what is not stays.

What is typed outlives the window: it is kept in the workspace when the dialog is left, and a refusal leaves
everything where it stands.
"""

from collections import abc
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from writeback.errors import WritebackError
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.form_fields import FormFields
from writeback.gui.widgets.layouts import column, give_room, row, scrolled
from writeback.gui.widgets.paragraph import Paragraph
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel, title_free
from writeback.model.forms import InsightForm
from writeback.model.tasks import Task, TaskState
from writeback.runtime.facade import Facade
from writeback.runtime.facade.work import Completed, Completion
from writeback.runtime.reading import Reading
from writeback.runtime.views import AttributeView, RecordView

OUTCOME: Final = "."
NOTES: Final = ".."
"""Names of what is kept beside the fields; no attribute is called so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a task asks for, as it stands now."""

    form: InsightForm | None
    views: tuple[AttributeView, ...]
    record: RecordView | None
    kept: dict[str, str]
    """What was typed when the window was left."""
    problem: WritebackError | None = None
    """Why the form cannot be filled: it was taken back, or is for other people."""


class CompleteDialog(QDialog):
    """One task, or several that ask for the same form.

    Signals:
        completed: All of them are done; carries a `Completed` each.
    """

    completed = Signal(object)

    def __init__(
        self, desk: Desk, tasks: abc.Sequence[Task], about: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        task = tasks[0]
        self._desk, self._task, self._tasks = desk, task, tuple(tasks)
        title = tr("Complete task {number}", number=task.number)
        if self._are_many:
            title = tr("Complete %n tasks", len(tasks))
        self._is_there = False
        self._is_loaded = False
        self.setWindowTitle(title_free(title))
        self.setMinimumSize(560, 420)
        give_room(self, 620, 620 if task.form else 420)
        self.banner = Banner()
        self.outcome = QLineEdit(task.outcome)
        self.outcome.setAccessibleName(tr("Outcome"))
        self.outcome.setPlaceholderText(tr("Outcome in a few words"))
        self.notes = Paragraph()
        self.notes.setAccessibleName(tr("Notes"))
        self.notes.setPlaceholderText(tr("What was said and agreed"))
        self.notes.show_value(task.notes)
        self.fields = FormFields()
        self.go = Button(tr("Complete"), kind="primary", picture="check", call=self._complete)
        self.without = Button(tr("Complete without writing"), call=lambda: self._complete(writes=False))
        if not task.form:
            self.without.hide()
        self._form_title = PlainLabel("", role="heading", wraps=True)
        self._form_title.hide()
        page = column(
            PlainLabel(tr("Outcome"), role="muted"),
            self.outcome,
            PlainLabel(tr("Notes"), role="muted"),
            self.notes,
            2,
            self._form_title,
            self.fields,
            None,
            gap=2,
            margin=(0, 0, 3, 0),
        )
        inside = QWidget()
        inside.setLayout(page)
        box = column(
            PlainLabel(title if self._are_many else task.title, role="heading", wraps=True),
            PlainLabel(tr("About {record}", record=about), role="muted", wraps=True),
            self.banner,
            gap=2,
            margin=6,
        )
        box.addWidget(scrolled(inside), 1)
        box.addLayout(row(None, Button(tr("Cancel"), call=self.reject), self.without, self.go))
        self.setLayout(box)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.go.click)
        self.rejected.connect(self._keep)
        self.go.gate(tr("The form is being read."))
        self.outcome.setFocus()
        self._load()

    # what is there

    @property
    def _are_many(self) -> bool:
        return len(self._tasks) > 1

    def _load(self) -> None:
        task, name, author = self._task, self._kept_as, self._desk.author

        def read(reads: Reading) -> Asked:
            form = reads.forms.named(task.form) if task.form else None
            record = reads.record(task.entity, task.record) if form is not None else None
            problem: WritebackError | None = None
            try:
                if form is not None:
                    reads.forms.admit(form, author)
            except WritebackError as error:
                problem = error
            return Asked(form, reads.attribute_views(task.entity), record, reads.form_draft(name), problem)

        self._desk.read(self, read, done=self._show, failed=self._not_read)

    def _show(self, asked: Asked) -> None:
        can_fill = asked.problem is None and (asked.record is not None or self._are_many)
        record = None if self._are_many else asked.record
        self.fields.show_form(asked.form if can_fill else None, asked.views, record)
        if asked.form is not None:
            self._form_title.set_text(asked.form.title)
            self._form_title.show()
        typed = dict(asked.kept)
        outcome, notes = typed.pop(OUTCOME, ""), typed.pop(NOTES, "")
        if outcome and not self.outcome.isModified():
            self.outcome.setText(outcome)
        if notes and not self.notes.is_modified:
            self.notes.show_value(notes)
        self.fields.restore(typed)
        is_gone = asked.form is not None and asked.record is None and not self._are_many
        self._is_there, self._is_loaded = can_fill or asked.form is None, True
        self.go.gate(tr("The record is not there any more: complete without writing.") if is_gone else "")
        if asked.problem is not None:
            self.banner.tell_error(asked.problem)
            self.go.gate(tr("Its form cannot be filled in: complete without writing."))

    def _not_read(self, error: WritebackError) -> None:
        self.banner.tell_error(error)
        self.go.gate(tr("Its form cannot be read: complete without writing."))

    # completing

    def _complete(self, *, writes: bool = True) -> None:
        values = self.fields.values() if writes and self._task.form else ()
        completion = Completion(
            self._task.number,
            self._desk.author,
            outcome=self.outcome.text().strip(),
            notes=self.notes.toPlainText().strip(),
            values=values,
            writes=writes,
            seen=() if self._are_many else self.fields.seen(),
            versions=tuple((one.number, one.version) for one in self._tasks),
        )
        numbers = tuple(one.number for one in self._tasks)
        for button in (self.go, self.without):
            button.gate(tr("The task is being completed."))

        def ask(facade: Facade, act: str) -> tuple[Completed, ...]:
            if len(numbers) > 1:
                return facade.complete_tasks(numbers, completion, act=act)
            return (facade.complete_task(completion, act=act),)

        self._desk.ask(self, ask, done=self._answered, failed=self._failed)

    def _answered(self, told: tuple[Completed, ...]) -> None:
        self._open_again()
        open_still = [one for one in told if one.task.state is TaskState.OPEN]
        if not open_still:
            self._put(())
            self.completed.emit(told)
            self.accept()
            return
        words = tr("Not completed: a value was refused. Outcome and notes are kept.")
        if self._are_many:
            numbers = ", ".join(str(one.task.number) for one in open_still)
            words = tr(
                "%n tasks are completed. Not completed: {numbers}. Outcome and notes are kept.",
                len(told) - len(open_still),
                numbers=numbers,
            )
        self._tasks = tuple(one.task for one in open_still)
        left = self.fields.mark(open_still[0].answers)
        self.banner.tell(" ".join((words, *left)), tone="warning")

    def _failed(self, error: WritebackError) -> None:
        self._open_again()
        self.banner.tell_error(error)
        if error.code == "task.changed_meanwhile":  # told once; completing once more goes on
            number, version = int(str(error.facts["number"])), int(str(error.facts["version"]))
            seen = (replace(one, version=version) if one.number == number else one for one in self._tasks)
            self._tasks = tuple(seen)

    def _open_again(self) -> None:
        self.without.gate("")
        self.go.gate("" if self._is_there else tr("There is nothing to fill in: complete without writing."))

    # keeping

    @property
    def _kept_as(self) -> str:
        return f"task-{'-'.join(str(one.number) for one in self._tasks)}"[:80]

    def _keep(self) -> None:
        """Keep what was typed and not handed in."""
        if not self._is_loaded:
            return  # what was kept before was not shown yet, so it stays
        typed = {name: text or "" for name, text in self.fields.values()}
        if self.outcome.text().strip() != self._task.outcome:
            typed[OUTCOME] = self.outcome.text().strip()
        if self.notes.toPlainText().strip() != self._task.notes:
            typed[NOTES] = self.notes.toPlainText().strip()
        self._put(tuple(sorted(typed.items())))

    def _put(self, answers: tuple[tuple[str, str], ...]) -> None:
        name = self._kept_as
        self._desk.ask(
            self._desk.tasks,  # it outlives the dialog
            lambda facade, _act: facade.keep_form(name, answers),
            done=lambda _none: None,
        )
