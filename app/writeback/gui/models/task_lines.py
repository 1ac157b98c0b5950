"""Tasks as a table shows them."""

from collections import abc
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QObject

from writeback.gui.i18n import day, moment
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import tr
from writeback.model.tasks import Task, TaskState


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with what a person knows it by."""

    task: Task
    about: str | None
    """The record's title; None: it is not there any more."""
    form: str = ""
    """The form's title."""
    is_broken: bool = False
    """Its form is gone, or asks for what is not there any more."""
    asks: tuple[str, ...] = ()
    """Titles of the attributes that its form asks for."""
    has_left: bool = False
    """Whoever it is given to does not work here any more."""

    @property
    def given_to(self) -> str:
        """Who has to do it."""
        if self.has_left:
            return tr("{name} (left)", name=self.task.assignee)
        return self.task.assignee or tr("nobody yet")

    @property
    def record(self) -> str:
        """What the record is called."""
        return tr("no longer there") if self.about is None else self.about or self.task.record


def due_words(task: Task, today: date) -> str:
    """Say until when."""
    if task.due is None:
        return ""
    is_late = task.state is TaskState.OPEN and task.due < today
    return tr("late · {day}", day=day(task.due)) if is_late else day(task.due)


def state_words(task: Task, now: datetime) -> str:
    """Say how far a task is."""
    if task.state is TaskState.DONE:
        return tr("done by {name}, {at}", name=task.ended_by, at=moment(task.ended_at, now=now))
    if task.snoozed_until is not None and task.snoozed_until > now.date():
        return tr("snoozed until {day}", day=day(task.snoozed_until))
    return tr("open")


def tasks_model(now: abc.Callable[[], datetime], parent: QObject | None = None) -> ListModel[TaskLine]:
    """Make the table."""

    def is_late(one: TaskLine) -> bool:
        task = one.task
        return task.state is TaskState.OPEN and task.due is not None and task.due < now().date()

    specs: tuple[Spec[TaskLine], ...] = (
        Spec(
            tr("No."), lambda one: str(one.task.number), is_number=True, tone=lambda _one: "muted", width=56
        ),
        Spec(
            tr("Due"),
            lambda one: due_words(one.task, now().date()),
            tone=lambda one: "refused" if is_late(one) else "",
            width=240,
        ),
        Spec(
            tr("About"),
            lambda one: one.record,
            tone=lambda one: "refused" if one.about is None else "",
            width=220,
        ),
        Spec(tr("Task"), lambda one: one.task.title, width=320),
        Spec(
            tr("Form"),
            lambda one: one.form or one.task.form,
            tone=lambda one: "refused" if one.is_broken else "",
            tip=lambda one: tr("It asks for something that is not there any more.") if one.is_broken else "",
            width=110,
        ),
        Spec(
            tr("Given to"),
            lambda one: one.given_to,
            tone=lambda one: "refused" if one.has_left else "",
            width=140,
        ),
        Spec(tr("State"), lambda one: state_words(one.task, now()), width=210),
    )
    return ListModel[TaskLine](specs, parent)
