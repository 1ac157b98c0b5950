"""The shell: actions, keys, navigation, themes, events, connections, mapping, jobs and the wizard."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import delete, insert, select, update

from tests.gui.conftest import Bench, choose_product, open_bench
from tests.gui.seeding import NOW, rid
from writeback.errors import ServerBusyError, SignInRequiredError
from writeback.gui.actions.table import ACTIONS, MENUS
from writeback.gui.dialogs.connecting import ConnectDialog
from writeback.gui.dialogs.palette import Palette
from writeback.gui.dialogs.telling import time_left
from writeback.gui.panels.connections import ConnectionCard
from writeback.gui.panels.exporting import export_rows
from writeback.gui.panels.mapping import MappingPanel
from writeback.gui.theming.current import Theming
from writeback.gui.theming.tokens import ThemeName
from writeback.gui.widgets.states import ScreenState
from writeback.gui.windows.screens import NAMES
from writeback.model.integrations import ReferenceMode
from writeback.runtime.facade import ConnectionWish, PlanSource, Suggestion
from writeback.runtime.views import Pulse
from writeback.sdk.values import ObjectDescription
from writeback.store import moments, schema

pytestmark = pytest.mark.gui
CTRL = Qt.KeyboardModifier.ControlModifier


def seen(bench: Bench, call: str) -> list[object]:
    return [what for name, what in bench.facade.seen if name == call]


def quiet(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


# actions


def test_every_action_has_a_menu_and_no_shortcut_is_given_twice() -> None:
    shortcuts = [one.shortcut for one in ACTIONS if one.shortcut]
    assert len(shortcuts) == len(set(shortcuts))
    assert {one.menu for one in ACTIONS} == set(MENUS)
    assert len({one.id for one in ACTIONS}) == len(ACTIONS)


def test_no_action_is_a_single_letter() -> None:
    assert not [one.id for one in ACTIONS if len(one.shortcut) == 1]


def test_every_disabled_action_has_a_reason(bench: Bench) -> None:
    for action in bench.window.findChildren(QAction):
        if action.text() and not action.isEnabled():
            assert action.statusTip(), action.text()


@pytest.mark.parametrize(
    ("key", "screen"),
    [
        (Qt.Key.Key_2, "accounts"),
        (Qt.Key.Key_6, "review"),
        (Qt.Key.Key_8, "jobs"),
        (Qt.Key.Key_9, "connections"),
        (Qt.Key.Key_0, "mapping"),
        (Qt.Key.Key_J, "jobs"),
        (Qt.Key.Key_Return, "review"),
    ],
)
def test_each_screen_has_a_key(bench: Bench, qtbot: QtBot, key: Qt.Key, screen: str) -> None:
    qtbot.keyClick(bench.window, key, CTRL)
    qtbot.waitUntil(lambda: bench.window.screen_name == screen)


def test_the_palette_finds_an_action_by_the_words_of_another_product(bench: Bench, qtbot: QtBot) -> None:
    bench.window.do("palette")
    palette = bench.window.findChild(Palette)
    assert palette is not None
    palette._words.setText("data modeler")
    qtbot.keyClick(palette, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.window.screen_name == "model")


def test_f6_walks_through_the_regions(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("accounts")
    quiet(bench, qtbot)
    bench.window.activateWindow()
    bench.window.do("next_region")
    first = bench.window.focusWidget()
    bench.window.do("next_region")
    assert bench.window.focusWidget() is not first


class Windows(QObject):
    """Notes every widget that becomes a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_part_of_a_screen_ever_flashes_as_a_window_of_its_own(
    qtbot: QtBot, theming: Theming, busy_file: Path, tmp_path: Path
) -> None:
    qapp = QApplication.instance()
    assert qapp is not None
    path = tmp_path / "Northwind.writeback"
    shutil.copyfile(busy_file, path)
    watch = Windows()
    qapp.installEventFilter(watch)
    bench = open_bench(path)
    for screen in NAMES:
        bench.window.go(screen, ("account", rid(0)) if screen == "profile" else None)
        quiet(bench, qtbot)
    qapp.removeEventFilter(watch)
    bench.close()
    assert watch.seen == ["MainWindow"]


# themes


