"""A workspace's configuration from a file: looked at, then imported in part."""

from typing import Protocol

from writeback.model.configurations import ConfigDiff, ConfigImported


class ConfigurationCalls(Protocol):
    """Configuration as files; writing one is `runtime.config_gathering`."""

    def compare_configuration(
        self, text: str, *, name: str, pairs: tuple[tuple[str, str], ...] = ()
    ) -> ConfigDiff:
        """Say what importing each part of a file would do; changes nothing.

        Args:
            text: What the file holds.
            name: The file's name, for messages.
            pairs: Connections of the file, each with the one here that stands for it; '' none.

        Raises:
            ConfigurationError: `config.unreadable`, `config.too_new`.
        """

    def import_configuration(
        self,
        text: str,
        *,
        name: str,
        ticked: tuple[str, ...],
        pairs: tuple[tuple[str, str], ...] = (),
        author: str = "",
        act: str,
    ) -> ConfigImported:
        """Import the ticked parts, and those that they need; a copy of the workspace is made first.

        Raises:
            ConfigurationError: As by `compare_configuration`; `config.no_such_part`.
            WorkspaceError: The copy could not be made; nothing was changed.
            NotPermittedError: Needs the right *configure mappings*.
        """
