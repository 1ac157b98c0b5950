"""How long a plugin's last calls took in this process, and what they did to its memory.

Kept in memory only, a few for each plugin. Several calls may run at once: what the process grew by while
one ran is an upper bound of what it took.
"""

import threading
from collections import abc, deque
from datetime import datetime
from typing import Final

from writeback.runtime.facade.plugins import PluginCall

KEPT: Final = 20


class CallNotes:
    """Notes of one process; may be written and read from any thread."""

    def __init__(self, now: abc.Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._by_plugin: dict[str, deque[PluginCall]] = {}

    def note(self, plugin: str, call: str, *, seconds: float, grew: int, resident: int) -> None:
        """Keep one call; the oldest goes."""
        made = PluginCall(call, self._now(), seconds, grew, resident)
        with self._lock:
            self._by_plugin.setdefault(plugin, deque(maxlen=KEPT)).append(made)

    def of(self, plugin: str) -> tuple[PluginCall, ...]:
        """Give a plugin's calls, the newest first."""
        with self._lock:
            return tuple(reversed(self._by_plugin.get(plugin, ())))
