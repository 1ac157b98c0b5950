"""Read a CSV file row by row: header, encoding, delimiter, and which rows cannot be read as rows.

A file is read as a stream, so a million rows need no memory; the same file gives the same rows with the
same numbers each time, which is how result files find theirs again.

Must not: know what the columns mean.
"""

import codecs
import csv
import hashlib
import re
from collections import abc
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import IO, Final, NamedTuple

from writeback.errors import ConfigurationError
from writeback.model.canonical import Json
from writeback.planning.escaping import bare_cell

RESULT_COLUMNS: Final = ("row", "outcome", "code", "message")
RECORD_COLUMN: Final = "record_id"
"""Stands beside them where the file makes records: the id of the one that a row made, or was about."""
SAFE_MARK: Final = "_writeback_"
"""Result columns in safe form are called `_writeback_row`, …"""
RAW_MARK: Final = "_writeback_raw_"
"""Result columns in raw form are called `_writeback_raw_row`, …"""
MOST_CELL: Final = 64 * 1024 * 1024
"""A cell with more characters is an unclosed quote."""
_DELIMITERS: Final = (",", ";", "\t", "|")
_SEPARATOR_LINE: Final = re.compile(r'"?sep=([,;|\t])"?\r?\n', re.IGNORECASE)
"""How a spreadsheet program is told the delimiter; it is no header."""
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte-order marks; UTF-32's begins as UTF-16's does, so it is asked first."""
_ARCHIVE: Final = b"PK\x03\x04"
"""How a workbook begins, whatever its file is called."""
_SAMPLE: Final = 64 * 1024
_MOST_COLUMNS: Final = 2_000


class FileRow(NamedTuple):
    """One row of a file."""

    number: int
    """Empty lines counted: what a spreadsheet calls line `number + 1`. From 1; from 0 without a header."""
    cells: abc.Sequence[str]


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of a file."""

    columns: tuple[str, ...]
    """All columns, our own result columns included."""
    delimiter: str
    has_safe_form: bool = False
    """One of our result files in safe form: each cell with a leading apostrophe got it from us."""
    is_made_up: bool = False
    """The file has no such line: its columns are called as a spreadsheet calls them, A, B, …"""

    @property
    def width(self) -> int:
        """How many columns belong to the person; our result columns stand behind them."""
        marks = (SAFE_MARK, RAW_MARK)
        return sum(1 for name in self.columns if not name.startswith(marks))


class CsvFile:
    """A CSV file that can be read as often as wanted."""

    def __init__(self, path: Path, *, encoding: str = "utf-8-sig", has_header: bool = True) -> None:
        """Look at the file; nothing is kept open.

        Raises:
            ConfigurationError: There is no such file, the encoding is unknown, or it has no header.
        """
        self.path = path
        self._has_header = has_header
        self.encoding = self._marked() or _known_encoding(encoding)
        self._skipped = 0
        """Lines before the header: a spreadsheet's `sep=;`."""
        self.header: Header = self._read_header()

    def rows(self) -> abc.Iterator[FileRow]:
        """Give all rows that hold anything, in their order.

        A row may have fewer or more cells than the header: what that means is the caller's trade.

        Raises:
            ConfigurationError: The file is not in this encoding, or its quotes do not close.
        """
        header = self.header
        first = self._skipped + (1 if self._has_header else 0)
        with self._open() as file, _telling(self.path, self.encoding) as where:
            for number, cells in enumerate(_reader(file, header.delimiter)):
                where.line = number + 1
                if number >= first and any(map(str.strip, cells)):
                    yield FileRow(number, _bare(cells) if header.has_safe_form else cells)

    def digest(self) -> str:
        """Give the SHA-256 of the file's bytes: tells whether it is still the one that was planned."""
        with self._open_bytes() as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _read_header(self) -> Header:
        with self._open() as file, _telling(self.path, self.encoding):
            sample = file.read(_SAMPLE)
            told = _SEPARATOR_LINE.match(sample)
            delimiter = told.group(1) if told else _delimiter(sample)
            self._skipped = 1 if told else 0
            file.seek(0)
            cells = next(islice(_reader(file, delimiter), self._skipped, None), [])
        if not self._has_header:
            return made_up_header(len(cells), path=self.path, delimiter=delimiter)
        return header_of(bare_header(cells), path=self.path, delimiter=delimiter)

    def told(self) -> dict[str, Json]:
        """Give how it is read."""
        return {"encoding": self.encoding, **({} if self._has_header else {"header": False})}

    def _marked(self) -> str:
        """Give the encoding that a byte-order mark tells; '' where there is none."""
        with self._open_bytes() as file:
            head = file.read(4)
        if head == _ARCHIVE:
            raise ConfigurationError("file.workbook_in_disguise", path=str(self.path))
        return next((name for mark, name in _MARKS if head.startswith(mark)), "")

    def _open_bytes(self) -> BufferedReader:
        try:
            return self.path.open("rb")
        except OSError as error:
            raise ConfigurationError(
                "file.unreadable", path=str(self.path), problem=error.strerror or type(error).__name__
            ) from error

    def _open(self) -> IO[str]:
        self._open_bytes().close()
        return self.path.open("r", encoding=self.encoding, errors="strict", newline="")


