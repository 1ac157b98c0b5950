"""A browser sign-in, from the wizard's first page to a tested connection, against the simulator."""

import threading
import urllib.error
import urllib.request
import uuid
from collections import abc
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import choose_product
from tests.unit.vault.backends import Native
from writeback.gui.bridge import Bridge
from writeback.gui.dialogs.connecting import ConnectDialog
from writeback.gui.panels.connections import ConnectionsPanel
from writeback.gui.tasks import Desk, Tasks
from writeback.gui.theming.current import Theming
from writeback.gui.windows.main import MainWindow
from writeback.model.connections import SignInState
from writeback.runtime.reading import Reading
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.manifest import AuthMethod
from writeback.sdk.simulator import Fault, Running
from writeback.settings import load
from writeback.vault.keychains import Keychain

pytestmark = [pytest.mark.gui, pytest.mark.timeout(120)]
PATIENCE = 20_000


def keychain_of(backend: Native) -> Keychain:
    kind = type(backend)
    return Keychain(lambda: backend, natives=frozenset({f"{kind.__module__}.{kind.__qualname__}"}))


def utc_now() -> datetime:
    return datetime.now(UTC)


def visit(url: str) -> None:
    """Do what the system browser does: open the page and follow its redirect to loopback."""
    try:
        with urllib.request.urlopen(url, timeout=20) as page:  # noqa: S310  an address of our own simulator
            page.read()
    except urllib.error.HTTPError as error:  # the page that says that it was refused
        error.close()


class Browser:
    """Opens what it is told, on a thread of its own, and remembers it."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self._threads: list[threading.Thread] = []

    def open(self, address: str) -> None:
        self.opened.append(address)
        thread = threading.Thread(target=visit, args=(address,))
        self._threads.append(thread)
        thread.start()

    def close(self) -> None:
        for thread in self._threads:
            thread.join(20)


@pytest.fixture
def simulator() -> abc.Iterator[Running]:
    with start_simulator(SimulatorWish("salesforce", rows=40)) as running:
        yield running


@pytest.fixture
def browser() -> abc.Iterator[Browser]:
    made = Browser()
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, theming: Theming, browser: Browser, tmp_path: Path) -> abc.Iterator[MainWindow]:
    path = tmp_path / "Mine.writeback"
    with Runtime.open(path, settings=load({}), create=True, keychain=keychain_of(Native())) as runtime:
        reads = Reading.open(path, now=utc_now, new_id=lambda: "x")
        tasks = Tasks()
        made = MainWindow(path)
        made.show()
        made.activateWindow()
        assert QTest.qWaitForWindowActive(made, 5000)
        bridge = Bridge(reads, tasks)
        made.fill(Desk(reads, runtime, tasks, utc_now, lambda: uuid.uuid4().hex, "ana"), bridge)
        connections = made.panels["connections"]
        assert isinstance(connections, ConnectionsPanel)
        connections.opener = browser.open
        yield made
        qtbot.waitUntil(lambda: not tasks.running, timeout=PATIENCE)
        bridge.stop()
        made.close()
        tasks.close()
        reads.close()
        shiboken6.delete(made)


def sign_in(window: MainWindow, simulator: Running, qtbot: QtBot) -> ConnectDialog:
    """Walk the wizard by keyboard until the browser has answered."""
    window.do("connect")
    qtbot.waitUntil(lambda: window.findChild(ConnectDialog) is not None, timeout=PATIENCE)
    dialog = window.findChild(ConnectDialog)
    assert dialog is not None
    choose_product(dialog, "Salesforce")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.ways.buttons.checkedButton().property("way") == AuthMethod.OAUTH.value
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    for name, text in (
        ("name", "Browser"),
        ("form.client_id", "3MVG9simulator"),
        ("endpoint", simulator.url),
    ):
        dialog.details.form.fields[name].show_value("")
        qtbot.keyClicks(dialog.details.form.fields[name], text)
    dialog.details.form.fields["form.login"].show_value("test")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.step == 4 or dialog._banner.isVisible(), timeout=PATIENCE)
    return dialog


def test_a_browser_sign_in_walks_from_the_wizard_to_a_tested_connection(
    window: MainWindow, simulator: Running, browser: Browser, qtbot: QtBot
) -> None:
    dialog = sign_in(window, simulator, qtbot)
    assert not dialog._banner.isVisible(), dialog._banner.words
    desk = window.panels["connections"].desk
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=PATIENCE)
    assert len(browser.opened) == 1
    assert browser.opened[0].startswith(simulator.url)
    (made,) = [one.connection for one in desk.reads.connections()]
    assert (made.name, made.auth, made.sign_in) == ("Browser", "oauth", SignInState.READY)
    assert made.org is not None
    assert desk.facade.test_connection("Browser").lines[0].is_good
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_a_sign_in_that_was_refused_in_the_browser_is_told_and_keeps_what_was_typed(
    window: MainWindow, simulator: Running, qtbot: QtBot
) -> None:
    simulator.crm.faults.arm(Fault.read({"kind": "access_denied"}))
    dialog = sign_in(window, simulator, qtbot)
    assert dialog._banner.isVisible()
    assert dialog.step == 2
    assert dialog.details.form.fields["form.client_id"].text_value() == "3MVG9simulator"
    assert window.panels["connections"].desk.reads.connections() == ()
    dialog.reject()


def test_another_org_at_sign_in_is_refused_and_the_sign_in_in_force_stays(
    window: MainWindow, simulator: Running, qtbot: QtBot
) -> None:
    first = sign_in(window, simulator, qtbot)
    desk = window.panels["connections"].desk
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=PATIENCE)
    first.accept()
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=PATIENCE)
    (mine,) = [one.connection for one in desk.reads.connections()]
    assert mine.org is not None
    first.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    with start_simulator(SimulatorWish("salesforce", rows=40, seed=99)) as refreshed:
        dialog = sign_in(window, refreshed, qtbot)  # under the same name
        assert dialog._banner.isVisible()
        assert "org.other" in dialog._banner.words
        assert mine.org.id in dialog._banner.words
        dialog.reject()
        qtbot.waitUntil(lambda: not desk.tasks.running, timeout=PATIENCE)
    (still,) = [one.connection for one in desk.reads.connections()]
    assert still == mine
    assert all(line.is_good for line in desk.facade.test_connection("Browser").lines)
