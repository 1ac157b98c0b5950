"""How a grid stands: empty for want of records or for its filter, partly told, ready; in words.

Must not: read records.
"""

from collections import abc
from typing import Final

from PySide6.QtCore import QObject

from writeback.gui.panels.grid_filter import FilterBar
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.states import ScreenState, States
from writeback.gui.widgets.text import one_line
from writeback.runtime.views import AttributeView, Pulse

NAMED: Final = 3
"""So many columns that could not be read are named."""


class GridStates(QObject):
    """Tells the states of one grid."""

    def __init__(self, panel: Panel, states: States, filter_bar: FilterBar) -> None:
        super().__init__(panel)
        self._panel, self._states, self._filter = panel, states, filter_bar
        self._told_of: tuple[tuple[str, ...], ...] = ()
        states.acted.connect(self._act)

    def tell_rows(self, pulse: Pulse, views: abc.Iterable[AttributeView]) -> None:
        """There are rows; say it again only where something of it changed."""
        unread = tuple(view.attribute.title for view in views if view.is_unread)
        told = (pulse.needs_sign_in, unread)
        is_there = self._states.state in (ScreenState.READY, ScreenState.PARTIAL)
        if is_there and told == self._told_of:
            return
        self._told_of = told
        if unread:
            self._tell_unread(unread)
        elif pulse.needs_sign_in:
            self._tell_sign_in(pulse.needs_sign_in)
        else:
            self._states.ready()

    def _tell_unread(self, titles: tuple[str, ...]) -> None:
        names = ", ".join(one_line(title, 40) for title in titles[:NAMED])
        self._states.partial(
            tr(
                "%n columns could not be read ({names}): the CRM does not show them to you. "
                "What stands there was read before.",
                len(titles),
                names=names if len(titles) <= NAMED else f"{names}, …",
            ),
            act=tr("Go to objects & mapping"),
            call=lambda: self._panel.asked.emit("mapping", None),
        )

    def _tell_sign_in(self, connections: tuple[str, ...]) -> None:
        names = ", ".join(one_line(name) for name in connections)
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
