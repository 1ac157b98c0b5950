"""Files: a sheet with corrections on its way to a plan."""

import csv

from writeback.gui.panels.file_write_back import FilePanel
from writeback.gui.studio.registry import Act, Registered, Scene, opening, over
from writeback.gui.studio.stage import Place, Stage
from writeback.gui.widgets.tables import Table
from writeback.model.creating import Creating

HEAD = ("Record ID", "Company name", "Website", "Employees")


def sheet(stage: Stage, *more: str) -> str:
    """Write a sheet as a customer would send it, with further columns that no field is called like."""
    path = stage.path.with_name(f"corrections-{len(more)}.csv")
    rows = [
        ("9812345001", "Northwind Traders", "https://northwind.example", "420"),
        ("9812345002", "Contoso", "", "1200"),
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((*HEAD, *more))
        writer.writerows((*row, *("as told in May" for _ in more)) for row in rows * 20)
    return str(path)


def with_columns(*more: str) -> Act:
    """Give the act of opening a sheet with these further columns."""
    return lambda stage: stage.go("files", sheet(stage, *more))


def first_rows(stage: Stage) -> None:
    """Open a sheet and look at its rows."""
    stage.go("files", sheet(stage))
    stage.press("First rows…")


def more_of_a_column(stage: Stage) -> None:
    """Open a sheet and ask what shapes the texts of a column."""
    stage.go("files", sheet(stage))
    stage.find(Table, "Columns of the file").selectRow(1)
    stage.settle()
    stage.press("More of this column…")


def listed(stage: Stage) -> None:
    """Look at the files that are on their way."""
    stage.go("files", sheet(stage))
    stage.press("Files on their way")


def left_at(name: str) -> Act:
    """Give the act of taking a posed file up where it was left."""
    return lambda stage: stage.go("files", str(stage.path.with_name(name)))


def a_missing_file(stage: Stage) -> None:
    """Open a sheet that lies on a share which went away."""
    stage.go("files", str(stage.path.with_name("gone.csv")))


def new_records(stage: Stage) -> None:
    """Open a sheet that is matched by a unique field, and choose to create who is missing."""
    path = stage.path.with_name("new-customers.csv")
    lines = ["external_id,Company name,Website", "NW-1,Northwind Traders,https://northwind.example"]
    path.write_text("\n".join((*lines, "NW-2,Contoso,", "NW-2,Contoso GmbH,")) + "\n", encoding="utf-8")
    stage.go("files", str(path))
    stage.settle()
    panel = stage.window.panels["files"]
    if isinstance(panel, FilePanel):
        for box, value in ((panel.form.key, "external_id"), (panel.creating.box, Creating.MISSING.value)):
            stage.choose(box, box.findData(value))
            stage.settle()


def loading(stage: Stage) -> object:
    """Name a sheet."""
    return sheet(stage)


SCREENS = (
    Registered(
        "files",
        empty=(Place.NEW, opening("files")),
        partial=(Place.CALM, with_columns("Remark", "Seen by")),
        ready=with_columns(),
        subject=loading,
        error=a_missing_file,
        more=(
            over("files", "first-rows", first_rows),
            over("files", "column", more_of_a_column),
            Scene("files", "new-records", Place.CALM, new_records),
            Scene("files", "on-their-way", Place.CALM, listed),
            Scene("files", "trial", Place.CALM, left_at("phone-notes.csv")),
            Scene("files", "result", Place.CALM, left_at("corrections.csv")),
        ),
    ),
)
