"""Drain the journal and tell the panels: at most 20 times a second, one batched signal.

An event is a hint to look again; the journal is the truth, so a second process, a worker on another
machine and a restart all look the same. Reading happens in a task, so a slow disk costs no frame.
"""

from collections import abc

from PySide6.QtCore import QObject, QTimer, Signal

from writeback.gui.tasks import Tasks
from writeback.model.events import Event
from writeback.runtime.reading import Reading

BUSY_MS = 50
"""20 a second while things happen."""
IDLE_MS = 200
"""Pause after a look that found nothing: an event is on screen within 250 ms."""


class Bridge(QObject):
    """Turns the journal into signals.

    Signals:
        happened: New journal entries, oldest first (a tuple of Event).
        caught_up: Every entry up to the last `look_now` is delivered.
    """

    happened = Signal(tuple)
    caught_up = Signal()

    def __init__(self, reads: Reading, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reads = reads
        self._tasks = tasks
        self._seq: int | None = None
        self._is_looking = False
        self._waiting: list[abc.Callable[[], None]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    @property
    def seq(self) -> int:
        """The number of the newest entry delivered."""
        return self._seq or 0

    def start(self) -> None:
        """Begin at the journal's present end."""
        self._look()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def after_now(self, then: abc.Callable[[], None]) -> None:
        """Call `then` once everything is delivered that the journal holds at this moment."""
        self._waiting.append(then)
        if not self._is_looking:
            self._look()

    def _look(self) -> None:
        if self._is_looking:
            return
        self._timer.stop()
        self._is_looking = True
        seq, waiting, self._waiting = self._seq, self._waiting, []

        def read() -> tuple[int, tuple[Event, ...]]:
            if seq is None:
                return self._reads.journal_seq(), ()
            events = self._reads.journal_after(seq)
            return (events[-1].seq if events else seq), events

        self._tasks.run(
            self,
            read,
            done=lambda found: self._deliver(found, waiting),
            failed=lambda _error: self._deliver((seq or 0, ()), waiting),
        )

    def _deliver(self, found: tuple[int, tuple[Event, ...]], waiting: list[abc.Callable[[], None]]) -> None:
        self._is_looking = False
        self._seq, events = found
        if events:
            self.happened.emit(events)
        for then in waiting:
            then()
        if waiting:
            self.caught_up.emit()
        if self._waiting:
            self._look()
        else:
            self._timer.start(BUSY_MS if events else IDLE_MS)
