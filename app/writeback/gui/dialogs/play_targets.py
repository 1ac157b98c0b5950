"""To which connections a play sends: a button that says so, and a menu in which they are ticked."""

from collections import abc
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.text import mnemonic_free, one_line
from writeback.model.connections import Connection
from writeback.model.types import ConnectionId


class PlayTargets(Button):
    """The connections that a play sends to; none ticked: all that take its values.

    Signals:
        changed: Another connection is ticked, or one is not any more.
    """

    changed = Signal()

    def __init__(self, only: abc.Sequence[ConnectionId], parent: QWidget | None = None) -> None:
        super().__init__("", picture="sort-down", call=self.open, parent=parent)
        self.setAccessibleDescription(tr("Sends to"))
        self._only = tuple(only)
        self._known: tuple[Connection, ...] = ()
        self.menu_shown: QMenu | None = None
        self._tell()

    @property
    def only(self) -> tuple[ConnectionId, ...]:
        """The ticked connections."""
        return self._only

    def show_connections(self, known: abc.Iterable[Connection]) -> None:
        """Say which connections there are."""
        self._known = tuple(known)
        self._tell()

    def open(self) -> None:
        """Show the menu."""
        menu = QMenu(self)
        every = menu.addAction(tr("All that take its values"))
        every.setCheckable(True)
        every.setChecked(not self._only)
        every.triggered.connect(lambda _on: self._put(()))
        menu.addSeparator()
        for one in self._known:
            name, word = one_line(one.name), one_line(one.environment_word)
            words = tr("{name} ({environment_word})", name=name, environment_word=word)
            action = menu.addAction(mnemonic_free(words))
            action.setCheckable(True)
            action.setChecked(one.id in self._only)
            action.toggled.connect(partial(self._tick, one.id))
        self.menu_shown = menu
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _tick(self, connection: ConnectionId, is_on: bool) -> None:  # noqa: FBT001  a signal hands it over
        left = tuple(one for one in self._only if one != connection)
        self._put((*left, connection) if is_on else left)

    def _put(self, only: tuple[ConnectionId, ...]) -> None:
        self._only = only
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        names = [one_line(one.name) for one in self._known if one.id in self._only]
        gone = len(self._only) - len(names)
        if not self._only:
            self.say(tr("All that take its values"))
        elif gone and self._known:
            self.say(", ".join((*names, tr("%n that are gone", gone))))
        else:
            self.say(", ".join(names) or tr("%n connections", len(self._only)))
