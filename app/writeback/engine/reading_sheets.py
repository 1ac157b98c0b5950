"""Read a sheet of a workbook (.xlsx) row by row, as text: what a person sees in a cell, without its format.

A date is told as `2026-11-27`, a number without exponent, a checkbox as `true`; a percentage keeps its sign,
so that no field of numbers takes it: whether 15 % is 15 or 0.15 the CRM alone decides. A merged cell is told
from a blank one (`merged_cells`). An error (`#REF!`) or a formula that nobody calculated refuses the file,
because nobody can say what was meant. Archives that would burst, and XML that refers to elsewhere, are
refused before they are opened.

Must not: calculate, guess, keep a workbook in memory.
"""

import hashlib
import re
import zipfile
from collections import abc
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from writeback.engine.merged_cells import Merges, merges_of
from writeback.engine.reading_files import FileRow, Header, bare_header, header_of, made_up_header
from writeback.errors import ConfigurationError
from writeback.model.canonical import Json

MOST_BYTES: Final = 8 * 1024 * 1024 * 1024
"""So much a workbook may hold unpacked; a sheet of a million rows and thirty columns holds two."""
MOST_RATIO: Final = 400
"""Unpacked against packed; real sheets stay far below."""
RATIO_FROM: Final = 64 * 1024 * 1024
MOST_PARTS: Final = 10_000
_HEAD: Final = 4096
_MIDNIGHT: Final = time(0)
_LONG: Final = 10**15
"""A sheet keeps fifteen digits of a number."""
_FORMULA: Final = re.compile(rb"<(?:\w{1,24}:)?f[\s/>]")
_ESCAPED: Final = re.compile(r"_x(00[01][0-9A-Fa-f])_")
"""How a workbook writes a control character in a text: a line end of Windows is `_x000D_` and a line feed."""
_QUOTED: Final = re.compile(r'"[^"]*"|\\.')
"""What a number's format shows as it is written there."""


class ExactNumber(str):
    """A number that a sheet holds as one: written in our own form, whatever way its texts write numbers."""

    __slots__ = ()


class SheetFile:
    """One sheet of a workbook that can be read as often as wanted."""

    def __init__(self, path: Path, *, sheet: str = "", has_header: bool = True) -> None:
        """Look at the workbook; nothing is kept open.

        Raises:
            ConfigurationError: It is no workbook, not to be trusted, has no such sheet, or no header.
        """
        self.path = path
        self._has_header = has_header
        self._percents: dict[int, bool] = {}
        with _telling(path):
            _check_archive(path)
            with _workbook(path) as book:
                self.sheets = _visible(book)
                """Names of the sheets that can be seen."""
                self.sheet = _chosen(book, sheet, path)
                self._has_formulas = _has_formulas(path)
                self._merges = merges_of(path, book[self.sheet]._worksheet_path)  # noqa: SLF001  nothing else tells
                first = next(iter(book[self.sheet].iter_rows()), ())
                cells = [self._text(cell, line=1, place=place) for place, cell in enumerate(first, 1)]
        while cells and not cells[-1].strip():  # a format alone makes a cell
            cells.pop()
        self._width = len(cells)
        self.header: Header = (
            header_of(bare_header(cells), path=path, delimiter="")
            if has_header
            else made_up_header(len(cells), path=path, delimiter="")
        )

    def rows(self) -> abc.Iterator[FileRow]:
        """Give all rows that hold anything, in their order.

        Raises:
            ConfigurationError: A cell holds an error, or a formula that nobody calculated.
        """
        with _telling(self.path), _workbook(self.path) as book:
            sheet = book[self.sheet]
            sheet.reset_dimensions()
            if not self._has_formulas:
                yield from self._rows(sheet.iter_rows())
                return
            with _workbook(self.path, with_formulas=True) as formulas:
                told = formulas[self.sheet]
                told.reset_dimensions()
                yield from self._rows(sheet.iter_rows(), told.iter_rows())

    def digest(self) -> str:
        """Give the SHA-256 of the file's bytes."""
        with _telling(self.path), self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def told(self) -> dict[str, Json]:
        """Give how it is read."""
        return {"sheet": self.sheet, **({} if self._has_header else {"header": False})}

    def _rows(
        self, rows: abc.Iterable[abc.Sequence[Any]], formulas: abc.Iterable[abc.Sequence[Any]] | None = None
    ) -> abc.Iterator[FileRow]:
        beside = iter(formulas) if formulas is not None else None
        merges = Merges(self._merges)
        for number, row in enumerate(rows):
            told = next(beside, ()) if beside is not None else ()
            if not number and self._has_header:
                continue
            line = number + 1
            if told:
                self._check_calculated(row, told, line)
            cells = [self._text(cell, line=line, place=place) for place, cell in enumerate(row, 1)]
            if any(map(str.strip, cells)):
                cells = self._in_width(cells)
                merges.mark(cells, line)
                yield FileRow(number, cells)

    def _in_width(self, cells: list[str]) -> list[str]:
        """Bring a row to the header's width: a sheet has no short rows, and blank cells beyond are none."""
        del cells[max(self._width, _filled(cells)) :]
        return cells + [""] * (self._width - len(cells))

    def _check_calculated(self, row: abc.Sequence[Any], told: abc.Sequence[Any], line: int) -> None:
        for place, (cell, formula) in enumerate(zip(row, told, strict=False), 1):
            is_blank_result = getattr(cell, "data_type", "") == "str"  # `""`, as calculated
            if cell.value is None and not is_blank_result and getattr(formula, "data_type", "") == "f":
                raise ConfigurationError("file.not_calculated", path=str(self.path), line=line, place=place)

    def _text(self, cell: Any, *, line: int, place: int) -> str:  # noqa: ANN401  openpyxl ships no types
        value = cell.value
        if getattr(cell, "data_type", "") == "e":
            raise ConfigurationError(
                "file.cell_error", path=str(self.path), line=line, place=place, value=str(value)[:20]
            )
        if isinstance(value, float | int) and not isinstance(value, bool) and self._is_percent(cell):
            return f"{_number(Decimal(f'{value:.15g}') * 100)}%"
        return text_of_cell(value)

    def _is_percent(self, cell: Any) -> bool:  # noqa: ANN401  openpyxl ships no types
        """Say whether a number is shown as a percentage: 0.15 as 15 %, and a CRM may mean either."""
        style = getattr(cell, "_style_id", 0)
        if style not in self._percents:
            self._percents[style] = "%" in _QUOTED.sub("", str(getattr(cell, "number_format", "")))
        return self._percents[style]


