"""Home: doors for who is new, a checklist until each step was done once, the day's overview, backups."""

import os
from collections import abc
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import delete

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW, rid
from tests.gui.test_window import quiet
from writeback.errors import WorkspaceDamagedError, WorkspaceError, WorkspaceTooNewError
from writeback.gui.application import House
from writeback.gui.dialogs.restoring import RestoreDialog
from writeback.gui.panels.home_cards import Line
from writeback.gui.panels.welcome import WelcomePanel
from writeback.gui.theming.current import Theming
from writeback.gui.widgets.states import ScreenState
from writeback.gui.windows.main import MainWindow
from writeback.model.changes import Reason
from writeback.model.plays import Play, PlayStep, PlayTrigger, StepKind
from writeback.model.types import RecordId
from writeback.runtime.facade.work import TaskWish
from writeback.runtime.unopened import why_unopened
from writeback.runtime.upkeep import make_backup
from writeback.store import plays, schema, sqlite
from writeback.store.workspace import Workspace

pytestmark = pytest.mark.gui


def home(bench: Bench, qtbot: QtBot) -> WelcomePanel:
    bench.window.go("welcome")
    quiet(bench, qtbot)
    found = bench.window.panels["welcome"]
    assert isinstance(found, WelcomePanel)
    return found


def words_of(widget: QWidget) -> str:
    from writeback.gui.widgets.text import PlainLabel

    return "\n".join(one.text() for one in widget.findChildren(PlainLabel) if one.isVisible())


def button(widget: QWidget, name: str) -> QPushButton:
    return next(one for one in widget.findChildren(QPushButton) if one.accessibleName() == name)


def test_a_new_profile_sees_three_doors_and_the_first_step(empty_bench: Bench, qtbot: QtBot) -> None:
    panel = home(empty_bench, qtbot)
    assert panel.doors.isVisible()
    assert not panel.day.isVisible()
    assert "0 of 5 steps" in panel.checklist.title.text()
    told = words_of(panel)
    for fact in ("Try the demo workspace", "Connect a CRM", "Open a workspace", "Nothing is sent home"):
        assert fact in told
    go_on = button(panel.checklist, "Go on: Connect a CRM")
    go_on.setFocus()
    qtbot.keyClick(go_on, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: empty_bench.window.screen_name == "connections")


def test_a_busy_workspace_shows_no_first_run_doors_but_what_needs_somebody(
    bench: Bench, qtbot: QtBot
) -> None:
    panel = home(bench, qtbot)
    assert not panel.doors.isVisible()
    assert panel.states.state is ScreenState.PARTIAL
    told = words_of(panel.needs)
    for fact in (
        "Job 6 is at work",
        "Job 5 to Acme: Stopped",
        "1 conflict to decide",
        "Acme UAT: sign-in needed",
    ):
        assert fact in told
    assert "ana: 4 pending edits in 3 records" in words_of(panel.drafts)
    assert "Acme · Account: 3 minutes ago" in words_of(panel.pulls)
    assert "31,240 of 100,000" in words_of(panel.quotas)
    leads = next(
        one for one in panel.needs.findChildren(QPushButton) if one.accessibleName().startswith("Open: Job 5")
    )
    qtbot.keyClick(leads, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bench.window.screen_name == "jobs")


def test_the_checklist_goes_once_all_was_done_and_stays_gone(bench: Bench, qtbot: QtBot) -> None:
    panel = home(bench, qtbot)
    assert panel.checklist.is_done
    assert not panel.checklist.isVisible()
    with bench.workspace.writing() as db:
        db.execute(delete(schema.drafts))  # discarded edits undo no step: the journal remembers them
    panel.refresh()
    quiet(bench, qtbot)
    assert panel.checklist.is_done


def test_the_checklist_goes_on_where_it_stood_in_a_new_window(empty_bench: Bench, qtbot: QtBot) -> None:
    from writeback.runtime.facade import ConnectionWish

    empty_bench.facade.connect(ConnectionWish("Sim", "salesforce", endpoint="http://127.0.0.1:9"), act="x")
    panel = home(empty_bench, qtbot)
    assert panel.checklist.done == {"connect"}
    again = WelcomePanel(empty_bench.desk, workspace=Path("x.writeback"))
    qtbot.addWidget(again)
    again.refresh()
    quiet(empty_bench, qtbot)
    assert again.checklist.done == {"connect"}
    assert button(again.checklist, "Go on: Map its fields").text() == "Go on"


def test_a_backup_comes_back_as_a_file_of_its_own(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = home(bench, qtbot)
    path = bench.workspace.path
    for days in (2, 1):
        make_backup(path, now=NOW - timedelta(days=days))
    before = path.read_bytes()
    opened: list[str] = []
    bench.window.deeds.workspace_wanted.connect(opened.append)
    button(panel, "Restore a backup…").click()
    quiet(bench, qtbot)
    dialog = bench.window.findChild(RestoreDialog)
    assert dialog is not None
    assert [one.made_at for one in dialog.model.rows] == [NOW - timedelta(days=1), NOW - timedelta(days=2)]
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened))
    made = Path(opened[0])
    assert made == path.with_name("Northwind-restored-20261123-1405.writeback")
    Workspace.open(made, now=lambda: NOW, new_id=lambda: "x", read_only=True).close()
    assert path.read_bytes() == before


