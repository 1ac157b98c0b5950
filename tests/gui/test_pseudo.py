"""Every screen in languages made by machine: nothing unsaid, nothing cut off, and mirrored."""

import shutil
from collections import abc
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench, open_bench
from tests.gui.said import cut_off, data_words, unsaid
from writeback.gui.studio.tongues import LONG, MIRRORED, longer, mirrored, wear
from writeback.gui.theming.current import Theming
from writeback.gui.windows.screens import NAMES

pytestmark = pytest.mark.gui

NAMES_OF_OTHERS = set("salesforce hubspot microsoft dynamics zoho writeback crm crms".split())
OF_THE_BENCH = set(
    "broken hostile example ltd bold trim without spaces around upper capitals daily api requests".split()
)
"""Words that the scripted façade answers: plugins, transforms, a quota of the CRM's own name."""
OF_QT = set("scroll left right".split())


@pytest.fixture
def worn(request: pytest.FixtureRequest, qapp: QApplication) -> abc.Iterator[str]:
    wear(request.param, qapp)
    yield request.param
    wear("en", qapp)


@pytest.fixture
def strange(
    qtbot: QtBot, theming: Theming, busy_file: Path, tmp_path: Path, worn: str
) -> abc.Iterator[Bench]:
    path = tmp_path / "Northwind.writeback"
    shutil.copyfile(busy_file, path)
    made = open_bench(path)
    qtbot.waitUntil(lambda: not made.tasks.running)
    yield made
    made.close()


def test_a_language_made_by_machine_leaves_places_alone() -> None:
    assert longer("%n rows of {name}").startswith("⟦%n rówš óf {name} ")
    assert len(longer("Nothing was sent.")) >= 1.4 * len("Nothing was sent.")
    assert "{name}" in mirrored("%n rows of {name}")
    assert not [one for one in mirrored("Nothing was sent") if "a" <= one.casefold() <= "z"]


@pytest.mark.parametrize("worn", [LONG], indirect=True)
def test_every_word_of_every_screen_is_said_or_is_data(strange: Bench, qtbot: QtBot, busy_file: Path) -> None:
    months = {
        QLocale("en_US").monthName(one, QLocale.FormatType.ShortFormat).casefold() for one in range(1, 13)
    }
    known = data_words(busy_file) | NAMES_OF_OTHERS | OF_THE_BENCH | OF_QT | months
    found: set[str] = set()
    for screen in NAMES:
        strange.window.go(screen)
        qtbot.waitUntil(lambda: not strange.tasks.running)
        found |= {f"{screen}: {kind}: {text}" for kind, text in unsaid(strange.window.panels[screen], known)}
    found |= {f"window: {kind}: {text}" for kind, text in unsaid(strange.window, known)}
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize("worn", [LONG, "de"], indirect=True)
def test_no_word_is_cut_off_in_a_small_window(strange: Bench, qtbot: QtBot) -> None:
    strange.window.resize(900, 600)
    found: set[str] = set()
    for screen in NAMES:
        strange.window.go(screen)
        qtbot.waitUntil(lambda: not strange.tasks.running)
        QApplication.processEvents()
        found |= {f"{screen}: {one}" for one in cut_off(strange.window)}
    assert not found, "\n".join(sorted(found))
