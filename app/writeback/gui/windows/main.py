"""The main window: context bar, navigation, screens, status line; actions from one table.

It opens at once and empty; the desk arrives from a task. It shows, asks and re-queries: it never
sends, never writes and never imports a plugin.
"""

from collections import abc
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QStackedWidget, QWidget

from writeback.errors import ConfigurationError, WritebackError
from writeback.gui.actions.table import Action, Context
from writeback.gui.bridge import Bridge
from writeback.gui.children import Child, ChildState
from writeback.gui.dialogs.messages import Sheet, ask, tell
from writeback.gui.dialogs.palette import Palette
from writeback.gui.panels.panel import Panel
from writeback.gui.preferring import preferring
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import theming
from writeback.gui.theming.tokens import ThemeName
from writeback.gui.translating import tr
from writeback.gui.widgets.layouts import boxed, column, row
from writeback.gui.widgets.states import Banner, States
from writeback.gui.widgets.text import title_free
from writeback.gui.windows.bars import ContextBar, StatusLine
from writeback.gui.windows.menus import ALL_ACTIONS, Menus
from writeback.gui.windows.navigation import Navigation
from writeback.gui.windows.opened import Panels
from writeback.gui.windows.screens import Behind
from writeback.model.events import Event, EventKind
from writeback.runtime.views import ConnectionView, Pulse

NARROW_BELOW = 1000
PULSE_MS = 250


