"""The tabs: a screen, or one subject of a screen, each with a panel of its own.

A panel is built when its tab first comes to the front, also after a restart.

Must not: know what a panel shows.
"""

from collections import abc
from dataclasses import dataclass, field

import shiboken6
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QTabBar, QWidget

from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import IconButton
from writeback.gui.widgets.text import mnemonic_free, one_line
from writeback.gui.windows.screens import NAMES, Behind, Screen, screen_of
from writeback.gui.windows.subjects import Named
from writeback.runtime.links import PlaceLink

TABS_MOST = 24
"""One more, and the tab that nobody looked at for longest closes (never one with unsaved edits)."""
TITLE_MOST = 40
SPARE = 6
"""Qt measures a tab that is not in front: the frame of the one that is would cut its title."""
TITLE_LEAST = 12
"""So many characters of a title are shown, however many tabs there are."""


@dataclass(eq=False, slots=True)
class Tab:
    """One tab."""

    screen: Screen
    subject: object = None
    """What it is about; None: the screen as such."""
    link: PlaceLink | None = None
    """None: not known yet."""
    title: str = ""
    panel: Panel | None = None
    place: abc.Mapping[str, object] = field(default_factory=dict)
    """Where its panel stood when it was last seen; for its first opening."""
    focus: QWidget | None = None
    seen: int = 0

    @property
    def shown_title(self) -> str:
        """Its name on the bar."""
        return self.title or tr(self.screen.title)

    def is_about(self, screen: Screen, subject: object) -> bool:
        """Say whether this is the tab of a screen and subject (None: the screen as such)."""
        return self.screen is screen and self.subject == subject


