"""What the texts of a file become before anything of it is planned."""

from dataclasses import dataclass

from writeback.model.changes import Reason


@dataclass(frozen=True, slots=True)
class FileValue:
    """One text of one column, and what is written for it."""

    column: str
    path: str
    text: str
    becomes: str = ""
    """As it travels; of a reference the record's name with its id. '' where it is cleared or kept."""
    is_cleared: bool = False
    is_kept: bool = False
    """Nothing is written for it: a blank cell, or a reference that is left as it is."""
    reason: Reason | None = None
    """Why nothing can be written, or why it is left."""