def test_a_theme_is_switched_while_the_window_is_open(bench: Bench, theming: Theming) -> None:
    bench.window.do("dark")
    dark = bench.window.grab().toImage().pixelColor(400, 500)
    bench.window.do("light")
    light = bench.window.grab().toImage().pixelColor(400, 500)
    assert dark.lightness() < 60
    assert light.lightness() > 200
    assert theming.theme.name is ThemeName.LIGHT


def test_a_narrow_window_shows_icons_with_names(bench: Bench) -> None:
    bench.window.resize(900, 600)
    buttons = bench.window.navigation._buttons
    assert all(button.accessibleName() for button in buttons.values())
    assert bench.window.navigation.width() < 100
    pulse = Pulse(drafts=7, conflicts=120)
    bench.window.navigation.show_pulse(pulse)
    assert (buttons["review"].count, buttons["conflicts"].count, buttons["plays"].count) == ("7", "99+", "")
    bench.window.resize(1280, 800)
    assert bench.window.navigation.width() > 200
    assert buttons["review"].count == "", "there it stands behind the name"


# what happens elsewhere


def test_a_job_of_another_process_shows_by_itself(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("jobs", "j6")
    quiet(bench, qtbot)
    page = bench.window.panels["jobs"].detail  # type: ignore[attr-defined]
    with bench.workspace.writing() as db:
        db.execute(update(schema.jobs).where(schema.jobs.c.id == "j6").values(applied=99_959, state="done"))
        db.execute(insert(schema.journal).values(at=moments.to_text(NOW), kind="job_changed", subject="j6"))
    qtbot.waitUntil(lambda: page._state.text == "Done, 41 not written", timeout=2000)


def test_an_edit_from_the_command_line_shows_in_the_pending_bar(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("accounts")
    quiet(bench, qtbot)
    from writeback.model.changes import Origin
    from writeback.model.types import RecordId
    from writeback.runtime.facade import Edit

    edit = Edit(RecordId(rid(50)), "employees", "4711")
    bench.facade.save_edits((edit,), origin=Origin.CLI, author="cli", act="y")
    pending = bench.window.panels["accounts"].pending  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: pending._words.text() == "5 pending edits", timeout=2000)


# connections


def test_a_card_says_who_answers_and_how_careful_we_are(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("connections")
    quiet(bench, qtbot)
    cards = bench.window.findChildren(ConnectionCard)
    assert [card.accessibleName() for card in cards] == [
        "Acme, Salesforce, PRODUCTION",
        "Acme UAT, Salesforce, UAT",
    ]
    cards[0]._test.click()
    qtbot.waitUntil(lambda: bool(seen(bench, "test_connection")))


def test_the_wizard_connects_by_keyboard_to_a_simulator(empty_bench: Bench, qtbot: QtBot) -> None:
    bench = empty_bench
    bench.window.do("connect")
    qtbot.waitUntil(lambda: bench.window.findChild(ConnectDialog) is not None)
    dialog = bench.window.findChild(ConnectDialog)
    assert dialog is not None
    choose_product(dialog, "Salesforce")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    ways = dialog.ways.buttons.buttons()
    ways[-1].setChecked(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    for name, text in (("name", "Sim"), ("endpoint", "http://127.0.0.1:9"), ("token_file", "/tmp/t")):
        field = dialog.details.form.fields[name]
        field.clear()
        qtbot.keyClicks(field, text)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.step == 4)
    wish = seen(bench, "connect")[0]
    assert isinstance(wish, ConnectionWish)
    assert (wish.name, wish.connector, wish.endpoint, wish.token_file) == (
        "Sim", "salesforce", "http://127.0.0.1:9", "/tmp/t",
    )  # fmt: skip
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_a_refused_sign_in_keeps_what_was_typed(empty_bench: Bench, qtbot: QtBot) -> None:
    bench = empty_bench
    bench.facade.fails["connect"] = SignInRequiredError("sign_in.needed", connection="Sim")
    bench.window.do("connect")
    qtbot.waitUntil(lambda: bench.window.findChild(ConnectDialog) is not None)
    dialog = bench.window.findChild(ConnectDialog)
    assert dialog is not None
    choose_product(dialog, "Salesforce")
    dialog._go_on()
    dialog.ways.buttons.buttons()[-1].setChecked(True)
    dialog._go_on()
    for name, text in (("name", "Sim"), ("endpoint", "http://127.0.0.1:9"), ("token_file", "/tmp/t")):
        dialog.details.form.fields[name].setText(text)
    dialog._go_on()
    qtbot.waitUntil(dialog._banner.isVisible)
    assert "sign_in.needed" in dialog._banner.words
    assert dialog.details.form.fields["name"].text() == "Sim"
    dialog._go_back()
    dialog._go_on()
    assert dialog.details.form.fields["name"].text() == "Sim"
    dialog.reject()


def test_the_wizard_tells_the_time_left() -> None:
    from datetime import timedelta

    assert time_left(NOW + timedelta(seconds=272), now=NOW) == "4:32"
    assert time_left(NOW - timedelta(seconds=1), now=NOW) == "0:00"


# mapping


@pytest.fixture
def mapping(bench: Bench, qtbot: QtBot) -> MappingPanel:
    bench.window.go("mapping")
    panel = bench.window.panels["mapping"]
    assert isinstance(panel, MappingPanel)
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.READY)
    return panel


def place(panel: MappingPanel, path: str) -> int:
    return next(n for n, one in enumerate(panel._model.rows) if one.path == path)


def test_auto_match_saves_nothing_and_switches_nothing_on(
    bench: Bench, mapping: MappingPanel, qtbot: QtBot
) -> None:
    bench.facade.suggestions = (Suggestion("Phone", "phone", 1.0, "same_name"),)
    mapping._match.click()
    qtbot.waitUntil(lambda: bool(mapping._model.changed))
    wished = mapping._model.changed[0].wished
    assert wished is not None
    assert not wished.write_back
    assert seen(bench, "map_fields") == []
    mapping._save.click()
    qtbot.waitUntil(lambda: bool(seen(bench, "map_fields")))
    assert [str(one.path) for one in seen(bench, "map_fields")[0]] == ["Phone"]  # type: ignore[attr-defined]


def test_space_switches_write_back_of_a_field(bench: Bench, mapping: MappingPanel, qtbot: QtBot) -> None:
    mapping._table.go_to(place(mapping, "Industry"))
    qtbot.keyClick(mapping._table, Qt.Key.Key_Space)
    changed = mapping._model.changed
    assert [one.path for one in changed] == ["Industry"]
    assert changed[0].wished is not None
    assert not changed[0].wished.write_back


def test_a_field_that_cannot_be_written_says_so_and_stays_off(
    bench: Bench, mapping: MappingPanel, qtbot: QtBot
) -> None:
    mapping._table.go_to(place(mapping, "Health_Score__c"))
    qtbot.keyClick(mapping._table, Qt.Key.Key_Space)
    assert mapping._model.changed == ()
    assert bench.window.status is not None
    assert "is calculated by the CRM" in bench.window.status.said


def test_a_reference_says_what_each_type_changes_with_a_number(
    bench: Bench, mapping: MappingPanel, qtbot: QtBot
) -> None:
    mapping._table.go_to(place(mapping, "Owner.Email"))
    side = mapping._side._references
    words = {mode: side._words[mode] for mode in ReferenceMode}
    qtbot.waitUntil(lambda: "records here" in words[ReferenceMode.EDIT_TARGET].text())
    assert side.mode is ReferenceMode.REPOINT
    assert "Only that record changes" in words[ReferenceMode.REPOINT].text()
    side._choices[ReferenceMode.EDIT_TARGET].click()
    wished = mapping._model.choice("Owner.Email")
    assert wished is not None
    assert wished.wished is not None
    assert wished.wished.reference_mode is ReferenceMode.EDIT_TARGET


def test_what_was_chosen_survives_a_refresh(bench: Bench, mapping: MappingPanel, qtbot: QtBot) -> None:
    mapping._table.go_to(place(mapping, "Industry"))
    qtbot.keyClick(mapping._table, Qt.Key.Key_Space)
    mapping.refresh()
    quiet(bench, qtbot)
    assert [one.path for one in mapping._model.changed] == ["Industry"]


@pytest.mark.parametrize("answers", [True, False])
def test_the_object_behind_a_reference_is_looked_at_once(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answers: bool
) -> None:
    users = select(schema.descriptions).where(schema.descriptions.c.object == "User")
    with bench.workspace.writing() as db:
        row = db.execute(users).mappings().one()
        db.execute(delete(schema.descriptions).where(schema.descriptions.c.object == "User"))
    asked = []

    def describe(connection: str, object_name: str) -> ObjectDescription:
        asked.append(object_name)
        if not answers:
            raise ServerBusyError("link.lost")
        with bench.workspace.writing() as db:
            db.execute(insert(schema.descriptions).values(**row))
        found = bench.reads.description(connection, object_name)
        assert found is not None
        return found

    monkeypatch.setattr(bench.facade, "describe", describe)
    bench.window.go("mapping")
    quiet(bench, qtbot)
    panel = bench.window.panels["mapping"]
    assert isinstance(panel, MappingPanel)
    panel.refresh()
    quiet(bench, qtbot)
    assert asked == ["User"]
    labels = {one.path: one.label for one in panel._model.rows}
    assert labels["Industry"]
    assert ("Owner.Name" in labels) == answers
    assert bench.window.status is not None
    assert ("referenced objects are missing" in bench.window.status.said) != answers


def test_pulling_tells_its_numbers(bench: Bench, mapping: MappingPanel, qtbot: QtBot) -> None:
    bench.window.do("pull")
    qtbot.waitUntil(lambda: "2,000 records read" in mapping.states.banner.words)


# profile


def test_a_profile_edit_becomes_a_draft(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("profile", ("account", rid(60)))
    quiet(bench, qtbot)
    panel = bench.window.panels["profile"]
    line = panel._editors["website"]  # type: ignore[attr-defined]
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.clear()
    qtbot.keyClicks(line, "https://profile.example")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(seen(bench, "save_edits")))
    edit = seen(bench, "save_edits")[0][0]  # type: ignore[index]
    assert (edit.record, edit.attribute, edit.text) == (rid(60), "website", "https://profile.example")


def test_a_record_that_is_gone_is_an_empty_screen_and_no_crash(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("profile", ("account", "r9999999"))
    panel = bench.window.panels["profile"]
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.EMPTY)


# jobs


def test_the_totals_of_a_job_add_up(bench: Bench) -> None:
    for job in bench.reads.jobs():
        counts = job.counts
        ends = (counts.applied, counts.rejected, counts.unchanged, counts.conflict, counts.unknown)
        assert sum(ends) + counts.blocked + counts.cancelled + counts.open == counts.rows


def test_a_running_job_is_paused_and_resumed(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("jobs", "j6")
    quiet(bench, qtbot)
    bench.window.do("pause")
    qtbot.waitUntil(lambda: bool(seen(bench, "pause")))
    page = bench.window.panels["jobs"].detail  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: page._state.text == "Paused")
    bench.window.do("pause")
    qtbot.waitUntil(lambda: bool(seen(bench, "resume")))


def test_undo_and_retry_go_through_review(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("jobs", "j2")
    quiet(bench, qtbot)
    bench.window.do("undo")
    qtbot.waitUntil(lambda: bool(seen(bench, "propose")))
    source = seen(bench, "propose")[0]
    assert isinstance(source, PlanSource)
    assert (source.kind, source.job_id) == ("undo", "j2")
    assert bench.window.screen_name == "review"


def test_a_stopped_job_says_why_and_offers_to_resume(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("jobs", "j5")
    panel = bench.window.panels["jobs"]
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.PARTIAL)
    assert "token of Acme" in panel.states.banner.words
    assert "(sign_in.token_expired)" in panel.states.banner.words
    assert panel.states.banner._act.accessibleName() == "Resume"


def test_rows_of_a_job_are_filtered_by_outcome(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("jobs", "j2")
    quiet(bench, qtbot)
    page = bench.window.panels["jobs"].detail  # type: ignore[attr-defined]
    page._tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.rows_page.model.rowCount() == 1240)
    page.rows_page._ends.button(3).click()
    qtbot.waitUntil(lambda: page.rows_page.model.rowCount() == 20)
    assert page.rows_page.model.index(0, 5).data() == "refused"


def test_an_export_holds_every_row_and_no_formula(bench: Bench, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "job.csv"
    assert export_rows(bench.reads.job_rows("j2"), path) == 1240
    lines = path.read_text("utf-8-sig").splitlines()
    assert len(lines) == 1241
    assert sum("rejected" in one for one in lines) == 20