class TabBar(QTabBar):
    """Tabs that keep so much of their title as tells them apart; the bar scrolls where they do not fit."""

    def tabSizeHint(self, index: int) -> QSize:
        hint = super().tabSizeHint(index)
        return QSize(hint.width() + SPARE, hint.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        wanted = self.tabSizeHint(index)
        title = self.fontMetrics().horizontalAdvance(self.tabText(index))
        least = self.fontMetrics().averageCharWidth() * TITLE_LEAST
        return QSize(wanted.width() - max(title - least, 0), wanted.height())


class Tabs(QObject):
    """The bar and the panels beneath it.

    Signals:
        fronted: Another tab is in front; carries it.
        changed: Which tabs there are, or their order or names, changed.
        built: A panel was built; carries it.
        closing: A tab shall close; carries it. Whoever owns the window decides, and calls `close_tab`.
    """

    fronted = Signal(object)
    changed = Signal()
    built = Signal(object)
    closing = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._behind: Behind | None = None
        self._tabs: list[Tab] = []
        self._seen = 0
        self.front: Tab | None = None
        self.stack = QStackedWidget()
        self.panels = Panels(self)
        self.bar = TabBar()
        self.bar.setProperty("kind", "window")
        self.bar.setAccessibleName(tr("Tabs"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setMovable(True)
        self.bar.setUsesScrollButtons(True)
        self.bar.setElideMode(Qt.TextElideMode.ElideRight)
        self.bar.currentChanged.connect(self._bar_moved)
        self.bar.tabMoved.connect(self._tab_moved)

    # what there is

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """All tabs, in the order of the bar."""
        return tuple(self._tabs)

    @property
    def built_panels(self) -> tuple[Panel, ...]:
        """The panels that are there already."""
        return tuple(tab.panel for tab in self._tabs if tab.panel is not None)

    def fill(self, behind: Behind) -> None:
        """From now on panels can be built."""
        self._behind = behind

    @property
    def is_filled(self) -> bool:
        """Whether panels can be built."""
        return self._behind is not None

    # opening and closing

    def tab_of(self, screen: Screen, subject: object = None) -> Tab:
        """Give the tab of a screen, or of a subject of it; makes it, without showing it."""
        own = subject if screen.subjects is not None and screen.subjects.owns(subject) else None
        found = next((tab for tab in self._tabs if tab.is_about(screen, own)), None)
        if found is not None:
            return found
        return self.add(Tab(screen, own, None if own is not None else PlaceLink("screen", (screen.name,))))

    def add(self, tab: Tab) -> Tab:
        """Put a tab beside the one in front."""
        self._make_room()
        place = self._tabs.index(self.front) + 1 if self.front is not None else len(self._tabs)
        self._tabs.insert(place, tab)
        self.bar.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.bar.insertTab(place, "")
        self.bar.setCurrentIndex(self._tabs.index(self.front) if self.front is not None else -1)
        self.bar.blockSignals(False)  # noqa: FBT003
        close = IconButton(tr("Close tab"), "close", call=lambda: self.closing.emit(tab))
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+W does it; the bar stays one stop
        close.setProperty("kind", "tab")
        self.bar.setTabButton(place, QTabBar.ButtonPosition.RightSide, close)
        self._draw(tab)
        self.changed.emit()
        return tab

    def bring(self, tab: Tab) -> None:
        """Bring a tab to the front; builds its panel. Its content is asked anew when it is stale."""
        before = self.front
        if before is not None and before is not tab:
            focus = QApplication.focusWidget()
            inside = before.panel is not None and focus is not None and before.panel.isAncestorOf(focus)
            before.focus = focus if inside else None
        self._seen += 1
        tab.seen = self._seen
        self.front = tab
        self.bar.blockSignals(True)  # noqa: FBT003
        self.bar.setCurrentIndex(self._tabs.index(tab))
        self.bar.blockSignals(False)  # noqa: FBT003
        self.stack.setCurrentWidget(self.panel_of(tab))
        self.fronted.emit(tab)

    def panel_of(self, tab: Tab) -> Panel:
        """Give a tab's panel; builds it."""
        if tab.panel is None:
            if self._behind is None:
                raise RuntimeError(tab.screen.name)
            tab.panel = tab.screen.load()(self._behind)
            self.stack.addWidget(tab.panel)
            if tab.place:
                tab.panel.go_to_place(tab.place)
            self.built.emit(tab.panel)
        return tab.panel

    def close_tab(self, tab: Tab) -> None:
        """Close a tab; what lies beneath comes to the front."""
        place = self._tabs.index(tab)
        self._tabs.remove(tab)
        self.bar.blockSignals(True)  # noqa: FBT003
        self.bar.removeTab(place)
        self.bar.blockSignals(False)  # noqa: FBT003
        if tab.panel is not None:
            tab.panel.close_panel()
            self.stack.removeWidget(tab.panel)
            tab.panel.deleteLater()
        if self.front is tab:
            self.front = None
            if self._tabs:
                self.come_to(max(self._tabs, key=lambda one: one.seen))
        self.changed.emit()

    def step(self, step: int) -> None:
        """Go to the next tab of the bar, round and round."""
        if self.front is not None and len(self._tabs) > 1:
            self.come_to(self._tabs[(self._tabs.index(self.front) + step) % len(self._tabs)])

    def name(self, tab: Tab, named: Named) -> None:
        """A tab's link and title were found."""
        if tab in self._tabs:
            tab.link, tab.title, tab.subject = named.link, named.title, named.subject
            self._draw(tab)
            self.changed.emit()

    # inside

    def _bar_moved(self, place: int) -> None:
        if 0 <= place < len(self._tabs):
            self.come_to(self._tabs[place])

    def come_to(self, tab: Tab) -> None:
        """Bring a tab to the front as it was left, with the keyboard where it was."""
        is_new = tab.panel is None
        self.bring(tab)
        panel = self.panel_of(tab)
        if is_new:
            panel.open(tab.subject)
        else:
            panel.come_back()
        kept = tab.focus if tab.focus is not None and shiboken6.isValid(tab.focus) else None
        wanted = kept if kept is not None and kept.isVisible() else panel.first_focus()
        if wanted is not None and not self.bar.hasFocus():
            wanted.setFocus()

    def _tab_moved(self, before: int, after: int) -> None:
        self._tabs.insert(after, self._tabs.pop(before))
        self.changed.emit()

    def _make_room(self) -> None:
        idle = [tab for tab in self._tabs if tab is not self.front and not _holds(tab)]
        if len(self._tabs) >= TABS_MOST and idle:
            self.close_tab(min(idle, key=lambda tab: tab.seen))

    def _draw(self, tab: Tab) -> None:
        place = self._tabs.index(tab)
        title = one_line(tab.shown_title, TITLE_MOST)
        self.bar.setTabText(place, mnemonic_free(title))
        self.bar.setAccessibleTabName(place, title)
        button = self.bar.tabButton(place, QTabBar.ButtonPosition.RightSide)
        if isinstance(button, IconButton):
            button.name_it(tr("Close {tab}", tab=title))


def _holds(tab: Tab) -> bool:
    return tab.panel is not None and bool(tab.panel.unsaved)


class Panels(abc.Mapping[str, Panel]):
    """The panel of every screen by its name: the one seen last; asking for one builds it."""

    def __init__(self, tabs: Tabs) -> None:
        self._tabs = tabs

    @property
    def built(self) -> tuple[Panel, ...]:
        """The panels that are there already."""
        return self._tabs.built_panels

    def __getitem__(self, name: str) -> Panel:
        screen = screen_of(name)
        if screen is None or not self._tabs.is_filled:
            raise KeyError(name)
        seen = [tab for tab in self._tabs.tabs if tab.screen is screen and tab.panel is not None]
        tab = max(seen, key=lambda one: one.seen) if seen else self._tabs.tab_of(screen)
        return self._tabs.panel_of(tab)

    def __contains__(self, name: object) -> bool:
        return self._tabs.is_filled and name in NAMES

    def __iter__(self) -> abc.Iterator[str]:
        return iter(NAMES if self._tabs.is_filled else ())

    def __len__(self) -> int:
        return len(NAMES) if self._tabs.is_filled else 0
