"""The two children of a window: kept alive, restarted after 0.2, 1 and 5 s, off after three crashes a minute.

`serve` is held by its client (a call starts it); this module asks the client to start it again when
it died under the window. `worker` is a process of its own that this module starts and watches.

Must not: read what the children say, decide what they do, block.
"""

import enum
from collections import abc, deque
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

RESTART_AFTER_MS = (200, 1000, 5000)
CRASHES_MOST = 3
CRASH_WINDOW_S = 60.0
END_WAIT_MS = 5000


class ChildState(enum.StrEnum):
    """Where a child stands."""

    STARTING = "starting"
    ON = "on"
    RESTARTING = "restarting"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Backoff:
    """When to start again after a crash: pure, so that a test needs no clock."""

    delays_ms: tuple[int, ...] = RESTART_AFTER_MS
    most: int = CRASHES_MOST
    within_s: float = CRASH_WINDOW_S

    def delay_ms(self, crashes: abc.Sequence[float], *, now: float) -> int | None:
        """Give the pause before the next start, or None: too many crashes, stay off."""
        recent = [at for at in crashes if now - at < self.within_s]
        if len(recent) >= self.most:
            return None
        return self.delays_ms[min(max(len(recent) - 1, 0), len(self.delays_ms) - 1)]


class Child(QObject):
    """One supervised child process.

    Signals:
        changed: Its state changed; carries the ChildState.
    """

    changed = Signal(object)

    def __init__(
        self,
        name: str,
        command: abc.Sequence[str],
        *,
        clock: abc.Callable[[], float],
        backoff: Backoff | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.state = ChildState.STARTING
        self._command = tuple(command)
        self._clock = clock
        self._backoff = backoff or Backoff()
        self._crashes: deque[float] = deque(maxlen=8)
        self._is_wanted = False
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setProcessEnvironment(QProcessEnvironment.systemEnvironment())
        self._process.started.connect(lambda: self._become(ChildState.ON))
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._failed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._start)

    @property
    def pid(self) -> int:
        """The process id, 0 when it does not run."""
        return int(self._process.processId())

    def start(self) -> None:
        """Start it and keep it alive; also after it was off."""
        self._is_wanted = True
        self._crashes.clear()
        self._start()

    def wake(self) -> None:
        """Send one line: there is something to do. Polling is the fallback."""
        if self._process.state() is QProcess.ProcessState.Running:
            self._process.write(b"wake\n")

    def stop(self, *, wait: bool = True) -> None:
        """End its input, let it finish what is in flight, then end it."""
        self._is_wanted = False
        self._timer.stop()
        if self._process.state() is QProcess.ProcessState.NotRunning:
            return
        self._process.closeWriteChannel()
        self._process.terminate()
        if wait and not self._process.waitForFinished(END_WAIT_MS):
            self._process.kill()
            self._process.waitForFinished(1000)

    def _start(self) -> None:
        if self._is_wanted and self._process.state() is QProcess.ProcessState.NotRunning:
            self._process.start(self._command[0], list(self._command[1:]))

    def _failed(self, problem: QProcess.ProcessError) -> None:
        if problem is QProcess.ProcessError.FailedToStart:
            self._crashed()

    def _ended(self) -> None:
        if self._is_wanted:
            self._crashed()
        else:
            self._become(ChildState.OFF)

    def _crashed(self) -> None:
        self._crashes.append(self._clock())
        delay = self._backoff.delay_ms(self._crashes, now=self._clock())
        if delay is None:
            self._is_wanted = False
            self._become(ChildState.OFF)
            return
        self._become(ChildState.RESTARTING)
        self._timer.start(delay)

    def _become(self, state: ChildState) -> None:
        self.state = state
        self.changed.emit(state)


class ServeWatch(QObject):
    """Keeps the child of the pipe client alive: what the client says about it, as signals.

    The client calls `hear` from its reader thread; the signal brings it to the window's thread.

    Signals:
        changed: Its state changed; carries the ChildState.
        plugin_died: It ended while it worked for a call of a plugin; carries the plugin and the exit status.
    """

    changed = Signal(object)
    plugin_died = Signal(str, int)
    _heard = Signal(object)

    def __init__(
        self,
        start: abc.Callable[[], None],
        *,
        clock: abc.Callable[[], float],
        backoff: Backoff | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = ChildState.STARTING
        self._start = start
        self._clock = clock
        self._backoff = backoff or Backoff()
        self._crashes: deque[float] = deque(maxlen=8)
        self._is_wanted = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(start)
        self._heard.connect(self._take)

    def hear(self, event: abc.Mapping[str, object]) -> None:
        """Take one event of the client; may be called from any thread."""
        self._heard.emit(dict(event))

    def stop(self) -> None:
        """The window closes: do not start it again."""
        self._is_wanted = False
        self._timer.stop()

    def _take(self, event: abc.Mapping[str, object]) -> None:
        match event.get("event"):
            case "started":
                self._become(ChildState.ON)
            case "ended" if self._is_wanted:
                self._tell_plugins(event)
                self._crashes.append(self._clock())
                delay = self._backoff.delay_ms(self._crashes, now=self._clock())
                if delay is None:
                    self._become(ChildState.OFF)
                    return
                self._become(ChildState.RESTARTING)
                self._timer.start(delay)
            case _:
                return

    def _tell_plugins(self, event: abc.Mapping[str, object]) -> None:
        plugins, status = event.get("plugins"), event.get("status")
        for plugin in plugins if isinstance(plugins, list) else ():
            self.plugin_died.emit(str(plugin), status if isinstance(status, int) else 0)

    def _become(self, state: ChildState) -> None:
        self.state = state
        self.changed.emit(state)
