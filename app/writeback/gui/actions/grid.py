"""What a person can do in a grid of records: rows of the table of actions."""

from typing import Final

from writeback.gui.actions.acting import Action, can, does
from writeback.gui.translating import mark

GRID: Final[tuple[Action, ...]] = (
    Action(
        "edit.undo",
        mark("Undo edit"),
        mark("Edit"),
        does("undo_edit"),
        picture="undo",
        shortcut="Ctrl+Z",
        reason=can("undo_edit", mark("Nothing was edited here in this session.")),
    ),
    Action(
        "edit.redo",
        mark("Redo edit"),
        mark("Edit"),
        does("redo_edit"),
        shortcut="Ctrl+Y",
        reason=can("redo_edit", mark("No edit was undone.")),
    ),
    Action(
        "edit.paste",
        mark("Paste block"),
        mark("Edit"),
        does("paste"),
        shortcut="Ctrl+V",
        reason=can("paste", mark("Choose a cell in the grid of accounts.")),
        aliases=(mark("spreadsheet"), mark("clipboard")),
    ),
    Action(
        "edit.fill",
        mark("Fill down"),
        mark("Edit"),
        does("fill_down"),
        shortcut="Ctrl+D",
        reason=can("fill_down", mark("Choose a cell in the grid of accounts.")),
    ),
    Action(
        "edit.bulk",
        mark("Bulk edit…"),
        mark("Edit"),
        does("bulk_edit"),
        picture="pencil",
        shortcut="Ctrl+Shift+E",
        reason=can("bulk_edit", mark("Open Accounts first.")),
        aliases=(mark("change many"), mark("mass update")),
    ),
    Action(
        "edit.replace",
        mark("Find and replace…"),
        mark("Edit"),
        does("replace"),
        shortcut="Ctrl+H",
        reason=can("replace", mark("Open Accounts first.")),
    ),
    Action(
        "edit.restore",
        mark("Restore discarded edits…"),
        mark("Edit"),
        does("restore"),
        picture="undo",
        reason=can("restore", mark("No edits were discarded within 30 days.")),
    ),
    Action(
        "edit.figures",
        mark("Figures of the column"),
        mark("View"),
        does("figures"),
        reason=can("figures", mark("Open Accounts first.")),
        aliases=(mark("sum"), mark("count"), mark("distribution")),
    ),
    Action(
        "edit.export",
        mark("Export the grid…"),
        mark("File"),
        does("export_grid"),
        picture="export",
        reason=can("export_grid", mark("Open Accounts first.")),
        aliases=(mark("csv"), mark("download")),
    ),
    Action(
        "edit.columns",
        mark("Columns…"),
        mark("View"),
        does("columns"),
        reason=can("columns", mark("Open Accounts first.")),
        aliases=(mark("show column"), mark("hide column"), mark("order of columns")),
    ),
)
