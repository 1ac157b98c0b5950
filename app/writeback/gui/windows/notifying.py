"""Notices in the window and in the tray: looks when the journal says that something changed.

The list is derived anew at each look; what was read is kept in the person's settings file. The tray is
used only while the window has no focus, and says our words, numbers and job names alone.

Must not: decide what is told; `runtime.noticing` does.
"""

from collections import abc
from datetime import datetime
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from writeback.errors import ConfigurationError
from writeback.gui.bridge import Bridge
from writeback.gui.dialogs.notices import NoticesDialog
from writeback.gui.preferring import preferring
from writeback.gui.tasks import Desk
from writeback.gui.widgets.buttons import themed_icon
from writeback.model.events import Event, EventKind
from writeback.model.notices import Notice
from writeback.runtime.notice_words import words_of
from writeback.runtime.noticing import Watch, is_quiet, is_told, states_of, wanted

CALM_MS: Final = 2_000
"""So long after something happened the workspace is looked at: a job's thousand events are one look."""
SHOWN_MS: Final = 10_000
RECOVERIES_MOST: Final = 20
READ: Final = "notifications.read"
_CARES: Final = frozenset(
    {
        EventKind.JOB_CHANGED,
        EventKind.BATCH_SETTLED,
        EventKind.CONNECTION_CHANGED,
        EventKind.INTEGRATION_CHANGED,
        EventKind.RECORDS_PULLED,
        EventKind.NOTICE_SENT,
        EventKind.PLAY_CHANGED,
        EventKind.PLAY_RAN,
        EventKind.SCHEDULE_CHANGED,
    }
)


class Tray(Protocol):
    """Where a message goes that leaves the window."""

    def tell(self, text: str, call: abc.Callable[[], None]) -> None:
        """Show a message; `call` follows a click on it."""


class SystemTray(QObject):
    """The system's tray, where there is one; its icon appears with the first message."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None
        self._call: abc.Callable[[], None] | None = None

    def tell(self, text: str, call: abc.Callable[[], None]) -> None:
        """Show a message."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._icon is None:
            self._icon = QSystemTrayIcon(themed_icon("app"), self)
            self._icon.messageClicked.connect(self._clicked)
            self._icon.show()
        self._call = call
        self._icon.showMessage("Writeback", text, QSystemTrayIcon.MessageIcon.Information, SHOWN_MS)

    def _clicked(self) -> None:
        if self._call is not None:
            self._call()


class Notifying(QObject):
    """The notices of one window.

    Signals:
        changed: The list or what of it is unread changed.
        followed: What a notice is about is wanted; carries the notice.
        settings: The settings of notifications are wanted.
    """

    changed = Signal()
    followed = Signal(object)
    settings = Signal()

    def __init__(
        self,
        desk: Desk,
        bridge: Bridge,
        window: QWidget,
        *,
        tray: Tray | None = None,
        local: abc.Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._tray = tray if tray is not None else SystemTray(self)
        self._local = local if local is not None else lambda: desk.now().astimezone()
        self._watch = Watch()
        self._recovered: list[Notice] = []
        self._found: tuple[Notice, ...] = ()
        self._place = str(desk.reads.workspace.id)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self.look)
        bridge.happened.connect(self._on_events)
        preferring().changed.connect(self._on_preferences)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All that is told: recoveries of this session first, then what is so now."""
        return (*reversed(self._recovered), *self._found)

    @property
    def unread(self) -> frozenset[str]:
        """Keys of what was not read yet."""
        return frozenset(one.key for one in self.notices) - self._read()

    def look(self) -> None:
        """Look at the workspace now."""
        preferences, now = preferring().current, self._desk.now()
        self._desk.read(
            self,
            lambda reads: states_of(reads, preferences, now=now),
            done=self._show,
            failed=lambda _e: None,
        )

    def open_list(self) -> None:
        """Show the list; what stands in it is then read."""
        dialog = NoticesDialog(self.notices, self.unread, now=self._desk.now(), parent=self._window)
        dialog.followed.connect(self.followed)
        dialog.settings.connect(self.settings)
        dialog.finished.connect(dialog.deleteLater)
        self.read_all()
        dialog.open()

    def read_all(self) -> None:
        """Take everything that is in the list for read."""
        table = dict(preferring().current.table(READ))
        table[self._place] = sorted(one.key for one in self.notices)
        try:
            preferring().put({READ: table})
        except ConfigurationError:
            return  # what cannot be kept stays unread, and the page of settings says why
        self.changed.emit()

    def _read(self) -> frozenset[str]:
        kept = preferring().current.table(READ).get(self._place)
        return frozenset(str(one) for one in kept) if isinstance(kept, list) else frozenset()

    def _on_events(self, events: tuple[Event, ...]) -> None:
        if any(event.kind in _CARES for event in events) and not self._calm.isActive():
            self._calm.start()

    def _on_preferences(self, names: object) -> None:
        if isinstance(names, frozenset) and any(str(one).startswith("notifications.") for one in names):
            self.changed.emit()
            if names != {READ}:
                self.look()

    def _show(self, found: tuple[Notice, ...]) -> None:
        preferences = preferring().current
        # all states are watched, wanted or not: that a connection is muted is no recovery of it
        told = [one for one in self._watch.look(found) if is_told(preferences, one)]
        self._found = tuple(one for one in found if is_told(preferences, one))
        self._recovered += [one for one in told if one.was is not None]
        self._recovered = self._recovered[-RECOVERIES_MOST:]
        self.changed.emit()
        for notice in told:
            self._tell_tray(notice)

    def _tell_tray(self, notice: Notice) -> None:
        preferences = preferring().current
        is_wanted = wanted(preferences, notice.kind) == "window_tray"
        if not is_wanted or self._window.isActiveWindow() or is_quiet(preferences, now=self._local()):
            return
        self._tray.tell(words_of(notice, is_private=True), lambda: self._follow(notice))

    def _follow(self, notice: Notice) -> None:
        self._window.raise_()
        self._window.activateWindow()
        self.followed.emit(notice)
