"""The table of fields with its keys: Space switches write-back of the current field."""

from collections import abc

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from writeback.gui.widgets.tables import Table


class FieldTable(Table):
    """The table of fields; Space switches write-back, Ctrl+Z and Ctrl+Y take steps back and do them again."""

    def __init__(
        self,
        name: str,
        *,
        flip: abc.Callable[[], None],
        undo: abc.Callable[[], None],
        redo: abc.Callable[[], None],
    ) -> None:
        super().__init__(name)
        self._flip = flip
        self._keys = {Qt.Key.Key_Z: undo, Qt.Key.Key_Y: redo}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._flip()
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in self._keys:
            self._keys[Qt.Key(event.key())]()
        else:
            super().keyPressEvent(event)
