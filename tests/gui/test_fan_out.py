"""A value in several CRMs: the grid shows the worst state, inspector and profile show each CRM."""

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import rid, seed_fan_out
from writeback.gui.panels.accounts import AccountsPanel
from writeback.gui.panels.profile import ProfilePanel
from writeback.gui.theming.roles import STATE_ROLE
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.inspector import Inspector
from writeback.gui.widgets.relations import People
from writeback.gui.widgets.targets import TargetList
from writeback.gui.widgets.text import PlainLabel

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
    assert panel._title.text() == "Ana Stone"
    title = panel._view.account.title
    assert panel._belongs.accessibleName() == f"Belongs to {title}"
    panel._belongs.click()
    settled(wide, qtbot)
    assert panel._rid == rid(1)
