"""Work: tasks about records, and the forms that they ask for."""

from PySide6.QtWidgets import QPushButton

from writeback.gui.studio.registry import Registered, Scene, opening
from writeback.gui.studio.stage import Place, Stage


def complete(stage: Stage) -> None:
    """Complete the task in front."""
    stage.go("tasks")
    stage.find(QPushButton, "Complete…").click()
    stage.settle()


def add(stage: Stage) -> None:
    """Make a task."""
    stage.go("tasks")
    stage.find(QPushButton, "Add a task…").click()
    stage.settle()


def design(stage: Stage) -> None:
    """Design the form in front."""
    stage.go("forms")
    stage.find(QPushButton, "Design…").click()
    stage.settle()


SCREENS = (
    Registered(
        "tasks",
        empty=(Place.NEW, opening("tasks")),
        partial=(Place.TROUBLED, opening("tasks")),
        more=(
            Scene("tasks", "complete", Place.CALM, complete),
            Scene("tasks", "add", Place.CALM, add),
        ),
    ),
    Registered(
        "forms",
        empty=(Place.NEW, opening("forms")),
        partial=(Place.TROUBLED, opening("forms")),
        more=(Scene("forms", "design", Place.CALM, design),),
    ),
)
