"""The main window: context bar, navigation, tabs, status line; actions from one table.

It opens at once and empty; the desk arrives from a task. It shows, asks and re-queries: it never
sends, never writes and never imports a plugin.
"""

from pathlib import Path

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from writeback.errors import ConfigurationError, WritebackError
from writeback.gui.actions.table import Context
from writeback.gui.bridge import Bridge
from writeback.gui.children import ChildState
from writeback.gui.dialogs.connection_facts import ConnectionFacts
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk, Tasks
from writeback.gui.theming.current import theming
from writeback.gui.translating import tr
from writeback.gui.widgets.layouts import boxed, column, row
from writeback.gui.widgets.states import Banner, ScreenState
from writeback.gui.widgets.text import title_free
from writeback.gui.windows import leaving
from writeback.gui.windows.bars import ContextBar, StatusLine
from writeback.gui.windows.deeds import Deeds
from writeback.gui.windows.dropping import Drops
from writeback.gui.windows.family import Family
from writeback.gui.windows.feed import Feed
from writeback.gui.windows.guide import HOME, Guide
from writeback.gui.windows.keeping import LEAST, keep_state, kept_size, kept_state, on_screen
from writeback.gui.windows.menus import Menus
from writeback.gui.windows.navigation import Navigation
from writeback.gui.windows.notifying import Notifying
from writeback.gui.windows.org_chips import Strip, strongest
from writeback.gui.windows.restricted import Restricted
from writeback.gui.windows.screens import Behind
from writeback.gui.windows.tabs import Tab, Tabs
from writeback.gui.windows.unopened import Unopened
from writeback.model.events import EventKind
from writeback.model.notices import Notice, NoticeKind
from writeback.runtime.views import ConnectionView, Pulse

NARROW_BELOW = 1000
FIRST_MS = 1000
"""So long at most the window's own figures wait for what the first screen shows."""


