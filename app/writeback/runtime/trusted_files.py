"""Which workspace files this person trusts: their own, those they allowed, those in folders they allowed.

One JSON file in the person's data folder, for them alone (0600), written whole or not at all. What was
decided is bound to the file itself, by the workspace's id and the file's number on its disk: another file
under the same name, or a copy that came back from somebody, is decided anew.

Must not: open a workspace, decide what an untrusted one may do (`runtime.restricting` does).
"""

import json
import logging
import os
import time
from collections import abc
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from writeback.errors import ConfigurationError, WorkspaceBusyError, WorkspaceError
from writeback.files import put_whole
from writeback.locks import FileLock
from writeback.settings import Settings
from writeback.store.places import FileId

_log = logging.getLogger(__name__)
FILE_NAME: Final = "trusted-workspaces.json"
VERSION: Final = 1
WAIT_S: Final = 5.0

OWN, FOLDER, ALLOWED = "own", "folder", "allowed"
"""Trusted: it lies in the person's data folder · in a folder they trust · they allowed this very file."""
UNKNOWN, OTHER_FILE, REFUSED, UNREADABLE = "unknown", "other_file", "refused", "unreadable"
"""Not: nobody was asked · what was allowed here is another file now · they said so · it cannot be read."""
TRUSTED: Final = frozenset({OWN, FOLDER, ALLOWED})


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person said of one file."""

    workspace: str
    """The workspace's id."""
    path: str
    inode: int
    device: int
    at: str
    is_allowed: bool = True

    def is_of(self, found: "Identity") -> bool:
        """Say whether a file is the very one: number and id agree, and the place or the disk."""
        if (self.workspace, self.inode) != (found.workspace, found.inode):
            return False
        return self.path == found.path or (self.device == found.device and found.inode != 0)


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a workspace file is known again."""

    workspace: str
    path: str
    inode: int
    device: int


@dataclass(frozen=True, slots=True)
class TrustedFiles:
    """Everything that a person said about files and folders."""

    files: tuple[Decided, ...] = ()
    folders: tuple[str, ...] = field(default=())

    def deciding(self, decided: Decided, about: Identity) -> "TrustedFiles":
        """Give these with one more decision; what was said of the same file or place before is gone."""
        kept = tuple(one for one in self.files if not one.is_of(about) and one.path != about.path)
        return replace(self, files=(*kept, decided))


def registry_of(settings: Settings) -> Path:
    """Name the file."""
    return settings.data_dir / FILE_NAME


def identity_of(path: Path, workspace: str) -> Identity:
    """Look at a file on its disk.

    Raises:
        OSError: It is not there.
    """
    real = path.resolve()
    told = real.stat()
    return Identity(workspace, str(real), told.st_ino, told.st_dev)


def why(settings: Settings, path: Path, workspace: str, *, opened: FileId | None = None) -> str:
    """Say in one word why a file is trusted (one of `TRUSTED`), or why not. Never raises.

    `opened`: the file that is open; another one that lies there by now says nothing of it.
    """
    try:
        kept = read_trusted(registry_of(settings))
        about = identity_of(path, workspace)
    except (ConfigurationError, OSError):
        return UNREADABLE
    if opened not in (None, (about.inode, about.device)):
        return OTHER_FILE
    told = next((one for one in reversed(kept.files) if one.is_of(about)), None)
    if told is not None:
        return ALLOWED if told.is_allowed else REFUSED
    place = Path(about.path)
    if place.is_relative_to(settings.data_dir.resolve()):
        return OWN
    if any(place.is_relative_to(folder) for folder in kept.folders):
        return FOLDER
    return OTHER_FILE if any(one.path == about.path for one in kept.files) else UNKNOWN


def decide(
    settings: Settings,
    path: Path,
    workspace: str,
    *,
    at: str,
    is_allowed: bool,
    opened: FileId | None = None,
) -> None:
    """Keep what a person said of a file; `opened`: of the one that is open.

    Raises:
        ConfigurationError: `trust.not_kept`, `trust.unreadable`.
        WorkspaceError: `workspace.swapped`: another file lies there by now.
    """
    try:
        about = identity_of(path, workspace)
    except OSError as error:
        raise _not_kept(settings, error) from error
    if opened not in (None, (about.inode, about.device)):
        raise WorkspaceError("workspace.swapped", path=str(path))
    decided = Decided(workspace, about.path, about.inode, about.device, at, is_allowed)
    _change(settings, lambda kept: kept.deciding(decided, about))


def inherit(settings: Settings, original: Path, copy: Path, workspace: str) -> None:
    """Trust a copy that the program itself made of the same workspace, where its original is trusted.

    The original may be damaged: it is known by its place and number, and the copy by the workspace that was
    trusted there. Where that cannot be read or kept, the copy is restricted, and the log says why.
    """
    try:
        kept = read_trusted(registry_of(settings))
        about = identity_of(original, workspace)
        place = Path(about.path)
        known = [one for one in kept.files if (one.path, one.inode) == (about.path, about.inode)]
        is_near = any(place.is_relative_to(one) for one in (str(settings.data_dir.resolve()), *kept.folders))
        if (known[-1].is_allowed and known[-1].workspace == workspace) if known else is_near:
            at = datetime.fromtimestamp(copy.stat().st_mtime, UTC).isoformat(timespec="seconds")
            decide(settings, copy, workspace, at=at, is_allowed=True)
    except (OSError, ConfigurationError) as error:
        _log.warning("the copy %s stays restricted: %s", copy.name, error)


def trust_folder(settings: Settings, folder: Path, *, is_trusted: bool = True) -> None:
    """Trust every workspace file in a folder and beneath it, or no longer.

    Raises:
        ConfigurationError: `trust.not_kept`, `trust.unreadable`.
    """
    named = str(folder.resolve())

    def changed(kept: TrustedFiles) -> TrustedFiles:
        rest = tuple(one for one in kept.folders if one != named)
        return replace(kept, folders=(*rest, named) if is_trusted else rest)

    _change(settings, changed)


def read_trusted(path: Path) -> TrustedFiles:
    """Read the file; where there is none, nothing was said.

    Raises:
        ConfigurationError: `trust.unreadable`: it is none of ours, or others may write it.
    """
    try:
        if os.name == "posix" and path.stat().st_mode & 0o022:
            raise ConfigurationError("trust.unreadable", path=str(path))
        told = json.loads(path.read_text("utf-8"))
        if told["version"] != VERSION:
            raise ConfigurationError("trust.unreadable", path=str(path))
        files = tuple(_decided(one) for one in told["files"])
        return TrustedFiles(files, tuple(str(one) for one in told["folders"]))
    except FileNotFoundError:
        return TrustedFiles()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError("trust.unreadable", path=str(path)) from error


def _decided(told: abc.Mapping[str, object]) -> Decided:
    return Decided(
        str(told["workspace"]),
        str(told["path"]),
        int(str(told["inode"])),
        int(str(told["device"])),
        str(told["at"]),
        told["is_allowed"] is True,
    )


def _change(settings: Settings, change: abc.Callable[[TrustedFiles], TrustedFiles]) -> None:
    path = registry_of(settings)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(path.with_name(f"{path.name}.lock"))
        try:
            if not lock.acquire(until=time.monotonic() + WAIT_S):
                raise WorkspaceBusyError("workspace.busy", path=str(path), waited_s=WAIT_S)
            _put(path, change(read_trusted(path)))
        finally:
            lock.release()
            lock.close()
    except OSError as error:
        raise _not_kept(settings, error) from error


def _put(path: Path, kept: TrustedFiles) -> None:
    told = {
        "version": VERSION,
        "files": [asdict(one) for one in kept.files],
        "folders": sorted(kept.folders),
    }
    with put_whole(path, durably=True) as file:
        file.write(json.dumps(told, indent=1).encode())


def _not_kept(settings: Settings, error: OSError) -> ConfigurationError:
    problem = error.strerror or type(error).__name__
    return ConfigurationError("trust.not_kept", path=str(registry_of(settings)), problem=problem)
