"""What is wanted of many fields at once: matches, a copy, a file, a path; and steps back. Saves nothing."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from writeback.errors import WritebackError
from writeback.gui.dialogs.pathing import PathDialog
from writeback.gui.models.fields import FieldChoice, FieldsModel
from writeback.gui.panels.field_side import suggested
from writeback.gui.panels.mapping_menu import MappingMenu
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.runtime import mapping_files
from writeback.runtime.facade import Suggestion
from writeback.sdk.values import ObjectDescription

NAMED = 5
"""So many fields that do not fit are named; more are counted."""


class Wishes(QObject):
    """Changes the model of a mapping screen on a person's word.

    Signals:
        stepped: The model changed; carries the row to go to, -1: none.
    """

    stepped = Signal(int)

    def __init__(
        self, panel: Panel, model: FieldsModel, words: QLineEdit, *, more: MappingMenu, match: Button
    ) -> None:
        super().__init__(panel)
        self._panel, self._model, self._words, self._match = panel, model, words, match
        self._integration: Integration | None = None
        self._description: ObjectDescription | None = None
        more.path_wanted.connect(self.open_path)
        more.undo_wanted.connect(self.undo)
        more.redo_wanted.connect(self.redo)
        more.taken.connect(self.take)

    def know(self, integration: Integration, description: ObjectDescription) -> None:
        """Say what is shown now."""
        self._integration, self._description = integration, description

    def undo(self) -> None:
        """Take the last step back."""
        if self._model.undo():
            self.stepped.emit(-1)
        else:
            self._panel.told.emit(tr("No step to undo."))

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        if self._model.redo():
            self.stepped.emit(-1)
        else:
            self._panel.told.emit(tr("No step to redo."))

    def take(self, mappings: tuple[FieldMapping, ...]) -> None:
        """Want the mappings of a file or of another integration, as far as this object has their fields."""
        if self._description is None:
            return
        fits = mapping_files.fitting(mappings, self._description)
        new = self._model.take_mappings(fits.mappings, self._description)
        self.stepped.emit(0)
        left = ", ".join(fits.left_out[:NAMED])
        beyond = len(fits.left_out) - NAMED
        more = tr(" and %n more", beyond) if beyond > 0 else ""
        missing = tr(" Not here: {left}{more}.", left=left, more=more) if left else ""
        self._panel.states.banner.tell(
            tr(
                "%n fields mapped. Nothing is saved yet, and write-back is off for each.{missing}",
                new,
                missing=missing,
            ),
            tone="warning" if left else "info",
        )

    def open_path(self) -> None:
        """Map a field behind references."""
        if self._integration is None or self._description is None:
            return
        self.dialog = PathDialog(
            self._panel.desk, self._integration, self._description, parent=self._panel.window()
        )
        self.dialog.chosen.connect(self.map_path)
        self.dialog.open()

    def map_path(self, path: str) -> None:
        """Want one path mapped, and show it."""
        if self._description is None:
            return
        parsed = FieldPath.parse(path)
        name = suggested(FieldChoice(str(parsed), "", None))
        self._model.take_mappings((FieldMapping(parsed, name),), self._description)
        self._words.setText(path)
        self.stepped.emit(0)

    def ask_suggestions(self) -> None:
        """Look for automatic matches."""
        if self._integration is None:
            return
        name = str(self._integration.id)
        self._match.gate(tr("Looking for matches."))
        self._panel.desk.ask(
            self._panel,
            lambda facade, _act: facade.suggest_mappings(name),
            done=self._take_suggestions,
            failed=self._no_suggestions,
        )

    def _take_suggestions(self, suggestions: tuple[Suggestion, ...]) -> None:
        self._match.gate("")
        new = self._model.take_suggestions(suggestions)
        self.stepped.emit(0)
        if new:
            self._panel.states.banner.tell(
                tr(
                    "%n matches found. Nothing is saved yet, and write-back is off for each.",
                    new,
                ),
                tone="info",
            )
        else:
            self._panel.states.banner.tell(tr("No further match was found."), tone="info")

    def _no_suggestions(self, error: WritebackError) -> None:
        self._match.gate("")
        self._panel.complain(error)
