"""Housekeeping that a person looks for in a menu of tools: rows of the table of actions."""

from collections import abc
from typing import Final

from writeback.gui.actions.acting import Action, Shell
from writeback.gui.translating import mark, tr


def _part(title: str) -> abc.Callable[[Shell], None]:
    """Make a call that shows one part of the settings."""
    return lambda shell: shell.go("settings", tr(title))


def _verify(shell: Shell) -> None:
    shell.go("audit")
    shell.do("verify_chain")


TOOLS: Final[tuple[Action, ...]] = (
    Action(
        "tools.backups",
        mark("Backups…"),
        mark("Tools"),
        _part(mark("Backups")),
        picture="folder",
        aliases=(mark("back up now"), mark("restore a backup")),
    ),
    Action(
        "tools.chain",
        mark("Verify the audit chain"),
        mark("Tools"),
        _verify,
        picture="check",
        aliases=(mark("proof"), mark("tampering")),
    ),
    Action(
        "tools.deleted",
        mark("Recently deleted…"),
        mark("Tools"),
        _part(mark("Recently deleted")),
        picture="trash",
        aliases=(mark("restore a segment"), mark("recycle bin")),
    ),
    Action(
        "tools.report",
        mark("Diagnostics…"),
        mark("Tools"),
        _part(mark("Diagnostics")),
        picture="export",
        aliases=(mark("report a fault"), mark("support"), mark("log files")),
    ),
)
