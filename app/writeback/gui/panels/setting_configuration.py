"""A workspace's configuration as a file, on the page of settings: write one, import one."""

from collections import abc
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from writeback.errors import WritebackError
from writeback.files import telling_unwritable
from writeback.gui.dialogs.importing import ImportDialog, pick_configuration
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.setting_rows import Part
from writeback.runtime.reading import Reading

TEXT: Final = mark("configuration export import diff sandbox production mappings data model file json")


class ConfigurationPart(Part):
    """Export and import.

    Signals:
        told: Something to say in the status line.
    """

    told = Signal(str)

    def __init__(
        self, desk: Desk, *, workspace: Path, complain: abc.Callable[[WritebackError], None]
    ) -> None:
        super().__init__(
            tr("Configuration"),
            explains=tr(
                "Data model, integrations, mappings, segments, forms and guards as a file, from a sandbox to "
                "production. No record, no person and no secret is in it."
            ),
        )
        self._desk, self._workspace, self._complain = desk, workspace, complain
        self.export = Button(tr("Export…"), picture="export", call=self._pick_target)
        self.bring = Button(tr("Import…"), picture="folder", call=self._pick_source)
        self.add(Flowing(self.export, self.bring), lambda: tr(TEXT).casefold())

    def _pick_target(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("Export configuration"),
            str(Path.home() / f"{self._workspace.stem}-configuration.json"),
            tr("Configurations (*.json)"),
        )
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Write the configuration to a file."""
        self._desk.read(
            self,
            lambda reads: _write(reads, path),
            done=lambda file: self.told.emit(tr("The configuration was written to {file}.", file=file)),
            failed=self._complain,
        )

    def _pick_source(self) -> None:
        path = pick_configuration(self)
        if path is not None:
            self.import_from(path)

    def import_from(self, path: Path) -> ImportDialog:
        """Show a file beside this workspace."""
        dialog = ImportDialog(self._desk, path, self.window())
        dialog.imported.connect(lambda count: self.told.emit(tr("%n parts were imported.", count)))
        dialog.open()
        return dialog


def _write(reads: Reading, path: Path) -> str:
    with telling_unwritable(path):
        path.write_text(reads.configuration_text(), encoding="utf-8")
    return path.name
