"""A CRM's field changed: the window says so, beside the switch too, and the fix is applied by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW, seed_drift
from writeback.gui.panels.drift_side import DriftSide
from writeback.gui.panels.mapping import MappingPanel
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.drift_fixing import DriftFixing
from writeback.runtime.facade import DriftReport
from writeback.runtime.mapping import Mapping
from writeback.sdk.values import ObjectDescription
from writeback.store import connections, descriptions
from writeback.store.workspace import Workspace


class Kept:
    """Sessions, and connections, of a CRM that says what is kept of it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def open(self, _connection: str) -> "Kept":
        return self

    def find(self, text: str) -> object:
        with self._workspace.reading() as db:
            return connections.get(db, text)

    connection = find

    def describe(self, object_name: str) -> ObjectDescription:
        with self._workspace.reading() as db:
            known = descriptions.get(db, "c1", object_name)
        assert known is not None
        return known[0]


def drift(bench: Bench, **facts: object) -> None:
    """Change Industry in the CRM since it was mapped."""
    with bench.workspace.writing() as db:
        seed_drift(db, changes={"Industry": facts})
    kept = Kept(bench.workspace)
    mapping = Mapping(bench.workspace, sessions=kept, connecting=kept, transforms={}, now=lambda: NOW)  # type: ignore[arg-type]
    fixing = DriftFixing(bench.workspace, sessions=kept, mapping=mapping)  # type: ignore[arg-type]
    let_settle(bench, fixing)


def let_settle(bench: Bench, fixing: DriftFixing) -> None:
    """Let the scripted façade settle drifts as the real one does."""

    def fix_drifts(name: str, keys: tuple[str, ...], *, act: str) -> DriftReport:
        bench.facade._note("fix_drifts", (name, keys, act))
        return fixing.fix(name, keys)

    def accept_drifts(name: str, keys: tuple[str, ...], *, act: str) -> DriftReport:
        bench.facade._note("accept_drifts", (name, keys, act))
        return fixing.accept(name, keys)

    bench.facade.fix_drifts = fix_drifts  # type: ignore[attr-defined]
    bench.facade.accept_drifts = accept_drifts  # type: ignore[attr-defined]


def shown(bench: Bench, qtbot: QtBot) -> tuple[MappingPanel, DriftSide]:
    bench.window.go("mapping")
    panel = bench.window.panels["mapping"]
    assert isinstance(panel, MappingPanel)
    side = panel.findChild(DriftSide)
    assert side is not None
    return panel, side


def words_of(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(PlainLabel))


def test_nothing_is_shown_where_nothing_changed(bench: Bench, qtbot: QtBot) -> None:
    panel, side = shown(bench, qtbot)
    qtbot.waitUntil(lambda: panel._table.model().rowCount() > 0)
    assert not side.isVisibleTo(panel)


def test_a_locked_field_is_told_and_its_fix_is_applied_by_keyboard(bench: Bench, qtbot: QtBot) -> None:
    drift(bench, is_updateable=False)
    panel, side = shown(bench, qtbot)
    qtbot.waitUntil(lambda: side.isVisibleTo(panel))
    assert "1 thing changed in the CRM" in words_of(side)
    assert "Sending of 1 mapping stops" in words_of(side)
    (button,) = side.buttons
    assert button.text() == "Switch write-back of industry off"
    place = next(at for at, row in enumerate(panel._model.rows) if row.path == "Industry")
    panel._table.go_to(place)
    assert "Nothing is sent now: Industry (Industry) of Account became read-only" in words_of(panel._side)
    panel._table.setFocus()
    for _ in range(60):
        if button.hasFocus():
            break
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert button.hasFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not side.isVisibleTo(panel))
    (one,) = [one for one in bench.reads.integrations() if one.connection_id == "c1"]
    mapping = one.mapping_of("industry")
    assert mapping is not None
    assert not mapping.write_back
    qtbot.waitUntil(lambda: "Nothing is sent now" not in words_of(panel._side))


def test_the_card_of_the_connection_says_that_its_schema_drifted(bench: Bench, qtbot: QtBot) -> None:
    drift(bench, is_updateable=False)
    bench.window.go("connections")
    panel = bench.window.panels["connections"]
    qtbot.waitUntil(lambda: "Schema drifted: Account." in words_of(panel))


def test_what_stops_nothing_is_told_as_such_and_accepted(bench: Bench, qtbot: QtBot) -> None:
    drift(bench, label="Branch")
    panel, side = shown(bench, qtbot)
    qtbot.waitUntil(lambda: side.isVisibleTo(panel))
    assert "Nothing stops for it." in words_of(side)
    (button,) = side.buttons
    assert button.text() == "Accept the change"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not side.isVisibleTo(panel))


@pytest.mark.parametrize("label", ["<b>Bold</b>", "a\nb", "=1+1"])
def test_a_crms_label_stays_plain_text(bench: Bench, qtbot: QtBot, label: str) -> None:
    drift(bench, label=label)
    panel, side = shown(bench, qtbot)
    qtbot.waitUntil(lambda: side.isVisibleTo(panel))
    assert all(text.textFormat() == Qt.TextFormat.PlainText for text in side.findChildren(PlainLabel))


def test_a_low_window_starts_with_the_list_closed_and_opens_it_on_demand(bench: Bench, qtbot: QtBot) -> None:
    bench.window.resize(900, 600)
    drift(bench, is_updateable=False)
    _panel, side = shown(bench, qtbot)
    qtbot.waitUntil(side.isVisible)
    assert not side.buttons[0].isVisible()
    side._toggle.click()
    qtbot.waitUntil(side.buttons[0].isVisible)
    assert side._toggle.text() == "Hide them"
    side._toggle.click()
    assert not side.buttons[0].isVisible()
