"""Records: the grid, and one record."""

from writeback.gui.studio.registry import Act, Registered, Scene, opening, over
from writeback.gui.studio.stage import WORDS, Place, Stage
from writeback.gui.widgets.states import ScreenState


def filter_all_out(stage: Stage) -> None:
    """Type words that no record holds."""
    stage.go("accounts")
    stage.type_into(WORDS, "no such account anywhere")


def on_cell(row: int, column: int) -> Act:
    """Give the act of standing on a cell with the inspector open."""

    def act(stage: Stage) -> None:
        stage.go("accounts")
        stage.table("accounts").go_to(row, column)
        stage.do("inspector")

    return act


def bulk_edit(stage: Stage) -> None:
    """Change a text in all records that the grid shows."""
    stage.go("accounts")
    stage.table("accounts").go_to(0, 1)
    stage.do("bulk_edit")
    stage.type_into("Value", "Asked for a reference visit")


def fill_form(stage: Stage) -> None:
    """Fill a form on the record in front."""
    stage.go("accounts")
    stage.table("accounts").go_to(0, 1)
    stage.do("fill_form")


def of_record(stage: Stage) -> object:
    """Give the account that stands in every CRM."""
    return ("account", stage.record)


def on_person(stage: Stage) -> None:
    """Open somebody who belongs to the account that stands in every CRM."""
    record = stage.reads.record("account", stage.record)
    person = record.members[0] if record is not None else None
    stage.go("profile", ("user", person.rid if person is not None else ""))


def with_tasks(stage: Stage) -> None:
    """Open an account about which something has to be done."""
    task = stage.reads.tasks.some()[0]
    stage.go("profile", (task.entity, str(task.record)))


SCREENS = (
    Registered(
        "segments", empty=(Place.NEW, opening("segments")), partial=(Place.TROUBLED, opening("segments"))
    ),
    Registered(
        "accounts",
        empty=(Place.NEW, opening("accounts")),
        partial=(Place.TROUBLED, opening("accounts")),
        more=(
            Scene("accounts", "inspector", Place.CALM, on_cell(0, 1), ScreenState.READY),
            over("accounts", "form", fill_form),
            Scene("accounts", "filtered-out", Place.CALM, filter_all_out, ScreenState.EMPTY),
            Scene("accounts", "bulk-edit", Place.CALM, bulk_edit),
        ),
    ),
    Registered(
        "profile",
        empty=(Place.NEW, opening("profile")),
        partial=(Place.TROUBLED, opening("profile", of_record)),
        subject=of_record,
        more=(
            Scene("profile", "person", Place.CALM, on_person, None),
            Scene("profile", "tasks", Place.CALM, with_tasks, ScreenState.READY),
        ),
    ),
)
