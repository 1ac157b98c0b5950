"""The two columns of a value map: a value of the CRM, and what it means here."""

from collections import abc

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableWidget, QTableWidgetItem

from writeback.gui.models.value_lines import GONE, NEW, ValueLine
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.text import one_line, tip
from writeback.model.attributes import Option
from writeback.model.value_rules import Pair

NOTHING = mark("(not mapped)")
LINES_SHOWN = 12
"""So many lines stand open; a longer list scrolls in its own frame."""


class ValueMapTable(QTableWidget):
    """A line for each value of the CRM; those without a meaning stand on top.

    Signals:
        changed: A person gave a value another meaning, or none.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(0, 2)
        self.setAccessibleName(tr("Value map"))
        self.setHorizontalHeaderLabels([tr("In the CRM"), tr("Here")])
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for place in (0, 1):
            self.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self._lines: tuple[ValueLine, ...] = ()
        self.boxes: list[QComboBox] = []

    def show_lines(self, lines: tuple[ValueLine, ...], options: abc.Sequence[Option]) -> None:
        """Show these lines, and offer these values of ours; any other text is taken where there are none."""
        self._lines, self.boxes = lines, []
        self.setRowCount(len(lines))
        for place, line in enumerate(lines):
            self.setItem(place, 0, self._theirs(line))
            box = self._box(line, options)
            self.boxes.append(box)
            self.setCellWidget(place, 1, box)
            self.setRowHeight(place, 34)
        shown = min(max(len(lines), 1), LINES_SHOWN)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + 34 * shown + 4)

    def pairs(self) -> tuple[Pair, ...]:
        """Give the value map as it is chosen: lines with a meaning, in the order that was shown."""
        made = []
        for line, box in zip(self._lines, self.boxes, strict=True):
            ours = box.currentText().strip() if box.isEditable() else str(box.currentData() or "")
            if ours and ours != tr(NOTHING):
                made.append(Pair(line.theirs, ours))
        return tuple(made)

    def choose(self, place: int, ours: str) -> None:
        """Give one value a meaning."""
        box = self.boxes[place]
        found = box.findData(ours)
        if found >= 0:
            box.setCurrentIndex(found)
        elif box.isEditable():
            box.setEditText(ours)

    def _theirs(self, line: ValueLine) -> QTableWidgetItem:
        words = one_line(line.label, 60)
        more = {NEW: "new", GONE: tr("no longer offered")}.get(line.state, "")
        item = QTableWidgetItem(f"{words} · {more}" if more else words)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one_line(line.theirs, 60)} {more}".strip())
        return item

    def _box(self, line: ValueLine, options: abc.Sequence[Option]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(tr("Meaning of {theirs}", theirs=one_line(line.theirs, 60)))
        tip(box, tr("Internal value in the CRM: {theirs}", theirs=one_line(line.theirs, 60)))
        box.setEditable(not options)
        box.addItem(tr(NOTHING), "")
        for option in options:
            box.addItem(one_line(option.label, 60), option.value)
        if line.ours and box.findData(line.ours) < 0:
            box.addItem(one_line(line.ours, 60), line.ours)
        box.setCurrentIndex(max(box.findData(line.ours), 0))
        if not options:
            box.setEditText(line.ours)
        box.activated.connect(lambda _place: self.changed.emit())
        edit = box.lineEdit()
        if edit is not None:
            edit.editingFinished.connect(self.changed)
        return box
