"""Make a task: about which record, what, until when, for whom, and which form it asks for."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.finding import RecordFinder
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.editors import Line
from writeback.gui.widgets.layouts import column, lay_out, row, titled_line
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.forms import InsightForm
from writeback.model.tasks import Task
from writeback.model.types import AttributeType, RecordId
from writeback.runtime.facade.work import TaskWish
from writeback.runtime.naming import NamedRecord


class TaskDialog(QDialog):
    """A new task. `about` is entity, id and title of the record; None: it is found by its name here.

    Signals:
        made: The task is there; carries it.
    """

    made = Signal(object)

    def __init__(
        self, desk: Desk, about: tuple[str, str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._about = desk, about
        self._forms: tuple[InsightForm, ...] = ()
        self.setWindowTitle(tr("Add a task"))
        self.banner = Banner()
        self.record = RecordFinder(desk)
        self.record.setAccessibleName(tr("About"))
        self.record.found.connect(self._found)
        self.title = QLineEdit()
        self.title.setAccessibleName(tr("What has to be done"))
        self.due = Line(AttributeType.DATE)
        self.due.setAccessibleName(tr("Due"))
        self.assignee = QLineEdit(desk.author)
        self.assignee.setAccessibleName(tr("Given to"))
        self.form = QComboBox()
        self.form.setAccessibleName(tr("Form"))
        self.go = Button(tr("Add task"), kind="primary", call=self._add)
        lines = QFormLayout()
        lines.setVerticalSpacing(8)
        if about is None:
            titled_line(lines, tr("About"), self.record)
        else:
            self.record.hide()
        titled_line(lines, tr("Task"), self.title)
        titled_line(lines, tr("Due"), self.due)
        titled_line(lines, tr("Given to"), self.assignee)
        titled_line(lines, tr("Form"), self.form)
        head = tr("Add a task") if about is None else tr("Add a task about {record}", record=about[2])
        box = column(PlainLabel(head, role="heading", wraps=True), self.banner)
        box.addLayout(lines)
        lay_out(self, box, row(None, Button(tr("Cancel"), call=self.reject), self.go), width=520)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.go.click)
        self.title.textChanged.connect(lambda _text: self._tell())
        (self.title if about is not None else self.record).setFocus()
        desk.read(self, lambda reads: reads.forms.every(), done=self._offer, failed=self.banner.tell_error)
        self._tell()

    # the record

    def _found(self, one: NamedRecord | None) -> None:
        self._about = None if one is None else (one.entity, one.rid, one.title)
        if one is not None:
            self._offer(self._forms)
        self._tell()

    # the rest

    def _offer(self, forms: tuple[InsightForm, ...]) -> None:
        """Offer the published forms of the record's entity."""
        self._forms = forms
        self.form.clear()
        self.form.addItem(tr("None"), "")
        entity = self._about[0] if self._about is not None else ""
        for one in forms:
            if one.is_published and one.entity == entity:
                self.form.addItem(one_line(one.title), one.name)

    def _tell(self) -> None:
        if self._about is None:
            self.go.gate(tr("Choose a record first."))
        else:
            self.go.gate("" if self.title.text().strip() else tr("Say what has to be done."))

    def _due(self) -> date | None:
        """Give the day.

        Raises:
            ValueError: It is none.
        """
        text = self.due.text().strip()
        return date.fromisoformat(text) if text else None

    def _add(self) -> None:
        if self._about is None:
            return
        try:
            due = self._due()
        except ValueError:
            self.banner.tell(tr("Due is a day like 2026-12-31, or nothing."), tone="warning")
            self.due.setFocus()
            return
        wish = TaskWish(
            RecordId(self._about[1]),
            self.title.text(),
            self._desk.author,
            assignee=self.assignee.text(),
            due=due,
            form=str(self.form.currentData() or ""),
        )
        self.go.gate(tr("The task is being made."))
        self._desk.ask(
            self, lambda facade, act: facade.add_task(wish, act=act), done=self._added, failed=self._failed
        )

    def _added(self, task: Task) -> None:
        self.made.emit(task)
        self.accept()

    def _failed(self, error: WritebackError) -> None:
        self._tell()
        self.banner.tell_error(error)
