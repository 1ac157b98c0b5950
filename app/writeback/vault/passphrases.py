"""A vault file under a passphrase, for machines without a keyring. Chosen explicitly, never a fallback.

The file holds what the keyring would hold, sealed: the key of the sealing is made of the passphrase by
scrypt (n = 2¹⁷, r = 8, p = 1: 128 MiB and a fraction of a second for each guess). It is readable by its
owner alone. The passphrase comes from a file, the service manager's credentials or a prompt, never from
a flag's value or an environment variable (`runtime` hands it in).
"""

import base64
import binascii
import json
import secrets
from collections import abc
from pathlib import Path
from typing import Final, TypedDict

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from writeback.errors import ConfigurationError
from writeback.files import put_whole
from writeback.vault.envelopes import KEY_BYTES, NONCE_BYTES, DamagedError, OtherKeyError, Place, seal, unseal
from writeback.vault.tokens import private_text

VERSION: Final = 1
SALT_BYTES: Final = 16
SHORTEST: Final = 12
_CHECK: Final = "check"
_N, _R, _P = 2**17, 8, 1


class _Content(TypedDict):
    version: int
    salt: str
    items: dict[str, str]


class PassphraseChain:
    """Holds a few short texts in a file; answers like `Keychain`.

    All methods raise `ConfigurationError`: `vault.wrong_passphrase` · `vault.file_damaged` ·
    `vault.file` (cannot be written) · `vault.short_passphrase` · `token_file.…` (readable by others, …).
    """

    def __init__(
        self,
        path: Path,
        passphrase: abc.Callable[[], str],
        *,
        new_bytes: abc.Callable[[int], bytes] = secrets.token_bytes,
        n: int = _N,
    ) -> None:
        self._path = path
        self._passphrase = passphrase
        self._new_bytes = new_bytes
        self._n = n
        self._keys: dict[str, bytes] = {}

    def __repr__(self) -> str:
        return "PassphraseChain()"

    def probe(self) -> str:
        """Open the file with the passphrase, making it where there is none; give its name."""
        if not self._path.exists():
            self._save({"version": VERSION, "salt": _text(self._new_bytes(SALT_BYTES)), "items": {}})
            self.write(_CHECK, "writeback")
        if self.read(_CHECK) is None:
            raise ConfigurationError("vault.file_damaged", path=str(self._path))
        return f"passphrase vault {self._path.name}"

    def read(self, account: str) -> str | None:
        """Give a text, or None when there is none."""
        if not self._path.exists():
            return None
        content = self._load()
        sealed = content["items"].get(account)
        if sealed is None:
            return None
        try:
            return unseal(_bytes(sealed, self._path), key=self._key(content), place=_place(account))
        except OtherKeyError:
            raise ConfigurationError("vault.wrong_passphrase", path=str(self._path)) from None
        except DamagedError:
            raise ConfigurationError("vault.file_damaged", path=str(self._path)) from None

    def write(self, account: str, text: str) -> None:
        """Keep a text."""
        content = self._load()
        nonce = self._new_bytes(NONCE_BYTES)
        sealed = seal(text, key=self._key(content), nonce=nonce, place=_place(account))
        self._save({**content, "items": {**content["items"], account: _text(sealed)}})

    def delete(self, account: str) -> None:
        """Remove a text."""
        content = self._load()
        self._save(
            {**content, "items": {one: text for one, text in content["items"].items() if one != account}}
        )

    def _key(self, content: _Content) -> bytes:
        salt = content["salt"]
        if salt not in self._keys:
            passphrase = self._passphrase()
            if len(passphrase) < SHORTEST:
                raise ConfigurationError("vault.short_passphrase", least=SHORTEST)
            derive = Scrypt(salt=_bytes(salt, self._path), length=KEY_BYTES, n=self._n, r=_R, p=_P)
            self._keys[salt] = derive.derive(passphrase.encode())
        return self._keys[salt]

    def _load(self) -> _Content:
        try:
            content = json.loads(private_text(self._path))
            is_ours = content["version"] == VERSION and isinstance(content["items"], dict)
        except (ValueError, KeyError, TypeError):
            is_ours, content = False, None
        if not is_ours:
            raise ConfigurationError("vault.file_damaged", path=str(self._path))
        return _Content(version=VERSION, salt=str(content["salt"]), items=dict(content["items"]))

    def _save(self, content: _Content) -> None:
        """Put the file in place of the old one whole, readable by its owner alone."""
        try:
            with put_whole(self._path, durably=True) as file:
                file.write(json.dumps(content).encode())
        except OSError as error:
            raise ConfigurationError("vault.file", path=str(self._path), reason=error.strerror) from None


def _place(account: str) -> Place:
    return Place("vault file", account, "text")


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str, path: Path) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, TypeError):
        raise ConfigurationError("vault.file_damaged", path=str(path)) from None
