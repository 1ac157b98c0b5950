"""Which vault a workspace uses: the system's keyring, or a vault file that somebody chose.

The choice is a fact of the workspace; the passphrase comes from a file, the service manager or a prompt.
"""

from collections import abc
from pathlib import Path

from writeback.errors import ConfigurationError
from writeback.model.events import EventKind
from writeback.settings import Settings
from writeback.store import acts, channel_secrets, secrets, settings
from writeback.store.workspace import Workspace
from writeback.vault.keychains import Keychain
from writeback.vault.passphrases import PassphraseChain
from writeback.vault.tokens import private_text
from writeback.vault.vaults import Chain

AskPassphrase = abc.Callable[[], str]
"""Asks a person at a terminal; what is typed is not shown."""


def chain_of(workspace: Workspace, wishes: Settings, *, ask: AskPassphrase | None = None) -> Chain:
    """Give what holds the workspace's key."""
    with workspace.reading() as db:
        chosen = settings.get(db, settings.VAULT_FILE)
    if not isinstance(chosen, str):
        return Keychain()
    return PassphraseChain(Path(chosen), lambda: _passphrase(wishes, ask))


def choose_vault_file(workspace: Workspace, path: Path) -> None:
    """Keep secrets of this workspace under a vault file from now on.

    Raises:
        ConfigurationError: Secrets lie under another vault already; nothing was changed.
    """
    wanted = str(path.absolute())
    with workspace.writing() as db:
        if settings.get(db, settings.VAULT_FILE) == wanted:
            return
        if secrets.every(db) or channel_secrets.count(db):
            raise ConfigurationError("vault.in_use", path=wanted)
        settings.put(db, settings.VAULT_FILE, wanted)
        acts.record(
            db,
            at=workspace.now(),
            kind=EventKind.CONNECTION_CHANGED,
            subject="",
            act="vault.chosen",
            body={"path": wanted},
        )


def _passphrase(wishes: Settings, ask: AskPassphrase | None) -> str:
    if wishes.passphrase_file is not None and wishes.passphrase_file.exists():
        return private_text(wishes.passphrase_file).strip("\r\n")
    if ask is None:
        raise ConfigurationError("vault.no_passphrase")
    return ask()
