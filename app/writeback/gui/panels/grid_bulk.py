"""The way from a grid's selection to the panel of bulk edits.

Must not: know what a bulk edit does.
"""

from collections import abc

from PySide6.QtCore import QObject

from writeback.gui.panels.bulk_edit import BulkEditPanel, Scope
from writeback.gui.panels.grid_selection import GridSelection
from writeback.model.bulk import BulkAction
from writeback.runtime.views import AttributeView

Views = abc.Callable[[], abc.Sequence[AttributeView]]
Text = abc.Callable[[], tuple[str, str]]
"""Gives the entity, and the segment's text that says which of its records the grid shows."""


class GridBulk(QObject):
    """Opens the panel for what is selected, and keeps it so while another selection is made."""

    def __init__(self, selection: GridSelection, panel: BulkEditPanel, *, text: Text, views: Views) -> None:
        super().__init__(panel)
        self._selection, self._panel, self._text, self._views = selection, panel, text, views
        panel.closed.connect(self.close_panel)

    def open_panel(self, action: BulkAction | None = None) -> None:
        """Open it for the selection; where no rows are selected for all that match."""
        if not self._selection.is_all and self._selection.count <= 1:
            self._selection.choose_all()
        self._show()
        index = self._selection.current()
        if action is not None and index.isValid():
            self._panel.start_with(self._views()[index.column()].attribute.name, action)
        else:
            self._panel.take_focus()  # it may have been open before, and the keys elsewhere

    def replace(self) -> None:
        """Open it to find and replace words in the current column."""
        self.open_panel(BulkAction.REPLACE)

    def follow(self) -> None:
        """Another selection: the open panel is about that one now."""
        if not self._panel.isHidden() and (self._selection.is_all or self._selection.count > 1):
            self._show()

    def close_panel(self) -> None:
        """Back to the grid."""
        self._panel.hide()
        self._selection.take_focus()

    def scope(self) -> Scope | None:
        """Give what is selected: some rows, or all that match but a few.

        None where the selected rows cannot be named: that is nothing, never everything.
        """
        entity, text = self._text()
        is_some = not self._selection.is_all and self._selection.count > 1
        records = self._selection.rids() if is_some else ()
        if is_some and len(records) < self._selection.count:
            return None
        return Scope(entity, text, records, self._selection.excepted)

    def _show(self) -> None:
        self._panel.open_for(self.scope(), self._selection.words(), self._views())
