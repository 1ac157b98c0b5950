"""What is selected in a grid: some cells, or all rows that match but a few, without a million indexes."""

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, Signal

from writeback.gui.i18n import number
from writeback.gui.models.records import RecordsModel
from writeback.gui.translating import tr
from writeback.gui.widgets.tables import Table

MOST_ROWS: Final = 100_000
"""So many rows are named one by one; more is a selection of all that match."""

COMPARED_MOST: Final = 2_000
"""A selection of more rows is not compared, and does not outlive other rows coming in."""


class GridSelection(QObject):
    """The selection of one grid.

    Signals:
        changed: Another one; the words say which.
    """

    changed = Signal()

    def __init__(self, table: Table, model: RecordsModel) -> None:
        super().__init__(table)
        self._table, self._model = table, model
        self._excepted: set[str] | None = None
        table.every_row_asked.connect(self.choose_all)
        table.toggled.connect(self._toggle)
        table.pressed_at.connect(lambda _row: self.end())
        table.escaped.connect(self.end)
        table.selectionModel().selectionChanged.connect(lambda _new, _old: self.changed.emit())

    @property
    def is_all(self) -> bool:
        """Whether all rows that match are meant."""
        return self._excepted is not None

    @property
    def excepted(self) -> tuple[str, ...]:
        """The records that were taken out of all that match."""
        return tuple(sorted(self._excepted or ()))

    @property
    def count(self) -> int:
        """How many rows are meant."""
        if self._excepted is not None:
            return max(self._model.matching - len(self._excepted), 0)
        return sum(bottom - top + 1 for top, bottom in self._spans())

    def current(self) -> QModelIndex:
        """Give the current cell."""
        return self._table.currentIndex()

    def take_focus(self) -> None:
        """Let the keyboard go back to the grid."""
        self._table.setFocus()

    def choose_all(self) -> None:
        """Mean all rows that match."""
        self._table.clearSelection()
        self._tell(set())

    def end(self) -> None:
        """Mean the selected cells again."""
        if self._excepted is not None:
            self._tell(None)

    def held(self) -> tuple[str, ...]:
        """Give the records of several selected rows, to be compared once other rows came in; () for one."""
        return self.rids() if not self.is_all and 1 < self.count <= COMPARED_MOST else ()

    def keep(self, held: tuple[str, ...], *, is_same_question: bool) -> None:
        """Other rows came in, as many as before: what is selected stays while it means the same records.

        Args:
            held: What `held` gave before.
            is_same_question: Filter, order and entity are as they were.
        """
        if self.is_all:
            if not is_same_question:
                self.end()
        elif self.count > 1 and self.rids() != held:
            self._table.clearSelection()

    def rids(self) -> tuple[str, ...]:
        """Give the records of the selected cells' rows; at most `MOST_ROWS`."""
        found: list[str] = []
        for top, bottom in self._spans():
            found += self._model.rids(top, min(bottom - top + 1, MOST_ROWS - len(found)))
            if len(found) >= MOST_ROWS:
                break
        return tuple(found)

    def words(self) -> str:
        """Say what is meant."""
        if self._excepted is None:
            rows = self.count
            return tr("%n rows selected", rows) if rows > 1 else ""
        if self._excepted:
            return tr("All rows that match · {excluded} excluded", excluded=number(len(self._excepted)))
        return tr("All {rows} rows that match are selected", rows=number(self._model.matching))

    def _toggle(self, row: int) -> None:
        found = self._model.row_at(row)
        if self._excepted is None or found is None or self._model.has_left(found.rid):
            return
        self._table.clearSelection()
        self._tell(self._excepted ^ {found.rid})

    def _tell(self, excepted: set[str] | None) -> None:
        self._excepted = excepted
        self._model.choose_all(None if excepted is None else frozenset(excepted))
        self.changed.emit()

    def _spans(self) -> list[tuple[int, int]]:
        """Give the selected rows as spans that do not overlap."""
        spans = sorted((one.top(), one.bottom()) for one in self._table.ranges())
        joined: list[tuple[int, int]] = []
        for top, bottom in spans:
            if joined and top <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(bottom, joined[-1][1]))
            else:
                joined.append((top, bottom))
        return joined
