"""`writeback studio …`: the window, posed. Called by `screenshots` and `bench window`, not by people."""

import argparse
import json
import sys
import time
from collections import abc
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from writeback.gui import application as program
from writeback.gui.i18n import use_locale
from writeback.gui.studio.tongues import TONGUES, wear
from writeback.gui.sweeping import Sweeper
from writeback.gui.theming.current import Theming
from writeback.gui.theming.tokens import ThemeName
from writeback.gui.widgets.states import ScreenState
from writeback.gui.windows.main import MainWindow
from writeback.runtime.posed import CALM, Posed
from writeback.runtime.resources import resource_folder
from writeback.settings import load


def run(arguments: abc.Sequence[str]) -> int:
    """Do what was asked over the workspaces in a folder; gives the exit code."""
    asked = _parser().parse_args(list(arguments))
    if asked.does == "start":
        return _start(asked.folder)
    application = QApplication([*sys.argv[:1], "-platform", asked.platform])
    program.Report().install()
    sweeper = Sweeper(application)
    percent = getattr(asked, "text", 100)
    Theming(resource_folder(), application).apply(ThemeName.LIGHT, percent=percent)
    language = getattr(asked, "language", "en")
    use_locale("de_DE" if language == "de" else "en_US")
    wear(language, application)
    code = _measure(asked) if asked.does == "measure" else _pictures(asked)
    sweeper.close()
    return code


def _start(folder: Path) -> int:
    """Start the window as `writeback gui` does, say when it could be used, and end."""

    def watch(window: MainWindow) -> None:
        timer = QTimer(window)

        def look() -> None:
            stands = any(panel.states.state is not ScreenState.LOADING for panel in window.panels.built)
            if stands:
                timer.stop()
                window.repaint()
                _put({"usable": time.time()})  # noqa: TID251  compared with the clock of who started us
                window.close()

        timer.timeout.connect(look)
        timer.start(1)

    return program.run(Posed(folder).path(CALM), settings=load(), watch=watch)


def _measure(asked: argparse.Namespace) -> int:
    from writeback.gui.studio.tours import TOURS  # noqa: PLC0415  a start is measured without it

    _put(TOURS[asked.what](asked.folder, asked.openings))
    return 0


def _put(figures: abc.Mapping[str, float]) -> None:
    sys.stdout.write(f"{json.dumps(dict(figures))}\n")
    sys.stdout.flush()


def _pictures(asked: argparse.Namespace) -> int:
    from writeback.gui.studio.pictures import SIZES, Wish, take  # noqa: PLC0415  the same

    wish = Wish(
        asked.filter,
        tuple(ThemeName(one) for one in asked.theme) or tuple(ThemeName),
        {name: size for name, size in SIZES.items() if name in asked.size} or SIZES,
    )
    taken = take(asked.folder, asked.out, wish, tell=_tell)
    _tell(f"{taken} pictures in {asked.out}")
    return 0 if taken else 2


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="writeback studio", description=__doc__)
    parser.add_argument("studio", choices=["studio"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--platform", default="offscreen")
    does = parser.add_subparsers(dest="does", required=True)
    pictures = does.add_parser("pictures")
    pictures.add_argument("out", type=Path)
    pictures.add_argument("--filter", default="")
    pictures.add_argument("--language", default="en", choices=TONGUES)
    pictures.add_argument("--text", type=int, default=100)
    pictures.add_argument("--theme", action="append", default=[], choices=[one.value for one in ThemeName])
    pictures.add_argument("--size", action="append", default=[], choices=["1280x800", "900x600"])
    does.add_parser("start")
    measure = does.add_parser("measure")
    measure.add_argument("what", choices=["screens", "grid", "work"])
    measure.add_argument("--openings", type=int, default=20)
    return parser
