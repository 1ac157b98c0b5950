"""The settings file and the window: one follows the other at once."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from writeback.gui.application import House
from writeback.gui.children import Child
from writeback.gui.preferring import Preferring, preferring
from writeback.gui.theming.current import Theming
from writeback.gui.theming.tokens import ThemeName
from writeback.gui.translating import tr, use_language
from writeback.preferences import read, write
from writeback.settings import load


def test_the_windows_theme_is_kept_and_another_process_change_is_followed(bench: Bench, qtbot: QtBot) -> None:
    bench.window.do("dark")
    assert read(load()).get("appearance.theme") == "dark"
    live = preferring()
    with qtbot.waitSignal(live.changed):
        write(load(), {"appearance.theme": "contrast"})
    assert live.current.get("appearance.theme") == "contrast"


def test_theme_and_formats_take_effect_when_they_change(theming: Theming, qtbot: QtBot) -> None:
    live = preferring()
    for name in ThemeName:
        live.put({"appearance.theme": name.value})
        assert theming.theme.name is name
    live.put({"language.formats": "de_DE"})
    assert QLocale().toString(1234.5, "f", 1) == "1.234,5"
    live.reset()
    assert theming.theme.name is ThemeName.LIGHT
    QLocale.setDefault(QLocale("en_US"))


def test_a_locked_theme_stays_and_says_why(
    bench: Bench, theming: Theming, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks = tmp_path / "managed.json"
    locks.write_text('{"appearance.theme": "light"}', "utf-8")
    live = preferring()
    monkeypatch.setattr(live, "settings", replace(live.settings, managed_file=locks))
    live.look()
    bench.window.do("dark")
    assert theming.theme.name is ThemeName.LIGHT
    assert "locked by your administrator" in bench.window.banner._words.text()


def test_a_file_that_is_damaged_meanwhile_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    live = Preferring(replace(load(), config_dir=tmp_path))
    with qtbot.waitSignal(live.changed):
        (tmp_path / "settings.json").write_text("{", "utf-8")
    assert [problem.code for problem in live.current.problems] == ["settings.damaged"]


def test_the_language_of_texts_is_spoken_from_the_next_start(theming: Theming) -> None:
    write(load(), {"language.texts": "de"})
    try:
        Preferring(load()).wear()
        assert tr("Cancel") == "Abbrechen"
    finally:
        use_language("en")


@pytest.mark.parametrize("wished", [True, False])
def test_the_window_starts_a_worker_where_it_is_wished(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, *, wished: bool
) -> None:
    started: list[str] = []
    monkeypatch.setattr(Child, "start", lambda child: started.append(child.name))
    preferring().put({"worker.with_window": wished})
    house = House(bench.window, bench.workspace.path)
    house.start_worker()
    assert started == (["worker"] if wished else [])
