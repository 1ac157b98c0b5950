"""The Plugins screen: what is installed, whose it is, what it did wrong, and what a person decides."""

import importlib.metadata
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import OURS
from tests.gui.conftest import Bench
from tests.gui.pluggable import ACME, STRUCK, bundled
from tests.gui.test_window import seen
from writeback.errors import ConfigurationError
from writeback.gui.models.plugins import status_word
from writeback.gui.panels.plugins import PluginsPanel
from writeback.gui.widgets.states import ScreenState
from writeback.host.faults import CRASHED, HUNG
from writeback.model.events import EventKind
from writeback.runtime.plugins import Plugins
from writeback.runtime.rendering import render_plugin
from writeback.runtime.runtime import utc_now
from writeback.settings import load
from writeback.store import journal

pytestmark = pytest.mark.gui


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> PluginsPanel:
    bench.window.go("plugins")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    found = bench.window.panels["plugins"]
    assert isinstance(found, PluginsPanel)
    return found


def choose(panel: PluginsPanel, name: str) -> None:
    place = next(at for at, one in enumerate(panel.model.rows) if one.id == name)
    panel.table.go_to(0)
    panel.table.setFocus()
    for _ in range(place):
        QTest.keyClick(panel.table, Qt.Key.Key_Down)
    assert panel.side.plugin is not None
    assert panel.side.plugin.id == name


def press(dialog: QDialog, words: str, qtbot: QtBot) -> None:
    (button,) = [one for one in dialog.findChildren(QPushButton) if one.text() == words]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def question(bench: Bench) -> QDialog:
    return next(one for one in bench.window.findChildren(QDialog) if one.isVisible())


def test_every_plugin_is_told_with_status_trust_and_why_it_cannot_be_used(panel: PluginsPanel) -> None:
    assert panel.states.state is ScreenState.PARTIAL
    assert "Broken, Hostile" in panel.states.banner.words
    words = {one.id: status_word(one) for one in panel.model.rows}
    assert words == {
        "acme": "Waiting for consent",
        "broken": "Failed",
        "hubspot": "On",
        "hostile": "Off after 3 strikes",
        "salesforce": "On, running",
    }
    choose(panel, "hostile")
    assert "went wrong 3 times" in panel.side._why.words
    assert panel.side._facts.shown["Strikes"].count("raised an error") == 3
    choose(panel, "broken")
    assert not panel.side._trace.isVisible()  # on demand
    panel.side._more.click()
    assert "RuntimeError: it breaks" in panel.side._trace.toPlainText()
    choose(panel, "hubspot")
    assert panel.side._remove.accessibleDescription() == "It belongs to Writeback itself."


def test_a_plugin_is_allowed_by_its_hash_after_a_question_that_names_it(
    bench: Bench, panel: PluginsPanel, qtbot: QtBot
) -> None:
    choose(panel, "acme")
    panel.side._allow.setFocus()
    qtbot.keyClick(panel.side._allow, Qt.Key.Key_Space)
    asked = question(bench)
    told = "\n".join(label.text() for label in asked.findChildren(type(panel.side._about)))
    for fact in (ACME.hash, "*.acme.example", "Example Ltd <b>bold</b>", "runs with your rights"):
        assert fact in told
    press(asked, "Allow exactly these files", qtbot)
    qtbot.waitUntil(lambda: bool(seen(bench, "allow_plugin")) and not bench.tasks.running)
    assert seen(bench, "allow_plugin") == [("acme", ACME.hash)]
    assert status_word(panel.model.rows[0]) == "On"
    panel.side._disable.click()
    qtbot.waitUntil(lambda: status_word(panel.model.rows[0]) == "Off")


def test_a_refusal_stands_in_the_banner_and_diagnostics_are_copied_whole(
    bench: Bench, panel: PluginsPanel, qtbot: QtBot
) -> None:
    bench.facade.fails["install_plugin"] = ConfigurationError("plugin.none_inside", path="/tmp/x.whl")
    panel.install("/tmp/x.whl")
    qtbot.waitUntil(lambda: "holds no plugin" in panel.states.banner.words)
    choose(panel, "hostile")
    panel.side._copy.click()
    told = json.loads(QGuiApplication.clipboard().text())
    assert told["hash"] == STRUCK.hash
    assert len(told["strikes"]) == 3


