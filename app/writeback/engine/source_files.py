"""The file that a consultant brings, whatever its form: text with delimiters, or a sheet of a workbook.

Must not: know what the columns mean.
"""

import hashlib
from collections import abc
from pathlib import Path
from typing import Final, Protocol

from writeback.engine.reading_files import CsvFile, FileRow, Header
from writeback.engine.reading_sheets import SheetFile
from writeback.errors import ConfigurationError
from writeback.files import telling_unreadable
from writeback.model.canonical import Json

UTF_8: Final = "utf-8-sig"
WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
_OTHER_WORKBOOKS: Final = frozenset({".xls", ".xlsb", ".ods", ".numbers"})


class SourceFile(Protocol):
    """A file that can be read as often as wanted, and gives the same rows with the same numbers each time."""

    path: Path

    @property
    def header(self) -> Header:
        """Its first line."""

    def rows(self) -> abc.Iterator[FileRow]:
        """Give all rows that hold anything, in their order."""

    def digest(self) -> str:
        """Give the SHA-256 of its bytes."""

    def told(self) -> dict[str, Json]:
        """Give how it is read, as a plan keeps it."""


def open_source(path: Path, *, encoding: str = UTF_8, sheet: str = "", has_header: bool = True) -> SourceFile:
    """Look at a file; nothing is kept open.

    Args:
        path: The file; one that ends in `.xlsx` or `.xlsm` is a workbook, everything else is text.
        encoding: Of a text; a byte-order mark says it, whatever is named here.
        sheet: Of a workbook; '' is its first visible one.
        has_header: Its first line names the columns; else they are called A, B, …

    Raises:
        ConfigurationError: It cannot be read as what it is; says why.
    """
    ending = path.suffix.casefold()
    if ending in _OTHER_WORKBOOKS:
        raise ConfigurationError("file.other_workbook", path=str(path), ending=ending)
    if ending in WORKBOOKS:
        return SheetFile(path, sheet=sheet, has_header=has_header)
    if sheet:
        raise ConfigurationError("file.no_sheets", path=str(path), sheet=sheet[:100])
    return CsvFile(path, encoding=encoding, has_header=has_header)


def open_again(path: Path, told: abc.Mapping[str, Json]) -> SourceFile:
    """Open a file as it was read when its plan was made.

    Raises:
        ConfigurationError: It cannot be read any more, or is not the file that was planned.
    """
    file = open_source(
        path,
        encoding=str(told.get("encoding") or UTF_8),
        sheet=str(told.get("sheet") or ""),
        has_header=told.get("header") is not False,
    )
    known = told.get("sha256")
    if known is not None and known != file.digest():
        raise ConfigurationError("file.changed", path=str(path))
    return file


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file's bytes.

    Raises:
        ConfigurationError: It cannot be read.
    """
    with telling_unreadable(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe_file(file: SourceFile) -> dict[str, Json]:
    """Give what a plan keeps of its file, so that result files find the same rows again."""
    return {"file": file.path.name, "sha256": file.digest(), **file.told()}
