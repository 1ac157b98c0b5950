"""Fill an insight form on a record: all values become one act, or none and each refused field says why."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from writeback.errors import WritebackError
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.form_fields import FormFields
from writeback.gui.widgets.layouts import column, give_room, row, scrolled
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.forms import InsightForm
from writeback.model.reports import EditAnswer
from writeback.model.types import RecordId
from writeback.runtime.facade.work import Filling
from writeback.runtime.reading import Reading
from writeback.runtime.views import AttributeView, RecordView


@dataclass(frozen=True, slots=True)
class Offered:
    """The record, and the forms that are offered on it."""

    forms: tuple[InsightForm, ...]
    views: tuple[AttributeView, ...]
    record: RecordView | None


class FillDialog(QDialog):
    """One record; the form is chosen where there are several. The keyboard starts in the first field.

    Signals:
        filled: The form was saved; carries the answers, one a value.
    """

    filled = Signal(object)

    def __init__(self, desk: Desk, entity: str, rid: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._entity, self._rid = desk, entity, rid
        self._offered = Offered((), (), None)
        self._form: InsightForm | None = None
        self.setWindowTitle(tr("Update with form"))
        self.setMinimumSize(560, 320)
        give_room(self, 600, 540)
        self._title = PlainLabel(tr("Update with form"), role="heading", wraps=True)
        self._about = PlainLabel("", role="muted", wraps=True)
        self.banner = Banner()
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Form"))
        self.choice.hide()
        self.choice.activated.connect(lambda _place: self._show_form())
        self.fields = FormFields()
        self.fields.changed.connect(self._tell)
        self.save = Button(tr("Save"), kind="primary", picture="check", call=self._save)
        inside = QWidget()
        inside.setLayout(column(self.fields, None, margin=(0, 0, 3, 0)))
        box = column(self._title, self._about, self.choice, self.banner, gap=2, margin=6)
        box.addWidget(scrolled(inside), 1)
        box.addLayout(row(None, Button(tr("Cancel"), call=self.reject), self.save))
        self.setLayout(box)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save.click)
        self.save.gate(tr("The form is being read."))

        def read(reads: Reading) -> Offered:
            forms = reads.forms.offered(entity, desk.author)
            return Offered(forms, reads.attribute_views(entity), reads.record(entity, rid))

        desk.read(self, read, done=self._show, failed=self.banner.tell_error)

    # what is there

    def _show(self, offered: Offered) -> None:
        self._offered = offered
        record = offered.record
        if record is None:
            self.banner.tell(tr("The record is not there any more."), tone="warning", closes=False)
            return
        self._about.set_text(tr("About {record}", record=record.title))
        for one in offered.forms:
            self.choice.addItem(one_line(one.title), one.name)
        self.choice.setVisible(len(offered.forms) > 1)
        if not offered.forms:
            self.banner.tell(
                tr("No form for these records is published for you. Publish one under Insight forms."),
                closes=False,
            )
            self.save.gate(tr("There is no form to fill in."))
            return
        self._show_form()

    def _show_form(self) -> None:
        self._form = self._offered.forms[max(self.choice.currentIndex(), 0)]
        self._title.set_text(self._form.title)
        self.fields.show_form(self._form, self._offered.views, self._offered.record)
        first = self.fields.first_focus()
        if first is not None:
            first.setFocus()
        self._tell()

    def _tell(self) -> None:
        self.save.gate("" if self.fields.values() else tr("Nothing is changed yet."))

    # saving

    def _save(self) -> None:
        if self._form is None:
            return
        filling = Filling(
            self._form.name,
            RecordId(self._rid),
            self.fields.values(),
            self._desk.author,
            seen=self.fields.seen(),
        )
        self.save.gate(tr("The form is being saved."))
        self._desk.ask(
            self,
            lambda facade, act: facade.fill_form(filling, act=act),
            done=self._answered,
            failed=self._failed,
        )

    def _answered(self, answers: tuple[EditAnswer, ...]) -> None:
        if not any(one.state == "blocked" for one in answers):
            self.filled.emit(answers)
            self.accept()
            return
        self._tell()
        left = self.fields.mark(one for one in answers if one.state == "blocked")
        if any(one.state != "blocked" for one in answers):
            words = tr("Some values were saved; the marked ones were not.")
        else:
            words = tr("Not saved: a value was refused. Everything typed stays here.")
        self.banner.tell(" ".join((words, *left)), tone="warning")

    def _failed(self, error: WritebackError) -> None:
        self._tell()
        self.banner.tell_error(error)
