"""Set-up: connections, mapping, data model, account assignment, people's levels."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPushButton

from writeback.gui.dialogs import distributing as sharing
from writeback.gui.dialogs import filtering
from writeback.gui.studio.registry import Act, Registered, Scene, opening
from writeback.gui.studio.stage import Place, Stage
from writeback.gui.translating import tr
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


def taking(screen: str, action: str) -> Act:
    """Give the act of taking an action on a screen."""

    def act(stage: Stage) -> None:
        stage.go(screen)
        stage.do(action)

    return act


def further_in_the_wizard(steps: int) -> Act:
    """Give the act of going on in the sign-in wizard."""

    def act(stage: Stage) -> None:
        taking("connections", "connect")(stage)
        for over in stage.window.findChildren(QPushButton):
            if over.isVisible() and over.accessibleName() == tr("Start over"):
                over.click()  # how far an earlier scene came is kept
        for _ in range(steps):
            stage.find(QPushButton, "Go on").click()
            stage.settle()

    return act


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
            Scene("mapping", "schedule", Place.CALM, schedule),
            Scene("mapping", "filter", Place.CALM, a_filter),
            Scene("mapping", "preview", Place.CALM, a_preview),
            Scene("mapping", "existing", Place.CALM, existing_records),
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
            (
                "connections",
                (
                    Scene("connections", "wizard", Place.CALM, further_in_the_wizard(0)),
                    Scene("connections", "wizard-way", Place.CALM, further_in_the_wizard(1)),
                    Scene("connections", "wizard-app", Place.CALM, further_in_the_wizard(2)),
                ),
            ),
            ("model", ()),
            (
                "assignment",
                (
                    Scene("assignment", "new-role", Place.CALM, taking("assignment", "add_role")),
                    Scene("assignment", "proposals", Place.TROUBLED, taking("assignment", "propose_people")),
                    Scene("assignment", "distribute", Place.CALM, distributing),
                ),
            ),
            ("permissions", ()),
        )
    ),
)
