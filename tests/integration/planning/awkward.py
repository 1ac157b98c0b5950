"""Thirty and more files as they come by mail, each with what is read of it or why it is refused."""

import io
import zipfile
from collections import abc
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import ERROR_CODES

from writeback.model.source_formats import DateOrder, DecimalMark, SourceFormat

Row = tuple[str, str, object]
"""A row's record, then a field and the value that would be written there, or `blocked` and the code."""


@dataclass(frozen=True)
class Awkward:
    """One file."""

    name: str
    data: bytes
    rows: tuple[Row, ...] = ()
    refused: str = ""
    line: int = 0
    """Of a refused file: the line that the refusal names; 0: it is about the whole file."""
    encoding: str = "utf-8-sig"
    sheet: str = ""
    has_header: bool = True
    form: SourceFormat = field(default_factory=SourceFormat)
    key: str = "Id"
    lines: tuple[int, ...] = ()
    """The lines of the rows as a person counts them; (): not asked."""


def text(name: str, told: str, *rows: Row, encoding: str = "utf-8", **more: object) -> Awkward:
    more.setdefault("encoding", encoding)
    return Awkward(f"{name}.csv", told.encode(encoding), rows, **more)  # type: ignore[arg-type]


def sent(record: str, value: object, path: str = "Name") -> Row:
    return record, path, value


def blocked(record: str, code: str) -> Row:
    return record, "blocked", code


def texts() -> abc.Iterator[Awkward]:
    one = sent("A1", "Zürich")
    yield text("utf-8", "Id,Name\nA1,Zürich\n", one)
    yield text("utf-8-with-a-mark", "\ufeffId,Name\nA1,Zürich\n", one)
    yield text("utf-16-with-a-mark", "Id,Name\nA1,Zürich\n", one, encoding="utf-16")
    marked = "\ufeffId,Name\nA1,Zürich\n".encode("utf-16-be")
    yield Awkward("utf-16-be-unasked.csv", marked, (one,))
    bare = "Id,Name\nA1,Zürich\n".encode("utf-16-le")
    yield Awkward("utf-16-without-a-mark.csv", bare, refused="file.wrong_encoding", line=2)
    yield text("cp1252", "Id;Name\nA1;Zürich €\n", sent("A1", "Zürich €"), encoding="cp1252")
    late = b"Id,Name\n" + b"A1,x\n" * 5_000 + "A2,Zürich\n".encode("cp1252")
    yield Awkward("cp1252-unsaid.csv", late, refused="file.wrong_encoding", line=5_002)
    yield text("shift-jis", "Id,Name\nA1,東京ソフト\n", sent("A1", "東京ソフト"), encoding="shift_jis")
    yield text("semicolons-and-sep", 'sep=;\r\nId;Name\r\nA1;"a;b"\r\n', sent("A1", "a;b"), lines=(3,))
    yield text("tabs", "Id\tName\nA1\ta,b\n", sent("A1", "a,b"))
    yield text("bars", "Id|Name\nA1|a b\n", sent("A1", "a b"))
    yield text(
        "quotes-and-line-breaks",
        'Id,Name\nA1,"a ""b""\r\nc"\nA2,x\n',
        sent("A1", 'a "b"\r\nc'),
        sent("A2", "x"),
    )
    yield text("an-open-quote", 'Id,Name\nA1,x\nA2,"y\nA3,z\n', refused="file.malformed", line=3)
    yield text("no-header", "A1,Zürich\n\nA2,Bern\n", sent("A1", "Zürich"), sent("A2", "Bern"),
               has_header=False, key="A", lines=(1, 3))  # fmt: skip
    yield text("a-header-twice", "Id,Name,name\nA1,a,b\n", refused="file.double_column")
    yield text("a-column-without-a-name", "Id,Name,\nA1,a,b\n", refused="file.unnamed_column")
    yield text(
        "ragged", "Id,Name\nA1\nA2,b,c\nA3,d\n", blocked("", "file.too_few_cells"),
        blocked("", "file.too_many_cells"), sent("A3", "d"),
    )  # fmt: skip
    yield text("nothing", "", refused="file.empty")
    yield text("blanks-only", "\n\n", refused="file.empty")
    yield text("header-alone", "Id,Name\n")
    yield text("blank-rows-behind", "Id,Name\nA1,a\n,\n\n,\n", sent("A1", "a"), lines=(2,))


