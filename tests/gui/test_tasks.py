"""Tasks by keyboard: made, found, put off, completed with their form; a refusal loses nothing."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW, rid
from tests.gui.working import health_check
from writeback.errors import ConfigurationError
from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.dialogs.completing import CompleteDialog
from writeback.gui.dialogs.filling import FillDialog
from writeback.gui.dialogs.task_wish import TaskDialog
from writeback.gui.panels.accounts import AccountsPanel
from writeback.gui.panels.task_card import TaskCard
from writeback.gui.panels.task_list import DONE, DUE, MINE, TasksPanel
from writeback.gui.widgets.states import ScreenState
from writeback.gui.widgets.text import PlainLabel
from writeback.model.changes import Origin
from writeback.model.permissions import Level
from writeback.model.tasks import TaskState, Wrote
from writeback.model.types import RecordId
from writeback.runtime.facade import Edit
from writeback.runtime.facade.work import Completion, TaskWish
from writeback.runtime.task_writes import writes_of
from writeback.store import schema

pytestmark = pytest.mark.gui


def settle(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


def wish(number: int, title: str, **more: object) -> TaskWish:
    return TaskWish(RecordId(rid(number)), title, "ana", **more)  # type: ignore[arg-type]


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> TasksPanel:
    bench.facade.forms.save(health_check(NOW), author="ana")
    for one in (
        wish(8, "Ask about the roll-out", assignee="ana", due=date(2026, 1, 1), form="Health"),
        wish(9, "Find a sponsor", assignee="ben"),
    ):
        bench.facade.tasks.add(one)
    bench.window.go("tasks")
    made = bench.window.panels["tasks"]
    assert isinstance(made, TasksPanel)
    qtbot.waitUntil(lambda: made.states.state is ScreenState.READY)
    return made


def titles(panel: TasksPanel) -> list[str]:
    return [one.task.title for one in panel.model.rows]


def completing(bench: Bench, panel: TasksPanel, qtbot: QtBot) -> CompleteDialog:
    panel.table.go_to(0)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    settle(bench, qtbot)
    made = panel.findChildren(CompleteDialog)[-1]
    assert QTest.qWaitForWindowActive(made, 5000)
    return made


def editor(dialog: CompleteDialog, name: str) -> QLineEdit | QComboBox:
    found = dialog.fields.lines[name].editor
    assert isinstance(found, QLineEdit | QComboBox)
    return found


def choose(box: QLineEdit | QComboBox, value: str | None) -> None:
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(value))


def drafts(bench: Bench, record: str) -> dict[str, tuple[str, str]]:
    with bench.workspace.reading() as db:
        rows = db.execute(schema.drafts.select().where(schema.drafts.c.rid == record))
        return {row.attribute: (row.new, row.origin) for row in rows}


def test_filters_and_words_narrow_the_list(bench: Bench, panel: TasksPanel, qtbot: QtBot) -> None:
    assert titles(panel) == ["Ask about the roll-out", "Find a sponsor"]
    for place, left in ((MINE, ["Ask about the roll-out"]), (DUE, ["Ask about the roll-out"]), (DONE, [])):
        panel.filters.button(place).click()
        settle(bench, qtbot)
        assert titles(panel) == left
    assert panel.states.state is ScreenState.EMPTY
    panel.states.acted.emit()
    settle(bench, qtbot)
    panel.search.setText("BEN spons")
    assert titles(panel) == ["Find a sponsor"]
    bench.window.go("tasks", ("account", rid(8)))
    panel.search.clear()
    settle(bench, qtbot)
    assert titles(panel) == ["Ask about the roll-out"]
    assert panel._only.isVisible()


def test_a_task_is_made_by_keyboard(bench: Bench, panel: TasksPanel, qtbot: QtBot) -> None:
    bench.window.do("add_task")
    dialog = panel.findChildren(TaskDialog)[-1]
    assert QTest.qWaitForWindowActive(dialog, 5000)
    settle(bench, qtbot)
    assert not dialog.go.isEnabled()
    title = bench.reads.title_of("account", rid(8))
    assert title is not None
    qtbot.keyClicks(dialog.record, title)
    settle(bench, qtbot)
    if dialog._about is None:
        dialog.record.choose(next(at for at, one in enumerate(dialog.record.hits) if one.rid == rid(8)))
    qtbot.keyClicks(dialog.title, "Call them")
    dialog.due.setText("tomorrow")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "2026-12-31" in dialog.banner.words
    dialog.due.setText("2026-12-24")
    dialog.form.setCurrentIndex(dialog.form.findData("Health"))
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Call them" in titles(panel))
    made = bench.facade.tasks.some(record=rid(8))[-1]
    assert (made.title, made.due, made.form, made.assignee) == (
        "Call them",
        date(2026, 12, 24),
        "Health",
        "ana",
    )


def test_put_off_and_given_away(bench: Bench, panel: TasksPanel, qtbot: QtBot) -> None:
    panel.table.go_to(0)
    for act, text in ((panel.snooze, "2027-01-02"), (panel.give, "ben")):
        act.click()
        dialog = panel.findChildren(TextDialog)[-1]
        dialog.line.setText(text)
        dialog.go.click()
        settle(bench, qtbot)
    task = bench.facade.tasks.numbered(1)
    assert (task.snoozed_until, task.assignee) == (date(2027, 1, 2), "ben")
    panel.filters.button(DUE).click()
    settle(bench, qtbot)
    assert titles(panel) == []


def test_completing_writes_the_form_and_the_task_is_done(
    bench: Bench, panel: TasksPanel, qtbot: QtBot
) -> None:
    dialog = completing(bench, panel, qtbot)
    assert dialog.focusWidget() is dialog.outcome
    assert "Acme" in dialog.fields.writes
    choose(editor(dialog, "industry"), "Retail")
    assert dialog.fields.lines["renewal"].isHidden()
    choose(editor(dialog, "industry"), "Energy")
    assert not dialog.fields.lines["renewal"].isHidden()
    renewal = editor(dialog, "renewal")
    assert isinstance(renewal, QLineEdit)
    renewal.setText("2027-05-06")
    qtbot.keyClicks(dialog.outcome, "Went well")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bench.facade.tasks.numbered(1).state is TaskState.DONE)
    settle(bench, qtbot)
    assert drafts(bench, rid(8))["renewal"] == ('"2027-05-06"', "task")
    assert titles(panel) == ["Find a sponsor"]
    panel.filters.button(DONE).click()
    settle(bench, qtbot)
    panel.table.go_to(0)
    panel.reopen.click()
    qtbot.waitUntil(lambda: len(titles(panel)) == 2)


def test_a_refusal_marks_the_field_and_loses_no_notes(bench: Bench, panel: TasksPanel, qtbot: QtBot) -> None:
    dialog = completing(bench, panel, qtbot)
    dialog.notes.setPlainText("They said a lot.")
    choose(editor(dialog, "industry"), None)
    dialog.go.click()
    settle(bench, qtbot)
    assert dialog.isVisible()
    assert "form.required" in dialog.fields.lines["industry"].refusal
    assert dialog.focusWidget() is editor(dialog, "industry")
    assert dialog.notes.toPlainText() == "They said a lot."
    assert bench.facade.tasks.numbered(1).notes == "They said a lot."
    assert not drafts(bench, rid(8))
    dialog.notes.setPlainText("They said a lot more.")
    dialog.reject()
    settle(bench, qtbot)
    again = completing(bench, panel, qtbot)
    assert again.notes.toPlainText() == "They said a lot more."
    assert again.fields.values() == (("industry", None),), "what was typed outlives the window"
    again.without.click()
    qtbot.waitUntil(lambda: bench.facade.tasks.numbered(1).state is TaskState.DONE)
    settle(bench, qtbot)
    assert not drafts(bench, rid(8))
    assert bench.facade.tasks.numbered(1).notes == "They said a lot more."
    assert bench.reads.form_draft("task-1") == {}


def test_a_task_of_a_record_that_is_gone_is_completed_without_writing(
    bench: Bench, panel: TasksPanel, qtbot: QtBot
) -> None:
    task = bench.facade.tasks.numbered(1)
    dialog = CompleteDialog(bench.desk, [task], "?", panel)
    from writeback.gui.dialogs.completing import Asked

    dialog._show(Asked(health_check(NOW), (), None, {}))
    assert not dialog.go.isEnabled()
    assert dialog.without.isEnabled()


def test_three_values_are_filled_in_from_the_grid_in_seven_keystrokes_and_their_text(
    bench: Bench, panel: TasksPanel, qtbot: QtBot
) -> None:
    bench.window.go("accounts")
    grid = bench.window.panels["accounts"]
    assert isinstance(grid, AccountsPanel)
    settle(bench, qtbot)
    place = next(at for at in range(8, 60) if (row := grid._model.row_at(at)) and row.values[1] == "Retail")
    record = grid._model.row_at(place)
    assert record is not None
    grid._table.go_to(place, 0)
    bench.window.do("fill_form")
    dialog = grid.findChildren(FillDialog)[-1]
    settle(bench, qtbot)
    assert QTest.qWaitForWindowActive(dialog, 5000)
    for text in ("Ener", "77", "2027-05-06"):
        front = dialog.focusWidget()
        if isinstance(front, QLineEdit):
            front.selectAll()  # as Tab does
        qtbot.keyClicks(front, text)
        qtbot.keyClick(front, Qt.Key.Key_Tab)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(bench, qtbot)
    qtbot.waitUntil(lambda: len(drafts(bench, record.rid)) == 3)
    assert drafts(bench, record.rid) == {
        "industry": ('"Energy"', "insight_form"),
        "arr": ('"77"', "insight_form"),
        "renewal": ('"2027-05-06"', "insight_form"),
    }


def test_a_refused_form_stays_open_and_changes_nothing(bench: Bench, panel: TasksPanel, qtbot: QtBot) -> None:
    dialog = FillDialog(bench.desk, "account", rid(8), panel)
    dialog.open()
    settle(bench, qtbot)
    arr = dialog.fields.lines["arr"].editor
    assert isinstance(arr, QLineEdit)
    assert not dialog.save.isEnabled()
    arr.setText("much")
    dialog.save.click()
    settle(bench, qtbot)
    assert dialog.isVisible()
    assert dialog.fields.lines["arr"].refusal
    assert arr.text() == "much"
    assert not drafts(bench, rid(8))


def test_the_profile_shows_the_open_tasks_and_completes_them(
    bench: Bench, panel: TasksPanel, qtbot: QtBot
) -> None:
    bench.window.go("profile", ("account", rid(9)))
    settle(bench, qtbot)
    (card,) = bench.window.findChildren(TaskCard)
    assert [one.accessibleName() for one in card.buttons] == ["Complete Find a sponsor"]
    card.buttons[0].click()
    settle(bench, qtbot)
    card.findChildren(CompleteDialog)[-1].go.click()
    settle(bench, qtbot)
    qtbot.waitUntil(lambda: not card.buttons)
    assert bench.facade.tasks.numbered(2).state is TaskState.DONE
    bench.window.do("add_task")
    assert card.findChildren(TaskDialog)[-1]._about == (
        "account",
        rid(9),
        bench.reads.title_of("account", rid(9)),
    )


def test_several_tasks_are_completed_alike_and_the_refused_one_stays(
    bench: Bench, panel: TasksPanel, qtbot: QtBot
) -> None:
    for number in (10, 11):
        bench.facade.tasks.add(wish(number, "Ask as well", form="Health"))
    panel.refresh()
    settle(bench, qtbot)
    qtbot.keyClick(panel.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert "different forms" in panel.complete.accessibleDescription()
    panel.search.setText("ask")
    settle(bench, qtbot)
    qtbot.keyClick(panel.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert panel.complete.text() == "Complete 3 tasks…"
    assert not panel.reopen.isEnabled()
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    settle(bench, qtbot)
    dialog = panel.findChildren(CompleteDialog)[-1]
    choose(editor(dialog, "industry"), "Energy")
    dialog.go.click()
    settle(bench, qtbot)
    for number in (8, 10, 11):
        assert drafts(bench, rid(number)).get("industry", ('"Energy"', "task")) == ('"Energy"', "task")
    done = bench.facade.tasks.some(state=TaskState.DONE)
    assert [one.number for one in sorted(done, key=lambda one: one.number)] == [1, 3, 4]
    assert len({one.ended_act for one in done}) == 1, "one act"


def test_the_side_tells_all_of_a_task_and_reopening_offers_what_it_wrote(
    bench: Bench, panel: TasksPanel, qtbot: QtBot
) -> None:
    panel.table.go_to(0)
    settle(bench, qtbot)
    assert panel.side.facts.shown["Asks for"] == "Industry, Annual revenue, Renewal date"
    dialog = completing(bench, panel, qtbot)
    choose(editor(dialog, "industry"), "Retail")
    dialog.notes.setPlainText("All is well")
    dialog.go.click()
    settle(bench, qtbot)
    panel.filters.button(DONE).click()
    settle(bench, qtbot)
    panel.table.go_to(0)
    settle(bench, qtbot)
    assert panel.side.notes.text() == "All is well"
    assert "industry" in panel.side.wrote.text()
    panel.reopen.click()
    settle(bench, qtbot)
    qtbot.waitUntil(lambda: "still" in panel.states.banner.words)
    assert drafts(bench, rid(8))
    panel.states.banner._act.click()
    qtbot.waitUntil(lambda: not drafts(bench, rid(8)))


def test_tasks_of_a_play_and_of_whoever_left_are_found(bench: Bench, panel: TasksPanel, qtbot: QtBot) -> None:
    assert panel.play.isHidden()
    bench.facade.tasks.add(wish(10, "Greet them", origin="Welcome play", assignee="gone girl"))
    bench.facade.set_permission("ana", Level.GLOBAL_ADMIN, act="a")
    bench.facade.set_permission("ben", Level.EDITOR, act="b")
    panel.refresh()
    settle(bench, qtbot)
    assert [one.has_left for one in panel.model.rows] == [False, False, True]
    assert panel.states.state is ScreenState.PARTIAL
    assert "somebody who left" in panel.states.banner.words
    panel.play.setCurrentIndex(panel.play.findData("Welcome play"))
    panel.play.activated.emit(1)
    settle(bench, qtbot)
    assert titles(panel) == ["Greet them"]
    assert panel.side.facts.shown["SuccessPlay"] == "Welcome play"


def test_who_fills_a_form_at_the_same_time_is_not_written_over_unseen(
    bench: Bench, panel: TasksPanel, qtbot: QtBot
) -> None:
    dialog = FillDialog(bench.desk, "account", rid(8), panel)
    dialog.open()
    settle(bench, qtbot)
    edit = Edit(RecordId(rid(8)), "industry", "Media")
    bench.facade.save_edits((edit,), origin=Origin.PROFILE, author="ben", act="bens")
    box = dialog.fields.lines["industry"].editor
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("Retail"))
    dialog.save.click()
    settle(bench, qtbot)
    assert "ben changed industry to Media" in dialog.fields.lines["industry"].refusal
    assert drafts(bench, rid(8))["industry"][0] == '"Media"'
    dialog.save.click()
    settle(bench, qtbot)
    assert not dialog.isVisible()
    assert drafts(bench, rid(8))["industry"][0] == '"Retail"'


def test_who_changed_a_task_first_is_told_to_the_second(
    bench: Bench, panel: TasksPanel, qtbot: QtBot
) -> None:
    dialog = completing(bench, panel, qtbot)
    dialog.notes.setPlainText("They agreed")
    bench.facade.tasks.change(1, assignee="eva", due=None, snoozed_until=None, by="ben")
    dialog.go.click()
    settle(bench, qtbot)
    assert dialog.isVisible()
    assert "ben changed task 1 meanwhile: it is given to eva" in dialog.banner.words
    assert bench.facade.tasks.numbered(1).notes == "", "nothing was changed"
    choose(editor(dialog, "industry"), "Retail")
    dialog.go.click()
    settle(bench, qtbot)
    task = bench.facade.tasks.numbered(1)
    assert (task.state, task.assignee, task.notes) == (TaskState.DONE, "eva", "They agreed")


def test_a_task_is_completed_by_one_of_two(bench: Bench, panel: TasksPanel, qtbot: QtBot) -> None:
    dialog = completing(bench, panel, qtbot)
    done = Completion(1, "ben", notes="first", writes=False)
    bench.facade.tasks.complete(done, lambda _edits, _origin: ())
    choose(editor(dialog, "industry"), "Retail")
    dialog.notes.setPlainText("second")
    dialog.go.click()
    settle(bench, qtbot)
    assert "Task 1 is done: ben completed it." in dialog.banner.words
    assert (bench.facade.tasks.numbered(1).notes, drafts(bench, rid(8))) == ("first", {})


def test_what_was_seen_of_a_task_counts_until_it_is_kept(bench: Bench, panel: TasksPanel) -> None:
    told = bench.facade.tasks
    seen = told.numbered(2)
    told.change(2, assignee="eva", due=None, snoozed_until=None, by="ben", version=seen.version, act="one")
    again = {"by": "ben", "version": seen.version, "act": "one"}
    assert told.change(2, assignee="eva", due=None, snoozed_until=None, **again).assignee == "eva"
    with pytest.raises(ConfigurationError, match=r"task\.changed_meanwhile"):
        told.change(2, assignee="ann", due=None, snoozed_until=None, version=seen.version, act="two")
    done = Completion(2, "ben", versions=((2, seen.version),))
    with pytest.raises(ConfigurationError, match=r"task\.changed_meanwhile"):
        told.complete(done, lambda _edits, _origin: ())
    told.complete(Completion(2, "ben"), lambda _edits, _origin: ())
    with pytest.raises(ConfigurationError, match=r"task\.is_done"):
        told.reopen(2, version=seen.version)
    assert told.reopen(2, by="eva").changed_by == "eva"


def test_a_refused_value_is_told_at_its_task_with_the_same_ways_on(
    bench: Bench, panel: TasksPanel, qtbot: QtBot
) -> None:
    panel.table.go_to(0)
    settle(bench, qtbot)
    task = replace(panel.model.rows[0].task, record=RecordId(rid(4)), wrote=(Wrote("industry", "sending"),))
    told = writes_of(bench.desk.reads, task)
    assert [one.mark.new for one in told.refused] == ["Gold"]
    panel.side._show_writes(told)
    box = panel.side.refused["industry"]
    words = " ".join(one.text() for one in box.findChildren(PlainLabel))
    assert "bad value for restricted picklist field" in words
    with qtbot.waitSignal(panel.side.retried) as retried:
        box.buttons[1].click()
    assert retried.args == ["industry"]
    with qtbot.waitSignal(panel.asked) as asked:
        box.buttons[0].click()
    assert asked.args[0] == "profile"
