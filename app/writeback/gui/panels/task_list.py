"""Tasks: what has to be done about records, for whom and until when; completing one asks for its form."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from writeback.gui.dialogs.completing import CompleteDialog
from writeback.gui.dialogs.task_wish import TaskDialog
from writeback.gui.models.task_lines import TaskLine, tasks_model
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.task_acts import (
    ask_day,
    ask_name,
    completed_words,
    mend_at_values,
    reopen,
    undo_source,
)
from writeback.gui.panels.task_side import TaskSide
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import PageHead, boxed, column, row, whole_page, yielding
from writeback.gui.widgets.splits import Split
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table, keep_lines
from writeback.gui.widgets.text import one_line
from writeback.model.events import EventKind
from writeback.model.permissions import Right
from writeback.model.tasks import Task, TaskState
from writeback.runtime.facade.work import Completed
from writeback.runtime.reading import Reading
from writeback.runtime.task_writes import WroteJob

OPEN, MINE, DUE, DONE = range(4)
FILTERS: Final = (mark("All open"), mark("Mine"), mark("Due"), mark("Done"))
NONE: Final = mark("Choose a task first.")
ALONE: Final = mark("Choose one task only.")


@dataclass(frozen=True, slots=True)
class Listed:
    """What the screen shows."""

    lines: tuple[TaskLine, ...]
    about: str | None
    """The title of the record that the list is about; None: all records."""
    plays: tuple[str, ...]
    lacks: str
    """Why this person may not edit; '' they may."""


class TasksPanel(Panel):
    """The list of tasks."""

    cares_about = frozenset(
        {EventKind.TASK_CHANGED, EventKind.FORM_CHANGED, EventKind.MODEL_CHANGED, EventKind.RECORDS_PULLED}
    )

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Tasks"), parent=parent)
        self._every: tuple[TaskLine, ...] = ()
        self._about: tuple[str, str] | None = None
        self._wanted = 0
        self.model = tasks_model(desk.now, self)
        self.table = Table(tr("Tasks"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs], spare=(6, 4, 0, 5))
        self.table.chosen.connect(lambda _row: self._enter())
        self.table.every_row_asked.connect(self._choose_all)
        self.table.toggled.connect(self._toggle)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._choose())
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._tell_abilities())
        self._lacks = ""
        self.make = Button(tr("Add a task…"), picture="plus", call=self.add)
        self.complete = Button(tr("Complete…"), kind="primary", picture="check", call=self._complete)
        self.reopen = Button(tr("Reopen"), picture="undo", call=self._reopen)
        self.show_record = Button(tr("Open the record"), picture="profile", call=self._open_record)
        self.snooze = Button(
            tr("Snooze…"), kind="quiet", picture="clock", call=lambda: ask_day(self, self._tasks)
        )
        self.give = Button(tr("Give to…"), kind="quiet", call=lambda: ask_name(self, self._tasks))
        head = PageHead(
            tr("Tasks"),
            self.make,
            explains=tr(
                "What has to be done about records. Completing one can ask for values and writes them."
            ),
        )
        self._build_finder()
        self._only = Button("", kind="quiet", picture="close", call=self._forget_record)
        self._only.hide()
        self.states = States(yielding(self._build_body()))
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self._take_offer)
        page = column(head, gap=4, margin=(8, 5, 8, 5))
        page.addWidget(Flowing(boxed(self._build_filters()), self.play, self.search, self._only))
        page.addWidget(self.states, 1)
        self.setLayout(whole_page(page))

    def _build_finder(self) -> None:
        self.search = QLineEdit()
        self.search.setAccessibleName(tr("Find a task"))
        self.search.setPlaceholderText(tr("Task, record or name"))
        clearable(self.search)
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(320)
        self.search.textChanged.connect(lambda _text: self._narrow())
        self.play = QComboBox()
        self.play.setAccessibleName(tr("Made by"))
        self.play.activated.connect(lambda _place: self.refresh())
        self._show_plays(())

    def _build_body(self) -> QVBoxLayout:
        self.side = TaskSide(self.desk)
        self.side.job.connect(lambda job: self.asked.emit("jobs", job))
        self.side.undo.connect(self._undo)
        self.side.edited.connect(self._open_record)
        mend_at_values(self, self.side, lambda: self._chosen)
        both = Split(self.table, self.side, shares=(800, 250), first_grows=True)
        self.table.setMinimumWidth(320)
        keep_lines(self.table)
        body = column(both, gap=3)
        body.setStretch(0, 1)
        body.addWidget(Flowing(self.complete, self.reopen, self.show_record, self.snooze, self.give))
        return body

    def _build_filters(self) -> QHBoxLayout:
        self.filters = QButtonGroup(self)
        line = row(gap=0)
        for place, word in enumerate(FILTERS):
            button = Button(tr(word), kind="segment")
            button.setCheckable(True)
            button.setChecked(place == OPEN)
            self.filters.addButton(button, place)
            line.addWidget(button)
        self.filters.idClicked.connect(lambda _place: self.refresh())
        return line

    # for the window

    def first_focus(self) -> QWidget:
        return self.table

    def open(self, subject: object = None) -> None:
        """Come to the front; a record as subject shows its tasks only, a number goes to that task."""
        if isinstance(subject, tuple) and len(subject) == 2:
            self._about = (str(subject[0]), str(subject[1]))
        elif isinstance(subject, int):
            self._about, self._wanted = None, subject
        super().open(subject)

    def do(self, what: str) -> bool:
        acts = {
            "find": self.search.setFocus,
            "open_record": self._open_record,
            "complete_task": self._complete,
            "add_task": self.add,
        }
        if what not in acts:
            return False
        acts[what]()
        return True

    def refresh(self) -> None:
        self.states.loading()
        place, today, me, about = (
            self.filters.checkedId(),
            self.desk.now().date(),
            self.desk.author,
            self._about,
        )
        play = str(self.play.currentData() or "")

        def read(reads: Reading) -> Listed:
            told = reads.tasks.some(
                state=TaskState.DONE if place == DONE else TaskState.OPEN,
                assignee=me if place == MINE else "",
                due_by=today if place == DUE else None,
                record=about[1] if about is not None else "",
                play=play,
            )
            title = reads.title_of(*about) or about[1] if about is not None else None
            lacks = reads.team().lacks(me, Right.EDIT)
            return Listed(lines_of(reads, told), title, reads.tasks.plays(), lacks)

        self.desk.read(self, read, done=self._show, failed=self.states.error)

    # what is there

    def _show(self, told: Listed) -> None:
        self._every = told.lines
        self._lacks = told.lacks
        self.make.gate(told.lacks)
        self._only.setVisible(told.about is not None)
        self._only.say(tr("Only about {record}", record=told.about or ""))
        self._show_plays(told.plays)
        self._narrow()

    def _show_plays(self, plays: tuple[str, ...]) -> None:
        """Offer the SuccessPlays that made tasks; the chosen one stays chosen."""
        before = str(self.play.currentData() or "")
        self.play.clear()
        self.play.addItem(tr("By people and plays"), "")
        for name in plays:
            self.play.addItem(one_line(name), name)
        self.play.setCurrentIndex(max(self.play.findData(before), 0))
        self.play.setVisible(bool(plays))

    def _narrow(self) -> None:
        words = self.search.text().casefold().split()
        fitting = tuple(
            one
            for one in self._every
            if all(word in f"{one.task.title} {one.record} {one.task.assignee}".casefold() for word in words)
        )
        before = self._chosen
        some = [task.number for task in self._tasks]
        number = self._wanted or (before.task.number if before is not None else 0)
        self._wanted = 0
        at = max(self.table.currentIndex().row(), 0)
        self.model.show_rows(fitting)
        places = [place for place, one in enumerate(fitting) if one.task.number == number]
        if len(some) < 2 or some != [task.number for task in self._tasks]:  # else several stay chosen
            self.table.go_to(places[0] if places else min(at, max(len(fitting) - 1, 0)))
        self._tell_state(fitting)
        self._choose()

    def _choose(self) -> None:
        self.side.show_line(self._chosen)
        self._tell_abilities()

    def _tell_state(self, fitting: tuple[TaskLine, ...]) -> None:
        gone = sum(one.about is None for one in fitting)
        broken = sum(one.is_broken for one in fitting)
        left = sum(one.has_left for one in fitting if one.task.state is TaskState.OPEN)
        if not fitting and self._is_narrowed:
            self.states.empty(
                tr("No task fits"),
                tr("There may be others: done ones, or those of other records and people."),
                act=tr("Show all open tasks"),
                picture="search",
            )
        elif not fitting:
            self.states.empty(
                tr("Nothing has to be done"),
                tr("A task says what somebody has to do about a record, and which form it asks for."),
                act=tr("Add a task…"),
                picture="check",
            )
        elif gone:
            self.states.partial(tr("The records of %n tasks are not there any more.", gone))
        elif broken:
            self.states.partial(
                tr("%n tasks ask for a form that names something that is not there any more.", broken)
            )
        elif left:
            self.states.partial(tr("%n tasks are given to somebody who left.", left))
        else:
            self.states.ready()

    @property
    def _is_narrowed(self) -> bool:
        is_of_all = self.filters.checkedId() == OPEN and not self.play.currentData()
        return bool(self.search.text() or self._about is not None or not is_of_all)

    @property
    def _chosen(self) -> TaskLine | None:
        return self.model.row_at(self.table.currentIndex().row())

    @property
    def _lines(self) -> tuple[TaskLine, ...]:
        """The chosen lines, from top to bottom; the one in front where nothing else is chosen."""
        places = sorted(one.row() for one in self.table.selectionModel().selectedRows())
        found = [self.model.row_at(place) for place in places]
        some = tuple(one for one in found if one is not None)
        one = self._chosen
        return some or ((one,) if one is not None else ())

    def _choose_all(self) -> None:
        """Choose every line of the list, which is short."""
        last = len(self.model.rows) - 1
        whole = QItemSelection(self.model.index(0, 0), self.model.index(last, self.model.columnCount() - 1))
        if last >= 0:
            self.table.selectionModel().select(whole, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _toggle(self, place: int) -> None:
        """Take a line into the choice, or out of it, as Space does."""
        flag = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().select(self.model.index(place, 0), flag.Toggle | flag.Rows)

    @property
    def _tasks(self) -> tuple[Task, ...]:
        return tuple(one.task for one in self._lines)

    def _tell_abilities(self) -> None:
        one, some = self._chosen, self._tasks
        none = self._lacks or ("" if one is not None else tr(NONE))
        is_done = any(task.state is TaskState.DONE for task in some)
        done = tr("The task is done.") if is_done else ""
        unlike = len({task.form.casefold() for task in some}) > 1
        self.complete.say(tr("Complete %n tasks…", len(some)) if len(some) > 1 else tr("Complete…"))
        self.complete.gate(none or done or (tr("They ask for different forms.") if unlike else ""))
        for button in (self.snooze, self.give):
            button.gate(none or done)
        alone = tr(ALONE) if len(some) > 1 else ""
        self.reopen.gate(none or alone or ("" if is_done else tr("The task is open.")))
        gone = tr("The record is not there any more.") if one is not None and one.about is None else ""
        self.show_record.gate(gone if one is not None else tr(NONE))
        offers = ["find"] if self._lacks else ["find", "add_task"]
        may = not self._lacks and not is_done and not unlike
        offers += ["complete_task"] if one is not None and may else []
        offers += ["open_record"] if one is not None and not gone else []
        self.offer(*offers)

    # acts

    def _take_offer(self) -> None:
        if not self._is_narrowed:
            self.add()
            return
        self._about = None
        self.search.clear()
        self.play.setCurrentIndex(0)
        button = self.filters.button(OPEN)
        button.setChecked(True)
        self.refresh()

    def _forget_record(self) -> None:
        self._about = None
        self.refresh()

    def add(self) -> None:
        """Ask for a new task."""
        dialog = TaskDialog(self.desk, parent=self)
        dialog.made.connect(self._made)
        dialog.open()

    def _made(self, task: Task) -> None:
        self._wanted = task.number
        self.told.emit(tr("Task {number} is added.", number=task.number))
        self.refresh()

    def _enter(self) -> None:
        one = self._chosen
        if one is not None and one.task.state is TaskState.OPEN:
            self._complete()
        else:
            self._open_record()

    def _complete(self) -> None:
        some = self._lines
        if some and not self._lacks and all(one.task.state is TaskState.OPEN for one in some):
            about = ", ".join(dict.fromkeys(one.record for one in some))
            dialog = CompleteDialog(self.desk, [one.task for one in some], about, self)
            dialog.completed.connect(self._completed)
            dialog.rejected.connect(self.refresh)
            dialog.open()

    def _completed(self, told: tuple[Completed, ...]) -> None:
        self.told.emit(completed_words(told))
        self.refresh()

    def _reopen(self) -> None:
        one = self._chosen
        if one is None:
            return
        task = one.task

        def opened() -> None:
            self.filters.button(OPEN).setChecked(True)
            self._wanted = task.number
            self.refresh()

        reopen(self, task, then=opened, undo=lambda wrote: self._plan_undo(task, wrote))

    def _undo(self, wrote: WroteJob) -> None:
        one = self._chosen
        if one is not None:
            self._plan_undo(one.task, wrote)

    def _plan_undo(self, task: Task, wrote: WroteJob) -> None:
        self.asked.emit("review", undo_source(task, wrote, self.desk.author))

    def _open_record(self) -> None:
        one = self._chosen
        if one is not None and one.about is not None:
            self.asked.emit("profile", (one.task.entity, one.task.record))


def lines_of(reads: Reading, told: tuple[Task, ...]) -> tuple[TaskLine, ...]:
    """Say of tasks what their records and forms are called."""
    forms = {one.name.casefold(): one for one in reads.forms.every()}
    known = {
        entity: {one.name.casefold(): one.title for one in reads.attributes(entity)}
        for entity in {task.entity for task in told}
    }
    titles = {(one.entity, one.record): reads.title_of(one.entity, one.record) for one in told}
    here = colleagues(reads) if told else None

    def line(task: Task) -> TaskLine:
        form = forms.get(task.form.casefold())
        fields = tuple(field.attribute for field in form.fields()) if form is not None else ()
        is_broken = bool(task.form) and (
            form is None or any(one.casefold() not in known[task.entity] for one in fields)
        )
        return TaskLine(
            task,
            titles[task.entity, task.record],
            form.title if form is not None else "",
            is_broken,
            tuple(known[task.entity].get(one.casefold(), one) for one in fields),
            here is not None and bool(task.assignee) and task.assignee.casefold() not in here,
        )

    return tuple(map(line, told))


def colleagues(reads: Reading) -> frozenset[str] | None:
    """Name who works here, folded: whoever has a level, and active team members by all their names.

    None where nobody has a level: then nobody said who works here.
    """
    levels = reads.team().levels
    if not levels:
        return None
    told = {name.casefold() for name in levels}
    for person in reads.people().people:
        if person.active:
            told |= {one.casefold() for one in (person.id, person.name, person.email) if one}
    return frozenset(told)
