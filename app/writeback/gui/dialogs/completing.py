"""Complete a task: outcome, notes, and the fields of its form with where they are written.

What is typed outlives the window: it is kept in the workspace when the dialog is left, and a refusal leaves
everything where it stands.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from writeback.errors import WritebackError
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.form_fields import FormFields
from writeback.gui.widgets.layouts import column, row, scrolled
from writeback.gui.widgets.paragraph import Paragraph
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel, title_free
from writeback.model.forms import InsightForm
from writeback.model.tasks import Task, TaskState
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


class CompleteDialog(QDialog):
    """One task.

    Signals:
        completed: The task is done; carries the `Completed`.
    """

    completed = Signal(object)

    def __init__(self, desk: Desk, task: Task, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._task = desk, task
        self._is_there = False
        self._is_loaded = False
        self.setWindowTitle(title_free(tr("Complete task {number}", number=task.number)))
        self.setMinimumSize(560, 420)
        self.resize(620, 620 if task.form else 420)
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
            PlainLabel(task.title, role="heading", wraps=True),
            PlainLabel(tr("About {record}", record=about), role="muted", wraps=True),
            self.banner,
            gap=2,
            margin=6,
        )
        box.addWidget(scrolled(inside), 1)
        box.addLayout(row(Button(tr("Cancel"), call=self.reject), None, self.without, self.go))
        self.setLayout(box)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.go.click)
        self.rejected.connect(self._keep)
        self.go.gate(tr("The form is being read."))
        self.outcome.setFocus()
        self._load()

    # what is there

    def _load(self) -> None:
        task, name = self._task, self._kept_as

        def read(reads: Reading) -> Asked:
            form = reads.forms.named(task.form) if task.form else None
            record = reads.record(task.entity, task.record) if form is not None else None
            return Asked(form, reads.attribute_views(task.entity), record, reads.form_draft(name))

        self._desk.read(self, read, done=self._show, failed=self._not_read)

    def _show(self, asked: Asked) -> None:
        self.fields.show_form(asked.form if asked.record is not None else None, asked.views, asked.record)
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
        is_gone = asked.form is not None and asked.record is None
        self._is_there, self._is_loaded = not is_gone, True
        self.go.gate(tr("The record is not there any more: complete without writing.") if is_gone else "")

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
        )
        for button in (self.go, self.without):
            button.gate(tr("The task is being completed."))
        self._desk.ask(
            self,
            lambda facade, act: facade.complete_task(completion, act=act),
            done=self._answered,
            failed=self._failed,
        )

    def _answered(self, told: Completed) -> None:
        self._open_again()
        if told.task.state is TaskState.DONE:
            self._put(())
            self.completed.emit(told)
            self.accept()
            return
        left = self.fields.mark(told.answers)
        self.banner.tell(
            " ".join((tr("Not completed: a value was refused. Outcome and notes are kept."), *left)),
            tone="warning",
        )

    def _failed(self, error: WritebackError) -> None:
        self._open_again()
        self.banner.tell_error(error)

    def _open_again(self) -> None:
        self.without.gate("")
        self.go.gate("" if self._is_there else tr("There is nothing to fill in: complete without writing."))

    # keeping

    @property
    def _kept_as(self) -> str:
        return f"task-{self._task.number}"

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
