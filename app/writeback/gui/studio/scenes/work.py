"""Work: tasks about records, the forms that they ask for, plays, and the answers to surveys."""

from PySide6.QtWidgets import QPushButton

from writeback.gui.panels.campaign_import import CHECK, COLUMNS, MATCH, WRITE
from writeback.gui.studio.registry import Act, Registered, Scene, opening
from writeback.gui.studio.stage import Place, Stage
from writeback.runtime.posing_campaigns import write_answers


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


def done(stage: Stage) -> None:
    """Look at a task that is done."""
    stage.go("tasks")
    stage.find(QPushButton, "Done").click()
    stage.settle()


def test(stage: Stage) -> None:
    """Test the form in front on a record."""
    stage.go("forms")
    stage.find(QPushButton, "Test on a record…").click()
    stage.settle()


def answers(stage: Stage) -> str:
    """Write a file of answers, most of them new ones."""
    path = stage.path.with_name("more-answers.csv")
    rows = stage.reads.record_rows("account")
    keys = [one.rid for one in rows.block(0)[30:60]] if rows.build() else ["?"]
    rows.close()
    write_answers(path, keys)
    return str(path)


def at_step(step: int) -> Act:
    """Give the act of importing answers up to a step."""

    def act(stage: Stage) -> None:
        stage.go("campaigns", answers(stage))
        for _ in range(COLUMNS, step + 1):
            stage.find(QPushButton, "Next").click()
            stage.settle()

    return act


def design_play(stage: Stage) -> None:
    """Edit the play in front."""
    stage.go("plays")
    stage.find(QPushButton, "Edit…").click()
    stage.settle()


def dry_run(stage: Stage) -> None:
    """See what a play would do."""
    stage.go("plays")
    stage.table("plays").go_to(2)
    stage.settle()
    stage.find(QPushButton, "Dry run…").click()
    stage.settle()


def held(stage: Stage) -> None:
    """See what a held run wanted."""
    stage.go("plays")
    stage.table("plays").go_to(1)
    stage.settle()
    stage.find(QPushButton, "Open the run").click()
    stage.settle()


SCREENS = (
    Registered(
        "plays",
        empty=(Place.NEW, opening("plays")),
        partial=(Place.TROUBLED, opening("plays")),
        more=(
            Scene("plays", "design", Place.CALM, design_play),
            Scene("plays", "dry", Place.CALM, dry_run),
            Scene("plays", "held", Place.CALM, held),
        ),
    ),
    Registered(
        "tasks",
        empty=(Place.NEW, opening("tasks")),
        partial=(Place.TROUBLED, opening("tasks")),
        more=(
            Scene("tasks", "complete", Place.CALM, complete),
            Scene("tasks", "add", Place.CALM, add),
            Scene("tasks", "done", Place.CALM, done),
        ),
    ),
    Registered(
        "forms",
        empty=(Place.NEW, opening("forms")),
        partial=(Place.TROUBLED, opening("forms")),
        more=(Scene("forms", "design", Place.CALM, design), Scene("forms", "test", Place.CALM, test)),
    ),
    Registered(
        "campaigns",
        empty=(Place.NEW, opening("campaigns")),
        partial=(Place.TROUBLED, opening("campaigns")),
        more=(
            Scene("campaigns", "file", Place.CALM, at_step(0)),
            Scene("campaigns", "columns", Place.CALM, at_step(COLUMNS)),
            Scene("campaigns", "match", Place.CALM, at_step(MATCH)),
            Scene("campaigns", "check", Place.CALM, at_step(CHECK)),
            Scene("campaigns", "write-back", Place.CALM, at_step(WRITE)),
        ),
    ),
)
