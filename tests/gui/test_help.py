"""Help at the screen's page, its search, and About with everybody's licences."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from writeback.gui.dialogs import reading
from writeback.gui.dialogs.keys import Sheet
from writeback.gui.dialogs.reading import AboutDialog, HelpDialog
from writeback.gui.windows.screens import NAMES
from writeback.runtime.help_pages import help_pages, page_for
from writeback.runtime.licences import needed, third_party_licences
from writeback.runtime.wording import Tongue

pytestmark = pytest.mark.gui


def test_every_page_is_whole_and_names_only_screens_that_there_are() -> None:
    pages = help_pages()
    assert len(pages) >= 10
    assert len({page.title for page in pages}) == len(pages)
    for page in pages:
        assert len(page.text) > 400, page.name
        assert max(map(len, page.text.splitlines())) < 600, page.name
    about = [screen for page in pages for screen in page.screens]
    assert len(about) == len(set(about))
    coming = {"audit", "settings", "segments", "plugins"}
    assert set(about) - set(NAMES) - coming == set()


def test_every_screen_has_a_page_of_its_own() -> None:
    for name in NAMES:
        assert name in page_for(name, help_pages()).screens, name


def test_f1_opens_the_page_of_the_screen_in_front(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("conflicts")
    qtbot.keyClick(bench.window, Qt.Key.Key_F1)
    shown = bench.window.findChild(HelpDialog)
    assert shown is not None
    assert shown.page is not None
    assert shown.page.title == "Conflicts"
    assert shown.text.toPlainText().startswith("Conflicts")
    bench.window.go("jobs")
    bench.window.do("help")
    assert shown.page.title == "Jobs and outcomes"
    assert len(bench.window.findChildren(HelpDialog)) == 1


def test_help_is_searched_by_keyboard(bench: Bench, qtbot: QtBot) -> None:
    bench.window.do("help")
    shown = bench.window.findChild(HelpDialog)
    assert shown is not None
    qtbot.keyClicks(shown.words, "blindly")
    assert [shown.list.item(n).text() for n in range(shown.list.count())] == ["Jobs and outcomes"]
    assert shown.text.textCursor().selectedText() == "blindly"
    shown.words.setText("send")
    first = shown.text.textCursor().position()
    qtbot.keyClick(shown, Qt.Key.Key_F3)
    assert shown.text.textCursor().position() != first
    shown.words.setText("zzyzx nowhere at all")
    assert shown.list.count() == 0
    assert shown._none.isVisible()
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_help_leads_to_the_keys(bench: Bench, qtbot: QtBot) -> None:
    bench.window.do("help")
    shown = bench.window.findChild(HelpDialog)
    assert shown is not None
    shown._keys.click()
    assert bench.window.findChild(Sheet) is not None


def test_about_tells_the_licences_of_what_is_used(bench: Bench, qtbot: QtBot) -> None:
    bench.window.do("about")
    about = bench.window.findChild(AboutDialog)
    assert about is not None
    qtbot.waitUntil(lambda: "SQLAlchemy" in about.licences.toPlainText(), timeout=10_000)
    assert about.licences.isReadOnly()


def test_the_licences_name_what_the_program_needs_and_nothing_of_its_tests() -> None:
    names = {one.metadata["Name"].casefold() for one in needed("writeback")}
    assert {"sqlalchemy", "pluggy", "keyring", "pydantic"} <= names
    assert any(name.startswith("pyside6") for name in names)
    assert not names & {"pytest", "mypy", "ruff", "hypothesis", "pyinstaller"}
    told = third_party_licences()
    assert "Permission is hereby granted" in told
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in told or "LGPL" in told


def test_in_german_help_is_german_and_a_page_without_it_says_so(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = help_pages(language="de")
    shown = HelpDialog(pages, "conflicts", keys=lambda: None, parent=bench.window)
    assert shown.page is not None
    assert shown.page.title == "Konflikte"
    assert not shown.in_english.isHidden()  # this process speaks English: it says that they are not
    monkeypatch.setattr(reading, "spoken", lambda: Tongue("de", {}, str))
    english = help_pages(language="en")[6]
    mixed = HelpDialog((*pages[:6], english, *pages[7:]), "conflicts", keys=lambda: None, parent=bench.window)
    assert mixed.page == english
    assert not mixed.in_english.isHidden()
    mixed.list.setCurrentRow(0)
    assert mixed.page == pages[0]
    assert mixed.in_english.isHidden()
