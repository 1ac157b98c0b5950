"""The façade's calls about the workspace's file and its configuration: the real ones, without a CRM."""

from writeback.model.configurations import ConfigDiff, ConfigImported
from writeback.runtime.holdings import mark_of
from writeback.runtime.restricting import Restriction
from writeback.settings import load
from writeback.store.workspace import Workspace


class ScriptedTrust:
    """What the window asks for; a part of `ScriptedFacade`."""

    workspace: Workspace
    compared = ConfigDiff(())
    imported = ConfigImported((), (), "backup.writeback")

    def _note(self, call: str, what: object = None) -> None:
        raise NotImplementedError

    def trust_workspace(self, shown: str, *, act: str) -> None:
        self._note("trust_workspace")
        assert shown == mark_of(self.workspace)
        Restriction(self.workspace, load()).decide(is_allowed=True)

    def restrict_workspace(self, *, act: str) -> None:
        self._note("restrict_workspace")
        Restriction(self.workspace, load()).decide(is_allowed=False)

    def compare_configuration(
        self, text: str, *, name: str, pairs: tuple[tuple[str, str], ...] = ()
    ) -> ConfigDiff:
        self._note("compare_configuration", (text, name, pairs))
        return self.compared

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
        self._note("import_configuration", (ticked, pairs, author))
        return self.imported
