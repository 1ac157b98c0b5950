"""The palette: actions, screens, records by name, jobs by number, and the words of another product."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import make_workspace, rid, seed_model, seed_records
from writeback.gui.actions.keymap import choose_key
from writeback.gui.dialogs.palette import Palette
from writeback.gui.windows.menus import ALL_ACTIONS
from writeback.runtime.reading import Reading

pytestmark = pytest.mark.gui


def opened(bench: Bench) -> Palette:
    bench.window.do("palette")
    return bench.window.findChildren(Palette)[-1]


def titles(palette: Palette) -> list[str]:
    return [hit.title for hit in palette.model.rows]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("data management data modeler", "Data model"),
        ("settings user management account assignment role", "Account assignment"),
        ("connector integrations", "Objects & mapping"),
        ("load preview", "Objects & mapping"),
        ("source format", "Objects & mapping"),
        ("connector jobs list", "Jobs"),
        ("bulk write-back", "Jobs"),
        ("assignment widget", "Open account"),
        ("user profile header", "Open account"),
        ("global admin", "Team & permissions"),
        ("advanced permissions", "Team & permissions"),
        ("ctrl+j", "Show running job"),
        ("dark", "Dark theme"),
    ],
)
def test_each_is_found_by_the_words_that_people_know(bench: Bench, words: str, title: str) -> None:
    palette = opened(bench)
    palette._words.setText(words)
    assert title in titles(palette)


def test_what_is_off_says_why_and_does_nothing(bench: Bench, qtbot: QtBot) -> None:
    palette = opened(bench)
    palette._words.setText("skip conflict")
    assert palette.current is not None
    assert palette.current.reason == "Choose a conflict in the inbox."
    assert palette._why.text() == "Choose a conflict in the inbox."
    chosen: list[object] = []
    palette.chosen.connect(chosen.append)
    qtbot.keyClick(palette, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert chosen == []


def test_keys_are_shown_as_they_are_now(bench: Bench) -> None:
    choose_key(next(one for one in ALL_ACTIONS if one.id == "view.dark"), "Ctrl+Alt+D")
    palette = opened(bench)
    palette._words.setText("dark theme")
    assert [hit.key for hit in palette.model.rows] == ["Ctrl+Alt+D"]


def test_a_record_is_found_by_name_and_opens_in_a_tab(bench: Bench, qtbot: QtBot) -> None:
    name = bench.reads.title_of("account", rid(5))
    assert name
    palette = opened(bench)
    qtbot.keyClicks(palette._words, name.upper())
    qtbot.waitUntil(lambda: name in titles(palette))
    while palette.current is not None and palette.current.subject != ("account", rid(5)):
        before = palette.table.currentIndex().row()
        qtbot.keyClick(palette, Qt.Key.Key_Down)
        assert palette.table.currentIndex().row() > before
    qtbot.keyClick(palette, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.window.screen_name == "profile")
    assert bench.window.tabs.front is not None
    assert bench.window.tabs.front.subject == ("account", rid(5))


def test_a_job_is_found_by_its_number(bench: Bench, qtbot: QtBot) -> None:
    number = bench.reads.number_of_job("j2")
    for words in (str(number), f"job {number}", f"#{number}"):
        palette = opened(bench)
        palette._words.setText(words)
        qtbot.waitUntil(lambda palette=palette: f"Job {number}" in titles(palette)[:1])
        palette.reject()
    palette = opened(bench)
    palette._words.setText(f"job {number}")
    qtbot.waitUntil(lambda: f"Job {number}" in titles(palette)[:1])
    qtbot.keyClick(palette, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.window.screen_name == "jobs")


def test_only_the_answer_to_the_latest_words_counts(bench: Bench, qtbot: QtBot) -> None:
    palette = opened(bench)
    palette._come("old words", 0, (None, ()))
    palette._words.setText("zzz nothing")
    qtbot.waitUntil(lambda: not palette._typing.isActive() and not bench.tasks.running)
    assert titles(palette) == []
    assert palette._why.text().startswith("Nothing has this name.")


def test_first_hits_come_within_100_ms(bench: Bench) -> None:
    palette = opened(bench)
    best = 1.0
    for words in ("a", "re", "con", "send"):
        began = time.perf_counter()
        palette._words.setText(words)
        best = min(best, time.perf_counter() - began)
        assert titles(palette)
    assert best <= 0.1


@pytest.mark.nightly
def test_a_name_is_looked_for_in_a_million_records_with_patience(tmp_path: Path) -> None:
    path = tmp_path / "Million.writeback"
    workspace = make_workspace(path)
    with workspace.writing() as db:
        seed_model(db)
        seed_records(db, 1000)
        db.exec_driver_sql(
            "with recursive n(i) as (select 1000 union all select i + 1 from n where i < 999999) "
            "insert into rec_account (rid, title, gone) "
            "select printf('r%07d', n.i + 1), 'Name ' || n.i, 0 from n"
        )
    workspace.close()
    reads = Reading.open(path, now=lambda: None, new_id=lambda: "x")  # type: ignore[arg-type, return-value]
    began = time.perf_counter()
    assert [one.title for one in reads.records_named("name 777777")] == ["Name 777777"]
    assert reads.records_named("no such name") == ()
    assert time.perf_counter() - began < 2.5
    reads.close()
