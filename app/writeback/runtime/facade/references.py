"""What writing a field path back means, in each of the two ways to take a reference."""

from dataclasses import dataclass
from typing import Protocol

from writeback.model.changes import Reason
from writeback.model.integrations import ReferenceMode


@dataclass(frozen=True, slots=True)
class ReferenceMeaning:
    """What writing one path means in one mode."""

    mode: ReferenceMode
    object: str
    """What people call the kind of record that is written."""
    field: str
    """What people call the field that is set there."""
    points_at: str = ""
    """What people call the records that a reference is pointed at; '' where a value is written."""
    via: tuple[str, ...] = ()
    """The hops that lead to the record; none: it is the record itself."""
    connection: str = ""
    """The name of the CRM's connection."""
    reason: Reason | None = None
    """Why it cannot be written so."""


class ReferenceCalls(Protocol):
    """What writing through references means."""

    def reference_meanings(self, integration: str, path: str) -> tuple[ReferenceMeaning, ...]:
        """Say what writing a path back would do: pointing elsewhere first, then editing; changes nothing.

        Raises:
            UnknownAttributeError: There is no such integration.
            ConnectorError: The CRM cannot be asked for what the path leads to.
        """
