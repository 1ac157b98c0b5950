"""The page of settings by keyboard: the search, every control, locks, guards, retention, backups, bundle."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QSpinBox, QTimeEdit
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from writeback.errors import NotPermittedError
from writeback.gui.panels.settings import SettingsPanel
from writeback.gui.preferring import preferring
from writeback.gui.theming.current import Theming
from writeback.gui.theming.tokens import ThemeName
from writeback.gui.widgets.setting_rows import SettingRow
from writeback.gui.widgets.states import ScreenState
from writeback.preferences import KEYS, Kind, read
from writeback.settings import load
from writeback.store import forgetting, limits, segments
from writeback.store.segments import Segment


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> SettingsPanel:
    bench.window.go("settings")
    found = bench.window.panels["settings"]
    assert isinstance(found, SettingsPanel)
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert found.below  # made now, whoever was quicker
    qtbot.waitUntil(lambda: not bench.tasks.running)
    return found


def test_every_shown_setting_has_a_row_that_a_search_finds(page: SettingsPanel) -> None:
    assert set(page.rows) == {key.name for key in KEYS if key.is_shown}
    for key in KEYS:
        if key.is_shown:
            page.search.setText(key.title)
            assert page.rows[key.name].isVisible(), key.name
    page.search.setText("hintergrund-nirgends")
    assert page.states.state is ScreenState.EMPTY
    page.search.clear()
    assert page.states.state is ScreenState.READY


def test_what_only_chooses_among_limits_is_no_setting(page: SettingsPanel) -> None:
    page.search.setText("guard override")
    guards = page.below.guards
    assert page.found.text() == f"{len(guards.rows)} settings"


def test_a_search_finds_by_other_names_and_hides_the_rest(page: SettingsPanel) -> None:
    page.search.setText("font")
    assert [name for name, line in page.rows.items() if line.isVisible()] == ["appearance.text_size"]
    assert not page.below.guards.isVisible()
    page.search.setText("quota reserve")
    assert page.below.guards.rows["reserve"].isVisible()


def test_the_index_leads_to_a_part_and_marks_the_one_in_sight(page: SettingsPanel) -> None:
    bar = page._area_of.verticalScrollBar()
    assert page.index.currentRow() == 0
    titles = [part.title for part in page.parts]
    backups = titles.index("Backups")
    page.index.setCurrentRow(backups)
    assert bar.value() == page.parts[backups].y() > 0
    bar.setValue(page.parts[backups - 1].y())
    assert page.index.currentRow() == backups - 1
    last = len(titles) - 1
    page.index.setCurrentRow(last)
    assert page.index.currentRow() == last, "it never comes to the top, and is marked all the same"
    assert not page.parts[last].visibleRegion().isEmpty()
    bar.setValue(0)
    assert page.index.currentRow() == 0


def test_each_control_writes_its_setting_and_its_way_back_takes_it_back(
    page: SettingsPanel, tmp_path: Path
) -> None:
    for name, line in page.rows.items():
        wished = _operate(line, tmp_path)
        assert read(load()).own == {name: wished}
        line.reset.emit()
        assert read(load()).own == {}
    QLocale.setDefault(QLocale("en_US"))


def _operate(line: SettingRow, folder: Path) -> object:
    """Do what a person does to the control; give the value that is wished so."""
    match line.control:
        case QCheckBox() as box:
            box.toggle()
            return box.isChecked()
        case QComboBox() as box:
            box.setCurrentIndex(box.count() - 1 if box.currentIndex() == 0 else 0)
            return box.currentData()
        case QSpinBox() as spin:
            spin.stepUp()
            return spin.value()
        case QTimeEdit() as clock:
            clock.stepUp()
            return clock.time().toString("HH:mm")
        case QLineEdit() as text:
            text.setText(
                {
                    Kind.PROXY: "http://proxy:3128",
                    Kind.PATH: str(folder / "ca.pem"),
                    Kind.MOMENT: "2026-11-28T08:00+00:00",
                }[line.key.kind]
            )
            text.editingFinished.emit()
            return text.text()
    raise AssertionError(line.control)


def test_by_keyboard_alone(bench: Bench, qtbot: QtBot, theming: Theming) -> None:
    qtbot.keyClick(bench.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert bench.window.screen_name == "settings"
    page = bench.window.panels["settings"]
    assert isinstance(page, SettingsPanel)
    qtbot.waitUntil(lambda: not bench.tasks.running)
    assert page.search.hasFocus()
    qtbot.keyClicks(page.search, "theme")
    for _ in range(20):
        focus = bench.window.focusWidget()
        if focus is page.rows["appearance.theme"].control:
            break
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    control = page.rows["appearance.theme"].control
    assert bench.window.focusWidget() is control
    qtbot.keyClick(control, Qt.Key.Key_Down)
    qtbot.keyClick(control, Qt.Key.Key_Down)
    assert theming.theme.name is ThemeName.DARK


def test_a_bad_value_is_refused_on_the_spot(page: SettingsPanel) -> None:
    line = page.rows["network.proxy"]
    assert isinstance(line.control, QLineEdit)
    line.control.setText("http://ana:geheim@proxy:1")
    line.control.editingFinished.emit()
    assert "password" in line._trouble.text()
    assert not read(load()).own


def test_a_locked_setting_is_disabled_and_says_by_whom(
    page: SettingsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks = tmp_path / "managed.json"
    locks.write_text('{"appearance.density": "compact"}', "utf-8")
    monkeypatch.setattr(preferring(), "settings", replace(preferring().settings, managed_file=locks))
    preferring().look()
    line = page.rows["appearance.density"]
    assert not line.control.isEnabled()
    assert str(locks) in line.control.accessibleDescription()
    assert isinstance(line.control, QComboBox)
    assert line.control.currentData() == "compact"
    assert page.rows["appearance.theme"].control.isEnabled()


def test_a_damaged_file_is_a_banner(page: SettingsPanel) -> None:
    path = read(load()).path
    path.write_text("{", "utf-8")
    page.refresh()
    assert [one.code for one in preferring().current.problems] == ["settings.damaged"]
    page._tell_state()
    assert page.states.state is ScreenState.PARTIAL
    assert str(path) in page.states.banner.words


def test_guard_limits_are_set_switched_off_and_taken_back(
    bench: Bench, page: SettingsPanel, qtbot: QtBot
) -> None:
    row = page.below.guards.rows["rows"]

    def held(wanted: dict[str, float | None]) -> None:
        """Wait until the limits of the place are these, and the page shows what became of them."""

        def is_so() -> bool:
            with bench.workspace.reading() as db:
                own = limits.own(db, str(page.below.guards.place.currentData()))
            return own == wanted and not bench.tasks.running

        qtbot.waitUntil(is_so)

    row.value.setValue(500)
    held({"rows": 500})
    row.switch.setChecked(False)
    held({"rows": None})
    qtbot.waitUntil(lambda: not row.value.isEnabled())
    row._back.click()
    held({})
    qtbot.waitUntil(lambda: row.value.value() == 100_000)
    page.below.guards.place.setCurrentIndex(1)
    qtbot.waitUntil(lambda: row._source.text() != "set for this connection" and not bench.tasks.running)
    row.value.setValue(7)
    held({"rows": 7})
    qtbot.waitUntil(lambda: row._source.text() == "set for this connection")
    bench.facade.fails["set_guard_limits"] = NotPermittedError("permission.denied", author="ana", right="x")
    row.value.setValue(8)
    qtbot.waitUntil(page.states.banner.isVisible)
    held({"rows": 7})
    qtbot.waitUntil(lambda: row.value.value() == 7)


def test_retention(bench: Bench, page: SettingsPanel, qtbot: QtBot) -> None:
    assert page.below.retention.days.value() == 730
    page.below.retention.days.setValue(30)
    qtbot.waitUntil(lambda: not bench.tasks.running)
    with bench.workspace.reading() as db:
        assert forgetting.keep_days(db) == 30


def test_backups_are_made_verified_and_had_back(
    bench: Bench, page: SettingsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    part = page.below.backups
    assert not part.verify.isEnabled()
    part.make.click()
    qtbot.waitUntil(lambda: len(part.model.rows) == 1)
    part.verify.click()
    qtbot.waitUntil(lambda: "Last verified" in part.last.text())
    with qtbot.waitSignal(bench.window.deeds.workspace_wanted) as asked:
        part.restore_to(tmp_path / "back.writeback")
    assert asked.args == [str(tmp_path / "back.writeback")]
    assert (tmp_path / "back.writeback").is_file()
    part.model.rows[0].path.write_bytes(b"x" * 5000)
    part.verify.click()
    qtbot.waitUntil(lambda: page.states.state is ScreenState.PARTIAL)


def test_a_deleted_segment_comes_back(bench: Bench, page: SettingsPanel, qtbot: QtBot) -> None:
    at = bench.desk.now()
    with bench.workspace.writing() as db:
        segments.save(db, Segment("Gone", "account", "industry = Retail", "ana", at))
        segments.remove(db, "Gone", at=at)
    page.below.deleted.refresh()
    qtbot.waitUntil(lambda: len(page.below.deleted.model.rows) == 1)
    page.below.deleted.back.click()
    qtbot.waitUntil(lambda: not page.below.deleted.model.rows)


def test_the_bundle_is_looked_at_before_it_is_saved(
    bench: Bench, page: SettingsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    part = page.below.report
    assert not part.save.isEnabled()
    part.gather.click()
    qtbot.waitUntil(lambda: part.names.count() > 3)
    assert "writeback" in part.text.toPlainText()
    part.names.item(0).setCheckState(Qt.CheckState.Unchecked)
    shown = {one.name: one.text for one in part.ticked}
    part.save_to(tmp_path / "b.zip")
    qtbot.waitUntil(lambda: not bench.tasks.running)
    with zipfile.ZipFile(tmp_path / "b.zip") as bundle:
        assert {name: bundle.read(name).decode() for name in bundle.namelist()} == shown
    assert "Northwind" not in "".join(shown.values())


def test_everything_can_be_reset(bench: Bench, page: SettingsPanel, qtbot: QtBot) -> None:
    preferring().put({"appearance.density": "compact", "worker.threads": 9})
    page._ask_to_reset()
    (dialog,) = [one for one in bench.window.findChildren(QDialog) if one.isVisible()]
    dialog.accept()
    assert not read(load()).own
