"""Mapping by keyboard: steps back and again, copies, files, paths through references, and many fields."""

import json
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import rid
from writeback.errors import MappingError
from writeback.gui.dialogs.pathing import PATH
from writeback.gui.models.fields import FieldChoice, FieldsModel, choices_of
from writeback.gui.panels.mapping import MappingPanel
from writeback.gui.panels.mapping_saving import fresh_of
from writeback.model.bulk import BulkAction, BulkEdit
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration, ReferenceMode
from writeback.model.types import AttributeType, ConnectionId, IntegrationId
from writeback.runtime import mapping_files
from writeback.runtime.facade.references import ReferenceMeaning
from writeback.sdk.values import FieldInfo, ObjectDescription
from writeback.store import sqlite

pytestmark = pytest.mark.gui


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> MappingPanel:
    bench.window.go("mapping")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    found = bench.window.panels["mapping"]
    assert isinstance(found, MappingPanel)
    qtbot.waitUntil(lambda: found._model.rowCount() > 0)
    return found


def keys(panel: MappingPanel, key: Qt.Key) -> None:
    QTest.keyClick(panel._table, key, Qt.KeyboardModifier.ControlModifier)


def wished(panel: MappingPanel) -> dict[str, FieldMapping | None]:
    return {one.path: one.wished for one in panel._model.changed}


def test_each_step_is_undone_and_redone_by_keyboard(panel: MappingPanel) -> None:
    panel._table.setFocus()
    panel._table.go_to(0)
    first = panel._model.row_at(0)
    assert first is not None
    assert first.wished is not None
    was = first.wished.write_back
    QTest.keyClick(panel._table, Qt.Key.Key_Space)
    panel._table.go_to(1)
    QTest.keyClick(panel._table, Qt.Key.Key_Space)
    assert len(wished(panel)) == 2
    keys(panel, Qt.Key.Key_Z)
    keys(panel, Qt.Key.Key_Z)
    assert wished(panel) == {}
    keys(panel, Qt.Key.Key_Z)  # no step is left: nothing happens
    keys(panel, Qt.Key.Key_Y)
    (again,) = wished(panel).values()
    assert again is not None
    assert again.write_back is not was
    assert panel._save.isEnabled()


def test_a_mapping_travels_by_a_file_and_says_what_does_not_fit(panel: MappingPanel, tmp_path: Path) -> None:
    path = tmp_path / "accounts.json"
    panel._more.export_to(path)
    told = json.loads(path.read_text())
    told["fields"].append({"path": "Nowhere__c", "attribute": "nowhere"})
    new = next(one.path for one in panel._model._all if one.saved is None and not one.hops)
    told["fields"].append({"path": new, "attribute": "brand_new", "write_back": True})
    path.write_text(json.dumps(told))
    panel._more.import_from(path)
    assert "Not here: Nowhere__c." in panel.states.banner.words
    (made,) = wished(panel).values()  # what stands already keeps its write-back
    assert made == FieldMapping(FieldPath.parse(new), "brand_new")
    path.write_text("{}")
    panel._more.import_from(path)
    assert "mapping_file.unreadable" in panel.states.banner.words


def test_a_path_through_references_unfolds_and_says_what_would_change(
    bench: Bench, panel: MappingPanel, qtbot: QtBot
) -> None:
    bench.facade.meanings = (
        ReferenceMeaning(ReferenceMode.REPOINT, "Account", "Email", "User", "Owner", "Acme"),
        ReferenceMeaning(ReferenceMode.EDIT_TARGET, "User", "Email", "", "Owner", "Acme"),
    )
    panel._wishes.open_path()
    dialog = panel._wishes.dialog
    assert not dialog.add.isEnabled()
    dialog.path.setText("Owner.Manager.Email")
    dialog.path.editingFinished.emit()
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert "Update the reference object" in dialog.words.text()
    assert "User" in dialog.words.text()
    roots = [dialog.tree.topLevelItem(place) for place in range(dialog.tree.topLevelItemCount())]
    assert all(str(item.data(0, PATH)).endswith(".") for item in roots if item is not None)
    QTest.keyClick(dialog.path, Qt.Key.Key_Tab)
    dialog.add.click()
    assert wished(panel)["Owner.Manager.Email"] == FieldMapping(
        FieldPath.parse("Owner.Manager.Email"), "owner_manager_email"
    )


