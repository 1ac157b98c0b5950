"""One real window over one posed workspace, driven as a person would drive it.

Its house is the program's own, but for the worker: what waits in the outbox stays there to be seen.

Must not: put a screen into a state by any means but the ones that bring it about at work.
"""

import enum
import os
import shutil
import tempfile
import threading
from collections import abc
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QSize, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QTabWidget,
    QWidget,
)

from writeback.errors import InternalError
from writeback.gui.application import House
from writeback.gui.tasks import THREADS
from writeback.gui.translating import tr
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import mnemonic_free
from writeback.gui.windows.main import MainWindow
from writeback.runtime.posed import CALM, NEW, SHARED_NAMES, TROUBLED
from writeback.runtime.reading import Reading
from writeback.runtime.windowing import Filter
from writeback.settings import author

WidgetT = TypeVar("WidgetT", bound=QWidget)

PATIENCE_MS = 20_000
LOOK_MS = 20
SIZE = QSize(1280, 800)
WORDS = "Find in any text"
"""The accessible name of the words above a grid."""


class Place(enum.StrEnum):
    """Where a scene is played."""

    CALM = "calm"
    """A workspace in order."""
    TROUBLED = "troubled"
    """Something is wrong with each CRM."""
    NEW = "new"
    """Nothing was connected yet."""
    HELD = "held"
    """In order, but the machine is so busy that no answer comes."""
    LARGE = "large"
    """In order, with very many records; for measuring only."""
    FOREIGN = "foreign"
    """In order, but the file came from elsewhere, and nobody said that they trust it."""
    LOST = "lost"
    """The workspace's file was cut off while the window stood over it: a share that vanished."""


FILES = {
    Place.CALM: CALM,
    Place.TROUBLED: TROUBLED,
    Place.NEW: NEW,
    Place.HELD: CALM,
    Place.LARGE: "Large",
    Place.LOST: "Adventure",
    Place.FOREIGN: CALM,
}


