"""Every screen in its five states, and each state by what it must have."""

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import rid
from writeback.errors import WorkspaceError
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.states import ScreenState
from writeback.gui.windows.screens import NAMES

pytestmark = pytest.mark.gui
ERROR = WorkspaceError("workspace.damaged", path="x.writeback", problem="page 3")
THERE = (ScreenState.READY, ScreenState.PARTIAL)
"""A sign-in that is needed makes a grid partial: the rest is usable."""
SUBJECTS = {"profile": ("account", rid(0))}
UNSEEDED = {"files", "tasks", "plays", "campaigns", "forms", "audit"}
"""Nothing of theirs is in the seeded workspace; the bench and their own tests see them filled."""
NEVER_EMPTY = {"welcome", "settings"}
"""A first run and a page of settings are always there; a search that finds nothing is tested with them."""


def there(screen: str) -> tuple[ScreenState, ...]:
    return (ScreenState.EMPTY,) if screen in UNSEEDED else THERE


def state(bench: Bench, screen: str) -> ScreenState:
    return bench.window.panels[screen].states.state


@pytest.mark.parametrize("screen", NAMES)
def test_a_screen_with_data_is_ready_or_says_what_is_missing(bench: Bench, qtbot: QtBot, screen: str) -> None:
    bench.window.go(screen, SUBJECTS.get(screen))
    qtbot.waitUntil(lambda: state(bench, screen) in there(screen))
    assert bench.window.screen_name == screen


@pytest.mark.parametrize("screen", [one for one in NAMES if one not in NEVER_EMPTY])
def test_an_empty_screen_says_what_belongs_there_and_offers_one_act(
    empty_bench: Bench, qtbot: QtBot, screen: str
) -> None:
    empty_bench.window.go(screen)
    qtbot.waitUntil(lambda: state(empty_bench, screen) is ScreenState.EMPTY)
    buttons = empty_bench.window.panels[screen].states._empty.findChildren(Button)
    assert [one.accessibleName() for one in buttons if one.isVisible()]


@pytest.mark.parametrize("screen", NAMES)
def test_a_broken_screen_says_what_happened_what_did_not_change_and_what_to_do(
    bench: Bench, qtbot: QtBot, screen: str
) -> None:
    bench.window.go(screen, SUBJECTS.get(screen))
    qtbot.waitUntil(lambda: not bench.tasks.running)
    panel = bench.window.panels[screen]
    panel.states.error(ERROR)
    assert panel.states.state is ScreenState.ERROR
    message = panel.states._error
    assert "is damaged" in message._words.text()
    assert "not touched" in message._words.text()
    assert "backup" in message._words.text()
    assert message._code.text() == "workspace.damaged"
    panel.states.retry.emit()
    qtbot.waitUntil(lambda: panel.states.state in there(screen))


@pytest.mark.parametrize("screen", NAMES)
def test_a_waiting_screen_shows_a_skeleton_after_150_ms_and_not_before(
    bench: Bench, qtbot: QtBot, screen: str
) -> None:
    bench.window.go(screen, SUBJECTS.get(screen))
    qtbot.waitUntil(lambda: not bench.tasks.running)
    states = bench.window.panels[screen].states
    states._has_content = False
    states.loading()
    assert states._stack.currentWidget() is not states._skeleton
    qtbot.waitUntil(lambda: states._stack.currentWidget() is states._skeleton, timeout=1000)


def test_reloading_keeps_what_is_on_the_screen(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("accounts")
    panel = bench.window.panels["accounts"]
    qtbot.waitUntil(lambda: panel.states.state in THERE)
    panel.states.loading()
    assert panel.states.state in THERE


def test_a_connection_that_needs_a_sign_in_is_a_banner_and_not_an_error(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("connections")
    panel = bench.window.panels["connections"]
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.PARTIAL)
    assert "Acme UAT" in panel.states.banner.words


def test_a_filter_that_excludes_all_has_its_own_words(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("accounts")
    panel = bench.window.panels["accounts"]
    qtbot.waitUntil(lambda: panel.states.state in THERE)
    panel._filter._words.setText("no such account anywhere")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.EMPTY)
    assert panel.states._empty.act.accessibleName() == "Clear filter"
    panel.states.acted.emit()
    qtbot.waitUntil(lambda: panel.states.state in THERE)