class MainWindow(QMainWindow):
    """One window on one workspace.

    Signals:
        finishing_wanted: A worker of its own shall finish the jobs that run.
        closing: The window closes.
    """

    finishing_wanted = Signal()
    closing = Signal()

    def __init__(self, workspace: Path) -> None:
        super().__init__()
        self.workspace = workspace
        self.setWindowTitle(title_free(f"{workspace.stem} – Writeback"))
        self.setMinimumSize(LEAST)
        width, height = kept_size(kept_state(workspace))
        self.resize(on_screen(QSize(width or 1280, height or 800), self.screen().availableSize()))
        self.desk: Desk | None = None
        self.feed: Feed | None = None
        self.notifying: Notifying | None = None
        self.status: StatusLine | None = None
        self._link = ""
        self._may_leave = False
        self._stands = False
        self.unopened = Unopened(workspace)
        self.context_bar = ContextBar(workspace.stem)
        self.navigation = Navigation()
        self.navigation.setEnabled(False)
        self.banner = Banner()
        self.banner.setProperty("place", "window")
        self.restricted = Restricted(self)
        self.strip = Strip()
        self.tabs = Tabs(self)
        self.panels = self.tabs.panels
        self.guide = Guide(self.tabs, self)
        self.family = Family(self.banner, go=self.go, parent=self)
        self.family.changed.connect(self._show_child)
        self.deeds = Deeds(self, self)
        self.unopened.wanted.connect(self.deeds.workspace_wanted)
        self.unopened.asked.connect(self.deeds.do)
        self.setCentralWidget(self._laid_out())
        self._wire()
        self.menus = Menus(self, self)
        self.menus.keyed.connect(self._show_palette_key)
        self._show_palette_key()
        self._gate_actions()

    def _laid_out(self) -> QWidget:
        self._head = QWidget()
        line = row(gap=2, margin=(2, 0, 3, 0))
        line.addWidget(self.tabs.bar, 1)
        line.addWidget(self.strip.word)
        self._head.setLayout(line)
        self._head.setProperty("box", "tabs")
        self._head.hide()
        self._pages = QStackedWidget()
        self._pages.addWidget(boxed(column(self.unopened, margin=8), box="page"))
        self._pages.addWidget(self.tabs.stack)
        banner = column(self.restricted.place, self.banner, gap=1, margin=(8, 0, 8, 0))
        right = column(self._head, self.strip, gap=0)
        right.addLayout(banner)
        right.addWidget(self._pages, 1)
        middle = row(self.navigation, gap=0)
        middle.addLayout(right, 1)
        self._body = column(self.context_bar, gap=0)
        self._body.addLayout(middle, 1)
        centre = QWidget()
        centre.setLayout(self._body)
        return centre

    def _wire(self) -> None:
        Drops(self).dropped.connect(lambda path: self.go("files", path))
        self.context_bar.palette_asked.connect(lambda: self.do("palette"))
        self.context_bar.theme.connect(self.deeds.flip_theme)
        self.context_bar.chip_taken.connect(self._open_facts)
        self.navigation.chosen.connect(self.go)
        theming().changed.connect(self._fit_width)
        self.tabs.fronted.connect(self._show_front)
        self.tabs.changed.connect(self._show_title)
        self.tabs.built.connect(self._take_in)
        self.tabs.closing.connect(self.close_tab)
        self.guide.lost.connect(self.banner.tell_error)
        self.guide.moved.connect(self._keep_place)

    # filling

    def fill(self, desk: Desk, bridge: Bridge) -> None:
        """The workspace is open: make the tabs of the last time, else Home."""
        self.desk = desk
        self.status = StatusLine(desk.now)
        self.status.jobs.connect(lambda: self.go("jobs"))
        self._body.addWidget(self.status)
        self.feed = Feed(desk, bridge, self)
        self.feed.happened.connect(self._tell_panels)
        self.feed.pulsed.connect(self._show_pulse)
        self.feed.plugin_failed.connect(self.family.plugin_failed)
        self.feed.connected.connect(lambda _views: self._show_connections())
        self.guide.fill(Behind(desk, bridge, self.workspace))
        self.navigation.setEnabled(True)
        self._pages.setCurrentIndex(1)
        self._head.show()
        self.restricted.fill(desk)
        desk.tasks.failed.connect(self._tell_failed)
        bridge.start()
        self._notify(desk, bridge)
        self.guide.restore(kept_state(self.workspace), self._arrived)
        QTimer.singleShot(FIRST_MS, self, self._look_round)

    def _tell_failed(self, error: WritebackError) -> None:
        """Say what failed behind the screens, unless the one in front shows just that."""
        panel = self.tabs.front.panel if self.tabs.front is not None else None
        states = panel.states if panel is not None else None
        if states is None or states.state is not ScreenState.ERROR or states.code != error.code:
            self.banner.tell_error(error)

    def follow(self, link: str) -> None:
        """Come to the front and go where a link leads; '' only comes to the front."""
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()
        self._link = link
        if self.tabs.tabs:
            self._arrived()

    def _arrived(self) -> None:
        link, self._link = self._link, ""
        if link:
            self.guide.follow(link)

    def _notify(self, desk: Desk, bridge: Bridge) -> None:
        """Look for what people are told without asking, and show how much of it is new."""
        self.notifying = told = Notifying(desk, bridge, self)
        told.changed.connect(lambda: self.context_bar.show_unread(len(told.unread)))
        told.followed.connect(self._follow_notice)
        told.settings.connect(lambda: self.go("settings", tr("Notices")))
        self.context_bar.bell.connect(told.open_list)

    def _stand(self, state: ScreenState) -> None:
        if state is not ScreenState.LOADING:
            QTimer.singleShot(0, self, self._look_round)

    def _look_round(self) -> None:
        """Ask for what the window itself shows: a person came for the screen, which has been read by now."""
        if self._stands or self.feed is None or self.notifying is None:
            return
        self._stands = True
        self.feed.ask()
        self.notifying.look()

    def _follow_notice(self, notice: Notice) -> None:
        if notice.job_id:
            self.go("jobs", notice.job_id)
        elif notice.channel:
            self.go("settings", notice.connection)
        elif NoticeKind.PLAY in (notice.kind, notice.was):
            self.go("plays", notice.about)
        else:
            self.go("connections", notice.connection_id)

    def show_error(self, error: WritebackError, tasks: Tasks | None = None) -> None:
        """The workspace could not be opened."""
        self.unopened.show_error(error, tasks)

    def _show_child(self, name: str, state: ChildState) -> None:
        if self.status is not None:
            self.status.show_child(name, state)

    def _take_in(self, panel: Panel) -> None:
        if not self._stands:
            panel.states.changed.connect(self._stand)
        panel.asked.connect(self._asked)
        panel.can_changed.connect(lambda _what: self._gate_actions())
        panel.uses_changed.connect(self._show_connections)
        if self.status is not None and self.feed is not None:
            panel.told.connect(self.status.say)
            panel.show_pulse(self.feed.pulse)

    # navigation

    @property
    def front(self) -> Panel | None:
        """The panel in front."""
        return self.tabs.front.panel if self.tabs.front is not None else None

    @property
    def screen_name(self) -> str:
        """The screen in front."""
        return self.tabs.front.screen.name if self.tabs.front is not None else HOME

    def go(self, screen: str, subject: object = None) -> None:
        """Show a screen."""
        self.guide.go(screen, subject)

    def close_tab(self, tab: Tab) -> None:
        """Close a tab; asks first where edits are not saved yet."""
        unsaved = tab.panel.unsaved if tab.panel is not None else 0
        if unsaved:
            leaving.ask_about_edits(self, unsaved, lambda: self.guide.close(tab))
        else:
            self.guide.close(tab)

    def _asked(self, screen: str, subject: object) -> None:
        if screen == "do:open_workspace":
            self.deeds.workspace_wanted.emit(str(subject))
        elif screen.startswith("do:"):
            self.do(screen[3:])
        else:
            self.go(screen, subject)

    def _show_front(self, tab: Tab) -> None:
        self.navigation.show_screen(tab.screen.name)
        self._show_title()
        self._show_connections()
        self._gate_actions()

    def _show_title(self) -> None:
        """Name what is in front; a job's number and a record's name are found after they are opened."""
        tab = self.tabs.front
        if tab is not None:
            words = tr("{tab} – {workspace} – Writeback", tab=tab.shown_title, workspace=self.workspace.stem)
            self.setWindowTitle(title_free(words))

    # actions

    def do(self, what: str) -> None:
        """Do what an action names: the front screen first, then the window."""
        if not (self.front is not None and what != "pull" and self.front.do(what)):
            self.deeds.do(what)

    def _context(self) -> Context:
        abilities = self.front.abilities if self.front is not None else frozenset[str]()
        pulse = self.feed.pulse if self.feed is not None else Pulse()
        return Context(self.screen_name, pulse, abilities | self.deeds.abilities())

    def _gate_actions(self) -> None:
        self.menus.gate(self._context())

    # what happens

    def _tell_panels(self, kinds: frozenset[EventKind]) -> None:
        if EventKind.TRUST_CHANGED in kinds:
            self.restricted.look()
        for panel in self.tabs.built_panels:
            panel.on_events(kinds)

    def _show_palette_key(self) -> None:
        self.context_bar.show_key(self.menus.key_of("view.palette"))

    def _show_pulse(self, pulse: Pulse) -> None:
        self.navigation.show_pulse(pulse)
        if self.status is not None:
            self.status.show_pulse(pulse)
        for panel in self.tabs.built_panels:
            panel.show_pulse(pulse)
        self._gate_actions()

    def _show_connections(self) -> None:
        """Show the connections that the tab in front uses: chips, strip, quota."""
        if self.feed is None or self.front is None:
            return
        uses = self.front.uses
        views = [one for one in self.feed.connections if uses is None or one.connection.id in uses]
        self.context_bar.show_connections(views)
        self.strip.show_connection(strongest(views))
        if self.status is not None:
            self.status.show_quota(views)

    def _open_facts(self, view: ConnectionView, chip: QWidget) -> None:
        if self.desk is None:
            return
        facts = ConnectionFacts(view, self.desk.now(), self)
        facts.opened.connect(lambda: self.go("connections"))
        facts.move(chip.mapToGlobal(chip.rect().bottomLeft()))
        facts.show()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    def _fit_width(self) -> None:
        is_narrow = self.width() < theming().theme.px(NARROW_BELOW)
        self.navigation.narrow(is_narrow)
        self.context_bar.narrow(is_narrow)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_leave and self._asks_before_leaving():
            event.ignore()
            return
        self._keep_place()
        self.closing.emit()
        for panel in self.tabs.built_panels:
            panel.close_panel()
        super().closeEvent(event)

    def _asks_before_leaving(self) -> bool:
        unsaved = sum(panel.unsaved for panel in self.tabs.built_panels)
        if unsaved:
            leaving.ask_about_edits(self, unsaved, self.leave)
            return True
        running = self.feed.pulse.at_work if self.feed is not None else 0
        if running and self.desk is not None:
            desk = self.desk
            leaving.ask_about_jobs(
                self,
                running,
                finish=self._leave_to_worker,
                pause=lambda: leaving.pause_everything(
                    self, desk, done=self.leave, failed=self.banner.tell_error
                ),
            )
            return True
        return False

    def _keep_place(self) -> None:
        if self.desk is None or not self.tabs.tabs:
            return
        try:
            size = self.normalGeometry().size() if self.isMaximized() else self.size()
            state = {**self.guide.state(), "size": [size.width(), size.height()]}
            keep_state(self.workspace, state, now=self.desk.now())
        except ConfigurationError as error:
            self.banner.tell_error(error)

    def _leave_to_worker(self) -> None:
        self.finishing_wanted.emit()
        self.leave()

    def leave(self) -> None:
        """Close without asking."""
        self._may_leave = True
        self.close()
