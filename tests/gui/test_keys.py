"""Keys: no letter acts, a key has one action, and what a person chose is kept."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from writeback.gui.actions.keymap import SCREEN_KEYS, Keymap, choose_key, current_keymap, unfit
from writeback.gui.dialogs.keys import KeyQuestion, Sheet
from writeback.gui.preferring import preferring
from writeback.gui.windows.menus import ALL_ACTIONS

pytestmark = pytest.mark.gui
CTRL = Qt.KeyboardModifier.ControlModifier


def action(identifier: str):  # type: ignore[no-untyped-def]
    return next(one for one in ALL_ACTIONS if one.id == identifier)


def test_every_key_we_ship_is_one_and_belongs_to_one_action() -> None:
    keymap = Keymap(ALL_ACTIONS, {})
    for one in ALL_ACTIONS:
        if one.shortcut:
            assert keymap.key_of(one.id), f"{one.id}: {one.shortcut} belongs to another"
            assert not unfit(one.shortcut), one.id
        assert not any(key.isalnum() for key in one.more_keys)


@pytest.mark.parametrize(
    "key", ["K", "5", "Shift+A", "Space", "Return", "Ctrl+C", "", "Ctrl+K, Ctrl+S", "Nonsense"]
)
def test_what_types_something_is_no_key(key: str) -> None:
    assert unfit(key)


@pytest.mark.parametrize("key", ["F12", "Ctrl+Shift+X", "Alt+3", "Shift+F9"])
def test_what_types_nothing_is_one(key: str) -> None:
    assert not unfit(key)


def test_what_was_chosen_wins_and_two_never_share() -> None:
    keymap = Keymap(
        ALL_ACTIONS, {"view.dark": "Ctrl+K", "view.light": "Ctrl+K", "view.back": "Q", "x": "Ctrl+X"}
    )
    assert keymap.key_of("view.light") == "Ctrl+K"
    assert keymap.key_of("view.dark") == ""
    assert keymap.key_of("view.palette") == ""
    assert keymap.key_of("view.back") == ""
    assert keymap.refusal("view.dark", "Ctrl+W")
    assert not keymap.refusal("view.close_tab", "Ctrl+W")


def test_a_chosen_key_acts_at_once_and_after_a_restart(bench: Bench, qtbot: QtBot) -> None:
    choose_key(action("go.jobs"), "Ctrl+Alt+B")
    qtbot.keyClick(bench.window, Qt.Key.Key_B, CTRL | Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bench.window.screen_name == "jobs")
    assert preferring().current.table("keyboard.shortcuts") == {"go.jobs": "Ctrl+Alt+B"}
    assert current_keymap(ALL_ACTIONS).key_of("go.jobs") == "Ctrl+Alt+B"
    choose_key(action("go.jobs"), None)
    assert preferring().current.table("keyboard.shortcuts") == {}


def test_the_sheet_by_keyboard(bench: Bench, qtbot: QtBot) -> None:
    qtbot.keyClick(bench.window, Qt.Key.Key_F1, CTRL)
    sheet = bench.window.findChild(Sheet)
    assert sheet is not None
    titles = [line.title for line in sheet.model.rows]
    assert {"Command palette…", "All rows that match"} <= set(titles)
    assert len(sheet.model.rows) == len(ALL_ACTIONS) + len(SCREEN_KEYS)
    sheet._words.setText("dark theme")
    assert sheet.current is not None
    assert sheet.current.title == "Dark theme"
    sheet.table.setFocus()
    qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
    question = sheet.findChild(KeyQuestion)
    assert question is not None
    qtbot.keyClick(question.keys, Qt.Key.Key_K, CTRL)
    assert "belongs to “Command palette…”" in question._why.text()
    assert not question._take.isEnabled()
    question.keys.clear()
    qtbot.keyClick(question.keys, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
    assert question.key == ""
    for key, made in ((Qt.Key.Key_F7, "Shift+F7"), (Qt.Key.Key_Question, "?")):
        qtbot.keyClick(question.keys, key, Qt.KeyboardModifier.ShiftModifier)
        assert question.key == made
    qtbot.keyClick(question.keys, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.AltModifier)
    assert question._take.isEnabled()
    qtbot.keyClick(question._take, Qt.Key.Key_Space)
    assert current_keymap(ALL_ACTIONS).key_of("view.dark") == "Ctrl+Alt+D"
    assert sheet.current.is_own
    sheet._ours.click()
    assert not sheet.current.is_own


def test_a_question_mark_opens_the_sheet_outside_text_fields_only(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("accounts")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    bench.window.do("find")
    field = bench.window.focusWidget()
    qtbot.keyClicks(field, "?")
    assert bench.window.findChild(Sheet) is None
    bench.window.panels["accounts"].first_focus().setFocus()  # type: ignore[union-attr]
    qtbot.keyClick(bench.window.focusWidget(), Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: bench.window.findChild(Sheet) is not None)


def test_the_bar_shows_the_key_that_opens_the_palette_now(bench: Bench, qtbot: QtBot) -> None:
    bar = bench.window.context_bar
    assert bar._keys.text() == "Ctrl+K"
    choose_key(action("view.palette"), "Ctrl+Shift+K")
    qtbot.waitUntil(lambda: bar._keys.text() == "Ctrl+Shift+K")
