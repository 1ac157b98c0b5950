"""Review & send: what is shown is what is sent, the name guards it, and Enter never sends."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from tests.gui.conftest import Bench
from tests.gui.seeding import wait_for_a_word
from writeback.errors import ApprovalNeededError, ServerBusyError
from writeback.gui.panels.plan_ways import WaysButton
from writeback.gui.panels.review import ReviewPanel
from writeback.gui.widgets.states import ScreenState
from writeback.gui.widgets.text import PlainLabel
from writeback.model.events import EventKind
from writeback.model.guards import Guard, Strike
from writeback.model.jobs import Assurance, Route
from writeback.model.permissions import Level, Permission
from writeback.model.trials import Pick
from writeback.model.types import ConnectionId, JobId
from writeback.runtime.facade.jobs import PlanChanges, Unticked
from writeback.runtime.reading import Reading
from writeback.store import permissions, schema

pytestmark = pytest.mark.gui


@pytest.fixture
def review(bench: Bench, qtbot: QtBot) -> ReviewPanel:
    bench.window.go("review")
    panel = bench.window.panels["review"]
    assert isinstance(panel, ReviewPanel)
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.READY)
    return panel


def check(panel: ReviewPanel, qtbot: QtBot) -> None:
    panel._check.click()
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.PARTIAL)


def calls(bench: Bench) -> list[str]:
    return [call for call, _ in bench.facade.seen]


def test_opening_the_screen_asks_nothing_of_a_crm(bench: Bench, review: ReviewPanel) -> None:
    assert calls(bench) == []
    assert len(review._drafts.rows) == 4


def test_the_plan_shows_each_field_with_both_values_and_its_verdict(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    model = review.lines.model
    assert model.rowCount() == 14
    first = [model.index(0, column).data() for column in range(7)]
    assert first == ["", "Stark Traders", "Acme", "Industry", "Mining", "Retail", "conflict"]
    assert "not in the list" in model.index(1, 7).data()
    labels = [one.text() for one in review.findChildren(PlainLabel)]
    assert any(text.startswith("Checked just before writing.") for text in labels)
    assert "3 blocked or in conflict" in review.states.banner.words


def test_the_button_names_the_act_its_size_and_the_org(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    assert review._door.send.accessibleName() == "Send 6 records to Acme (PRODUCTION)"


def test_production_asks_for_the_orgs_name_and_ignores_case(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    assert not review._door.send.isEnabled()
    assert review._door.send.accessibleDescription() == "Type the org's name first."
    review._door.name.setText("acme")
    assert not review._door.send.isEnabled()
    review._door.name.setText("ACME corporation")
    assert review._door.send.isEnabled()


def test_enter_never_sends_wherever_the_focus_is(bench: Bench, review: ReviewPanel, qtbot: QtBot) -> None:
    check(review, qtbot)
    review._door.name.setText("Acme Corporation")
    for widget in (
        review._door.name,
        review._door.send,
        review.lines.table,
        review._door.back,
        *review.lines.buttons,
        review,
    ):
        if widget is review._door.back:
            continue
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            qtbot.keyClick(widget, key)
    qtbot.keyClick(bench.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert "submit" not in calls(bench)


def test_space_on_the_button_sends_once_and_opens_the_job(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    review._door.name.setText("Acme Corporation")
    review._door.send.setFocus()
    qtbot.keyClick(review._door.send, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bench.window.screen_name == "jobs")
    assert calls(bench).count("submit") == 1


def test_focus_starts_off_the_sending_button_at_a_careful_level(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    assert review.first_focus() is review._door.back


def test_going_back_keeps_the_edits_and_forgets_the_plan(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    review._door.back.click()
    qtbot.waitUntil(lambda: "discard_plan" in calls(bench))
    qtbot.waitUntil(lambda: review.states.state is ScreenState.READY)
    assert len(review._drafts.rows) == 4


def test_the_verdict_filter_shows_only_its_rows(bench: Bench, review: ReviewPanel, qtbot: QtBot) -> None:
    check(review, qtbot)
    review.lines.buttons[3].click()
    qtbot.waitUntil(lambda: review.lines.model.rowCount() == 2)
    assert {review.lines.model.index(n, 6).data() for n in range(2)} == {"blocked"}


def test_each_org_that_asks_for_it_is_typed_and_a_crm_that_did_not_answer_says_so(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    with bench.workspace.writing() as db:
        db.exec_driver_sql("update connections set safety = 'type_name'")
    review.refresh()
    qtbot.waitUntil(lambda: not bench.tasks.running)
    check(review, qtbot)
    plan = review._plan
    assert plan is not None
    other = replace(plan.groups[0], connection_id=ConnectionId("c2"), unreached="link.lost")
    review._show_plan(replace(plan, groups=(plan.groups[0], other)))
    qtbot.waitUntil(lambda: not bench.tasks.running)
    names = review._door.org_names()
    assert len(names) == 2
    review._door.name.setText(names[0])
    assert not review._door.send.isEnabled()
    assert review._door.send.accessibleDescription() == "Type the names of the orgs first."
    review._door.name.setText(f"{names[1].upper()} ; {names[0]}")
    assert review._door.send.isEnabled()
    told = [one.text() for one in review.findChildren(PlainLabel)]
    assert any("Acme UAT could not be asked" in text and "They wait" in text for text in told)


def struck(bench: Bench, review: ReviewPanel, qtbot: QtBot) -> None:
    bench.facade.struck = (
        Strike(Guard.ROWS, 120_000, 100_000),
        Strike(Guard.BLANKS, 62.5, 50, (("rows", "4"),)),
    )
    check(review, qtbot)
    review._door.name.setText("Acme Corporation")


def test_a_struck_guard_is_shown_with_its_figure_and_needs_its_own_tick(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    struck(bench, review, qtbot)
    labels = [one.text() for one in review.findChildren(PlainLabel)]
    assert "The plan would write 120,000 records; at most 100,000 may be written." in labels
    door = review._door
    assert not door.send.isEnabled()
    assert "tick what is meant" in door.send.accessibleDescription()
    first, second = door._ticks.values()
    assert "120,000" in first.accessibleName()
    assert "62.5 %" in second.accessibleName()
    assert review.first_focus() is door.back
    first.click()
    assert not door.send.isEnabled()
    second.click()
    assert door.send.isEnabled()
    door.send.click()
    qtbot.waitUntil(lambda: "submit" in calls(bench))
    assert bench.facade.overridden == ("rows", "blanks")


def test_the_cost_the_automation_and_the_read_are_told(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    labels = [one.text() for one in review.findChildren(PlainLabel)]
    assert any(text.startswith("About 1 API call in 1 request, about 1 s") for text in labels)
    assert any("48,760 left for jobs (20 % kept for people)" in text for text in labels)
    assert "Automation. Assignment rules: off · Duplicate rules: as the CRM has it." in labels
    assert any("The check cost 1 API call" in text for text in labels)


def set_level(bench: Bench, name: str, level: Level) -> None:
    with bench.workspace.writing() as db:
        permissions.put(db, Permission(name, level, "root", bench.facade.now()))


def test_whoever_may_not_write_sees_why_and_who_can_grant_it(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    set_level(bench, "root", Level.GLOBAL_ADMIN)
    set_level(bench, "ana", Level.EDITOR)
    review.refresh()
    qtbot.waitUntil(lambda: review._team.levels.get("ana") is Level.EDITOR)
    struck(bench, review, qtbot)
    door = review._door
    assert not door.send.isEnabled()
    assert "ana (Editor) lacks the right to write to a CRM. Ask root" in door.send.accessibleDescription()
    assert all(not tick.isEnabled() for tick in door._ticks.values())
    set_level(bench, "ana", Level.VIEWER)
    door.back.click()
    qtbot.waitUntil(lambda: "lacks the right to edit" in review._check.accessibleDescription())
    assert not review._check.isEnabled()


def test_a_plan_that_waits_for_a_word_leaves_the_screen_and_is_kept(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    bench.facade.fails["submit"] = ApprovalNeededError("approval.pending", plan="p7", rows=6, most=5)
    review._door.name.setText("Acme Corporation")
    review._door.send.click()
    qtbot.waitUntil(lambda: bench.window.screen_name == "permissions")
    assert review._plan is None
    assert "discard_plan" not in calls(bench)


def test_space_leaves_a_field_out_and_puts_it_back_and_the_plan_changes_with_it(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    lines = review.lines
    lines.buttons[1].click()
    qtbot.waitUntil(lambda: lines.model.rowCount() == 8)
    assert lines.model.index(0, 0).data() == "☑"
    lines.table.go_to(1)
    qtbot.keyClick(lines.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: lines.model.rowCount() == 7)
    assert review._plan is not None
    assert review._plan.left_out == 1
    assert lines.ticks.all.accessibleName() == "Tick 1 row again"
    lines.buttons[-1].click()
    qtbot.waitUntil(lambda: lines.model.rowCount() == 1)
    assert [lines.model.index(0, n).data() for n in (0, 6)] == ["☐", "left out"]
    qtbot.keyClick(lines.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: review._plan is not None and review._plan.left_out == 0)
    qtbot.waitUntil(lambda: lines.model.rowCount() == 14)
    assert "submit" not in calls(bench)


def test_a_field_is_left_out_of_every_row_and_all_comes_back(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    lines = review.lines
    lines.buttons[1].click()
    qtbot.waitUntil(lambda: lines.model.rowCount() == 8)
    ways = dict(lines.ticks.ways())
    lines.ticks.left.emit(ways["Industry in every row"])
    qtbot.waitUntil(lambda: lines.model.rowCount() == 2)
    assert review._door.send.accessibleName() == "Send 2 records to Acme (PRODUCTION)"
    lines.ticks.all.click()
    qtbot.waitUntil(lambda: lines.model.rowCount() == 8)
    lines.ticks.open_menu()
    assert lines.ticks.menu_shown is not None
    assert [one.text() for one in lines.ticks.menu_shown.actions()] == list(dict(lines.ticks.ways()))
    lines.ticks.menu_shown.close()


def test_what_was_typed_stays_when_a_row_is_left_out(bench: Bench, review: ReviewPanel, qtbot: QtBot) -> None:
    check(review, qtbot)
    review._door.name.setText("Acme Corporation")
    lines = review.lines
    lines.buttons[1].click()
    qtbot.waitUntil(lambda: lines.model.rowCount() == 8)
    lines.table.go_to(0)
    qtbot.keyClick(lines.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: lines.model.rowCount() == 7)
    assert review._door.name.text() == "Acme Corporation"


def test_a_plan_of_a_quarter_of_an_hour_is_refreshed_before_it_is_sent(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    plan = review._plan
    assert plan is not None
    review._show_plan(replace(plan, planned_at=bench.desk.now() - timedelta(minutes=16)))
    qtbot.waitUntil(lambda: "This plan is old" in review.states.banner.words)
    review._door.name.setText("Acme Corporation")
    assert not review._door.send.isEnabled()
    assert "Refresh the plan first" in review._door.send.accessibleDescription()
    review.states.banner._act.click()
    qtbot.waitUntil(lambda: calls(bench).count("refresh_plan") == 1)
    qtbot.waitUntil(lambda: not bench.tasks.running)
    review._door.name.setText("Acme Corporation")
    assert review._door.send.isEnabled()


def test_a_trial_sends_the_first_rows_and_keeps_the_rest_here(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    review._door.name.setText("Acme Corporation")
    assert "need no trial" in review._door.trial.accessibleDescription()
    review._door.pick.number.setValue(1)
    assert review._door.trial.isEnabled()
    qtbot.keyClick(review._door.trial, Qt.Key.Key_Return)
    assert "trial_run" not in calls(bench)
    review._door.trial.click()
    qtbot.waitUntil(lambda: "Trial run queued" in review.states.banner.words)
    assert bench.window.screen_name == "review"
    assert review._door.send.accessibleName() == "Send the remaining 5 records to Acme (PRODUCTION)"
    review.states.banner._act.click()
    qtbot.waitUntil(lambda: bench.window.screen_name == "jobs")


def test_a_trial_sends_rows_by_chance_or_those_that_are_chosen(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    review._door.name.setText("Acme Corporation")
    pick = review._door.pick
    pick.which.setCurrentIndex(pick.which.findData(Pick.CHOSEN.value))
    review.lines.table.clearSelection()
    assert "Choose rows" in review._door.trial.accessibleDescription()
    assert not pick.number.isVisible()
    lines = [review.lines.model.row_at(at) for at in range(review.lines.model.rowCount())]
    at = next(at for at, one in enumerate(lines) if one is not None and one.verdict == "send")
    review.lines.table.selectRow(at)
    assert review._door.trial.accessibleName() == "Trial run: 1 row"
    review._door.trial.click()
    qtbot.waitUntil(lambda: not bench.tasks.running)
    line = lines[at]
    assert line is not None
    asked = dict(bench.facade.seen)["trial_run"]
    assert asked == (1, Pick.CHOSEN, (Unticked(JobId(line.job_id), (line.seq,)),))
    pick.which.setCurrentIndex(pick.which.findData(Pick.RANDOM.value))
    pick.number.setValue(2)
    review._door.trial.click()
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert dict(bench.facade.seen)["trial_run"] == (2, Pick.RANDOM, ())


def test_a_job_may_start_later(bench: Bench, review: ReviewPanel, qtbot: QtBot) -> None:
    check(review, qtbot)
    review._door.name.setText("Acme Corporation")
    review._door.later.setCurrentIndex(2)
    assert "cancelling the job costs nothing" in review._door.words.text()
    review._door.send.click()
    qtbot.waitUntil(lambda: bench.window.screen_name == "jobs")
    assert bench.facade.waits == 120


def test_a_plan_that_sends_nothing_says_why_and_how_to_put_it_right(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    plan = review._plan
    assert plan is not None
    (group,) = plan.groups
    for changes, words in (
        ({"unchanged": 37, "blocked": 0, "conflict": 0}, "Nothing to send: 37 values are already so."),
        ({"unchanged": 0, "blocked": 4, "conflict": 0}, "4 rows are blocked"),
    ):
        review._show_plan(replace(plan, groups=(replace(group, send=0, **changes),)))  # type: ignore[arg-type]  counts
        qtbot.waitUntil(lambda words=words: words in review.states.banner.words)  # type: ignore[misc]
        assert words in review._door.words.text()
        assert not review._door.send.isEnabled()


def test_a_waiting_plan_is_opened_with_its_rows_and_not_sent_from_here(bench: Bench, qtbot: QtBot) -> None:
    with bench.workspace.writing() as db:
        wait_for_a_word(db)
        db.execute(update(schema.approvals).values(plan_id="p7"))
    bench.window.go("review", "p7")
    panel = bench.window.panels["review"]
    assert isinstance(panel, ReviewPanel)
    qtbot.waitUntil(lambda: panel.lines.model.rowCount() == 14)
    panel._door.name.setText("Acme Corporation")
    assert not panel._door.send.isEnabled()
    assert panel._door.send.accessibleDescription().startswith("ben asked for another person's word")


def test_a_plan_is_written_to_a_file(
    bench: Bench, review: ReviewPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(Path(bench.workspace.path).with_name("plan.json"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (path, ""))
    check(review, qtbot)
    review._save.click()
    qtbot.waitUntil(lambda: ("save_plan", path) in bench.facade.seen)


def test_enter_anywhere_in_the_screen_never_sends(bench: Bench, review: ReviewPanel, qtbot: QtBot) -> None:
    check(review, qtbot)
    review._door.name.setText("Acme Corporation")
    widgets = [one for one in review.findChildren(QWidget) if one is not review._door.back]
    for widget in widgets:
        if shiboken6.isValid(widget) and widget.isVisible() and widget is not review.lines.ticks.leave:
            for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                qtbot.keyClick(widget, key)
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert not {"submit", "trial_run"} & set(calls(bench))


def test_the_route_and_who_checks_are_chosen_on_the_card(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    (button,) = review.findChildren(WaysButton)
    assert button.text() == "In batches, compared just before writing"
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    menu = button.menu_shown
    assert menu is not None
    entries = menu.actions()
    assert [one.isChecked() for one in entries] == [False, False, True]
    entries[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: "choose_route" in calls(bench))
    assert bench.facade.seen[-1] == ("choose_route", ("j7", Route.SINGLE, Assurance.A))
    qtbot.waitUntil(lambda: review.findChildren(WaysButton)[-1].text().startswith("One by one, checked"))


def test_a_plan_whose_records_moved_is_refreshed_before_it_is_sent(
    bench: Bench, review: ReviewPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(review, qtbot)
    assert review._door.trial.isVisible()
    monkeypatch.setattr(Reading, "plan_moved", lambda _reads, plan: 3 if plan == "p7" else 0)
    review.on_events(frozenset({EventKind.RECORDS_PULLED}))
    qtbot.waitUntil(lambda: "3 records of this plan were changed" in review.states.banner.words)
    assert not review._door.send.isEnabled()
    assert "Refresh the plan first" in review._door.send.accessibleDescription()
    monkeypatch.setattr(Reading, "plan_moved", lambda _reads, _plan: 0)
    review.states.banner._act.click()
    qtbot.waitUntil(lambda: calls(bench).count("refresh_plan") == 1)
    qtbot.waitUntil(lambda: "changed in the CRM" not in review.states.banner.words)


def test_a_plan_that_is_opened_tells_what_moved_since_it_was_checked_and_goes_on_telling(
    bench: Bench, review: ReviewPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reading, "plan_moved", lambda _reads, _plan: 3)
    read = []
    review.lines.read.connect(lambda: read.append(review.lines.model.rowCount()))
    review.open("p7")
    qtbot.waitUntil(lambda: bool(read) and "3 records of this plan" in review.states.banner.words)
    review.lines.read_rows()
    qtbot.waitUntil(lambda: len(read) > 1)
    assert "3 records of this plan" in review.states.banner.words


def test_a_plan_that_is_opened_is_not_dropped_for_another_one(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    told: list[str] = []
    review.told.connect(told.append)
    review.open("p7")
    qtbot.waitUntil(lambda: review.lines.model.rowCount() > 0)
    review._plan_anew()  # somebody said what the value of a blocked row means
    assert "stays as it was" in told[0]
    assert {"discard_plan", "propose", "refresh_plan"}.isdisjoint(calls(bench))
    assert review._plan is not None


def test_in_the_smallest_window_six_lines_of_a_plan_are_in_sight(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    bench.window.resize(900, 600)
    table = review.lines.table
    page = review._plan_page

    def lines_in_sight() -> float:
        above = table.viewport().mapTo(page, table.viewport().rect().topLeft()).y()
        return min(review._door.y() - above, table.viewport().height()) / table.rowHeight(0)

    qtbot.waitUntil(lambda: lines_in_sight() >= 6)
    assert review._door.send.isVisible()
    assert any(one.isVisible() for one in review.findChildren(WaysButton))
    bench.window.resize(1280, 800)
    qtbot.waitUntil(lambda: "3 blocked or in conflict" in review.states.banner.words)


def test_a_refresh_keeps_filter_line_and_choice_and_says_what_changed(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    review.lines.buttons[1].click()
    qtbot.waitUntil(lambda: 0 < review.lines.model.rowCount() < 12)
    lines = review.lines.table
    lines.go_to(1)
    before = review.lines.current
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    lines.selectionModel().select(review.lines.model.index(2, 0), flags)
    chosen = len(review.lines.ticks.sent_rows)
    bench.facade.changes = PlanChanges((("send", "conflict", 2), ("send", "", 1)), held_otherwise=3)
    review._refresh.click()
    qtbot.waitUntil(lambda: "Checked again" in review.states.banner.words)
    words = review.states.banner.words
    assert "2 rows are in conflict now" in words
    assert "1 row is not in it any more" in words
    assert "of 3 rows the CRM holds something else" in words
    assert review._plan is not None
    assert review._plan.id == "p8"
    assert review.lines.buttons[1].isChecked()
    assert review.lines.current == before
    assert len(review.lines.ticks.sent_rows) == chosen
    assert "discard_plan" not in calls(bench)
    bench.facade.changes = PlanChanges()
    review._refresh.click()
    qtbot.waitUntil(lambda: "nothing has changed" in review.states.banner.words)


def test_a_refresh_that_fails_leaves_the_plan_in_front(
    bench: Bench, review: ReviewPanel, qtbot: QtBot
) -> None:
    check(review, qtbot)
    bench.facade.fails["refresh_plan"] = ServerBusyError("link.lost", host="acme.example")
    with qtbot.waitSignal(review.lines.read):  # what they tell comes second
        review._refresh.click()
    qtbot.waitUntil(lambda: "link.lost" in review.states.banner.words)
    assert review._plan is not None
    assert review._plan.id == "p7"
    assert review._refresh.isEnabled()
