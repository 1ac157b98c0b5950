"""What a person can do with tasks and insight forms: rows of the table of actions."""

from typing import Final

from writeback.gui.actions.acting import Action, can, does
from writeback.gui.translating import mark

WORK: Final[tuple[Action, ...]] = (
    Action(
        "record.form",
        mark("Update with form…"),
        mark("Record"),
        does("fill_form"),
        picture="pencil",
        shortcut="Ctrl+Shift+U",
        reason=can("fill_form", mark("Choose a record first.")),
        aliases=(mark("insight form"), mark("fill in a form")),
    ),
    Action(
        "record.task_complete",
        mark("Complete task…"),
        mark("Record"),
        does("complete_task"),
        picture="check",
        reason=can("complete_task", mark("Choose an open task under Tasks.")),
        aliases=(mark("done"), mark("outcome")),
    ),
    Action(
        "record.task_add",
        mark("Add a task…"),
        mark("Record"),
        does("add_task"),
        picture="plus",
        reason=can("add_task", mark("Open Tasks or an account first.")),
        aliases=(mark("to do"), mark("follow up")),
    ),
    Action(
        "file.answers",
        mark("Import answers…"),
        mark("File"),
        does("import_answers"),
        picture="plus",
        reason=can("import_answers", mark("Open Campaigns first.")),
        aliases=(mark("survey"), mark("NPS"), mark("CSAT")),
    ),
)
