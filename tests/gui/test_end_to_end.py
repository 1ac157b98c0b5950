"""The whole way by keyboard, with the real children against the Salesforce simulator.

connect → add object → map → pull → edit → review → send → job done; then the children are killed under the
window, and it goes on; a conflict with somebody else's edit is settled from the window.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections import abc
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import choose_product
from writeback.gui.application import House
from writeback.gui.children import ChildState
from writeback.gui.dialogs.adding import AddObjectDialog
from writeback.gui.dialogs.connecting import ConnectDialog
from writeback.gui.panels.accounts import AccountsPanel
from writeback.gui.panels.jobs import JobsPanel
from writeback.gui.panels.mapping import MappingPanel
from writeback.gui.panels.review import ReviewPanel
from writeback.gui.theming.current import Theming
from writeback.gui.theming.roles import STATE_ROLE
from writeback.gui.widgets.states import ScreenState
from writeback.gui.windows.main import MainWindow
from writeback.model.jobs import JobState

pytestmark = [pytest.mark.gui, pytest.mark.timeout(180)]
CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 30_000


@pytest.fixture
def simulator(tmp_path: Path) -> abc.Iterator[dict[str, str]]:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "writeback",
            "simulator",
            "serve",
            "salesforce",
            "--port",
            "0",
            "--rows",
            "40",
            "--http",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    token = tmp_path / "token"
    token.touch(mode=0o600)
    token.write_text(told["token"])
    yield {"url": told["url"], "token_file": str(token), "token": told["token"]}
    process.send_signal(signal.SIGTERM)
    process.wait(10)
    process.stdout.close()


@pytest.fixture
def house(qtbot: QtBot, theming: Theming, tmp_path: Path) -> abc.Iterator[House]:
    window = MainWindow(tmp_path / "Mine.writeback")
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, 5000)
    made = House(window, tmp_path / "Mine.writeback")
    made.open()
    qtbot.waitUntil(lambda: bool(window.panels), timeout=PATIENCE)
    yield made
    window.close()  # where a job still runs, it asks
    made.close()
    asked = QApplication.activeModalWidget()
    if asked is not None:
        asked.close()  # or every test behind this one stands before a question


def quiet(house: House, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not house.tasks.running, timeout=PATIENCE)


def connect(house: House, simulator: dict[str, str], qtbot: QtBot) -> None:
    window = house._window
    window.do("connect")
    qtbot.waitUntil(lambda: window.findChild(ConnectDialog) is not None)
    dialog = window.findChild(ConnectDialog)
    assert dialog is not None
    choose_product(dialog, "Salesforce")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    dialog.ways.buttons.buttons()[-1].setChecked(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    for name, text in (
        ("name", "Sim"),
        ("endpoint", simulator["url"]),
        ("token_file", simulator["token_file"]),
    ):
        dialog.details.form.fields[name].clear()
        qtbot.keyClicks(dialog.details.form.fields[name], text)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.step == 4 or dialog._banner.isVisible(), timeout=PATIENCE)
    assert not dialog._banner.isVisible(), dialog._banner.words
    quiet(house, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    to_front(window)


def to_front(window: MainWindow) -> None:
    """What a window manager does when a dialog closes; the offscreen platform has none."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, 5000)


def add_account(house: House, qtbot: QtBot) -> MappingPanel:
    window = house._window
    qtbot.keyClick(window, Qt.Key.Key_0, CTRL)
    panel = window.panels["mapping"]
    assert isinstance(panel, MappingPanel)
    qtbot.waitUntil(lambda: window.screen_name == "mapping" and bool(panel._connections), timeout=PATIENCE)
    panel._add.click()
    dialog = window.findChild(AddObjectDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog._object.count() > 0, timeout=PATIENCE)
    dialog._object.setCurrentIndex(dialog._object.findData("Account"))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(panel._model.rows), timeout=PATIENCE)
    to_front(window)
    return panel


