"""The menus of the window: one row of the table of actions is one entry, enabled or with its reason.

Screens are actions too, made of the table of screens.
"""

from collections import abc
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from writeback.gui.actions.keymap import NAME, current_keymap
from writeback.gui.actions.table import ACTIONS, MENUS, Action, Context, Shell, goes
from writeback.gui.actions.telling import TELLING
from writeback.gui.preferring import preferring
from writeback.gui.theming.current import theming
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import themed_icon
from writeback.gui.widgets.text import mnemonic_free
from writeback.gui.windows.screens import SCREENS, SYSTEM, Screen
from writeback.runtime.views import Pulse

GO_TO: Final = mark("Go to")


def _goes_to(screen: Screen) -> Action:
    return Action(
        f"go.{screen.name}",
        screen.title,
        mark("View"),
        goes(screen.name),
        picture=screen.icon,
        shortcut=screen.shortcut,
        aliases=screen.aliases,
    )


GOING: Final = tuple(_goes_to(screen) for screen in SCREENS if screen.group)
"""One action a screen of the navigation."""
HOUSEKEEPING: Final = tuple(
    action
    for action, screen in zip(GOING, (one for one in SCREENS if one.group), strict=True)
    if screen.group == SYSTEM
)
"""Those of them that the menu of tools shows too."""
ALL_ACTIONS: Final = (*ACTIONS, *TELLING, *GOING)


class Menus(QObject):
    """The menu bar of one window.

    Signals:
        keyed: Keys were given anew.
    """

    keyed = Signal()

    def __init__(self, window: QMainWindow, shell: Shell) -> None:
        super().__init__(window)
        self._made: dict[str, QAction] = {}
        self._pictured: set[str] = set()
        self.context = Context("", Pulse())
        bar = window.menuBar()
        for title in MENUS:
            menu = bar.addMenu(tr(title))
            self._add(menu, (one for one in (*ACTIONS, *TELLING) if one.menu == title), shell)
            if title == "View":
                self._add(menu.addMenu(tr(GO_TO)), GOING, shell)
            elif title == "Tools":  # what is set up once stands under Go to as well
                menu.addSeparator()
                menu.addActions([self._made[action.id] for action in HOUSEKEEPING])
        self._give_keys()
        theming().changed.connect(self._pictured.clear)
        preferring().changed.connect(self._follow)

    def gate(self, context: Context) -> None:
        """Enable what can be done now; what cannot says why."""
        self.context = context
        for action in ALL_ACTIONS:
            reason = action.reason(context)
            made = self._made[action.id]
            made.setEnabled(not reason)
            made.setStatusTip(reason)

    def reason_of(self, identifier: str) -> str:
        """Say why an action is disabled now; '' = it is not."""
        return next(one for one in ALL_ACTIONS if one.id == identifier).reason(self.context)

    def _add(self, menu: QMenu, actions: abc.Iterable[Action], shell: Shell) -> None:
        for action in actions:
            made = QAction(mnemonic_free(tr(action.title)), menu)
            made.triggered.connect(lambda _on=False, action=action: action.call(shell))
            menu.addAction(made)
            self._made[action.id] = made
        menu.aboutToShow.connect(lambda: self._draw(menu))

    def _follow(self, names: abc.Set[str]) -> None:
        if NAME in names:
            self._give_keys()

    def _give_keys(self) -> None:
        keymap = current_keymap(ALL_ACTIONS)
        for action in ALL_ACTIONS:
            keys = [key for key in (keymap.key_of(action.id), *action.more_keys) if key]
            self._made[action.id].setShortcuts([QKeySequence(key) for key in keys])
        self.keyed.emit()

    def key_of(self, identifier: str) -> str:
        """Give the key of an action as people read it on this system; '' it has none."""
        return self._made[identifier].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def _draw(self, menu: QMenu) -> None:
        """Draw the pictures of a menu that opens; few menus of many are ever opened."""
        inside = menu.actions()
        for action in ALL_ACTIONS:
            made = self._made[action.id]
            if action.picture and action.id not in self._pictured and made in inside:
                made.setIcon(themed_icon(action.picture, "muted"))
                self._pictured.add(action.id)
