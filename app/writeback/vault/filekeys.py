"""Seal what a credentials file brought, under a key made of the file itself.

An access token got with the credentials of a file is worth no more than the file: whoever may read the
file may get a token. So the token lies in the workspace sealed under a key that only the file's content
gives, shared by all processes, and no keyring is needed. Another content opens nothing.

Must not: keep the content, or a key, beyond the call.
"""

import secrets
from collections import abc

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from writeback.vault.envelopes import KEY_BYTES, NONCE_BYTES, DamagedError, OtherKeyError, Place, seal, unseal


class FileSeal:
    """Seals and opens for one workspace."""

    def __init__(
        self, workspace_id: str, *, new_bytes: abc.Callable[[int], bytes] = secrets.token_bytes
    ) -> None:
        self._workspace_id = workspace_id
        self._new_bytes = new_bytes

    def seal(self, credentials: abc.Mapping[str, str], connection_id: str, field: str, secret: str) -> bytes:
        """Give the envelope of a secret."""
        place = Place(self._workspace_id, connection_id, field)
        return seal(secret, key=_key(credentials), nonce=self._new_bytes(NONCE_BYTES), place=place)

    def open(
        self, credentials: abc.Mapping[str, str], connection_id: str, field: str, sealed: bytes
    ) -> str | None:
        """Give the secret; None when other credentials sealed it, or it is damaged: get a new one."""
        place = Place(self._workspace_id, connection_id, field)
        try:
            return unseal(sealed, key=_key(credentials), place=place)
        except (OtherKeyError, DamagedError):
            return None


def _key(credentials: abc.Mapping[str, str]) -> bytes:
    """Derive the key; names and values enter with their lengths."""
    parts = [part.encode() for pair in sorted(credentials.items()) for part in pair]
    content = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"writeback credentials file 1").derive(content)
