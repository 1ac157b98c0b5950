"""Foreign text is data: shown literally, short, and never as markup, shortcut or file access."""

import re
import sys
from collections import abc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from tests.gui.conftest import Bench, open_bench
from tests.gui.seeding import ATTRIBUTES, make_workspace, seed_edits, seed_jobs, seed_model
from writeback.gui.theming.current import Theming
from writeback.gui.widgets.text import PlainLabel, many_lines, mnemonic_free, one_line, tip_text, title_free
from writeback.gui.windows.screens import NAMES
from writeback.store import wide

pytestmark = pytest.mark.gui

HOSTILE = (
    '<img src="/etc/passwd">',
    "<b>bold</b> & <a href='file:///etc/passwd'>x</a>",
    "&File [*] &&",
    "line\nbreak\ttab\rreturn",
    "\u202eevil\u202c \u200b\ufeff",
    "nul\0bell\x07esc\x1b[31m",
    "x" * 1_000_000,
    "'; drop table rec_account; --",
    "=cmd|' /C calc'!A0",
)


@pytest.fixture
def hostile(qtbot: QtBot, theming: Theming, tmp_path: Path) -> abc.Iterator[Bench]:
    path = tmp_path / "Hostile.writeback"
    workspace = make_workspace(path)
    with workspace.writing() as db:
        seed_model(db)
        table = wide.records("account", ATTRIBUTES)
        for number, text in enumerate(HOSTILE):
            row: dict[str, object] = {"rid": f"r{number + 1:07d}", "title": text.replace("\0", ""), "gone": 0}
            for one in ATTRIBUTES:
                if one.kind.value in ("text", "long_text", "url", "user_ref", "list", "lifecycle"):
                    row[one.name] = text.replace("\0", "")
            db.execute(insert(table).values(**row))
        seed_edits(db)
        seed_jobs(db)
    workspace.close()
    bench = open_bench(path)
    qtbot.waitUntil(lambda: not bench.tasks.running)
    yield bench
    bench.close()


def test_no_label_of_the_live_window_guesses_rich_text(hostile: Bench, qtbot: QtBot) -> None:
    for screen in NAMES:
        hostile.window.go(screen, ("account", "r0000001") if screen == "profile" else None)
        qtbot.waitUntil(lambda: not hostile.tasks.running)
        for label in hostile.window.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText, label.text()[:80]
            assert not label.openExternalLinks()
            assert len(label.text()) <= 20_100


def test_no_path_from_a_record_is_ever_opened(hostile: Bench, qtbot: QtBot) -> None:
    seen: list[str] = []
    sys.addaudithook(lambda name, args: seen.append(str(args[0])) if name == "open" else None)
    for screen in ("accounts", "profile", "review", "jobs"):
        hostile.window.go(screen, ("account", "r0000001") if screen == "profile" else None)
        qtbot.waitUntil(lambda: not hostile.tasks.running)
        hostile.window.grab()
    assert not [path for path in seen if "passwd" in path]


def test_a_megabyte_in_a_cell_reaches_no_widget(hostile: Bench, qtbot: QtBot) -> None:
    hostile.window.go("accounts")
    qtbot.waitUntil(lambda: not hostile.tasks.running)
    model = hostile.window.panels["accounts"]._model  # type: ignore[attr-defined]
    longest = max(len(model.index(row, 0).data()) for row in range(len(HOSTILE)))
    assert longest <= 512


def test_a_label_keeps_markup_as_text(qtbot: QtBot, theming: Theming) -> None:
    label = PlainLabel(HOSTILE[0])
    qtbot.addWidget(label)
    assert label.text() == HOSTILE[0]
    assert label.textFormat() is Qt.TextFormat.PlainText


@given(st.text())
def test_one_line_is_one_line_without_controls_and_bidi(text: str) -> None:
    shown = one_line(text)
    assert len(shown) <= 7 * 513
    assert not re.search("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", shown)


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=())))
def test_half_characters_never_reach_qt(text: str) -> None:
    one_line(text).encode("utf-8")
    many_lines(text).encode("utf-8")


@given(st.text())
def test_a_tool_tip_shows_markup_literally(text: str) -> None:
    inside = tip_text(text).removeprefix("<qt>").removesuffix("</qt>").replace("<br>", "")
    assert "<" not in inside


def test_ampersands_and_the_modified_mark_are_neutralised() -> None:
    assert mnemonic_free("A&B") == "A&&B"
    assert "[*]" not in title_free("x[*]")


def test_only_the_text_room_constructs_labels_and_tips(root: Path) -> None:
    banned = re.compile(r"\b(QLabel|QMessageBox|QTextBrowser)\(|\.setToolTip\(|\.setWhatsThis\(|\.setHtml\(")
    found = [
        str(path.relative_to(root))
        for path in (root / "app/writeback/gui").rglob("*.py")
        if path.name != "text.py" and banned.search(path.read_text("utf-8"))
    ]
    assert found == []


def unnamed(window: QWidget) -> list[str]:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTableView

    found = []
    for kind in (QAbstractButton, QComboBox, QLineEdit, QTableView):
        for widget in window.findChildren(kind):
            if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or not widget.isVisible():
                continue
            name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
            if not name and not isinstance(widget.parent(), QComboBox):
                found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_every_control_of_every_screen_has_a_name(bench: Bench, qtbot: QtBot) -> None:
    for screen in NAMES:
        bench.window.go(screen, ("account", "r0000001") if screen == "profile" else None)
        qtbot.waitUntil(lambda: not bench.tasks.running)
        assert unnamed(bench.window) == [], screen


def test_every_disabled_button_says_why(bench: Bench, qtbot: QtBot) -> None:
    from writeback.gui.widgets.buttons import Button

    for screen in NAMES:
        bench.window.go(screen, ("account", "r0000009") if screen == "profile" else None)
        qtbot.waitUntil(lambda: not bench.tasks.running)
        for button in bench.window.findChildren(Button):
            if button.isVisible() and not button.isEnabled():
                assert button.accessibleDescription(), button.accessibleName()
