"""Keyring back ends as the world has them: twelve ways not to keep a secret, and one to keep it."""

import threading

from keyring import errors
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.backends.chainer import ChainerBackend


class Native(KeyringBackend):
    """Keeps what it is given, in memory, like the platform's own."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's own has no types
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise errors.PasswordDeleteError("not found")
        del self.kept[service, username]


class Locked(Native):
    """Looks fine until it is written to."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise errors.KeyringLocked("Failed to unlock the collection!")


class WrongPassword(Native):
    """The service itself cannot be opened."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise errors.InitError("Failed to open keyring")

    def get_password(self, service: str, username: str) -> str | None:
        raise errors.InitError("Failed to open keyring")


class PromptDismissed(Native):
    """The person closed the prompt."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise errors.PasswordSetError("Prompt dismissed")


class Hanging(Native):
    """A prompt stands open for ever."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def set_password(self, service: str, username: str, password: str) -> None:
        self.released.wait(30)


class Truncating(Native):
    """Keeps 1,280 characters of a secret, as the Windows Credential Manager does."""

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password[:1280])


class Losing(Native):
    """Says yes and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass

    def delete_password(self, service: str, username: str) -> None:
        pass


class Returning(Native):
    """Gives back something else."""

    def get_password(self, service: str, username: str) -> str | None:
        kept = super().get_password(service, username)
        return kept and kept.upper() + "?"


class Undeletable(Native):
    """Cannot delete."""

    def delete_password(self, service: str, username: str) -> None:
        raise errors.PasswordDeleteError("no")


class Hoarding(Native):
    """Says it deleted and did not."""

    def delete_password(self, service: str, username: str) -> None:
        pass


class Raging(Native):
    """Raises what no documentation mentions."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyError("org.freedesktop.DBus.Error")


class AskingOnStdin(Native):
    """A file back end of an extra package that asks for its password on standard input."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("it was asked")

    get_password = set_password  # type: ignore[assignment]  # whoever calls, it asks


class Chain(ChainerBackend):
    """What `get_keyring` gives when several back ends are installed."""

    backends = ()

    def __init__(self, *backends: KeyringBackend) -> None:
        self.backends = backends  # type: ignore[assignment]  # as above


NoBackend = fail.Keyring
NATIVES = frozenset(
    f"{kind.__module__}.{kind.__qualname__}"
    for kind in (
        Native,
        Locked,
        WrongPassword,
        PromptDismissed,
        Hanging,
        Truncating,
        Losing,
        Returning,
        Undeletable,
        Hoarding,
        Raging,
    )
)
