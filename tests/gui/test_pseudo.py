"""Every screen in languages made by machine: nothing unsaid, nothing cut off, and mirrored."""

import shutil
from collections import abc
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench, open_bench
from tests.gui.said import cut_off, data_words, unsaid
from writeback.gui.studio.tongues import LONG, MIRRORED, longer, mirrored, wear
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.tables import Table, own_direction
from writeback.gui.windows.screens import NAMES
from writeback.runtime.wording import spoken

pytestmark = pytest.mark.gui

NAMES_OF_OTHERS = frozenset(
    {"salesforce", "hubspot", "microsoft", "dynamics", "zoho", "writeback", "crm", "crms"}
)
OF_THE_BENCH = frozenset(
    {
        "broken",
        "hostile",
        "example",
        "ltd",
        "bold",
        "trim",
        "without",
        "spaces",
        "around",
        "upper",
        "capitals",
    }
    | {"daily", "api", "requests"}
)
"""Words that the scripted façade answers: plugins, transforms, a quota of the CRM's own name."""
OF_QT = frozenset({"scroll", "left", "right"})
MONTHS = frozenset(
    QLocale("en_US").monthName(one, QLocale.FormatType.ShortFormat).casefold() for one in range(1, 13)
)

TIGHT = frozenset({(LONG, "conflicts")})
"""The inbox keeps its acts on one line, so that six conflicts are seen at once in the smallest window; words
as long as these have no room there. German has."""


@pytest.fixture
def worn(request: pytest.FixtureRequest, qapp: QApplication) -> abc.Iterator[str]:
    wear(request.param, qapp)
    yield request.param
    wear("en", qapp)


@pytest.fixture
def strange(worn: str, qtbot: QtBot, busy_file: Path, tmp_path: Path) -> abc.Iterator[Bench]:
    """Give a window in the language that is worn."""
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
    known = data_words(busy_file) | NAMES_OF_OTHERS | OF_THE_BENCH | OF_QT | MONTHS
    found: set[str] = set()
    for screen in NAMES:
        strange.window.go(screen)
        qtbot.waitUntil(lambda: not strange.tasks.running)
        found |= {f"{screen}: {kind}: {text}" for kind, text in unsaid(strange.window.panels[screen], known)}
    found |= {f"window: {kind}: {text}" for kind, text in unsaid(strange.window, known)}
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize("worn", [pytest.param(LONG, marks=pytest.mark.nightly), "de"], indirect=True)
def test_no_word_is_cut_off_in_a_small_window(strange: Bench, qtbot: QtBot) -> None:
    strange.window.resize(900, 600)
    found: set[str] = set()
    for screen in NAMES:
        strange.window.go(screen)
        qtbot.waitUntil(lambda: not strange.tasks.running)
        QApplication.processEvents()
        if (spoken().language, screen) not in TIGHT:
            found |= {f"{screen}: {one}" for one in cut_off(strange.window)}
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize("worn", [MIRRORED], indirect=True)
def test_from_right_to_left_everything_stands_on_the_other_side(strange: Bench, qtbot: QtBot) -> None:
    window = strange.window
    assert window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    for screen in NAMES:
        window.go(screen)
        qtbot.waitUntil(lambda: not strange.tasks.running)
    window.go("accounts")
    qtbot.waitUntil(lambda: not strange.tasks.running)
    middle = window.width() / 2
    assert left_of(window.navigation, window) > middle, "the navigation stands where reading begins"
    (review,) = [
        one for one in window.findChildren(Button) if one.text() == tr("Review…") and one.isVisible()
    ]
    assert left_of(review, window) < middle, "the act that ends a line stands at its end"
    table = next(one for one in window.findChildren(Table) if one.isVisible())
    header = table.horizontalHeader()
    assert header.sectionViewportPosition(0) > header.sectionViewportPosition(1), "columns run from the right"


def test_a_value_runs_in_its_own_direction_where_the_window_reads_from_the_right() -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    left = Qt.AlignmentFlag.AlignLeft.value
    assert own_direction(painter, left, "Quartz & Co.") == left, "here it reads from the left"
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    for text in ("Quartz & Co.", "+49 221 000", "-5"):
        flags = own_direction(painter, left, text)
        assert flags & Qt.TextFlag.TextForceLeftToRight.value, text
        assert flags & Qt.AlignmentFlag.AlignRight.value, "where reading begins"
    assert own_direction(painter, left, "وبن.") & Qt.TextFlag.TextForceRightToLeft.value
    painter.end()


def left_of(widget: QWidget, window: QWidget) -> int:
    return widget.mapTo(window, QPoint(0, 0)).x()


def test_a_row_without_room_goes_on_below_and_mirrors(qtbot: QtBot) -> None:
    parts = [QPushButton("One button of some width") for _ in range(3)]
    parts[1].hide()
    row = Flowing(*parts)
    qtbot.addWidget(row)
    row.resize(row.sizeHint())
    row.show()
    assert parts[0].y() == parts[2].y() == 0
    assert parts[1].isHidden()
    row.resize(row.minimumSizeHint().width(), 200)
    assert parts[2].y() >= parts[0].height()
    assert row.heightForWidth(row.width()) >= 2 * parts[0].height()
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    row.resize(800, 40)
    assert parts[0].x() > parts[2].x()
    parts[1].show()
    qtbot.waitUntil(lambda: parts[2].x() < parts[1].x() < parts[0].x())


def test_acts_end_where_their_place_ends(qtbot: QtBot) -> None:
    parts = [QPushButton("One button of some width") for _ in range(2)]
    row = Flowing(*parts, is_at_end=True)
    qtbot.addWidget(row)
    row.resize(row.sizeHint().width() + 100, 40)
    row.show()
    assert parts[1].geometry().right() == row.width() - 1
    assert parts[0].x() == 100
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    row.resize(row.width() + 1, 40)
    qtbot.waitUntil(lambda: parts[1].x() == 0)
