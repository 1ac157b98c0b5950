"""The bench of the window: offscreen, one theme, a seeded workspace copied per test, a still clock."""

import os
import shutil
from collections import abc
from dataclasses import dataclass
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.scripted import ScriptedFacade
from tests.gui.seeding import NOW, make_workspace, seed_everything
from tests.gui.staging import posed_folder, stages  # noqa: F401  fixtures of the bench
from writeback.gui.bridge import Bridge
from writeback.gui.dialogs.connecting import ConnectDialog
from writeback.gui.i18n import use_locale
from writeback.gui.preferring import install, preferring
from writeback.gui.sweeping import Sweeper
from writeback.gui.tasks import Desk, Tasks
from writeback.gui.theming.current import Theming
from writeback.gui.theming.tokens import ThemeName
from writeback.gui.windows.main import MainWindow
from writeback.runtime.reading import Reading
from writeback.runtime.resources import resource_folder
from writeback.settings import load
from writeback.store.workspace import Workspace

if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="module", autouse=True)
def sweeper(qapp: QApplication) -> abc.Iterator[Sweeper]:
    """Cycles with widgets in them are never collected on a thread of a task: that would wait for ever."""
    made = Sweeper()
    yield made
    made.close()


@pytest.fixture(scope="session")
def theming(qapp: QApplication) -> Theming:
    use_locale("en_US")
    made = Theming(resource_folder(), qapp)
    made.apply(ThemeName.LIGHT)
    return made


@pytest.fixture(autouse=True)
def own_preferences(private_folders: None, qapp: QApplication, theming: Theming) -> abc.Iterator[None]:
    """Begin each test with an untouched settings file and the theme of the bench."""
    install(load())
    yield
    held = preferring()
    qapp.setProperty("preferring", None)  # else the next who asks is handed what is gone
    held.deleteLater()
    if theming.theme.name is not ThemeName.LIGHT:
        theming.apply(ThemeName.LIGHT)


@pytest.fixture(scope="session")
def busy_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seed") / "Northwind.writeback"
    seed_everything(path).close()
    return path


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seed") / "Empty.writeback"
    make_workspace(path).close()
    return path


@dataclass
class Bench:
    """One window with everything behind it."""

    window: MainWindow
    workspace: Workspace
    reads: Reading
    facade: ScriptedFacade
    tasks: Tasks
    bridge: Bridge
    desk: Desk

    def close(self) -> None:
        self.facade.is_held.set()
        self.facade.is_answered.set()
        self.bridge.stop()
        self.window.leave()
        self.tasks.close()
        self.reads.close()
        self.workspace.close()
        shiboken6.delete(self.window)


def open_bench(path: Path) -> Bench:
    numbers = iter(range(10**6))
    workspace = Workspace.open(path, now=lambda: NOW, new_id=lambda: f"id{next(numbers)}")
    reads = Reading.open(path, now=lambda: NOW, new_id=lambda: "x")
    facade = ScriptedFacade(workspace, reads, now=lambda: NOW)
    tasks = Tasks()
    desk = Desk(reads, facade, tasks, lambda: NOW, lambda: f"act{next(numbers)}", "ana")  # type: ignore[arg-type]  it has the calls that the screens make
    bridge = Bridge(reads, tasks)
    window = MainWindow(path)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, 5000)  # keys go to the active window only
    window.fill(desk, bridge)
    return Bench(window, workspace, reads, facade, tasks, bridge, desk)


@pytest.fixture
def bench(qtbot: QtBot, theming: Theming, busy_file: Path, tmp_path: Path) -> abc.Iterator[Bench]:
    path = tmp_path / "Northwind.writeback"
    shutil.copyfile(busy_file, path)
    made = open_bench(path)
    qtbot.waitUntil(lambda: not made.tasks.running)
    made.window.activateWindow()
    assert QTest.qWaitForWindowActive(made.window, 5000)  # what was shown meanwhile may have taken it
    yield made
    made.close()


@pytest.fixture
def empty_bench(qtbot: QtBot, theming: Theming, empty_file: Path, tmp_path: Path) -> abc.Iterator[Bench]:
    path = tmp_path / "Empty.writeback"
    shutil.copyfile(empty_file, path)
    made = open_bench(path)
    made.facade.plugged = ()
    qtbot.waitUntil(lambda: not made.tasks.running)
    yield made
    made.close()


def choose_product(dialog: ConnectDialog, title: str) -> None:
    """Choose a connector in the wizard, whatever others are installed."""
    (wanted,) = [button for button in dialog.product.buttons.buttons() if button.text() == title]
    wanted.setChecked(True)
