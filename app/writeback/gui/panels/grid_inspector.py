"""The inspector of a grid's current cell: how the value stands, its last changes, what may be done about it.

Must not: change a selection.
"""

from collections import abc

from PySide6.QtCore import QModelIndex, QObject, QTimer

from writeback.gui.models.records import RecordsModel
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.past import Past
from writeback.gui.panels.sending_now import discard_value, retry_value
from writeback.gui.panels.settling import KEEPS, choice_of, settle
from writeback.gui.widgets.inspector import Inspector
from writeback.gui.widgets.tables import Table
from writeback.model.integrations import ConflictRule


class GridInspector(QObject):
    """Fills an inspector and does what it offers."""

    def __init__(
        self, panel: Panel, table: Table, model: RecordsModel, entity: abc.Callable[[], str]
    ) -> None:
        super().__init__(panel)
        self._panel, self._table, self._model, self._entity = panel, table, model, entity
        self.box = Inspector(panel.desk.now)
        self.box.hide()
        self.box.settled.connect(self._settle)
        self.box.retry.connect(self._retry)
        self.box.discard.connect(self._give_up)
        self._past = Past(panel.desk, self.box)

    def turn(self) -> None:
        """Show it, or hide it."""
        self.box.setVisible(not self.box.isVisible())
        self.show_cell(self._table.currentIndex())
        QTimer.singleShot(0, self, self._keep_in_sight)

    def keep(self, what: str) -> None:
        """Settle the conflict of the current cell; what is about to be settled is shown while it is."""
        self.show()
        self._settle(KEEPS[what])

    def show(self) -> None:
        """Show it with the current cell."""
        self.box.show()
        self.show_cell(self._table.currentIndex())

    def _keep_in_sight(self) -> None:
        """Beside the inspector the grid is narrower: the cell it tells of stays whole, with its mark."""
        self._table.scrollTo(self._table.currentIndex())

    def show_cell(self, current: QModelIndex) -> None:
        """Tell of a cell, where the inspector is shown."""
        row = self._model.row_at(current.row()) if current.isValid() else None
        if row is None:
            self.box.show_nothing()
            self._past.forget()
        elif self.box.isVisible():
            view = self._model.views[current.column()]
            mark = row.mark_of(view.attribute.name)
            self.box.show_value(row.title, view, row.values[current.column()], mark)
            self._past.ask(row.rid, view)

    def _settle(self, keep: ConflictRule) -> None:
        value, box = self._value(), self.box.conflict
        if value is not None and box is not None:
            settle(self._panel, box, choice_of(*value, keep))
            self._table.setFocus()

    def _retry(self) -> None:
        if (value := self._value()) is not None:
            entity = self._entity()
            retry_value(self._panel, entity, value, done=lambda _answers: self._panel.refresh())

    def _give_up(self) -> None:
        if (value := self._value()) is not None:
            discard_value(self._panel, value, done=self._panel.refresh)

    def _value(self) -> tuple[str, str] | None:
        """Give the record and the attribute of the current cell."""
        index = self._table.currentIndex()
        row = self._model.row_at(index.row()) if index.isValid() else None
        return None if row is None else (row.rid, self._model.views[index.column()].attribute.name)
