"""Boxes in which a field is chosen, a path is typed, or a number is turned."""

from collections import abc
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDoubleSpinBox, QSpinBox

from writeback.gui.theming.current import sized
from writeback.gui.translating import tr
from writeback.gui.widgets.text import one_line
from writeback.sdk.values import FieldInfo

TurnedT = TypeVar("TurnedT", bound=QAbstractSpinBox)
FIELD_LEAST = 28
"""So many characters of a field's name are seen."""
INSET = 8
"""So far from the edge begins what stands in a field; the style sheet says the same of all the others."""


def turned(box: TurnedT) -> TurnedT:
    """Dress a field with turning arrows as the other fields are, numbers in groups of three digits.

    Qt keeps the padding of a style sheet away from the line inside such a field.
    """
    if isinstance(box, QSpinBox | QDoubleSpinBox):
        box.setGroupSeparatorShown(True)
    line = box.lineEdit()
    is_mirrored = box.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def fit(px: abc.Callable[[int], int]) -> None:
        line.setTextMargins(0 if is_mirrored else px(INSET), 0, px(INSET) if is_mirrored else 0, 0)

    sized(box, fit)
    return box


def from_start(box: QComboBox) -> QComboBox:
    """Let a box that can be typed into show the beginning of what stands in it, as long as nobody types."""
    edit = box.lineEdit()
    if edit is None:
        return box

    def begin() -> None:
        if shiboken6.isValid(edit) and not edit.hasFocus():  # it ends its editing when it is deleted, too
            edit.setCursorPosition(0)

    edit.textChanged.connect(lambda _text: begin())
    edit.editingFinished.connect(begin)
    return box


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
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(FIELD_LEAST)
    from_start(box)
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
