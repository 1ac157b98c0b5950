"""Set-up: connections, mapping, data model, account assignment, people's levels."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from writeback.gui.dialogs import distributing as sharing
from writeback.gui.dialogs import filtering
from writeback.gui.studio.registry import Registered, opening, over, pressing, taking
from writeback.gui.studio.stage import Place, Stage
from writeback.model.connections import SignInState


def signed_out(stage: Stage) -> object:
    """Give the connection whose sign-in ended."""
    every = (one.connection for one in stage.reads.connections())
    return next(str(one.id) for one in every if one.sign_in is SignInState.NEEDED)


def a_filter(stage: Stage) -> None:
    """Build a filter, and wait until its condition stands in the CRM's words."""
    taking("mapping", "filter")(stage)
    stage.pause(filtering.PAUSE_MS + 60)
    stage.settle()


def a_preview(stage: Stage) -> None:
    """Preview an integration of a CRM whose schema nobody changed."""
    stage.go("mapping", str(stage.reads.connections()[-2].connection.id))
    stage.do("preview")


def existing_records(stage: Stage) -> None:
    """Ask what of the records that are there already shall go to the CRM that was connected last."""
    stage.go("mapping", str(stage.reads.connections()[-2].connection.id))
    stage.do("existing")


def distributing(stage: Stage) -> None:
    """Distribute accounts among the first three people."""
    taking("assignment", "distribute")(stage)
    stage.settle()
    people = stage.find(QListWidget, "To")
    for place in range(3):
        people.item(place).setCheckState(Qt.CheckState.Checked)
    stage.pause(sharing.PAUSE_MS + 60)
    stage.settle()


SCREENS = (
    Registered(
        "mapping",
        empty=(Place.NEW, opening("mapping")),
        partial=(Place.TROUBLED, opening("mapping", signed_out)),
        more=(
            over("mapping", "schedule", pressing("mapping", "Schedule…")),
            over("mapping", "filter", a_filter),
            over("mapping", "preview", a_preview),
            over("mapping", "existing", existing_records),
        ),
    ),
    *(
        Registered(
            screen,
            empty=(Place.NEW, opening(screen)),
            partial=(Place.TROUBLED, opening(screen)),
            more=more,
        )
        for screen, more in (
            ("connections", ()),
            ("model", ()),
            (
                "assignment",
                (
                    over("assignment", "new-role", taking("assignment", "add_role")),
                    over("assignment", "proposals", taking("assignment", "propose_people"), Place.TROUBLED),
                    over("assignment", "distribute", distributing),
                ),
            ),
            ("permissions", ()),
        )
    ),
)
