"""Plugins as a person sees them: what is installed, whether it may run, what it did wrong."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from writeback.errors import Fact


@dataclass(frozen=True, slots=True)
class PluginFault:
    """One strike of a plugin."""

    kind: str
    """`raised` | `hung` | `crashed`."""
    at: datetime
    told: str = ""


@dataclass(frozen=True, slots=True)
class PluginCall:
    """One call that a plugin worked for."""

    call: str
    """Of the façade."""
    at: datetime
    """When it ended."""
    seconds: float
    grew: int
    """By how many bytes the process's memory grew meanwhile; less than 0: it shrank."""
    resident: int
    """How many bytes the process held then; 0: the system does not tell."""


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """Everything that is known about one installed plugin, without running it."""

    id: str
    title: str
    version: str
    publisher: str
    distribution: str
    status: str
    """A `PluginStatus`."""
    reason: str = ""
    """Stable code of why it cannot be used."""
    facts: tuple[tuple[str, Fact], ...] = ()
    is_bundled: bool = False
    is_usable: bool = False
    is_removable: bool = False
    """It lies in the plugin folder."""
    is_loaded: bool = False
    tier: str = ""
    """What its `quality.toml` claims; '' nothing."""
    api: int | None = None
    """The plugin contract it was written for; None: its manifest cannot be read."""
    hash: str = ""
    """Of all its files; '' where nobody has to allow them."""
    looks_like: str = ""
    differs: str = ""
    """What is other than it was allowed."""
    description: str = ""
    hosts: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    abilities: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    """Titles of the ways off this machine that it brings; they go where a person says."""
    used_by: tuple[str, ...] = ()
    """Names of this workspace's connections that need it."""
    traceback: str = ""
    strikes: tuple[PluginFault, ...] = ()
    calls: tuple[PluginCall, ...] = ()
    """Its last calls in the window's helper, the newest first."""
    icon: str = ""
    """Its SVG, which was looked over; '' none, or it was refused (`icon_refused`)."""
    icon_refused: str = ""
    """Why its icon is not shown."""


class PluginCalls(Protocol):
    """Plugins: what a person decides about them holds for this person on this computer."""

    def plugins(self) -> tuple[PluginInfo, ...]:
        """Give every installed plugin as it stands now; runs none of them."""

    def allow_plugin(self, plugin: str, file_hash: str, *, act: str) -> None:
        """Let a plugin run with exactly the files of this hash; its strikes are forgiven.

        Raises:
            PluginNotLoadableError: There is no such plugin, or it can never be used as it is.
            ConfigurationError: Its files are others by now.
        """

    def disable_plugin(self, plugin: str, *, act: str) -> None:
        """Switch a plugin off, whoever's it is; conversations that are open end with their call."""

    def install_plugin(self, source: str, *, act: str) -> None:
        """Put a wheel, or a folder, into the plugin folder; runs none of it.

        Raises:
            ConfigurationError: It holds no plugin, one of that name is there, or it cannot be copied.
        """

    def remove_plugin(self, plugin: str, *, act: str) -> None:
        """Remove a plugin from the plugin folder; connections that use it stay.

        Raises:
            ConfigurationError: It was put there by something else, or cannot be removed.
        """

    def leave_safe_start(self, *, act: str) -> None:
        """Let plugins of others run again after one of them ended the program."""
