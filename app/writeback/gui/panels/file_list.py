"""The files that are on their way, to be taken up again."""

from collections import abc
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from writeback.gui.models.file_sessions import session_specs
from writeback.gui.models.tables import ListModel
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import Yielding, column, row
from writeback.gui.widgets.tables import Table, keep_lines
from writeback.gui.widgets.text import PlainLabel
from writeback.model.file_sessions import FileSession


class FileList(Yielding):
    """A table of files.

    Signals:
        chosen: One shall be taken up; carries its path.
        finished: The person is done with one; carries the `FileSession`.
    """

    chosen = Signal(str)
    finished = Signal(object)

    def __init__(self, now: abc.Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        specs = session_specs(now)
        self.model = ListModel[FileSession](specs, self)
        self.table = Table(tr("Files on their way"))
        self.table.dress(self.model, [spec.width for spec in specs])
        keep_lines(self.table)
        self.table.chosen.connect(self._choose)
        self.take = Button(tr("Take up"), kind="primary", call=lambda: self._choose(self._at()))
        self.done = Button(tr("Done with this file"), call=self._finish)
        words = tr("What was sent stays sent and stays in the list of jobs; a plan that waits is dropped.")
        body = column(PlainLabel(tr("Files on their way"), role="heading"), self.table, gap=3)
        foot = row(PlainLabel(words, role="muted", wraps=True), self.done, self.take)
        foot.setStretch(0, 1)
        body.addLayout(foot)
        self.setLayout(body)

    def show_files(self, found: abc.Iterable[FileSession]) -> None:
        """Show other files."""
        self.model.show_rows(found)
        self.table.selectRow(0)

    def _at(self) -> int:
        return self.table.currentIndex().row()

    def _finish(self) -> None:
        one = self.model.row_at(self._at())
        if one is not None:
            self.finished.emit(one)

    def _choose(self, at: int) -> None:
        one = self.model.row_at(at)
        if one is not None:
            self.chosen.emit(one.path)
