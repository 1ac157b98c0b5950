"""What else can be done with a mapping: a path through references, a copy, a file. Saves nothing itself."""

from collections import abc
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from writeback.errors import ConfigurationError, MappingError, WritebackError
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.text import mnemonic_free
from writeback.model.integrations import Integration
from writeback.runtime import mapping_files

KINDS = "*.json *.sdl *.csv"


class MappingMenu(Button):
    """A button with a menu of acts.

    Signals:
        path_wanted: A path through references shall be mapped.
        undo_wanted: The last step shall be taken back.
        redo_wanted: It shall be done again.
        existing_wanted: The mapping shall be applied to records that are there already.
        taken: Mappings of a file or of another integration are wanted; carries them.
        told: Something to say in the status line.
        failed: A file could not be read or written; carries the `WritebackError`.
    """

    path_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    existing_wanted = Signal()
    taken = Signal(object)
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("More"), picture="sort-down", call=self.open, parent=parent)
        self.setAccessibleDescription(tr("Paths through references, copies and files"))
        self._integration: Integration | None = None
        self._others: tuple[tuple[str, Integration], ...] = ()
        self._steps = (0, 0)
        self.menu_shown: QMenu | None = None

    def know(self, integration: Integration, others: abc.Iterable[tuple[str, Integration]]) -> None:
        """Say what is shown, and from which other integrations a mapping could be copied, by name."""
        self._integration = integration
        self._others = tuple(one for one in others if one[1].id != integration.id and one[1].mappings)

    def count_steps(self, back: int, again: int) -> None:
        """Say how many steps can be taken back, and done again."""
        self._steps = (back, again)

    def open(self) -> None:
        """Show the menu."""
        menu = QMenu(self)
        back, again = self._steps
        self._act(
            menu, tr("Undo the last step"), self.undo_wanted.emit, "" if back else tr("No step to undo.")
        )
        self._act(menu, tr("Redo it"), self.redo_wanted.emit, "" if again else tr("No step to redo."))
        menu.addSeparator()
        none = "" if self._integration is not None else tr("Add an object first.")
        self._act(menu, tr("Map through a reference…"), self.path_wanted.emit, none)
        writes = self._integration is not None and any(one.write_back for one in self._integration.mappings)
        off = "" if writes else tr("Nothing is written back here.")
        self._act(menu, tr("Apply to existing records…"), self.existing_wanted.emit, none or off)
        copies = menu.addMenu(tr("Copy a mapping from"))
        for name, other in self._others:
            self._act(copies, mnemonic_free(name), partial(self.taken.emit, other.mappings), "")
        if not self._others:
            copies.setEnabled(False)
            copies.menuAction().setStatusTip(tr("No other object is mapped yet."))
        menu.addSeparator()
        self._act(menu, tr("Import a mapping…"), self._ask_file, none)
        empty = (
            ""
            if self._integration is not None and self._integration.mappings
            else tr("Nothing is mapped yet.")
        )
        self._act(menu, tr("Export the mapping…"), self._ask_place, none or empty)
        self.menu_shown = menu
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @staticmethod
    def _act(menu: QMenu, words: str, call: abc.Callable[[], None], reason: str) -> None:
        action = menu.addAction(words)
        action.setEnabled(not reason)
        action.setStatusTip(reason)
        action.triggered.connect(lambda _on=False: call())

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Import a mapping"), str(Path.home()), tr("Mappings ({kinds})", kinds=KINDS)
        )
        if chosen:
            self.import_from(Path(chosen))

    def _ask_place(self) -> None:
        if self._integration is None:
            return
        proposed = Path.home() / f"{self._integration.object}.mapping.json"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Export the mapping"), str(proposed), "*.json")
        if chosen:
            self.export_to(Path(chosen))

    def import_from(self, path: Path) -> None:
        """Want the mappings that a file holds."""
        try:
            text = path.read_text(encoding="utf-8-sig")
            self.taken.emit(mapping_files.read(text, name=path.name))
        except (OSError, UnicodeDecodeError) as error:
            self.failed.emit(
                MappingError("mapping_file.unreadable", file=path.name, problem=str(error)[:200])
            )
        except WritebackError as error:
            self.failed.emit(error)

    def export_to(self, path: Path) -> None:
        """Write the saved mapping to a file."""
        if self._integration is None:
            return
        try:
            path.write_text(mapping_files.to_text(self._integration), encoding="utf-8")
        except OSError as error:
            problem = str(error.strerror)
            self.failed.emit(ConfigurationError("file.not_writable", path=str(path), problem=problem))
            return
        self.told.emit(tr("The saved mapping was written to {name}.", name=path.name))
