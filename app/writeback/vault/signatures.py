"""Whether something was signed with a key: Ed25519 (RFC 8032), the key and the signature as base64 text.

Must not: hold a private key; whoever signs does it elsewhere.
"""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def is_signed(data: bytes, *, signature: str, key: str) -> bool:
    """Say whether a signature is of these bytes and by this key; what cannot be read is none."""
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(signature, validate=True), data)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True
