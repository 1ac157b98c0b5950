"""Seal and open the secrets of one workspace under the one key the keyring holds.

The vault stores nothing but that key: envelopes go to the workspace through the caller, plain text
lives in memory only. There is no switch for plain storage.
"""

import base64
import binascii
import secrets
from collections import abc
from typing import Protocol

from writeback.errors import ConnectionNotReadyError
from writeback.vault.envelopes import KEY_BYTES, NONCE_BYTES, DamagedError, OtherKeyError, Place, seal, unseal
from writeback.vault.keychains import Keychain


class Chain(Protocol):
    """What holds the one key: the system's keyring, or a vault file under a passphrase."""

    def probe(self) -> str:
        """Try it, and give its name."""

    def read(self, account: str) -> str | None:
        """Give a text, or None."""

    def write(self, account: str, text: str) -> None:
        """Keep a text."""

    def delete(self, account: str) -> None:
        """Remove a text."""


class Vault:
    """The secrets of one workspace.

    Raises, from every method: what `Keychain` raises when the keyring cannot be used.
    """

    def __init__(
        self,
        workspace_id: str,
        keychain: Chain | None = None,
        *,
        new_bytes: abc.Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._workspace_id = workspace_id
        self._keychain = keychain or Keychain()
        self._new_bytes = new_bytes
        self._account = f"workspace {workspace_id}"
        self._key: bytes | None = None

    def __repr__(self) -> str:
        return "Vault()"

    def probe(self) -> str:
        """Try the keyring with a canary and give its name; call it before the first sign-in."""
        return self._keychain.probe()

    def seal(self, connection_id: str, field: str, secret: str) -> bytes:
        """Give the envelope of a secret, to be kept in the workspace. The first one makes the key."""
        key = self._key or self._stored_key() or self._new_key()
        self._key = key
        nonce = self._new_bytes(NONCE_BYTES)
        return seal(secret, key=key, nonce=nonce, place=self._place(connection_id, field))

    def open(self, connection_id: str, field: str, sealed: bytes) -> str:
        """Give the secret in an envelope.

        Raises:
            ConnectionNotReadyError: `vault.key_lost`: the key is gone or another one, signing in again
                is the only way; `vault.envelope_damaged`: it was altered or belongs elsewhere.
        """
        place = self._place(connection_id, field)
        for key in self._keys():
            try:
                secret = unseal(sealed, key=key, place=place)
            except OtherKeyError:
                continue
            except DamagedError:
                raise ConnectionNotReadyError("vault.envelope_damaged", connection=connection_id) from None
            self._key = key
            return secret
        raise ConnectionNotReadyError("vault.key_lost", connection=connection_id)

    def forget(self) -> None:
        """Delete the key: all envelopes of this workspace become unreadable."""
        self._key = None
        if self._keychain.read(self._account) is not None:
            self._keychain.delete(self._account)

    def _keys(self) -> abc.Iterator[bytes]:
        """Give the key in memory, then the stored one: another process may have changed it."""
        if self._key is not None:
            yield self._key
        stored = self._stored_key()
        if stored is not None:
            yield stored

    def _stored_key(self) -> bytes | None:
        text = self._keychain.read(self._account)
        if text is None:
            return None
        try:
            key = base64.b64decode(text, validate=True)
        except binascii.Error:
            return None
        return key if len(key) == KEY_BYTES else None

    def _new_key(self) -> bytes:
        self._keychain.probe()
        self._keychain.write(self._account, base64.b64encode(self._new_bytes(KEY_BYTES)).decode())
        stored = self._stored_key()  # another process may have made one meanwhile: the stored one counts
        if stored is None:
            raise ConnectionNotReadyError("vault.key_lost", connection="")
        return stored

    def _place(self, connection_id: str, field: str) -> Place:
        return Place(self._workspace_id, connection_id, field)
