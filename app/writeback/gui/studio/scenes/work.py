"""Work: tasks about records, the forms that they ask for, plays, and the answers to surveys."""

from writeback.gui.panels.campaign_import import CHECK, COLUMNS, MATCH, WRITE
from writeback.gui.studio.registry import Act, Registered, Scene, opening, over, pressing
from writeback.gui.studio.stage import Place, Stage
from writeback.runtime.posing_campaigns import write_answers


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
            stage.press("Next")

    return act


def dry_run(stage: Stage) -> None:
    """See what a play would do."""
    stage.go("plays")
    stage.table("plays").go_to(2)
    stage.settle()
    stage.press("Dry run…")


def held(stage: Stage) -> None:
    """See what a held run wanted."""
    stage.go("plays")
    stage.table("plays").go_to(1)
    stage.settle()
    stage.press("Open the run")


SCREENS = (
    Registered(
        "plays",
        empty=(Place.NEW, opening("plays")),
        partial=(Place.TROUBLED, opening("plays")),
        more=(
            over("plays", "design", pressing("plays", "Edit…")),
            over("plays", "dry", dry_run),
            over("plays", "held", held),
        ),
    ),
    Registered(
        "tasks",
        empty=(Place.NEW, opening("tasks")),
        partial=(Place.TROUBLED, opening("tasks")),
        more=(
            over("tasks", "complete", pressing("tasks", "Complete…")),
            over("tasks", "add", pressing("tasks", "Add a task…")),
            Scene("tasks", "done", Place.CALM, pressing("tasks", "Done")),
        ),
    ),
    Registered(
        "forms",
        empty=(Place.NEW, opening("forms")),
        partial=(Place.TROUBLED, opening("forms")),
        more=(
            over("forms", "design", pressing("forms", "Design…")),
            over("forms", "test", pressing("forms", "Test on a record…")),
        ),
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
