"""How one part of a plan travels and who checks it, chosen by hand where the connector allows it.

Must not: change the plan by itself.
"""

from collections import abc
from typing import Final

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from writeback.gui.i18n import ROUTE_WORDS
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.text import mnemonic_free, sentence_like
from writeback.model.jobs import Assurance, Route
from writeback.runtime.facade import PlanGroup

Chosen = abc.Callable[[PlanGroup, Route, Assurance], None]
CHECKS: Final = Words(
    {
        Assurance.A: mark("checked by the CRM as it writes"),
        Assurance.B: mark("compared just before writing"),
        Assurance.C: mark("not checked"),
    }
)


class WaysButton(Button):
    """Says how a part travels; opens the menu of its other ways."""

    def __init__(self, group: PlanGroup, *, chosen: Chosen) -> None:
        super().__init__(
            way_words(group.route, group.assurance), kind="quiet", picture="sort-down", call=self.open_menu
        )
        self.setAccessibleName(tr("Route of {object}: {way}", object=group.object, way=self.text()))
        self._group, self._chosen = group, chosen
        self.menu_shown: QMenu | None = None
        if len(group.ways) < 2:
            self.gate(tr("There is no other way for this part."))

    def open_menu(self) -> None:
        """Offer every way; the one in force is ticked."""
        menu = QMenu(self)
        only_one = QActionGroup(menu)
        for route, assurance in self._group.ways:
            entry = menu.addAction(mnemonic_free(way_words(route, assurance)))
            entry.setCheckable(True)
            entry.setChecked((route, assurance) == (self._group.route, self._group.assurance))
            entry.triggered.connect(lambda _on=False, way=(route, assurance): self._chosen(self._group, *way))
            only_one.addAction(entry)
        self.menu_shown = menu
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


def way_words(route: Route, assurance: Assurance) -> str:
    """Say a way in words."""
    return tr("{route}, {checks}", route=sentence_like(ROUTE_WORDS[route]), checks=tr(CHECKS[assurance]))
