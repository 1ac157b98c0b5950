"""A file is dropped, its columns find their fields, and the plan of it opens in Review & send."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW
from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.dialogs.file_constant import FileConstantDialog
from writeback.gui.dialogs.file_match import FileMatchDialog
from writeback.gui.dialogs.file_rows import FileRowsDialog
from writeback.gui.dialogs.file_values import FileValuesDialog
from writeback.gui.panels.file_standing import FileStanding
from writeback.gui.panels.file_way import free_names
from writeback.gui.panels.file_write_back import FilePanel
from writeback.gui.widgets.field_boxes import chosen
from writeback.gui.widgets.states import ScreenState
from writeback.gui.widgets.text import PlainLabel
from writeback.model.creating import Creating
from writeback.model.file_mappings import NotFound, ReferenceUse
from writeback.model.file_matches import Found
from writeback.model.file_sessions import FileSession, FileState, FileStep
from writeback.model.integrations import BlankRule
from writeback.model.types import JobId
from writeback.model.value_rules import TransformUse
from writeback.runtime.facade import PlanSource
from writeback.sdk.values import ObjectInfo

pytestmark = pytest.mark.gui
LINES = "Account ID,Industry,Remark\n001A,Energy,seen\n001B,,seen\n"


def settled(bench: Bench, qtbot: QtBot) -> FilePanel:
    qtbot.waitUntil(lambda: not bench.tasks.running)
    panel = bench.window.panels["files"]
    assert isinstance(panel, FilePanel)
    return panel


def opened(bench: Bench, qtbot: QtBot, path: Path) -> FilePanel:
    bench.window.go("files", str(path))
    return settled(bench, qtbot)


def drag(bench: Bench, *paths: Path) -> bool:
    """Drag files into the window and let go where they may be; says whether they might."""
    told = QMimeData()
    told.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), action, told, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(bench.window, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(9, 9), action, told, Qt.MouseButton.LeftButton, none, QEvent.Type.Drop)
    QApplication.sendEvent(bench.window, drop)
    return True


def test_a_dropped_file_finds_its_fields_and_becomes_a_plan_by_keyboard(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "corrections.csv"
    file.write_text(LINES)
    assert drag(bench, file)
    panel = settled(bench, qtbot)
    assert bench.window.screen_name == "files"
    assert panel.states.state is ScreenState.PARTIAL, "one column is not written"
    assert [(one.name, one.path, one.is_key) for one in panel._lines] == [
        ("Account ID", "Id", True), ("Industry", "Industry", False), ("Remark", "", False),
    ]  # fmt: skip
    panel.columns.table.setFocus()
    panel.columns.table.selectRow(2)
    qtbot.keyClick(panel.columns.table, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.columns.field.hasFocus)
    panel.columns.field.setCurrentIndex(panel.columns.field.findData("Phone"))
    panel.columns.field.activated.emit(panel.columns.field.currentIndex())
    assert panel.states.state is ScreenState.READY
    sent = []
    panel.asked.connect(lambda screen, subject: sent.append((screen, subject)))
    panel._plan.setFocus()
    qtbot.keyClick(panel._plan, Qt.Key.Key_Space)
    screen, source = sent[0]
    assert (screen, bench.window.screen_name) == ("review", "review"), "nothing is sent but through its door"
    assert isinstance(source, PlanSource)
    assert (source.path, source.object, source.key) == (str(file), "Account", "Id")
    assert source.mapping.is_whole
    assert dict(source.mapping.paths) == {"Account ID": "Id", "Industry": "Industry", "Remark": "Phone"}


def test_an_object_of_another_crm_does_not_stay_when_the_connection_is_another(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "corrections.csv"
    file.write_text(LINES)
    panel = opened(bench, qtbot, file)
    panel._show_objects((ObjectInfo("companies", "Companies", False, True, True),))
    qtbot.waitUntil(lambda: not bench.tasks.running)
    panel.form.object.setEditText("companies")
    panel.form.place_changed.emit()
    panel = settled(bench, qtbot)
    assert panel.states.state is not ScreenState.ERROR
    assert panel.form.object.currentData() == "Account"


def test_only_one_table_may_be_dropped(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    file, other = tmp_path / "a.csv", tmp_path / "b.png"
    file.write_text(LINES)
    assert not drag(bench, other)
    assert not drag(bench, file, file)
    bench.window.go("files")
    assert settled(bench, qtbot).states.state is ScreenState.EMPTY


def test_what_is_missing_is_said_at_the_button(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Customer,Sector\nAcme,Energy\n")
    panel = opened(bench, qtbot, file)
    assert not panel._plan.isEnabled()
    assert "key" in panel._plan.accessibleDescription()
    panel.columns.table.selectRow(1)
    panel.columns.field.setCurrentIndex(panel.columns.field.findData("Industry"))
    panel.columns.field.activated.emit(panel.columns.field.currentIndex())
    panel.columns.table.selectRow(0)
    panel.columns.field.setCurrentIndex(panel.columns.field.findData("Industry"))
    panel.columns.field.activated.emit(panel.columns.field.currentIndex())
    panel.form.key.setCurrentIndex(panel.form.key.findData("Industry"))
    panel.form.key.activated.emit(panel.form.key.currentIndex())
    assert not panel._plan.isEnabled(), "two columns would give the key"


def test_a_mapping_is_saved_and_used_on_the_next_file(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("Account ID,Zweig\n001A,Energy\n")
    second.write_text("Zweig,Account ID\nMedia,001B\n")
    panel = opened(bench, qtbot, first)
    panel.columns.table.selectRow(1)
    panel.columns.field.setCurrentIndex(panel.columns.field.findData("Industry"))
    panel.columns.field.activated.emit(panel.columns.field.currentIndex())
    panel._save.click()
    dialog = bench.window.findChild(TextDialog)
    dialog.line.setText("Monthly")
    dialog.go.click()
    panel = settled(bench, qtbot)
    panel = opened(bench, qtbot, second)
    assert [one.path for one in panel._lines] == ["", "Id"]
    panel.form.saved.setCurrentIndex(1)
    panel.form.saved.activated.emit(1)
    panel = settled(bench, qtbot)
    assert [(one.path, one.how) for one in panel._lines] == [("Industry", "saved"), ("Id", "saved")]


def test_a_workbook_shows_its_sheets_and_blank_cells_may_clear(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.title = "May"
    book.active.append(("Account ID", "Industry"))
    book.create_sheet("June").append(("Account ID", "Phone"))
    book.save(tmp_path / "a.xlsx")
    panel = opened(bench, qtbot, tmp_path / "a.xlsx")
    panel._open_rows()
    dialog = bench.window.findChild(FileRowsDialog)
    dialog.blank.setCurrentIndex(1)
    dialog.blank.activated.emit(1)
    dialog.reading.setCurrentIndex(dialog.reading.findData("June"))
    dialog.reading.activated.emit(1)
    panel = settled(bench, qtbot)
    assert [one.name for one in panel._lines] == ["Account ID", "Phone"]
    source = panel._source()
    assert (source.sheet, source.blank_rule) == ("June", BlankRule.CLEAR)


def test_a_file_that_cannot_be_read_is_an_error_with_a_way_on(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    panel = opened(bench, qtbot, file)
    assert panel.states.state is ScreenState.ERROR
    file.write_text(LINES)
    panel.states.retry.emit()
    panel = settled(bench, qtbot)
    assert panel.states.state is ScreenState.PARTIAL
    assert chosen(panel.form.object) == "Account"


def test_a_file_is_taken_up_as_it_was_left_and_listed_until_somebody_is_done_with_it(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("Account ID,Zweig\n001A,Energy\n")
    second.write_text(LINES)
    panel = opened(bench, qtbot, first)
    panel.columns.table.selectRow(1)
    panel.columns.field.setCurrentIndex(panel.columns.field.findData("Industry"))
    panel.columns.field.activated.emit(panel.columns.field.currentIndex())
    panel = opened(bench, qtbot, second)
    panel = opened(bench, qtbot, first)
    assert [(one.path, one.how) for one in panel._lines] == [("Id", "kept"), ("Industry", "kept")]
    panel._all.click()
    panel = settled(bench, qtbot)
    assert [one.name for one in panel.list.model.rows] == ["a.csv", "b.csv"]
    panel.list.table.setFocus()
    panel.list.table.selectRow(1)
    qtbot.keyClick(panel.list.table, Qt.Key.Key_Return)
    panel = settled(bench, qtbot)
    assert [one.name for one in panel._lines] == ["Account ID", "Industry", "Remark"]
    panel._all.click()
    panel = settled(bench, qtbot)
    panel.list.table.selectRow([one.name for one in panel.list.model.rows].index("b.csv"))
    panel.list.done.click()
    panel = settled(bench, qtbot)
    assert [one.name for one in panel.list.model.rows] == ["a.csv"]


def test_a_file_that_is_gone_loses_nothing_that_was_chosen(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(LINES)
    panel = opened(bench, qtbot, file)
    panel.way.before_leaving()
    panel = settled(bench, qtbot)
    file.unlink()
    panel.refresh()
    panel = settled(bench, qtbot)
    assert "not where it was" in panel.states.banner.words
    assert "is kept" in panel.way.standing.words.text()
    file.write_text(LINES)
    panel.refresh()
    panel = settled(bench, qtbot)
    assert [(one.name, one.how) for one in panel._lines][:1] == [("Account ID", "kept")]


def test_the_match_test_lists_each_kind_and_takes_a_second_field(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Account ID,Industry,Phone\n001A,Energy,1\n001B,,2\n")
    panel = opened(bench, qtbot, file)
    panel._match.click()
    panel = settled(bench, qtbot)
    dialog = bench.window.findChild(FileMatchDialog)
    assert dialog.buttons[Found.NOT_FOUND].isChecked(), "what is wrong comes to the front"
    assert [one.line for one in dialog._model.rows] == [3]
    dialog.also.setCurrentIndex(dialog.also.findData("Phone"))
    dialog.also.activated.emit(dialog.also.currentIndex())
    panel = settled(bench, qtbot)
    assert panel._source().key == "Id+Phone"
    assert [one.is_key for one in panel._lines] == [True, False, True]
    assert dict(bench.facade.seen)["match_file"] == "Id+Phone"
    dialog.buttons[Found.FOUND].click()
    assert [one.told for one in dialog._model.rows] == ["Acme (001A)"]


def test_blank_cells_of_one_column_may_clear_and_a_mapping_says_what_the_file_lacks(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("Account ID,Zweig,Tel\n001A,Energy,1\n")
    second.write_text("Account ID,Zweig\n001A,Energy\n")
    panel = opened(bench, qtbot, first)
    for at, path in ((1, "Industry"), (2, "Phone")):
        panel.columns.table.selectRow(at)
        panel.columns.field.setCurrentIndex(panel.columns.field.findData(path))
        panel.columns.field.activated.emit(panel.columns.field.currentIndex())
    panel.columns.table.selectRow(1)
    panel.columns.blank.setCurrentIndex(panel.columns.blank.findData("clear"))
    panel.columns.blank.activated.emit(2)
    mapping = panel._source().mapping
    assert mapping.blanks == (("Zweig", BlankRule.CLEAR),)
    bench.facade.save_file_mapping("Monthly", mapping, object_name="Account", key="Id", act="m")
    panel = opened(bench, qtbot, second)
    panel.form.saved.setCurrentIndex(1)
    panel.form.saved.activated.emit(1)
    panel = settled(bench, qtbot)
    assert "not here: Tel" in panel.states.banner.words
    assert panel._lines[1].blank == "clear"


def test_every_row_writes_the_same_and_a_data_loader_mapping_is_read(
    bench: Bench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, sdl = tmp_path / "a.csv", tmp_path / "old.sdl"
    file.write_text("Kunde,Zweig\n001A,Energy\n")
    sdl.write_text('Kunde=Id\nZweig=Industry\n"4711"=Phone\n')
    panel = opened(bench, qtbot, file)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(sdl), ""))
    panel.form.saved.setCurrentIndex(1)
    panel.form.saved.activated.emit(1)
    panel = settled(bench, qtbot)
    assert [(one.path, one.is_constant) for one in panel._lines] == [
        ("Id", False), ("Industry", False), ("Phone", True),
    ]  # fmt: skip
    assert panel._source().mapping.constants == (("Phone", "4711"),)
    panel.columns.table.selectRow(2)
    assert not panel.columns.field.isEnabled()
    qtbot.keyClick(panel.columns.table, Qt.Key.Key_Return)
    dialog = bench.window.findChild(FileConstantDialog)
    assert dialog.text.text() == "4711"
    dialog.text.setText("")
    dialog.go.click()
    assert panel._source().mapping.constants == ()
    panel.columns.table.selectRow(1)
    panel.columns.every.click()
    dialog = bench.window.findChildren(FileConstantDialog)[-1]
    dialog.field.setCurrentIndex(dialog.field.findData("Industry"))
    dialog.text.setText("Media")
    dialog.go.click()
    assert "Two columns write Industry" in panel.states.banner.words


def test_result_files_take_the_place_of_no_others(tmp_path: Path) -> None:
    first = free_names(tmp_path, "people")
    assert [one.name for one in first] == ["people-written.csv", "people-not-written.csv"]
    first[1].write_text("of the last time", encoding="utf-8")
    second = free_names(tmp_path, "people")
    assert [one.name for one in second] == ["people-written-2.csv", "people-not-written-2.csv"]


def test_new_records_are_chosen_by_keyboard_where_the_key_allows_it(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Account ID,Phone,Industry\n001A,+49 1,Energy\n")
    panel = opened(bench, qtbot, file)
    box = panel.creating.box
    assert (box.isEnabled(), panel.creating.value) == (False, Creating.NEVER)
    assert "has no Id yet" in box.accessibleDescription()
    panel.form.key.setCurrentIndex(panel.form.key.findData("Phone"))
    panel.form.key.activated.emit(panel.form.key.currentIndex())
    assert (box.isEnabled(), panel.creating.value) == (True, Creating.NEVER), "off unless chosen"
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: panel.creating.value is Creating.MISSING)
    assert panel._source().creating is Creating.MISSING
    assert "a new record is created" in panel.creating.words.text()
    number = panel.way.number
    panel.way.before_leaving()
    panel = settled(bench, qtbot)
    kept = bench.reads.file_sessions.choices_of(bench.reads.file_sessions.numbered(number))
    assert kept is not None
    assert kept.creating is Creating.MISSING

    panel._leave()
    panel = settled(bench, qtbot)
    assert panel.creating.value is Creating.NEVER
    panel = opened(bench, qtbot, file)
    assert (panel.creating.value, panel.creating.box.currentText()) == (
        Creating.MISSING, "Update and create the missing ones",
    )  # fmt: skip
    panel.form.key.setCurrentIndex(panel.form.key.findData("Industry"))
    panel.form.key.activated.emit(panel.form.key.currentIndex())
    assert panel._source().creating is Creating.NEVER, "by another key nothing is made"
    assert "does not keep it unique" in panel.creating.words.text()


def test_a_column_shapes_its_texts_and_its_reference_is_left_where_it_names_nobody(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Account ID,Phone,Owner\n001A,+49 30,ana@acme.test\n")
    panel = opened(bench, qtbot, file)
    columns, more = panel.columns, panel.columns.more
    columns.table.selectRow(0)
    assert not columns.further.isEnabled()
    assert "found by this column" in columns.further.accessibleDescription()
    assert not more.shapes.isEnabled()
    assert "found by this column" in more.shapes.accessibleDescription()
    columns.table.selectRow(1)
    columns.further.setFocus()
    qtbot.keyClick(columns.further, Qt.Key.Key_Space)
    qtbot.waitUntil(more.shapes.hasFocus)
    qtbot.keyClicks(more.shapes, " trim,digits ")
    qtbot.keyClick(more.shapes, Qt.Key.Key_Return)
    assert "shaped by trim, digits" in str(columns.table.model().index(1, 2).data())
    assert not more.by.isEnabled()
    assert "no reference" in more.by.accessibleDescription()
    columns._dialog.accept()
    columns.table.selectRow(2)
    columns.field.setEditText("OwnerId")
    columns.field.activated.emit(columns.field.currentIndex())
    qtbot.waitUntil(lambda: more.by.findData("Owner.Email") >= 0)
    assert not more.mode.isEnabled(), "the reference itself is written"
    more.by.setCurrentIndex(more.by.findData("Owner.Email"))
    more.by.activated.emit(more.by.currentIndex())
    assert panel._lines[2].path == "Owner.Email"
    assert more.mode.isEnabled()
    more.not_found.setCurrentIndex(more.not_found.findData("leave"))
    more.not_found.activated.emit(more.not_found.currentIndex())
    mapping = panel._source().mapping
    assert mapping.shapes_of("Phone") == (TransformUse("trim"), TransformUse("digits"))
    assert mapping.reference_of("Owner") == ReferenceUse(not_found=NotFound.LEAVE)
    panel._save.click()
    asked = bench.window.findChild(TextDialog)
    assert asked is not None
    asked.close()
    panel._use(mapping, "Id")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert panel._source().mapping == mapping, "a saved mapping says the same on the next file"


def test_what_the_texts_become_is_shown_before_a_plan_is_made(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Account ID,Phone\n001A,+49 30\n")
    panel = opened(bench, qtbot, file)
    panel._preview.setFocus()
    qtbot.keyClick(panel._preview, Qt.Key.Key_Space)
    dialog = panel.findChild(FileValuesDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.model.rows))
    first, *_ = dialog.model.rows
    assert first.path == "Owner.Email", "what cannot be written comes first"
    assert "1 text cannot be written" in dialog._words.text()
    told = [str(dialog.table.model().index(row, 3).data()) for row in range(3)]
    assert told[1:] == ["4930", "cleared"]
    dialog.accept()


@pytest.mark.usefixtures("theming")
def test_a_file_that_went_in_two_jobs_leads_to_both(qtbot: QtBot) -> None:
    standing = FileStanding()
    qtbot.addWidget(standing)
    session = FileSession(
        1, "a.csv", "", "{}", "ana", NOW, NOW, step=FileStep.RESULT, jobs=(JobId("trial"), JobId("rest"))
    )
    standing.show_session(session, FileState.SAME)
    asked: list[str] = []
    standing.asked.connect(asked.append)
    for name in ("job", "first"):
        qtbot.keyClick(standing.buttons[name], Qt.Key.Key_Space)
    assert asked == ["job", "first"]
    standing.show_session(replace(session, jobs=(JobId("all"),)), FileState.SAME)
    assert "first" not in standing.buttons


def test_a_trial_that_was_run_is_ticked_and_one_that_nobody_ran_is_not(qtbot: QtBot) -> None:
    standing = FileStanding()
    qtbot.addWidget(standing)
    session = FileSession(1, "a.csv", "", "{}", "ana", NOW, NOW, step=FileStep.RESULT)
    for was_tried, word in ((True, "✓ Trial"), (False, "Trial")):
        standing.show_session(replace(session, was_tried=was_tried), FileState.SAME)
        assert word in [label.text() for label in standing.findChildren(PlainLabel)]


def test_rows_of_which_nobody_knows_are_not_told_as_not_arrived(qtbot: QtBot) -> None:
    standing = FileStanding()
    qtbot.addWidget(standing)
    session = FileSession(1, "a.csv", "", "{}", "ana", NOW, NOW, step=FileStep.RESULT, rows=5)
    standing.show_session(replace(session, arrived=3, unknown=1), FileState.SAME)
    assert standing.words.text() == "5 rows: 3 arrived, of 1 nobody knows, 1 did not."
