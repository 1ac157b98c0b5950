"""Filters, previews and source rules in the window, by keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCheckBox, QDialog, QHeaderView, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.test_window import CTRL, quiet, seen
from writeback.engine.previewing import Preview, PreviewCell, PreviewRow
from writeback.errors import MappingError, RefusedError, ServerBusyError
from writeback.gui.dialogs.adding import AddObjectDialog
from writeback.gui.dialogs.filtering import FilterDialog
from writeback.gui.dialogs.naming import NameDialog
from writeback.gui.dialogs.previewing import PreviewDialog
from writeback.gui.panels.mapping import MappingPanel
from writeback.gui.panels.review import ReviewPanel
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.editors import Choice, Several
from writeback.gui.widgets.filter_lines import LineRow
from writeback.gui.widgets.states import ScreenState
from writeback.gui.widgets.tables import Table
from writeback.model.fieldpaths import FieldPath
from writeback.model.filters import Operator
from writeback.model.integrations import EmptyRule, FieldMapping
from writeback.planning.filtering import FilterLine
from writeback.runtime.facade import ConnectionChange, PlanSource

pytestmark = pytest.mark.gui


def shown(bench: Bench, kind: type[QDialog]) -> QDialog | None:
    return next((one for one in bench.window.findChildren(kind) if one.isVisible()), None)


@pytest.fixture
def mapping(bench: Bench, qtbot: QtBot) -> MappingPanel:
    bench.window.go("mapping")
    quiet(bench, qtbot)
    panel = bench.window.panels["mapping"]
    assert isinstance(panel, MappingPanel)
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.READY)
    return panel


@pytest.fixture
def builder(bench: Bench, mapping: MappingPanel, qtbot: QtBot) -> FilterDialog:
    qtbot.keyClick(bench.window, Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: shown(bench, FilterDialog) is not None)
    dialog = shown(bench, FilterDialog)
    assert isinstance(dialog, FilterDialog)
    qtbot.waitUntil(lambda: bool(dialog.rows))
    qtbot.waitUntil(lambda: dialog.fields.find("Owner.Email") is not None)
    quiet(bench, qtbot)
    return dialog


def type_into(qtbot: QtBot, widget: QWidget | None, text: str) -> None:
    assert widget is not None
    widget.setFocus()
    qtbot.keyClicks(widget, text)


def choose(line: LineRow, operator: Operator, qtbot: QtBot) -> None:
    """Walk the list of comparisons with the arrow keys."""
    line.operator.setFocus()
    for _ in range(line.operator.count()):
        if line.operator.currentData() == operator.value:
            return
        qtbot.keyClick(line.operator, Qt.Key.Key_Down)
    raise AssertionError(operator)


# the builder


def test_a_filter_is_built_counted_and_saved_by_keyboard(
    bench: Bench, builder: FilterDialog, qtbot: QtBot
) -> None:
    line = builder.rows[0]
    type_into(qtbot, line.field.lineEdit(), "Industry")
    choose(line, Operator.ONE_OF, qtbot)
    several = line.editor
    assert isinstance(several, Several)
    several.showPopup()
    several.view().setCurrentIndex(several.model().index(1, 0))
    qtbot.keyClick(several.view(), Qt.Key.Key_Space)
    several.hidePopup()
    builder.add_line.setFocus()
    qtbot.keyClick(builder.add_line, Qt.Key.Key_Space)
    second = builder.rows[1]
    type_into(qtbot, second.field.lineEdit(), "owner.email")
    choose(second, Operator.CONTAINS, qtbot)
    type_into(qtbot, second.editor, "@acme")
    qtbot.waitUntil(lambda: "contains @acme" in builder.compiled.text())
    assert seen(bench, "compile_filter")[-1] == (
        (
            FilterLine("Industry", Operator.ONE_OF, "Retail"),
            FilterLine("Owner.Email", Operator.CONTAINS, "@acme"),
        ),
    )
    builder.count.setFocus()
    qtbot.keyClick(builder.count, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: builder.counted.text() == "1,204,331 records fit")
    qtbot.keyClick(builder, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: bool(seen(bench, "change_filter")))
    wanted = "Industry one_of Retail AND Owner.Email contains @acme"
    assert seen(bench, "change_filter") == [("i1", wanted)]
    panel = bench.window.panels["mapping"]
    assert isinstance(panel, MappingPanel)
    qtbot.waitUntil(lambda: wanted in panel._facts.text())


def test_one_line_is_enough_makes_a_group_of_each(bench: Bench, builder: FilterDialog, qtbot: QtBot) -> None:
    type_into(qtbot, builder.rows[0].field.lineEdit(), "Website")
    choose(builder.rows[0], Operator.IS_BLANK, qtbot)
    assert builder.rows[0].editor is None
    builder._add_and_go()
    type_into(qtbot, builder.rows[1].field.lineEdit(), "Phone")
    type_into(qtbot, builder.rows[1].editor, "1")
    builder.some.setFocus()
    qtbot.keyClick(builder.some, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: builder.condition is not None)
    assert seen(bench, "compile_filter")[-1] == (
        (FilterLine("Website", Operator.IS_BLANK),),
        (FilterLine("Phone", Operator.EQUALS, "1"),),
    )


@pytest.mark.parametrize(
    ("path", "offered"),
    [
        ("Is_Reference__c", (["is", "is blank", "is filled"], Choice)),
        ("Industry", (["is", "is not", "is one of", "is none of", "is blank", "is filled"], Choice)),
        ("Regions__c", (["is one of", "is none of", "is blank", "is filled"], Several)),
        ("Next_Step__c", (["contains", "is blank", "is filled"], None)),
    ],
)
def test_only_comparisons_that_fit_the_type_are_offered(
    builder: FilterDialog, qtbot: QtBot, path: str, offered: tuple[list[str], type[QWidget] | None]
) -> None:
    words, editor = offered
    line = builder.rows[0]
    type_into(qtbot, line.field.lineEdit(), path)
    assert [line.operator.itemText(at) for at in range(line.operator.count())] == words
    if editor is not None:
        assert isinstance(line.editor, editor)


def test_what_is_wrong_stands_at_its_line(bench: Bench, builder: FilterDialog, qtbot: QtBot) -> None:
    refusal = MappingError("filter.bad_value", path="AnnualRevenue", value="lots")
    bench.facade.fails["compile_filter"] = refusal
    type_into(qtbot, builder.rows[0].field.lineEdit(), "Website")
    type_into(qtbot, builder.rows[0].editor, "x")
    builder._add_and_go()
    wrong = builder.rows[1]
    type_into(qtbot, wrong.field.lineEdit(), "AnnualRevenue")
    type_into(qtbot, wrong.editor, "lots")
    qtbot.waitUntil(lambda: "lots cannot be compared with AnnualRevenue." in wrong.complaint)
    assert builder.rows[0].complaint == ""
    assert builder.condition is None
    builder.save.click()
    qtbot.waitUntil(lambda: len(seen(bench, "compile_filter")) > 1)
    quiet(bench, qtbot)
    assert not seen(bench, "change_filter")
    bench.facade.fails.clear()
    type_into(qtbot, wrong.editor, "1")
    assert wrong.complaint == ""


def test_an_unfinished_line_says_what_it_misses(bench: Bench, builder: FilterDialog, qtbot: QtBot) -> None:
    type_into(qtbot, builder.rows[0].field.lineEdit(), "Website")
    qtbot.keyClick(builder, Qt.Key.Key_S, CTRL)
    assert builder.rows[0].complaint == "Give a value to compare with."
    builder._add_and_go()
    type_into(qtbot, builder.rows[1].field.lineEdit(), "Nonsense")
    builder.count.click()
    assert builder.rows[1].complaint == "There is no field Nonsense."
    quiet(bench, qtbot)
    assert not seen(bench, "count")
    assert not seen(bench, "change_filter")


def test_a_condition_typed_by_hand_is_asked_of_the_crm(
    bench: Bench, builder: FilterDialog, qtbot: QtBot
) -> None:
    builder.by_hand.setFocus()
    qtbot.keyClick(builder.by_hand, Qt.Key.Key_Space)
    qtbot.keyClicks(builder.raw, "Industry ~~ 'x'")
    bench.facade.fails["change_filter"] = RefusedError("salesforce.malformed_query", message="~~")
    builder.save.click()
    qtbot.waitUntil(builder.banner.isVisible)
    assert builder.isVisible()
    assert builder.save.isEnabled()
    bench.facade.fails.clear()
    qtbot.keyClick(builder, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: not builder.isVisible())
    assert seen(bench, "change_filter")[-1] == ("i1", "Industry ~~ 'x'")


def test_fields_that_cannot_be_read_are_said_and_asked_for_again(
    bench: Bench, mapping: MappingPanel, qtbot: QtBot
) -> None:
    bench.facade.fails["describe"] = ServerBusyError("link.lost", host="acme.example")
    mapping.do("filter")
    qtbot.waitUntil(lambda: shown(bench, FilterDialog) is not None)
    dialog = shown(bench, FilterDialog)
    assert isinstance(dialog, FilterDialog)
    qtbot.waitUntil(dialog.banner.isVisible)
    assert not dialog.add_line.isEnabled()
    bench.facade.fails.clear()
    dialog._try_again()
    qtbot.waitUntil(lambda: len(dialog.rows) == 1)


def test_the_dialog_that_adds_an_object_takes_the_built_filter(
    bench: Bench, mapping: MappingPanel, qtbot: QtBot
) -> None:
    mapping._open_adding()
    dialog = shown(bench, AddObjectDialog)
    assert isinstance(dialog, AddObjectDialog)
    quiet(bench, qtbot)
    dialog._open_filter()
    built = next(one for one in dialog.findChildren(FilterDialog) if one.isVisible())
    quiet(bench, qtbot)
    type_into(qtbot, built.rows[0].field.lineEdit(), "Website")
    choose(built.rows[0], Operator.IS_BLANK, qtbot)
    qtbot.keyClick(built, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: dialog._filter.text() == "Website is_blank ")


# the preview

ROWS = (
    PreviewRow("R1", (PreviewCell("Acme", "Acme"), PreviewCell("04/13/2026", "", "value.not_a_date"))),
    PreviewRow("R2", (PreviewCell("", "", empty=EmptyRule.KEEP), PreviewCell("13.04.2026", "2026-04-13"))),
    PreviewRow("R3", (PreviewCell("", "Nobody", empty=EmptyRule.DEFAULT), PreviewCell("", ""))),
)


def open_preview(bench: Bench, mapping: MappingPanel, qtbot: QtBot) -> PreviewDialog:
    mapping.do("preview")
    qtbot.waitUntil(lambda: shown(bench, PreviewDialog) is not None)
    dialog = shown(bench, PreviewDialog)
    assert isinstance(dialog, PreviewDialog)
    return dialog


def test_a_preview_shows_each_value_as_read_and_as_kept(
    bench: Bench, mapping: MappingPanel, qtbot: QtBot
) -> None:
    bench.facade.previewed = Preview(("Name", "Since"), ROWS)
    dialog = open_preview(bench, mapping, qtbot)
    qtbot.waitUntil(lambda: dialog.states.state is ScreenState.READY)
    model = dialog.table.model()
    texts = [[model.index(row, at).data() for at in range(3)] for row in range(3)]
    assert texts == [
        ["R1", "Acme", "not kept: 04/13/2026"],
        ["R2", "(ours stays)", "13.04.2026 → 2026-04-13"],
        ["R3", "Nobody (default)", "(not set)"],
    ]
    assert dialog.told.text() == "3 records read, 1 value does not fit: Since (1)"
    assert dialog.told.property("tone") == "refused"
    qtbot.keyClick(dialog.table, Qt.Key.Key_Right)
    assert (dialog._raw.text(), dialog._kept.text()) == ("04/13/2026", "not kept")
    assert "is not a date" in dialog._why.text()
    qtbot.keyClick(dialog.only, Qt.Key.Key_Space)
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["R1"]
    assert (dialog._raw.text(), dialog._kept.text()) == ("04/13/2026", "not kept")
    qtbot.keyClick(dialog.only, Qt.Key.Key_Space)
    assert model.rowCount() == 3
    dialog.rows.setFocus()
    dialog.rows.selectAll()
    qtbot.keyClicks(dialog.rows, "250")
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [one[1] for one in seen(bench, "preview")] == [10, 250])


def test_a_preview_waits_fails_and_may_be_empty(bench: Bench, mapping: MappingPanel, qtbot: QtBot) -> None:
    bench.facade.is_held.clear()
    dialog = open_preview(bench, mapping, qtbot)
    assert dialog.states.state is ScreenState.LOADING
    assert not dialog.read.isEnabled()
    bench.facade.fails["preview"] = ServerBusyError("link.lost", host="acme.example")
    bench.facade.is_held.set()
    qtbot.waitUntil(lambda: dialog.states.state is ScreenState.ERROR)
    bench.facade.fails.clear()
    dialog.states.retry.emit()
    qtbot.waitUntil(lambda: dialog.states.state is ScreenState.EMPTY)


# what a mapping does with values coming in


def test_a_default_and_a_format_are_chosen_at_the_field_and_previewed_unsaved(
    bench: Bench, mapping: MappingPanel, qtbot: QtBot
) -> None:
    place = next(at for at, one in enumerate(mapping._model.rows) if one.path == "Phone")
    mapping._table.go_to(place)
    side = mapping._side
    side._mapped.click()
    source = side._source
    source.empty.setFocus()
    qtbot.keyClick(source.empty, Qt.Key.Key_End)
    assert source.default.isVisible()
    type_into(qtbot, source.default, "none")
    qtbot.keyClick(source.default, Qt.Key.Key_Return)
    source.format.setFocus()
    qtbot.keyClick(source.format, Qt.Key.Key_Down)
    type_into(qtbot, source.zone, "Europe/Berlin")
    qtbot.keyClick(source.zone, Qt.Key.Key_Return)
    wished = mapping._model.choice("Phone")
    assert wished is not None
    assert wished.wished is not None
    assert (wished.wished.empty_rule, wished.wished.empty_default) == (EmptyRule.DEFAULT, "none")
    assert str(wished.wished.source_format) == "dmy Europe/Berlin"
    assert not side._back.isEnabled()
    assert "nothing can be written back" in side._back_words.text()
    open_preview(bench, mapping, qtbot)
    qtbot.waitUntil(lambda: bool(seen(bench, "preview")))
    assert seen(bench, "preview") == [("i1", 10, (wished.wished,))]


def test_write_back_into_a_connection_that_is_read_only_says_so_and_can_only_go_off(
    mapping: MappingPanel,
) -> None:
    side, place = mapping._side, mapping._side._place
    assert place is not None
    on = next(at for at, one in enumerate(mapping._model.rows) if one.wished and one.wished.write_back)
    side.know_place(replace(place[0], read_only=True), place[1])
    mapping._table.go_to(on)
    side.show_choice(mapping._model.row_at(on), entity="account", integration="i1")
    assert side._back.isEnabled(), "what is on may always be switched off"
    assert "read-only" in side._back_words.text()
    side._back.click()
    assert not side._back.isEnabled()
    assert "read-only" in side._back.toolTip()
    mapping._flip_write_back()
    wished = mapping._model.rows[on].wished
    assert wished is not None
    assert not wished.write_back


def test_what_is_saved_of_a_rule_is_shown_again(bench: Bench, mapping: MappingPanel, qtbot: QtBot) -> None:
    rule = FieldMapping(FieldPath.parse("Website"), "website", empty_rule=EmptyRule.KEEP)
    bench.facade.map_fields("i1", (rule,), act="a")
    mapping.refresh()
    quiet(bench, qtbot)
    place = next(at for at, one in enumerate(mapping._model.rows) if one.path == "Website")
    mapping._table.go_to(place)
    assert mapping._side._source.empty.currentText() == "Ours stays as it is"
    assert not mapping._side._source.default.isVisible()


def test_a_zone_that_is_none_is_said_at_once(mapping: MappingPanel, qtbot: QtBot) -> None:
    place = next(at for at, one in enumerate(mapping._model.rows) if one.path == "Phone")
    mapping._table.go_to(place)
    mapping._side._mapped.click()
    source = mapping._side._source
    source.format.setFocus()
    qtbot.keyClick(source.format, Qt.Key.Key_Down)
    type_into(qtbot, source.zone, "Berlin time")
    qtbot.keyClick(source.zone, Qt.Key.Key_Return)
    assert "no time zone Berlin time" in source._error.text()
    assert source._error.isVisible()


# how a connection is shown, and what is never cut


def test_a_connection_wears_its_own_word_and_colour(bench: Bench, qtbot: QtBot) -> None:
    bench.facade.change_connection("c1", ConnectionChange(word="LIVE EU", colour="violet"), act="a")
    bench.window.go("connections")
    quiet(bench, qtbot)
    bench.window.panels["connections"].refresh()

    def tones() -> set[str]:
        chips = bench.window.findChildren(Chip)
        return {one._tone for one in chips if one.isVisible() and one.text == "LIVE EU"}

    qtbot.waitUntil(lambda: tones() == {"conflict"})


def test_write_on_save_of_production_asks_for_the_orgs_name_once(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("connections")
    quiet(bench, qtbot)

    def switches() -> list[QCheckBox]:
        boxes = bench.window.panels["connections"].findChildren(QCheckBox)
        return [one for one in boxes if one.text() == "Write on save" and one.isVisible()]

    production, _uat = switches()
    production.setFocus()
    qtbot.keyClick(production, Qt.Key.Key_Space)
    asked = shown(bench, NameDialog)
    assert isinstance(asked, NameDialog)
    assert not asked.go.isEnabled()
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert not production.isChecked()
    qtbot.keyClick(production, Qt.Key.Key_Space)
    again = next(one for one in bench.window.findChildren(NameDialog) if one.isVisible())
    qtbot.keyClicks(again.name, "acme corporation")
    qtbot.keyClick(again.name, Qt.Key.Key_Return)
    assert again.isVisible()  # Enter never does such a thing
    again.go.setFocus()
    qtbot.keyClick(again.go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(seen(bench, "change_connection")))
    assert seen(bench, "change_connection") == [
        ConnectionChange(write_on_save=True, confirm_org="Acme Corporation")
    ]
    qtbot.waitUntil(lambda: len(switches()) == 2 and switches()[0].isChecked())
    switches()[1].click()
    qtbot.waitUntil(lambda: len(seen(bench, "change_connection")) == 2)


def test_a_plan_that_comes_before_the_names_of_its_crms_is_told_again(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("review", PlanSource(kind="drafts"))
    quiet(bench, qtbot)
    review = bench.window.panels["review"]
    assert isinstance(review, ReviewPanel)
    connections, plan = dict(review._connections), review._plan
    assert plan is not None
    review._connections = {}
    review._show_plan(plan)
    assert "nobody" in review._door.send.text()
    review._show_drafts(((), connections, review._team))
    assert "Acme (PRODUCTION)" in review._door.send.text()
    quiet(bench, qtbot)


@pytest.mark.parametrize("width", [900, 1280])
def test_states_are_never_cut_whatever_the_width(bench: Bench, qtbot: QtBot, width: int) -> None:
    bench.window.resize(width, 600)
    bench.window.go("review", PlanSource(kind="drafts"))
    quiet(bench, qtbot)
    for chip in bench.window.findChildren(Chip):
        if chip.isVisible():
            assert chip.width() >= chip.sizeHint().width(), chip.text
    assert bench.window.width() == width
    table = next(one for one in bench.window.panels["review"].findChildren(Table) if one.isVisible())
    head: QHeaderView = table.horizontalHeader()
    for place, spec in enumerate(table.model().specs):  # type: ignore[attr-defined]
        assert head.sectionSize(place) >= head.sectionSizeFromContents(place).width(), spec.title
        if spec.chip is not None:
            font = table.font()
            font.setBold(True)
            words = max(QFontMetrics(font).horizontalAdvance(word) for word in ("conflict", "blocked"))
            assert head.sectionSize(place) >= words + 30
            assert head.sectionViewportPosition(place) + head.sectionSize(place) <= table.viewport().width()
