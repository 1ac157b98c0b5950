"""Insight forms: designed, looked at while they are made, published, copied, deleted and had back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW, rid
from tests.gui.working import health_check
from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.dialogs.designing import DesignDialog
from writeback.gui.dialogs.form_users import FormUsersDialog
from writeback.gui.dialogs.trying import TryDialog
from writeback.gui.models.form_design import items_of, sections_of
from writeback.gui.panels.insight_forms import FormsPanel
from writeback.gui.widgets.states import ScreenState
from writeback.model.forms import FormField, FormSection
from writeback.model.permissions import Level
from writeback.model.types import RecordId
from writeback.runtime.facade.work import TaskWish

pytestmark = pytest.mark.gui


def settle(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> FormsPanel:
    bench.facade.forms.save(health_check(NOW), author="ana")
    bench.window.go("forms")
    made = bench.window.panels["forms"]
    assert isinstance(made, FormsPanel)
    qtbot.waitUntil(lambda: made.states.state is ScreenState.READY)
    return made


def names(panel: FormsPanel) -> list[str]:
    return [one.form.name for one in panel.model.rows]


def designing(bench: Bench, panel: FormsPanel, qtbot: QtBot) -> DesignDialog:
    settle(bench, qtbot)
    dialog = panel.findChildren(DesignDialog)[-1]
    assert QTest.qWaitForWindowActive(dialog, 5000)
    return dialog


def add(dialog: DesignDialog, name: str) -> None:
    dialog.attribute.setCurrentIndex(dialog.attribute.findData(name))
    dialog.add.click()


def test_headings_and_fields_become_sections_and_come_back() -> None:
    form = health_check(NOW)
    assert sections_of(items_of(form)) == form.sections
    fields = (FormField("a"), FormField("b"))
    assert sections_of([fields[0], "Two", fields[1]]) == (
        FormSection("", fields[:1]),
        FormSection("Two", fields[1:]),
    )


def test_a_form_is_designed_by_keyboard_and_published(bench: Bench, panel: FormsPanel, qtbot: QtBot) -> None:
    panel.new()
    dialog = designing(bench, panel, qtbot)
    qtbot.keyClicks(dialog.name, "health")
    assert not dialog.save.isEnabled(), "it would take the place of another form"
    dialog.name.clear()
    qtbot.keyClicks(dialog.name, "Renewal talk")
    add(dialog, "tier")
    add(dialog, "renewal")
    qtbot.keyClicks(dialog.line.help, "As agreed")
    dialog.line.required.setChecked(True)
    dialog.line.when.setCurrentIndex(dialog.line.when.findData("tier"))
    dialog.line.when.activated.emit(dialog.line.when.currentIndex())
    qtbot.keyClicks(dialog.line.value, "Gold")
    assert dialog.preview.lines["renewal"].isHidden(), "the preview judges as the form will"
    dialog.preview.restore({"tier": "Gold"})
    assert not dialog.preview.lines["renewal"].isHidden()
    qtbot.keyClick(dialog, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [one.attribute for one in dialog._lines if isinstance(one, FormField)] == ["renewal", "tier"]
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Renewal talk" in names(panel))
    settle(bench, qtbot)
    panel.publish.click()
    qtbot.waitUntil(lambda: bench.facade.forms.named("Renewal talk").is_published)
    made = bench.facade.forms.named("Renewal talk")
    assert list(made.fields()) == [
        FormField("renewal", "As agreed", is_required=True, when=("tier", "Gold")),
        FormField("tier"),
    ]


def test_one_escape_loses_no_design(bench: Bench, panel: FormsPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    dialog = designing(bench, panel, qtbot)
    assert dialog.name.isReadOnly()
    add(dialog, "website")
    dialog.reject()
    assert dialog.isVisible()
    assert "not saved" in dialog.banner.words
    dialog.reject()
    assert not dialog.isVisible()
    assert len(list(bench.facade.forms.named("Health").fields())) == 3


def test_a_design_is_not_written_over_unseen(bench: Bench, panel: FormsPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    dialog = designing(bench, panel, qtbot)
    add(dialog, "website")
    known = bench.facade.forms.named("Health")
    bench.workspace.now = lambda: NOW + timedelta(minutes=1)
    bench.facade.forms.save(replace(known, title="Bens"), author="ben")
    dialog.save.click()
    settle(bench, qtbot)
    assert dialog.isVisible()
    assert "ben changed Health while you were at it." in dialog.banner.words
    assert bench.facade.forms.named("Health").title == "Bens"
    bench.facade.forms.remove("Health")
    dialog.save.click()
    settle(bench, qtbot)
    assert "Health was deleted while you were at it." in dialog.banner.words
    dialog.save.click()
    settle(bench, qtbot)
    assert not dialog.isVisible()
    assert len(list(bench.facade.forms.named("Health").fields())) == 4


def test_a_form_is_copied_deleted_and_had_back(bench: Bench, panel: FormsPanel, qtbot: QtBot) -> None:
    editor = panel.preview.lines["arr"].editor
    assert isinstance(editor, QLineEdit)
    panel.duplicate.click()
    asked = panel.findChildren(TextDialog)[-1]
    asked.line.setText("HEALTH")
    asked.go.click()
    assert "already" in panel.states.banner.words
    panel.duplicate.click()
    panel.findChildren(TextDialog)[-1].go.click()
    qtbot.waitUntil(lambda: names(panel) == ["Health", "Health (copy)"])
    settle(bench, qtbot)
    assert not bench.facade.forms.named("Health (copy)").is_published
    panel.table.go_to(0)
    panel.delete.click()
    qtbot.waitUntil(lambda: names(panel) == ["Health (copy)"])
    settle(bench, qtbot)
    panel.states.banner._act.click()
    qtbot.waitUntil(lambda: names(panel) == ["Health", "Health (copy)"])
    assert bench.facade.forms.named("Health").is_published


def test_a_form_that_asks_for_what_is_gone_says_so(bench: Bench, panel: FormsPanel, qtbot: QtBot) -> None:
    bench.facade.delete_attribute("account", "arr", act="a")
    panel.refresh()
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.PARTIAL)
    assert "Health check" in panel.states.banner.words
    assert panel.preview.lines["arr"].editor is None


def test_showing_a_form_opens_no_window_of_its_own(bench: Bench, panel: FormsPanel, qtbot: QtBot) -> None:
    assert QTest.qWaitForWindowActive(bench.window, 5000)
    panel.refresh()
    settle(bench, qtbot)
    QApplication.processEvents()
    assert QApplication.activeWindow() is bench.window


def test_who_may_use_a_form_is_said_and_it_is_offered_to_nobody_else(
    bench: Bench, panel: FormsPanel, qtbot: QtBot
) -> None:
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    dialog = designing(bench, panel, qtbot)
    assert dialog.users.text() == "For everybody"
    dialog.users.click()
    asked = dialog.findChildren(FormUsersDialog)[-1]
    qtbot.keyClicks(asked.people, "ben; chloe")
    asked.levels[Level.OPERATOR].setChecked(True)
    qtbot.keyClick(asked.people, Qt.Key.Key_Return)
    assert dialog.users.text() == "For: ben, chloe, Operator"
    dialog.save.click()
    qtbot.waitUntil(lambda: bench.facade.forms.named("Health").people == ("ben", "chloe"))
    settle(bench, qtbot)
    assert bench.facade.forms.named("Health").levels == (Level.OPERATOR,)
    bench.facade.set_permission("ana", Level.GLOBAL_ADMIN, act="a")
    bench.facade.set_permission("chloe", Level.VIEWER, act="c")
    offered = bench.facade.forms.offered
    assert [len(offered("account", name)) for name in ("ana", "BEN", "chloe", "nobody")] == [0, 1, 1, 0]


def test_a_form_is_tested_on_a_record_and_nothing_is_kept(
    bench: Bench, panel: FormsPanel, qtbot: QtBot
) -> None:
    bench.facade.forms.publish("Health", is_published=False, author="ana")
    panel.test.click()
    dialog = panel.findChildren(TryDialog)[-1]
    assert QTest.qWaitForWindowActive(dialog, 5000)
    assert not dialog.go.isEnabled()
    title = bench.reads.title_of("account", rid(8))
    qtbot.keyClicks(dialog.record, title or "?")
    settle(bench, qtbot)
    dialog.record.choose(next(at for at, one in enumerate(dialog.record.hits) if one.rid == rid(8)))
    settle(bench, qtbot)
    box, arr = dialog.fields.lines["industry"].editor, dialog.fields.lines["arr"].editor
    assert isinstance(box, QComboBox)
    assert isinstance(arr, QLineEdit)
    box.setCurrentIndex(box.findData("Retail"))
    arr.setText("much")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(bench, qtbot)
    assert "1 value would be refused" in dialog.told.text()
    assert dialog.fields.lines["arr"].refusal
    arr.setText("77")
    dialog.go.click()
    settle(bench, qtbot)
    assert dialog.told.text() == "Would be saved: Industry, Annual revenue."
    assert not [one for one in bench.reads.drafts() if one.rid == rid(8)]


def test_the_side_tells_which_tasks_ask_for_a_form(bench: Bench, panel: FormsPanel, qtbot: QtBot) -> None:
    assert panel.asked_by.text() == "No play and no open task asks for it."
    bench.facade.tasks.add(TaskWish(RecordId(rid(8)), "Ask them", "ana", form="Health"))
    panel.refresh()
    settle(bench, qtbot)
    assert panel.asked_by.text() == "Asked for by: task 1 Ask them"
    assert "Tasks or plays ask for it" in panel.delete.accessibleDescription()
