"""SuccessPlays on the screen: designed by keys, tried dry, run, held and decided, undone, paused, deleted."""

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.dialogs.naming import NameDialog
from writeback.gui.dialogs.play_design import PlayDialog
from writeback.gui.dialogs.play_run import PlayRunDialog
from writeback.gui.panels.plays import PlaysPanel
from writeback.gui.widgets.states import ScreenState
from writeback.model.plays import Play, PlayGuards, PlayMode, PlayStep, PlayTrigger, RunState, StepKind
from writeback.store import drafts

pytestmark = pytest.mark.gui
SET = PlayStep(StepKind.SET, "website", "https://acme.example/")


def button(place: QWidget, words: str) -> QPushButton:
    return next(one for one in place.findChildren(QPushButton) if one.text().startswith(words))


def settle(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


def few(bench: Bench, count: int = 3) -> str:
    page = bench.reads.plays.ground("account")
    assert page.attribute("website") is not None
    with bench.workspace.reading() as db:
        from writeback.store import records

        rids = [one.id for one in records.page(db, "account", limit=count)]
    return f"record id in ({', '.join(repr(str(one)) for one in rids)})"


def waiting(bench: Bench) -> int:
    with bench.workspace.reading() as db:
        found = drafts.waiting(db)[0]
    return sum(one.origin == "success_play" for one in found)


def opened(bench: Bench, qtbot: QtBot, *plays: Play) -> PlaysPanel:
    for play in plays:
        bench.facade.save_play(play, author="ana", act="")
    bench.window.go("plays")
    made = bench.window.panels["plays"]
    assert isinstance(made, PlaysPanel)
    wanted = ScreenState.READY if plays else ScreenState.EMPTY
    qtbot.waitUntil(lambda: made.states.state is wanted)
    return made


def shown(bench: Bench, panel: PlaysPanel, kind: type[Any], qtbot: QtBot) -> Any:
    settle(bench, qtbot)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in panel.findChildren(kind)))
    dialog = next(one for one in panel.findChildren(kind) if one.isVisible())
    assert QTest.qWaitForWindowActive(dialog, 5000)
    settle(bench, qtbot)
    return dialog


def test_a_play_is_designed_by_keyboard(bench: Bench, qtbot: QtBot) -> None:
    panel = opened(bench, qtbot)
    panel.states.acted.emit()
    dialog = shown(bench, panel, PlayDialog, qtbot)
    assert not dialog.save.isEnabled(), "it has neither name nor steps"
    qtbot.keyClicks(dialog.name, "Websites")
    dialog.conditions.setEditText(few(bench))
    for kind in (StepKind.TASK, StepKind.SET):
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind.value))
        dialog.add.click()
    dialog.line.attribute.setCurrentIndex(dialog.line.attribute.findData("website"))
    dialog.line.attribute.activated.emit(dialog.line.attribute.currentIndex())
    qtbot.keyClicks(dialog.line.value, "https://acme.example/")
    qtbot.keyClick(dialog, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    dialog.table.go_to(1)
    assert dialog.line.title.isVisible()
    dialog.rows.setValue(2)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(bench, qtbot)
    assert "no title" in dialog.banner.words or "task.bad_title" in dialog.banner.words
    assert dialog.table.currentIndex().row() == 1, "what is wrong is in front"
    qtbot.keyClicks(dialog.line.title, "Call them")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [one.play.name for one in panel.model.rows] == ["Websites"])
    made = bench.facade.plays.named("Websites")
    assert made.steps == (SET, PlayStep(StepKind.TASK, text="Call them"))
    assert (made.guards.rows, made.mode, made.trigger.kind.value) == (2, PlayMode.DRAFTS, "by_hand")
    assert panel.switch.text() == "Switch on", "off by default"

    panel.design.click()
    again = shown(bench, panel, PlayDialog, qtbot)
    assert again.play() == made
    again.once.setValue(7)
    again.reject()
    assert again.isVisible(), "one Escape loses nothing"
    again.reject()
    assert bench.facade.plays.named("Websites") == made


