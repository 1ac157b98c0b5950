"""Start the window: QApplication → palette → empty window shown → workspace opened in a task → screens.

Wires desk, bridge and children; everything else is handed on. The only module that knows them all.
"""

import contextlib
import sys
import threading
import time
import traceback
import uuid
from collections import abc
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QProcess, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from writeback.errors import ConfigurationError, WorkspaceBusyError, WorkspaceError, WritebackError
from writeback.gui.bridge import Bridge
from writeback.gui.children import Backoff, Child, ServeWatch
from writeback.gui.handed_links import Application
from writeback.gui.preferring import install, preferring
from writeback.gui.single import Single
from writeback.gui.sweeping import Sweeper
from writeback.gui.tasks import Desk, Tasks
from writeback.gui.theming.current import Theming
from writeback.gui.translating import tr
from writeback.gui.windows.main import MainWindow
from writeback.gui.windows.warming import Warming
from writeback.runtime.client import PipeClient
from writeback.runtime.reading import SCHEMA, Reading
from writeback.runtime.resources import resource_folder
from writeback.runtime.sentences import sentence_of
from writeback.runtime.unopened import why_unopened
from writeback.runtime.wording import spoken
from writeback.settings import Settings, author, load, own_program

SETTLED_MS = 10_000
"""After this what the start brought is there for good."""
DEMO_MS = 60_000
"""So long a demo that was asked for may take to come: another click starts no second one."""


def run(
    workspace_path: Path,
    *,
    settings: Settings,
    link: str = "",
    watch: abc.Callable[[MainWindow], None] = lambda _window: None,
) -> int:
    """Show the window on a workspace until it is closed; give the exit code.

    Where this person's window on it is open already, that one comes to the front and follows the link.
    `watch` is handed the window when it is shown: the bench looks when it can be used.

    Without a display nothing is opened: one sentence says so, and what to do instead.

    Raises:
        ConfigurationError: `window.run_folder`.
        WorkspaceBusyError: `window.no_answer`.
    """
    if not settings.has_display:
        sys.stderr.write(f"{sentence_of('window.no_display')} (window.no_display)\n")
        return ConfigurationError.exit_code
    started = QApplication.instance()
    application = started if isinstance(started, QApplication) else Application(sys.argv[:1])
    application.setApplicationName("Writeback")
    single = Single(settings.run_dir or settings.data_dir / "run", workspace_path, application)
    if not single.claim():
        if single.hand_over(link):
            return 0
        raise WorkspaceBusyError("window.no_answer", path=str(workspace_path))
    Report().install()
    sweeper = Sweeper(application)
    Theming(resource_folder(), application)
    install(settings).wear()
    window = MainWindow(workspace_path)
    window.show()
    house = House(window, workspace_path)
    single.asked.connect(window.follow)
    if isinstance(application, Application):
        application.link_handed.connect(window.follow)
    if link:
        window.follow(link)
    house.open()
    watch(window)
    QTimer.singleShot(SETTLED_MS, sweeper, sweeper.settle)
    code = application.exec()
    house.close()
    sweeper.close()
    single.close()
    return code


