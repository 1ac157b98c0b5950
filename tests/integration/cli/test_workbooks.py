"""A workbook goes the same way as a text file, from plan to result files."""

import csv
from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.integration.cli.terminal import Terminal

FILE = ("--connection", "acme", "--object", "Account")


def make(folder: Path, *rows: tuple[object, ...]) -> str:
    book = Workbook()
    book.create_sheet("Corrections")
    for row in rows:
        book["Corrections"].append(row)
    path = folder / "corrections.xlsx"
    book.save(path)
    return str(path)


def test_a_workbook_is_pushed_and_each_row_stands_in_one_result_file(terminal: Terminal) -> None:
    good, bad = terminal.record(), terminal.record()
    file = make(
        terminal.folder,
        ("Id", "Industry", "NumberOfEmployees"),
        (good, "Media", 1200.0),
        (bad, "Media", "many"),
    )
    written, other = terminal.folder / "written.csv", terminal.folder / "not-written.csv"
    results = ("--written", str(written), "--not-written", str(other))
    told = terminal.push(file, "--sheet", "corrections", *results, "--json")
    assert (told.code, told.json["applied"], told.json["blocked"]) == (4, 1, 1)
    assert [one["id"] for one in terminal.sent()] == [good]
    for path, record, line in ((written, good, "2"), (other, bad, "3")):
        rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
        assert [(row["Id"], row["_writeback_row"]) for row in rows] == [(record, line)]


def test_a_workbook_that_cannot_be_meant_sends_nothing(terminal: Terminal) -> None:
    record = terminal.record()
    for rows, code in (
        (((record, "#N/A"),), "file.cell_error"),
        (((record, "=A1"),), "file.not_calculated"),
    ):
        file = make(terminal.folder, ("Id", "Industry"), *rows)
        told = terminal.run("plan", file, *FILE, "--sheet", "Corrections")
        assert told.code == 2
        assert code in told.err
    told = terminal.run("plan", file, *FILE, "--sheet", "Other")
    assert (told.code, "file.unknown_sheet" in told.err) == (2, True)
    assert terminal.sent() == []


def test_rows_below_a_merged_cell_are_held_back_and_nothing_is_cleared(terminal: Terminal) -> None:
    ids = [terminal.record() for _ in range(3)]
    path = Path(
        make(terminal.folder, ("Id", "Industry", "Phone", "Note"), *((one, "Media", "1") for one in ids))
    )
    book = load_workbook(path)
    book["Corrections"].merge_cells("B2:B3")
    book["Corrections"].merge_cells("D2:D4")  # of no field
    book.save(path)
    line = (*FILE, "--sheet", "Corrections", "--map", "Note=", "--blank", "clear", "--json")
    told = terminal.run("plan", str(path), *line)
    assert {one["record_id"]: one["code"] for one in told.json["rows"] if one["verdict"] == "blocked"} == {
        ids[1]: "file.merged_cell"
    }, told
    told = terminal.push(str(path), *line[4:])
    assert (told.code, told.json["applied"], told.json["blocked"]) == (4, 2, 1)
    assert [one["id"] for one in terminal.sent()] == [ids[0], ids[2]]


def test_a_row_whose_key_is_merged_names_no_record(terminal: Terminal) -> None:
    one = terminal.record()
    path = Path(make(terminal.folder, ("Id", "Industry"), (one, "Media"), ("", "Energy")))
    book = load_workbook(path)
    book["Corrections"].merge_cells("A2:A3")
    book.save(path)
    told = terminal.run("plan", str(path), *FILE, "--sheet", "Corrections", "--json")
    assert [one["code"] for one in told.json["rows"] if one["verdict"] == "blocked"] == ["file.merged_cell"]