class Patience:
    """Lets a window live while something is waited for."""

    place: Place

    def pause(self, milliseconds: int) -> None:
        """Let the window live for a while."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def wait_until(self, holds: abc.Callable[[], bool]) -> None:
        """Let the window live until something holds; it sleeps in between, as it does on a desk.

        Raises:
            InternalError: It never did.
        """
        if not holds() and not wait(holds, PATIENCE_MS):
            raise InternalError("studio.never", place=self.place.value)


def wait(holds: abc.Callable[[], bool], most_ms: int) -> bool:
    """Let the window live until something holds, and say whether it did; looks after every event."""
    deadline = QDeadlineTimer(most_ms)
    watch = QTimer()
    watch.start(LOOK_MS)  # what holds may come about without an event
    while not (held := holds()) and not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    watch.stop()
    return held


class Hands(Patience):
    """What a person does in a window."""

    window: MainWindow

    def settle(self) -> None:
        """Wait until nothing is under way."""
        raise NotImplementedError

    def go(self, screen: str, subject: object = None) -> None:
        """Bring a screen to the front and wait until it stands."""
        self.window.go(screen, subject)
        self.settle()

    def do(self, action: str) -> None:
        """Take an action of the table and wait until it is done."""
        self.window.do(action)
        self.settle()

    def find(self, kind: type[WidgetT], name: str) -> WidgetT:
        """Give the visible widget of this kind and accessible name, of the dialog in front first.

        Raises:
            InternalError: There is none.
        """
        for place in (self.dialog, self.window):
            for widget in place.findChildren(kind) if place is not None else ():
                if widget.isVisible() and widget.accessibleName() == tr(name):
                    return widget
        raise InternalError("studio.no_widget", kind=kind.__name__, name=name)

    def press(self, *names: str) -> None:
        """Press one button after the other, and wait each time until it is done."""
        for name in names:
            self.find(QAbstractButton, name).click()
            self.settle()

    def pick(self, words: str) -> None:
        """Take an entry of a menu.

        Raises:
            InternalError: No menu has it.
        """
        for menu in self.window.findChildren(QMenu):
            for entry in menu.actions():
                if entry.isEnabled() and entry.text() == mnemonic_free(tr(words)):
                    entry.trigger()
                    menu.close()
                    self.settle()
                    return
        raise InternalError("studio.no_widget", kind="QMenu", name=words)

    def type_into(self, name: str, text: str) -> None:
        """Type into a line, and wait until what looks at it has looked."""
        self.find(QLineEdit, name).setText(text)
        self.pause(400)
        self.settle()

    def choose(self, box: QComboBox, place: int) -> None:
        """Choose an entry of a list, as the keyboard does."""
        box.setCurrentIndex(place)
        box.activated.emit(place)
        self.settle()

    def table(self, screen: str) -> Table:
        """Give the table that a screen's keyboard lands on.

        Raises:
            InternalError: It lands on something else.
        """
        found = self.window.panels[screen].first_focus()
        if not isinstance(found, Table):
            raise InternalError("studio.no_widget", kind="Table", name=screen)
        return found

    def show_tab(self, place: int) -> None:
        """Turn to a tab of the screen in front."""
        tabs = next(one for one in self.window.findChildren(QTabWidget) if one.isVisible())
        tabs.setCurrentIndex(place)
        self.settle()

    @property
    def dialog(self) -> QDialog | None:
        """The dialog in front."""
        return next((one for one in reversed(self.window.findChildren(QDialog)) if one.isVisible()), None)


class Stage(Hands):
    """A window with everything behind it, open on one place."""

    def __init__(self, folder: Path, place: Place) -> None:
        """Open the window over the workspace of a place."""
        self.place = place
        self.author = author()
        self.path = folder / f"{FILES[place]}.writeback"
        self._elsewhere: tempfile.TemporaryDirectory[str] | None = None
        if place is Place.FOREIGN:
            self._bring_in()
        if place is Place.LOST:
            shutil.copyfile(folder / f"{FILES[Place.CALM]}.writeback", self.path)
        self._gate = threading.Event()
        self.window = MainWindow(self.path)
        self.window.resize(SIZE)
        self.window.show()
        self.house = House(self.window, self.path, works=False)
        if place is Place.HELD:
            self._hold()
        self.house.open()
        if place is Place.HELD:
            self._hold(1)
        self.wait_until(lambda: self.house.reads is not None)
        if place is not Place.HELD:
            self.settle()
        self.record = self._shared_record()
        """An account that stands in every CRM; '' where nothing is yet."""
        if place is Place.LOST:
            self._lose()

    def leave_dialogs(self) -> None:
        """Close what is open in front, as Escape does."""
        while (dialog := self.dialog) is not None:
            dialog.reject()  # some stay for the next time: whose they are deletes them
            self.pause(20)
            self.window.activateWindow()

    def states(self, screen: str) -> States:
        """Give the holder of a screen's states."""
        return self.window.panels[screen].states

    # waiting

    def settle(self) -> None:
        """Wait until nothing is under way; on a held stage, until the skeleton had its time."""
        if self.place is Place.HELD:
            self.pause(250)
            return
        self.wait_until(lambda: not self.house.tasks.running)
        self.pause(60)
        self.wait_until(lambda: not self.house.tasks.running)

    @property
    def reads(self) -> Reading:
        """What the screens read.

        Raises:
            InternalError: The workspace was not opened.
        """
        if self.house.reads is None:
            raise InternalError("studio.never", place=self.place.value)
        return self.house.reads

    def _shared_record(self) -> str:
        rows = self.reads.record_rows("account", what=Filter(words=SHARED_NAMES[-1]))
        found = rows.block(0)[0].rid if rows.build() else ""
        rows.close()
        return found

    # the means

    def _hold(self, threads: int = THREADS - 1) -> None:
        """Keep threads of the window busy, so that what is asked waits."""
        for _ in range(threads):
            self.house.tasks.run(self.house, self._gate.wait, done=lambda _held: None)

    def _bring_in(self) -> None:
        """Let the file be one that somebody sent: a copy in a folder that nobody trusts."""
        self._elsewhere = tempfile.TemporaryDirectory(prefix="writeback-sent-")
        sent = Path(self._elsewhere.name) / self.path.name
        shutil.copyfile(self.path, sent)
        self.path = sent

    def _lose(self) -> None:
        """Cut the workspace's file off, after a commit that lets nobody rely on what they remember."""
        client = self.house.client
        if client is None:
            raise InternalError("studio.never", place=self.place.value)
        client.facade.keep_history(400, author=self.author, act="studio-lose")
        client.close()  # the helper that answers for the workspace is gone as well
        os.truncate(self.path, 4096)

    def close(self) -> None:
        """Close the window and everything behind it."""
        self._gate.set()
        self.leave_dialogs()
        self.window.leave()
        self.house.close()
        shiboken6.delete(self.window)
        if self._elsewhere is not None:
            self._elsewhere.cleanup()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
