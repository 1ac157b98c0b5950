"""Team & permissions: levels, the rights they hold, and plans that wait for a word."""

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import delete

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW, rid, wait_for_a_word
from tests.gui.working import health_check
from writeback.errors import NotPermittedError, WorkspaceBusyError
from writeback.gui.panels.permissions import PermissionsPanel
from writeback.gui.widgets.states import ScreenState
from writeback.gui.widgets.text import PlainLabel
from writeback.model.permissions import Level, Permission, Right
from writeback.model.plays import Play, PlayStep, PlayTrigger, StepKind
from writeback.model.types import RecordId
from writeback.runtime.facade.work import TaskWish
from writeback.store import permissions, schema

pytestmark = pytest.mark.gui


def give(bench: Bench, **levels: Level) -> None:
    """Give these people levels, and nobody else."""
    with bench.workspace.writing() as db:
        db.execute(delete(schema.permissions))
        for name, level in levels.items():
            permissions.put(db, Permission(name, level, "root", bench.facade.now()))


def let_wait(bench: Bench, by: str) -> None:
    with bench.workspace.writing() as db:
        wait_for_a_word(db, by)


def opened(bench: Bench, qtbot: QtBot, *states: ScreenState) -> PermissionsPanel:
    bench.window.go("permissions")
    panel = bench.window.panels["permissions"]
    assert isinstance(panel, PermissionsPanel)
    qtbot.waitUntil(lambda: panel.states.state in (states or (ScreenState.READY,)))
    return panel


def calls(bench: Bench) -> list[tuple[str, object]]:
    return list(bench.facade.seen)


def test_one_persons_workspace_says_so_and_begins_with_yourself(bench: Bench, qtbot: QtBot) -> None:
    give(bench)
    panel = opened(bench, qtbot, ScreenState.EMPTY)
    told = [one.text() for one in panel.findChildren(PlainLabel)]
    assert any("everything is allowed" in text for text in told)
    assert any("guard-rail" in text for text in told)
    panel.states._empty.act.click()
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.READY)
    assert calls(bench) == [("set_permission", ("ana", Level.GLOBAL_ADMIN))]
    assert panel._head.explains.text() == "You are ana: Global admin."


def test_levels_are_set_and_taken_away(bench: Bench, qtbot: QtBot) -> None:
    give(bench, ana=Level.GLOBAL_ADMIN, ben=Level.EDITOR)
    panel = opened(bench, qtbot)
    assert not panel._set.isEnabled()
    panel._people.go_to(1)
    assert (panel._name.text(), panel._level.currentText()) == ("ben", "Editor")
    panel._level.setCurrentIndex(list(Level).index(Level.OPERATOR))
    panel._set.click()
    qtbot.waitUntil(lambda: [one.level for one in panel._team.people] == [Level.GLOBAL_ADMIN, Level.OPERATOR])
    panel._people.go_to(1)
    panel._remove.click()
    qtbot.waitUntil(lambda: [one.author for one in panel._team.people] == ["ana"])


def test_whoever_may_not_administer_sees_why(bench: Bench, qtbot: QtBot) -> None:
    give(bench, root=Level.GLOBAL_ADMIN, ana=Level.APPROVER)
    panel = opened(bench, qtbot)
    assert not panel._set.isEnabled()
    assert "lacks the right to administer. Ask root" in panel._set.accessibleDescription()
    assert not panel._level.isEnabled()


def test_each_level_shows_its_rights(bench: Bench, qtbot: QtBot) -> None:
    give(bench, ana=Level.GLOBAL_ADMIN)
    panel = opened(bench, qtbot)
    model = panel._rights
    place = list(Right).index(Right.SET_WRITE_BACK)
    held = [model.index(place, 1 + number).data() for number in range(len(Level))]
    assert held == ["", "", "", "", "yes", "yes"]


def test_a_waiting_plan_is_approved_by_another_person(bench: Bench, qtbot: QtBot) -> None:
    give(bench, ana=Level.GLOBAL_ADMIN)
    let_wait(bench, "ben")
    panel = opened(bench, qtbot, ScreenState.PARTIAL)
    assert "1 plan waits" in panel.states.banner.words
    assert not panel._approve.isEnabled()
    panel._waiting.go_to(0)
    panel._note.setText("as agreed")
    panel._approve.click()
    qtbot.waitUntil(lambda: ("approve_plan", ("plan-9", "as agreed")) in calls(bench))
    qtbot.waitUntil(lambda: bench.window.screen_name == "jobs")


