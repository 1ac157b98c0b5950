"""Editors by attribute type, in a cell or in a form. They give and take the text that a person would type."""

from collections import abc

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyleOptionViewItem, QWidget

from writeback.gui.i18n import NOT_SET
from writeback.gui.theming.roles import KIND_ROLE, OPTIONS_ROLE
from writeback.gui.translating import tr
from writeback.gui.widgets.calendars import give_calendar
from writeback.gui.widgets.members import Member
from writeback.gui.widgets.tables import CellPainter, opens_list, option_facts
from writeback.gui.widgets.text import one_line
from writeback.model.attributes import Option
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType
from writeback.planning.coercing import parted, text_of

Index = QModelIndex | QPersistentModelIndex
HINTS = {
    AttributeType.DATE: "2026-12-31",
    AttributeType.DATETIME: "2026-12-31T14:30:00Z",
    AttributeType.EMAIL: "name@example.com",
    AttributeType.USER_REF: "name@example.com",
    AttributeType.URL: "https://",
}


def yes_no() -> list[Option]:
    """Give the two values of a switch."""
    return [Option("true", tr("Yes")), Option("false", tr("No"))]


class Choice(QComboBox):
    """One of some values, or none."""

    def __init__(
        self, options: abc.Sequence[Option], *, clears: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        if clears:
            self.addItem(tr(NOT_SET), None)
        for option in options:
            self.addItem(one_line(option.label), option.value)

    def text_value(self) -> str | None:
        """Give the chosen value; None is nothing."""
        value = self.currentData()
        return None if value is None else str(value)

    def show_value(self, text: str | None) -> None:
        """Choose a value; one that is not in the list is added, so that it stays visible."""
        place = self.findData(text)
        if place < 0 and text:
            self.addItem(tr("{what} (not in the list)", what=one_line(text)), text)
            place = self.count() - 1
        self.setCurrentIndex(max(place, 0))


class Several(QComboBox):
    """Any of some values: a list with ticks."""

    def __init__(self, options: abc.Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = QStandardItemModel(self)
        for option in options:
            item = QStandardItem(one_line(option.label))
            item.setData(option.value)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
            item.setCheckState(Qt.CheckState.Unchecked)
            self._items.appendRow(item)
        self.setModel(self._items)
        self.setEditable(True)
        edit = self.lineEdit()
        if edit is not None:
            edit.setReadOnly(True)
            edit.setPlaceholderText(tr(NOT_SET))
        self._items.itemChanged.connect(self._tell)
        self.view().viewport().installEventFilter(self)
        self.view().installEventFilter(self)  # Space ticks, as it does everywhere
        self._tell()

    def setAccessibleName(self, name: str) -> None:
        """Name both the list and the line that shows what is ticked."""
        super().setAccessibleName(name)
        edit = self.lineEdit()
        if edit is not None:
            edit.setAccessibleName(name)

    def text_value(self) -> str | None:
        """Give the ticked values, joined as they are typed."""
        return text_of(self.ticked_values() or None)

    def ticked_values(self) -> tuple[str, ...]:
        """Give the ticked values, one by one."""
        return tuple(str(item.data()) for item in self._all() if item.checkState() is Qt.CheckState.Checked)

    def show_value(self, text: str | None) -> None:
        """Tick these values, as they are typed."""
        self.tick(parted(text or ""))

    def tick(self, values: abc.Collection[str]) -> None:
        """Tick these values."""
        for item in self._all():
            is_on = str(item.data()) in values
            item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_click = event.type() is QEvent.Type.MouseButtonRelease and watched is self.view().viewport()
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if is_click or (is_space and event.type() is QEvent.Type.KeyPress and watched is self.view()):
            item = self._items.itemFromIndex(self.view().currentIndex())
            if item is not None:
                is_on = item.checkState() is Qt.CheckState.Checked
                item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)
            return True
        return super().eventFilter(watched, event)

    def _all(self) -> list[QStandardItem]:
        return [self._items.item(place) for place in range(self._items.rowCount())]

    def _tell(self) -> None:
        ticked = [item.text() for item in self._all() if item.checkState() is Qt.CheckState.Checked]
        self.setEditText(", ".join(ticked))


class Line(QLineEdit):
    """A line of text, with the format as a hint; empty is nothing."""

    def __init__(self, kind: AttributeType, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(HINTS.get(kind, ""))
        if kind in DECIMAL_TYPES | INTEGER_TYPES:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        is_day = kind in (AttributeType.DATE, AttributeType.DATETIME)
        self.picker = give_calendar(self, kind) if is_day else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.picker is not None and opens_list(event):
            self.picker.open_below()
        else:
            super().keyPressEvent(event)

    def text_value(self) -> str | None:
        """Give the text; empty is nothing."""
        return self.text() or None

    def show_value(self, text: str | None) -> None:
        """Show a text."""
        self.setText(one_line(text or "", 20_000))


Editor = Choice | Several | Line | Member


def editor_for(kind: AttributeType, options: abc.Sequence[Option], parent: QWidget | None = None) -> Editor:
    """Make the editor that suits a type."""
    active = [option for option in options if option.active]
    if kind is AttributeType.BOOLEAN:
        return Choice(yes_no(), parent=parent)
    if kind is AttributeType.MULTI_LIST and active:
        return Several(active, parent)
    if kind in (AttributeType.LIST, AttributeType.LIFECYCLE) and active:
        return Choice(active, parent=parent)
    if kind is AttributeType.USER_REF and options:
        return Member(options, parent)
    return Line(kind, parent)


class CellEditor(CellPainter):
    """Paints cells and opens the right editor in them."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        kind = index.data(KIND_ROLE)
        editor = editor_for(AttributeType(kind), index.data(OPTIONS_ROLE) or (), parent)
        editor.setProperty("editing", "cell")
        editor.setAccessibleName(tr("Edit the cell"))
        if isinstance(editor, Choice):
            editor.activated.connect(lambda _place: self._commit(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, Editor):
            editor.show_value(index.data(Qt.ItemDataRole.EditRole))
            if isinstance(editor, Line):
                editor.selectAll()
            elif isinstance(editor, Member) and (edit := editor.lineEdit()) is not None:
                edit.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, Editor):
            model.setData(index, editor.text_value(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        del index
        editor.setGeometry(option_facts(option)[0])

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
