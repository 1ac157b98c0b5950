"""The word of a person on the workspace's file."""

from typing import Protocol


class TrustCalls(Protocol):
    """Trust holds for this person on this computer, and for this very file."""

    def trust_workspace(self, shown: str, *, act: str) -> None:
        """Trust the open workspace's file, after every page of it was checked: from now on it may act.

        Args:
            shown: Which file the person was shown (`Holdings.mark`).
            act: The act.

        Raises:
            WorkspaceDamagedError: The file is damaged; it stays restricted.
            ConfigurationError: The decision cannot be kept; it stays restricted.
            WorkspaceError: Another file is open, or lies there by now, than the one that was shown.
        """

    def restrict_workspace(self, *, act: str) -> None:
        """Trust the file no longer: nothing is sent from it and no plugin of others runs for it.

        Raises:
            ConfigurationError: The decision cannot be kept.
        """
