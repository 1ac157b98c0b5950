"""Credentials: one key per workspace in the system keyring, secrets sealed under it, or token files."""

from writeback.vault.keychains import Keychain
from writeback.vault.tokens import CredentialsFile, TokenFile
from writeback.vault.vaults import Vault

__all__ = ["CredentialsFile", "Keychain", "TokenFile", "Vault"]