def test_a_play_is_tried_dry_run_and_undone(bench: Bench, qtbot: QtBot) -> None:
    panel = opened(bench, qtbot, Play("Websites", "account", PlayTrigger(), (SET,), few(bench)))
    qtbot.keyClick(panel.table, Qt.Key.Key_Tab)
    panel.dry.click()
    dry = shown(bench, panel, PlayRunDialog, qtbot)
    assert (len(dry.model.rows), waiting(bench), bench.facade.plays.runs()) == (3, 0, ())
    wanted = [(one.record, one.edits) for one in dry.model.rows]
    (target,) = {one.connection.id for one in panel.model.rows[0].view.targets} & {"c1"}
    group = SimpleNamespace(
        connection_id=target, object="Account", send=2, unchanged=0, conflict=1, blocked=0
    )
    bench.facade.forecast = SimpleNamespace(groups=(group,))
    dry.compare.click()
    settle(bench, qtbot)
    assert "2 would be written" in dry.banner.words
    assert "1 are in conflict" in dry.banner.words
    dry.go.click()
    ran = shown(bench, panel, PlayRunDialog, qtbot)
    qtbot.waitUntil(lambda: len(ran.model.rows) == 3)
    assert [(one.record, one.edits) for one in ran.model.rows] == wanted
    assert waiting(bench) == 3
    button(ran, "Undo this run").click()
    qtbot.waitUntil(lambda: [one.state for one in panel.log.rows] == [RunState.UNDONE])
    assert waiting(bench) == 0
    qtbot.waitUntil(lambda: "3 values are taken back" in panel.states.banner.words)


def test_a_play_is_renamed_and_sends_to_chosen_connections(bench: Bench, qtbot: QtBot) -> None:
    panel = opened(
        bench, qtbot, Play("Websites", "account", PlayTrigger(), (SET,), few(bench), PlayMode.SEND)
    )
    panel.rename.click()
    asked = shown(bench, panel, TextDialog, qtbot)
    asked.line.setText("Web addresses")
    asked.go.click()
    qtbot.waitUntil(lambda: [one.play.name for one in panel.model.rows] == ["Web addresses"])
    takers = [one.connection for one in panel.model.rows[0].view.targets]
    panel.design.click()
    dialog = shown(bench, panel, PlayDialog, qtbot)
    assert dialog.targets.isVisible()
    assert dialog.targets.text() == "All that take its values"
    dialog.targets.open()
    menu = dialog.targets.menu_shown
    assert menu is not None
    action = next(one for one in menu.actions() if one.text().startswith(takers[0].name))
    action.trigger()
    menu.close()
    assert dialog.targets.text() == takers[0].name
    dialog.save.click()
    qtbot.waitUntil(lambda: bench.facade.plays.named("Web addresses").only == (takers[0].id,))
    settle(bench, qtbot)
    assert [one.connection for one in panel.model.rows[0].view.targets] == takers[:1]


def test_a_held_run_is_looked_at_and_decided(bench: Bench, qtbot: QtBot) -> None:
    play = Play("Websites", "account", PlayTrigger(), (SET,), few(bench), guards=PlayGuards(rows=2))
    bench.facade.save_play(play, author="ana", act="")
    for _ in range(2):
        bench.facade.run_play("Websites", author="ana", act="")
    panel = opened(bench, qtbot, Play("Other", "account", PlayTrigger(), (SET,)))
    panel.table.go_to(1)
    assert panel.model.data(panel.model.index(1, 1)) == "held"
    button(panel.side, "Review the 3 it wanted").click()
    held = shown(bench, panel, PlayRunDialog, qtbot)
    assert "more than 2" in held.banner.words
    qtbot.waitUntil(lambda: len(held.model.rows) == 3)
    held.go.click()
    done = shown(bench, panel, PlayRunDialog, qtbot)
    assert waiting(bench) == 3
    done.reject()
    qtbot.waitUntil(lambda: [one.state for one in panel.log.rows] == [RunState.DONE, RunState.HELD])
    panel.runs.go_to(1)
    panel.open_run.click()
    first = shown(bench, panel, PlayRunDialog, qtbot)
    button(first, "Dismiss the run").click()
    qtbot.waitUntil(lambda: [one.state for one in panel.log.rows] == [RunState.DONE, RunState.DISMISSED])
    assert panel.model.data(panel.model.index(1, 1)) == "off"


def test_production_is_named_before_a_play_sends_by_itself(bench: Bench, qtbot: QtBot) -> None:
    play = Play("Websites", "account", PlayTrigger(), (SET,), few(bench), PlayMode.SEND)
    panel = opened(bench, qtbot, play)
    assert "Acme" in " ".join(one.connection.name for one in panel.model.rows[0].view.targets)
    panel.switch.click()
    asked = shown(bench, panel, NameDialog, qtbot)
    assert not bench.facade.plays.view("Websites").state.is_on
    qtbot.keyClicks(asked.name, "acme corporation")
    asked.go.click()
    qtbot.waitUntil(lambda: bench.facade.plays.view("Websites").state.is_on)
    qtbot.waitUntil(lambda: panel.switch.text() == "Pause")
    panel.switch.click()
    qtbot.waitUntil(lambda: panel.switch.text() == "Switch on")
    panel.delete.click()
    qtbot.waitUntil(lambda: "is deleted" in panel.states.banner.words and not panel.model.rows)
    settle(bench, qtbot)
    button(panel.states.banner, "Undo").click()
    qtbot.waitUntil(lambda: [one.play.name for one in panel.model.rows] == ["Websites"])
