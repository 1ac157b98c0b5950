"""Imports the screens that were not opened yet, one by one, while nobody does anything.

A screen's first opening is spared its imports, a third of what it takes. Nothing is built, read or asked.

Must not: work beside a person's hands, or hold the event loop for longer than one screen's imports.
"""

from collections import abc
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from writeback.gui.windows.screens import SCREENS, Screen

REST_MS: Final = 1_500
"""So long nobody pressed, clicked or turned anything."""
STEP_MS: Final = 100
"""Between two screens, so that what happened meanwhile is shown first."""
_HANDS: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}
)


class Warming(QObject):
    """Loads the screens in the order of the table; ends by itself."""

    def __init__(
        self,
        window: QWidget,
        *,
        is_busy: abc.Callable[[], bool],
        screens: abc.Sequence[Screen] = SCREENS,
        rest_ms: int = REST_MS,
    ) -> None:
        """Wire it; `is_busy` says whether something is under way that a person waits for."""
        super().__init__(window)
        self._window = window
        self._is_busy = is_busy
        self._left = list(screens)
        self._rest_ms = rest_ms
        self._rest = QDeadlineTimer(rest_ms)
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._step)

    @property
    def left(self) -> int:
        """How many screens are not loaded yet."""
        return len(self._left)

    def start(self) -> None:
        """Begin once nobody does anything."""
        handle = self._window.windowHandle()  # all that hands do to a window passes through it
        if handle is not None:
            handle.installEventFilter(self)
        self._rest = QDeadlineTimer(self._rest_ms)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS:
            self._rest = QDeadlineTimer(self._rest_ms)
        return super().eventFilter(watched, event)

    def _step(self) -> None:
        if self._is_busy() or not self._rest.hasExpired() or QApplication.activeModalWidget() is not None:
            return
        if self._left:
            self._left.pop(0).load()
            return
        self._timer.stop()
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
