"""Size of text, density, theme and motion: one file of tokens, put into effect without a restart."""

import json
from collections import abc
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from writeback.gui.preferring import install
from writeback.gui.theming.current import Theming
from writeback.gui.theming.sheets import style_sheet
from writeback.gui.theming.tokens import Density, ThemeName, load_themes
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.resources import resource_folder
from writeback.settings import load

pytestmark = pytest.mark.gui


@pytest.fixture
def themed(theming: Theming, qtbot: QtBot) -> abc.Iterator[Theming]:
    yield theming
    theming.apply(ThemeName.LIGHT, percent=100, density=Density.REGULAR)


def test_there_are_at_most_four_sizes_of_text_in_every_theme_and_at_every_size() -> None:
    raw = json.loads((resource_folder() / "themes" / "tokens.json").read_text("utf-8"))
    assert len(raw["font"]["sizes"]) <= 4
    for theme in load_themes(resource_folder()).values():
        for percent in (80, 100, 200):
            sized = theme.at(percent=percent, density=Density.REGULAR)
            sheet = style_sheet(sized, folder="x")
            found = {part.split("pt")[0] for part in sheet.split("font-size: ")[1:]}
            assert found <= {f"{size:g}" for size in sized.sizes.values()}


def test_a_size_is_always_reckoned_from_100_percent() -> None:
    theme = load_themes(resource_folder())[ThemeName.LIGHT]
    there_and_back = theme.at(percent=200, density=Density.COMPACT).at(percent=100, density=Density.REGULAR)
    assert there_and_back.sizes == pytest.approx(theme.sizes)
    assert (there_and_back.row, there_and_back.px(10)) == (28, 10)
    assert theme.at(percent=200, density=Density.COMPACT).row == 44


def test_text_rows_and_fixed_lengths_grow_while_the_window_stands(
    bench: Bench, themed: Theming, qtbot: QtBot
) -> None:
    bench.window.go("jobs")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    table = bench.window.panels["jobs"].first_focus()
    assert isinstance(table, Table)
    assert bench.window.status is not None
    label = bench.window.findChild(PlainLabel)
    before = table.rowHeight(0), bench.window.status.height(), label.fontMetrics().height()
    themed.apply(ThemeName.DARK, percent=200)
    qtbot.waitUntil(lambda: bench.window.status.height() == 2 * before[1])
    assert table.rowHeight(0) == 2 * before[0] == 56
    assert label.fontMetrics().height() >= 1.8 * before[2]
    themed.apply(ThemeName.DARK, percent=100, density=Density.COMPACT)
    qtbot.waitUntil(lambda: table.rowHeight(0) == 22)


def test_a_size_outside_80_to_200_percent_is_brought_inside(themed: Theming) -> None:
    themed.apply(ThemeName.LIGHT, percent=1000)
    assert themed.theme.scale == 2.0
    themed.apply(ThemeName.LIGHT, percent=1)
    assert themed.theme.scale == 0.8


def test_the_preferences_are_worn_at_once(bench: Bench, themed: Theming, tmp_path: Path) -> None:
    preferences = install(load({"WRITEBACK_CONFIG_DIR": str(tmp_path), "HOME": str(tmp_path)}))
    preferences.wear()
    try:
        preferences.put(
            {
                "appearance.theme": "contrast",
                "appearance.text_size": 150,
                "appearance.density": "compact",
                "appearance.motion": "reduced",
            }
        )
        theme = themed.theme
        assert (theme.name, theme.scale, theme.row) == (ThemeName.CONTRAST, 1.5, 33)
        assert themed.is_calm
        assert not QApplication.isEffectEnabled(Qt.UIEffect.UI_AnimateCombo)
    finally:
        preferences.reset()
    assert (themed.theme.name, themed.theme.scale) == (ThemeName.LIGHT, 1.0)


def _focusable() -> abc.Iterator[QWidget]:
    """Give one of each thing that takes the keyboard."""
    for kind in ("", "primary", "quiet", "danger", "segment", "status"):
        yield Button(kind or "plain", kind=kind)
    chosen = Button("chosen", kind="segment")
    chosen.setCheckable(True)
    chosen.setChecked(True)
    yield chosen
    yield from (
        QCheckBox("tick"),
        QRadioButton("dot"),
        QComboBox(),
        QSpinBox(),
        QLineEdit(),
        QPlainTextEdit(),
    )
    names = QListWidget()
    names.addItems(["one", "two"])
    names.setCurrentRow(0)
    tabs = QTabBar()
    tabs.addTab("one")
    tabs.addTab("two")
    yield from (names, tabs, IconButton("search", "search"), Table("table"))


@pytest.mark.parametrize("theme", list(ThemeName))
def test_what_has_the_keyboard_is_ringed_in_every_theme(
    themed: Theming, qtbot: QtBot, theme: ThemeName
) -> None:
    """Not by colour alone: the pixels of the rim change, not only those of the words."""
    themed.apply(theme)
    unseen = []
    for widget in _focusable():
        page = QWidget()
        qtbot.addWidget(page)
        lines = QVBoxLayout(page)
        other = QLineEdit()
        lines.addWidget(other)
        lines.addWidget(widget)
        page.resize(240, 160)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        other.setFocus(Qt.FocusReason.TabFocusReason)
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(widget.hasFocus)
        after = widget.grab().toImage()
        left = [before.pixel(1, y) != after.pixel(1, y) for y in range(8, before.height() - 8)]
        if isinstance(widget, Table):
            left = [before.pixel(0, y) != after.pixel(0, y) for y in range(8, before.height() - 8)]
        if sum(left) < len(left) * 0.9:
            unseen.append(f"{type(widget).__name__} {widget.accessibleName()}")
    assert unseen == []
