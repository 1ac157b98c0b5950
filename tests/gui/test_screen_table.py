"""The table of screens: every row is whole, and a screen costs nothing before it is opened."""

import json
import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from writeback.gui.windows.menus import ALL_ACTIONS, GOING
from writeback.gui.windows.screens import GROUPS, NAMES, SCREENS, SET_UP, WORK
from writeback.runtime.resources import resource_folder

pytestmark = pytest.mark.gui


def test_every_row_is_whole() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert len({one.title for one in SCREENS}) == len(SCREENS)
    for screen in SCREENS:
        assert (resource_folder() / "icons" / f"{screen.icon}.svg").is_file(), screen.name
        assert screen.group in GROUPS if screen.group else screen.under in NAMES, screen.name
        assert screen.command, screen.name


def test_navigation_menu_and_palette_name_the_same_screens(bench: Bench) -> None:
    named = [one.name for one in SCREENS if one.group]
    assert list(bench.window.navigation._buttons) == sorted(
        named, key=lambda name: GROUPS.index(next(one.group for one in SCREENS if one.name == name))
    )
    assert [one.id for one in GOING] == [f"go.{name}" for name in named]
    assert set(GOING) <= set(ALL_ACTIONS)
    assert {one.name: one.group for one in SCREENS if one.name in ("welcome", "model")} == {
        "welcome": WORK,
        "model": SET_UP,
    }


def test_a_panel_is_built_at_its_first_opening(bench: Bench, qtbot: QtBot) -> None:
    assert [panel.name for panel in bench.window.panels.built] == ["Home"]
    bench.window.go("jobs")
    bench.window.go("welcome")
    assert [panel.name for panel in bench.window.panels.built] == ["Home", "Jobs"]
    qtbot.waitUntil(lambda: not bench.tasks.running)
    bench.window.go("accounts")
    pending = bench.window.panels["accounts"].pending  # type: ignore[attr-defined]
    assert pending._words.text() == "4 pending edits"  # what came before it was built is told to it


def test_the_window_imports_no_screen_before_it_is_opened() -> None:
    code = (
        "import sys, json, writeback.gui.application;"
        "print(json.dumps(sorted(n for n in sys.modules if n.startswith('writeback.gui.panels.'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(done.stdout) == ["writeback.gui.panels.panel", "writeback.gui.panels.standing"]
