"""What a plugin's files are, to the byte: the hash a person allows, and what changed since.

Every file of the unpacked distribution counts: its package, other packages it brought, its metadata.
What Python or the installer write by themselves does not (`__pycache__`, RECORD, INSTALLER, …): whoever
can forge those can change Writeback as well. Reads files; imports nothing.
"""

import hashlib
import importlib.util
from collections import abc
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Final

_PASSED_OVER: Final = frozenset(
    {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json", "uv_build.json", ".DS_Store"}
)
MOST_FILES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """All files of one plugin with their digests."""

    files: tuple[tuple[str, str], ...]
    """(name, SHA-256) in order of the names."""

    @property
    def hash(self) -> str:
        """Give the one hash that stands for all files."""
        whole = hashlib.sha256()
        for name, digest in self.files:
            whole.update(f"{name}\0{digest}\n".encode())
        return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class Difference:
    """Which files differ between what was allowed and what is there."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = (("changed", self.changed), ("added", self.added), ("removed", self.removed))
        return "; ".join(f"{word} {', '.join(names)}" for word, names in parts if names)


def fingerprint(point: EntryPoint) -> Fingerprint:
    """Read all files of the plugin that an entry point belongs to. One that is not there has no files."""
    found: dict[str, Path] = {}
    package = point.module.partition(".")[0]
    for folder in _folders(package):
        found |= {f"{package}/{_name(place, folder)}": place for place in _below(folder)}
    if point.dist is not None:
        for file in point.dist.files or ():
            place = Path(str(point.dist.locate_file(file)))
            if place.is_file() and _counts(place):
                found.setdefault(Path(str(file)).as_posix(), place)
    return Fingerprint(tuple((name, _digest(found[name])) for name in sorted(found)[:MOST_FILES]))


def difference(before: abc.Mapping[str, str], now: Fingerprint) -> Difference:
    """Say which files differ."""
    after = dict(now.files)
    return Difference(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(name for name in after.keys() & before.keys() if after[name] != before[name])),
        removed=tuple(sorted(before.keys() - after.keys())),
    )


def package_folder(package: str) -> Path | None:
    """Give the folder of a top-level package, without importing it; None: it has none."""
    return next(iter(_folders(package)), None)


def _folders(package: str) -> list[Path]:
    if not package or "." in package:
        return []
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError, AttributeError):
        return []
    places = [] if spec is None else [*(spec.submodule_search_locations or ())]
    return [Path(place) for place in places if Path(place).is_dir()]


def _below(folder: Path) -> abc.Iterator[Path]:
    return (place for place in sorted(folder.rglob("*")) if place.is_file() and _counts(place))


def _counts(place: Path) -> bool:
    return place.name not in _PASSED_OVER and "__pycache__" not in place.parts


def _name(place: Path, folder: Path) -> str:
    return place.relative_to(folder).as_posix()


def _digest(place: Path) -> str:
    try:
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {type(error).__name__}"
