"""Files: what one says before anything of it is planned."""

from typing import Protocol

from writeback.model.file_matches import FileMatch
from writeback.model.file_values import FileValue
from writeback.planning.matching_columns import ColumnMatch
from writeback.runtime.facade.files import CreateKeys, FileLook
from writeback.runtime.facade.sending import PlanSource


class FileQuestions(Protocol):
    """Looking at a file, and at what would become of it."""

    def look_at_file(
        self, path: str, *, encoding: str = "utf-8-sig", sheet: str = "", has_header: bool = True
    ) -> FileLook:
        """Read the header and the first 50 rows of a file.

        Raises:
            ConfigurationError: `file.…`: it cannot be read.
        """

    def propose_columns(self, source: PlanSource) -> tuple[ColumnMatch, ...]:
        """Propose a field for each column of a file that its mapping does not name; sends nothing.

        Raises:
            ConfigurationError: The file cannot be read, or there is no such connection or object.
        """

    def create_keys(self, connection: str, object_name: str) -> CreateKeys:
        """Say by which fields records of an object can be created, or why they cannot.

        Raises:
            ConfigurationError: There is no such connection or object.
            ConnectorError: The CRM could not be asked.
        """

    def preview_values(self, source: PlanSource) -> tuple[FileValue, ...]:
        """Say what the first different texts of each column become; sends nothing and makes no plan.

        Raises:
            ConfigurationError: A column or the key is no field of the object, or the file cannot be read.
            MappingError: There is no such transform.
            ConnectorError: What a text refers to could not be looked up.
        """

    def match_file(self, source: PlanSource) -> FileMatch:
        """Look up which records the rows of a file name; sends nothing and makes no plan.

        Raises:
            ConfigurationError: The key is no field of the object, or the file cannot be read.
            ConnectorError: The CRM could not be read.
        """