def numbers() -> abc.Iterator[Awkward]:
    def money(told: object) -> Row:
        return sent("A1", told, "Revenue")

    yield text("decimal-comma", "Id;Revenue\nA1;1.200,50\nA2;3,5\n", money(Decimal("1200.50")),
               sent("A2", Decimal("3.5"), "Revenue"))  # fmt: skip
    yield text("which-decimal", "Id;Revenue\nA1;1,200\n", refused="file.which_decimal")
    yield text("which-decimal-though-ours", "Id;Revenue\nA1;1.200\nA2;15\n", refused="file.which_decimal")
    yield text("no-thousands", "Id;Revenue\nA1;0.125\nA2;1.200\n", money(Decimal("0.125")),
               sent("A2", Decimal("1.200"), "Revenue"))  # fmt: skip
    comma = SourceFormat(decimal=DecimalMark.COMMA)
    yield text("told-decimal", "Id;Revenue\nA1;1,200\n", money(Decimal("1.200")), form=comma)
    yield text("currency-sign", "Id;Revenue\nA1;€ 1.200,50\n", money(Decimal("1200.50")), form=comma)
    yield text("point-in-a-comma-file", "Id;Revenue\nA1;3,5\nA2;1.50\n",
               money(Decimal("3.5")), blocked("A2", "value.not_a_number"), form=comma)  # fmt: skip
    yield text("percent-sign", "Id,Revenue\nA1,12 %\n", blocked("", "value.not_a_number"))
    yield text("leading-zeros", "Id,Name\nA1,00123\n", sent("A1", "00123"))
    yield text("scientific-id", "Id,Name\n1.23E+15,x\n", blocked("", "file.shortened_number"))
    yield text("scientific-text", "Id,Name\nA1,1.23E+15\nA2,+49 89 1234\n",
               blocked("", "file.shortened_number"), sent("A2", "+49 89 1234"))  # fmt: skip
    yield text("days-that-only-fit-one-way", "Id,Renewal\nA1,13/04/2026\nA2,01/02/2026\n",
               sent("A1", date(2026, 4, 13), "Renewal"), sent("A2", date(2026, 2, 1), "Renewal"))  # fmt: skip
    yield text("which-day", "Id,Renewal\nA1,03/04/2026\n", refused="file.which_order")
    mdy = SourceFormat(order=DateOrder.MDY)
    yield text("told-day", "Id,Renewal\nA1,03/04/2026\n", sent("A1", date(2026, 3, 4), "Renewal"), form=mdy)
    yield text("days-of-both-kinds", "Id,Renewal\nA1,13/04/2026\nA2,04/13/2026\n",
               blocked("", "value.not_a_date"), blocked("", "value.not_a_date"))  # fmt: skip
    yield text("day-as-a-number", "Id,Renewal\nA1,45000\n", blocked("", "value.not_a_date"))


def hostile() -> abc.Iterator[Awkward]:
    yield text("nul", "Id,Name\nA1,a\0b\n", blocked("", "value.not_text"))
    yield Awkward("half-a-surrogate.csv", b"Id,Name\nA1,x\nA2,\xed\xa0\x80\n",
                  refused="file.wrong_encoding", line=3)  # fmt: skip
    huge = "x" * 1_000_000
    yield text("a-huge-cell", f"Id,Name\nA1,{huge}\n", blocked("", "value.too_long"))
    yield text("turned-text", "Id,Name\nA1,\u202eevil\n", sent("A1", "\u202eevil"))
    yield Awkward("a-workbook.csv", book(("Id", "Name"), ("A1", "x")), refused="file.workbook_in_disguise")
    yield Awkward("a-text.xlsx", b"Id,Name\nA1,x\n", refused="file.no_workbook")
    yield Awkward("an-old-one.xls", b"\xd0\xcf\x11\xe0", refused="file.other_workbook")
    yield Awkward("a-bomb.xlsx", bomb(), refused="file.bursts")
    yield Awkward("entities.xlsx", entities(), refused="file.not_trusted")


