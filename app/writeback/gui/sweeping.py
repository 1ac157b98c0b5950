"""Python's collector of cycles, kept on the window's thread.

Left to itself it runs on whatever thread happens to allocate. On a thread of a task it would destroy a
widget there while the window's thread holds Qt's locks and waits for Python: both wait for ever (seen
in tests, 2026-11-27). So it is switched off, and swept for between two events instead.
"""

import gc
import linecache
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer

LOOK_MS: Final = 250
WHOLE_MS: Final = 30_000
"""A sweep of everything comes at most so often: it is the one that can be felt."""


class Sweeper(QObject):
    """Collects cycles while it lives; gives the collector back to Python at `close`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what was imported stays: to look through it is what a person would feel
        self._pause = QDeadlineTimer(WHOLE_MS)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        """Collect what Python itself would collect by now."""
        young, middle, old = (
            count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if old and self._pause.hasExpired():
            linecache.clearcache()
            gc.collect()
            self._pause = QDeadlineTimer(WHOLE_MS)
        elif middle:
            gc.collect(1)
        elif young:
            gc.collect(0)

    def settle(self) -> None:
        """What is there now stays for good: later sweeps need not look at it."""
        linecache.clearcache()  # PySide reads, and keeps, the source of each module imported after it
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        """Sweep once more and hand over."""
        self._timer.stop()
        gc.unfreeze()
        gc.collect()
        gc.enable()
