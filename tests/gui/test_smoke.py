"""The binding itself, and what runs without a window."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from writeback.gui.theming.tokens import ThemeName, load_themes
from writeback.runtime.resources import resource_folder

pytestmark = pytest.mark.gui


def contrast(first: str, second: str) -> float:
    """Give the contrast ratio of two colours as WCAG defines it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((light(first), light(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


class Nothing(QAbstractTableModel):
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 50

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 5

    def data(self, index: QModelIndex, role: int = 0) -> object:
        return None


def test_the_binding_keeps_its_references_to_none(qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    model = Nothing()
    view.setModel(model)
    with qtbot.waitExposed(view):
        view.show()
    widget = QWidget()
    qtbot.addWidget(widget)
    for _ in range(10_000):
        widget.update()


def test_a_machine_without_a_display_gets_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    code = (
        "from dataclasses import replace; from pathlib import Path; from writeback import settings;"
        "from writeback.gui.application import run;"
        f"path = Path({str(tmp_path / 'w')!r}); known = replace(settings.load(), has_display=False);"
        "raise SystemExit(run(path, settings=known))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "There is no display" in done.stderr
    assert "writeback --help" in done.stderr


def test_every_theme_has_every_token_and_text_is_readable_on_both_surfaces() -> None:
    themes = load_themes(resource_folder())
    names = {frozenset(theme.colours) for theme in themes.values()}
    assert len(names) == 1
    for theme in themes.values():
        for token in ("text", "muted", "accent", "draft", "ok", "refused", "conflict", "unknown", "queued"):
            for ground in ("surface", "raised"):
                assert contrast(theme.hex(token), theme.hex(ground)) >= 4.5, (theme.name, token, ground)
        for token in ("draft", "ok", "refused", "conflict", "unknown", "accent"):
            assert contrast(theme.hex(token), theme.hex(f"{token}_wash")) >= 4.5, (theme.name, token)
        assert contrast(theme.hex("on_accent"), theme.hex("accent")) >= 4.5
        assert contrast(theme.hex("text"), theme.hex("selection")) >= 4.5
        assert contrast(theme.hex("border"), theme.hex("surface")) >= 3


def test_the_tokens_are_those_of_the_design() -> None:
    light = load_themes(resource_folder())[ThemeName.LIGHT]
    dark = load_themes(resource_folder())[ThemeName.DARK]
    assert (light.hex("accent"), light.hex("refused"), dark.hex("accent")) == (
        "#1F5FBF",
        "#B3261E",
        "#8AB4F8",
    )
    assert len(light.sizes) <= 4


def test_no_colour_has_a_value_outside_theming(root: Path) -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\s*\d|rgb\(")
    found = [
        str(path)
        for path in (root / "app/writeback/gui").rglob("*.py")
        if "theming" not in path.parts and literal.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_every_icon_has_one_stroke_and_no_colour_of_its_own() -> None:
    for path in (resource_folder() / "icons").glob("*.svg"):
        text = path.read_text("utf-8")
        if path.name == "blank.svg":  # as wide as an icon, and none
            assert "<path" not in text
            continue
        assert 'stroke="currentColor"' in text, path.name
        assert 'stroke-width="1.5"' in text, path.name
        assert not re.search(r"#[0-9A-Fa-f]{3}|href|url\(|<script", text), path.name


def test_importing_the_window_imports_no_plugin_and_no_migration() -> None:
    code = (
        "import sys, json, writeback.gui.application;"
        "print(json.dumps([n for n in sys.modules if n.split('.')[0] in "
        "('writeback_salesforce', 'simple_salesforce', 'alembic', 'authlib', 'keyring', 'requests')]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(done.stdout) == []
