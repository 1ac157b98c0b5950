"""A file that is dropped anywhere in the window opens file write-back; nothing is read or sent by that."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

ENDINGS = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".xlsm"})


class Drops(QObject):
    """Takes files over a window.

    Signals:
        dropped: One file was dropped; carries its path.
    """

    dropped = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if isinstance(event, QDropEvent):  # QDragEnterEvent is one as well
            path = file_of(event)
            if path and isinstance(event, QDragEnterEvent):
                event.acceptProposedAction()
                return True
            if path and event.type() is QEvent.Type.Drop:
                event.acceptProposedAction()
                self.dropped.emit(path)
                return True
        return False


def file_of(event: QDropEvent) -> str:
    """Give the one local table that is dragged; '' where it is something else, or several."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return ""
    path = Path(urls[0].toLocalFile())
    return str(path) if path.suffix.casefold() in ENDINGS else ""
