"""A person in the window, over a real façade and a simulator: what is typed ends in its applied-log.

Also what a profile says when a write fails, and the three ways on from there.
"""

from collections import abc
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.integration.runtime.test_users_in_every_crm import CASES, Room, room_of
from writeback.gui.bridge import Bridge
from writeback.gui.panels.profile import ProfilePanel
from writeback.gui.tasks import Desk, Tasks
from writeback.gui.theming.current import Theming
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.editors import Several
from writeback.gui.widgets.text import PlainLabel
from writeback.gui.windows.main import MainWindow
from writeback.runtime.reading import Reading
from writeback.runtime.runtime import new_id, utc_now
from writeback.sdk.simulator import Fault

pytestmark = pytest.mark.gui


class Seat:
    """A window over a room's workspace, with the room's own façade behind it."""

    def __init__(self, room: Room, path: Path, qtbot: QtBot) -> None:
        self.room, self.qtbot = room, qtbot
        self.reads = Reading.open(path, now=utc_now, new_id=new_id)
        self.tasks = Tasks()
        self.bridge = Bridge(self.reads, self.tasks)
        self.window = MainWindow(path)
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window, 5000)
        desk = Desk(self.reads, room.runtime, self.tasks, utc_now, new_id, "ana")
        self.window.fill(desk, self.bridge)

    def open(self, entity: str, rid: str) -> ProfilePanel:
        self.window.go("profile", (entity, rid))
        self.settle()
        panel = self.window.panels["profile"]
        assert isinstance(panel, ProfilePanel)
        return panel

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.running)

    def type_into(self, panel: ProfilePanel, attribute: str, text: str) -> None:
        editor = panel._editors[attribute]
        assert isinstance(editor, QLineEdit)
        editor.setFocus()
        editor.selectAll()
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        self.settle()
        self.show_anew(panel)

    def press(self, panel: ProfilePanel, name: str) -> None:
        button = next(
            one
            for one in panel.findChildren(Button)
            if one.accessibleName() == name and one.isVisibleTo(panel)
        )
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        self.settle()
        told = self.room.runtime.told
        waiting = [one.id for one in told.jobs(limit=50) if not one.finished_at]
        self.room.runtime.run_until_final(waiting)
        self.show_anew(panel)

    def show_anew(self, panel: ProfilePanel) -> None:
        panel.refresh()
        self.settle()

    def taken(self, before: int) -> list[dict[str, Any]]:
        entries = self.room.running.crm.applied.entries(after=before)
        return [one for one in entries if one["route"] != "foreign"]

    def close(self) -> None:
        self.bridge.stop()
        self.window.close()
        self.tasks.close()
        self.reads.close()
        shiboken6.delete(self.window)


def sit(connector: str, folder: Path, qtbot: QtBot) -> abc.Iterator[Seat]:
    with room_of(folder, CASES[connector]) as room:
        seat = Seat(room, folder / "w" / "w.writeback", qtbot)
        yield seat
        seat.close()


@pytest.fixture
def seat(qtbot: QtBot, theming: Theming, tmp_path: Path) -> abc.Iterator[Seat]:
    yield from sit("salesforce", tmp_path, qtbot)


def words(panel: ProfilePanel) -> list[str]:
    return [label.text() for label in panel.findChildren(PlainLabel) if label.isVisibleTo(panel)]


def test_a_person_is_edited_sent_refused_and_retried_by_keyboard(seat: Seat) -> None:
    room, told = seat.room, seat.room.runtime.told
    account = room.first("account")
    member = told.record(account).members[0]
    panel = seat.open("user", member.rid)

    # the header: typed, kept as a draft, sent now
    before = len(room.running.crm.applied)
    seat.type_into(panel, "phone", "+49 30 7")
    assert panel._editors["phone"].accessibleDescription().startswith("Draft, was")
    assert not seat.taken(before)
    seat.press(panel, "Send now")
    (taken,) = seat.taken(before)
    assert (taken["object"], taken["fields"]["Phone"]) == ("Contact", "+49 30 7")
    seat.qtbot.waitUntil(lambda: any(text.startswith("changed by ana") for text in words(panel)))

    # refused by the CRM: said at the value, and retried there
    room.running.crm.faults.arm(Fault.read({"kind": "duplicate", "object": "Contact", "times": 1}))
    seat.type_into(panel, "phone", "+49 30 8")
    before = len(room.running.crm.applied)
    seat.press(panel, "Send now")
    assert not seat.taken(before)
    assert "phone" in panel._form.failed
    seat.qtbot.waitUntil(lambda: "The CRM still holds +49 30 7." in list(words(panel)))
    seat.press(panel, next(one for one in _names(panel) if one.startswith("Retry ")))
    (taken,) = seat.taken(before)
    assert taken["fields"]["Phone"] == "+49 30 8"
    assert not panel._form.failed

    # what the person is at an account: a membership of its own, in the same window
    form = next(form for rid, form in panel._at.forms.items() if _account(told, rid) == account)
    roles = form.editors["roles"]
    assert isinstance(roles, Several)
    roles.tick(("Evaluator",))
    form.edited.emit("roles")
    seat.settle()
    seat.show_anew(panel)
    before = len(room.running.crm.applied)
    seat.press(panel, "Send now")
    (taken,) = seat.taken(before)
    assert (taken["object"], taken["fields"]["Roles"]) == ("AccountContactRelation", "Evaluator")


def test_an_account_names_a_person_as_its_key_contact(seat: Seat) -> None:
    room, told = seat.room, seat.room.runtime.told
    emailed = [one.id for one in told.records("user", limit=40).records if one.values["email"]]
    rid = next(one for one in emailed if not _is_named(told, one))
    panel = seat.open("user", rid)
    before = len(room.running.crm.applied)
    name = next(one for one in _names(panel) if one.startswith("Name this person as"))
    seat.press(panel, name)
    assert not seat.taken(before)
    account = told.record(rid).account
    assert account is not None
    shown = seat.open("account", account.rid)
    seat.press(shown, "Send now")
    (taken,) = seat.taken(before)
    key = told.record(rid).links[0].key
    assert (taken["object"], taken["fields"]) == ("Account", {"Primary_Contact__c": key})
    assert "this person" in " ".join(chip.text for chip in _chips(seat.open("user", rid)))


def test_read_again_shows_what_somebody_else_changed(seat: Seat) -> None:
    room, told = seat.room, seat.room.runtime.told
    rid = room.first("user")
    panel = seat.open("user", rid)
    key = told.record(rid).links[0].key
    room.running.crm.edit("Contact", key, {"Phone": "+1 555 0100"})
    seat.press(panel, "Read again")
    assert panel._editors["phone"].text_value() == "+1 555 0100"
    page = next(one for one in _names(panel) if one.startswith("Open the record in"))
    seat.press(panel, page)
    assert "is a simulator" in panel.states.banner.words


def _names(panel: ProfilePanel) -> list[str]:
    return [one.accessibleName() for one in panel.findChildren(Button) if one.isVisibleTo(panel)]


def _chips(panel: ProfilePanel) -> list[Any]:
    from writeback.gui.widgets.chips import Chip

    return panel.findChildren(Chip)


def _account(told: Any, rid: str) -> str:
    account = told.record(rid).account
    return "" if account is None else account.rid


def _is_named(told: Any, rid: str) -> bool:
    person = told.record(rid)
    held = told.record(person.account.rid)
    values = dict(zip((one.attribute.name for one in held.attributes), held.row.values, strict=True))
    mine = dict(zip((one.attribute.name for one in person.attributes), person.row.values, strict=True))
    return bool(values["primary_contact__r_email"] == mine["email"])
