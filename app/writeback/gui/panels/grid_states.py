"""How a grid stands: empty for want of records or for its filter, partly told, ready; in words.

Must not: read records.
"""

from PySide6.QtCore import QObject

from writeback.gui.panels.grid_filter import FilterBar
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.states import ScreenState, States
from writeback.gui.widgets.text import one_line
from writeback.runtime.views import Pulse


class GridStates(QObject):
    """Tells the states of one grid."""

    def __init__(self, panel: Panel, states: States, filter_bar: FilterBar) -> None:
        super().__init__(panel)
        self._panel, self._states, self._filter = panel, states, filter_bar
        self._told_of: tuple[str, ...] = ()
        states.acted.connect(self._act)

    def tell_rows(self, pulse: Pulse) -> None:
        """There are rows; say it again only where something of it changed."""
        is_there = self._states.state in (ScreenState.READY, ScreenState.PARTIAL)
        if is_there and pulse.needs_sign_in == self._told_of:
            return
        self._told_of = pulse.needs_sign_in
        if not pulse.needs_sign_in:
            self._states.ready()
            return
        names = ", ".join(one_line(name) for name in pulse.needs_sign_in)
        self._states.partial(
            tr("Sign-in is needed again for {names}. Edits are kept here, and wait.", names=names),
            act=tr("Go to connections"),
            call=lambda: self._panel.asked.emit("connections", None),
        )

    def tell_nothing(self, *, is_filtered: bool) -> None:
        """There are no rows."""
        if is_filtered:
            self._states.empty(
                tr("Nothing matches"),
                tr("No record holds these words or marks."),
                act=tr("Clear filter"),
                picture="filter",
            )
            return
        self._states.empty(
            tr("No records yet"),
            tr("Map an object of the CRM and pull it; its records appear here."),
            act=tr("Go to objects & mapping"),
            picture="accounts",
        )

    def _act(self) -> None:
        if self._filter.what().is_empty:
            self._panel.asked.emit("mapping", None)
        else:
            self._filter.clear()
