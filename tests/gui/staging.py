"""Stages over the posed workspaces: built once a session, shared by all walks over the registry."""

from collections import abc
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from writeback import settings
from writeback.gui.studio.stage import Place, Stage
from writeback.gui.theming.current import Theming
from writeback.runtime.demonstrating import AUTHOR
from writeback.runtime.posing import posed


class Stages:
    """One open stage a place, opened at first need."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[Place, Stage] = {}

    def at(self, place: Place) -> Stage:
        """Give the stage of a place."""
        if place not in self._open:
            self._open[place] = Stage(self.folder, place)
        return self._open[place]

    def close(self) -> None:
        """Close all of them."""
        while self._open:
            self._open.popitem()[1].close()


@pytest.fixture(scope="session")
def posed_folder(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Path]:
    folder = tmp_path_factory.mktemp("posed")
    own = {
        "LOGNAME": AUTHOR,
        "WRITEBACK_DATA_DIR": str(folder / "data"),
        "WRITEBACK_CONFIG_DIR": str(folder / "config"),
    }
    with ExitStack() as opened:
        with pytest.MonkeyPatch.context() as patch:  # for the making only
            for name, value in own.items():
                patch.setenv(name, value)
            made = opened.enter_context(posed(folder, settings=settings.load(), tell=lambda _text: None))
        yield made.folder


@pytest.fixture(scope="module")
def stages(posed_folder: Path, qapp: QApplication, theming: Theming) -> abc.Iterator[Stages]:
    made = Stages(posed_folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOGNAME", AUTHOR)  # who works in the posed workspaces, and has rights there
        yield made
    made.close()
