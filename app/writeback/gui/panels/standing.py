"""Where a person stands on a screen: for the next start, for links, for F6 and for the context bar."""

from collections import abc

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from writeback.gui.widgets.states import ScreenState, States
from writeback.gui.widgets.tables import Table


class Standing(QFrame):
    """The half of a screen that the window asks about its place.

    Signals:
        uses_changed: Other connections are used now.
    """

    uses_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.states: States
        self._row_wanted = 0
        self.subject_here: abc.Callable[[], tuple[str, object] | None] = lambda: None
        """Gives screen and subject of what the cursor is on, where that has a link of its own."""
        self._uses: frozenset[str] | None = None

    def first_focus(self) -> QWidget | None:
        """Say where the keyboard lands."""
        return None

    def place(self) -> abc.Mapping[str, object]:
        """Say where a person stands, for the next start: JSON values, none of a record's.

        A screen with a filter says that as well.
        """
        table = self.first_focus()
        return {"row": table.currentIndex().row()} if isinstance(table, Table) else {}

    def go_to_place(self, place: abc.Mapping[str, object]) -> None:
        """Go where a person stood, once the content is there."""
        row = place.get("row")
        if isinstance(row, int) and row > 0:
            self._row_wanted = row
            self.states.changed.connect(self._arrive)

    def regions(self) -> tuple[QWidget, ...]:
        """Give the parts that F6 stops at, in reading order; each is, or holds, what takes the keyboard."""
        return (self,)

    @property
    def unsaved(self) -> int:
        """How many edits would be lost if the screen were closed now."""
        return 0

    @property
    def uses(self) -> frozenset[str] | None:
        """Ids of the connections that what is shown reads or writes; None: all of the workspace."""
        return self._uses

    def use(self, connections: abc.Iterable[str] | None) -> None:
        """Say which connections what is shown reads or writes; None: all of the workspace."""
        fresh = None if connections is None else frozenset(connections)
        if fresh != self._uses:
            self._uses = fresh
            self.uses_changed.emit()

    def _arrive(self, state: ScreenState) -> None:
        if self._row_wanted and state in (ScreenState.READY, ScreenState.PARTIAL):
            row, self._row_wanted = self._row_wanted, 0
            QTimer.singleShot(0, self, lambda: self._go_to_row(row))

    def _go_to_row(self, row: int) -> None:
        table = self.first_focus()
        if isinstance(table, Table):
            table.go_to(min(row, table.model().rowCount() - 1))
