"""The command palette: every action by any of its words, with its key and, when disabled, the reason."""

from collections import abc

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from writeback.gui.actions.table import Action, Context
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import themed_icon
from writeback.gui.widgets.layouts import column
from writeback.gui.widgets.text import PlainLabel, one_line


class Palette(QDialog):
    """Finds an action by its words.

    Signals:
        chosen: An action was chosen; carries it.
    """

    chosen = Signal(object)

    def __init__(
        self, actions: abc.Sequence[Action], context: Context, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Command palette"))
        self.setMinimumSize(560, 420)
        self._actions = tuple(actions)
        self._context = context
        self._words = QLineEdit()
        self._words.setPlaceholderText(tr("What do you want to do?"))
        self._words.setAccessibleName(tr("What do you want to do?"))
        self._words.textChanged.connect(self._show)
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Actions"))
        self._list.itemActivated.connect(self._take)
        self._why = PlainLabel(role="muted")
        self._list.currentItemChanged.connect(lambda now, _before: self._tell(now))
        self.setLayout(column(self._words, self._list, self._why, gap=2, margin=4))
        self._show("")
        self._words.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self._list.currentRow()
        if event.key() == Qt.Key.Key_Down:
            self._list.setCurrentRow(min(row + 1, self._list.count() - 1))
        elif event.key() == Qt.Key.Key_Up:
            self._list.setCurrentRow(max(row - 1, 0))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._list.currentItem())
        else:
            super().keyPressEvent(event)

    def _show(self, words: str) -> None:
        wanted = words.casefold().split()
        self._list.clear()
        for action in self._actions:
            text = " ".join(
                one for word in (action.title, action.menu, *action.aliases) for one in (word, tr(word))
            ).casefold()
            if not all(word in text for word in wanted):
                continue
            shortcut = f"   {action.shortcut}" if action.shortcut else ""
            item = QListWidgetItem(f"{one_line(tr(action.title))}{shortcut}")
            if action.picture:
                item.setIcon(themed_icon(action.picture, "muted"))
            item.setData(Qt.ItemDataRole.UserRole, action.id)
            if action.reason(self._context):
                item.setForeground(self.palette().placeholderText())
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _tell(self, item: QListWidgetItem | None) -> None:
        action = self._action(item)
        self._why.set_text(
            action.reason(self._context) if action is not None else tr("Nothing has this name.")
        )

    def _action(self, item: QListWidgetItem | None) -> Action | None:
        if item is None:
            return None
        return next(one for one in self._actions if one.id == item.data(Qt.ItemDataRole.UserRole))

    def _take(self, item: QListWidgetItem | None) -> None:
        action = self._action(item)
        if action is None:
            return
        reason = action.reason(self._context)
        if reason:
            self._why.set_text(reason)
            return
        self.accept()
        self.chosen.emit(action)