def bare_header(cells: abc.Iterable[str]) -> tuple[str, ...]:
    """Give the names that the first line's cells are."""
    return tuple(bare_cell(cell).strip() for cell in cells)


def made_up_header(width: int, *, path: Path, delimiter: str) -> Header:
    """Name the columns of a file without a header as spreadsheets do: A, B, and AA after Z.

    Raises:
        ConfigurationError: There are none or too many.
    """
    if not width:
        raise ConfigurationError("file.empty", path=str(path))
    if width > _MOST_COLUMNS:
        raise ConfigurationError("file.too_many_columns", path=str(path), most=_MOST_COLUMNS)
    return Header(tuple(map(_letters, range(width))), delimiter, is_made_up=True)


def _letters(place: int) -> str:
    told = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        told = chr(ord("A") + rest) + told
    return told


def header_of(names: tuple[str, ...], *, path: Path, delimiter: str) -> Header:
    """Make a header of its names.

    Raises:
        ConfigurationError: There are none or too many, or one is blank or stands there twice.
    """
    if not any(names):
        raise ConfigurationError("file.empty", path=str(path))
    if len(names) > _MOST_COLUMNS:
        raise ConfigurationError("file.too_many_columns", path=str(path), most=_MOST_COLUMNS)
    _check_names(names, path)
    safe = all(f"{SAFE_MARK}{name}" in names for name in RESULT_COLUMNS)
    return Header(names, delimiter, has_safe_form=safe)


class _Where:
    """How far reading came, for the error that ends it."""

    line = 1


@contextmanager
def _telling(path: Path, encoding: str) -> abc.Iterator[_Where]:
    where = _Where()
    try:
        yield where
    except UnicodeError as error:
        line = _line_that_fails(path, encoding) or where.line
        raise ConfigurationError(
            "file.wrong_encoding", path=str(path), encoding=encoding.removesuffix("-sig"), line=line
        ) from error
    except csv.Error as error:
        raise ConfigurationError(
            "file.malformed", path=str(path), line=where.line + 1, problem=str(error)
        ) from error
    except OSError as error:
        raise ConfigurationError(
            "file.unreadable", path=str(path), problem=error.strerror or type(error).__name__
        ) from error


def _line_that_fails(path: Path, encoding: str) -> int:
    """Give the first line that is not in an encoding; 0: none, or the file cannot be read any more.

    A text is decoded in blocks, which says less.
    """
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    try:
        with path.open("rb") as file:
            while block := file.read(_SAMPLE):
                line += decoder.decode(block).count("\n")
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        before = bytes(error.object[: error.start])
        return line + before.decode(encoding, errors="ignore").count("\n")
    except (OSError, UnicodeError):
        return 0
    return 0


def _reader(file: IO[str], delimiter: str) -> abc.Iterator[list[str]]:
    csv.field_size_limit(MOST_CELL)  # of the module, not of a reader: there is no other way to set it
    return csv.reader(file, delimiter=delimiter, strict=True)


def _known_encoding(name: str) -> str:
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError) as error:
        raise ConfigurationError("file.unknown_encoding", encoding=name[:100]) from error
    # a byte-order mark is Excel's way to say UTF-8; it is no part of the first column's name
    return "utf-8-sig" if codec.name == "utf-8" else codec.name


def _delimiter(sample: str) -> str:
    """Give the delimiter of the header line: the one that stands there most often outside quotes."""
    line, is_quoted = [], False
    for character in sample:
        if character == '"':
            is_quoted = not is_quoted
        elif character in "\r\n" and not is_quoted:
            break
        elif not is_quoted:
            line.append(character)
    counts = {mark: line.count(mark) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: counts[mark])


def _check_names(names: abc.Sequence[str], path: Path) -> None:
    seen: dict[str, int] = {}
    for place, name in enumerate(names, 1):
        if not name:
            raise ConfigurationError("file.unnamed_column", path=str(path), place=place)
        if name.casefold() in seen:
            raise ConfigurationError("file.double_column", path=str(path), column=name[:200])
        seen[name.casefold()] = place


def _bare(cells: abc.Iterable[str]) -> list[str]:
    """Take off the apostrophe that our safe form put before a cell, exactly one."""
    return [bare_cell(cell) for cell in cells]
