"""The chosen line of a form's design: a heading's words, or what a field says and when it is asked for."""

from collections import abc
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.editors import Editor, editor_for
from writeback.gui.widgets.layouts import column, titled_line
from writeback.gui.widgets.text import PlainLabel, gate, one_line
from writeback.model.forms import FormField
from writeback.runtime.views import AttributeView


class FormLine(QWidget):
    """Edits one line.

    Signals:
        changed: The line is another now; carries it.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item: str | FormField | None = None
        self._is_showing = False
        self._none = PlainLabel(tr("Choose a line, or add an attribute."), role="muted", wraps=True)
        self.heading = QLineEdit()
        self.heading.setAccessibleName(tr("Heading of the section"))
        self.help = QLineEdit()
        self.help.setAccessibleName(tr("Help"))
        self.required = QCheckBox(tr("Has to be filled in"))
        self.default: Editor | None = None
        self._default_place = QVBoxLayout()
        self._default_place.setContentsMargins(0, 0, 0, 0)
        self.when = QComboBox()
        self.when.setAccessibleName(tr("Only when"))
        self.value = QLineEdit()
        self.value.setAccessibleName(tr("has the value"))
        self._section = QWidget()
        top = QFormLayout(self._section)
        top.setContentsMargins(0, 0, 0, 0)
        titled_line(top, tr("Heading"), self.heading)
        self._field = QWidget()
        lines = QFormLayout(self._field)
        lines.setContentsMargins(0, 0, 0, 0)
        titled_line(lines, tr("Help"), self.help)
        titled_line(lines, "", self.required)
        titled_line(lines, tr("Default"), self._default_place)
        titled_line(lines, tr("Only when"), self.when)
        titled_line(lines, tr("has the value"), self.value)
        self.setLayout(column(self._none, self._section, self._field, None, gap=2))
        for line in (self.heading, self.help, self.value):
            line.textEdited.connect(lambda _text: self._take())
        self.required.toggled.connect(lambda _on: self._take())
        self.when.activated.connect(lambda _place: self._take())
        self.show_line(None, {})

    def show_line(self, item: str | FormField | None, known: abc.Mapping[str, AttributeView]) -> None:
        """Show a line; the one that is shown already keeps the keyboard."""
        if item is not None and item == self._item:
            return
        self._item = item
        self._is_showing = True
        self._none.setVisible(item is None)
        self._section.setVisible(isinstance(item, str))
        self._field.setVisible(isinstance(item, FormField))
        if isinstance(item, str):
            self.heading.setText(item)
        elif item is not None:
            self._show_field(item, known)
        self._is_showing = False

    def _show_field(self, field: FormField, known: abc.Mapping[str, AttributeView]) -> None:
        self.help.setText(field.help)
        self.required.setChecked(field.is_required)
        self._show_default(field, known.get(field.attribute.casefold()))
        self.when.clear()
        self.when.addItem(tr("always"), "")
        for name, view in known.items():
            if name != field.attribute.casefold():
                self.when.addItem(one_line(view.attribute.title), view.attribute.name)
        wanted = field.when[0] if field.when is not None else ""
        place = self.when.findData(wanted)
        if place < 0:
            self.when.addItem(one_line(wanted), wanted)
            place = self.when.count() - 1
        self.when.setCurrentIndex(place)
        self.value.setText(field.when[1] if field.when is not None else "")
        self._gate_value(is_asked=field.when is not None)

    def _gate_value(self, *, is_asked: bool) -> None:
        gate(self.value, "" if is_asked else tr("It is asked always, so no value is compared."))

    def _show_default(self, field: FormField, view: AttributeView | None) -> None:
        if self.default is not None:
            self._default_place.removeWidget(self.default)
            self.default.hide()
            self.default.deleteLater()
            self.default = None
        if view is None:
            return
        self.default = editor_for(view.attribute.kind, view.attribute.options)
        self.default.setAccessibleName(tr("Default"))
        self.default.show_value(field.default)
        self._default_place.addWidget(self.default)
        if isinstance(self.default, QComboBox):
            self.default.currentTextChanged.connect(lambda _text: self._take())
        else:
            self.default.textChanged.connect(lambda _text: self._take())

    def _take(self) -> None:
        if self._is_showing or self._item is None:
            return
        if isinstance(self._item, str):
            self._item = self.heading.text()
        else:
            asked = str(self.when.currentData() or "")
            self._gate_value(is_asked=bool(asked))
            self._item = replace(
                self._item,
                help=self.help.text().strip(),
                is_required=self.required.isChecked(),
                default=self.default.text_value() if self.default is not None else self._item.default,
                when=(asked, self.value.text().strip()) if asked else None,
            )
        self.changed.emit(self._item)
