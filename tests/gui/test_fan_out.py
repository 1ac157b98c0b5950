"""A value in several CRMs: the grid shows the worst state, inspector and profile show each CRM."""

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import rid, seed_fan_out
from writeback.gui.dialogs.adding import AddObjectDialog
from writeback.gui.panels.accounts import AccountsPanel
from writeback.gui.panels.mapping import MappingPanel
from writeback.gui.panels.profile import ProfilePanel
from writeback.gui.theming.roles import STATE_ROLE
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.inspector import Inspector
from writeback.gui.widgets.relations import People
from writeback.gui.widgets.targets import TargetList
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.facade import IntegrationWish

pytestmark = pytest.mark.gui
TIER = 2


@pytest.fixture
def wide(bench: Bench, qtbot: QtBot) -> Bench:
    with bench.workspace.writing() as db:
        seed_fan_out(db)
    return bench


def settled(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


def profile(bench: Bench, qtbot: QtBot, number: int) -> ProfilePanel:
    bench.window.go("profile", ("account", rid(number)))
    settled(bench, qtbot)
    panel = bench.window.panels["profile"]
    assert isinstance(panel, ProfilePanel)
    return panel


def words(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(PlainLabel)]


def test_the_profile_lists_each_crm_at_the_value(wide: Bench, qtbot: QtBot) -> None:
    panel = profile(wide, qtbot, 2)
    (listed,) = panel.findChildren(TargetList)
    assert [chip.accessibleName() for chip in listed.chips] == [
        "Acme: written",
        "Globex: refused",
        "Initech: queued",
        "Umbra: written",
    ]
    assert "2 of 4 written" in listed.accessibleName()
    assert any("Industry is frozen" in text for text in words(listed))
    assert "refused · 2 of 4 written" in [chip.text for chip in panel.findChildren(Chip)]
    assert "In 4 CRMs" in words(panel)
    assert "in 4 CRMs" in panel._caption.text()


def test_a_crm_that_does_not_answer_says_why_it_waits(wide: Bench, qtbot: QtBot) -> None:
    panel = profile(wide, qtbot, 9)
    (listed,) = panel.findChildren(TargetList)
    assert "3 of 4 written" in listed.accessibleName()
    (waiting,) = [text for text in words(listed) if "could not be reached" in text]
    assert waiting.startswith("Umbra could not be reached")
    assert "It is sent when the CRM answers" in waiting


def test_a_confirmed_value_tells_in_how_many_crms_it_is(wide: Bench, qtbot: QtBot) -> None:
    panel = profile(wide, qtbot, 8)
    assert panel.findChildren(TargetList) == []
    assert "in 4 CRMs" in [chip.text for chip in panel.findChildren(Chip)]


def test_the_grid_shows_the_worst_and_the_inspector_each(wide: Bench, qtbot: QtBot) -> None:
    wide.window.go("accounts")
    settled(wide, qtbot)
    panel = wide.window.panels["accounts"]
    assert isinstance(panel, AccountsPanel)
    table = panel.first_focus()
    table.go_to(2, 1)
    index = table.currentIndex()
    assert index.data(STATE_ROLE) == "refused"
    wide.window.do("inspector")
    inspector = panel.findChild(Inspector)
    assert inspector is not None
    qtbot.waitUntil(lambda: "2 of 4 written" in words(inspector))
    assert [
        chip.accessibleName() for chip in inspector.findChildren(Chip) if ": " in chip.accessibleName()
    ] == [
        "Acme: written",
        "Globex: refused",
        "Initech: queued",
        "Umbra: written",
    ]


def test_people_of_an_account_are_listed_as_plain_text_and_lead_to_them(wide: Bench, qtbot: QtBot) -> None:
    panel = profile(wide, qtbot, 1)
    people = panel.findChild(People)
    assert people is not None
    assert not people.isHidden()
    assert [button.accessibleName() for button in people.buttons] == [
        "Ana Stone",
        "Ben <b>Bold</b>",
        "Chloé & Sons",
    ]
    assert people.buttons[2].text() == "Chloé && Sons"  # a doubled sign is one, and no shortcut
    people.buttons[0].click()
    settled(wide, qtbot)
    panel = wide.window.front  # a person has a tab of their own
    assert panel._title.text() == "Ana Stone"
    title = panel._view.account.title
    assert panel._belongs.accessibleName() == f"Belongs to {title}"
    panel._belongs.click()
    settled(wide, qtbot)
    assert wide.window.front._rid == rid(1)


def test_an_object_is_added_where_its_connector_says_with_match_and_link(wide: Bench, qtbot: QtBot) -> None:
    wide.window.go("mapping")
    settled(wide, qtbot)
    panel = wide.window.panels["mapping"]
    assert isinstance(panel, MappingPanel)
    panel._add.click()
    dialog = wide.window.findChild(AddObjectDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog._object.count() == 2 and dialog._match.count() > 0)
    settled(wide, qtbot)
    assert dialog._object.currentData() == "Account"
    assert dialog._match.itemData(1) == "name"
    dialog._match.setCurrentIndex(1)
    assert (dialog._wish().match, dialog._wish().link) == ("name", None)
    dialog._object.setCurrentIndex(1)
    dialog._object.activated.emit(1)
    settled(wide, qtbot)
    assert dialog._entity.currentData() == "user"
    assert dialog._link.placeholderText() == "AccountId"
    dialog._link.setText("ReportsToId")
    dialog._add.click()
    qtbot.waitUntil(lambda: any(call == "add_integration" for call, _ in wide.facade.seen))
    wish = next(what for call, what in wide.facade.seen if call == "add_integration")
    assert isinstance(wish, IntegrationWish)
    assert (wish.object, wish.entity, wish.match, wish.link) == ("Contact", "user", "", "ReportsToId")
