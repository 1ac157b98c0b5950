"""Tabs, back and forward, links, what a start restores, and what is asked before a window closes."""

import json
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QStyleOptionTab, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from tests.gui.conftest import Bench, open_bench
from tests.gui.seeding import rid
from writeback.gui.dialogs.messages import Message
from writeback.gui.preferring import preferring
from writeback.gui.theming.current import Theming
from writeback.gui.windows.keeping import keep_state, kept_state, on_screen
from writeback.gui.windows.tabs import TABS_MOST, TITLE_LEAST, TabBar
from writeback.gui.windows.trail import Trail
from writeback.model.connections import Environment
from writeback.store import schema

pytestmark = pytest.mark.gui
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def titles(bench: Bench) -> list[str]:
    return [tab.shown_title for tab in bench.window.tabs.tabs]


def quiet(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


def open_some(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("accounts")
    bench.window.go("profile", ("account", rid(3)))
    bench.window.go("jobs", "j2")
    quiet(bench, qtbot)


def test_a_screen_and_each_subject_of_one_has_a_tab(bench: Bench, qtbot: QtBot) -> None:
    open_some(bench, qtbot)
    name = bench.reads.title_of("account", rid(3))
    number = bench.reads.number_of_job("j2")
    assert titles(bench) == ["Home", "Accounts", name, f"Job {number}"]
    assert bench.window.windowTitle().startswith(f"Job {number} – ")  # found after it was opened
    bench.window.go("profile", ("account", rid(4)))
    bench.window.go("profile", ("account", rid(3)))
    quiet(bench, qtbot)
    assert len(titles(bench)) == 5  # what is open already comes to the front
    panels = [tab.panel for tab in bench.window.tabs.tabs if tab.screen.name == "profile"]
    assert len(set(map(id, panels))) == 2


def test_tabs_by_keyboard(bench: Bench, qtbot: QtBot) -> None:
    open_some(bench, qtbot)
    window = bench.window
    qtbot.keyClick(window, Qt.Key.Key_Tab, CTRL)
    qtbot.waitUntil(lambda: window.screen_name == "welcome")  # round and round
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    qtbot.waitUntil(lambda: window.screen_name == "jobs")
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    qtbot.waitUntil(lambda: window.screen_name == "profile")
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL)
    qtbot.waitUntil(lambda: window.screen_name == "jobs")
    assert len(window.tabs.tabs) == 3
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)  # what was closed opens again
    qtbot.waitUntil(lambda: window.screen_name == "profile")
    assert window.tabs.front is not None
    assert window.tabs.front.subject == ("account", rid(3))
    quiet(bench, qtbot)
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_W, CTRL)
    assert titles(bench) == ["Home"]  # the last one makes room for Home
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert titles(bench) == ["Home"]


