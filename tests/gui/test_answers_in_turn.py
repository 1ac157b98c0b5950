"""Answers of the window's reads: in the order they were asked, whichever thread is done first."""

from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from writeback.errors import InternalError, WritebackError
from writeback.gui.tasks import Tasks

pytestmark = pytest.mark.gui
LONGEST = 5


class Asking(QObject):
    """A panel that reads from one place and from another."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.tasks, self.heard, self.refused = tasks, list[str](), list[WritebackError]()

    def read(self, text: str, gate: Event | None = None) -> None:
        def act() -> str:
            assert gate is None or gate.wait(LONGEST)
            if text == "refused":
                raise InternalError("window.cancelled")
            return text

        self.tasks.run(self, act, done=self._hear, failed=self.refused.append, in_turn=True)

    def read_elsewhere(self, text: str) -> None:
        self.tasks.run(self, lambda: text, done=self._hear_elsewhere, in_turn=True)

    def _hear(self, text: str) -> None:
        self.heard.append(text)

    def _hear_elsewhere(self, text: str) -> None:
        self.heard.append(text)


def test_an_older_answer_never_comes_after_a_newer_one(qtbot: QtBot) -> None:
    tasks, gate = Tasks(), Event()
    panel, other = Asking(tasks), Asking(tasks)
    panel.read("old", gate)
    panel.read("refused")
    panel.read("new")
    panel.read_elsewhere("elsewhere")
    other.read("of another panel")
    qtbot.waitUntil(lambda: panel.heard == ["elsewhere"] and other.heard == ["of another panel"])
    assert panel.refused == [], "a refusal waits its turn too"
    gate.set()
    qtbot.waitUntil(lambda: not tasks.running)
    assert panel.heard == ["elsewhere", "old", "new"]
    assert [one.code for one in panel.refused] == ["window.cancelled"]
    assert tasks._turns == {}, "nothing is kept of what is answered"
    tasks.close()


def test_a_panel_that_is_gone_holds_up_nobody(qtbot: QtBot) -> None:
    tasks, gate = Tasks(), Event()
    gone, panel = Asking(tasks), Asking(tasks)
    gone.read("never heard", gate)
    gone.deleteLater()
    panel.read("heard")
    qtbot.waitUntil(lambda: panel.heard == ["heard"])
    gate.set()
    qtbot.waitUntil(lambda: not tasks.running)
    assert gone.heard == []
    tasks.close()