@pytest.fixture
def house(tmp_path: Path, theming: Theming, qtbot: QtBot) -> abc.Iterator[abc.Callable[[Path], MainWindow]]:
    houses: list[House] = []

    def opened(path: Path) -> MainWindow:
        window = MainWindow(path)
        qtbot.addWidget(window)
        window.show()
        made = House(window, path, works=False)
        houses.append(made)
        made.open()
        return window

    yield opened
    for one in houses:
        one.close()


def test_a_file_of_a_newer_program_is_not_touched_and_offers_its_backups(
    house: abc.Callable[[Path], MainWindow], busy_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "Newer.writeback"
    path.write_bytes(busy_file.read_bytes())
    make_backup(path, now=NOW)
    file = sqlite.open_file(path, mode="rw")
    file.execute("update alembic_version set version_num = '9999'")
    file.close()
    before = path.read_bytes()
    window = house(path)
    qtbot.waitUntil(window.unopened._acts.isVisible, timeout=20_000)
    assert window.unopened.states._error._code.text() == "workspace.too_new"
    assert "not touched" in window.unopened.states._error._words.text()
    assert path.read_bytes() == before
    opened: list[str] = []
    window.deeds.workspace_wanted.disconnect()
    window.deeds.workspace_wanted.connect(opened.append)
    window.unopened.restore.click()
    dialog = window.findChild(RestoreDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.restore.isEnabled)
    dialog.restore.click()
    qtbot.waitUntil(lambda: bool(opened))
    assert path.read_bytes() == before


def test_what_keeps_a_workspace_closed_is_asked_of_the_file(
    tmp_path: Path, busy_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def why(path: Path) -> WorkspaceError | None:
        return why_unopened(path, now=lambda: NOW, new_id=lambda: "x")

    good = tmp_path / "Good.writeback"
    good.write_bytes(busy_file.read_bytes())
    assert why(good) is None
    assert why(tmp_path / "New.writeback") is None
    cut = tmp_path / "Cut.writeback"
    cut.write_bytes(busy_file.read_bytes()[: 3 * 4096])
    assert isinstance(why(cut), WorkspaceDamagedError)
    text = tmp_path / "Text.writeback"
    text.write_text("no workspace at all " * 400)
    told = why(text)
    assert told is not None
    assert told.code == "workspace.foreign"
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != tmp_path)
    told = why(good)
    assert told is not None
    assert (told.code, told.facts["path"]) == ("workspace.folder", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != good)
    told = why(good)
    assert told is not None
    assert told.code == "workspace.file_read_only"
    assert not isinstance(told, WorkspaceTooNewError)


def test_the_keyboard_stays_where_it_is_when_the_day_changes(bench: Bench, qtbot: QtBot) -> None:
    panel = home(bench, qtbot)
    leads = panel.needs.findChildren(QPushButton)[1]
    leads.setFocus()
    panel.refresh()
    quiet(bench, qtbot)
    assert leads.hasFocus()  # nothing changed: the very same line
    panel.needs.show_lines(
        [Line("One", act="Open", call=panel.refresh), Line("Two", act="Look", call=panel.refresh)]
    )
    (_first, second) = panel.needs.findChildren(QPushButton)
    assert second.hasFocus()
    panel.needs.show_lines([], nothing="Nothing")
    qtbot.waitUntil(lambda: "Nothing" in words_of(panel.needs))


def test_what_has_no_room_on_a_card_is_one_key_away(bench: Bench, qtbot: QtBot) -> None:
    panel = home(bench, qtbot)
    panel.needs.show_lines([Line(f"Thing {n}", act="Open", call=panel.refresh) for n in range(9)])
    assert "Thing 6" not in words_of(panel.needs)
    more = button(panel.needs, "Show 3 more")
    qtbot.waitUntil(more.isVisible)
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Thing 8" in words_of(panel.needs))
    focused = panel.needs.findChildren(QPushButton)[6]
    assert focused.hasFocus(), "it goes on at the first that was hidden"


def test_a_play_that_is_stuck_and_tasks_that_are_due_need_somebody(bench: Bench, qtbot: QtBot) -> None:
    with bench.workspace.writing() as db:
        plays.save(
            db, Play("Tidy <b>", "account", PlayTrigger(), (PlayStep(StepKind.TASK, text="t"),)), at=NOW
        )
        loop = Reason("play.loop", (("play", "Tidy"), ("other", "Amend")))
        plays.switch(db, "Tidy <b>", is_on=False, by="", at=NOW, stopped=loop)
    for who, day in (("ana", NOW.date()), ("ana", date(2030, 1, 1)), ("ben", NOW.date())):
        bench.facade.tasks.add(TaskWish(RecordId(rid(8)), "Ask", "ben", assignee=who, due=day))
    panel = home(bench, qtbot)
    panel.refresh()
    qtbot.waitUntil(lambda: "Tidy <b> was switched off" in words_of(panel.needs))
    assert "1 task of yours is due" in words_of(panel.needs)
    leads = [one for one in panel.needs.findChildren(QPushButton) if "Tidy" in one.accessibleName()]
    leads[0].click()
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert bench.window.screen_name == "plays"
