"""A workspace whose file came from elsewhere is open *restricted* until this person trusts it.

It can be read and edited here. Nothing leaves: no session, no sign-in, no job, no worker; and no code
of a third party's plugin runs because the file asks for it. Asked anew each time, so that trust given
or taken in one process holds in all.

Must not: know what a workspace holds (`runtime.holdings` does).
"""

import logging

from writeback.errors import ConfigurationError, GuardError, WorkspaceError
from writeback.runtime import trusted_files
from writeback.settings import Settings
from writeback.store.workspace import Workspace

_log = logging.getLogger(__name__)


class Restriction:
    """Whether one open workspace is restricted."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        self._workspace = workspace
        self._settings = settings

    @property
    def why(self) -> str:
        """Why it is trusted, or why not: a word of `trusted_files`."""
        workspace = self._workspace
        return trusted_files.why(self._settings, workspace.path, workspace.id, opened=workspace.file)

    @property
    def is_on(self) -> bool:
        """Say whether it is restricted."""
        return self.why not in trusted_files.TRUSTED

    def refuse(self) -> None:
        """Let nothing through while it is restricted.

        Raises:
            GuardError: `workspace.restricted`.
        """
        if self.is_on:
            raise GuardError("workspace.restricted", path=str(self._workspace.path))

    def decide(self, *, is_allowed: bool) -> None:
        """Keep what the person said of this very file.

        Raises:
            ConfigurationError: It cannot be kept.
            WorkspaceError: Another file lies there by now.
        """
        at = self._workspace.now().isoformat(timespec="seconds")
        workspace = self._workspace
        trusted_files.decide(
            self._settings,
            workspace.path,
            workspace.id,
            at=at,
            is_allowed=is_allowed,
            opened=workspace.file,
        )

    def begin(self) -> None:
        """The program made this file just now: it is this person's own, wherever it lies.

        Where that cannot be kept the file is there all the same, restricted, and the log says why.
        """
        if not self.is_on:
            return
        try:
            self.decide(is_allowed=True)
        except (ConfigurationError, WorkspaceError) as error:
            _log.warning("the new workspace stays restricted: %s", error)