class MainWindow(QMainWindow):
    """One window on one workspace.

    Signals:
        demo_wanted: The demo workspace shall open in a window of its own.
        workspace_wanted: Another workspace file shall open; carries its path.
        closing: The window closes.
    """

    demo_wanted = Signal()
    workspace_wanted = Signal(str)
    closing = Signal()

    def __init__(self, workspace: Path, *, now: abc.Callable[[], object] | None = None) -> None:
        super().__init__()
        del now
        self._workspace = workspace
        self.setWindowTitle(title_free(f"{workspace.stem} – Writeback"))
        self.setMinimumSize(900, 600)
        self.resize(1280, 800)
        self.panels = Panels(self._take_in)
        self._screen = "welcome"
        self._back: list[tuple[str, object]] = []
        self._pulse = Pulse()
        self._desk: Desk | None = None
        self._bridge: Bridge | None = None
        self._children: list[Child] = []
        self.context_bar = ContextBar(workspace.stem)
        self.navigation = Navigation()
        self.navigation.setEnabled(False)
        self._stack = QStackedWidget()
        self._waiting = States(QWidget())
        self._waiting.loading()
        self._stack.addWidget(boxed(column(self._waiting, margin=8), box="page"))
        self.banner = Banner()
        self.status: StatusLine | None = None
        self._centre = self._laid_out()
        self.setCentralWidget(self._centre)
        self.context_bar.palette_asked.connect(lambda: self.do("palette"))
        self.context_bar.theme.connect(self._flip_theme)
        self.navigation.chosen.connect(self.go)
        self._menus = Menus(self, self)
        theming().changed.connect(self._fit_width)
        self._gate_actions()
        self._pulse_timer = QTimer(self)
        self._pulse_timer.setSingleShot(True)
        self._pulse_timer.setInterval(PULSE_MS)
        self._pulse_timer.timeout.connect(self._ask_pulse)

    def _laid_out(self) -> QWidget:
        middle = row(self.navigation, gap=0)
        right = column(gap=0)
        banner = column(self.banner, margin=(8, 0, 8, 0))
        right.addLayout(banner)
        right.addWidget(self._stack, 1)
        middle.addLayout(right, 1)
        self._body = column(self.context_bar, gap=0)
        self._body.addLayout(middle, 1)
        centre = QWidget()
        centre.setLayout(self._body)
        return centre

    # filling

    def fill(self, desk: Desk, bridge: Bridge) -> None:
        """The workspace is open: build the screens and show the first."""
        self._desk, self._bridge = desk, bridge
        self.status = StatusLine(desk.now)
        self.status.jobs.connect(lambda: self.go("jobs"))
        self._body.addWidget(self.status)
        self.panels.fill(Behind(desk, bridge, self._workspace))
        self.navigation.setEnabled(True)
        bridge.happened.connect(self._on_events)
        desk.tasks.failed.connect(self.banner.tell_error)
        bridge.start()
        self._ask_pulse()
        self.go("welcome")

    def _take_in(self, panel: Panel) -> None:
        self._stack.addWidget(panel)
        panel.asked.connect(self._asked)
        if self.status is not None:
            panel.told.connect(self.status.say)
        panel.can_changed.connect(lambda _what: self._gate_actions())
        panel.show_pulse(self._pulse)

    def watch(self, child: Child) -> None:
        """Show where a child stands, and say so when it stays off."""
        self._children.append(child)
        child.changed.connect(lambda state: self.child_changed(child.name, state))

    def child_changed(self, name: str, state: ChildState) -> None:
        """A child started, died or stays off."""
        if self.status is not None:
            self.status.show_child(name, state)
        if state is ChildState.OFF and self.isVisible():
            what = {
                "worker": tr("The worker stopped three times within a minute and stays off. Jobs wait."),
                "serve": tr("The helper that saves edits stopped three times within a minute and stays off."),
            }.get(name, tr("{name} stays off.", name=name))
            self.banner.tell(what, tone="error", act=tr("Start again"), call=lambda: self._start_again(name))

    def plugin_failed(self, plugin: str, kind: str = "raised") -> None:
        """Name the plugin that went wrong; whatever else there is goes on."""
        what = {
            "raised": tr("it failed in the middle of its work"),
            "hung": tr("it did not answer and was ended"),
            "crashed": tr("it ended the process that it ran in; plugins of others are off"),
        }[kind]
        self.banner.tell(
            tr("The plugin {plugin} went wrong: {what}. The rest works.", plugin=plugin, what=what),
            tone="error",
            act=tr("Show the plugin"),
            call=lambda: self.go("plugins", plugin),
        )

    def show_error(self, error: WritebackError) -> None:
        """The workspace could not be opened."""
        self._waiting.error(error)

    # navigation

    def go(self, screen: str, subject: object = None) -> None:
        """Show a screen."""
        if screen not in self.panels:
            return
        panel = self.panels[screen]
        self._screen = screen
        self._stack.setCurrentWidget(panel)
        panel.open(subject)
        self.navigation.show_screen(screen)
        self._gate_actions()
        focus = panel.first_focus()
        if focus is not None:
            focus.setFocus()

    @property
    def screen_name(self) -> str:
        """The screen in front."""
        return self._screen

    def _asked(self, screen: str, subject: object) -> None:
        if screen.startswith("do:"):
            self.do(screen[3:])
        else:
            self.go(screen, subject)

    # actions

    def do(self, what: str) -> None:
        """Do what an action names: the front screen first, then the window."""
        panel = self.panels.peek(self._screen)
        if panel is not None and what != "pull" and panel.do(what):
            return
        own: dict[str, abc.Callable[[], object]] = {
            "connect": self._connect,
            "demo": self.demo_wanted.emit,
            "open": self._open_workspace,
            "quit": self.close,
            "palette": self._open_palette,
            "keys": self._open_keys,
            "about": self._open_about,
            "pull": self._pull,
            "wake": self._wake_worker,
            "light": lambda: self._wear(ThemeName.LIGHT),
            "dark": lambda: self._wear(ThemeName.DARK),
            "contrast": lambda: self._wear(ThemeName.CONTRAST),
            "next_region": lambda: self._step_region(1),
            "previous_region": lambda: self._step_region(-1),
        }
        if what in own:
            own[what]()

    def _context(self) -> Context:
        panel = self.panels.peek(self._screen)
        return Context(self._screen, self._pulse, panel.abilities if panel is not None else frozenset())

    def _gate_actions(self) -> None:
        self._menus.gate(self._context())

    def reason_of(self, identifier: str) -> str:
        """Say why an action is disabled now; '' = it is not."""
        return next(one for one in ALL_ACTIONS if one.id == identifier).reason(self._context())

    # what happens

    def _on_events(self, events: tuple[Event, ...]) -> None:
        kinds = frozenset(event.kind for event in events)
        for panel in self.panels.built:
            panel.on_events(kinds)
        if not self._pulse_timer.isActive():
            self._pulse_timer.start()
        if kinds & {EventKind.CONNECTION_CHANGED}:
            self._ask_connections()
        for plugin in {event.subject for event in events if event.kind is EventKind.PLUGIN_FAILED}:
            self.plugin_failed(plugin)

    def _ask_pulse(self) -> None:
        if self._desk is None:
            return
        self._desk.read(self, lambda reads: reads.pulse(), done=self._show_pulse)
        if self._pulse == Pulse():
            self._ask_connections()

    def _ask_connections(self) -> None:
        if self._desk is not None:
            self._desk.read(self, lambda reads: reads.connections(), done=self._show_connections)

    def _show_connections(self, views: tuple[ConnectionView, ...]) -> None:
        self.context_bar.show_connections(views)

    def _show_pulse(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self.navigation.show_pulse(pulse)
        if self.status is not None:
            self.status.show_pulse(pulse)
        for panel in self.panels.built:
            panel.show_pulse(pulse)
        self._gate_actions()

    # the window's own acts

    def _connect(self) -> None:
        self.go("connections")
        self.panels["connections"].do("connect")

    def _pull(self) -> None:
        if self._screen == "mapping":
            self.panels["mapping"].do("pull")
        else:
            self.go("mapping")

    def _wake_worker(self) -> None:
        for child in self._children:
            if child.name == "worker":
                child.wake()

    def _start_again(self, name: str) -> None:
        self.banner.hide()
        for child in self._children:
            if child.name == name:
                child.start()

    def _open_workspace(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            tr("Open workspace"),
            str(self._workspace.parent),
            tr("Workspaces (*.writeback);;All files (*)"),
        )
        if chosen:
            self.workspace_wanted.emit(chosen)

    def _open_palette(self) -> None:
        palette = Palette(ALL_ACTIONS, self._context(), self)
        palette.chosen.connect(self._take)
        palette.open()

    def _take(self, action: Action) -> None:
        action.call(self)

    def _open_keys(self) -> None:
        lines = [(one.shortcut, tr(one.title)) for one in ALL_ACTIONS if one.shortcut]
        lines += [
            (tr("Enter"), tr("Edit cell")),
            (tr("Delete"), tr("Clear value")),
            (tr("Space"), tr("Switch write-back of a field")),
            ("K · M · S", tr("Conflicts: keep the CRM's, keep mine, skip")),
            ("V · A · R", tr("Conflicts: a third value, for all alike, as a rule")),
        ]
        Sheet(lines, self).open()

    def _open_about(self) -> None:
        tell(
            self,
            tr("About Writeback"),
            tr(
                "Brings customer data edited outside the CRM back into the CRM.\n"
                "Apache-2.0. Not affiliated with Salesforce, HubSpot, Microsoft, Zoho or Totango."
            ),
        )

    def _flip_theme(self) -> None:
        is_dark = theming().theme.name is ThemeName.DARK
        self._wear(ThemeName.LIGHT if is_dark else ThemeName.DARK)

    def _wear(self, theme: ThemeName) -> None:
        try:
            preferring().put({"appearance.theme": theme.value})
        except ConfigurationError as error:
            self.banner.tell_error(error)

    def _step_region(self, step: int) -> None:
        panel = self.panels.peek(self._screen)
        regions: list[tuple[QWidget, QWidget | None]] = [
            (self.context_bar, self.context_bar.first_focus()),
            (self.navigation, self.navigation.first_focus()),
        ]
        if panel is not None:
            regions.append((panel, panel.first_focus()))
        focus = QApplication.focusWidget()
        at = next(
            (n for n, (holder, _) in enumerate(regions) if focus is not None and holder.isAncestorOf(focus)),
            0,
        )
        target = regions[(at + step) % len(regions)][1]
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    def _fit_width(self) -> None:
        is_narrow = self.width() < theming().theme.px(NARROW_BELOW)
        self.navigation.narrow(is_narrow)
        self.context_bar.narrow(is_narrow)

    def closeEvent(self, event: QCloseEvent) -> None:
        unsaved = sum(panel.unsaved for panel in self.panels.built)
        if unsaved and not self.property("leaves_unsaved"):
            event.ignore()
            ask(
                self,
                tr("Some edits are not saved yet"),
                tr("{unsaved} edits wait for their answer. Leaving now loses them.", unsaved=unsaved),
                act=tr("Leave without them"),
                refuse=tr("Stay"),
                call=self._leave,
            )
            return
        self.closing.emit()
        for panel in self.panels.built:
            panel.close_panel()
        super().closeEvent(event)

    def _leave(self) -> None:
        self.setProperty("leaves_unsaved", True)  # noqa: FBT003  Qt's signature
        self.close()