def map_fields(house: House, panel: MappingPanel, qtbot: QtBot) -> None:
    for path in ("Name", "Industry"):
        place = next(n for n, one in enumerate(panel._model.rows) if one.path == path)
        panel._table.go_to(place)
        panel._side._mapped.click()
    place = next(n for n, one in enumerate(panel._model.rows) if one.path == "Industry")
    panel._table.go_to(place)
    panel._table.setFocus()
    qtbot.keyClick(panel._table, Qt.Key.Key_Space)
    panel._save.click()
    qtbot.waitUntil(lambda: not panel._model.changed, timeout=PATIENCE)
    quiet(house, qtbot)
    qtbot.keyClick(house._window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "records read" in panel.states.banner.words, timeout=PATIENCE)


def edit_first(house: House, text: str, qtbot: QtBot) -> AccountsPanel:
    qtbot.keyClick(house._window, Qt.Key.Key_2, CTRL)
    panel = house._window.panels["accounts"]
    assert isinstance(panel, AccountsPanel)
    qtbot.waitUntil(lambda: panel._model.rowCount() == 40 and not house.tasks.running, timeout=PATIENCE)
    column = next(n for n, view in enumerate(panel._model.views) if view.attribute.name == "industry")
    index = panel._model.index(0, column)
    panel._table.go_to(0, column)
    assert panel._model.setData(index, text)
    qtbot.waitUntil(
        lambda: panel._model.index(0, column).data(STATE_ROLE) == "draft" or panel.states.banner.isVisible(),
        timeout=PATIENCE,
    )
    assert not panel.states.banner.isVisible(), panel.states.banner.words
    return panel


def review_and_send(house: House, qtbot: QtBot) -> None:
    window = house._window
    qtbot.waitUntil(lambda: window.feed.pulse.drafts == 1, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    panel = window.panels["review"]
    assert isinstance(panel, ReviewPanel)
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.READY and panel._check.isEnabled())
    panel._check.click()
    qtbot.waitUntil(
        lambda: (
            (panel._plan is not None and panel.lines.model.rowCount() == 1) or panel.states.banner.isVisible()
        ),
        timeout=PATIENCE,
    )
    assert panel._plan is not None, panel.states.banner.words
    if panel._plan.needs_org_name:
        qtbot.keyClicks(panel._door.name, panel._door.org_names()[0])
    assert panel._door.send.isEnabled()
    panel._door.send.setFocus()
    qtbot.keyClick(panel._door.send, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.screen_name == "jobs", timeout=PATIENCE)


def finished(house: House) -> list[JobState]:
    assert house.reads is not None
    return [job.state for job in house.reads.jobs() if job.state is JobState.DONE and job.counts.applied]


def other(current: object) -> str:
    return "Energy" if current != "Energy" else "Banking"


def test_a_value_goes_from_the_crm_through_the_window_and_back(
    house: House, simulator: dict[str, str], qtbot: QtBot
) -> None:
    connect(house, simulator, qtbot)
    map_fields(house, add_account(house, qtbot), qtbot)
    edit_first(house, "Energy", qtbot)
    review_and_send(house, qtbot)
    qtbot.waitUntil(lambda: len(finished(house)) == 1, timeout=PATIENCE)
    jobs = house._window.panels["jobs"]
    assert isinstance(jobs, JobsPanel)
    qtbot.waitUntil(lambda: jobs.detail._state.text == "Done", timeout=5000)


def ask_simulator(
    simulator: dict[str, str], method: str, path: str, body: object = None
) -> dict[str, object]:
    connection = http.client.HTTPConnection(urlsplit(simulator["url"]).netloc, timeout=10)
    try:
        headers = {"Authorization": f"Bearer {simulator['token']}", "Content-Type": "application/json"}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        told = json.loads(answer.read())
    finally:
        connection.close()
    assert answer.status == http.HTTPStatus.OK, told
    return dict(told)


def held_by(simulator: dict[str, str], record: str) -> object:
    path = f"/services/data/v67.0/sobjects/Account/{record}?fields=Industry"
    return ask_simulator(simulator, "GET", path)["Industry"]


