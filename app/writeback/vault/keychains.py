"""The system keyring, trusted only after a trial, and never waited for without an end.

`get_keyring()` proves nothing: a locked or dead service looks fine until the first write, and a prompt
may stand open for ever. So every call runs in a thread with a deadline, only the platform's own back
ends are spoken to, and a canary is written, read and deleted first. There is no fallback.
"""

import secrets
import sys
import threading
from collections import abc
from queue import Empty, SimpleQueue
from typing import Final, TypeVar

import keyring
from keyring import errors
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as NoKeyring

from writeback.errors import ConfigurationError

SERVICE: Final = "Writeback"
DEADLINE_S: Final = 10.0
NATIVE_BACKENDS: Final = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)

_T = TypeVar("_T")


class Keychain:
    """The platform's keyring, holding a few short texts under `Writeback`.

    All methods raise `ConfigurationError`: `vault.no_keyring` · `vault.refused` (not a native back
    end) · `vault.locked` · `vault.unreachable` · `vault.timeout` · `vault.unreliable` (gave back
    something else) · `vault.failed`. Facts: `backend`, `platform`.
    """

    def __init__(
        self,
        find: abc.Callable[[], KeyringBackend] = keyring.get_keyring,
        *,
        natives: abc.Set[str] = NATIVE_BACKENDS,
        deadline_s: float = DEADLINE_S,
        new_canary: abc.Callable[[], str] = lambda: secrets.token_urlsafe(33),
    ) -> None:
        self._find = find
        self._natives = natives
        self._deadline_s = deadline_s
        self._new_canary = new_canary
        self._name = "keyring"

    def __repr__(self) -> str:
        return "Keychain()"

    def probe(self) -> str:
        """Write, read and delete a canary as long as our key; give the back end's name."""
        canary = self._new_canary()
        account = f"canary-{canary[:8]}"
        self._ask(lambda backend: backend.set_password(SERVICE, account, canary))
        answer = self._ask(lambda backend: backend.get_password(SERVICE, account))
        self._ask(lambda backend: backend.delete_password(SERVICE, account))
        left = self._ask(lambda backend: backend.get_password(SERVICE, account))
        if answer != canary or left is not None:
            raise self._refusal("vault.unreliable")
        return self._name

    def read(self, account: str) -> str | None:
        """Give a text, or None when there is none."""
        return self._ask(lambda backend: backend.get_password(SERVICE, account))

    def write(self, account: str, text: str) -> None:
        """Keep a text, and read it back to be sure."""
        self._ask(lambda backend: backend.set_password(SERVICE, account, text))
        if self.read(account) != text:
            raise self._refusal("vault.unreliable")

    def delete(self, account: str) -> None:
        """Remove a text."""
        self._ask(lambda backend: backend.delete_password(SERVICE, account))

    def _ask(self, call: abc.Callable[[KeyringBackend], _T]) -> _T:
        """Run one call in a thread of its own; a hung one is left behind, it cannot be ended."""
        answers: SimpleQueue[tuple[_T, None] | tuple[None, Exception]] = SimpleQueue()

        def run() -> None:
            try:
                answers.put((call(self._backend()), None))
            except Exception as error:  # noqa: BLE001  back ends raise what they like; all of it is translated below
                answers.put((None, error))

        threading.Thread(target=run, name="keyring", daemon=True).start()
        try:
            value, error = answers.get(timeout=self._deadline_s)
        except Empty:
            raise self._refusal("vault.timeout", after_s=self._deadline_s) from None
        if error is not None:
            raise self._translate(error) from None
        return value  # type: ignore[return-value]  # an answer without error is the call's own

    def _backend(self) -> KeyringBackend:
        offered = self._find()
        candidates = list(offered.backends) if isinstance(offered, ChainerBackend) else [offered]
        for backend in candidates:
            if _class_of(backend) in self._natives:
                self._name = _class_of(backend)
                return backend
        self._name = _class_of(offered)
        if isinstance(offered, NoKeyring) or not candidates:
            raise self._refusal("vault.no_keyring")
        raise self._refusal("vault.refused")

    def _translate(self, error: Exception) -> ConfigurationError:
        match error:
            case ConfigurationError():
                return error
            case errors.NoKeyringError():
                return self._refusal("vault.no_keyring")
            case errors.KeyringLocked():
                return self._refusal("vault.locked")
            case errors.InitError():
                return self._refusal("vault.unreachable")
            case _:
                return self._refusal("vault.failed", kind=type(error).__name__)

    def _refusal(self, code: str, **facts: str | float) -> ConfigurationError:
        return ConfigurationError(code, backend=self._name, platform=sys.platform, **facts)


def _class_of(backend: object) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"
