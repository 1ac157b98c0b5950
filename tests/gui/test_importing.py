"""Import of a configuration in the window: each part beside what is here, ticked, imported, told."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.test_window import seen
from writeback.errors import ConfigurationError
from writeback.gui.dialogs.importing import ImportDialog
from writeback.gui.panels.settings import SettingsPanel
from writeback.gui.widgets.states import ScreenState
from writeback.model.changes import Reason
from writeback.model.configurations import (
    ConfigDiff,
    ConfigImported,
    ConfigItem,
    Deed,
    ItemKind,
    Pairing,
)
from writeback.runtime.config_files import read

pytestmark = pytest.mark.gui

LEVEL = ConfigItem(
    "attribute:account.level", ItemKind.ATTRIBUTE, "<b>Level</b>", "account", Deed.CHANGE,
    (("title", "Rank", "Level"),),
)  # fmt: skip
MAPPED = ConfigItem(
    "mapping:A/Account/account/Industry", ItemKind.MAPPING, "Industry", "Acme · Account", Deed.ADD
)
WRITES = ConfigItem(
    f"write_back:{MAPPED.id}", ItemKind.WRITE_BACK, "Industry", "Acme · Account", Deed.CHANGE,
    needs=(MAPPED.id,),
)  # fmt: skip
LOST = ConfigItem(
    "segment:lost", ItemKind.SEGMENT, "Lost", "account", Deed.BLOCKED,
    reason=Reason("config.attribute_missing", (("entity", "account"), ("name", "gone"))),
)  # fmt: skip
SAME = ConfigItem("entity:account", ItemKind.ENTITY, "Account", "", Deed.SAME)
DIFF = ConfigDiff(
    (SAME, LEVEL, MAPPED, WRITES, LOST), (Pairing("UAT", "salesforce", "Acme", ("Acme", "Acme EU")),)
)


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> SettingsPanel:
    bench.window.go("settings")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    found = bench.window.panels["settings"]
    assert isinstance(found, SettingsPanel)
    return found


def opened(page: SettingsPanel, file: Path, bench: Bench, qtbot: QtBot) -> ImportDialog:
    dialog = page.below.configuration.import_from(file)
    qtbot.waitUntil(lambda: not bench.tasks.running)
    return dialog


def test_what_differs_is_ticked_but_write_back_is_not_and_what_cannot_be_says_why(
    bench: Bench, page: SettingsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "c.json"
    file.write_text("{}")
    bench.facade.compared = DIFF
    dialog = opened(page, file, bench, qtbot)
    assert dialog.states.state is ScreenState.PARTIAL
    assert dialog.ticked == (LEVEL.id, MAPPED.id)
    assert dialog.go.text() == "Import 2 parts"
    assert dialog.list.count() == 4  # what is the same is not asked about
    assert dialog.list.item(0).text() == "≠ Attribute: <b>Level</b> · account"
    assert dialog.facts.shown["Title"] == "Rank → Level"
    dialog.list.setFocus()
    for _ in range(3):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert "has the attribute gone of account" in dialog.why.text()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)  # it cannot be ticked
    assert dialog.ticked == (LEVEL.id, MAPPED.id)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)  # write-back, by a person's own key
    assert dialog.ticked == (LEVEL.id, MAPPED.id, WRITES.id)
    dialog.none.click()
    assert dialog.go.accessibleDescription() == "Tick what shall be imported."
    dialog.every.click()
    assert dialog.ticked == (LEVEL.id, MAPPED.id)
    dialog.reject()


def test_ticked_parts_are_imported_and_refused_ones_stay_with_their_reason(
    bench: Bench, page: SettingsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "c.json"
    file.write_text("{}")
    bench.facade.compared = replace(DIFF, items=(LEVEL, MAPPED))
    bench.facade.imported = ConfigImported(
        (LEVEL.id,), ((MAPPED.id, Reason("mapping.other", ())),), "/b/20261127-asked.writeback"
    )
    dialog = opened(page, file, bench, qtbot)
    dialog.go.setFocus()
    qtbot.keyClick(dialog.go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(seen(bench, "import_configuration")) and not bench.tasks.running)
    assert seen(bench, "import_configuration") == [((LEVEL.id, MAPPED.id), (), "ana")]
    assert "20261127-asked.writeback" in dialog.states.banner.words
    assert "1 was refused" in dialog.states.banner.words
    assert dialog.list.count() == 1
    assert "mapping.other" in dialog.why.text()
    assert dialog.ticked == ()
    dialog.reject()


def test_which_connection_is_meant_is_asked_and_compared_anew(
    bench: Bench, page: SettingsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "c.json"
    file.write_text("{}")
    bench.facade.compared = DIFF
    dialog = opened(page, file, bench, qtbot)
    (choice,) = dialog.pairing.findChildren(type(page.below.guards.place))
    assert choice.currentText() == "Acme"
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    qtbot.waitUntil(lambda: len(seen(bench, "compare_configuration")) == 2 and not bench.tasks.running)
    assert seen(bench, "compare_configuration")[1] == ("{}", "c.json", (("UAT", "Acme EU"),))
    dialog.reject()


def test_a_file_that_is_none_or_says_nothing_new_is_told(
    bench: Bench, page: SettingsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    missing = opened(page, tmp_path / "none.json", bench, qtbot)
    assert missing.states.state is ScreenState.ERROR
    missing.reject()
    file = tmp_path / "c.json"
    file.write_text("{}")
    bench.facade.fails["compare_configuration"] = ConfigurationError("config.too_new", file="c", found="9")
    refused = opened(page, file, bench, qtbot)
    assert refused.states.state is ScreenState.ERROR
    refused.reject()
    bench.facade.fails.clear()
    bench.facade.compared = ConfigDiff((SAME,))
    same = opened(page, file, bench, qtbot)
    assert same.states.state is ScreenState.EMPTY
    same.reject()


def test_the_configuration_is_written_to_a_file(
    bench: Bench, page: SettingsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    page.below.configuration.export_to(tmp_path / "c.json")
    qtbot.waitUntil((tmp_path / "c.json").exists)
    qtbot.waitUntil(lambda: not bench.tasks.running)
    told = read((tmp_path / "c.json").read_text("utf-8"), name="c.json")
    assert {one.connection for one in told.integrations} <= {
        one.connection.name for one in bench.reads.connections()
    }
    assert json.loads((tmp_path / "c.json").read_text("utf-8"))["workspace"] == "Northwind"
