"""A conflict is settled from the window, by keyboard: the CRM's value at once, one's own through review."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, update

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW, rid
from writeback.errors import WorkspaceBusyError
from writeback.gui.panels.accounts import AccountsPanel
from writeback.gui.panels.profile import ProfilePanel
from writeback.gui.panels.review import ReviewPanel
from writeback.gui.theming.roles import STATE_ROLE
from writeback.gui.widgets.conflicts import ConflictBox
from writeback.gui.widgets.states import ScreenState
from writeback.gui.widgets.text import PlainLabel
from writeback.model.integrations import ConflictRule
from writeback.runtime.facade import ConflictChoice
from writeback.store import moments, schema

pytestmark = pytest.mark.gui
TIER = 2
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def choices(bench: Bench) -> list[object]:
    return [what for call, what in bench.facade.seen if call == "settle_conflicts"]


def kept(keep: ConflictRule) -> list[object]:
    return [(ConflictChoice(rid(6), "tier", keep),)]  # type: ignore[arg-type]


def calls(bench: Bench) -> list[str]:
    return [call for call, _ in bench.facade.seen]


def add_draft(bench: Bench) -> None:
    """The edit that the conflict is about, as a pull leaves it."""
    with bench.workspace.writing() as db:
        db.execute(
            insert(schema.drafts).values(
                rid=rid(6),
                attribute="tier",
                entity="account",
                kind="text",
                old=json.dumps("Bronze"),
                new=json.dumps("Gold"),
                author="ana",
                origin="segment",
                created_at=moments.to_text(NOW),
            )
        )


@pytest.fixture
def profile(bench: Bench, qtbot: QtBot) -> ProfilePanel:
    add_draft(bench)
    bench.window.go("profile", ("account", rid(6)))
    panel = bench.window.panels["profile"]
    assert isinstance(panel, ProfilePanel)
    qtbot.waitUntil(lambda: "tier" in panel._conflicts and not bench.tasks.running)
    return panel


@pytest.fixture
def grid(bench: Bench, qtbot: QtBot) -> AccountsPanel:
    add_draft(bench)
    bench.window.go("accounts")
    panel = bench.window.panels["accounts"]
    assert isinstance(panel, AccountsPanel)
    qtbot.waitUntil(
        lambda: panel.states.state in (ScreenState.READY, ScreenState.PARTIAL) and not bench.tasks.running
    )
    panel._table.go_to(6, TIER)
    panel._table.setFocus()
    return panel


def tab_to(start: QWidget, target: QWidget, qtbot: QtBot) -> None:
    start.setFocus()
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is target:
            return
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    pytest.fail("Tab does not reach the button")


def words(box: ConflictBox) -> list[str]:
    return [label.text() for label in box.findChildren(PlainLabel)]


def on_review(bench: Bench, qtbot: QtBot) -> ReviewPanel:
    panel = bench.window.panels["review"]
    assert isinstance(panel, ReviewPanel)
    qtbot.waitUntil(lambda: bench.window.screen_name == "review" and panel.lines.model.rowCount() > 0)
    return panel


def test_a_conflict_shows_what_was_read_what_the_crm_holds_and_what_is_wished(profile: ProfilePanel) -> None:
    box = profile._conflicts["tier"]
    assert words(box) == ["Last read", "Bronze", "In the CRM now", "Silver", "Yours", "Gold"]
    assert box.mine.accessibleName() == "Keep mine: Tier"
    assert box.theirs.accessibleName() == "Keep what is in the CRM: Tier"


def test_a_conflict_says_who_wrote_the_value_as_plain_text(bench: Bench, qtbot: QtBot) -> None:
    told = "Changed in the CRM by <b>ana</b> (CRM_UI) at 2026-11-27 13:02 UTC."
    states = schema.value_states
    with bench.workspace.writing() as db:
        db.execute(update(states).where(states.c.attribute == "tier").values(message=told))
    add_draft(bench)
    bench.window.go("profile", ("account", rid(6)))
    panel = bench.window.panels["profile"]
    assert isinstance(panel, ProfilePanel)
    qtbot.waitUntil(lambda: "tier" in panel._conflicts and not bench.tasks.running)
    assert told in words(panel._conflicts["tier"])


def test_keeping_mine_in_the_profile_leads_to_review_and_sends_nothing(
    bench: Bench, profile: ProfilePanel, qtbot: QtBot
) -> None:
    button = profile._conflicts["tier"].mine
    tab_to(profile._editors["industry"], button, qtbot)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    review = on_review(bench, qtbot)
    assert choices(bench) == kept(ConflictRule.OURS)
    assert review._plan is not None
    assert review._plan.id == "p7"
    assert not review._door.send.isEnabled()  # production: its name was not typed
    assert "submit" not in calls(bench)
    assert "propose" not in calls(bench)  # the plan that settling made is the plan that is shown


def test_keeping_the_crms_in_the_profile_settles_at_once(
    bench: Bench, profile: ProfilePanel, qtbot: QtBot
) -> None:
    button = profile._conflicts["tier"].theirs
    tab_to(profile._editors["industry"], button, qtbot)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "tier" not in profile._conflicts)
    assert choices(bench) == kept(ConflictRule.CRM)
    assert bench.window.screen_name == "profile"
    assert bench.window.menus.reason_of("record.keep_mine") != ""


def test_the_inspector_of_the_grid_settles_by_keyboard(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    assert grid._model.index(6, TIER).data(STATE_ROLE) == "conflict"  # not hidden behind its draft
    qtbot.keyClick(grid._table, Qt.Key.Key_F9)
    box = grid._inspector.conflict
    assert box is not None
    qtbot.waitUntil(box.theirs.isVisible)
    tab_to(grid._table, box.theirs, qtbot)
    grid.refresh()
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert box.theirs.hasFocus()  # a job that runs meanwhile does not take the keyboard away
    qtbot.keyClick(box.theirs, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: grid._model.index(6, TIER).data(STATE_ROLE) == "")
    assert choices(bench) == kept(ConflictRule.CRM)
    assert grid._inspector.conflict is None


def test_the_action_keeps_mine_of_the_value_under_the_cursor(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    qtbot.keyClick(grid._table, Qt.Key.Key_M, CTRL_SHIFT)
    on_review(bench, qtbot)
    assert choices(bench) == kept(ConflictRule.OURS)
    assert "submit" not in calls(bench)


def test_the_action_keeps_the_crms_of_the_value_under_the_cursor(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    qtbot.keyClick(grid._table, Qt.Key.Key_K, CTRL_SHIFT)
    qtbot.waitUntil(lambda: grid._model.index(6, TIER).data(STATE_ROLE) == "")
    assert choices(bench) == kept(ConflictRule.CRM)
    assert "submit" not in calls(bench)


def test_the_actions_say_why_they_are_off(bench: Bench, grid: AccountsPanel) -> None:
    assert bench.window.menus.reason_of("record.keep_theirs") == ""
    grid._table.go_to(8, TIER)
    assert bench.window.menus.reason_of("record.keep_theirs") == "Choose a value that is in conflict."


def test_a_choice_that_failed_may_be_made_again(bench: Bench, profile: ProfilePanel, qtbot: QtBot) -> None:
    bench.facade.fails["settle_conflicts"] = WorkspaceBusyError("workspace.busy")
    box = profile._conflicts["tier"]
    box.theirs.click()
    assert not box.mine.isEnabled()
    qtbot.waitUntil(profile.states.banner.isVisible)
    assert box.mine.isEnabled()
    assert "tier" in profile._conflicts
