"""When objects are pulled by themselves, and jobs that collect: set, refused at the field, and told."""

from collections import abc
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW
from tests.gui.test_window import quiet
from writeback.errors import ConfigurationError
from writeback.gui.dialogs.scheduling import ScheduleDialog
from writeback.gui.models.schedules import next_run
from writeback.gui.panels.connections import ConnectionsPanel
from writeback.gui.panels.jobs import JobsPanel
from writeback.gui.panels.mapping import MappingPanel
from writeback.gui.panels.welcome import WelcomePanel
from writeback.gui.widgets.text import PlainLabel
from writeback.model.schedules import Cadence, PullSchedule, Schedule
from writeback.model.types import IntegrationId
from writeback.runtime.facade import ConnectionChange
from writeback.store import moments, schema

pytestmark = pytest.mark.gui


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> MappingPanel:
    bench.window.go("mapping")
    quiet(bench, qtbot)
    found = bench.window.panels["mapping"]
    assert isinstance(found, MappingPanel)
    qtbot.waitUntil(lambda: found._model.rowCount() > 0)
    return found


def opened(bench: Bench, panel: MappingPanel) -> ScheduleDialog:
    assert panel.do("schedule")
    return next(one for one in bench.window.findChildren(ScheduleDialog) if one.isVisible())


def choose(dialog: ScheduleDialog, cadence: Cadence) -> None:
    dialog.form.cadence.setCurrentIndex(dialog.form.cadence.findData(cadence.value))


def labels(dialog: ScheduleDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(PlainLabel) if one.isVisibleTo(dialog))


def test_a_wrong_schedule_is_refused_at_its_field_and_cannot_be_kept(
    bench: Bench, panel: MappingPanel
) -> None:
    dialog = opened(bench, panel)
    assert dialog.go.isEnabled()
    for cadence, spoil, words in (
        (Cadence.CRON, lambda: dialog.form.cron.setText("61 6 * * *"), "61 is no minute"),
        (Cadence.CRON, lambda: dialog.form.cron.setText("6 * *"), "has five fields; this one has 3"),
        (Cadence.WEEKLY, lambda: [box.setChecked(False) for box in dialog.form.boxes], "which days"),
        (Cadence.DAILY, lambda: dialog.form.zone.setCurrentText("Europe/Atlantis"), "is no time zone"),
    ):
        choose(dialog, cadence)
        spoil()
        assert words in labels(dialog)
        assert not dialog.go.isEnabled()
        assert dialog.go.accessibleDescription() == "Mend what is marked first."
    dialog.form.zone.setCurrentText("Europe/Berlin")
    assert dialog.go.isEnabled()
    for _ in range(2):
        dialog.blackouts.more.click()
    first, second = dialog.blackouts.lines
    first.starts.setTime(second.ends.time())
    first.ends.setTime(second.starts.time())
    assert "no time in which anything could begin" in labels(dialog)
    assert not dialog.go.isEnabled()
    dialog.reject()
    assert "schedule_pulls" not in [call for call, _ in bench.facade.seen]


def test_a_kept_schedule_is_told_wherever_pulls_are(bench: Bench, panel: MappingPanel, qtbot: QtBot) -> None:
    assert panel._schedule.words.text() == "Pulled only when somebody asks."
    dialog = opened(bench, panel)
    choose(dialog, Cadence.WEEKLY)
    dialog.form.boxes[2].setChecked(True)
    dialog.form.zone.setCurrentText("UTC")
    dialog.blackouts.more.click()
    dialog.blackouts.lines[0].holds_sends.setChecked(True)
    dialog.catches_up.setChecked(False)
    dialog.go.click()
    qtbot.waitUntil(lambda: panel._schedule.words.text().startswith("Pulled by itself every Wednesday"))
    kept = next(what for call, what in bench.facade.seen if call == "schedule_pulls")
    assert isinstance(kept, tuple)
    schedule = kept[1]
    assert (schedule.cadence, schedule.days, schedule.catch_up) == (Cadence.WEEKLY, (2,), False)
    assert [one.holds_sends for one in schedule.blackouts] == [True]
    bench.window.go("connections")
    quiet(bench, qtbot)
    cards = bench.window.panels["connections"]
    assert isinstance(cards, ConnectionsPanel)
    tables = [card.tabs.integrations for card in cards._by_id.values()]
    told = [str(one.index(row, 5).data()) for one in tables for row in range(one.rowCount())]
    assert sum(words.startswith("next ") for words in told) == 1
    bench.window.go("welcome")
    quiet(bench, qtbot)
    home = bench.window.panels["welcome"]
    assert isinstance(home, WelcomePanel)
    qtbot.waitUntil(lambda: any(", next " in one.text() for one in home.pulls.findChildren(PlainLabel)))
    with bench.workspace.writing() as db:
        db.execute(
            update(schema.pull_schedules).values(last_code="sign_in.needed", last_at=moments.to_text(NOW))
        )
    home.refresh()
    needs = home.needs
    qtbot.waitUntil(lambda: any("scheduled pull of" in one.text() for one in needs.findChildren(PlainLabel)))


