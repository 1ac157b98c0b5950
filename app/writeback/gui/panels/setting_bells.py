"""Bells of connections on the page of settings: of which of them anything is told."""

from collections import abc
from typing import Final

from PySide6.QtWidgets import QCheckBox

from writeback.errors import ConfigurationError, WritebackError
from writeback.gui.preferring import preferring
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.setting_rows import Part
from writeback.gui.widgets.text import mnemonic_free
from writeback.preferences.muting import MUTED, mute_connection
from writeback.runtime.views import ConnectionView

TEXT: Final = mark("notices notifications bell mute connection silence")


class BellsPart(Part):
    """One switch a connection."""

    def __init__(self, *, complain: abc.Callable[[WritebackError], None]) -> None:
        super().__init__(tr("Notices by connection"), explains=tr("Off: nothing is told of that connection."))
        self._complain = complain
        self.switches: dict[str, QCheckBox] = {}
        preferring().changed.connect(self._show)  # a method: it goes with the page

    def show_connections(self, connections: abc.Sequence[ConnectionView]) -> None:
        """Offer a switch for each connection."""
        for view in connections:
            place, name = str(view.connection.id), view.connection.name
            if place not in self.switches:
                box = QCheckBox(mnemonic_free(name))
                box.setAccessibleName(tr("Tell of {connection}", connection=name))
                box.toggled.connect(_switched(self, place))
                self.switches[place] = box
                self.add(box, _searched(name))
        self._show()

    def _show(self, _names: object = None) -> None:
        muted = preferring().current.table(MUTED)
        for place, box in self.switches.items():
            box.blockSignals(True)  # noqa: FBT003  Qt's own
            box.setChecked(place not in muted)
            box.blockSignals(False)  # noqa: FBT003  Qt's own

    def switch(self, place: str, *, is_on: bool) -> None:
        """Tell of a connection, or of it no more."""
        try:
            mute_connection(preferring().settings, place, is_muted=not is_on)
        except ConfigurationError as error:
            self._complain(error)
        preferring().look()
        self._show()


def _switched(part: BellsPart, place: str) -> abc.Callable[[bool], None]:
    return lambda is_on: part.switch(place, is_on=is_on)


def _searched(name: str) -> abc.Callable[[], str]:
    return f"{tr(TEXT)} {name}".casefold
