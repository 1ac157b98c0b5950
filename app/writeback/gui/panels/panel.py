"""What every screen has in common: its desk, its five states, its way of asking for another screen."""

from collections import abc

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from writeback.errors import WritebackError
from writeback.gui.panels.standing import Standing
from writeback.gui.tasks import Desk
from writeback.model.events import EventKind
from writeback.runtime.views import Pulse

CALM_MS = 250
"""Screens look again at most four times a second, however fast a job runs."""


class Panel(Standing):
    """One screen.

    Signals:
        asked: Another screen is wanted; carries its name and its subject.
        can_changed: What the screen offers changed; carries a set of words.
        told: Something to say in the status line.
    """

    asked = Signal(str, object)
    can_changed = Signal(object)
    told = Signal(str)

    cares_about: frozenset[EventKind] = frozenset()

    def __init__(self, desk: Desk, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.name = name
        self.setProperty("box", "page")
        self.setAccessibleName(name)
        self._is_stale = True
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._look_again)
        self._abilities: frozenset[str] = frozenset()

    # for the window

    def open(self, subject: object = None) -> None:
        """Come to the front, maybe for one subject."""
        del subject
        self._is_stale = False
        self.refresh()

    def come_back(self) -> None:
        """Come to the front again as it was left."""
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def refresh(self) -> None:
        """Ask the workspace again."""

    def do(self, what: str) -> bool:
        """Do what an action of the table names; False: not mine."""
        del what
        return False

    def on_events(self, kinds: frozenset[EventKind]) -> None:
        """Look again soon: the event is a hint, the journal is the truth."""
        if not kinds & self.cares_about:
            return
        self._is_stale = True
        if self.isVisible() and not self._calm.isActive():
            self._calm.start()

    def show_pulse(self, pulse: Pulse) -> None:
        """Show the numbers that every screen may show; comes with each change and at the first opening."""

    def close_panel(self) -> None:
        """Give back what the screen holds."""

    @property
    def abilities(self) -> frozenset[str]:
        """What the screen offers now."""
        return self._abilities

    # for the screens

    def offer(self, *what: str) -> None:
        """Say what the screen offers now."""
        fresh = frozenset(what)
        if fresh != self._abilities:
            self._abilities = fresh
            self.can_changed.emit(fresh)

    def complain(self, error: WritebackError) -> None:
        """Say an error in the banner: what happened, what did not change, what to do, the code."""
        self.states.banner.tell_error(error)

    def complaining(self) -> abc.Callable[[WritebackError], None]:
        """Give `complain` to be handed on."""
        return self.complain

    def _look_again(self) -> None:
        if self._is_stale and self.isVisible():
            self._is_stale = False
            self.refresh()
