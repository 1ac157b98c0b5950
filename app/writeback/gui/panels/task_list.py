"""Tasks: what has to be done about records, for whom and until when; completing one asks for its form."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QWidget

from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.dialogs.completing import CompleteDialog
from writeback.gui.dialogs.task_wish import TaskDialog
from writeback.gui.models.task_lines import TaskLine, tasks_model
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import PageHead, boxed, column, row
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.model.events import EventKind
from writeback.model.tasks import Task, TaskState
from writeback.runtime.facade.work import Completed
from writeback.runtime.reading import Reading

OPEN, MINE, DUE, DONE = range(4)
FILTERS: Final = (mark("Open"), mark("Mine"), mark("Due"), mark("Done"))
NONE: Final = mark("Choose a task first.")
WEEK: Final = timedelta(days=7)


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
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.chosen.connect(lambda _row: self._enter())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._tell_abilities())
        self.complete = Button(tr("Complete…"), kind="primary", picture="check", call=self._complete)
        self.reopen = Button(tr("Reopen"), picture="undo", call=self._reopen)
        self.show_record = Button(tr("Open the record"), picture="profile", call=self._open_record)
        self.snooze = Button(tr("Snooze…"), kind="quiet", picture="clock", call=self._ask_day)
        self.give = Button(tr("Give to…"), kind="quiet", call=self._ask_name)
        head = PageHead(
            tr("Tasks"),
            Button(tr("Add a task…"), picture="plus", call=self.add),
            explains=tr(
                "What has to be done about records. Completing one can ask for values and writes them."
            ),
        )
        self.search = QLineEdit()
        self.search.setAccessibleName(tr("Find a task"))
        self.search.setPlaceholderText(tr("Task, record or name"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(220)
        self.search.setMaximumWidth(320)
        self.search.textChanged.connect(lambda _text: self._narrow())
        self._only = Button("", kind="quiet", picture="close", call=self._forget_record)
        self._only.hide()
        body = column(self.table, gap=3)
        body.addWidget(Flowing(self.complete, self.reopen, self.show_record, self.snooze, self.give))
        inside = QWidget()
        inside.setLayout(body)
        self.states = States(inside)
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self._take_offer)
        page = column(head, gap=4, margin=(8, 7, 8, 5))
        page.addLayout(row(boxed(self._build_filters()), self.search, self._only, None))
        page.addWidget(self.states, 1)
        self.setLayout(page)

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

        def read(reads: Reading) -> tuple[tuple[TaskLine, ...], str | None]:
            told = reads.tasks.some(
                state=TaskState.DONE if place == DONE else TaskState.OPEN,
                assignee=me if place == MINE else "",
                due_by=today if place == DUE else None,
                record=about[1] if about is not None else "",
            )
            title = reads.title_of(*about) or about[1] if about is not None else None
            return lines_of(reads, told), title

        self.desk.read(self, read, done=self._show, failed=self.states.error)

    # what is there

    def _show(self, told: tuple[tuple[TaskLine, ...], str | None]) -> None:
        self._every, title = told
        self._only.setVisible(title is not None)
        self._only.say(tr("Only about {record}", record=title or ""))
        self._narrow()

    def _narrow(self) -> None:
        words = self.search.text().casefold().split()
        fitting = tuple(
            one
            for one in self._every
            if all(word in f"{one.task.title} {one.record} {one.task.assignee}".casefold() for word in words)
        )
        before = self._chosen
        number = self._wanted or (before.task.number if before is not None else 0)
        self._wanted = 0
        at = max(self.table.currentIndex().row(), 0)
        self.model.show_rows(fitting)
        places = [place for place, one in enumerate(fitting) if one.task.number == number]
        self.table.go_to(places[0] if places else min(at, max(len(fitting) - 1, 0)))
        self._tell_state(fitting)
        self._tell_abilities()

    def _tell_state(self, fitting: tuple[TaskLine, ...]) -> None:
        gone = sum(one.about is None for one in fitting)
        broken = sum(one.is_broken for one in fitting)
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
        else:
            self.states.ready()

    @property
    def _is_narrowed(self) -> bool:
        return bool(self.search.text() or self._about is not None or self.filters.checkedId() != OPEN)

    @property
    def _chosen(self) -> TaskLine | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _tell_abilities(self) -> None:
        one = self._chosen
        none = "" if one is not None else tr(NONE)
        is_done = one is not None and one.task.state is TaskState.DONE
        done = tr("The task is done.") if is_done else ""
        for button in (self.complete, self.snooze, self.give):
            button.gate(none or done)
        self.reopen.gate(none or ("" if is_done else tr("The task is open.")))
        gone = tr("The record is not there any more.") if one is not None and one.about is None else ""
        self.show_record.gate(none or gone)
        offers = ["find", "add_task"]
        offers += ["complete_task"] if one is not None and not is_done else []
        offers += ["open_record"] if one is not None and not gone else []
        self.offer(*offers)

    # acts

    def _take_offer(self) -> None:
        if not self._is_narrowed:
            self.add()
            return
        self._about = None
        self.search.clear()
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
        one = self._chosen
        if one is not None and one.task.state is TaskState.OPEN:
            dialog = CompleteDialog(self.desk, one.task, one.record, self)
            dialog.completed.connect(self._completed)
            dialog.rejected.connect(self.refresh)
            dialog.open()

    def _completed(self, told: Completed) -> None:
        number = told.task.number
        words = tr("Task {number} is completed; %n values are saved.", len(told.answers), number=number)
        self.told.emit(words)
        self.refresh()

    def _reopen(self) -> None:
        one = self._chosen
        if one is None:
            return
        number = one.task.number

        def opened(_task: Task) -> None:
            self.filters.button(OPEN).setChecked(True)
            self._wanted = number
            self.told.emit(
                tr("Task {number} is open again. What it wrote stays; its job can be undone.", number=number)
            )
            self.refresh()

        self.desk.ask(
            self,
            lambda facade, act: facade.reopen_task(number, act=act),
            done=opened,
            failed=self.complain,
        )

    def _open_record(self) -> None:
        one = self._chosen
        if one is not None and one.about is not None:
            self.asked.emit("profile", (one.task.entity, one.task.record))

    def _ask_day(self) -> None:
        one = self._chosen
        if one is not None:
            number = one.task.number
            TextDialog(
                tr("Snooze task {number}", number=number),
                tr("It is not listed as due before that day."),
                label=tr("Day like 2026-12-31"),
                act=tr("Snooze"),
                call=lambda text: self._put_off(number, text),
                start=(self.desk.now().date() + WEEK).isoformat(),
                parent=self,
            ).open()

    def _put_off(self, number: int, text: str) -> None:
        try:
            until = date.fromisoformat(text)
        except ValueError:
            self.states.banner.tell(tr("{text} is no day like 2026-12-31.", text=text), tone="warning")
            return
        self.desk.ask(
            self,
            lambda facade, act: facade.change_task(number, snoozed_until=until, act=act),
            done=lambda _task: self.refresh(),
            failed=self.complain,
        )

    def _ask_name(self) -> None:
        one = self._chosen
        if one is not None:
            number = one.task.number
            TextDialog(
                tr("Give task {number} to somebody", number=number),
                "",
                label=tr("Name"),
                act=tr("Give"),
                call=lambda name: self._hand_over(number, name),
                start=one.task.assignee or self.desk.author,
                parent=self,
            ).open()

    def _hand_over(self, number: int, name: str) -> None:
        self.desk.ask(
            self,
            lambda facade, act: facade.change_task(number, assignee=name, act=act),
            done=lambda _task: self.refresh(),
            failed=self.complain,
        )


def lines_of(reads: Reading, told: tuple[Task, ...]) -> tuple[TaskLine, ...]:
    """Say of tasks what their records and forms are called."""
    forms = {one.name.casefold(): one for one in reads.forms.every()}
    known = {
        entity: {one.name.casefold() for one in reads.attributes(entity)}
        for entity in {task.entity for task in told}
    }
    titles = {(one.entity, one.record): reads.title_of(one.entity, one.record) for one in told}

    def line(task: Task) -> TaskLine:
        form = forms.get(task.form.casefold())
        asked = {field.attribute.casefold() for field in form.fields()} if form is not None else set()
        is_broken = bool(task.form) and (form is None or bool(asked - known[task.entity]))
        about = titles[task.entity, task.record]
        return TaskLine(task, about, form.title if form is not None else "", is_broken)

    return tuple(map(line, told))
