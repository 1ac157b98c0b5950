"""One record looked at closely."""

from dataclasses import dataclass
from typing import Protocol


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

    def read_again(self, entity: str, record: str, *, act: str) -> ReadAgain:
        """Read one record again from each CRM that it stands in. Pending edits stay as they are."""
