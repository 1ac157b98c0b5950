"""Lines of a filter: a field, a comparison that fits its type, and an editor for the value.

Must not: ask anybody; what a line means in a CRM's language the dialog asks the façade.
"""

from collections import abc
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QHBoxLayout, QWidget

from writeback.gui.i18n import OPERATOR_WORDS
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import IconButton
from writeback.gui.widgets.editors import Choice, Editor, Line, Several, yes_no
from writeback.gui.widgets.field_boxes import from_start
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.text import PlainLabel, gate, one_line
from writeback.model.attributes import Option
from writeback.model.filters import Operator
from writeback.model.types import AttributeType
from writeback.planning.filtering import FilterLine, fitting, join_values, takes_none, takes_several
from writeback.sdk.values import ObjectDescription

PATH_ROLE = Qt.ItemDataRole.UserRole
_SEVERAL_HINT = mark("one, another, …")


@dataclass(frozen=True, slots=True)
class FieldOption:
    """One field that may be compared."""

    path: str
    title: str
    kind: AttributeType
    options: tuple[Option, ...] = ()


def options_of(description: ObjectDescription, *, hop: str = "", title: str = "") -> tuple[FieldOption, ...]:
    """Give the fields of an object, or of the one behind a reference, by their labels."""
    found = []
    for info in description.fields:
        if info.kind is None:
            continue
        path = f"{hop}.{info.name}" if hop else info.name
        label = one_line(f"{title} › {info.label}" if title else info.label, 80)
        found.append(FieldOption(path, f"{label} ({path})", info.kind, info.options))
    return tuple(sorted(found, key=lambda one: one.title.casefold()))


class FieldList:
    """The fields of all lines, in one model: more may come while lines are there."""

    def __init__(self) -> None:
        self.model = QStandardItemModel()
        self._known: dict[str, FieldOption] = {}

    def add(self, options: abc.Iterable[FieldOption]) -> None:
        """Offer more fields."""
        for one in options:
            if one.path in self._known:
                continue
            self._known[one.path] = one
            item = QStandardItem(one.title)
            item.setData(one.path, PATH_ROLE)
            self.model.appendRow(item)

    def find(self, text: str) -> FieldOption | None:
        """Give a field by what the list shows, or by its path, whatever the case."""
        wanted = text.strip().casefold()
        return next(
            (one for one in self._known.values() if wanted in (one.title.casefold(), one.path.casefold())),
            None,
        )