def books() -> abc.Iterator[Awkward]:
    rows = (("Id", "Name", "Revenue", "Renewal"), ("A1", "00123", 1200.5, date(2026, 11, 27)))
    yield Awkward("a-sheet.xlsx", book(*rows), (sent("A1", "00123"),))
    yield Awkward("a-day-in-a-sheet.xlsx", book(("Id", "Renewal"), rows[1][::3]),
                  (sent("A1", date(2026, 11, 27), "Renewal"),))  # fmt: skip
    yield Awkward("a-day-as-a-number.xlsx", book(("Id", "Renewal"), ("A1", 45000)),
                  (blocked("", "value.not_a_date"),))  # fmt: skip
    yield Awkward("big-numbers.xlsx", book(("Id", "Name"), ("A1", 123456789012345.0)),
                  (sent("A1", "123456789012345"),))  # fmt: skip
    long = book(("Id", "Name"), ("A1", 1234567890123456789.0), ("A2", "1234567890123450000"), (1.2e18, "x"))
    yield Awkward("rounded-numbers.xlsx", long,
                  (blocked("", "file.shortened_number"), sent("A2", "1234567890123450000"),
                   blocked("", "file.shortened_number")))  # fmt: skip
    comma = SourceFormat(decimal=DecimalMark.COMMA)
    numbers = book(("Id", "Revenue"), ("A1", "1.234,5"), ("A2", 1.234), ("A3", 1.5))
    told = [
        sent(f"A{place}", Decimal(one), "Revenue") for place, one in enumerate(("1234.5", "1.234", "1.5"), 1)
    ]
    yield Awkward("numbers-among-texts.xlsx", numbers, tuple(told))
    yield Awkward("numbers-among-texts-told.xlsx", numbers, tuple(told), form=comma)
    yield Awkward(
        "a-formula.xlsx", book(("Id", "Name"), ("A1", "=1+1")), refused="file.not_calculated", line=2
    )
    yield Awkward("an-error.xlsx", book(("Id", "Name"), ("A1", "x"), ("A2", ERROR_CODES[0])),
                  refused="file.cell_error", line=3)  # fmt: skip
    yield Awkward("merged.xlsx", book(("Id", "Name"), ("A1", "x"), (None, "y"), merged="A2:A3"),
                  (sent("A1", "x"), blocked("", "file.merged_cell")))  # fmt: skip
    yield Awkward("hidden-first.xlsx", book(("Id", "Name"), ("A1", "x"), hidden=True), (sent("A1", "x"),))
    yield Awkward("a-hidden-sheet.xlsx", book(("Id", "Name"), ("A1", "x"), hidden=True),
                  (sent("A2", "secret"),), sheet="Hidden")  # fmt: skip
    yield Awkward("no-such-sheet.xlsx", book(("Id", "Name")), refused="file.unknown_sheet", sheet="May")
    yield Awkward("rows-behind.xlsx", book(("Id", "Name"), ("A1", "x"), (None, None), (" ", "")),
                  (sent("A1", "x"),), lines=(2,))  # fmt: skip
    yield Awkward("no-header.xlsx", book(("A1", "x"), ("A2", "y")), (sent("A1", "x"), sent("A2", "y")),
                  has_header=False, key="A", lines=(1, 2))  # fmt: skip


def book(*rows: abc.Sequence[object], merged: str = "", hidden: bool = False) -> bytes:
    """Make a workbook of one sheet, maybe behind a hidden one."""
    made = Workbook()
    sheet = made.active
    if hidden:
        sheet.title = "Hidden"
        sheet.sheet_state = "hidden"
        for row in (("Id", "Name"), ("A2", "secret")):
            sheet.append(row)
        sheet = made.create_sheet("Seen")
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/x.xml", "w") as part:
        for _ in range(80):
            part.write(bytes(1024 * 1024))
    return out.getvalue()


def entities() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    return out.getvalue()


CORPUS = (*texts(), *numbers(), *hostile(), *books())
