"""Which columns a grid shows, how wide and in which order; kept for each person, and under names as views.

Must not: read records.
"""

from collections import abc
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from writeback.gui.dialogs.columns import ColumnsDialog
from writeback.gui.models.tables import Spec
from writeback.gui.theming.current import theming
from writeback.gui.widgets.frozen import FrozenColumn
from writeback.gui.widgets.tables import Table
from writeback.model.grid_views import GridView
from writeback.runtime.views import AttributeView, GridRow

PATIENCE_MS: Final = 400
_LEAST: Final = 48


def shown_of(view: GridView, every: abc.Sequence[AttributeView]) -> tuple[AttributeView, ...]:
    """Give the columns that a view shows, of all there are; names that are gone are left out."""
    by_name = {one.attribute.name: one for one in every}
    return tuple(by_name[name] for name in view.columns if name in by_name) or tuple(every)


class GridColumns(QObject):
    """The columns of one grid.

    Signals:
        reordered: Other columns, or another order: the records have to be read again.
        kept: The view changed and shall be kept; carries it.
    """

    reordered = Signal()
    kept = Signal(object)

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table
        self.view = GridView("", "")
        self._every: tuple[AttributeView, ...] = ()
        self._is_dressing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(lambda: self.kept.emit(self.view))
        self.frozen = FrozenColumn(table)
        head = table.horizontalHeader()
        head.setSectionsMovable(True)
        head.setFirstSectionMovable(False)
        head.sectionResized.connect(self._resized)
        head.sectionMoved.connect(self._moved)

    def use(self, view: GridView) -> None:
        """Look at the grid like this; nothing is kept by it."""
        self._timer.stop()
        self.view = view

    def change(self, view: GridView) -> None:
        """Look at the grid like this from now on."""
        self.view = view
        self._timer.start()

    def flush(self) -> None:
        """Keep at once what waits to be kept."""
        if self._timer.isActive():
            self._timer.stop()
            self.kept.emit(self.view)

    def choose(self, every: abc.Sequence[AttributeView]) -> tuple[AttributeView, ...]:
        """Give the columns that are shown, of all there are; names that are gone are left out."""
        self._every = tuple(every)
        return shown_of(self.view, every)

    def dress(self, specs: abc.Sequence[Spec[GridRow]], views: abc.Sequence[AttributeView]) -> None:
        """Give the columns their widths."""
        self._is_dressing = True
        for place, (spec, view) in enumerate(zip(specs, views, strict=True)):
            width = self.view.widths.get(view.attribute.name, spec.width)
            self._table.setColumnWidth(place, theming().theme.px(width))
        self._is_dressing = False
        self.frozen.attach()

    def open_chooser(self, parent: QWidget) -> None:
        """Let a person choose."""
        shown = [one.attribute.name for one in self.choose(self._every)]
        by_name = {one.attribute.name: one.attribute.title for one in self._every}
        rest = [name for name in by_name if name not in shown]
        lines = [(name, by_name[name], True) for name in shown] + [
            (name, by_name[name], False) for name in rest
        ]
        ColumnsDialog(lines, call=self._take, parent=parent).open()

    def _take(self, names: tuple[str, ...]) -> None:
        self.change(replace(self.view, columns=names))
        self.reordered.emit()

    def _resized(self, place: int, _old: int, new: int) -> None:
        shown = self.choose(self._every)
        is_last = place == len(shown) - 1  # it takes what is left
        if self._is_dressing or is_last or not 0 <= place < len(shown) or new < _LEAST:
            return
        plain = round(new * 1000 / theming().theme.px(1000))  # as wide as at the usual size of text
        widths = {**self.view.widths, shown[place].attribute.name: plain}
        self.change(replace(self.view, widths=widths))

    def _moved(self, logical: int, old: int, new: int) -> None:
        """A column was dragged: the model takes the new order, so that blocks are what they look like."""
        del logical
        if self._is_dressing or old == new:
            return
        names = [one.attribute.name for one in self.choose(self._every)]
        names.insert(new, names.pop(old))
        self._is_dressing = True
        self._table.horizontalHeader().moveSection(new, old)
        self._is_dressing = False
        self._take(tuple(names))
