"""Data model: attributes with their sources; a switch says where an edit lands, or why it cannot."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW, seed_fan_out
from tests.gui.working import health_check
from writeback.gui.dialogs.modelling import AddAttributeDialog, RetypeDialog
from writeback.gui.dialogs.naming import NameDialog
from writeback.gui.panels.data_model import DataModelPanel
from writeback.model.masters import MasterKind, MasterRule
from writeback.model.plays import Play, PlayStep, PlayTrigger, StepKind, TriggerKind
from writeback.model.segments import Segment
from writeback.model.types import AttributeType, ConnectionId
from writeback.runtime.views import AttributeUses
from writeback.store import model, plays, schema, segments


def settle(qtbot: QtBot, bench: Bench) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


def opened(qtbot: QtBot, bench: Bench, attribute: str = "industry") -> DataModelPanel:
    bench.window.go("model", "account")
    settle(qtbot, bench)
    panel = bench.window.panels["model"]
    assert isinstance(panel, DataModelPanel)
    panel._table.go_to(panel._model.place_of(attribute))
    settle(qtbot, bench)
    assert panel._view is not None
    assert panel._view.attribute.name == attribute
    return panel


def words_of(panel: DataModelPanel) -> str:
    return " ".join(
        label.text()
        for label in panel.side.targets.findChildren(QLabel)
        if label.isVisibleTo(panel.side.targets)
    )


def test_each_source_says_where_an_edit_lands(qtbot: QtBot, bench: Bench) -> None:
    panel = opened(qtbot, bench)
    (switch,) = panel.side.targets.switches
    assert (switch.isChecked(), switch.isEnabled()) == (True, True)
    lands = "Edits write to Account.Industry in Acme (PRODUCTION). Automation in this CRM may run."
    qtbot.waitUntil(lambda: lands in words_of(panel))
    QTest.keyClick(switch, Qt.Key.Key_Space)
    settle(qtbot, bench)
    assert bench.facade.seen[-1][0] == "map_fields"
    (switch,) = panel.side.targets.switches
    assert not switch.isChecked()
    qtbot.waitUntil(lambda: "write-back is off" in words_of(panel))
    assert panel._model.rows[panel._model.place_of("industry")].view.targets[0].mapping.write_back is False


def test_a_switch_that_cannot_be_used_says_why(qtbot: QtBot, bench: Bench) -> None:
    panel = opened(qtbot, bench, "health")
    with bench.workspace.writing() as db:
        db.execute(update(schema.connections).values(read_only=True))
    panel.refresh()
    settle(qtbot, bench)
    (switch,) = panel.side.targets.switches
    assert (switch.isChecked(), switch.isEnabled()) == (False, False)
    qtbot.waitUntil(lambda: "read-only" in words_of(panel).casefold())


def test_title_and_stages_are_saved_in_their_order(qtbot: QtBot, bench: Bench) -> None:
    panel = opened(qtbot, bench, "tier")
    assert panel.side.options.toPlainText().splitlines() == ["Gold", "Silver", "Bronze"]
    panel.side.options.setPlainText("Bronze\nSilver = Silver plus\nGold\n")
    panel.side.title.setFocus()
    panel.side.title.clear()
    QTest.keyClicks(panel.side.title, "Rank")
    panel._table.go_to(0)  # what is typed is not swept away by choosing another attribute
    assert panel.side.title.text() == "Rank"
    QTest.keyClick(panel, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, bench)
    with bench.workspace.reading() as db:
        kept = model.get_attribute(db, "account", "tier")
    assert kept.title == "Rank"
    assert [(one.value, one.label) for one in kept.options] == [
        ("Bronze", "Bronze"),
        ("Silver", "Silver plus"),
        ("Gold", "Gold"),
    ]
    assert not panel._save.isEnabled()


def test_what_cannot_be_saved_stays_typed(qtbot: QtBot, bench: Bench) -> None:
    panel = opened(qtbot, bench, "tier")
    panel.side.options.setPlainText("Gold\nGold")
    panel._save_attribute()
    settle(qtbot, bench)
    assert panel.states.banner.isVisible()
    assert panel.side.options.toPlainText() == "Gold\nGold"
    panel._discard()
    assert panel.side.options.toPlainText().splitlines() == ["Gold", "Silver", "Bronze"]


def test_another_type_is_told_before_it_happens(qtbot: QtBot, bench: Bench) -> None:
    panel = opened(qtbot, bench, "health")
    panel._open_retyping()
    dialog = next(one for one in bench.window.findChildren(RetypeDialog) if one.isVisible())
    dialog.kind.setCurrentIndex(dialog.kind.findData(AttributeType.TEXT.value))
    dialog._look()
    settle(qtbot, bench)
    assert "convert." in dialog.words.text()
    assert dialog.convert.isEnabled()
    dialog.convert.click()
    settle(qtbot, bench)
    with bench.workspace.reading() as db:
        assert model.get_attribute(db, "account", "health").kind is AttributeType.TEXT
    assert panel._model.rows[panel._model.place_of("health")].view.attribute.kind is AttributeType.TEXT


def test_an_attribute_is_added_and_goes_again(qtbot: QtBot, bench: Bench) -> None:
    panel = opened(qtbot, bench)
    panel._open_adding()
    dialog = next(one for one in bench.window.findChildren(AddAttributeDialog) if one.isVisible())
    QTest.keyClicks(dialog.title, "Renewal risk")
    assert dialog.name.text() == "renewal_risk"
    dialog.kind.setCurrentIndex(dialog.kind.findData(AttributeType.LIST.value))
    dialog._fit()
    dialog.options.setPlainText("low = Low\nhigh = High")
    dialog._save()
    settle(qtbot, bench)
    assert panel._view is not None
    assert panel._view.attribute.name == "renewal_risk"
    qtbot.waitUntil(lambda: "No field of a CRM is mapped to it" in words_of(panel))
    panel._ask_users()
    settle(qtbot, bench)
    asked = next(one for one in bench.window.findChildren(NameDialog) if one.isVisible())
    assert not asked.go.isEnabled()
    QTest.keyClicks(asked.name, "Renewal risk")
    asked.go.click()
    settle(qtbot, bench)
    assert "renewal_risk" not in {line.view.attribute.name for line in panel._model.rows}


def test_what_names_an_attribute_is_counted_and_told_before_it_goes(qtbot: QtBot, bench: Bench) -> None:
    step = PlayStep(StepKind.COPY, "health", source="tier")
    trigger = PlayTrigger(TriggerKind.ENTERS, segment="Big fish")
    with bench.workspace.writing() as db:
        for name, text in (("Big fish", "health > 5 and arr > 5"), ("Nobody reads it", "gone is 1")):
            segments.save(db, Segment(name, "account", text, "ana", NOW, is_shared=True))
        plays.save(db, Play("Climb", "account", trigger, (step,)), at=NOW)
    bench.facade.forms.save(health_check(NOW), author="ana")
    uses = bench.reads.attribute_uses("account")
    assert uses["health"] == AttributeUses(("Big fish",), (), ("Climb",))
    assert uses["tier"].plays == ("Climb",), "it is read"
    assert uses["renewal"] == AttributeUses(("Renewals",), ("Health check",), ())
    assert uses["industry"].forms == ("Health check",), "it decides what else is asked for"
    assert uses["arr"] == AttributeUses(("Big fish",), ("Health check",), ("Climb",))
    assert "website" not in uses
    panel = opened(qtbot, bench, "arr")
    line = panel._model.rows[panel._model.place_of("arr")]
    assert line.used == "3"
    assert line.used_words() == "Segment: Big fish\nForm: Health check\nPlay: Climb"
    panel._ask_users()
    settle(qtbot, bench)
    asked = next(one for one in bench.window.findChildren(NameDialog) if one.isVisible())
    words = " ".join(label.text() for label in asked.findChildren(QLabel))
    assert "1 segment names it and could no longer be read: Big fish." in words
    assert "1 form asks for it and would no longer: Health check." in words
    assert "1 play names it and could no longer run: Climb." in words


def test_the_screen_is_used_by_keyboard_and_is_empty_at_first(qtbot: QtBot, empty_bench: Bench) -> None:
    empty_bench.window.go("model")
    settle(qtbot, empty_bench)
    panel = empty_bench.window.panels["model"]
    assert panel.states.state == "empty"
    assert QApplication.focusWidget() is not None


def test_whose_value_counts_is_chosen_where_several_crms_feed_an_attribute(
    qtbot: QtBot, bench: Bench
) -> None:
    panel = opened(qtbot, bench)
    assert panel.side.master.isHidden()
    with bench.workspace.writing() as db:
        seed_fan_out(db)
    panel.refresh()
    settle(qtbot, bench)
    panel = opened(qtbot, bench)
    choice = panel.side.master
    assert not choice.isHidden()
    names = [choice.box.itemText(place) for place in range(choice.box.count())]
    assert names[:4] == ["The newest change", "Ask me", "Prefer Acme", "Acme, unless it is empty"]
    choice.box.setCurrentIndex(2)
    choice.box.activated.emit(2)
    settle(qtbot, bench)
    rule = MasterRule(MasterKind.PREFER, ConnectionId("c1"))
    assert ("set_master", ("account", "industry", rule)) in bench.facade.seen
    qtbot.waitUntil(lambda: panel._view is not None and panel._view.master == rule)
    assert choice.box.currentText() == "Prefer Acme"