def test_safe_start_is_told_and_left(bench: Bench, qtbot: QtBot) -> None:
    held = replace(
        ACME, status="off", reason="plugin.safe_start", facts=(("plugin", "acme"), ("culprit", "hostile"))
    )
    bench.facade.plugged = (held, bundled("hubspot", "HubSpot"))
    bench.window.go("plugins")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    panel = bench.window.panels["plugins"]
    assert "the program died while hostile ran" in panel.states.banner.words
    panel.states.banner._act.click()
    qtbot.waitUntil(lambda: seen(bench, "leave_safe_start") == [None])


def test_a_plugin_that_fails_is_named_in_a_banner_that_leads_to_it(bench: Bench, qtbot: QtBot) -> None:
    with bench.workspace.writing() as db:
        journal.note(db, at=bench.workspace.now(), kind=EventKind.PLUGIN_FAILED, subject="hostile")
    qtbot.waitUntil(lambda: "The plugin hostile went wrong" in bench.window.banner.words)
    assert "The rest works." in bench.window.banner.words
    bench.window.banner._act.click()
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert bench.window.screen_name == "plugins"
    panel = bench.window.panels["plugins"]
    assert isinstance(panel, PluginsPanel)
    assert panel.side.plugin is not None
    assert panel.side.plugin.id == "hostile"


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plugins:
    """The real thing for a person of this test, with nothing installed in the plugin folder yet."""

    def found(*, group: str) -> importlib.metadata.EntryPoints:
        points = [point for each in importlib.metadata.distributions() for point in each.entry_points]
        wanted = [point for point in points if point.group == group and point.name in {*OURS, "orbit"}]
        return importlib.metadata.EntryPoints(wanted)

    monkeypatch.setattr(importlib.metadata, "entry_points", found)
    places = {f"WRITEBACK_{name}_DIR": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "LOG")}
    monkeypatch.setattr(sys, "path", list(sys.path))
    return Plugins(load({**os.environ, **places}), now=utc_now)


def test_a_rendered_template_plugin_appears_with_its_icon(
    bench: Bench, plugins: Plugins, tmp_path: Path, qtbot: QtBot
) -> None:
    rendered = render_plugin("orbit", into=tmp_path)
    wheel = tmp_path / "unpacked"
    wheel.mkdir()
    (rendered / "writeback_orbit").rename(wheel / "writeback_orbit")
    info = wheel / "writeback_orbit-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: writeback-orbit\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text("[writeback.connectors]\norbit = writeback_orbit\n")
    plugins.install(wheel)
    (waiting,) = [one for one in plugins.infos() if one.id == "orbit"]
    assert (waiting.status, waiting.is_removable, waiting.icon) == ("not_allowed", True, "")
    plugins.allow_hash("orbit", waiting.hash)
    bench.facade.plugged = plugins.infos()
    bench.window.go("plugins", "orbit")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    side = bench.window.panels["plugins"].side  # type: ignore[attr-defined]
    assert side._title.text() == "Orbit"
    assert side._icon.is_own
    drawn = side._icon.grab().toImage()
    assert drawn.pixelColor(8, 20).name() == "#4c6fff"  # the colour of its own drawing, not of the theme


def test_a_death_in_a_plugin_of_others_starts_safely_and_one_of_ours_does_not(
    plugins: Plugins,
) -> None:
    names = [one.id for one in plugins.infos() if one.is_bundled]
    assert plugins.died("somebody", -11) == CRASHED
    assert plugins.died("somebody", 75) == HUNG
    assert plugins.resume() == "somebody"
    assert plugins.resume() == ""
    assert plugins.died(names[0], -11) != CRASHED
    assert plugins.resume() == ""
