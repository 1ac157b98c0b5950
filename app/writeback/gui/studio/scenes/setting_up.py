"""Set-up: connections, mapping, data model, account assignment, people's levels."""

from PySide6.QtWidgets import QPushButton

from writeback.gui.studio.registry import Registered, Scene, opening
from writeback.gui.studio.stage import Place, Stage
from writeback.model.connections import SignInState


def signed_out(stage: Stage) -> object:
    """Give the connection whose sign-in ended."""
    every = (one.connection for one in stage.reads.connections())
    return next(str(one.id) for one in every if one.sign_in is SignInState.NEEDED)


def schedule(stage: Stage) -> None:
    """Change when the object in front is pulled by itself."""
    stage.go("mapping")
    stage.find(QPushButton, "Schedule…").click()
    stage.settle()


SCREENS = (
    Registered(
        "mapping",
        empty=(Place.NEW, opening("mapping")),
        partial=(Place.TROUBLED, opening("mapping", signed_out)),
        more=(Scene("mapping", "schedule", Place.CALM, schedule),),
    ),
    *(
        Registered(screen, empty=(Place.NEW, opening(screen)), partial=(Place.TROUBLED, opening(screen)))
        for screen in ("connections", "model", "assignment", "permissions")
    ),
)
