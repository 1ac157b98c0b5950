"""Seal a secret so that it can lie in the workspace: AES-256-GCM, bound to the place it belongs to.

An envelope opened for another workspace, connection or field does not open. Pure but for the nonce,
which is handed in. It knows neither the keyring nor the store.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION: Final = 1
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
_MAGIC = b"WBE"
_KEY_ID_BYTES = 8
_HEAD_BYTES = len(_MAGIC) + 1 + _KEY_ID_BYTES
_SHORTEST = _HEAD_BYTES + NONCE_BYTES + 16


@dataclass(frozen=True, slots=True)
class Place:
    """Where an envelope belongs."""

    workspace: str
    connection: str
    field: str


class OtherKeyError(Exception):
    """The envelope was sealed under another key; never leaves this room."""


class DamagedError(Exception):
    """The envelope was altered, moved or cut; never leaves this room."""


def seal(secret: str, *, key: bytes, nonce: bytes, place: Place) -> bytes:
    """Give the envelope of a secret. A nonce may serve once."""
    head = _MAGIC + bytes([VERSION]) + key_id(key)
    return head + nonce + AESGCM(key).encrypt(nonce, secret.encode(), _bound_to(head, place))


def unseal(envelope: bytes, *, key: bytes, place: Place) -> str:
    """Give the secret in an envelope.

    Raises:
        OtherKeyError: Another key sealed it.
        DamagedError: It is not whole, or belongs to another place.
    """
    head, rest = envelope[:_HEAD_BYTES], envelope[_HEAD_BYTES:]
    if len(envelope) < _SHORTEST or not head.startswith(_MAGIC + bytes([VERSION])):
        raise DamagedError
    if head[-_KEY_ID_BYTES:] != key_id(key):
        raise OtherKeyError
    nonce, sealed = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, sealed, _bound_to(head, place)).decode()
    except InvalidTag:
        raise DamagedError from None


def key_id(key: bytes) -> bytes:
    """Give a name of the key that does not give it away."""
    return hashlib.sha256(b"writeback key id\0" + key).digest()[:_KEY_ID_BYTES]


def _bound_to(head: bytes, place: Place) -> bytes:
    """Join the parts with their lengths, so that no two places give the same bytes."""
    parts = (head, place.workspace.encode(), place.connection.encode(), place.field.encode())
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
