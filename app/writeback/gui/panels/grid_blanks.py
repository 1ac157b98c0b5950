"""What Delete does in a grid, column by column: it is asked once, kept, and shown as words.

Must not: decide for a person.
"""

from collections import abc
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from writeback.gui.dialogs.blanks import BlankDialog
from writeback.gui.models.records import RecordsModel
from writeback.gui.panels.grid_cells import GridCells
from writeback.gui.panels.grid_columns import GridColumns
from writeback.gui.panels.grid_edits import GridEdits
from writeback.model.grid_views import CLEAR, UNSET


class GridBlanks:
    """Delete, on the chosen cells of one grid."""

    def __init__(self, columns: GridColumns, model: RecordsModel, cells: GridCells, edits: GridEdits) -> None:
        self._columns, self._model, self._cells, self._edits = columns, model, cells, edits

    def rule_of(self, attribute: str) -> str:
        """Give `clear`, `unset`, or '' where it was not asked yet."""
        return self._columns.view.blanks.get(attribute, "")

    def delete(self, columns: abc.Sequence[int], parent: QWidget) -> None:
        """Clear the chosen cells of these columns or leave them unset; ask where nobody said yet."""
        names = {at: self._model.views[at].attribute.name for at in columns}
        unknown = [at for at, name in names.items() if not self.rule_of(name)]
        if unknown:
            attribute = self._model.views[unknown[0]].attribute

            def learn(answer: str) -> None:
                blanks = {**self._columns.view.blanks, attribute.name: answer}
                self._columns.change(replace(self._columns.view, blanks=blanks))
                self.delete(columns, parent)

            BlankDialog(attribute.title, call=learn, parent=parent).open()
            return
        self._cells.clear([at for at, name in names.items() if self.rule_of(name) == CLEAR])
        for at, name in names.items():
            if self.rule_of(name) == UNSET:
                self._edits.discard(self._cells.records(at), attribute=name)
