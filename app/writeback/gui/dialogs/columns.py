"""Choose which columns a grid shows, and in which order; 500 of them are found by typing."""

from collections import abc

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.layouts import column, give_room, row
from writeback.gui.widgets.text import PlainLabel, one_line

_NAME = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """The list of columns; `call` gets the names that are shown, in their order."""

    def __init__(
        self,
        columns: abc.Sequence[tuple[str, str, bool]],
        *,
        call: abc.Callable[[tuple[str, ...]], None],
        parent: QWidget | None = None,
    ) -> None:
        """`columns`: name, title, and whether it is shown; the first one is always shown."""
        super().__init__(parent)
        self.setWindowTitle(tr("Columns"))
        give_room(self, 420, 520)
        self.find_line = QLineEdit()
        self.find_line.setPlaceholderText(tr("Find a column"))
        self.find_line.setAccessibleName(tr("Find a column"))
        clearable(self.find_line)
        self.find_line.textChanged.connect(self._find)
        self.list = QListWidget()
        self.list.setSpacing(3)
        self.list.setAccessibleName(tr("Columns"))
        for place, (name, title, is_shown) in enumerate(columns):
            item = QListWidgetItem(one_line(title))
            item.setData(_NAME, name)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(flags if place == 0 else flags | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if is_shown or place == 0 else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.up = Button(tr("Move up"), picture="sort-up", call=lambda: self._move(-1))
        self.down = Button(tr("Move down"), picture="sort-down", call=lambda: self._move(1))
        self.every = Button(tr("Show all"), kind="quiet", call=self._show_all)
        self.go = Button(tr("Show these columns"), kind="primary", call=self.accept)
        words = tr("The first column stands still while the others scroll.")
        box = column(
            PlainLabel(tr("Columns"), role="heading"),
            PlainLabel(words, role="muted", wraps=True),
            self.find_line,
            self.list,
            gap=3,
            margin=6,
        )
        box.addLayout(row(self.up, self.down, None, self.every))
        box.addLayout(row(None, Button(tr("Cancel"), call=self.reject), self.go))
        self.setLayout(box)
        self.list.currentRowChanged.connect(lambda _row: self._tell())
        self.list.setCurrentRow(0)
        self.accepted.connect(lambda: call(self.shown()))
        self._tell()

    def shown(self) -> tuple[str, ...]:
        """Give the names that are ticked, in their order."""
        return tuple(
            str(item.data(_NAME)) for item in self._items() if item.checkState() is Qt.CheckState.Checked
        )

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _find(self, text: str) -> None:
        wanted = text.strip().casefold()
        for item in self._items():
            item.setHidden(wanted not in item.text().casefold())

    def _show_all(self) -> None:
        for item in self._items():
            item.setCheckState(Qt.CheckState.Checked)

    def _move(self, step: int) -> None:
        at = self.list.currentRow()
        if not at >= 1 or not 1 <= at + step < self.list.count():
            return
        item = self.list.takeItem(at)
        self.list.insertItem(at + step, item)
        self.list.setCurrentRow(at + step)

    def _tell(self) -> None:
        at = self.list.currentRow()
        fixed = tr("The first column stays first.") if at < 1 else ""
        self.up.gate(fixed or (tr("It stands behind the first column already.") if at == 1 else ""))
        self.down.gate(fixed or (tr("It is the last one already.") if at == self.list.count() - 1 else ""))
