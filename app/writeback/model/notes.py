"""Notes of a record: what people write down beside it. They stay here and are written to no CRM."""

from dataclasses import dataclass
from datetime import datetime

from writeback.model.types import RecordId


@dataclass(frozen=True, slots=True)
class Note:
    """One note as it reads now, or as it read once."""

    id: str
    record: RecordId
    version: int
    """1 is how it was first written."""
    text: str
    author: str
    """Who wrote this version."""
    at: datetime
    is_removed: bool = False
    """Somebody took it away; its last text is kept, so that it can be had back."""
