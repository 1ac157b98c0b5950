"""Add an attribute, or give one another type: what becomes of its values is told before anything happens."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from writeback.errors import WritebackError
from writeback.gui.i18n import TYPE_WORDS, number
from writeback.gui.models.attributes import LISTS, read_options
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, lay_out, row
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel, one_line, title_free
from writeback.model.attributes import Attribute
from writeback.model.types import AttributeType
from writeback.runtime.facade import Retyping


class AddAttributeDialog(QDialog):
    """Makes one attribute.

    Signals:
        added: It was made; carries it.
    """

    added = Signal(object)

    def __init__(self, desk: Desk, entity: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._entity = desk, entity
        self.setWindowTitle(tr("Add an attribute"))
        self._banner = Banner()
        self.title = QLineEdit()
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("small letters, digits, _; it never changes"))
        self.kind = _types()
        self.options = QPlainTextEdit()
        self.options.setPlaceholderText(tr("one a line: value, or value = label"))
        self.options.setTabChangesFocus(True)
        self.options.setFixedHeight(110)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        for words, field in (
            (tr("Title"), self.title),
            (tr("API name"), self.name),
            (tr("Type"), self.kind),
            (tr("Options"), self.options),
        ):
            field.setAccessibleName(words)
            form.addRow(PlainLabel(words), field)
        self._form = form
        self._add = Button(tr("Add attribute"), kind="primary", call=self._save)
        body = column(PlainLabel(tr("Add an attribute"), role="heading"), self._banner)
        body.addLayout(form)
        self._fit()
        lay_out(self, body, row(None, Button(tr("Cancel"), call=self.reject), self._add), width=480)
        self._add.setDefault(True)
        self.title.setFocus()
        self.title.textEdited.connect(self._propose)
        self.kind.activated.connect(lambda _place: self._fit())

    def _propose(self, text: str) -> None:
        """Propose an API name from the title until somebody typed one."""
        if not self.name.isModified():
            words = "".join(sign if sign.isalnum() and sign.isascii() else " " for sign in text.casefold())
            self.name.setText("_".join(words.split()))

    def _fit(self) -> None:
        self._form.setRowVisible(self.options, _kind(self.kind) in LISTS)

    def _save(self) -> None:
        kind = _kind(self.kind)
        name = self.name.text().strip()
        options = read_options(self.options.toPlainText()) if kind in LISTS else ()
        wish = Attribute(self._entity, name, self.title.text().strip() or name, kind, options)
        self._add.gate(tr("The attribute is being added."))
        self._desk.ask(
            self,
            lambda facade, act: facade.add_attribute(wish, act=act),
            done=self._done,
            failed=self._failed,
        )

    def _done(self, attribute: Attribute) -> None:
        self.added.emit(attribute)
        self.accept()

    def _failed(self, error: WritebackError) -> None:
        self._add.gate("")
        self._banner.tell_error(error)


class RetypeDialog(QDialog):
    """Gives an attribute another type.

    Signals:
        retyped: It has another type now; carries what became of its values.
    """

    retyped = Signal(object)

    def __init__(self, desk: Desk, attribute: Attribute, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._attribute = desk, attribute
        self.setWindowTitle(tr("Change type"))
        self._banner = Banner()
        self.kind = _types(without=attribute.kind)
        self.kind.setAccessibleName(tr("New type"))
        self.words = PlainLabel("", wraps=True)
        self.convert = Button(tr("Change type"), kind="danger", call=self._convert)
        title = tr("Another type for {attribute}", attribute=one_line(attribute.title, 60))
        body = column(
            PlainLabel(title, role="heading", wraps=True),
            self._banner,
            PlainLabel(tr("It is {type} now.", type=TYPE_WORDS[attribute.kind]), role="muted"),
            self.kind,
            self.words,
        )
        lay_out(self, body, row(None, Button(tr("Cancel"), call=self.reject), self.convert), width=480)
        self.kind.activated.connect(lambda _place: self._look())
        self._look()

    def _look(self) -> None:
        name, kind = self._attribute.name, _kind(self.kind)
        self.words.set_text(tr("Looking at its values…"))
        self.convert.gate(tr("What becomes of the values is not known yet."))
        self._desk.ask(
            self,
            lambda facade, _act: (kind, facade.preview_retype(self._attribute.entity, name, kind)),
            done=self._show,
            failed=self._failed,
        )

    def _show(self, told: tuple[AttributeType, Retyping]) -> None:
        kind, found = told
        if kind is not _kind(self.kind):
            return
        lost = found.values - found.converts
        words = tr("{converts} of %n values convert.", found.values, converts=number(found.converts))
        if lost:
            some = ", ".join(one_line(one, 40) for one in found.samples)
            words += tr(
                " {lost} become empty here until the next pull, such as: {some}.",
                lost=number(lost),
                some=some,
            )
        self.words.set_text(
            tr("{words} The CRMs keep their values; the next pull reads everything.", words=words)
        )
        self.convert.gate("")

    def _convert(self) -> None:
        name, kind = self._attribute.name, _kind(self.kind)
        self.convert.gate(tr("The values are being converted."))
        self._desk.ask(
            self,
            lambda facade, act: facade.retype_attribute(self._attribute.entity, name, kind, act=act),
            done=self._done,
            failed=self._failed,
        )

    def _done(self, found: Retyping) -> None:
        self.retyped.emit(found)
        self.accept()

    def _failed(self, error: WritebackError) -> None:
        self.words.set_text("")
        self.convert.gate("")
        self._banner.tell_error(error)


def _types(*, without: AttributeType | None = None) -> QComboBox:
    box = QComboBox()
    for kind, word in TYPE_WORDS.items():
        if kind is not without:
            box.addItem(word, kind.value)
    return box


def _kind(box: QComboBox) -> AttributeType:
    return AttributeType(str(box.currentData()))


class MergeDialog(QDialog):
    """Lets one option of a list become another.

    Signals:
        merged: It was done; carries the attribute.
    """

    merged = Signal(object)

    def __init__(self, desk: Desk, attribute: Attribute, gone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._attribute = desk, attribute
        title = tr("Merge two options of {attribute}", attribute=one_line(attribute.title, 60))
        self.setWindowTitle(title_free(title))
        self._banner = Banner()
        self.gone, self.into = QComboBox(), QComboBox()
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        for words, box in ((tr("This option goes"), self.gone), (tr("and becomes"), self.into)):
            box.setAccessibleName(words)
            for option in attribute.options:
                box.addItem(one_line(option.label), option.value)
            form.addRow(PlainLabel(words), box)
        self.gone.setCurrentIndex(max(self.gone.findData(gone), 0))
        self.into.setCurrentIndex(1 if self.gone.currentIndex() == 0 else 0)
        self.words = PlainLabel(role="muted", wraps=True)
        self.act = Button(tr("Merge options"), kind="primary", call=self._merge)
        body = column(PlainLabel(title, role="heading", wraps=True), self._banner)
        body.addLayout(form)
        body.addWidget(self.words)
        lay_out(self, body, row(None, Button(tr("Cancel"), call=self.reject), self.act), width=480)
        for box in (self.gone, self.into):
            box.currentIndexChanged.connect(lambda _place: self._tell())
        self._tell()

    def _tell(self) -> None:
        gone, into = self.gone.currentText(), self.into.currentText()
        self.words.set_text(
            tr(
                "Records that hold {gone} hold {into} from now on, and what CRMs call {gone} is read as "
                "{into}. Nothing is written to a CRM.",
                gone=gone,
                into=into,
            )
        )
        is_same = self.gone.currentData() == self.into.currentData()
        self.act.gate(tr("Choose two different options.") if is_same else "")

    def _merge(self) -> None:
        entity, name = self._attribute.entity, self._attribute.name
        gone, into = str(self.gone.currentData()), str(self.into.currentData())
        self.act.gate(tr("The options are being merged."))
        self._desk.ask(
            self,
            lambda facade, act: facade.merge_options(entity, name, gone=gone, into=into, act=act),
            done=self._done,
            failed=self._failed,
        )

    def _done(self, attribute: Attribute) -> None:
        self.merged.emit(attribute)
        self.accept()

    def _failed(self, error: WritebackError) -> None:
        self._tell()
        self._banner.tell_error(error)
