"""Which field of the CRM each column of a file writes, and what all rows get alike."""

from collections import abc
from dataclasses import dataclass, replace
from datetime import datetime

from writeback.model.integrations import BlankRule


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

    def blank_of(self, column: str) -> BlankRule | None:
        """Give what the blank cells of a column mean, where it says so."""
        folded = column.casefold()
        return next((rule for name, rule in self.blanks if name.casefold() == folded), None)

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
        named = (name for name, _ in (*self.paths, *self.blanks))
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
