"""The open tasks of one record, as a card of its profile, with the ways to add and to complete one."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from writeback.gui.dialogs.completing import CompleteDialog
from writeback.gui.dialogs.filling import FillDialog
from writeback.gui.dialogs.task_wish import TaskDialog
from writeback.gui.models.task_lines import due_words
from writeback.gui.panels.task_acts import completed_words
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import clear, column, row
from writeback.gui.widgets.text import ElidedLabel, PlainLabel
from writeback.model.tasks import Task

MOST = 5
"""So many tasks stand on the card; the list has them all."""


class TaskCard(QFrame):
    """A card of tasks.

    Signals:
        changed: A task was made or completed, or a form was filled; the record may hold other values.
        all_wanted: The list of the record's tasks shall open.
        told: Something to say in the status line.
    """

    changed = Signal()
    all_wanted = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        self.setAccessibleName(tr("Tasks of the record"))
        self._desk = desk
        self._about: tuple[str, str, str] | None = None
        self._shown: tuple[Task, ...] | None = None
        self.buttons: list[Button] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.fill = Button(tr("Update with form…"), picture="pencil", call=self.fill_form)
        self._add = Button(tr("Add a task…"), kind="quiet", picture="plus", call=self.add)
        self._all = Button(tr("All tasks"), kind="quiet", call=self.all_wanted.emit)
        body = column(PlainLabel(tr("Tasks"), role="heading"), gap=2, margin=(5, 4, 5, 4))
        body.addLayout(self._lines)
        body.addLayout(row(self._add, self._all, None))
        body.addLayout(row(self.fill, None))
        self.setLayout(body)
        self.hide()

    def show_tasks(self, about: tuple[str, str, str], tasks: tuple[Task, ...]) -> None:
        """Show the open tasks of a record (entity, id, title); the same ones keep the focus."""
        self._about = about
        self.show()
        if tasks == self._shown:
            return
        self._shown = tasks
        clear(self._lines)
        self.buttons = []
        if not tasks:
            self._lines.addWidget(PlainLabel(tr("Nothing has to be done here."), role="muted", wraps=True))
        for task in tasks[:MOST]:
            self._lines.addWidget(self._line(task))
        if len(tasks) > MOST:
            self._lines.addWidget(PlainLabel(tr("and %n more", len(tasks) - MOST), role="caption"))

    def forget(self) -> None:
        """Show nothing: there is no record."""
        self._about, self._shown = None, None
        self.hide()

    def _line(self, task: Task) -> QWidget:
        today = self._desk.now().date()
        due = due_words(task, today)
        words = " · ".join(filter(None, (due, task.assignee)))
        button = Button(tr("Complete…"), kind="quiet", picture="check", call=partial(self._complete, task))
        button.setAccessibleName(tr("Complete {task}", task=task.title))
        self.buttons.append(button)
        head = row(gap=2)
        head.addWidget(ElidedLabel(task.title, role="strong"), 1)
        head.addWidget(button)
        inner = column(gap=0)
        inner.addLayout(head)
        if words:
            inner.addWidget(ElidedLabel(words, role="caption"))
        holder = QWidget()
        holder.setLayout(inner)
        return holder

    # acts

    def fill_form(self) -> None:
        """Open the forms of the record."""
        if self._about is not None:
            dialog = FillDialog(self._desk, self._about[0], self._about[1], self)
            dialog.filled.connect(
                lambda answers: self._after(tr("The form is saved: %n values.", len(answers)))
            )
            dialog.open()

    def add(self) -> None:
        """Ask for a new task about the record."""
        if self._about is not None:
            dialog = TaskDialog(self._desk, self._about, self)
            dialog.made.connect(lambda task: self._after(tr("Task {number} is added.", number=task.number)))
            dialog.open()

    def _complete(self, task: Task) -> None:
        about = self._about[2] if self._about is not None else ""
        dialog = CompleteDialog(self._desk, [task], about, self)
        dialog.completed.connect(lambda told: self._after(completed_words(told)))
        dialog.open()

    def _after(self, words: str) -> None:
        self.told.emit(words)
        self.changed.emit()
