"""Where a workspace may lie: on a disk of this machine, in a folder for its owner alone.

Must not: change the rights of a folder that was there before.
"""

import os
import sys
from collections import abc
from pathlib import Path
from typing import Final

from writeback.errors import WorkspaceError

NETWORK_FILE_SYSTEMS: Final = frozenset(
    {
        "afs", "beegfs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs",
        "fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "smb2", "smb3", "smbfs",
    }
)  # fmt: skip
"""File systems whose locks do not hold between machines, by the names Linux gives them."""
_MOUNTS: Final = Path("/proc/self/mounts")


FileId = tuple[int, int]
"""By what a file is known on its disk: its number, and the disk's."""


def file_id(path: Path) -> FileId:
    """Give which file lies there now.

    Raises:
        WorkspaceError: None does.
    """
    try:
        told = path.stat()
    except OSError as error:
        raise WorkspaceError("workspace.not_found", path=str(path)) from error
    return told.st_ino, told.st_dev


def refuse_other(path: Path, opened: FileId) -> None:
    """Refuse to go on where another file lies now than the one that was opened.

    Raises:
        WorkspaceError: `workspace.swapped`, or none lies there.
    """
    if file_id(path) != opened:
        raise WorkspaceError("workspace.swapped", path=str(path))


def make_folder(folder: Path) -> None:
    """Make the folder of a workspace, readable by its owner alone.

    Raises:
        WorkspaceError: It cannot be made or written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError("workspace.folder", path=str(folder), problem=error.strerror) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WorkspaceError("workspace.folder", path=str(folder), problem="not writable")


def refuse_network(path: Path, *, mounts: str | None = None) -> None:
    """Refuse a place where the locks of the system do not hold.

    Args:
        path: The workspace file, present or not.
        mounts: The text of `/proc/self/mounts`; None reads it where there is one.

    Raises:
        WorkspaceError: The file would lie on another machine.
    """
    if sys.platform == "win32" and str(path.absolute()).startswith("\\\\"):
        raise WorkspaceError("workspace.network", path=str(path), file_system="network share")
    if mounts is None:
        mounts = _MOUNTS.read_text("utf-8", "surrogateescape") if _MOUNTS.exists() else ""
    kind = _file_system(path.absolute(), mounts)
    if kind in NETWORK_FILE_SYSTEMS:
        raise WorkspaceError("workspace.network", path=str(path), file_system=kind)


def _file_system(path: Path, mounts: str) -> str:
    real = path.parent.resolve() / path.name
    found: tuple[int, str] = (-1, "")
    for mount, kind in _parsed(mounts):
        if real.is_relative_to(mount) and len(mount.parts) >= found[0]:
            found = (len(mount.parts), kind)
    return found[1]


def _parsed(mounts: str) -> abc.Iterator[tuple[Path, str]]:
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) >= 3:
            yield Path(_unescaped(parts[1])), parts[2]


def _unescaped(text: str) -> str:
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, letter)
    return text
