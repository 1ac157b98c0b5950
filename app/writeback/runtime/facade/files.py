"""Files: which field each column writes."""

from typing import Protocol

from writeback.model.file_mappings import FileMapping, SavedMapping
from writeback.planning.matching_columns import ColumnMatch
from writeback.runtime.facade.sending import PlanSource


class FileCalls(Protocol):
    """Proposing and keeping the mappings of files; reading them is `runtime.file_mappings`."""

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