@pytest.mark.nightly
def test_a_schedule_is_paused_goes_on_and_is_taken_away(
    bench: Bench, panel: MappingPanel, qtbot: QtBot
) -> None:
    opened(bench, panel).go.click()
    qtbot.waitUntil(lambda: "Pulled by itself" in panel._schedule.words.text())
    quiet(bench, qtbot)
    opened(bench, panel).pause.click()
    qtbot.waitUntil(lambda: panel._schedule.words.text().startswith("Schedule paused"))
    quiet(bench, qtbot)
    dialog = opened(bench, panel)
    assert "Paused: nothing is pulled by itself." in labels(dialog)
    assert dialog.pause.text() == "Go on"
    dialog.pause.click()
    qtbot.waitUntil(lambda: "Pulled by itself" in panel._schedule.words.text())
    quiet(bench, qtbot)
    opened(bench, panel).off.click()
    qtbot.waitUntil(lambda: panel._schedule.words.text() == "Pulled only when somebody asks.")


@pytest.mark.nightly
def test_what_cannot_be_kept_is_said_in_the_dialog(bench: Bench, panel: MappingPanel, qtbot: QtBot) -> None:
    bench.facade.fails["schedule_pulls"] = ConfigurationError("schedule.always_dark", field="blackouts")
    dialog = opened(bench, panel)
    dialog.go.click()
    qtbot.waitUntil(dialog.banner.isVisible)
    assert dialog.isVisible()
    assert dialog.go.isEnabled()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "next Nov 2"),
        ({"is_paused": True}, "paused"),
        ({"runs_until": NOW + timedelta(minutes=1)}, "runs now"),
        ({"runs_until": NOW - timedelta(minutes=1), "next_at": NOW}, "due now"),
        ({"tries": 2, "next_at": NOW + timedelta(minutes=3)}, "failed, tried again Nov 2"),
        ({"last_code": "sign_in.needed"}, "failed, next Nov 2"),
        ({"held_until": NOW + timedelta(hours=3), "next_at": NOW + timedelta(hours=3)}, "held until Nov 2"),
    ],
)
def test_a_cell_says_in_a_word_how_a_schedule_stands(
    theming: object, more: abc.Mapping[str, object], words: str
) -> None:
    held = PullSchedule(IntegrationId("i1"), Schedule(Cadence.HOURLY), "ana", NOW, **more)  # type: ignore[arg-type]
    assert next_run(held, now=NOW).startswith(words)
    assert next_run(None, now=NOW) == "when asked"


def test_a_job_that_collects_can_be_sent_now(bench: Bench, qtbot: QtBot) -> None:
    with bench.workspace.writing() as db:
        jobs = schema.jobs
        until = moments.to_text(NOW + timedelta(seconds=90))
        waits = update(jobs).where(jobs.c.number == 2).values(state="queued", not_before=until, collects=1)
        db.execute(waits)
        job = db.execute(jobs.select().where(jobs.c.number == 2)).one().id
    bench.window.go("jobs", job)
    quiet(bench, qtbot)
    panel = bench.window.panels["jobs"]
    assert isinstance(panel, JobsPanel)
    button = panel.detail._buttons["start"]
    qtbot.waitUntil(button.isVisible)
    assert panel.detail._state.text.startswith("Collecting until ")
    button.click()
    qtbot.waitUntil(lambda: ("start_now", job) in bench.facade.seen)
    qtbot.waitUntil(lambda: not button.isVisible())


def test_a_connections_window_is_chosen_on_its_card(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("connections")
    quiet(bench, qtbot)
    panel = bench.window.panels["connections"]
    assert isinstance(panel, ConnectionsPanel)
    card = next(iter(panel._by_id.values()))
    box = card.controls._collect
    assert box.currentText() == "Off: start at once"
    box.setCurrentIndex(box.findData(30))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: ("change_connection", ConnectionChange(collect_s=30)) in bench.facade.seen)
    qtbot.waitUntil(lambda: card.controls._collect.currentText() == "30 seconds")