def text_of_cell(value: object) -> str:
    """Give a cell's content as text that reads back as what it is."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() | int() if isinstance(value, float) or abs(value) >= _LONG:
            return ExactNumber(_number(value) if isinstance(value, float) else value)
        case datetime() if value.time() == _MIDNIGHT:
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            text = str(value)
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x00" in text else text


def _number(value: float | Decimal) -> str:
    """Write a number as a sheet shows it: fifteen digits, no exponent."""
    text = format(Decimal(f"{value:.15g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _filled(cells: abc.Sequence[str]) -> int:
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1]), 0)


def _visible(book: Any) -> tuple[str, ...]:  # noqa: ANN401  openpyxl ships no types
    return tuple(str(sheet.title) for sheet in book.worksheets if sheet.sheet_state == "visible")


def _chosen(book: Any, wanted: str, path: Path) -> str:  # noqa: ANN401  openpyxl ships no types
    names = _visible(book)
    if not wanted and names:
        return names[0]
    for sheet in book.worksheets:
        if wanted and sheet.title.casefold() == wanted.casefold():
            return str(sheet.title)
    told = ", ".join(names)[:300]
    raise ConfigurationError("file.unknown_sheet", path=str(path), sheet=wanted[:100], sheets=told)


@contextmanager
def _workbook(path: Path, *, with_formulas: bool = False) -> abc.Iterator[Any]:
    from openpyxl import load_workbook  # noqa: PLC0415  100 ms, needed for workbooks alone

    with path.open("rb") as file:  # ours, so that it is closed whatever openpyxl leaves open
        book = load_workbook(file, read_only=True, data_only=not with_formulas, keep_links=False)
        try:
            yield book
        finally:
            book.close()


@contextmanager
def _telling(path: Path) -> abc.Iterator[None]:
    try:
        yield
    except ConfigurationError:
        raise
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise ConfigurationError("file.unreadable", path=str(path), problem=problem) from error
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError, EOFError) as error:
        raise ConfigurationError("file.no_workbook", path=str(path), problem=str(error)[:200]) from error


def _check_archive(path: Path) -> None:
    """Refuse an archive that would burst, and XML that refers to elsewhere, before anything parses it."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        whole, packed = sum(one.file_size for one in parts), sum(one.compress_size for one in parts)
        bursts = whole > RATIO_FROM and whole > MOST_RATIO * max(1, packed)
        if len(parts) > MOST_PARTS or whole > MOST_BYTES or bursts:
            raise ConfigurationError("file.bursts", path=str(path), megabytes=whole // (1024 * 1024))
        for one in parts:
            if one.filename.endswith((".xml", ".rels")):
                with archive.open(one) as file:
                    head = file.read(_HEAD).upper()
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<\0!\0" in head:
                    raise ConfigurationError("file.not_trusted", path=str(path), part=one.filename[:100])


def _has_formulas(path: Path) -> bool:
    """Say whether any sheet holds a formula: only then is it read twice."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as file:
                    before = b""
                    while block := file.read(1 << 20):
                        if _FORMULA.search(before + block):
                            return True
                        before = block[-32:]
    return False
