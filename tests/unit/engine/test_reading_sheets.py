"""Sheets of workbooks come as the same rows that a CSV of them would give, or are refused with the place."""

import zipfile
from collections import abc
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from writeback.engine.source_files import describe_file, open_again, open_source
from writeback.errors import ConfigurationError

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
Cells = abc.Sequence[object]


def make(folder: Path, *rows: Cells, title: str = "Rows") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    path = folder / "in.xlsx"
    book.save(path)
    return path


def cells(path: Path, **how: str) -> list[tuple[int, list[str]]]:
    return [(row.number, list(row.cells)) for row in open_source(path, **how).rows()]


def refused(path: Path, **how: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(ConfigurationError) as caught:
        list(open_source(path, **how).rows())
    return caught.value.code, dict(caught.value.facts)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0012", "0012"),
        (12, "12"),
        (12.0, "12"),
        (0.1, "0.1"),
        (1234567.25, "1234567.25"),
        (1e21, "1000000000000000000000"),
        (0.000001, "0.000001"),
        (-0.5, "-0.5"),
        (True, "true"),
        (False, "false"),
        (date(2026, 3, 29), "2026-03-29"),
        (datetime.fromisoformat("2026-03-29"), "2026-03-29"),
        (datetime.fromisoformat("2026-03-29T02:30:00"), "2026-03-29T02:30:00"),
        ("Zürich 東京", "Zürich 東京"),
        ("two\nlines", "two\nlines"),
        ("two_x000D_\nlines", "two\r\nlines"),
        ("key_x0041_", "key_x0041_"),
    ],
)
def test_a_cell_becomes_the_text_that_reads_back_as_it(tmp_path: Path, value: object, text: str) -> None:
    assert cells(make(tmp_path, ("Id", "Value"), ("A1", value))) == [(1, ["A1", text])]


def test_blank_rows_count_as_lines_and_blank_columns_at_the_end_are_none(tmp_path: Path) -> None:
    path = make(
        tmp_path, ("Id", "Name", None, None), ("A1", "x", None, None), (), (), ("A2",), ("A3", "y", None)
    )
    assert cells(path) == [(1, ["A1", "x"]), (4, ["A2", ""]), (5, ["A3", "y"])]
    assert open_source(path).header.columns == ("Id", "Name")


def test_a_cell_beyond_the_header_is_not_lost_silently(tmp_path: Path) -> None:
    path = make(tmp_path, ("Id", "Name"), ("A1", "x", None, "astray"))
    assert cells(path) == [(1, ["A1", "x", "", "astray"])]


def test_cells_below_and_beside_the_first_of_a_merged_one_are_told_from_blank_ones(tmp_path: Path) -> None:
    path = make(tmp_path, ("Id", "A", "B"), *((f"A{n}", "x", "y") for n in range(1, 6)), ("A6",))
    book = load_workbook(path)
    for span in ("B2:C3", "B5:B6", "A7:XFD7"):
        book["Rows"].merge_cells(span)
    book.save(path)
    spans = [[getattr(cell, "span", None) for cell in row.cells] for row in open_source(path).rows()]
    assert spans == [
        [None, None, "B2:C3"], [None, "B2:C3", "B2:C3"], [None] * 3, [None] * 3,
        [None, "B5:B6", None], [None, "A7:XFD7", "A7:XFD7"],
    ]  # fmt: skip
    assert [row[1] for _, row in cells(path)] == ["x", "", "x", "x", "", ""]


def test_the_first_visible_sheet_is_taken_unless_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.title, hidden.sheet_state = "Notes", "hidden"
    for name in ("Accounts", "Contacts"):
        book.create_sheet(name).append(["Id", name])
    book.save(path)
    assert open_source(path).header.columns == ("Id", "Accounts")
    assert open_source(path, sheet="contacts").header.columns == ("Id", "Contacts")
    code, facts = refused(path, sheet="Leads")
    assert (code, facts["sheets"]) == ("file.unknown_sheet", "Accounts, Contacts")


def test_an_error_in_a_cell_refuses_the_file_with_its_place(tmp_path: Path) -> None:
    code, facts = refused(make(tmp_path, ("Id", "Value"), ("A1", "x"), ("A2", "#REF!")))
    assert (code, facts["line"], facts["place"], facts["value"]) == ("file.cell_error", 3, 2, "#REF!")


