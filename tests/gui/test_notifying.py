"""Notices in the window and the tray: told once, unread until looked at, silent where a person wants it."""

from collections import abc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW
from writeback.gui.dialogs.notices import NoticesDialog
from writeback.gui.preferring import preferring
from writeback.gui.windows.notifying import Notifying
from writeback.model.changes import Reason
from writeback.model.notices import NoticeKind
from writeback.model.plays import Play, PlayStep, PlayTrigger, StepKind
from writeback.model.schedules import Cadence, Schedule
from writeback.preferences import KEYS
from writeback.runtime.notice_words import words_of
from writeback.runtime.noticing import notices_of
from writeback.store import plays, schedules, sqlite


class Heard:
    """A tray that remembers what it was told."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.calls: list[abc.Callable[[], None]] = []

    def tell(self, text: str, call: abc.Callable[[], None]) -> None:
        self.texts.append(text)
        self.calls.append(call)


class Away(QWidget):
    """A window without focus."""

    is_here = False

    def isActiveWindow(self) -> bool:
        return self.is_here


@pytest.fixture
def told(bench: Bench, qtbot: QtBot) -> tuple[Notifying, Heard, Away]:
    with bench.workspace.writing() as db:
        sqlite.run(db, "update jobs set state = 'cancelled' where state = 'stopped'")
    heard, away = Heard(), Away(bench.window)
    made = Notifying(bench.desk, bench.bridge, away, tray=heard, local=lambda: NOW)
    made.look()
    qtbot.waitUntil(lambda: not bench.tasks.running)
    return made, heard, away


def _sign_in(bench: Bench, state: str) -> None:
    with bench.workspace.writing() as db:
        sqlite.run(db, "update connections set sign_in = ? where id = 'c1'", (state,))


def _look(made: Notifying, bench: Bench, qtbot: QtBot) -> None:
    made.look()
    qtbot.waitUntil(lambda: not bench.tasks.running)


def test_a_state_is_told_once_and_its_end_once(
    bench: Bench, qtbot: QtBot, told: tuple[Notifying, Heard, Away]
) -> None:
    made, heard, _ = told
    assert heard.texts == [], "what was so before is in the list alone"
    preferring().put({"notifications.recovered": "window_tray"})
    _sign_in(bench, "needed")
    _look(made, bench, qtbot)
    _look(made, bench, qtbot)
    assert heard.texts == ["A connection: its sign-in has ended. Its jobs wait for a new one."]
    _sign_in(bench, "ready")
    _look(made, bench, qtbot)
    assert heard.texts[1:] == ["A connection is signed in again."]
    assert [one.was for one in made.notices if one.kind is NoticeKind.RECOVERED] == [NoticeKind.SIGN_IN]
    with qtbot.waitSignal(made.followed) as followed:
        heard.calls[0]()
    assert followed.args[0].connection_id == "c1"


def test_no_message_leaves_a_window_that_is_looked_at_or_is_to_be_quiet(
    bench: Bench, qtbot: QtBot, told: tuple[Notifying, Heard, Away]
) -> None:
    made, heard, away = told

    def once() -> int:
        before = len(heard.texts)
        _sign_in(bench, "needed")
        _look(made, bench, qtbot)
        _sign_in(bench, "ready")
        _look(made, bench, qtbot)
        return len(heard.texts) - before

    assert once() == 1
    away.is_here = True
    assert once() == 0
    away.is_here = False
    quiet = {"quiet_hours": True, "quiet_from": "14:00", "quiet_until": "15:00"}
    for silence in (
        {f"notifications.{name}": value for name, value in quiet.items()},
        {"notifications.muted_until": "2026-11-24T14:10+00:00"},
        {"notifications.sign_in": "window"},
        {"notifications.sign_in": "off"},
        {"notifications.connections": {"c1": "muted"}},
    ):
        preferring().put(silence)
        _look(made, bench, qtbot)
        assert once() == 0, silence
        preferring().reset()
        _look(made, bench, qtbot)
    assert once() == 1


def test_each_kind_is_found_and_its_setting_takes_it_out(bench: Bench) -> None:
    with bench.workspace.writing() as db:
        jobs = [str(one) for (one,) in sqlite.run(db, "select id from jobs where number is not null limit 4")]
        for job, state, applied, rejected in zip(
            jobs, ("needs_you", "stopped", "done", "done"), (0, 0, 3, 0), (0, 0, 2, 5), strict=True
        ):
            sqlite.run(
                db,
                "update jobs set state = ?, applied = ?, unchanged = 0, conflict = 0, unknown = 0, "
                "blocked = 0, rejected = ?, rows = 5, "
                "finished_at = '2026-11-24T14:00:00.000000Z' where id = ?",
                (state, applied, rejected, job),
            )
        schedules.put(db, "i1", Schedule(Cadence.HOURLY), author="ana", at=NOW)
        sqlite.run(db, "update pull_schedules set failed_at = '2027-01-01T00:00:00.000000Z'")
        step = PlayStep(StepKind.CLEAR, "site")
        plays.save(db, Play("Tidy <b>", "account", PlayTrigger(), (step,)), at=NOW)
        why = Reason("play.source_unread", (("object", "Account"), ("connection", "Acme")))
        plays.switch(db, "tidy <b>", is_on=True, by="ana", at=NOW)
        plays.note_waiting(db, "tidy <b>", why)
        usage = '[{"kind": "calls", "used": 40, "most": 100, "is_daily": true}]'
        sqlite.run(db, "update connections set usage = ? where id = 'c1'", (usage,))
    kinds = {one.kind for one in notices_of(bench.reads, preferring().current, now=NOW)}
    assert NoticeKind.QUOTA not in kinds
    preferring().put({"notifications.quota_percent": 40})
    found = {one.kind for one in notices_of(bench.reads, preferring().current, now=NOW)}
    assert {NoticeKind.NEEDS_YOU, NoticeKind.FAILURE, NoticeKind.PARTIAL, NoticeKind.QUOTA} <= found
    assert {NoticeKind.PLAY, NoticeKind.PULL} <= found
    for kind in found:
        preferring().put({f"notifications.{kind.value}": "off"})
        left = {one.kind for one in notices_of(bench.reads, preferring().current, now=NOW)}
        assert kind not in left
    assert left == set()


def test_the_bell_by_keyboard(bench: Bench, qtbot: QtBot) -> None:
    made = bench.window.notifying
    assert made is not None
    _sign_in(bench, "needed")
    _look(made, bench, qtbot)
    count = len(made.unread)
    assert count > 0
    assert str(count) in bench.window.context_bar._bell.accessibleName()
    qtbot.keyClick(
        bench.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    (dialog,) = bench.window.findChildren(NoticesDialog)
    qtbot.waitUntil(dialog.table.hasFocus)
    assert not made.unread
    assert bench.window.context_bar._bell.accessibleName() == "No unread notices"
    place = next(at for at, one in enumerate(dialog.model.rows) if one.kind is NoticeKind.SIGN_IN)
    dialog.table.go_to(place)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert bench.window.screen_name == "connections"


def test_a_notice_of_a_play_leads_to_it(bench: Bench, qtbot: QtBot) -> None:
    with bench.workspace.writing() as db:
        for name in ("Amend", "Tidy <b>"):
            plays.save(db, Play(name, "account", PlayTrigger(), (PlayStep(StepKind.TASK, text="t"),)), at=NOW)
        loop = Reason("play.loop", (("play", "Tidy"), ("other", "Amend")))
        plays.switch(db, "Tidy <b>", is_on=False, by="", at=NOW, stopped=loop)
    made = bench.window.notifying
    assert made is not None
    _look(made, bench, qtbot)
    notice = next(one for one in made.notices if one.kind is NoticeKind.PLAY)
    assert words_of(notice).startswith("Tidy <b> was switched off: plays set one another off.")
    made.followed.emit(notice)
    panel = bench.window.panels["plays"]
    qtbot.waitUntil(lambda: panel.table.currentIndex().row() == 1 and not bench.tasks.running)
    assert (bench.window.screen_name, panel._chosen.play.name) == ("plays", "Tidy <b>")


def test_a_bell_of_one_connection_is_switched_on_the_page_of_settings(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("settings")
    page = bench.window.panels["settings"]
    qtbot.waitUntil(lambda: not bench.tasks.running)
    page.below.bells.switches["c1"].setChecked(False)
    assert preferring().current.table("notifications.connections") == {"c1": "muted"}
    page.below.bells.switches["c1"].setChecked(True)
    assert preferring().current.table("notifications.connections") == {}


def test_every_kind_has_its_setting() -> None:
    names = {key.name for key in KEYS}
    assert {f"notifications.{kind.value}" for kind in NoticeKind} <= names
