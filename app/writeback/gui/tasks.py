"""Work off the event loop: reads and façade calls run on threads, answers come back as signals.

A panel starts a task and goes on; `done` or `failed` is called on the window's thread, unless the
panel is gone by then. Nothing here waits. What a panel reads twice is answered in the order it was
asked: an older answer after a newer one would leave on the screen what is no longer so.

Must not: touch a widget from a thread, let an exception vanish.
"""

import traceback
from collections import abc, deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from writeback.errors import Cancelled, InternalError, WritebackError
from writeback.runtime.reading import Reading

if TYPE_CHECKING:
    from writeback.runtime.facade import Facade

AnswerT = TypeVar("AnswerT")
Failed = abc.Callable[[WritebackError], None]

THREADS = 6
"""So many tasks run side by side; what is asked beyond waits its turn."""


@dataclass(frozen=True, slots=True)
class _End:
    """What became of one task, on its way to the window's thread."""

    owner: QObject
    done: abc.Callable[[Any], None]
    failed: Failed | None
    answer: object = None
    error: WritebackError | None = None
    turn: "_Turn | None" = None


@dataclass(slots=True)
class _Turn:
    """The place of one read among those that the same line of the same panel asked for."""

    of: tuple[QObject, object]
    end: _End | None = None


class Tasks(QObject):
    """Runs tasks on a few threads.

    Signals:
        failed: A task failed and its owner does not care; carries the error.
        busy: How many tasks run now.
    """

    failed = Signal(object)
    busy = Signal(int)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="window-task")
        self._running = 0
        self._is_closed = False
        self._turns: dict[tuple[QObject, object], deque[_Turn]] = {}
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> int:
        """Say how many tasks run now."""
        return self._running

    def run(
        self,
        owner: QObject,
        act: abc.Callable[[], AnswerT],
        *,
        done: abc.Callable[[AnswerT], None],
        failed: Failed | None = None,
        in_turn: bool = False,
    ) -> None:
        """Run `act` on a thread; then call `done` or `failed` here, while `owner` lives.

        Args:
            owner: Whose task it is.
            act: What runs on the thread.
            done: Called with the answer.
            failed: Called with the error; without it `Tasks.failed` tells.
            in_turn: Answers to `owner` for one and the same `done` come in the order of the calls.
        """
        if self._is_closed:
            return
        self._running += 1
        self.busy.emit(self._running)
        turn = self._take_turn(owner, done) if in_turn else None
        self._pool.submit(self._work, act, _End(owner, done, failed, turn=turn))

    def close(self) -> None:
        """Take no new tasks; answers of those under way are dropped."""
        self._is_closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(self, act: abc.Callable[[], object], end: _End) -> None:
        answer: object = None
        error: WritebackError | None = None
        try:
            answer = act()
        except WritebackError as raised:
            error = raised
        except Cancelled:
            error = InternalError("window.cancelled")
        except Exception as raised:  # noqa: BLE001  the door of tasks: a bug becomes an answer, never silence
            error = InternalError(
                "window.bug", kind=type(raised).__name__, detail=traceback.format_exc()[-2000:]
            )
        if not self._is_closed and shiboken6.isValid(self):
            self._ended.emit(replace(end, answer=answer, error=error))

    def _take_turn(self, owner: QObject, done: object) -> _Turn:
        """Stand in line: a function made anew for each call (a lambda) is the same by its code."""
        turn = _Turn((owner, getattr(done, "__code__", done)))
        self._turns.setdefault(turn.of, deque()).append(turn)
        return turn

    def _deliver(self, end: _End) -> None:
        if end.turn is None:
            self._answer(end)
            return
        end.turn.end = end
        line = self._turns[end.turn.of]
        while line and (ready := line[0].end) is not None:
            line.popleft()
            self._answer(ready)
        if not line and self._turns.get(end.turn.of) is line:
            del self._turns[end.turn.of]

    def _answer(self, end: _End) -> None:
        self._running -= 1
        self.busy.emit(self._running)
        if self._is_closed or not shiboken6.isValid(end.owner):
            return
        if end.error is None:
            end.done(end.answer)
        elif end.failed is not None:
            end.failed(end.error)
        else:
            self.failed.emit(end.error)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a panel is handed: reads, commands, threads, a clock and a maker of ids. No Runtime."""

    reads: Reading
    facade: "Facade"
    tasks: Tasks
    now: abc.Callable[[], datetime]
    new_id: abc.Callable[[], str]
    author: str = "me"

    def read(
        self,
        owner: QObject,
        act: abc.Callable[[Reading], AnswerT],
        *,
        done: abc.Callable[[AnswerT], None],
        failed: Failed | None = None,
    ) -> None:
        """Read the workspace in a task; answers of one `done` come in the order they were asked."""
        self.tasks.run(owner, lambda: act(self.reads), done=done, failed=failed, in_turn=True)

    def ask(
        self,
        owner: QObject,
        act: "abc.Callable[[Facade, str], AnswerT]",
        *,
        done: abc.Callable[[AnswerT], None],
        failed: Failed | None = None,
    ) -> None:
        """Ask the façade in a task, under a new act id."""
        identifier = self.new_id()
        self.tasks.run(owner, lambda: act(self.facade, identifier), done=done, failed=failed)
