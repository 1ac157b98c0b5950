"""Files: which field each column writes."""

from dataclasses import dataclass
from typing import Protocol

from writeback.model.file_mappings import FileMapping, SavedMapping
from writeback.model.file_sessions import FileSession, FileState
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


@dataclass(frozen=True, slots=True)
class CreateKeys:
    """By which fields a CRM creates records of an object."""

    keys: tuple[str, ...] = ()
    """Fields of which it refuses a second record of the same value."""
    code: str = ""
    """Why there are none: an error's code."""


@dataclass(frozen=True, slots=True)
class SessionView:
    """A file taken up again."""

    session: FileSession
    choices: PlanSource | None
    """What was chosen for it; None: nothing yet."""
    file: FileState
    """Whether the file on the disk still is what was chosen for, or planned."""


@dataclass(frozen=True, slots=True)
class ResultCounts:
    """Where the rows of a file were written to, and how many."""

    written: str
    not_written: str
    rows_written: int
    rows_not_written: int


class FileCalls(Protocol):
    """Files on their way, and proposing and keeping the mappings of files.

    Looking at a file before it is planned is `file_questions`, reading mappings `runtime.file_mappings`,
    listing files on their way `runtime.file_sessions`.
    """

    def open_file_session(self, path: str, *, author: str = "", anew: bool = False, act: str) -> SessionView:
        """Take a file up where it was left, or begin with it.

        One that was sent and is another file by now is begun anew.

        Args:
            path: The file.
            author: Who.
            anew: Begin anew in any case; what was sent of it stays in the list of jobs.
            act: The act's id.

        Raises:
            ConfigurationError: `file.unreadable`: it is not there, and nobody began with it.
            NotPermittedError: Needs the right *edit*.
        """

    def resume_file_session(self, number: int) -> SessionView:
        """Give a file on its way; its file may be gone.

        Raises:
            ConfigurationError: There is none of that number.
        """

    def keep_file_session(self, number: int, source: PlanSource, *, act: str) -> FileSession:
        """Keep what was chosen for a file.

        Raises:
            ConfigurationError: There is no such open session.
            NotPermittedError: Needs the right *edit*.
        """

    def close_file_session(self, number: int, *, act: str) -> None:
        """Be done with a file: its plan is dropped if it was not sent; jobs stay.

        Raises:
            ConfigurationError: There is no such open session.
            NotPermittedError: Needs the right *edit*.
        """

    def write_file_results(
        self, number: int, *, written: str = "", not_written: str = "", raw: bool = False
    ) -> ResultCounts:
        """Write which rows of a file arrived and which did not, each row in exactly one of the two.

        Args:
            number: The session.
            written: Where rows go that the CRM holds now; '' nowhere.
            not_written: Where all others go, with the reason; '' nowhere.
            raw: Byte for byte; else no cell starts a formula.

        Raises:
            ConfigurationError: The file changed or is gone, nothing was sent of it, or a place cannot be
                written.
        """

    def read_file_mapping(self, path: str) -> FileMapping:
        """Read a mapping from a file: Data Loader's `.sdl`, or `.json` as `file-mappings show` saves it.

        Raises:
            ConfigurationError: It cannot be read, or says what no mapping says.
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
