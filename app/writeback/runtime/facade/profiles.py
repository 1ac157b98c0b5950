"""One record looked at closely."""

from dataclasses import dataclass
from typing import Protocol

from writeback.model.notes import Note
from writeback.model.types import RecordId


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """What became of reading one record again; connections by id."""

    read: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    """The CRM shows no such record any more: deleted, merged into another, or hidden from the user."""
    failed: tuple[tuple[str, str], ...] = ()
    """Which CRM did not answer, and the code why."""


class ProfileCalls(Protocol):
    """One record looked at closely."""

    def write_note(self, record: RecordId, text: str, *, author: str, act: str) -> Note:
        """Write a note beside a record; it stays here and is written to no CRM.

        Raises:
            ConfigurationError: `note.bad_text`.
            UnknownAttributeError: There is no such record.
            NotPermittedError: Needs the right *edit*.
        """

    def change_note(self, note: str, text: str, *, author: str, act: str) -> Note:
        """Write a note anew; one that was taken away is there again. What it read before stays.

        Raises:
            ConfigurationError: `note.unknown`, `note.bad_text`.
        """

    def remove_note(self, note: str, *, author: str, act: str) -> Note:
        """Take a note away; its versions stay, so that it can be had back.

        Raises:
            ConfigurationError: `note.unknown`.
        """

    def read_again(self, entity: str, record: str, *, act: str) -> ReadAgain:
        """Read one record again from each CRM that it stands in. Pending edits stay as they are."""
