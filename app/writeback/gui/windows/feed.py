"""What the window itself shows of the workspace: pulse and connections, kept fresh."""

from collections import abc

from PySide6.QtCore import QObject, QTimer, Signal

from writeback.gui.bridge import Bridge
from writeback.gui.tasks import Desk
from writeback.model.events import Event, EventKind
from writeback.runtime.views import ConnectionView, Pulse

PULSE_MS = 250
_OF_CONNECTIONS = frozenset(
    {EventKind.CONNECTION_CHANGED, EventKind.INTEGRATION_CHANGED, EventKind.BATCH_SETTLED}
)


class Feed(QObject):
    """Keeps the window's own figures fresh, at most four times a second.

    Signals:
        happened: Kinds of events, as a frozenset.
        pulsed: Fresh figures (a Pulse).
        plugin_failed: A plugin went wrong; carries its id.
        connected: The connections as they are now (a tuple of ConnectionView).
    """

    happened = Signal(object)
    pulsed = Signal(object)
    plugin_failed = Signal(str)
    connected = Signal(object)

    def __init__(self, desk: Desk, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wants_connections = True
        self.pulse = Pulse()
        self.connections: tuple[ConnectionView, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PULSE_MS)
        self._timer.timeout.connect(self.ask)
        bridge.happened.connect(self._on_events)

    def ask(self) -> None:
        """Ask now."""
        self._desk.read(self, lambda reads: reads.pulse(), done=self._show_pulse)
        if self._wants_connections:
            self._wants_connections = False
            self._desk.read(self, lambda reads: reads.connections(), done=self._show_connections)

    def _on_events(self, events: abc.Sequence[Event]) -> None:
        kinds = frozenset(event.kind for event in events)
        self._wants_connections |= bool(kinds & _OF_CONNECTIONS)
        self.happened.emit(kinds)
        for plugin in {event.subject for event in events if event.kind is EventKind.PLUGIN_FAILED}:
            self.plugin_failed.emit(plugin)
        if not self._timer.isActive():
            self._timer.start()

    def _show_pulse(self, pulse: Pulse) -> None:
        self.pulse = pulse
        self.pulsed.emit(pulse)

    def _show_connections(self, views: tuple[ConnectionView, ...]) -> None:
        self.connections = views
        self.connected.emit(views)
