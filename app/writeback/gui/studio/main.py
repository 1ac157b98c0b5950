"""`writeback studio …`: the window, posed. Called by `writeback screenshots`, not by people."""

import argparse
import sys
from collections import abc
from pathlib import Path

from PySide6.QtWidgets import QApplication

from writeback.gui.application import Report
from writeback.gui.i18n import use_locale
from writeback.gui.studio.pictures import SIZES, Wish, take
from writeback.gui.studio.tongues import TONGUES, wear
from writeback.gui.sweeping import Sweeper
from writeback.gui.theming.current import Theming
from writeback.gui.theming.tokens import ThemeName
from writeback.runtime.resources import resource_folder


def run(arguments: abc.Sequence[str]) -> int:
    """Do what was asked over the workspaces in a folder; gives the exit code."""
    asked = _parser().parse_args(list(arguments))
    application = QApplication([*sys.argv[:1], "-platform", asked.platform])
    Report().install()
    sweeper = Sweeper(application)
    Theming(resource_folder(), application).apply(ThemeName.LIGHT)
    use_locale("de_DE" if asked.language == "de" else "en_US")
    wear(asked.language, application)
    code = _pictures(asked)
    sweeper.close()
    return code


def _pictures(asked: argparse.Namespace) -> int:
    wish = Wish(
        asked.filter,
        tuple(ThemeName(one) for one in asked.theme) or tuple(ThemeName),
        {name: SIZES[name] for name in asked.size} or SIZES,
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
    pictures.add_argument("--theme", action="append", default=[], choices=[one.value for one in ThemeName])
    pictures.add_argument("--size", action="append", default=[], choices=list(SIZES))
    return parser
