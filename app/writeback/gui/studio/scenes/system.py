"""System: settings, the audit trail."""

from writeback.gui.application import utc_now
from writeback.gui.studio.registry import Registered
from writeback.gui.studio.stage import Place, Stage
from writeback.runtime import upkeep


def found_nothing(stage: Stage) -> None:
    """Search the settings for what is not there."""
    stage.go("settings", "zzzz")


def anew(stage: Stage) -> None:
    """Open the settings without a search."""
    stage.go("settings", "")


def a_damaged_backup(stage: Stage) -> None:
    """Make a backup, let its disk damage it, have it checked."""
    now = utc_now()
    made = upkeep.make_backup(stage.path, now=now)
    with made.path.open("r+b") as file:
        file.seek(made.size // 2)
        file.write(b"\xff" * 4096)
    upkeep.verify_backups(stage.path, now=now)
    stage.go("settings", "")


SCREENS = (
    Registered(
        "settings",
        empty=(Place.CALM, found_nothing),
        partial=(Place.TROUBLED, a_damaged_backup),
        ready=anew,
    ),
)