def test_a_formula_nobody_calculated_refuses_the_file(tmp_path: Path) -> None:
    code, facts = refused(make(tmp_path, ("Id", "Value"), ("A1", 1), ("A2", "=B2*2")))
    assert (code, facts["line"], facts["place"]) == ("file.not_calculated", 3, 2)


def edited(path: Path, *changes: tuple[bytes, bytes]) -> Path:
    """Change a workbook's sheet as another program writes it."""
    made = path.with_name("edited.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for before, after in changes:
                    assert before in data
                    data = data.replace(before, after)
            target.writestr(name, data)
    return made


def test_a_calculated_formula_gives_its_result(tmp_path: Path) -> None:
    path = edited(make(tmp_path, ("Id", "Value"), ("A1", "=1+1")), (b"<v></v>", b"<v>2</v>"))
    assert cells(path) == [(1, ["A1", "2"])]


def test_a_formula_whose_result_is_an_empty_text_gives_a_blank(tmp_path: Path) -> None:
    path = make(tmp_path, ("Id", "Value"), ("A1", '=""'))
    assert cells(edited(path, (b'<c r="B2">', b'<c r="B2" t="str">'))) == [(1, ["A1", ""])]


def test_an_array_formula_nobody_calculated_refuses_the_file(tmp_path: Path) -> None:
    path = make(tmp_path, ("Id", "Value"), ("A1", ArrayFormula("B2", "=SUM(A1:A2)")))
    assert refused(path)[0] == "file.not_calculated"
    prefixed = edited(path, (b"<f t", b'<x:f xmlns:x="' + MAIN + b'" t'), (b"</f>", b"</x:f>"))
    assert refused(prefixed)[0] == "file.not_calculated"


def test_a_percentage_is_told_as_one_for_no_crm_to_take_it_for_another_number(tmp_path: Path) -> None:
    path = make(tmp_path, ("Id", "A", "B", "C"), ("A1", 0.155, 1, 0.15))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet["B2"].number_format, sheet["C2"].number_format = "0.0%", "0%"
    sheet["D2"].number_format = '0.00" %"'
    book.save(path)
    assert cells(path) == [(1, ["A1", "15.5%", "100%", "0.15"])]


def test_an_archive_that_would_burst_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (80 * 1024 * 1024))
    assert refused(path)[0] == "file.bursts"


def test_xml_with_entities_is_refused(tmp_path: Path) -> None:
    path = make(tmp_path, ("Id",), ("A1",))
    evil = tmp_path / "evil.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(evil, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/workbook.xml":
                data = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + data
            target.writestr(name, data)
    code, facts = refused(evil)
    assert (code, facts["part"]) == ("file.not_trusted", "xl/workbook.xml")


@pytest.mark.parametrize("data", [b"", b"PK", b"\xd0\xcf\x11\xe0 old Excel", b"Id,Name\n1,2\n"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(data)
    assert refused(path)[0] == "file.no_workbook"


@pytest.mark.parametrize("ending", [".xls", ".ods", ".xlsb"])
def test_other_workbooks_are_named_as_such(tmp_path: Path, ending: str) -> None:
    assert refused(tmp_path / f"in{ending}")[0] == "file.other_workbook"


def test_a_sheet_of_a_text_file_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Id\n1\n", "utf-8")
    assert refused(tmp_path / "in.csv", sheet="Rows")[0] == "file.no_sheets"


def test_a_planned_workbook_opens_again_as_it_was_read_and_not_when_changed(tmp_path: Path) -> None:
    path = make(tmp_path, ("Id", "Name"), ("A1", "x"), title="Daten")
    told = describe_file(open_source(path))
    assert [list(row.cells) for row in open_again(path, told).rows()] == [["A1", "x"]]
    make(tmp_path, ("Id", "Name"), ("A1", "other"), title="Daten")
    with pytest.raises(ConfigurationError, match=r"file\.changed"):
        open_again(path, told)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes("Id,Name\n1,Zürich\n".encode(encoding))
    assert cells(path) == [(1, ["1", "Zürich"])]


@pytest.mark.parametrize("mark", [",", ";", "|", "\t"])
def test_a_spreadsheets_line_about_the_delimiter_is_no_header(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f"sep={mark}\r\nId{mark}Name\r\n1{mark}a,b;c\r\n", "utf-8", newline="")
    file = open_source(path)
    assert file.header.columns == ("Id", "Name")
    if mark not in ",;":
        assert cells(path) == [(2, ["1", "a,b;c"])]
