"""One attribute's line of a bulk edit: what becomes of it, with an editor that suits its type.

Must not: count or plan.
"""

from collections import abc
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLineEdit, QWidget

from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import IconButton
from writeback.gui.widgets.calculations import Calculation
from writeback.gui.widgets.editors import Editor, Several, editor_for
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.attributes import Attribute
from writeback.model.bulk import BulkAction, BulkEdit
from writeback.model.types import AttributeType
from writeback.planning import calculating

ACTIONS: Final = Words(
    {
        BulkAction.SET: mark("Set to"),
        BulkAction.CLEAR: mark("Clear"),
        BulkAction.ADD: mark("Add options"),
        BulkAction.REMOVE: mark("Take options out"),
        BulkAction.REPLACE: mark("Find and replace"),
        BulkAction.CALCULATE: mark("Calculate"),
        BulkAction.COPY: mark("Copy from"),
    }
)
_WORDY: Final = frozenset(
    {
        AttributeType.TEXT,
        AttributeType.LONG_TEXT,
        AttributeType.EMAIL,
        AttributeType.URL,
        AttributeType.LIST,
        AttributeType.LIFECYCLE,
        AttributeType.MULTI_LIST,
    }
)


def actions_of(attribute: Attribute) -> tuple[BulkAction, ...]:
    """Give what can be done to an attribute."""
    found = [BulkAction.SET, BulkAction.CLEAR]
    if attribute.kind is AttributeType.MULTI_LIST:
        found += [BulkAction.ADD, BulkAction.REMOVE]
    if attribute.kind in _WORDY:
        found.append(BulkAction.REPLACE)
    if attribute.kind in calculating.KINDS:
        found.append(BulkAction.CALCULATE)
    return (*found, BulkAction.COPY)


