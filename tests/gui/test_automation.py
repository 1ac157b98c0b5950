"""What the CRM's automation made of a written value: told in the grid and in the inspector, as no failure."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW, rid
from tests.gui.test_grid import WEBSITE, parts
from writeback.gui.panels.accounts import AccountsPanel
from writeback.gui.widgets.states import ScreenState
from writeback.store import moments, schema, sqlite

pytestmark = pytest.mark.gui
ROW = 8
MADE = "https://rewritten8.example"


@pytest.fixture
def grid(bench: Bench, qtbot: QtBot) -> AccountsPanel:
    """The website of one record was written, and automation made something else of it."""
    with bench.workspace.writing() as db:
        sqlite.run(db, "update rec_account set website = ? where rid = ?", (MADE, rid(ROW)))
        db.execute(
            insert(schema.value_states).values(
                rid=rid(ROW),
                attribute="website",
                integration_id="i1",
                state="automated",
                job_id="j3",
                new=json.dumps("REWRITTEN8.example"),
                theirs=json.dumps(MADE),
                code="outcome.changed_by_automation",
                message="",
                at=moments.to_text(NOW),
            )
        )
    bench.window.go("accounts")
    panel = bench.window.panels["accounts"]
    assert isinstance(panel, AccountsPanel)
    qtbot.waitUntil(lambda: panel.states.state in (ScreenState.READY, ScreenState.PARTIAL))
    return panel


def test_the_grid_shows_what_the_crm_made_of_it_and_says_so(grid: AccountsPanel) -> None:
    _, model = parts(grid)
    told = model.index(ROW, WEBSITE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == f"{MADE}, written, then changed by automation"
    assert model.index(ROW, WEBSITE).data() == MADE


def test_the_inspector_shows_what_was_written_and_what_stands_there(
    bench: Bench, grid: AccountsPanel, qtbot: QtBot
) -> None:
    table, _ = parts(grid)
    table.go_to(ROW, WEBSITE)
    if not grid._inspector.isVisible():
        bench.window.do("inspector")
    qtbot.waitUntil(lambda: "Written" in words(grid))
    told = words(grid)
    assert told[told.index("Written") + 1] == "REWRITTEN8.example"
    assert told[told.index("Confirmed") + 1] == MADE
    assert "The value was written, then changed by automation in the CRM." in told


def test_what_the_crm_holds_by_now_ends_the_mark(bench: Bench, grid: AccountsPanel, qtbot: QtBot) -> None:
    with bench.workspace.writing() as db:
        sqlite.run(db, "update rec_account set website = 'https://other.example' where rid = ?", (rid(ROW),))
    grid.refresh()
    _, model = parts(grid)
    qtbot.waitUntil(
        lambda: model.index(ROW, WEBSITE).data(Qt.ItemDataRole.AccessibleTextRole) == "https://other.example"
    )


def words(panel: AccountsPanel) -> list[str]:
    return [label.text() for label in panel._inspector.findChildren(QLabel)]
