"""What a workspace file holds that could act: shown before a person trusts it. Runs none of it.

Both the window's dialog and `writeback trust` stand on this module.
"""

from collections import abc
from dataclasses import dataclass
from pathlib import Path

from writeback.model.connections import Connection
from writeback.model.integrations import Integration
from writeback.runtime import trusted_files
from writeback.settings import Settings
from writeback.store import connections as store_connections
from writeback.store import holdings as store_holdings
from writeback.store import integrations as store_integrations
from writeback.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PluginWish:
    """A plugin of somebody else's that the file asks for."""

    id: str
    status: str
    """A `PluginStatus`; '' it is not installed."""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a person is shown."""

    path: Path
    workspace: str
    """Its id."""
    made_at: str
    why: str
    """Why it is trusted, or why not: a word of `trusted_files`."""
    connections: tuple[Connection, ...]
    plugins: tuple[PluginWish, ...]
    drafts: int
    plans: int
    jobs: int
    rows: int
    runs: int
    """Plays and schedules."""
    vault_file: str
    """A vault file that it names; its passphrase would be asked for."""
    mark: str = ""
    """Which file was looked into: what is trusted is this one (`mark_of`)."""

    @property
    def is_trusted(self) -> bool:
        """Say whether it is trusted."""
        return self.why in trusted_files.TRUSTED

    @property
    def files_named(self) -> tuple[str, ...]:
        """Files of this computer that a trusted workspace would read: tokens, credentials, a vault."""
        named = (one.token_file or "" for one in self.connections)
        return tuple(dict.fromkeys(path for path in (*named, self.vault_file) if path))


def holdings_of(workspace: Workspace, settings: Settings) -> Holdings:
    """Look into an open workspace.

    Raises:
        WorkspaceError: It cannot be read.
    """
    with workspace.reading() as db:
        counted = store_holdings.count(db)
        connections = store_connections.every(db)
        integrations = store_integrations.every(db)
    return Holdings(
        path=workspace.path,
        workspace=workspace.id,
        made_at=counted.made_at,
        why=trusted_files.why(settings, workspace.path, workspace.id, opened=workspace.file),
        connections=connections,
        plugins=_wished(connections, integrations, settings),
        drafts=counted.drafts,
        plans=counted.plans,
        jobs=counted.jobs,
        rows=counted.rows,
        runs=counted.runs,
        vault_file=counted.vault_file,
        mark=mark_of(workspace),
    )


def mark_of(workspace: Workspace) -> str:
    """Name the very file that is open."""
    return ":".join((workspace.id, *map(str, workspace.file)))


def _wished(
    connections: abc.Iterable[Connection], integrations: abc.Iterable[Integration], settings: Settings
) -> tuple[PluginWish, ...]:
    """Give the plugins of others that connections and transforms need."""
    named = {one.connector for one in connections}
    for integration in integrations:
        for mapping in integration.mappings:
            for shape in mapping.values.transforms:
                plugin, dot, _ = shape.name.partition(".")
                named |= {plugin} if dot else set()
    from writeback.host.hosting import Host  # noqa: PLC0415  pydantic: only where needed

    known = {one.id: one for one in Host.of(settings).plugins()}
    wished = []
    for name in sorted(named):
        record = known.get(name)
        if record is None:
            wished.append(PluginWish(name, ""))
        elif not record.is_bundled:
            wished.append(PluginWish(name, record.status.value, record.version))
    return tuple(wished)


class TellingHoldings:
    """What a front end is told of the file it has open."""

    _workspace: Workspace

    def holdings(self, settings: Settings) -> Holdings:
        """Give what the file holds that could act, and whether it is trusted."""
        return holdings_of(self._workspace, settings)

    def is_restricted(self, settings: Settings) -> bool:
        """Say whether the file came from elsewhere and nobody trusts it yet."""
        workspace = self._workspace
        found = trusted_files.why(settings, workspace.path, workspace.id, opened=workspace.file)
        return found not in trusted_files.TRUSTED