def test_a_tab_keeps_the_keyboard_where_it_was(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("accounts")
    quiet(bench, qtbot)
    panel = bench.window.panels["accounts"]
    panel.do("find")
    before = bench.window.focusWidget()
    bench.window.go("jobs")
    bench.window.do("back")
    assert bench.window.focusWidget() is before
    assert bench.window.front is panel


def test_there_is_a_most_of_tabs_and_the_oldest_gives_way(bench: Bench, qtbot: QtBot) -> None:
    for number in range(TABS_MOST + 3):
        bench.window.go("profile", ("account", rid(number)))
        quiet(bench, qtbot)
    assert len(bench.window.tabs.tabs) == TABS_MOST
    assert bench.window.tabs.tabs[-1].subject == ("account", rid(TABS_MOST + 2))
    assert "Home" not in titles(bench)


def test_a_closed_tab_leaves_nothing_behind(bench: Bench, qtbot: QtBot) -> None:
    def widgets() -> int:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(bench.window.findChildren(QWidget))

    def open_and_close(number: int) -> None:
        bench.window.go("profile", ("account", rid(number)))
        quiet(bench, qtbot)
        bench.window.do("close_tab")

    open_and_close(1)
    before = widgets()
    for number in range(2, 12):
        open_and_close(number)
    assert widgets() <= before


def test_a_trail_goes_back_and_forward_and_forgets_what_was_ahead() -> None:
    trail: Trail[str] = Trail()
    for place in ("a", "b", "b", "c"):
        trail.visit(place)
    assert [trail.step(-1), trail.step(-1), trail.step(-1)] == ["b", "a", None]
    assert trail.step(1) == "b"
    trail.visit("d")
    assert not trail.can_step(1)
    assert trail.step(-1) == "b"


# links


def test_what_is_no_link_is_said_and_leads_nowhere(bench: Bench) -> None:
    bench.window.follow("writeback://send/everything")
    assert "place.unreadable" in bench.window.banner.words
    assert titles(bench) == ["Home"]


def test_a_link_navigates_and_asks_nothing_else(bench: Bench, qtbot: QtBot) -> None:
    number = bench.reads.number_of_job("j2")
    calls = len(bench.facade.seen)
    for link, screen in (
        (f"writeback://job/{number}", "jobs"),
        (f"writeback://record/account/{rid(7)}", "profile"),
        ("writeback://screen/review", "review"),
    ):
        bench.window.follow(link)
        qtbot.waitUntil(lambda screen=screen: bench.window.screen_name == screen)
        quiet(bench, qtbot)
    assert [what for what, _ in bench.facade.seen[calls:] if what != "propose"] == []


@pytest.mark.parametrize(
    "link",
    [
        "writeback://job/99999",
        "writeback://record/account/r999999",
        "writeback://record/nothing/r1",
        "writeback://screen/x",
        "writeback://segment/Nobody%20knows",
    ],
)
def test_a_link_to_what_is_not_there_says_so(bench: Bench, qtbot: QtBot, link: str) -> None:
    bench.window.follow(link)
    qtbot.waitUntil(lambda: "place.not_there" in bench.window.banner.words)
    assert titles(bench) == ["Home"]


def test_a_link_of_a_segment_opens_it_in_a_tab_of_its_own(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("segments")
    quiet(bench, qtbot)
    bench.window.do("copy_link")
    quiet(bench, qtbot)
    link = QGuiApplication.clipboard().text()
    segment = bench.window.panels["segments"]._model.rows[0].segment  # type: ignore[attr-defined]
    assert link == f"writeback://segment/{quote(segment.name)}"
    bench.window.go("accounts")
    quiet(bench, qtbot)
    bench.window.follow(link)
    qtbot.waitUntil(lambda: f"Segment: {segment.name}" in titles(bench))
    quiet(bench, qtbot)
    front = bench.window.front
    assert front is bench.window.panels["accounts"]
    assert front._filter.text == segment.text  # type: ignore[attr-defined]
    assert titles(bench).count("Accounts") == 1  # the grid that was open is as it was
    bench.window.follow(link)
    quiet(bench, qtbot)
    assert titles(bench).count(f"Segment: {segment.name}") == 1


def test_the_link_of_what_is_in_front_is_copied(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("profile", ("account", rid(3)))
    quiet(bench, qtbot)
    qtbot.keyClick(bench.window, Qt.Key.Key_C, CTRL | SHIFT)
    quiet(bench, qtbot)
    assert QGuiApplication.clipboard().text() == f"writeback://record/account/{rid(3)}"
    bench.window.go("accounts")
    quiet(bench, qtbot)
    bench.window.panels["accounts"].first_focus().go_to(2)  # type: ignore[union-attr]
    bench.window.do("copy_link")
    quiet(bench, qtbot)
    assert QGuiApplication.clipboard().text() == f"writeback://record/account/{rid(2)}"
    bench.window.go("jobs", "j2")
    quiet(bench, qtbot)
    bench.window.do("copy_link")
    quiet(bench, qtbot)
    assert QGuiApplication.clipboard().text() == f"writeback://job/{bench.reads.number_of_job('j2')}"
    bench.window.go("connections")
    quiet(bench, qtbot)
    bench.window.do("copy_link")
    assert QGuiApplication.clipboard().text() == "writeback://screen/connections"


# the next start


def test_a_start_restores_tabs_with_subject_and_place(
    bench: Bench, qtbot: QtBot, theming: Theming, tmp_path: Path
) -> None:
    open_some(bench, qtbot)
    bench.window.go("accounts")
    quiet(bench, qtbot)
    table = bench.window.panels["accounts"].first_focus()
    table.go_to(25)  # type: ignore[union-attr]
    before = titles(bench)
    path = bench.window.workspace
    bench.window.resize(1100, 700)
    bench.window.leave()
    kept = json.dumps(dict(kept_state(path)))
    assert str(bench.reads.title_of("account", rid(3))) not in kept  # no name leaves the workspace
    again = open_bench(path)
    try:
        qtbot.waitUntil(lambda: again.window.screen_name == "accounts")
        assert titles(again) == before
        assert (again.window.width(), again.window.height()) == (1100, 700)
        assert len(again.window.tabs.built_panels) == 1  # the others are built when they are wanted
        shown = again.window.panels["accounts"].first_focus()
        qtbot.waitUntil(lambda: shown.currentIndex().row() == 25)  # type: ignore[union-attr]
        again.window.tabs.step(1)
        qtbot.waitUntil(lambda: again.window.screen_name == "profile")
        quiet(again, qtbot)
    finally:
        again.close()


def test_what_is_gone_or_spoiled_is_not_restored(
    bench: Bench, qtbot: QtBot, busy_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "Other.writeback"
    shutil.copyfile(busy_file, path)
    spoiled: list[object] = [
        {"link": "writeback://job/424242"},
        {"link": "javascript:alert(1)"},
        {"link": 7, "place": "x"},
        "nonsense",
        {"link": "writeback://screen/jobs", "place": {"row": "many"}},
    ]
    keep_state(path, {"tabs": spoiled, "front": "first", "size": ["wide", -1]}, now=bench.desk.now())
    other = open_bench(path)
    try:
        qtbot.waitUntil(lambda: other.window.screen_name == "jobs")
        assert titles(other) == ["Jobs"]
    finally:
        other.close()


def test_only_so_many_workspaces_are_remembered(bench: Bench) -> None:
    from datetime import timedelta

    for number in range(25):
        at = bench.desk.now() + timedelta(hours=number)
        keep_state(Path(f"/w/{number}"), {"tabs": [], "front": 0}, now=at)
    table = preferring().current.table("window.state")
    assert len(table) == 20
    assert "/w/24" in table
    assert "/w/3" not in table


# around the tabs


def test_f6_stops_at_every_region_and_comes_round(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("accounts")
    quiet(bench, qtbot)
    seen = []
    for _ in range(6):
        qtbot.keyClick(bench.window, Qt.Key.Key_F6)
        seen.append(bench.window.focusWidget())
    window = bench.window
    assert window.tabs.bar in seen
    assert any(window.context_bar.isAncestorOf(one) for one in seen)
    assert any(window.navigation.isAncestorOf(one) for one in seen)
    assert any(window.panels["accounts"].isAncestorOf(one) for one in seen)


def test_the_strip_says_the_strongest_environment_of_what_the_tab_uses(bench: Bench, qtbot: QtBot) -> None:
    quiet(bench, qtbot)
    assert bench.window.strip.word.text == Environment.PRODUCTION.value
    uat = next(one for one in bench.reads.connections() if one.connection.environment is Environment.UAT)
    front = bench.window.front
    assert front is not None
    front.use([uat.connection.id])
    assert bench.window.strip.word.text == Environment.UAT.value
    chips = bench.window.context_bar.chips
    assert [chip.accessibleName() for chip in chips] == ["UAT · Acme UAT (Salesforce) · sign-in needed"]
    front.use([])
    assert not bench.window.strip.word.isVisible()


def test_a_job_a_record_and_a_plan_say_which_connections_they_use(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("jobs", "j2")
    quiet(bench, qtbot)
    assert [chip.accessibleName() for chip in bench.window.context_bar.chips] == [
        "PRODUCTION · Acme (Salesforce)"
    ]
    bench.window.go("jobs")
    quiet(bench, qtbot)
    assert len(bench.window.context_bar.chips) == 2
    assert bench.window.menus.reason_of("view.inspector")
    bench.window.go("accounts")
    quiet(bench, qtbot)
    assert not bench.window.menus.reason_of("view.inspector")


def test_a_chip_opens_sign_in_quota_and_safety_level(bench: Bench, qtbot: QtBot) -> None:
    from writeback.gui.dialogs.connection_facts import ConnectionFacts
    from writeback.gui.widgets.text import PlainLabel

    quiet(bench, qtbot)
    chip = bench.window.context_bar.chips[0]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    facts = bench.window.findChild(ConnectionFacts)
    assert facts is not None
    words = [one.text() for one in facts.findChildren(PlainLabel)]
    assert "signed in" in words
    assert "Type the org's name" in words
    qtbot.keyClick(facts, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bench.window.findChild(ConnectionFacts) is None)


def test_the_status_line_says_who_is_offline(bench: Bench, qtbot: QtBot) -> None:
    with bench.workspace.writing() as db:
        db.execute(
            update(schema.jobs)
            .where(schema.jobs.c.id == "j6")
            .values(unreached="link.lost", state="throttled")
        )
    bench.window.feed.ask()  # type: ignore[union-attr]
    quiet(bench, qtbot)
    assert bench.window.status is not None
    assert bench.window.status._offline.text() == "offline: Acme"


# leaving


def choices(bench: Bench) -> dict[str, QPushButton]:
    asked = next(one for one in bench.window.findChildren(Message) if one.isVisible())
    return {one.accessibleName(): one for one in asked.findChildren(QPushButton)}


def test_closing_with_running_jobs_asks_once(bench: Bench, qtbot: QtBot) -> None:
    quiet(bench, qtbot)
    bench.window.close()
    assert set(choices(bench)) == {"Cancel", "Let the worker finish", "Pause jobs and quit"}
    choices(bench)["Cancel"].click()
    assert bench.window.isVisible()
    bench.window.close()
    choices(bench)["Pause jobs and quit"].click()
    qtbot.waitUntil(lambda: not bench.window.isVisible())
    paused = {what for call, what in bench.facade.seen if call == "pause"}
    assert "j6" in paused


def test_the_worker_can_finish_without_the_window(bench: Bench, qtbot: QtBot) -> None:
    quiet(bench, qtbot)
    bench.window.close()
    with qtbot.waitSignal(bench.window.finishing_wanted):
        choices(bench)["Let the worker finish"].click()
    assert not bench.window.isVisible()
    assert [what for call, what in bench.facade.seen if call == "pause"] == []


def test_the_title_of_the_tab_in_front_is_whole_where_there_is_room(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("accounts")
    quiet(bench, qtbot)
    bar = bench.window.tabs.bar
    for has_focus in (False, True):
        if has_focus:
            bar.setFocus()
        option = QStyleOptionTab()
        bar.initStyleOption(option, bar.currentIndex())
        assert option.text == "Accounts"  # type: ignore[attr-defined]  # the stubs know no fields of options


def test_many_tabs_keep_enough_of_their_titles_and_scroll(qtbot: QtBot) -> None:
    bar = TabBar()
    qtbot.addWidget(bar)
    bar.setElideMode(Qt.TextElideMode.ElideRight)
    bar.setExpanding(False)
    bar.setUsesScrollButtons(True)
    for number in range(20):
        bar.addTab("Home" if number == 0 else f"Objects & mapping of the org {number}")
    bar.resize(400, 36)
    bar.show()
    least = bar.fontMetrics().averageCharWidth() * TITLE_LEAST
    assert all(bar.tabRect(place).width() >= least for place in range(1, 20))
    assert bar.tabRect(0).width() < bar.tabRect(1).width(), "a short title takes no more than it needs"
    assert bar.tabRect(19).right() > bar.width(), "the rest is reached by scrolling"


def test_a_window_is_no_larger_than_its_screen_shows_with_its_title() -> None:
    wanted = QSize(1280, 800)
    assert on_screen(wanted, QSize(1920, 1080)) == wanted
    assert on_screen(wanted, QSize(1366, 728)) == QSize(1280, 688)
    assert on_screen(wanted, QSize(800, 600)) == wanted, "no window is smaller than the least"
