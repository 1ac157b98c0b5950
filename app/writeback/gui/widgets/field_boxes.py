"""Boxes in which a field is chosen, or a path is typed."""

from collections import abc

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from writeback.gui.translating import tr
from writeback.gui.widgets.text import one_line
from writeback.sdk.values import FieldInfo


def chosen(box: QComboBox) -> str:
    """Give what is chosen in a box, or typed into it."""
    at = box.findText(box.currentText()) if box.isEditable() else box.currentIndex()
    return str(box.itemData(at)) if at >= 0 else box.currentText().strip()


def field_box() -> QComboBox:
    """Make the box that says which field the chosen column writes."""
    box = QComboBox()
    box.setAccessibleName(tr("The chosen column writes to"))
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setMinimumWidth(260)
    completer = box.completer()
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(completer.CompletionMode.PopupCompletion)
    return box


def fill_fields(box: QComboBox, fields: abc.Iterable[FieldInfo]) -> None:
    """Offer fields by the names people know."""
    for one in sorted(fields, key=lambda one: (one.label or one.name).casefold()):
        if one.kind is not None:
            box.addItem(f"{one_line(one.label or one.name)} ({one.name})", one.name)
