"""The first five minutes and the daily overview."""

from writeback.gui.studio.registry import Registered, Scene, opening
from writeback.gui.studio.stage import Place, Stage
from writeback.gui.widgets.states import ScreenState


def asked_to_trust(stage: Stage) -> None:
    """Look at what the file holds before it is trusted."""
    stage.go("welcome")
    stage.do("trust")


SCREENS = (
    Registered(
        "welcome",
        empty=(Place.NEW, opening("welcome")),
        partial=(Place.TROUBLED, opening("welcome")),
        shows={"empty": ScreenState.READY},  # its doors are what belongs where nothing is yet
        more=(
            Scene("welcome", "restricted", Place.FOREIGN, opening("welcome")),
            Scene("welcome", "trust", Place.FOREIGN, asked_to_trust),
        ),
    ),
)
