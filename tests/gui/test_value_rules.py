"""The value rules of a mapping in the window: unmatched values on top, and nothing is guessed by likeness."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from writeback.gui.models.value_lines import GONE, NEW, lines_of, proposed
from writeback.gui.panels.mapping import MappingPanel
from writeback.model.attributes import Option
from writeback.model.integrations import BlankRule, FieldMapping
from writeback.model.value_rules import Pair, TransformUse, UnknownRule

OFFERED = (Option("hot", "Hot"), Option("warm", "Warm"), Option("old", "Old", active=False))


def test_what_is_new_stands_on_top_and_what_is_gone_is_marked() -> None:
    lines = lines_of(OFFERED, (Pair("old", "Bronze"), Pair("hot", "Gold")))
    assert [(one.theirs, one.ours, one.state) for one in lines] == [
        ("warm", "", NEW),
        ("old", "Bronze", GONE),
        ("hot", "Gold", ""),
    ]
    assert [one.state for one in lines_of((), (Pair("anything", "Gold"),))] == [""]
    ours = (Option("Warm", "Warm"), Option("w2", "warmer"))
    assert proposed(lines[0], ours) == "Warm"
    assert proposed(lines[0], (Option("a", "Warm"), Option("b", "WARM"))) == ""


def opened(qtbot: QtBot, bench: Bench, path: str) -> MappingPanel:
    bench.window.go("mapping")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    panel = bench.window.panels["mapping"]
    assert isinstance(panel, MappingPanel)
    place = next(at for at, one in enumerate(panel._model.rows) if one.path == path)
    panel._table.go_to(place)
    return panel


def wished(panel: MappingPanel, path: str) -> FieldMapping:
    choice = panel._model.choice(path)
    assert choice is not None
    assert choice.wished is not None
    return choice.wished


def test_a_map_is_chosen_line_by_line_and_saved_with_its_rule(qtbot: QtBot, bench: Bench) -> None:
    panel = opened(qtbot, bench, "Tier__c")
    values = panel._side.values
    assert not values._map.isHidden()
    for theirs in ("gold_2024", "silver_2024"):
        values.add.setText(theirs)
        QTest.keyClick(values.add, Qt.Key.Key_Return)
    assert values.table.item(0, 0).text() == "silver_2024 · new"
    values.table.choose(0, "Silver")
    values.table.choose(1, "Gold")
    values.table.changed.emit()
    assert set(wished(panel, "Tier__c").values.pairs) >= {
        Pair("gold_2024", "Gold"),
        Pair("silver_2024", "Silver"),
    }
    values.unknown.setCurrentIndex(values.unknown.findData(UnknownRule.DEFAULT.value))
    values.unknown.activated.emit(values.unknown.currentIndex())
    assert not values.default.isHidden()
    values.default.setCurrentIndex(values.default.findData("Gold"))
    values.default.activated.emit(values.default.currentIndex())
    values.blank.setCurrentIndex(values.blank.findData(BlankRule.CLEAR.value))
    values.blank.activated.emit(values.blank.currentIndex())
    values.transforms.setFocus()
    QTest.keyClicks(values.transforms, "trim, upper")
    values.transforms.editingFinished.emit()
    panel._saving.save()
    qtbot.waitUntil(lambda: not bench.tasks.running)
    saved = next(one for one in bench.reads.integrations() if one.id == "i1").mapping_of("tier")
    assert saved is not None
    assert (saved.values.unknown, saved.values.default) == (UnknownRule.DEFAULT, "Gold")
    assert set(saved.values.pairs) >= {Pair("gold_2024", "Gold"), Pair("silver_2024", "Silver")}
    assert saved.values.transforms == (TransformUse("trim"), TransformUse("upper"))
    assert saved.blank_rule is BlankRule.CLEAR


def test_equal_names_are_matched_only_when_asked(qtbot: QtBot, bench: Bench) -> None:
    panel = opened(qtbot, bench, "Tier__c")
    values = panel._side.values
    assert wished(panel, "Tier__c").values.pairs == ()
    values.add.setText("GOLD")
    QTest.keyClick(values.add, Qt.Key.Key_Return)
    assert wished(panel, "Tier__c").values.pairs == ()
    values.match.click()
    assert Pair("GOLD", "Gold") in wished(panel, "Tier__c").values.pairs


def test_a_field_of_free_text_has_no_map_but_transforms(qtbot: QtBot, bench: Bench) -> None:
    panel = opened(qtbot, bench, "Website")
    assert panel._side.values._map.isHidden()
    assert not panel._side.values._shape.isHidden()
    panel = opened(qtbot, bench, "Owner.Email")
    assert panel._side.values._map.isHidden()
    assert panel._side.values._shape.isHidden()