def check_in_review(house: House, qtbot: QtBot) -> ReviewPanel:
    window = house._window
    qtbot.waitUntil(lambda: window.feed.pulse.drafts == 1, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    panel = window.panels["review"]
    assert isinstance(panel, ReviewPanel)
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.READY and panel._check.isEnabled())
    panel._check.click()
    qtbot.waitUntil(lambda: panel._plan is not None and panel.lines.model.rowCount() == 1, timeout=PATIENCE)
    return panel


def test_a_conflict_with_somebody_elses_edit_is_settled_for_mine_through_review(
    house: House, simulator: dict[str, str], qtbot: QtBot
) -> None:
    connect(house, simulator, qtbot)
    mapping = add_account(house, qtbot)
    map_fields(house, mapping, qtbot)
    window = house._window
    accounts = edit_first(house, "Energy", qtbot)
    column = next(n for n, view in enumerate(accounts._model.views) if view.attribute.name == "industry")
    row = accounts._model.row_at(0)
    assert row is not None
    record = row.rid.split(":", 1)[1]
    edit = {"object": "Account", "id": record, "fields": {"Industry": "Banking"}}
    ask_simulator(simulator, "POST", "/__simulator__/edit", edit)

    review = check_in_review(house, qtbot)
    assert review._plan is not None
    assert [(group.send, group.conflict) for group in review._plan.groups] == [(0, 1)]
    assert not review._door.send.isEnabled()
    assert "settle it under Conflicts" in review._door.words.text()
    review._door.back.click()
    quiet(house, qtbot)

    qtbot.keyClick(window, Qt.Key.Key_0, CTRL)
    qtbot.waitUntil(lambda: window.screen_name == "mapping" and not house.tasks.running)
    mapping.states.banner.hide()
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: mapping.states.banner.isVisible() and not house.tasks.running, timeout=PATIENCE)

    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    cell = accounts._model.index(0, column)
    qtbot.waitUntil(lambda: cell.data(STATE_ROLE) == "conflict", timeout=PATIENCE)
    quiet(house, qtbot)
    accounts._table.go_to(0, column)
    accounts._table.setFocus()
    qtbot.keyClick(
        accounts._table,
        Qt.Key.Key_M,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    qtbot.waitUntil(
        lambda: (
            window.screen_name == "review" and review._plan is not None and review.lines.model.rowCount() == 1
        ),
        timeout=PATIENCE,
    )
    assert [(group.send, group.conflict) for group in review._plan.groups] == [(1, 0)]
    assert held_by(simulator, record) == "Banking"  # nothing was sent by settling
    if review._plan.needs_org_name:
        qtbot.keyClicks(review._door.name, review._door.org_names()[0])
    review._door.send.setFocus()
    qtbot.keyClick(review._door.send, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(finished(house)) == 1, timeout=PATIENCE)
    assert held_by(simulator, record) == "Energy"


def test_children_killed_under_the_window_come_back_and_the_work_goes_on(
    house: House, simulator: dict[str, str], qtbot: QtBot
) -> None:
    connect(house, simulator, qtbot)
    map_fields(house, add_account(house, qtbot), qtbot)
    qtbot.waitUntil(lambda: house.worker.pid > 0)
    worker, client = house.worker.pid, house.client
    assert client is not None
    serve = client.pid
    assert serve is not None
    os.kill(worker, signal.SIGKILL)
    os.kill(serve, signal.SIGKILL)
    qtbot.waitUntil(lambda: house.worker.pid not in (0, worker), timeout=PATIENCE)
    qtbot.waitUntil(lambda: client.pid not in (None, serve), timeout=PATIENCE)
    qtbot.waitUntil(lambda: house.serve.state is ChildState.ON)  # the signal comes after the process
    edit_first(house, "Energy", qtbot)
    review_and_send(house, qtbot)
    qtbot.waitUntil(lambda: len(finished(house)) == 1, timeout=PATIENCE)
