"""The first five minutes and the daily overview."""

from writeback.gui.studio.registry import Registered, Scene, opening, over, taking
from writeback.gui.studio.stage import Place
from writeback.gui.widgets.states import ScreenState

SCREENS = (
    Registered(
        "welcome",
        empty=(Place.NEW, opening("welcome")),
        partial=(Place.TROUBLED, opening("welcome")),
        shows={"empty": ScreenState.READY},  # its doors are what belongs where nothing is yet
        more=(
            Scene("welcome", "restricted", Place.FOREIGN, opening("welcome")),
            over("welcome", "trust", taking("welcome", "trust"), Place.FOREIGN),
        ),
    ),
)
