"""Notes and survey scores beside a record: written here, changed with their past kept, written to no CRM."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW, rid
from writeback.gui.dialogs.note_text import NoteDialog, NoteHistoryDialog
from writeback.gui.panels.profile import ProfilePanel
from writeback.gui.widgets.buttons import IconButton
from writeback.gui.widgets.text import PlainLabel
from writeback.model.campaigns import Campaign, ImportedFile, Response, Survey
from writeback.model.permissions import Level, Permission
from writeback.model.types import RecordId
from writeback.store import campaigns, permissions

pytestmark = pytest.mark.gui


def settle(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


def opened(bench: Bench, qtbot: QtBot) -> ProfilePanel:
    bench.window.go("profile", ("account", rid(2)))
    settle(bench, qtbot)
    panel = bench.window.panels["profile"]
    assert isinstance(panel, ProfilePanel)
    return panel


def texts(panel: ProfilePanel) -> list[str]:
    return [one.text() for one in panel._notes.findChildren(PlainLabel) if one.isVisibleTo(panel._notes)]


def press(panel: ProfilePanel, beginning: str) -> None:
    found = panel._notes.findChildren(IconButton)
    next(one for one in found if one.accessibleName().startswith(beginning)).click()


def write(panel: ProfilePanel, qtbot: QtBot, text: str) -> None:
    dialog = panel._notes.dialog
    assert isinstance(dialog, NoteDialog)
    dialog.words.selectAll()
    qtbot.keyClicks(dialog.words, text)
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_note_is_written_changed_taken_away_and_had_back(bench: Bench, qtbot: QtBot) -> None:
    panel = opened(bench, qtbot)
    qtbot.waitUntil(lambda: any("Nobody has written" in text for text in texts(panel)))
    panel._notes.add.click()
    assert not panel._notes.dialog.go.isEnabled()  # type: ignore[union-attr]
    write(panel, qtbot, "<b>Asked</b> for a discount")
    qtbot.waitUntil(lambda: "<b>Asked</b> for a discount" in texts(panel))
    press(panel, "Change the note")
    write(panel, qtbot, "Got it")
    qtbot.waitUntil(lambda: "Got it" in texts(panel))
    settle(bench, qtbot)
    press(panel, "History of the note")
    qtbot.waitUntil(lambda: isinstance(panel._notes.dialog, NoteHistoryDialog))
    told = [one.text() for one in panel._notes.dialog.findChildren(PlainLabel)]  # type: ignore[union-attr]
    assert told.index("Got it") < told.index("<b>Asked</b> for a discount")
    panel._notes.dialog.reject()  # type: ignore[union-attr]
    press(panel, "Take the note away")
    qtbot.waitUntil(lambda: "Got it" not in texts(panel))
    settle(bench, qtbot)
    assert panel._notes.undo.isVisible()
    panel._notes.undo.click()
    qtbot.waitUntil(lambda: "Got it" in texts(panel))
    settle(bench, qtbot)
    assert not panel._notes.undo.isVisible()
    (note,) = bench.reads.notes.some(rid(2))
    assert [one.is_removed for one in bench.reads.notes.versions(note.id)] == [False, False, True, False]


def test_whoever_may_not_edit_reads_notes_and_sees_why_none_can_be_written(
    bench: Bench, qtbot: QtBot
) -> None:
    with bench.workspace.writing() as db:
        permissions.put(db, Permission("ana", Level.VIEWER, "root", NOW))
    panel = opened(bench, qtbot)
    assert not panel._notes.add.isEnabled()
    assert panel._notes.add.accessibleDescription()


def test_survey_scores_stand_on_the_profile_the_latest_first(bench: Bench, qtbot: QtBot) -> None:
    panel = opened(bench, qtbot)
    assert not panel._scores.isVisible()
    record = RecordId(rid(2))
    with bench.workspace.writing() as db:
        made = Campaign("Spring", Survey.NPS, "account", (("score", "health"),), "ana", NOW)
        campaigns.save(db, made)
        told = [
            ("a", Response(2, "x", record, Decimal(3), date(2026, 3, 1), "Slow")),
            ("b", Response(3, "x", record, Decimal(9), date(2026, 11, 1), "<i>Fast</i>")),
        ]
        file = ImportedFile("act", "0" * 64, "f.csv", 2, 2, "ana", NOW)
        campaigns.add_responses(db, "Spring", told, file)
    panel.refresh()
    qtbot.waitUntil(panel._scores.isVisible)
    assert [chip.text for chip in panel._scores.chips] == ["9 of 10 · promoter", "3 of 10 · detractor"]
    assert "“<i>Fast</i>”" in [one.text() for one in panel._scores.findChildren(PlainLabel)]
