"""Plugins that may run for nobody, each with its reason: by id, by publisher, or by the hash of its files.

The list comes with the program. A newer one is taken only with a signature by the key that comes with the
program, and never in place of a newer one; it is kept in the person's data folder and works offline.

Must not: fetch anything; judge a plugin (`trusting` does).
"""

import json
from collections import abc
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from writeback.errors import ConfigurationError
from writeback.files import put_whole
from writeback.host.bundled import normal

FILE_NAME: Final = "plugin-blocklist.json"
KEY_NAME: Final = "plugin-blocklist.pub"
SIGNATURE_SUFFIX: Final = ".sig"
VERSION: Final = 1
MOST_BYTES: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class Blocked:
    """One entry; what it does not name ('') fits every plugin, but it names something."""

    reason: str
    """In words, for people."""
    id: str = ""
    publisher: str = ""
    hash: str = ""

    def fits(self, *, plugin: str, publisher: str, file_hash: str) -> bool:
        """Say whether a plugin is meant."""
        named = (
            (normal(self.id), normal(plugin)),
            (self.publisher.casefold(), publisher.casefold()),
            (self.hash, file_hash),
        )
        wanted = [(one, other) for one, other in named if one]
        return bool(wanted) and all(one == other for one, other in wanted)


@dataclass(frozen=True, slots=True)
class Blocklist:
    """All entries."""

    made_on: date = date.min
    blocked: tuple[Blocked, ...] = ()

    def find(self, *, plugin: str, publisher: str, file_hash: str) -> Blocked | None:
        """Give the entry that means a plugin."""
        return next(
            (
                one
                for one in self.blocked
                if one.fits(plugin=plugin, publisher=publisher, file_hash=file_hash)
            ),
            None,
        )


def read_blocklist(shipped: Path, data_dir: Path) -> Blocklist:
    """Give the newer of the list that came with the program and the signed copy in the data folder.

    Args:
        shipped: The folder of the program's resources.
        data_dir: The person's data folder. A copy there that is not signed, or no list, counts for nothing.
    """
    own = _read(_bytes(shipped / FILE_NAME))
    copy = data_dir / FILE_NAME
    if not copy.is_file():
        return own
    try:
        newer = _admitted(copy, key=_key(shipped))
    except ConfigurationError:
        return own
    return newer if newer.made_on > own.made_on else own


def take_blocklist(source: Path, *, shipped: Path, data_dir: Path) -> Blocklist:
    """Take a newer list, with its signature in a file beside it (`….sig`).

    Raises:
        ConfigurationError: `blocklist.no_key`, `blocklist.not_signed`, `blocklist.unreadable`,
            `blocklist.older`, `blocklist.not_kept`; the list in force stays.
    """
    found = _admitted(source, key=_key(shipped))
    known = read_blocklist(shipped, data_dir)
    if found.made_on < known.made_on:
        raise ConfigurationError(
            "blocklist.older",
            file=source.name,
            made=found.made_on.isoformat(),
            known=known.made_on.isoformat(),
        )
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = data_dir / FILE_NAME
        # the signature of the list in force stays beside the new one: between the two steps that list holds
        signatures = (_bytes(one).strip().partition(b"\n")[0] for one in (_beside(source), _beside(kept)))
        _put(_beside(kept), b"\n".join(signatures))
        _put(kept, _bytes(source))
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise ConfigurationError("blocklist.not_kept", path=str(data_dir), problem=problem) from error
    return found


def _admitted(path: Path, *, key: str) -> Blocklist:
    from writeback.vault.signatures import is_signed  # noqa: PLC0415  cryptography: only where there is a copy

    if not key:
        raise ConfigurationError("blocklist.no_key")
    data, signatures = _bytes(path), _bytes(_beside(path)).decode("ascii", "replace").split()
    if not any(is_signed(data, signature=one, key=key) for one in signatures[:2]):
        raise ConfigurationError("blocklist.not_signed", file=path.name)
    found = _read(data)
    if found == Blocklist():
        raise ConfigurationError("blocklist.unreadable", file=path.name)
    return found


def _read(data: bytes) -> Blocklist:
    """Read a list; what is none is empty. Who takes one from elsewhere refuses that."""
    try:
        told = json.loads(data)
        if told["version"] != VERSION:
            return Blocklist()
        return Blocklist(date.fromisoformat(told["made_on"]), tuple(map(_entry, told["blocked"])))
    except (ValueError, KeyError, TypeError):
        return Blocklist()


def _entry(told: abc.Mapping[str, str]) -> Blocked:
    names = ("id", "publisher", "hash")
    made = Blocked(str(told["reason"]), *(str(told.get(name, "")) for name in names))
    if not (made.id or made.publisher or made.hash):
        raise ValueError("an entry that names nothing")
    return made


def _key(shipped: Path) -> str:
    return _bytes(shipped / KEY_NAME).decode("ascii", "replace").strip()


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except OSError:
        return b""


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}{SIGNATURE_SUFFIX}")


def _put(path: Path, data: bytes) -> None:
    with put_whole(path) as file:
        file.write(data)
