"""A window on records: which ones stand in some rows, and a selection of all that match but a few."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from writeback.gui.models.tables import BlockModel, Spec
from writeback.runtime.views import GridRow
from writeback.runtime.windowing import RecordRows


class RecordWindow(BlockModel[GridRow]):
    """Rows of records, by blocks."""

    def __init__(self, specs: Iterable[Spec[GridRow]], parent: QObject | None = None) -> None:
        super().__init__(tuple(specs), parent)
        self._excepted: frozenset[str] | None = None

    @property
    def window(self) -> RecordRows | None:
        """The window that is shown."""
        return self._source if isinstance(self._source, RecordRows) else None

    def rids(self, first: int, most: int) -> tuple[str, ...]:
        """Give the records of some rows, without reading their values."""
        return () if self.window is None else self.window.rids(first, most)

    def has_left(self, rid: str) -> bool:
        """Say whether a record is shown only because it was edited here: it matches no longer."""
        return self.window is not None and rid in self.window.left

    @property
    def matching(self) -> int:
        """How many of the rows match what is asked for."""
        return self.rowCount() - (len(self.window.left) if self.window is not None else 0)

    def choose_all(self, excepted: frozenset[str] | None) -> None:
        """Show every row as selected but these; None: the view's own selection counts."""
        self._excepted = excepted
        self.repaint()

    def is_chosen(self, rid: str) -> bool:
        """Say whether a record belongs to a selection of all that match."""
        return self._excepted is not None and rid not in self._excepted and not self.has_left(rid)

    def repaint(self) -> None:
        """Paint what is on the screen again; nothing is read."""
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
