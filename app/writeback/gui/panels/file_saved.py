"""Saved mappings of the file screen: one is used, read from a file, or kept for the next file.

Must not: know the columns on the screen; it asks for what they write.
"""

from collections import abc
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.model.file_mappings import FileMapping, SavedMapping
from writeback.runtime.facade import PlanSource


class FileSaved(QObject):
    """Uses and keeps mappings.

    Signals:
        chosen: A mapping is to be used; carries it, and the key it was saved with ('': none).
        told: A mapping was kept; carries the words.
        failed: Something was refused; carries the error.
    """

    chosen = Signal(object, str)
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk, panel: QWidget, *, source: abc.Callable[[], PlanSource]) -> None:
        super().__init__(panel)
        self._desk, self._panel, self._source = desk, panel, source

    def use(self, saved: object) -> None:
        """Use a saved mapping; None: none."""
        if isinstance(saved, SavedMapping):
            self.chosen.emit(saved.mapping, saved.key)
        else:
            self.chosen.emit(FileMapping(), "")

    def use_file(self) -> None:
        """Read the mapping from a file: Data Loader's, or one that file-mappings show saved."""
        folder, kinds = str(Path(self._source().path).parent), f"{tr('Mappings')} (*.sdl *.json)"
        found, _ = QFileDialog.getOpenFileName(self._panel, tr("Choose a mapping"), folder, kinds)
        if found:
            self._desk.ask(
                self,
                lambda facade, _act: facade.read_file_mapping(found),
                done=lambda mapping: self.chosen.emit(mapping, ""),
                failed=self.failed.emit,
            )

    def ask_name(self) -> None:
        """Keep what the columns write under a name."""
        TextDialog(
            tr("Save what the columns write"),
            tr("For the next file with these columns."),
            label=tr("Name"),
            act=tr("Save mapping"),
            call=self._save_as,
            parent=self._panel,
        ).open()

    def _save_as(self, name: str) -> None:
        source = self._source()
        self._desk.ask(
            self,
            lambda facade, act: facade.save_file_mapping(
                name, source.mapping, object_name=source.object, key=source.key, author=source.author, act=act
            ),
            done=lambda made: self.told.emit(tr("Saved as {name}.", name=made.name)),
            failed=self.failed.emit,
        )
