"""The form of a record: many attributes, long and many-lined values, and a refused value given up."""

from dataclasses import replace
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW, rid, seed_fan_out
from writeback.gui.panels.accounts import AccountsPanel
from writeback.gui.panels.profile import ProfilePanel
from writeback.gui.panels.profile_form import SHOWN, RecordForm
from writeback.gui.theming.current import Theming
from writeback.gui.widgets.failed import FailedWrite
from writeback.gui.widgets.paragraph import Paragraph
from writeback.gui.widgets.text import ElidedLabel, PlainLabel
from writeback.model.attributes import Attribute
from writeback.model.types import AttributeType
from writeback.runtime.views import AttributeView, GridRow, Mark, RecordView

pytestmark = pytest.mark.gui


def record(*values: object, kind: AttributeType = AttributeType.TEXT, marked: str = "") -> RecordView:
    views = tuple(
        AttributeView(Attribute("account", f"a{place}", f"Attribute {place}", kind))
        for place in range(len(values))
    )
    marks = ((marked, Mark("draft", old="x", new="y", at=NOW)),) if marked else ()
    row = GridRow("r1", "Acme", values, marks)  # type: ignore[arg-type]  texts are values
    return RecordView("r1", "account", "Acme", row, views, None)


@pytest.fixture
def form(qtbot: QtBot, theming: Theming) -> RecordForm:
    made = RecordForm(lambda: NOW)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made, 5000)  # keys go to the active window only
    return made


def test_five_hundred_attributes_open_at_once_and_are_found_by_name(form: RecordForm) -> None:
    began = perf_counter()
    form.show_record(record(*["v"] * 500, marked="a499"), ())
    assert perf_counter() - began < 0.5  # 20 ms on a machine of our own
    assert len(form.editors) == SHOWN
    assert "a499" in form.editors  # what waits is always there
    assert form.go_find()
    form.findChild(QLineEdit).setText("attribute 41")  # type: ignore[union-attr]
    assert set(form.editors) == {f"a{number}" for number in range(500) if "41" in str(number)}


def test_looking_at_a_text_of_several_lines_changes_nothing(form: RecordForm, qtbot: QtBot) -> None:
    told: list[str] = []
    form.edited.connect(told.append)
    form.show_record(record("one\ntwo", "next"), ())
    page = form.editors["a0"]
    assert isinstance(page, Paragraph)
    qtbot.waitUntil(lambda: all(one.isVisible() for one in form.editors.values()))
    page.setFocus()
    form.editors["a1"].setFocus()
    assert (page.text_value(), told) == ("one\ntwo", [])
    page.setFocus()
    QTest.keyClicks(page, "!")
    QTest.keyClick(page, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: "a0" in told)
    assert form.typed("a0") == "!one\ntwo"


def test_a_value_of_megabytes_is_shown_by_its_beginning(form: RecordForm) -> None:
    began = perf_counter()
    form.show_record(record("x" * 10_000_000), ())
    assert perf_counter() - began < 1.5
    assert form.editors == {}
    assert max(len(one.text()) for one in form.findChildren(ElidedLabel)) < 1_000


def test_another_record_is_built_anew_and_the_same_one_is_not(form: RecordForm) -> None:
    first = record("v")
    form.show_record(first, ())
    editor = form.editors["a0"]
    form.show_record(record("v"), ())
    assert form.editors["a0"] is editor
    form.show_record(replace(first, rid="r2"), ())
    assert form.editors["a0"] is not editor


def test_a_refused_value_is_given_up_alone(bench: Bench, qtbot: QtBot) -> None:
    with bench.workspace.writing() as db:
        seed_fan_out(db)
    bench.window.go("profile", ("account", rid(2)))
    qtbot.waitUntil(lambda: not bench.tasks.running)
    panel = bench.window.panels["profile"]
    assert isinstance(panel, ProfilePanel)
    (name, box), *_others = panel._form.failed.items()
    edit, _retry, discard = box.buttons
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Space)
    assert panel._editors[name].hasFocus()
    discard.setFocus()
    QTest.keyClick(discard, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert ("discard_drafts", (rid(2),)) in bench.facade.seen


def test_the_inspector_of_the_grid_has_the_same_ways_on(bench: Bench, qtbot: QtBot) -> None:
    with bench.workspace.writing() as db:
        seed_fan_out(db)
    bench.window.go("accounts")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    panel = bench.window.panels["accounts"]
    assert isinstance(panel, AccountsPanel)
    panel._inspecting.show()
    inspector = panel._inspector
    views = panel._model.views
    place = next(at for at, view in enumerate(views) if view.attribute.name == "industry")
    panel._table.go_to(0, place)
    qtbot.waitUntil(lambda: any("read" in text for text in texts(inspector)))  # confirmed: from where
    refused = Mark("refused", old="Banking", new="Mining", code="value.not_an_option", message="No.", at=NOW)
    inspector.show_value("Acme", views[place], "Banking", refused)
    (box,) = inspector.findChildren(FailedWrite)
    assert "The CRM still holds Banking." in texts(box)
    told: list[str] = []
    inspector.retry.disconnect()
    inspector.retry.connect(lambda: told.append("retry"))
    box.buttons[1].click()
    box.buttons[2].click()
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert told == ["retry"]
    row = panel._model.row_at(0)
    assert row is not None
    assert ("discard_drafts", (row.rid,)) in bench.facade.seen


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(PlainLabel)]
