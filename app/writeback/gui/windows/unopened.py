"""A workspace that cannot be opened: why, that it was not touched, and the ways on."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.restoring import RestoreDialog
from writeback.gui.tasks import Tasks
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.states import States

HAS_BACKUPS = (
    "workspace.damaged",
    "workspace.migration",
    "workspace.too_new",
    "workspace.foreign",
    "workspace.foreign_parts",
)
"""After these a backup is the way on; elsewhere it is the folder or the file's rights."""


class Unopened(QWidget):
    """The page in place of every screen.

    Signals:
        wanted: Another workspace shall open; carries its path.
        asked: An act of the window is wanted: `open`, `new`, `demo`.
        retry: The same file shall be tried again.
    """

    wanted = Signal(str)
    asked = Signal(str)
    retry = Signal()

    def __init__(self, workspace: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks: Tasks | None = None
        self.states = States(QWidget())
        self.states.loading()
        self.states.retry.connect(self.retry)
        self.restore = Button(tr("Restore a backup…"), picture="undo", call=self._open_restoring)
        self._open = Button(
            tr("Open another workspace…"), picture="folder", call=lambda: self.asked.emit("open")
        )
        self._new = Button(tr("New workspace…"), picture="plus", call=lambda: self.asked.emit("new"))
        self._acts = QWidget()
        self._acts.setLayout(row(None, self.restore, self._open, self._new, None))
        self._acts.hide()
        page = column(gap=2)
        page.addWidget(self.states, 1)
        page.addWidget(self._acts)
        self.setLayout(page)

    def show_error(self, error: WritebackError, tasks: Tasks | None) -> None:
        """Say why it cannot be opened; nothing of the file was changed."""
        self._tasks = tasks
        self.states.error(error)
        self._acts.show()
        self.restore.setVisible(error.code in HAS_BACKUPS and tasks is not None)

    def _open_restoring(self) -> None:
        if self._tasks is not None:
            dialog = RestoreDialog(self._workspace, self._tasks, self.window())
            dialog.restored.connect(self.wanted)
            dialog.open()
