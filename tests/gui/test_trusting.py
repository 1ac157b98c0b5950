"""A workspace from elsewhere in the window: the bar over every screen, what the file holds, the decision."""

import shutil
from collections import abc
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench, open_bench
from tests.gui.test_window import seen
from writeback.errors import ConfigurationError
from writeback.gui.dialogs.trusting import TrustDialog
from writeback.gui.theming.current import Theming
from writeback.gui.widgets.states import ScreenState
from writeback.model.events import EventKind
from writeback.runtime import trusted_files
from writeback.runtime.restricting import Restriction
from writeback.settings import load
from writeback.store import journal

pytestmark = pytest.mark.gui


@pytest.fixture
def sent(qtbot: QtBot, theming: Theming, busy_file: Path, tmp_path: Path) -> abc.Iterator[Bench]:
    """A window on a file that nobody trusts."""
    path = tmp_path / "Sent.writeback"
    shutil.copyfile(busy_file, path)
    trusted_files.trust_folder(load(), Path(path.anchor), is_trusted=False)
    registry = trusted_files.registry_of(load())
    registry.unlink()  # the tests' own folder is not trusted here
    made = open_bench(path)
    qtbot.waitUntil(lambda: not made.tasks.running)
    yield made
    made.close()


def dialog_of(bench: Bench, qtbot: QtBot) -> TrustDialog:
    bench.window.do("trust")
    dialog = next(one for one in bench.window.findChildren(TrustDialog) if one.isVisible())
    qtbot.waitUntil(lambda: not bench.tasks.running)
    return dialog


def press(button: QPushButton, qtbot: QtBot) -> None:
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def test_the_bar_stands_over_every_screen_and_cannot_be_closed(sent: Bench, qtbot: QtBot) -> None:
    bar = sent.window.restricted.bar
    for screen in ("welcome", "accounts", "jobs", "settings"):
        sent.window.go(screen)
        qtbot.waitUntil(lambda: not sent.tasks.running)
        assert bar.isVisible()
    assert "Restricted" in bar.words
    assert not bar._close.isVisible()


def test_what_the_file_holds_is_shown_and_the_harmless_button_has_the_keyboard(
    sent: Bench, qtbot: QtBot
) -> None:
    dialog = dialog_of(sent, qtbot)
    assert dialog.states.state is ScreenState.READY
    shown = dialog.facts.shown
    assert shown["Why"] == "It was not made on this computer by you, and you did not say yet."
    assert shown["Pending edits"] != "nothing"
    assert "job" in shown["Jobs that wait"]
    names = [one.name for one in dialog.model.rows]
    assert names == [one.connection.name for one in sent.reads.connections()]
    assert dialog.focusWidget() is dialog.keep
    qtbot.keyClick(dialog, Qt.Key.Key_Return)  # Enter trusts nothing
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not seen(sent, "trust_workspace")
    assert sent.window.restricted.bar.isVisible()


def test_trusting_takes_the_bar_away_and_another_process_brings_it_back(sent: Bench, qtbot: QtBot) -> None:
    told: list[bool] = []
    sent.window.restricted.changed.connect(told.append)
    dialog = dialog_of(sent, qtbot)
    press(dialog.trust, qtbot)
    qtbot.waitUntil(lambda: not sent.window.restricted.bar.isVisible())
    assert told == [False]
    assert Restriction(sent.workspace, load()).why == trusted_files.ALLOWED
    Restriction(sent.workspace, load()).decide(is_allowed=False)
    with sent.workspace.writing() as db:
        journal.note(db, at=sent.workspace.now(), kind=EventKind.TRUST_CHANGED, subject="")
    qtbot.waitUntil(sent.window.restricted.bar.isVisible)
    assert told == [False, True]
    again = dialog_of(sent, qtbot)
    assert again.facts.shown["Why"] == "You said that you do not trust it."


def test_a_decision_that_cannot_be_kept_is_told_and_nothing_changed(sent: Bench, qtbot: QtBot) -> None:
    sent.facade.fails["trust_workspace"] = ConfigurationError("trust.not_kept", path="/x", problem="full")
    dialog = dialog_of(sent, qtbot)
    press(dialog.trust, qtbot)
    qtbot.waitUntil(lambda: "could not be kept" in dialog.states.banner.words)
    assert dialog.trust.isEnabled()
    assert sent.window.restricted.bar.isVisible()


def test_a_workspace_of_ones_own_has_no_bar_and_can_be_restricted(bench: Bench, qtbot: QtBot) -> None:
    assert not bench.window.restricted.bar.isVisible()
    dialog = dialog_of(bench, qtbot)
    assert not dialog.trust.isVisible()
    press(dialog.revoke, qtbot)
    qtbot.waitUntil(bench.window.restricted.bar.isVisible)
