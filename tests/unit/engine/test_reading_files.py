import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.engine.reading_files import CsvFile
from writeback.errors import ConfigurationError

CRLF = "\r\n"


def make(folder: Path, data: bytes | str, encoding: str = "utf-8") -> Path:
    path = folder / "in.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))
    return path


def cells(path: Path, encoding: str = "utf-8-sig") -> list[list[str]]:
    return [list(row.cells) for row in CsvFile(path, encoding=encoding).rows()]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-8", "UTF8"):
        file = CsvFile(make(tmp_path, b"\xef\xbb\xbfId,Name\nA1,x\n"), encoding=encoding)
        assert file.header.columns == ("Id", "Name")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_the_one_of_the_header(tmp_path: Path, mark: str) -> None:
    path = make(tmp_path, mark.join(("Id", '"a,b;c"', "Name")) + "\n" + mark.join(("1", "x", "y")) + "\n")
    file = CsvFile(path)
    assert file.header.columns == ("Id", "a,b;c", "Name")
    assert cells(path) == [["1", "x", "y"]]


def test_cells_keep_line_breaks_quotes_and_blanks(tmp_path: Path) -> None:
    path = make(tmp_path, 'Id,Name\r\n1,"a\r\nb ""c"""\r\n2,  x \r\n')
    assert cells(path) == [["1", 'a\r\nb "c"'], ["2", "  x "]]


def test_empty_lines_are_no_rows_but_count_as_lines(tmp_path: Path) -> None:
    path = make(tmp_path, "Id,Name\nA1,x\n\n,\nA2,y\n\n")
    assert [(row.number, row.cells[0]) for row in CsvFile(path).rows()] == [(1, "A1"), (4, "A2")]


def test_short_and_long_rows_come_as_they_are(tmp_path: Path) -> None:
    assert cells(make(tmp_path, "Id,Name\n1\n1,2,3\n")) == [["1"], ["1", "2", "3"]]


def test_another_encoding_is_read_when_it_is_named(tmp_path: Path) -> None:
    path = make(tmp_path, "Id,Name\n1,Zürich\n", "cp1252")
    assert cells(path, "cp1252") == [["1", "Zürich"]]
    assert cells(make(tmp_path, "Id,Name\n1,ü\n", "utf-16"), "utf-16") == [["1", "ü"]]


@pytest.mark.parametrize(
    ("data", "encoding", "code"),
    [
        (b"Id,Name\n1,Z\xfcrich\n", "utf-8-sig", "file.wrong_encoding"),
        (b"Id,Name\n1,x\n", "klingon", "file.unknown_encoding"),
        (b"Id,Name\n1,x\n", "a\0b", "file.unknown_encoding"),
        (b'Id,Name\n1,"x\n2,y\n', "utf-8", "file.malformed"),
        (b'Id,Name\n1,"x"y\n', "utf-8", "file.malformed"),
        (b"", "utf-8", "file.empty"),
        (b"\n1,2\n", "utf-8", "file.empty"),
        (b"Id,\n1,2\n", "utf-8", "file.unnamed_column"),
        (b"Id,Name,id\n", "utf-8", "file.double_column"),
        (b",".join(b"c%d" % n for n in range(2001)), "utf-8", "file.too_many_columns"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_where(
    tmp_path: Path, data: bytes, encoding: str, code: str
) -> None:
    path = make(tmp_path, data)
    with pytest.raises(ConfigurationError) as caught:
        cells(path, encoding)
    assert caught.value.code == code
    assert caught.value.facts.keys() & {"path", "encoding"}


def test_a_missing_file_and_a_folder_are_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(ConfigurationError, match=r"file\.unreadable"):
            CsvFile(path)


def test_our_own_safe_form_is_recognised_by_its_columns_alone(tmp_path: Path) -> None:
    names = ("row", "outcome", "code", "message")
    safe = "Id,Name," + ",".join(f"_writeback_{name}" for name in names) + "\n'=1,'x,2,blocked,c,m\n"
    file = CsvFile(make(tmp_path, safe))
    assert (file.header.has_safe_form, file.header.width) == (True, 2)
    assert cells(file.path)[0][:2] == ["=1", "x"]
    raw = safe.replace("_writeback_", "_writeback_raw_")
    file = CsvFile(make(tmp_path, raw))
    assert (file.header.has_safe_form, file.header.width) == (False, 2)
    assert cells(file.path)[0][:2] == ["'=1", "'x"]
    assert cells(make(tmp_path, "Id,Name\n'=1,'x\n")) == [["'=1", "'x"]]


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = make(tmp_path, "Id\n1\n")
    first = CsvFile(path).digest()
    path.write_bytes(b"Id\n2\n")
    assert CsvFile(path).digest() != first


text = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@given(
    rows=st.lists(
        st.lists(text, min_size=2, max_size=2).filter(lambda cells: any(map(str.strip, cells))), max_size=8
    )
)
def test_every_cell_that_csv_can_write_is_read_back(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=CRLF)
    writer.writerow(("Id", "Name"))
    writer.writerows(rows)
    assert cells(make(tmp_path_factory.mktemp("csv"), out.getvalue())) == rows