class House(QObject):
    """Everything behind one window: tasks, reading, the pipe's client, the bridge, the children."""

    def __init__(
        self,
        window: MainWindow,
        workspace: Path,
        *,
        command: abc.Sequence[str] | None = None,
        works: bool = True,
    ) -> None:
        """Wire it; with `works` off no worker is started, and what is queued stays so."""
        super().__init__(window)
        self._works = works
        base = tuple(command) if command is not None else own_program()
        self._workspace = workspace
        self._base = (*base, "--workspace", str(workspace))
        self._window = window
        self.tasks = Tasks(self)
        self.reads: Reading | None = None
        self.bridge: Bridge | None = None
        self.client: PipeClient | None = None
        self.serve = ServeWatch(
            self._start_serve, clock=time.monotonic, backoff=Backoff(delays_ms=(0, 0, 0)), parent=self
        )  # the client itself waits before it starts a child again
        self.serve.changed.connect(lambda state: window.family.tell("serve", state))
        self.serve.plugin_died.connect(self._plugin_died)
        self.worker = Child("worker", (*self._base, "worker"), clock=time.monotonic, parent=self)
        window.family.watch(self.worker)
        window.deeds.demo_wanted.connect(self._start_demo)
        window.deeds.workspace_wanted.connect(self._open_other)
        window.finishing_wanted.connect(
            lambda: self._start_program(*self._base[-2:], "worker", "--until-idle")
        )
        window.unopened.retry.connect(self.open)
        window.closing.connect(self.close)
        window.restricted.changed.connect(self._trust_changed)
        self.warming = Warming(window, is_busy=lambda: self.tasks.running > 0)
        self._is_closed = False
        self._is_demo_coming = False

    def open(self) -> None:
        """Read the workspace and fill the window; `serve` starts beside it, or first, to make it."""
        self.tasks.run(
            self,
            self._opened,
            done=self._fill,
            failed=lambda error: self._window.show_error(error, self.tasks),
        )

    def close(self) -> None:
        """End everything in order; calls under way are finished by `serve` itself."""
        if self._is_closed:
            return
        self._is_closed = True
        self.serve.stop()
        self.worker.stop()
        if self.bridge is not None:
            self.bridge.stop()
        self.tasks.close()
        if self.client is not None:
            self.client.close()
        if self.reads is not None:
            self.reads.close()

    def _opened(self) -> tuple[PipeClient, Reading]:
        client = PipeClient(
            (*self._base, "serve", "--stdio", "--language", spoken().language),
            schema=SCHEMA,
            on_event=self.serve.hear,
        )
        try:
            with contextlib.suppress(WorkspaceError):  # as on nearly every start: nobody waits for `serve`
                return client, Reading.open(self._workspace, now=utc_now, new_id=new_id)
            client.start()  # makes the workspace, or brings it up to date
            return client, Reading.open(self._workspace, now=utc_now, new_id=new_id)
        except WritebackError as error:
            client.close()
            told = why_unopened(self._workspace, now=utc_now, new_id=new_id)
            if told is None:
                raise
            raise told from error

    def _fill(self, found: tuple[PipeClient, Reading]) -> None:
        self.client, self.reads = found
        desk = Desk(
            reads=self.reads,
            facade=self.client.facade,
            tasks=self.tasks,
            now=utc_now,
            new_id=new_id,
            author=author(),
        )
        self.bridge = Bridge(self.reads, self.tasks, self)
        self._window.fill(desk, self.bridge)
        self.warming.start()
        self.tasks.run(
            self, self.client.start, done=lambda _none: None, failed=self._window.banner.tell_error
        )

    def _trust_changed(self, is_restricted: bool) -> None:  # noqa: FBT001  a signal's argument
        if is_restricted:
            self.worker.stop(wait=False)
        else:
            self.start_worker()

    def start_worker(self) -> None:
        """Start the worker, where the window is to work and the person wants one with it."""
        if self._works and preferring().current.is_on("worker.with_window"):
            self.worker.start()

    def _start_serve(self) -> None:
        client = self.client
        if client is not None:
            self.tasks.run(self, client.start, done=lambda _none: None, failed=lambda _error: None)

    def _plugin_died(self, plugin: str, status: int) -> None:
        def note() -> str:
            from writeback.runtime.plugins import Plugins  # noqa: PLC0415  pydantic: only where needed

            return Plugins(load(), now=utc_now).died(plugin, status)

        self.tasks.run(
            self,
            note,
            done=lambda kind: self._window.family.plugin_failed(plugin, kind),
            failed=self._window.banner.tell_error,
        )

    def _leave_to_worker(self) -> None:
        """Let a worker of its own finish what is under way; it ends with the last job."""
        self._start_program(*self._base[-2:], "worker", "--until-idle")

    def _open_other(self, path: str) -> None:
        self._start_program("--workspace", path, "gui")

    def _start_demo(self) -> None:
        """Start it once, and say that it takes a while."""
        if not self._is_demo_coming:
            self._is_demo_coming = True
            QTimer.singleShot(DEMO_MS, self, self._demo_came)
            self._start_program("demo")
        self._window.banner.tell(
            tr("The demo is being made: it opens in a window of its own in less than a minute.")
        )

    def _demo_came(self) -> None:
        self._is_demo_coming = False

    def _start_program(self, *arguments: str) -> None:
        program, *rest = self._base[:-2]
        QProcess.startDetached(program, [*rest, *arguments])


class Report:
    """Where a bug of ours is told: one place for slots, threads and Qt's own complaints."""

    def install(self) -> None:
        """Take over the three hooks."""
        sys.excepthook = self.tell
        threading.excepthook = self._tell_thread
        qInstallMessageHandler(self._tell_qt)

    def tell(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Write the traceback to standard error; the window stays open."""
        sys.stderr.write("".join(traceback.format_exception(kind, error, trace)))

    def _tell_thread(self, facts: threading.ExceptHookArgs) -> None:
        if facts.exc_value is not None:
            self.tell(facts.exc_type, facts.exc_value, facts.exc_traceback)

    def _tell_qt(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg:
            sys.stderr.write(f"Qt: {text}\n")


def utc_now() -> datetime:
    """Read the clock; a front end is where it may be read."""
    return datetime.now(UTC)  # noqa: TID251  the door of the window


def new_id() -> str:
    """Make the id of one act."""
    return uuid.uuid4().hex  # noqa: TID251  the door of the window
