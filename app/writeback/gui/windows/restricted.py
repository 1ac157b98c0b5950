"""The bar over every screen of a workspace that came from elsewhere, and the door to its decision."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from writeback.gui.dialogs.trusting import TrustDialog
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.layouts import boxed, column
from writeback.gui.widgets.states import Banner
from writeback.settings import load


class Restricted(QObject):
    """Keeps the bar true.

    Signals:
        changed: The workspace is restricted now, or no longer; carries which. Comes once after the start.
    """

    changed = Signal(bool)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._desk: Desk | None = None
        self._is_on: bool | None = None
        self.bar = Banner()
        self.place = boxed(column(self.bar, margin=(0, 2, 0, 0)))
        self.place.hide()

    def fill(self, desk: Desk) -> None:
        """The workspace is open: look whether it is trusted."""
        self._desk = desk
        self.look()

    def look(self) -> None:
        """Look again: somebody may have decided in another window or by a command."""
        if self._desk is not None:
            self._desk.read(self, lambda reads: reads.is_restricted(load()), done=self._show)

    def ask(self) -> None:
        """Show what the file holds, and let the person decide."""
        if self._desk is not None:
            dialog = TrustDialog(self._desk, self._window)
            dialog.decided.connect(lambda is_trusted: self._show(not is_trusted))
            dialog.open()

    def _show(self, is_on: bool) -> None:  # noqa: FBT001  a state
        if is_on:
            self.bar.tell(
                tr(
                    "Restricted: this file came from elsewhere. Nothing is sent from it, and no plugin of "
                    "others runs for it, until you trust it."
                ),
                tone="warning",
                act=tr("Look and decide…"),
                call=self.ask,
                closes=False,
            )
        else:
            self.bar.hide()
        self.place.setVisible(is_on)
        if is_on is not self._is_on:
            self._is_on = is_on
            self.changed.emit(is_on)
