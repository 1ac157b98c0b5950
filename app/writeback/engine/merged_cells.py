"""Find the cells of a sheet that are part of a merged one and hold nothing themselves.

A person sees one value in all of them, the file holds it in the first alone. Whether a record is meant to
have it too nobody but the person can say, so they are told apart from blank ones.

Must not: give them a value.
"""

import re
import zipfile
from collections import abc
from pathlib import Path
from typing import Final, NamedTuple, Self

_BLOCK: Final = 1 << 20
_LONGEST: Final = 256
"""So long the tag of one merge may be."""
_MERGE: Final = re.compile(
    rb"<(?:\w{1,24}:)?mergeCell\s[^<>]{0,99}?\bref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"
)


class MergedCell(str):
    """A cell that reads blank because it is part of a merged one: `A2:A5`."""

    __slots__ = ("span",)
    span: str

    def __new__(cls, span: str) -> Self:
        """Make a blank that knows the cells it is merged with."""
        made = super().__new__(cls, "")
        made.span = span
        return made


class Merge(NamedTuple):
    """Cells that are merged into one, counted from 1, ends included."""

    top: int
    left: int
    bottom: int
    right: int
    span: str

    def mark(self, cells: list[str], line: int) -> None:
        """Mark those of a row that hold nothing of their own; what lies beyond the row stays away."""
        for place in range(self.left + (line == self.top), min(self.right, len(cells)) + 1):
            cells[place - 1] = MergedCell(self.span)


class Merges:
    """The merged cells of one sheet; asked for its rows in their order, once."""

    def __init__(self, merges: abc.Iterable[Merge]) -> None:
        self._coming = sorted(merges, reverse=True)
        self._open: list[Merge] = []

    def mark(self, cells: list[str], line: int) -> None:
        """Mark the cells of a row that read blank because they are merged."""
        while self._coming and self._coming[-1].top <= line:
            self._open.append(self._coming.pop())
        if self._open:
            self._open = [one for one in self._open if one.bottom >= line]
            for one in self._open:
                one.mark(cells, line)


def merges_of(path: Path, part: str) -> tuple[Merge, ...]:
    """Give the merged cells of a sheet, by the part of the workbook that it is."""
    found: set[Merge] = set()
    with zipfile.ZipFile(path) as archive, archive.open(part.lstrip("/")) as file:
        before = b""
        while block := file.read(_BLOCK):
            text = before + block
            if b"mergeCell" in text:
                found.update(map(_merge, _MERGE.finditer(text)))
            before = text[-_LONGEST:]
    return tuple(sorted(found))


def _merge(found: "re.Match[bytes]") -> Merge:
    left, top, right, bottom = (group.decode() for group in found.groups())
    return Merge(int(top), _number(left), int(bottom), _number(right), f"{left}{top}:{right}{bottom}")


def _number(letters: str) -> int:
    """Give the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
