"""What a simulator may not make itself: a lock, and a thread for asynchronous jobs.

Connectors open no socket and start no thread; their simulators, being in the same package, get both here.
"""

import logging
import queue
import threading
from collections import abc
from contextlib import AbstractContextManager

_log = logging.getLogger(__name__)

Lock = AbstractContextManager[bool]


def new_lock() -> Lock:
    """Give a re-entrant lock."""
    return threading.RLock()


class Background:
    """One thread that does what it is given, in order. Started by the first task; ended by `close`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tasks: queue.SimpleQueue[abc.Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._closing = threading.Event()

    @property
    def is_closing(self) -> bool:
        """Say whether a long task should stop."""
        return self._closing.is_set()

    def submit(self, task: abc.Callable[[], None]) -> None:
        """Do the task later, after those submitted before."""
        self._tasks.put(task)
        with self._starting:
            if self._thread is None and not self.is_closing:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()

    def pause(self, seconds: float) -> bool:
        """Wait inside a task; give True when the simulator is being closed meanwhile."""
        return self._closing.wait(seconds)

    def close(self) -> None:
        """Finish the task under way and drop the rest."""
        self._closing.set()
        self._tasks.put(None)
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None and not self.is_closing:
            try:
                task()
            except Exception:  # noqa: BLE001  a broken task may not end those of later jobs
                _log.exception("background task failed")
