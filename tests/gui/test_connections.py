"""Connections: a card each, with what hangs on it, and every act by keyboard."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW
from tests.gui.test_window import quiet, seen
from writeback.errors import WrongOrgError
from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.dialogs.naming import NameDialog
from writeback.gui.panels.connection_card import ConnectionCard
from writeback.gui.panels.connections import ConnectionsPanel
from writeback.gui.widgets.states import ScreenState
from writeback.model.connections import SignInState
from writeback.runtime.facade import ConnectionChange
from writeback.store import connections, moments, schema

pytestmark = pytest.mark.gui


@pytest.fixture
def cards(bench: Bench, qtbot: QtBot) -> list[ConnectionCard]:
    bench.window.go("connections")
    quiet(bench, qtbot)
    panel = bench.window.panels["connections"]
    assert isinstance(panel, ConnectionsPanel)
    return list(panel._by_id.values())


def dialog_of(bench: Bench, kind: type[QDialog]) -> QDialog:
    return next(one for one in bench.window.findChildren(kind) if one.isVisible())


def take(card: ConnectionCard, words: str) -> None:
    (action,) = [one for one in card._menu.actions() if one.text() == words]
    action.trigger()


def test_a_card_tells_who_answers_scopes_and_who_checks_the_version(
    bench: Bench, cards: list[ConnectionCard], qtbot: QtBot
) -> None:
    told = cards[0]._facts.shown
    assert "org 00D5f00000c1XyZEA0" in cards[0]._who.text()
    assert told["Edition, as the CRM says"] == "Enterprise Edition"
    assert told["Version check"].startswith("one by one: checked by the CRM as it writes")
    assert told["Kept for people"] == "20 % of the day's quota"
    assert "Scopes" not in told  # the issuer did not say
    assert cards[0]._icon.is_own
    with bench.workspace.writing() as db:
        values = {"scopes": "api refresh_token", "sign_in_since": moments.to_text(NOW)}
        db.execute(update(schema.connections).where(schema.connections.c.id == "c1").values(**values))
        connections.set_sign_in(db, "c1", SignInState.NEEDED, at=NOW)
    panel = bench.window.panels["connections"]
    panel.refresh()
    quiet(bench, qtbot)
    assert cards[0]._facts.shown["Scopes"] == "api, refresh_token"
    assert cards[0]._facts.shown["Sign-in"] == "needed since just now"
    assert panel.states.state is ScreenState.PARTIAL
    assert "queued work stays" in cards[0].state_banner.words


def test_of_several_cards_each_unfolds_by_itself(cards: list[ConnectionCard], qtbot: QtBot) -> None:
    card = cards[0]
    card.fold(is_folded=True)
    assert not card.tabs.isVisible()
    assert card.controls.isVisible(), "how carefully it is written to stays in sight"
    card._unfold.setFocus()
    qtbot.keyClick(card._unfold, Qt.Key.Key_Space)
    assert card.tabs.isVisible()
    assert card._unfold.text() == "Fewer details"


def test_a_card_stays_with_its_tab_when_something_changed(
    bench: Bench, cards: list[ConnectionCard], qtbot: QtBot
) -> None:
    cards[0].tabs.tabBar().setFocus()
    for _ in range(3):
        qtbot.keyClick(cards[0].tabs.tabBar(), Qt.Key.Key_Right)
    quiet(bench, qtbot)
    assert cards[0].tabs.currentIndex() == 3
    assert len(cards[0].tabs.exchanges.rows) == 3
    assert "jobs/ingest" in cards[0].tabs.wire.request.toPlainText()
    bench.window.panels["connections"].refresh()
    quiet(bench, qtbot)
    panel = bench.window.panels["connections"]
    assert isinstance(panel, ConnectionsPanel)
    assert list(panel._by_id.values()) == cards
    assert cards[0].tabs.currentIndex() == 3


def test_jobs_of_a_connection_lead_to_the_job(
    bench: Bench, cards: list[ConnectionCard], qtbot: QtBot
) -> None:
    cards[0].tabs.setCurrentIndex(1)
    quiet(bench, qtbot)
    jobs = cards[0].tabs.jobs.rows
    assert {job.connection for job in jobs} == {"Acme"}
    cards[0].tabs._work.go_to(0)
    qtbot.keyClick(cards[0].tabs._work, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.window.screen_name == "jobs")


def test_the_share_for_people_is_set_here_and_taken_back(
    bench: Bench, cards: list[ConnectionCard], qtbot: QtBot
) -> None:
    page = cards[0].tabs.limits
    cards[0].tabs.setCurrentIndex(2)
    quiet(bench, qtbot)
    assert page.model.rows[0].name == "reserve"
    assert page._back.accessibleDescription() == "Nothing was set for this connection."
    page.value.selectAll()
    qtbot.keyClicks(page.value, "35")
    qtbot.keyClick(page.value, Qt.Key.Key_Return)
    quiet(bench, qtbot)
    assert seen(bench, "set_guard_limits") == [("c1", (("reserve", 35.0),), ())]
    page.value.setText("many")
    page._set_it.click()
    assert len(seen(bench, "set_guard_limits")) == 1  # no number, nothing is asked
    page._back.click()
    quiet(bench, qtbot)
    assert seen(bench, "set_guard_limits")[1] == ("c1", (), ("reserve",))


def test_rename_pause_and_disconnect_by_keyboard(
    bench: Bench, cards: list[ConnectionCard], qtbot: QtBot
) -> None:
    take(cards[0], "Rename…")
    asked = dialog_of(bench, TextDialog)
    assert isinstance(asked, TextDialog)
    asked.line.clear()
    assert asked.go.accessibleDescription() == "Type it first: Name."
    qtbot.keyClicks(asked.line, "Acme EMEA")
    qtbot.keyClick(asked.line, Qt.Key.Key_Return)
    quiet(bench, qtbot)
    assert seen(bench, "change_connection") == [ConnectionChange(name="Acme EMEA")]
    take(cards[0], "Pause all jobs")
    quiet(bench, qtbot)
    assert seen(bench, "pause_connection") == ["c1"]
    take(cards[0], "Disconnect…")
    named = dialog_of(bench, NameDialog)
    assert isinstance(named, NameDialog)
    qtbot.keyClick(named, Qt.Key.Key_Return)
    assert not named.go.isEnabled()
    assert seen(bench, "disconnect") == []
    qtbot.keyClicks(named.name, "acme corporation")
    named.go.setFocus()
    qtbot.keyClick(named.go, Qt.Key.Key_Space)
    quiet(bench, qtbot)
    assert seen(bench, "disconnect") == [("c1", "Acme Corporation")]


def test_another_org_is_refused_and_both_ids_stand_in_the_banner(
    bench: Bench, cards: list[ConnectionCard], qtbot: QtBot
) -> None:
    bench.facade.fails["test_connection"] = WrongOrgError(
        "org.other", connection="Acme", pinned="00D1", found="00D2"
    )
    cards[0]._test.click()
    qtbot.waitUntil(lambda: "00D2" in cards[0].banner.words)
    assert "00D1" in cards[0].banner.words
    assert cards[0]._test.isEnabled()


def test_a_connection_whose_plugin_is_gone_stays_and_says_so(bench: Bench, qtbot: QtBot) -> None:
    with bench.workspace.writing() as db:
        table = schema.connections
        db.execute(
            update(table).where(table.c.id == "c2").values(connector="removed", options=json.dumps({}))
        )
    bench.window.go("connections")
    quiet(bench, qtbot)
    panel = bench.window.panels["connections"]
    assert isinstance(panel, ConnectionsPanel)
    card = list(panel._by_id.values())[1]
    assert "There is no connector removed" in card.state_banner.words
    (act,) = [one for one in card.state_banner.findChildren(QPushButton) if one.text() == "Show plugins"]
    act.click()
    qtbot.waitUntil(lambda: bench.window.screen_name == "plugins")


def test_every_field_of_a_card_has_a_name(cards: list[ConnectionCard]) -> None:
    assert all(one.accessibleName() for one in cards[0].findChildren(QLineEdit))
    assert all(one.accessibleName() for one in cards[0].findChildren(QPushButton) if one.isVisible())
