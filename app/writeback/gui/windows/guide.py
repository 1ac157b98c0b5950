"""The way through the window: screens and subjects by name or link, back and forward, what a start restores.

A link brings something to the front; it starts, sends and changes nothing.
"""

from collections import abc
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from writeback.errors import ConfigurationError, WritebackError
from writeback.gui.tasks import Desk
from writeback.gui.windows.screens import SCREENS, Behind, Screen, screen_of
from writeback.gui.windows.subjects import Named
from writeback.gui.windows.tabs import Tab, Tabs
from writeback.gui.windows.trail import Trail
from writeback.runtime.links import PlaceLink, read_link
from writeback.runtime.reading import Reading

HOME: Final = "welcome"
CALM_MS: Final = 1500
"""So long after the last change the tabs are kept for the next start."""
RESTORED_MOST: Final = 24

State = abc.Mapping[str, object]


class Guide(QObject):
    """Finds the way in one window.

    Signals:
        lost: A link leads nowhere; carries the error.
        moved: Tabs or places changed; they are worth keeping.
    """

    lost = Signal(object)
    moved = Signal()

    def __init__(self, tabs: Tabs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tabs = tabs
        self._trail: Trail[tuple[str, object]] = Trail()
        self._desk: Desk | None = None
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self.moved)
        tabs.fronted.connect(self._fronted)
        tabs.changed.connect(self._calm.start)

    def fill(self, behind: Behind) -> None:
        """From now on there is something to go to."""
        self._desk = behind.desk
        self._tabs.fill(behind)

    # going

    def go(self, name: str, subject: object = None) -> None:
        """Open a screen, maybe for a subject, and put the keyboard there."""
        screen = screen_of(name)
        if screen is None or self._desk is None:
            return
        tab = self._tabs.tab_of(screen, subject)
        self._tabs.bring(tab)
        panel = self._tabs.panel_of(tab)
        panel.open(subject)
        focus = panel.first_focus()
        if focus is not None:
            focus.setFocus()
        subjects = screen.subjects
        if tab.link is None and subjects is not None:
            self._desk.read(
                panel,
                lambda reads: subjects.name(reads, tab.subject),
                done=lambda named: self._tabs.name(tab, named) if named is not None else None,
            )

    def step(self, step: int) -> None:
        """Go back (-1) or forward (1); what was closed meanwhile opens again."""
        place = self._trail.step(step)
        if place is None:
            return
        name, subject = place
        screen = screen_of(name)
        there = next((tab for tab in self._tabs.tabs if screen and tab.is_about(screen, subject)), None)
        if there is not None:
            self._tabs.come_to(there)
        else:
            self.go(name, subject)

    def can_step(self, step: int) -> bool:
        """Say whether there is anything that way."""
        return self._trail.can_step(step)

    def close(self, tab: Tab) -> None:
        """Close a tab; the last one makes room for Home."""
        self._tabs.close_tab(tab)
        if not self._tabs.tabs:
            self.go(HOME)

    # links

    def follow(self, text: str) -> None:
        """Go where a link leads; says so when it leads nowhere."""
        try:
            link = read_link(text)
            screen = _screen_of(link)
        except ConfigurationError as error:
            self.lost.emit(error)
            return
        subjects, desk = screen.subjects, self._desk
        if link.kind == "screen":
            self.go(screen.name)
        elif subjects is not None and desk is not None:
            desk.read(
                self,
                lambda reads: subjects.find(reads, link),
                done=lambda named: self._found(screen, link, named),
                failed=self.lost.emit,
            )

    def _found(self, screen: Screen, link: PlaceLink, named: Named | None) -> None:
        if named is None:
            self.lost.emit(ConfigurationError("place.not_there", link=str(link)))
            return
        self.go(screen.name, named.subject)
        self._tabs.name(self._tabs.tab_of(screen, named.subject), named)

    def link_here(self, then: abc.Callable[[str], None]) -> None:
        """Find the link of what the cursor is on, else of the tab in front, and hand it on."""
        front, desk = self._tabs.front, self._desk
        if front is None or front.panel is None or desk is None:
            return
        name, subject = front.panel.subject_here() or (front.screen.name, front.subject)
        screen = screen_of(name)
        if screen is None:
            return
        subjects = screen.subjects
        if subject is None or subjects is None:
            then(str(PlaceLink("screen", (screen.name,))))
            return
        desk.read(
            self,
            lambda reads: subjects.name(reads, subject),
            done=lambda named: then(str(named.link)) if named is not None else None,
        )

    # the next start

    def state(self) -> State:
        """Give what a start restores: links and places, never a name out of the workspace."""
        tabs = [tab for tab in self._tabs.tabs if tab.link is not None]
        front = self._tabs.front
        return {
            "tabs": [
                {"link": str(tab.link), "place": dict(tab.panel.place() if tab.panel else tab.place)}
                for tab in tabs
            ],
            "front": tabs.index(front) if front is not None and front in tabs else 0,
        }

    def restore(self, state: State, then: abc.Callable[[], None]) -> None:
        """Make the tabs of a state again, as far as what they are about is there; then call `then`."""
        desk, wishes = self._desk, _wishes(state)
        if desk is None:
            return
        if not wishes:
            self._restored((), (), 0, then)
            return
        place = state.get("front")
        front = place if isinstance(place, int) and 0 <= place < len(wishes) else 0
        desk.read(
            self,
            lambda reads: [_named(reads, screen, link) for screen, link, _ in wishes],
            done=lambda names: self._restored(wishes, names, front, then),
            failed=lambda _error: self._restored((), (), 0, then),
        )

    def _restored(
        self,
        wishes: abc.Sequence[tuple[Screen, PlaceLink, State]],
        names: abc.Sequence[Named | None],
        front: int,
        then: abc.Callable[[], None],
    ) -> None:
        chosen: Tab | None = None
        for place, ((screen, _, where), named) in enumerate(zip(wishes, names, strict=True)):
            if named is None:
                continue
            tab = Tab(screen, named.subject, named.link, named.title, place=where)
            self._tabs.add(tab)
            if place == front or chosen is None:
                chosen = tab
        if chosen is not None:
            self._tabs.come_to(chosen)
        else:
            self.go(HOME)
        then()

    def _fronted(self, tab: Tab) -> None:
        self._trail.visit((tab.screen.name, tab.subject))
        self._calm.start()


def _screen_of(link: PlaceLink) -> Screen:
    """Give the screen that a link is about.

    Raises:
        ConfigurationError: `place.not_there`.
    """
    named = (
        screen_of(link.parts[0])
        if link.kind == "screen"
        else next(
            (one for one in SCREENS if one.subjects is not None and one.subjects.kind == link.kind), None
        )
    )
    if named is None:
        raise ConfigurationError("place.not_there", link=str(link))
    return named


def _wishes(state: State) -> tuple[tuple[Screen, PlaceLink, State], ...]:
    """Read what was kept; whatever is not understood is left out."""
    tabs = state.get("tabs")
    found: list[tuple[Screen, PlaceLink, State]] = []
    for one in tabs[:RESTORED_MOST] if isinstance(tabs, list) else ():
        try:
            link = read_link(str(one.get("link", "")))
            place = one.get("place")
            found.append((_screen_of(link), link, place if isinstance(place, dict) else {}))
        except (AttributeError, WritebackError):
            continue
    return tuple(found)


def _named(reads: Reading, screen: Screen, link: PlaceLink) -> Named | None:
    if link.kind == "screen":
        return Named(link, "", None)
    return screen.subjects.find(reads, link) if screen.subjects is not None else None