class BulkLine(QFrame):
    """One line.

    Signals:
        changed: It says something else.
        remade: Its editor is another one.
        dropped: It is not wanted any more; carries it.
    """

    changed = Signal()
    remade = Signal()
    dropped = Signal(object)

    def __init__(
        self,
        attributes: abc.Sequence[Attribute],
        sources: abc.Sequence[Attribute],
        parent: QWidget | None = None,
    ) -> None:
        """Offer `attributes` to be edited and `sources` to be copied from."""
        super().__init__(parent)
        self.setProperty("box", "card")
        self._attributes, self._sources = tuple(attributes), tuple(sources)
        self.attribute = QComboBox()
        self.attribute.setAccessibleName(tr("Attribute"))
        for one in attributes:
            self.attribute.addItem(one_line(one.title, 60), one.name)
        self.action = QComboBox()
        self.action.setAccessibleName(tr("What becomes of it"))
        self.editor: QWidget | None = None
        self.with_line: QLineEdit | None = None
        self._place = QHBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.case = QCheckBox(tr("Capitals and small letters alike"))
        self.case.toggled.connect(lambda _on: self._tell())
        self.case.hide()
        self._error = PlainLabel(tone="refused", wraps=True)
        self._error.hide()
        for box in (self.attribute, self.action):
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        head = row(gap=2)
        head.addWidget(self.attribute, 3)
        head.addWidget(self.action, 3)
        self._remove = IconButton(tr("Remove this line"), "close", call=lambda: self.dropped.emit(self))
        head.addWidget(self._remove)
        lines = column(gap=2, margin=(2, 2, 2, 2))
        lines.addLayout(head)
        lines.addLayout(self._place)
        lines.addWidget(self.case)
        lines.addWidget(self._error)
        self.setLayout(lines)
        self.attribute.activated.connect(lambda _place: self._offer_actions())
        self.action.activated.connect(lambda _place: self._offer_editor())
        self._offer_actions()

    def choose(self, attribute: str, action: BulkAction | None = None) -> None:
        """Start from an attribute, and maybe from what becomes of it."""
        self.attribute.setCurrentIndex(max(self.attribute.findData(attribute), 0))
        self._offer_actions()
        if action is not None and (at := self.action.findData(action.value)) >= 0:
            self.action.setCurrentIndex(at)
            self._offer_editor()

    @property
    def edit(self) -> BulkEdit | None:
        """What the line says; None: something is missing."""
        if self.missing:
            return None
        name, action = str(self.attribute.currentData()), self._action()
        if action is BulkAction.REPLACE and isinstance(self.editor, QLineEdit) and self.with_line is not None:
            find, alike = self.editor.text(), self.case.isChecked()
            return BulkEdit(name, action, self.with_line.text(), find, ignores_case=alike)
        if isinstance(self.editor, Calculation):
            return BulkEdit(name, action, self.editor.formula())
        if action is BulkAction.COPY and isinstance(self.editor, QComboBox):
            return BulkEdit(name, action, source=str(self.editor.currentData()))
        return BulkEdit(name, action, self._text() or "")

    @property
    def missing(self) -> str:
        """Say what a person has yet to give; '' where nothing is missing."""
        action = self._action()
        if action is BulkAction.CLEAR:
            return ""
        if action is BulkAction.REPLACE:
            is_there = isinstance(self.editor, QLineEdit) and self.editor.text()
            return "" if is_there else tr("Say which words are replaced.")
        if isinstance(self.editor, Calculation):
            return self.editor.missing()
        if action is BulkAction.COPY:
            return "" if self._sources else tr("There is no other attribute to copy from.")
        return "" if self._text() else tr("Give the value.")

    def stops(self) -> tuple[QWidget, ...]:
        """Give where Tab stops, in order."""
        inside = self.editor.stops() if isinstance(self.editor, Calculation) else (self.editor,)
        found = (self.attribute, self.action, self._remove, *inside, self.with_line)
        case = (self.case,) if self.with_line is not None else ()
        return (*(stop for stop in found if stop is not None), *case)

    def complain(self, words: str) -> None:
        """Say at the line what is wrong with it; '' takes it back."""
        self._error.set_text(words)
        self._error.setVisible(bool(words))
        self.setAccessibleDescription(one_line(words))

    def _action(self) -> BulkAction:
        return BulkAction(str(self.action.currentData()))

    def _text(self) -> str | None:
        return self.editor.text_value() if isinstance(self.editor, Editor) else None

    def _found(self) -> Attribute:
        name = str(self.attribute.currentData())
        return next(one for one in self._attributes if one.name == name)

    def _offer_actions(self) -> None:
        before = self.action.currentData()
        self.action.clear()
        for action in actions_of(self._found()):
            self.action.addItem(tr(ACTIONS[action]), action.value)
        self.action.setCurrentIndex(max(self.action.findData(before), 0))
        self._offer_editor()

    def _offer_editor(self) -> None:
        while (item := self._place.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.editor = self.with_line = None
        match self._action():
            case BulkAction.CLEAR:
                self._place.addWidget(PlainLabel(tr("Becomes empty in the CRM."), role="muted"))
            case BulkAction.REPLACE:
                self.editor = self._words(tr("Find"))
                self.with_line = self._words(tr("Replace with"))
            case BulkAction.CALCULATE:
                self.editor = Calculation(self._found().kind)
                self.editor.changed.connect(self._tell)
            case BulkAction.COPY:
                self.editor = self._other()
            case _:
                self.editor = self._value()
        for widget in (self.editor, self.with_line):
            if widget is not None:
                self._place.addWidget(widget, 1)
        self.case.setVisible(self.with_line is not None)
        self.remade.emit()
        self._tell()

    def _words(self, label: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(label)
        made.setAccessibleName(label)
        made.textChanged.connect(lambda _text: self._tell())
        return made

    def _other(self) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(tr("Copy from"))
        for one in self._sources:
            if one.name != self._found().name:
                made.addItem(one_line(one.title, 60), one.name)
        made.activated.connect(lambda _place: self._tell())
        return made

    def _value(self) -> Editor:
        found = self._found()
        made = editor_for(found.kind, found.options)
        made.setAccessibleName(tr("Value"))
        if isinstance(made, Several):
            made.model().dataChanged.connect(lambda *_: self._tell())
        elif isinstance(made, QComboBox):
            made.activated.connect(lambda _place: self._tell())
            made.editTextChanged.connect(lambda _text: self._tell())
        else:
            made.setAlignment(Qt.AlignmentFlag.AlignLeft)
            made.textChanged.connect(lambda _text: self._tell())
        return made

    def _tell(self) -> None:
        self.complain("")
        self.changed.emit()