def test_nobody_approves_their_own_plan(bench: Bench, qtbot: QtBot) -> None:
    give(bench, ana=Level.GLOBAL_ADMIN)
    let_wait(bench, "ana")
    panel = opened(bench, qtbot, ScreenState.PARTIAL)
    panel._waiting.go_to(0)
    assert not panel._approve.isEnabled()
    assert "your own" in panel._approve.accessibleDescription()
    assert not panel._decline.isEnabled()


def test_a_declined_plan_waits_no_longer(bench: Bench, qtbot: QtBot) -> None:
    give(bench, ana=Level.GLOBAL_ADMIN)
    let_wait(bench, "ben")
    panel = opened(bench, qtbot, ScreenState.PARTIAL)
    panel._waiting.go_to(0)
    panel._decline.click()
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.READY)
    assert panel._team.waiting == ()


def test_a_refusal_is_told_and_an_unreadable_workspace_too(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(bench, ana=Level.GLOBAL_ADMIN, ben=Level.EDITOR)
    panel = opened(bench, qtbot)
    bench.facade.fails["set_permission"] = NotPermittedError(
        "permission.missing", right="administer", author="ana", level="Editor", who="root"
    )
    panel._people.go_to(1)
    panel._set.click()
    qtbot.waitUntil(lambda: "lacks the right" in panel.states.banner.words)

    def fails(*_arguments: object) -> None:
        raise WorkspaceBusyError("workspace.busy")

    monkeypatch.setattr(type(panel.desk.reads), "team", fails)
    panel.refresh()
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.ERROR)


def test_a_connections_switches_are_greyed_with_the_reason(bench: Bench, qtbot: QtBot) -> None:
    give(bench, root=Level.GLOBAL_ADMIN, ana=Level.OPERATOR)
    bench.window.go("connections")
    panel = bench.window.panels["connections"]
    qtbot.waitUntil(lambda: bool(panel.findChildren(QCheckBox)))
    controls = [*panel.findChildren(QCheckBox), *panel.findChildren(QComboBox)]
    careful = [one for one in controls if one.accessibleName() != "Environment colour"]
    assert careful
    for control in careful:
        assert not control.isEnabled(), control.accessibleName()
        assert "set write-back. Ask root" in control.accessibleDescription()


def test_who_may_only_look_reads_why_before_anything_is_typed(bench: Bench, qtbot: QtBot) -> None:
    bench.facade.forms.save(health_check(NOW), author="root")
    bench.facade.tasks.add(TaskWish(RecordId(rid(8)), "Ask", "root"))
    play = Play("Tidy", "account", PlayTrigger(), (PlayStep(StepKind.TASK, text="Look"),))
    bench.facade.save_play(play, author="root", act="p")
    with bench.workspace.writing() as db:
        for name, level in (("root", Level.GLOBAL_ADMIN), ("ana", Level.VIEWER)):
            permissions.put(db, Permission(name, level, "root", bench.facade.now()))
    for screen, names in (
        ("campaigns", ("begin",)),
        ("plays", ("make", "design", "rename", "switch", "delete", "dry")),
        ("forms", ("make", "design", "publish", "duplicate", "delete")),
        ("tasks", ("make", "complete", "snooze", "give", "reopen")),
    ):
        bench.window.go(screen)
        panel = bench.window.panels[screen]
        qtbot.waitUntil(lambda panel=panel: not bench.tasks.running and not panel.findChildren(QDialog))
        for name in names:
            button = getattr(panel, name)
            assert not button.isEnabled(), (screen, name)
            assert "ana" in button.accessibleDescription(), (screen, name)
    campaigns = bench.window.panels["campaigns"]
    bench.window.go("campaigns", "/tmp/answers.csv")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert campaigns._pages.currentWidget() is not campaigns.steps or not campaigns.steps.next.isEnabled()