class FieldBox(QComboBox):
    """A choice of fields that is searched by typing any part of a label or API name."""

    def __init__(self, fields: FieldList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        from_start(self)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setModel(fields.model)
        self.setMinimumContentsLength(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setCurrentIndex(-1)
        self.setAccessibleName(tr("Field"))
        completer = QCompleter(fields.model, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        edit = self.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(tr("Find a field"))


class LineRow(QFrame):
    """One line.

    Signals:
        changed: Field, comparison or value is another one.
        dropped: The line is not wanted any more; carries it.
    """

    changed = Signal()
    dropped = Signal(object)

    def __init__(self, fields: FieldList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = fields
        self._option: FieldOption | None = None
        self.field = FieldBox(fields)
        self.operator = QComboBox()
        self.operator.setAccessibleName(tr("Comparison"))
        self.operator.setMinimumWidth(120)
        self.editor: Editor | None = None
        self._place = QHBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self._error = PlainLabel(tone="refused", wraps=True)
        self._error.hide()
        drop = IconButton(tr("Remove this line"), "close", call=lambda: self.dropped.emit(self))
        line = row(gap=2)
        line.addWidget(self.field, 4)
        line.addWidget(self.operator)
        line.addLayout(self._place, 3)
        line.addWidget(drop)
        box = column(gap=1)
        box.addLayout(line)
        box.addWidget(self._error)
        self.setLayout(box)
        self.field.currentTextChanged.connect(self._field_changed)
        self.operator.activated.connect(lambda _place: self._operator_changed())
        self._offer_comparisons()

    @property
    def line(self) -> FilterLine | None:
        """What the line says; None: it is not finished."""
        if self._option is None or self.missing:
            return None
        return FilterLine(self._option.path, self._wanted(), self._text())

    @property
    def missing(self) -> str:
        """Say what a person has yet to give; '' where nothing is missing."""
        if self._option is None:
            typed = self.field.currentText().strip()
            return (
                tr("There is no field {typed}.", typed=one_line(typed, 80))
                if typed
                else tr("Choose a field.")
            )
        if not takes_none(self._wanted()) and not self._text():
            return tr("Give a value to compare with.")
        return ""

    def show_line(self, line: FilterLine) -> None:
        """Start from a line that is there already."""
        option = self._fields.find(line.path)
        if option is None:
            return
        self.field.setCurrentText(option.title)
        self.operator.setCurrentIndex(max(self.operator.findData(line.operator.value), 0))
        self._offer_editor()
        if self.editor is not None and line.text:
            self.editor.show_value(line.text)

    @property
    def path(self) -> str:
        """The path of the chosen field."""
        return self._option.path if self._option is not None else ""

    def complain(self, words: str) -> None:
        """Say at the line what is wrong with it; '' takes it back."""
        self._error.set_text(words)
        self._error.setVisible(bool(words))
        self.setAccessibleDescription(one_line(words))

    @property
    def complaint(self) -> str:
        """What is wrong with the line, as it says."""
        return self._error.text() if self._error.isVisibleTo(self) else ""

    def _wanted(self) -> Operator:
        return Operator(str(self.operator.currentData()))

    def _text(self) -> str:
        match self.editor:
            case Several():
                return join_values(self.editor.ticked_values())
            case None:
                return ""
            case _:
                return (self.editor.text_value() or "").strip()

    def _field_changed(self, text: str) -> None:
        found = self._fields.find(text)
        if found != self._option:
            self._option = found
            self._offer_comparisons()
        self._tell()

    def _operator_changed(self) -> None:
        self._offer_editor()
        self._tell()

    @property
    def _lacks_field(self) -> str:
        return "" if self._option is not None else tr("Choose a field first.")

    def _offer_comparisons(self) -> None:
        kind = self._option.kind if self._option is not None else AttributeType.TEXT
        before = self.operator.currentData()
        self.operator.clear()
        for operator in fitting(kind):
            self.operator.addItem(OPERATOR_WORDS[operator], operator.value)
        self.operator.setCurrentIndex(max(self.operator.findData(before), 0))
        gate(self.operator, self._lacks_field)
        self._offer_editor()

    def _offer_editor(self) -> None:
        before = self.editor.text_value() if isinstance(self.editor, Line) else None
        if self.editor is not None:
            self._place.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = None if takes_none(self._wanted()) else self._made(before)
        if self.editor is None:
            return
        self.editor.setAccessibleName(tr("Value"))
        gate(self.editor, self._lacks_field)
        self._place.addWidget(self.editor, 1)
        QWidget.setTabOrder(self.operator, self.editor)

    def _made(self, before: str | None) -> Editor:
        option, operator = self._option, self._wanted()
        kind = option.kind if option is not None else AttributeType.TEXT
        active = [one for one in option.options if one.active] if option is not None else []
        made: Editor
        if takes_several(operator) and active:
            made = Several(active)
            made.model().dataChanged.connect(lambda *_: self._tell())
        elif kind is AttributeType.BOOLEAN or (active and operator in (Operator.EQUALS, Operator.DIFFERS)):
            made = Choice(yes_no() if kind is AttributeType.BOOLEAN else active, clears=False)
            made.activated.connect(lambda _place: self._tell())
        else:
            made = Line(kind)
            if takes_several(operator):
                made.setPlaceholderText(tr(_SEVERAL_HINT))
            made.setAlignment(Qt.AlignmentFlag.AlignLeft)
            made.show_value(before)
            made.textChanged.connect(lambda _text: self._tell())
        return made

    def _tell(self) -> None:
        self.complain("")
        self.changed.emit()
