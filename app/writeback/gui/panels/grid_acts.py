"""What a person can do in a grid, by the names of the table of actions, and what of it can be done now.

Must not: know how the grid is laid out.
"""

from collections import abc
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, Qt

from writeback.gui.models.records import RecordsModel
from writeback.gui.panels.grid_blanks import GridBlanks
from writeback.gui.panels.grid_bulk import GridBulk
from writeback.gui.panels.grid_candidates import CellCandidates
from writeback.gui.panels.grid_cells import GridCells
from writeback.gui.panels.grid_columns import GridColumns
from writeback.gui.panels.grid_edits import GridEdits
from writeback.gui.panels.grid_filter import FilterBar
from writeback.gui.panels.grid_footer import GridFooter
from writeback.gui.panels.grid_inspector import GridInspector
from writeback.gui.panels.grid_restore import open_restore
from writeback.gui.panels.grid_selection import GridSelection
from writeback.gui.panels.grid_work import add_on, fill_on
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.pending import PendingBar
from writeback.gui.widgets.tables import Table
from writeback.model.types import RecordId
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import GridRow, Pulse

DISCARDED = frozenset({"draft", "held", "refused", "conflict"})
"""States of a value whose edit still waits and can be dropped."""
ALWAYS = ("find", "filter", "next_mark", "pull", "inspector", "columns", "export_grid", "figures", "reread")
ON_ROW = ("open_record", "choose_all", "paste", "fill_down", "bulk_edit", "replace", "fill_form", "add_task")


@dataclass(frozen=True, slots=True)
class GridParts:
    """What a grid is made of."""

    table: Table
    model: RecordsModel
    selection: GridSelection
    columns: GridColumns
    edits: GridEdits
    cells: GridCells
    blanks: GridBlanks
    filter_bar: FilterBar
    inspecting: GridInspector
    bulk: GridBulk
    footer: GridFooter
    pending: PendingBar
    candidates: CellCandidates


class GridActs(QObject):
    """The acts of one grid."""

    def __init__(
        self, panel: Panel, parts: GridParts, *, entity: abc.Callable[[], str], anew: abc.Callable[[], None]
    ) -> None:
        """`anew` asks for the rows again, with nothing kept that left the filter."""
        super().__init__(panel)
        self._panel, self._parts, self._entity, self._anew = panel, parts, entity, anew

    def do(self, what: str) -> bool:
        """Do what is named; False: it is nothing of a grid."""
        act = self._acts().get(what)
        if act is not None:
            act()
        return act is not None

    def offers(self, pulse: Pulse) -> tuple[str, ...]:
        """Give what can be done now."""
        parts, index = self._parts, self._current()
        row = self._row(index)
        found = list(ALWAYS)
        found += ["undo_edit"] if parts.edits.can_undo else []
        found += ["redo_edit"] if parts.edits.can_redo else []
        found += ["restore"] if pulse.discards else []
        found += ["find_next"] if parts.filter_bar.words and row is not None else []
        if row is not None:
            found += ON_ROW
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                found += ["edit", "clear"]
            if parts.candidates.can(index):
                found.append("candidates")
            if (mark := parts.model.mark_at(index)) is not None and mark.state == "conflict":
                found.append("settle")
            if any(mark.state in DISCARDED for _, mark in row.marks):
                found.append("discard")
        return tuple(found)

    def edit_cell(self) -> None:
        """Open the editor in the current cell, where it can be edited."""
        index = self._current()
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._parts.table.edit(index)

    def open_list(self) -> None:
        """Open what the current cell may be chosen from: candidates of a reference, else its editor."""
        if self._parts.candidates.can(self._current()):
            self._parts.candidates.seek(self._current())
        else:
            self.edit_cell()

    def empty_cells(self) -> None:
        """Clear the selected cells or leave them unset, as was said for their columns."""
        columns = self._parts.cells.columns()
        if columns:
            self._parts.blanks.delete(columns, self._panel)
            return
        index = self._current()
        view = self._parts.model.views[index.column()] if index.isValid() else None
        if view is not None and view.lock is not None:
            self._panel.told.emit(sentence_of(view.lock.code, dict(view.lock.facts)).happened)

    def open_record(self, row: int) -> None:
        """Go to the profile of a row's record."""
        found = self._parts.model.row_at(row)
        if found is not None:
            self._panel.asked.emit("profile", (self._entity(), found.rid))

    def restore(self) -> None:
        """Offer what was discarded."""
        pending = self._parts.pending
        over = self._panel if pending.isHidden() else pending
        open_restore(self._panel.desk, self._parts.edits, over)

    # inside

    def _acts(self) -> abc.Mapping[str, abc.Callable[[], object]]:
        parts, panel, index = self._parts, self._panel, self._current()
        return {
            "find": parts.filter_bar.seek,
            "find_next": lambda: self._find(1),
            "find_previous": lambda: self._find(-1),
            "filter": parts.filter_bar.add_part,
            "reread": self._anew,
            "inspector": parts.inspecting.turn,
            "edit": self.edit_cell,
            "clear": self.empty_cells,
            "candidates": lambda: parts.candidates.seek(index),
            "undo_edit": parts.edits.undo,
            "redo_edit": parts.edits.redo,
            "restore": self.restore,
            "paste": lambda: parts.cells.paste(panel),
            "fill_down": parts.cells.fill_down,
            "choose_all": parts.selection.choose_all,
            "bulk_edit": parts.bulk.open_panel,
            "replace": parts.bulk.replace,
            "figures": parts.footer.count,
            "export_grid": parts.footer.export,
            "columns": lambda: parts.columns.open_chooser(panel),
            "open_record": lambda: self.open_record(index.row()),
            "fill_form": lambda: fill_on(panel, self._entity(), self._row(index)),
            "add_task": lambda: add_on(panel, self._entity(), self._row(index)),
            "next_mark": lambda: self._go_to_mark(1),
            "previous_mark": lambda: self._go_to_mark(-1),
            "discard": lambda: self._discard(index),
            "keep_mine": lambda: parts.inspecting.keep("keep_mine"),
            "keep_theirs": lambda: parts.inspecting.keep("keep_theirs"),
            "pull": lambda: panel.asked.emit("mapping", None),
        }

    def _current(self) -> QModelIndex:
        return self._parts.table.currentIndex()

    def _row(self, index: QModelIndex) -> GridRow | None:
        return self._parts.model.row_at(index.row()) if index.isValid() else None

    def _go_to_mark(self, step: int) -> None:
        found = self._parts.model.next_marked(self._current(), step=step)
        self._parts.table.go_to(found.row(), found.column())

    def _find(self, step: int) -> None:
        """Go to the next cell with the words that are filtered by."""
        words = self._parts.filter_bar.words
        found = self._parts.model.next_holding(self._current(), words, step=step)
        if found.isValid():
            self._parts.table.go_to(found.row(), found.column())
            self._parts.table.setFocus()
        else:
            self._panel.told.emit(tr("No column that is shown holds these words."))

    def _discard(self, index: QModelIndex) -> None:
        row = self._row(index)
        if row is not None:
            self._parts.edits.discard((RecordId(row.rid),))
