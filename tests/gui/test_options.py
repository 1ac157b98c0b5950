"""Options and stages: reordered by keyboard, merged, and who names an attribute that goes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import delete

from tests.gui.conftest import Bench
from tests.gui.test_data_model import opened, settle
from writeback.errors import ConfigurationError
from writeback.gui.dialogs.modelling import MergeDialog
from writeback.gui.dialogs.naming import NameDialog
from writeback.gui.widgets.text import PlainLabel
from writeback.model.value_rules import Pair, UnknownRule
from writeback.runtime import merging_options
from writeback.runtime.segmenting import Segmenting
from writeback.store import integrations, model, schema, sqlite

pytestmark = pytest.mark.gui


def test_a_stage_is_moved_by_keyboard_and_saved(bench: Bench, qtbot: QtBot) -> None:
    panel = opened(qtbot, bench, "tier")
    panel.side.options.setFocus()
    QTest.keyClick(panel.side.options, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert panel.side.options.toPlainText().split("\n")[:2] == ["Silver", "Gold"]
    assert panel.side.options.current == "Gold"  # the cursor goes with its line
    QTest.keyClick(panel, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, bench)
    with bench.workspace.reading() as db:
        stages = [one.value for one in model.get_attribute(db, "account", "tier").options]
    assert stages == ["Silver", "Gold", "Bronze"]


def test_two_options_become_one_and_the_crm_keeps_its_own(bench: Bench, qtbot: QtBot) -> None:
    with bench.workspace.writing() as db:
        db.execute(delete(schema.drafts))
        db.execute(delete(schema.value_states))
        count = "select count(*) from rec_account where industry = ?"
        before = [sqlite.run(db, count, (one,)).fetchone()[0] for one in ("Mining", "Energy")]
    panel = opened(qtbot, bench, "industry")
    panel.side.merge.click()
    (dialog,) = panel.window().findChildren(MergeDialog)
    dialog.gone.setCurrentIndex(dialog.gone.findData("Mining"))
    dialog.into.setCurrentIndex(dialog.into.findData("Energy"))
    assert "Records that hold Mining hold Energy" in dialog.words.text()
    dialog.act.click()
    settle(qtbot, bench)
    with bench.workspace.reading() as db:
        held = [sqlite.run(db, count, (one,)).fetchone()[0] for one in ("Mining", "Energy")]
        options = [one.value for one in model.get_attribute(db, "account", "industry").options]
        mapping = integrations.get(db, "i1").mapping_of("industry")
    assert held == [0, sum(before)]
    assert "Mining" not in options
    assert mapping is not None
    assert mapping.values.theirs_of("Energy") == "Energy"  # what is written stays what it was
    assert Pair("Mining", "Energy") in mapping.values.pairs
    assert mapping.values.unknown is UnknownRule.PASS


def test_options_that_are_wanted_are_not_merged(bench: Bench) -> None:
    with pytest.raises(ConfigurationError) as refused:
        merging_options.merge(bench.workspace, "account", "industry", gone="Mining", into="Nothing")
    assert refused.value.code == "attribute.bad_merge"
    with pytest.raises(ConfigurationError) as held:
        merging_options.merge(bench.workspace, "account", "industry", gone="Mining", into="Energy")
    assert held.value.code in ("attribute.merge_drafts", "attribute.under_way")


def test_deleting_an_attribute_names_the_segments_that_name_it(bench: Bench, qtbot: QtBot) -> None:
    with bench.workspace.writing() as db:
        db.execute(delete(schema.value_states))
    Segmenting(bench.workspace).save("Miners", 'industry = "Mining"', entity="account", author="ana")
    Segmenting(bench.workspace).save("Golden", 'tier = "Gold"', entity="account", author="ana")
    panel = opened(qtbot, bench, "industry")
    panel._ask_users()
    settle(qtbot, bench)
    (asked,) = panel.window().findChildren(NameDialog)
    words = " ".join(label.text() for label in asked.findChildren(PlainLabel))
    assert "Miners" in words
    assert "Golden" not in words
