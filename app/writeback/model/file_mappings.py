"""Which field of the CRM each column of a file writes, and what all rows get alike."""

import enum
from collections import abc
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from writeback.model.integrations import BlankRule, ReferenceMode
from writeback.model.value_rules import TransformUse


class NotFound(enum.StrEnum):
    """What becomes of a reference whose text names no record; none is ever made."""

    BLOCK = "block"
    """The row is not sent."""
    LEAVE = "leave"
    """The reference stays as it is, and the rest of the row is sent."""


class ReferenceUse(NamedTuple):
    """What a column that is written through a reference means."""

    mode: ReferenceMode = ReferenceMode.REPOINT
    not_found: NotFound = NotFound.BLOCK


@dataclass(frozen=True, slots=True)
class FileMapping:
    """What the columns of a file are called in the CRM.

    Names of columns and paths are compared without case.
    """

    paths: tuple[tuple[str, str], ...] = ()
    """Column and field path; '' is not written. A column may write several fields."""
    constants: tuple[tuple[str, str], ...] = ()
    """Field path and the text that every row writes there."""
    is_whole: bool = False
    """Columns that are not named are not written; else they are called like their field."""
    blanks: tuple[tuple[str, BlankRule], ...] = ()
    """Column and what its blank cells mean; those of others mean what those of the whole file mean."""
    transforms: tuple[tuple[str, tuple[TransformUse, ...]], ...] = ()
    """Column and what shapes its texts, one after the other, before they are read."""
    references: tuple[tuple[str, ReferenceUse], ...] = ()
    """Column and what writing through its reference means; others re-point, and block what is not found."""

    def blank_of(self, column: str) -> BlankRule | None:
        """Give what the blank cells of a column mean, where it says so."""
        folded = column.casefold()
        return next((rule for name, rule in self.blanks if name.casefold() == folded), None)

    def shapes_of(self, column: str) -> tuple[TransformUse, ...]:
        """Give what shapes the texts of a column."""
        folded = column.casefold()
        return next((uses for name, uses in self.transforms if name.casefold() == folded), ())

    def reference_of(self, column: str) -> ReferenceUse:
        """Give what writing through the reference of a column means."""
        folded = column.casefold()
        return next((use for name, use in self.references if name.casefold() == folded), ReferenceUse())

    @property
    def texts(self) -> tuple[str, ...]:
        """What every row has behind its own cells."""
        return tuple(text for _, text in self.constants)

    def paths_of(self, column: str) -> tuple[str, ...]:
        """Give the paths that a column writes; () is none."""
        named = [path for name, path in self.paths if name.casefold() == column.casefold()]
        if named:
            return tuple(path for path in named if path)
        return () if self.is_whole else (column,)

    def missing(self, columns: abc.Iterable[str]) -> tuple[str, ...]:
        """Give the columns it names that are none of these."""
        known = {column.casefold() for column in columns}
        named = (name for name, _ in (*self.paths, *self.blanks, *self.transforms, *self.references))
        return tuple(dict.fromkeys(name for name in named if name.casefold() not in known))

    def with_paths(self, paths: abc.Iterable[tuple[str, str]]) -> "FileMapping":
        """Give it with these columns said anew."""
        told = tuple(paths)
        names = {name.casefold() for name, _ in told}
        kept = tuple(pair for pair in self.paths if pair[0].casefold() not in names)
        return replace(self, paths=(*kept, *told))


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """A file's mapping under a name, for the next file."""

    name: str
    object: str
    key: str
    mapping: FileMapping
    author: str
    changed_at: datetime
