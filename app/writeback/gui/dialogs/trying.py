"""Try a form on a record: what filling it in would do, told field by field; nothing is kept."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.finding import RecordFinder
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.form_fields import FormFields
from writeback.gui.widgets.layouts import column, give_room, row, scrolled
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel
from writeback.model.forms import InsightForm
from writeback.model.reports import EditAnswer
from writeback.model.types import RecordId
from writeback.runtime.facade.work import Filling
from writeback.runtime.naming import NamedRecord
from writeback.runtime.reading import Reading
from writeback.runtime.views import AttributeView, RecordView


class TryDialog(QDialog):
    """A form, published or not, on a record that is found by its name here."""

    def __init__(
        self, desk: Desk, form: InsightForm, views: tuple[AttributeView, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._form, self._views = desk, form, views
        self._rid = ""
        self.setWindowTitle(tr("Test a form"))
        self.setMinimumSize(560, 360)
        give_room(self, 620, 600)
        self.banner = Banner()
        self.record = RecordFinder(desk, entity=form.entity)
        self.record.setAccessibleName(tr("On the record"))
        self.record.found.connect(self._found)
        self.fields = FormFields()
        self.fields.changed.connect(self._tell)
        self.told = PlainLabel("", wraps=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.setAccessibleName(tr("What it would do"))
        self.told.hide()
        self.go = Button(tr("Test"), kind="primary", picture="check", call=self._try)
        inside = QWidget()
        inside.setLayout(column(self.fields, None, margin=(0, 0, 3, 0)))
        box = column(
            PlainLabel(tr("Test {form}", form=form.title), role="heading", wraps=True),
            PlainLabel(tr("On any record. Nothing of it is kept or sent."), role="muted", wraps=True),
            self.record,
            self.banner,
            gap=2,
            margin=6,
        )
        box.addWidget(scrolled(inside), 1)
        box.addWidget(self.told)
        box.addLayout(row(None, Button(tr("Close"), call=self.reject), self.go))
        self.setLayout(box)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.go.click)
        self.fields.show_form(form, views, None)
        self.record.setFocus()
        self._tell()

    def _found(self, one: NamedRecord | None) -> None:
        self._rid = one.rid if one is not None else ""
        self._tell()
        if one is None:
            return

        def read(reads: Reading) -> RecordView | None:
            return reads.record(one.entity, one.rid)

        self._desk.read(self, read, done=self._show, failed=self.banner.tell_error)

    def _show(self, record: RecordView | None) -> None:
        if record is not None and record.rid == self._rid:
            self.fields.show_form(self._form, self._views, record)
            self._tell()

    def _tell(self) -> None:
        self.told.hide()
        if not self._rid:
            self.go.gate(tr("Choose a record first."))
        else:
            self.go.gate("")

    def _try(self) -> None:
        filling = Filling(self._form.name, RecordId(self._rid), self.fields.values(), self._desk.author)
        self._desk.ask(
            self, lambda facade, _act: facade.try_form(filling), done=self._answered, failed=self._failed
        )

    def _answered(self, answers: tuple[EditAnswer, ...]) -> None:
        self.banner.hide()
        left = self.fields.mark(one for one in answers if one.state == "blocked")
        names = {view.attribute.name: view.attribute.title for view in self._views}
        kept = [names.get(one.attribute, one.attribute) for one in answers if one.state == "draft"]
        same = [names.get(one.attribute, one.attribute) for one in answers if one.state == "unchanged"]
        refused = sum(one.state == "blocked" for one in answers)
        words = []
        if refused:
            words.append(tr("%n values would be refused, and nothing would be saved.", refused))
        elif kept:
            words.append(tr("Would be saved: {names}.", names=", ".join(kept)))
        if same:
            words.append(tr("Already so: {names}.", names=", ".join(same)))
        self.told.set_text(" ".join((*words, *left)) or tr("Nothing would be changed."))
        self.told.show()

    def _failed(self, error: WritebackError) -> None:
        self.banner.tell_error(error)
