"""A file's columns need not be called like fields: options, Data Loader files, saved mappings, proposals."""

import csv
import json
from pathlib import Path

import pytest

from tests.integration.cli.terminal import Terminal


def written(terminal: Terminal, record: str) -> dict[str, object]:
    """Give what the CRM took for a record since the test began."""
    return {
        name: value for one in terminal.sent() if one["id"] == record for name, value in one["fields"].items()
    }


def test_columns_are_mapped_left_out_and_given_to_all(terminal: Terminal) -> None:
    record = terminal.record()
    file = terminal.file("a.csv", "Account,Sector,Remark", f"{record},Energy,seen in May")
    told = terminal.run(
        "push", file, "--key", "Account", "--map", "Account=Id", "--map", "Sector=Industry",
        "--map", "Remark=", "--constant", "Description=from the list", "--yes", "--json",
        "--written", str(terminal.folder / "w.csv"),
    )  # fmt: skip
    assert told.code == 0, told
    assert written(terminal, record) == {"Industry": "Energy", "Description": "from the list"}
    lines = (terminal.folder / "w.csv").read_text(encoding="utf-8-sig").splitlines()
    remarks = [row["Remark"] for row in csv.DictReader(lines)]
    assert remarks == ["seen in May"], "columns that are not written stay in results"


def test_a_data_loader_file_is_read(terminal: Terminal) -> None:
    record = terminal.record()
    file = terminal.file("a.csv", "ACCOUNT ID,Line of business,Notes,Phone", f"{record},Media,x,+49 1")
    sdl = terminal.file(
        "map.sdl", "#Mapping values", "ACCOUNT\\ ID=Id", "Line\\ of\\ business=Industry", "Notes=",
        '"set by\\: list"=Description, Site',
    )  # fmt: skip
    told = terminal.run("push", file, "--mapping", sdl, "--yes", "--json")
    assert told.code == 0, told
    assert written(terminal, record) == {
        "Industry": "Media", "Description": "set by: list", "Site": "set by: list",
    }  # fmt: skip
    assert "Not written: Notes, Phone" in told.err, "called like a field, and not named"


def test_proposals_are_told_kept_and_used_again(terminal: Terminal) -> None:
    first, second = terminal.record(), terminal.record()
    file = terminal.file("a.csv", "Account ID,Employees,Remark", f"{first},4711,x")
    told = terminal.run("push", file, "--auto-map", "--save-mapping", "List", "--yes", "--json")
    assert told.code == 0, told
    assert "Employees → NumberOfEmployees (same label)" in told.err
    assert "Remark → not written" in told.err
    assert written(terminal, first) == {"NumberOfEmployees": 4711}

    again = terminal.file("b.csv", "Employees,Account ID,Other", f"4712,{second},y")
    missing = terminal.run("push", again, "--mapping", "List", "--yes", "--json")
    assert (missing.code, "Remark" in missing.err) == (2, True), "a column that the mapping names is gone"
    told = terminal.run("push", file, "--mapping", "list", "--yes", "--json")
    assert told.code == 0
    assert terminal.run("file-mappings", "list", "--json").json[0]["object"] == "Account"
    out = terminal.folder / "list.json"
    assert terminal.run("file-mappings", "show", "List", "-o", str(out)).code == 0
    assert json.loads(out.read_text())["columns"]["Employees"] == "NumberOfEmployees"
    assert terminal.run("file-mappings", "delete", "List").code == 0
    assert terminal.run("push", file, "--mapping", "List", "--yes").code == 2
    assert terminal.run("push", file, "--mapping", str(out), "--yes", "--json").code == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--map", "Sector"], "no ="),
        (["--map", "Nothing=Industry"], "does not have"),
        (["--map", "Sector=Nothing__c"], "no field Nothing__c"),
        (["--map", "Sector=Industry", "--constant", "Industry=Media"], "Industry"),
        (["--map", "Sector=Id"], "would give the key"),
        (["--mapping", "Never saved"], "No mapping is called"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_sent(
    terminal: Terminal, options: list[str], told: str
) -> None:
    file = terminal.file("a.csv", "Id,Sector", f"{terminal.record()},Energy")
    done = terminal.run("push", file, "--key", "Id", "--yes", *options)
    assert done.code == 2, done
    assert told in done.err
    assert terminal.sent() == []


def test_a_row_of_the_wrong_length_is_told_by_its_own_columns(terminal: Terminal) -> None:
    record = terminal.record()
    file = terminal.file("a.csv", "Id,Industry", f"{record},Energy,too,many")
    bad = terminal.folder / "bad.csv"
    told = terminal.push(file, "--constant", "Description=x", "--not-written", str(bad), "--json")
    assert told.code == 4
    assert "4 cells; the header has 2" in bad.read_text(encoding="utf-8-sig")
    assert terminal.sent() == []


def test_connection_and_object_may_be_left_out_where_there_is_one(terminal: Terminal) -> None:
    record = terminal.record()
    file = terminal.file("a.csv", "Id,Industry", f"{record},Retail")
    assert terminal.run("plan", file, "--json").json["groups"][0]["object"] == "Account"


def test_no_workspace_is_needed_to_read_a_mapping_that_is_none(terminal: Terminal, tmp_path: Path) -> None:
    file = terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Energy")
    for name, text in (("a.json", "{"), ("b.json", "[]"), ("c.sdl", "# nothing\n"), ("d.sdl", "A=B:C:D\n")):
        path = tmp_path / name
        path.write_text(text)
        done = terminal.run("push", file, "--mapping", str(path), "--yes")
        assert (done.code, "is no mapping" in done.err) == (2, True), (name, done)


def test_blank_cells_of_one_column_clear_and_those_of_others_keep(terminal: Terminal) -> None:
    record = terminal.record()
    assert terminal.push(terminal.file("a.csv", "Id,Site,Phone", f"{record},here,12345")).code == 0
    file = terminal.file("b.csv", "Id,Site,Phone,Industry", f"{record},,,Media")
    told = terminal.push(file, "--column-blank", "Site=clear", "--save-mapping", "Blanks")
    assert told.code == 0, told
    assert terminal.sent()[-1]["fields"] == {"Site": None, "Industry": "Media"}
    saved = terminal.run("file-mappings", "show", "Blanks")
    assert saved.json["blanks"] == {"Site": "clear"}
    for words in (("Site=never",), ("Nix=clear",)):
        assert terminal.push(file, "--column-blank", *words).code == 2
