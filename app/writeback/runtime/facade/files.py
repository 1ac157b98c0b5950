"""Files: which field each column writes."""

from dataclasses import dataclass
from typing import Protocol

from writeback.model.file_mappings import FileMapping, SavedMapping
from writeback.planning.matching_columns import ColumnMatch
from writeback.runtime.facade.sending import PlanSource


@dataclass(frozen=True, slots=True)
class FileLook:
    """What a file looks like."""

    path: str
    columns: tuple[str, ...]
    """Those that belong to the person."""
    rows: tuple[tuple[str, ...], ...]
    """The first ones, as text."""
    encoding: str
    """Of a text file; '' of a workbook."""
    sheet: str
    sheets: tuple[str, ...]
    """Of a workbook; () of a text file."""
    is_result: bool
    """Our own file of rows that were not written, to be sent again."""


class FileCalls(Protocol):
    """Proposing and keeping the mappings of files; reading them is `runtime.file_mappings`."""

    def look_at_file(self, path: str, *, encoding: str = "utf-8-sig", sheet: str = "") -> FileLook:
        """Read the header and the first 50 rows of a file.

        Raises:
            ConfigurationError: `file.…`: it cannot be read.
        """

    def propose_columns(self, source: PlanSource) -> tuple[ColumnMatch, ...]:
        """Propose a field for each column of a file that its mapping does not name; sends nothing.

        Raises:
            ConfigurationError: The file cannot be read, or there is no such connection or object.
        """

    def save_file_mapping(
        self, name: str, mapping: FileMapping, *, object_name: str, key: str, author: str = "", act: str
    ) -> SavedMapping:
        """Keep a mapping in place of an earlier one of the same name.

        Raises:
            ConfigurationError: `file.bad_mapping_name`; nothing was kept.
            NotPermittedError: Needs the right *edit*.
        """

    def remove_file_mapping(self, name: str, *, act: str) -> None:
        """Forget a mapping.

        Raises:
            ConfigurationError: There is none of that name.
            NotPermittedError: Needs the right *edit*.
        """
