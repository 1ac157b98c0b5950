"""What the window does itself when no screen answers: palette, keys, help, themes, regions, tabs."""

from collections import abc
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from writeback.errors import ConfigurationError
from writeback.gui.dialogs.importing import ImportDialog, pick_configuration
from writeback.gui.dialogs.keys import Sheet
from writeback.gui.dialogs.palette import Palette
from writeback.gui.dialogs.reading import AboutDialog, HelpDialog
from writeback.gui.panels.panel import Panel
from writeback.gui.preferring import preferring
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import theming
from writeback.gui.theming.tokens import ThemeName
from writeback.gui.translating import tr
from writeback.gui.widgets.states import Banner
from writeback.gui.windows.bars import ContextBar, StatusLine
from writeback.gui.windows.family import Family
from writeback.gui.windows.guide import Guide
from writeback.gui.windows.menus import ALL_ACTIONS, Menus
from writeback.gui.windows.navigation import Navigation
from writeback.gui.windows.regions import step_region
from writeback.gui.windows.restricted import Restricted
from writeback.gui.windows.tabs import Tab, Tabs
from writeback.runtime.help_pages import help_pages
from writeback.runtime.licences import third_party_licences


class Acting(Protocol):
    """The window as its acts see it."""

    workspace: Path
    desk: Desk | None
    tabs: Tabs
    guide: Guide
    banner: Banner
    family: Family
    menus: Menus
    context_bar: ContextBar
    navigation: Navigation
    status: StatusLine | None
    restricted: Restricted

    @property
    def front(self) -> Panel | None:
        """The panel in front."""

    @property
    def screen_name(self) -> str:
        """The screen in front."""

    def go(self, screen: str, subject: object = None) -> None:
        """Show a screen."""

    def do(self, what: str) -> None:
        """Do what an action names."""

    def close_tab(self, tab: Tab) -> None:
        """Close a tab."""


class Deeds(QObject):
    """The acts of one window.

    Signals:
        demo_wanted: The demo workspace shall open in a window of its own.
        workspace_wanted: Another workspace file shall open; carries its path.
    """

    demo_wanted = Signal()
    workspace_wanted = Signal(str)

    def __init__(self, window: Acting, host: QWidget) -> None:
        super().__init__(host)
        self._window = window
        self._host = host
        self._help: HelpDialog | None = None

    def do(self, what: str) -> None:
        """Do what is named; nothing when nobody knows it."""
        window = self._window
        own: dict[str, abc.Callable[[], object]] = {
            "connect": self._connect,
            "demo": self.demo_wanted.emit,
            "open": self._open_workspace,
            "new": self._make_workspace,
            "trust": window.restricted.ask,
            "import_configuration": self._import_configuration,
            "quit": self._host.close,
            "palette": self._open_palette,
            "keys": self._open_keys,
            "notices": window.context_bar.bell.emit,
            "help": self._open_help,
            "about": self._open_about,
            "pull": self._pull,
            "wake": window.family.wake_worker,
            "light": lambda: self._wear(ThemeName.LIGHT),
            "dark": lambda: self._wear(ThemeName.DARK),
            "contrast": lambda: self._wear(ThemeName.CONTRAST),
            "next_region": lambda: self._step_region(1),
            "previous_region": lambda: self._step_region(-1),
            "next_tab": lambda: window.tabs.step(1),
            "previous_tab": lambda: window.tabs.step(-1),
            "close_tab": self._close_tab,
            "back": lambda: window.guide.step(-1),
            "forward": lambda: window.guide.step(1),
            "copy_link": lambda: window.guide.link_here(self._copy_link),
        }
        if what in own:
            own[what]()

    def abilities(self) -> frozenset[str]:
        """What the window can do now that it cannot always do."""
        guide, tabs = self._window.guide, self._window.tabs
        now = {
            "back": guide.can_step(-1),
            "forward": guide.can_step(1),
            "step_tab": len(tabs.tabs) > 1,
            "tab": tabs.front is not None,
        }
        return frozenset(name for name, is_so in now.items() if is_so)

    def flip_theme(self) -> None:
        """Switch between light and dark."""
        is_dark = theming().theme.name is ThemeName.DARK
        self._wear(ThemeName.LIGHT if is_dark else ThemeName.DARK)

    def _wear(self, theme: ThemeName) -> None:
        try:
            preferring().put({"appearance.theme": theme.value})
        except ConfigurationError as error:
            self._window.banner.tell_error(error)

    def _connect(self) -> None:
        self._window.go("connections")
        if self._window.front is not None:
            self._window.front.do("connect")

    def _pull(self) -> None:
        if self._window.front is not None and self._window.screen_name == "mapping":
            self._window.front.do("pull")
        else:
            self._window.go("mapping")

    def _copy_link(self, link: str) -> None:
        QGuiApplication.clipboard().setText(link)
        if self._window.status is not None:
            self._window.status.say(tr("Link copied: {link}", link=link))

    def _close_tab(self) -> None:
        if self._window.tabs.front is not None:
            self._window.close_tab(self._window.tabs.front)

    def _step_region(self, step: int) -> None:
        window, front = self._window, self._window.front
        inside = front.regions() if front is not None else ()
        step_region((window.context_bar, window.navigation, window.tabs.bar, *inside, window.status), step)

    def _open_workspace(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._host,
            tr("Open workspace"),
            str(self._window.workspace.parent),
            tr("Workspaces (*.writeback);;All files (*)"),
        )
        if chosen:
            self.workspace_wanted.emit(chosen)

    def _make_workspace(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._host,
            tr("New workspace"),
            str(self._window.workspace.parent / "New.writeback"),
            tr("Workspaces (*.writeback)"),
        )
        if chosen:
            self.workspace_wanted.emit(chosen if Path(chosen).suffix else f"{chosen}.writeback")

    def _import_configuration(self) -> None:
        desk, path = self._window.desk, pick_configuration(self._host)
        if desk is not None and path is not None:
            ImportDialog(desk, path, self._host).open()

    def _open_palette(self) -> None:
        palette = Palette(ALL_ACTIONS, self._window.menus.context, self._window.desk, self._host)
        palette.chosen.connect(lambda action: action.call(self._window))
        palette.went.connect(self._window.go)
        palette.open()

    def _open_keys(self) -> None:
        Sheet(ALL_ACTIONS, self._host).open()

    def _open_help(self) -> None:
        screen = self._window.screen_name
        if self._help is None:
            self._help = HelpDialog(help_pages(), screen, keys=self._open_keys, parent=self._host)
        else:
            self._help.show_screen(screen)
        self._help.show()
        self._help.activateWindow()

    def _open_about(self) -> None:
        about = AboutDialog(self._host)
        if self._window.desk is not None:
            self._window.desk.tasks.run(about, third_party_licences, done=about.show_licences)
        else:
            about.show_licences(third_party_licences())
        about.open()
