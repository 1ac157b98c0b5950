"""What is known about one installed plugin, whether it can be used or not.

Must not: import a plugin, build sentences (`reason` is a code, `facts` fill its sentence).
"""

import enum
from dataclasses import dataclass

from writeback.errors import Fact
from writeback.sdk.manifest import Manifest


class PluginStatus(enum.StrEnum):
    """Where a plugin stands."""

    FOUND = "found"
    """Its facts are read and sound; none of its code has run."""
    LOADED = "loaded"
    """A connection needed it; its connector answered."""
    FAILED = "failed"
    """Its facts or its code are broken; `reason` and `traceback` say how."""
    TOO_NEW = "too_new"
    """It needs a newer Writeback."""
    TOO_OLD = "too_old"
    """It was written for a plugin contract that is no longer spoken."""
    DUPLICATE = "duplicate"
    """Another distribution claims the same id; neither is used."""
    NOT_ALLOWED = "not_allowed"
    """Somebody else's, and nobody allowed it yet: none of its code runs."""
    CHANGED = "changed"
    """It was allowed, and its files are others now; `facts` say what differs."""
    BLOCKED = "blocked"
    """It stands on the blocklist; `facts` say why."""
    OFF = "off"
    """Switched off by a person."""


USABLE = frozenset({PluginStatus.FOUND, PluginStatus.LOADED})


@dataclass(frozen=True, slots=True)
class PluginRecord:
    """One plugin of one distribution."""

    id: str
    """The manifest's id; where it cannot be read, the name of the entry point."""
    title: str
    version: str
    publisher: str
    distribution: str
    package: str
    status: PluginStatus
    reason: str = ""
    """Stable code of why it is not usable."""
    facts: tuple[tuple[str, Fact], ...] = ()
    traceback: str = ""
    """What Python said, for a bug report to the plugin's author; may hold anything but our secrets."""
    manifest: Manifest | None = None
    is_bundled: bool = False
    """Belongs to the program itself."""
    hash: str = ""
    """Of all its files; '' where nobody has to allow them."""
    looks_like: str = ""
    """The bundled distribution that its name could be taken for."""

    @property
    def is_usable(self) -> bool:
        """Say whether a connection may ask for it."""
        return self.status in USABLE