def test_eight_hundred_fields_are_shown_within_the_budget(qtbot: QtBot) -> None:
    fields = tuple(
        FieldInfo(f"F{number}__c", f"Field {number}", AttributeType.TEXT, "string", is_updateable=True)
        for number in range(800)
    )
    described = ObjectDescription("Account", "Account", "Id", "Name", "", is_updateable=True, fields=fields)
    own = Integration(IntegrationId("i1"), ConnectionId("c1"), "Account", "account", "Id")
    model = FieldsModel()
    began = perf_counter()
    model.show_choices(choices_of(described, own, related={}), keeps=False)
    assert perf_counter() - began < 0.3
    assert model.rowCount() == 800
    for number in range(500):  # each a step of its own, and back again
        path = f"F{number}__c"
        model.wish(path, FieldMapping(FieldPath.parse(path), f"f{number}"))
    assert model.steps == (500, 0)
    while model.undo():
        pass
    assert (model.changed, model.steps) == ((), (0, 500))


def test_a_data_loader_mapping_is_read() -> None:
    text = "#Mapping values\nAccount\\ Name=Name\nOwner=Owner\\:Email\nUnused=\n"
    read = mapping_files.read(text, name="m.sdl")
    assert [(str(one.path), one.attribute) for one in read] == [
        ("Name", "account_name"),
        ("Owner.Email", "owner"),
    ]
    with pytest.raises(MappingError, match="mapping_file"):
        mapping_files.read("no mapping at all", name="m.sdl")


def test_in_the_smallest_window_eight_fields_are_in_sight(
    bench: Bench, panel: MappingPanel, qtbot: QtBot
) -> None:
    bench.window.resize(900, 600)
    table = panel._table
    qtbot.waitUntil(lambda: table.viewport().height() >= 8 * table.rowHeight(0))
    assert not panel._head.explains.isVisible()
    bench.window.resize(1280, 800)
    qtbot.waitUntil(panel._head.explains.isVisible)


def test_what_is_switched_on_is_offered_to_records_that_are_there(
    bench: Bench, panel: MappingPanel, qtbot: QtBot
) -> None:
    with bench.facade.workspace.writing() as db:  # two records hold another name than their CRM does
        sqlite.run(db, "update rec_account set name = 'Ours ' || rid where rid in (?, ?)", (rid(0), rid(1)))
    place = next(
        number
        for number in range(panel._model.rowCount())
        if (one := panel._model.row_at(number)) is not None and one.path == "Name"
    )
    panel._table.go_to(place)
    QTest.keyClick(panel._table, Qt.Key.Key_Space)
    panel._save.click()
    qtbot.waitUntil(lambda: "existing" in panel.states.banner._act.text())
    assert "2 values differ" in panel.states.banner.words
    panel.states.banner._act.click()
    dialog = panel._saving.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.found is not None)
    assert dialog.chosen == ("name",)
    assert dialog.review.text() == "Review 2 changes…"
    assert {row.ours for row in dialog.sample.rows} == {f"Ours {rid(0)}", f"Ours {rid(1)}"}
    QTest.keyClick(dialog.ticks["name"], Qt.Key.Key_Space)
    assert not dialog.review.isEnabled()
    QTest.keyClick(dialog.ticks["name"], Qt.Key.Key_Space)
    with qtbot.waitSignal(panel.asked) as asked:
        dialog.review.click()
    where, source = asked.args
    assert (where, source.sets, source.integration) == ("review", (BulkEdit("name", BulkAction.HELD),), "i1")
    assert source.only_changes


def test_only_what_was_not_written_before_is_asked_about() -> None:
    own = FieldMapping(FieldPath.parse("Name"), "name", write_back=True)
    off = replace(own, write_back=False)
    other = replace(own, attribute="title")

    def choice(saved: FieldMapping | None, wished: FieldMapping | None) -> FieldChoice:
        return FieldChoice("Name", "Name", None, saved, wished)

    assert fresh_of([choice(None, own), choice(off, own), choice(own, other)]) == ("name", "name", "title")
    assert fresh_of([choice(own, off), choice(own, None), choice(None, off), choice(own, own)]) == ()


def test_an_object_that_was_never_pulled_is_led_through_six_steps(
    bench: Bench, panel: MappingPanel, qtbot: QtBot
) -> None:
    assert panel._steps.isHidden()
    with bench.facade.workspace.writing() as db:
        sqlite.run(db, "update integrations set last_pull_at = null where id = 'i1'")
    panel.refresh()
    qtbot.waitUntil(lambda: not panel._steps.isHidden())
    told = [one.accessibleDescription() for one in panel._steps.buttons]
    assert told[:2] == ["done", "done"]
    assert told[-1] != "done"
    QTest.keyClick(panel._steps.buttons[1], Qt.Key.Key_Space)
    qtbot.waitUntil(panel._table.hasFocus)
    QTest.keyClick(panel._steps.buttons[5], Qt.Key.Key_Space)
    assert panel._steps.buttons[5].accessibleDescription() == "done"
    assert [call for call, _ in bench.facade.seen][-1:] in ([], ["preview"])
