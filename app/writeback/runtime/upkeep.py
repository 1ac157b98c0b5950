"""Backups of a workspace as people look after them: which there are, whether they are whole, having one back.

The page Settings and `writeback backups` stand on this module.

Must not: touch the workspace itself; a backup is had back as a file of its own.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from writeback.errors import ConfigurationError, WritebackError
from writeback.files import telling_unwritable
from writeback.runtime import trusted_files
from writeback.settings import Settings
from writeback.store import backups

_NOTES: Final = "verified.json"


@dataclass(frozen=True, slots=True)
class BackupView:
    """One copy of the workspace."""

    path: Path
    made_at: datetime
    reason: str
    """`daily`, `migration` or `asked`."""
    size: int
    verified_at: str = ""
    """When its content was last checked, as ISO text; '' never since it was made."""
    problem: str = ""
    """What that check found; '' it is whole."""


def backups_of(workspace: Path) -> tuple[BackupView, ...]:
    """Give a workspace's backups, the newest first."""
    notes = _notes(workspace)
    found = []
    for path in backups.all_of(workspace):
        at, problem = notes.get(path.name, ("", ""))
        reason = path.stem.partition("-")[2] or "asked"
        found.append(BackupView(path, backups.made_at(path), reason, path.stat().st_size, at, problem))
    return tuple(reversed(found))


def folder_of(workspace: Path) -> Path:
    """Name the folder of a workspace's backups."""
    return backups.folder_of(workspace)


def make_backup(workspace: Path, *, now: datetime) -> BackupView:
    """Copy the workspace now and check the copy.

    Raises:
        WorkspaceError: It could not be written; nothing was changed.
    """
    path = backups.back_up(workspace, now=now, reason="asked")
    return next(one for one in backups_of(workspace) if one.path == path)


def verify_backups(workspace: Path, *, now: datetime) -> tuple[BackupView, ...]:
    """Check every backup from its first page to its last; what was found is kept beside them."""
    notes = {
        path.name: (now.isoformat(timespec="seconds"), backups.problem_of(path))
        for path in backups.all_of(workspace)
    }
    folder = backups.folder_of(workspace)
    if folder.is_dir():
        (folder / _NOTES).write_text(json.dumps(notes, indent=2), "utf-8")
    return backups_of(workspace)


def restore_backup(workspace: Path, name: str, *, target: Path, settings: Settings) -> Path:
    """Have a backup back as a workspace file of its own; the workspace of today stays.

    Args:
        workspace: Whose backup.
        name: The backup's file name, or `newest`.
        target: The new file; there must be none of that name.
        settings: Where it stands what this person trusts: a copy of a file that is trusted is as well.

    Raises:
        ConfigurationError: `backup.unknown`, `backup.in_the_way`, `file.not_writable`.
        WorkspaceDamagedError: The backup is damaged; nothing was made.
    """
    every = backups_of(workspace)
    wanted = next((one for one in every if name in ("newest", one.path.name)), None)
    if wanted is None:
        raise ConfigurationError("backup.unknown", name=name[:80], folder=str(backups.folder_of(workspace)))
    if target.exists():
        raise ConfigurationError("backup.in_the_way", path=str(target))
    with telling_unwritable(target):
        backups.copy_whole(wanted.path, target)
    trusted_files.inherit(settings, workspace, target, backups.workspace_id_of(target))
    return target


def _notes(workspace: Path) -> dict[str, tuple[str, str]]:
    path = backups.folder_of(workspace) / _NOTES
    try:
        plain = json.loads(path.read_text("utf-8"))
        return {str(name): (str(at), str(problem)) for name, (at, problem) in plain.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}  # a note that cannot be read says nothing: the backups are then unverified


def back_up_daily(workspace: Path, *, now: datetime) -> WritebackError | None:
    """Copy the workspace when the newest copy is older than a day; gives why it could not."""
    try:
        if backups.is_due(workspace, now=now):
            backups.back_up(workspace, now=now, reason="daily")
    except WritebackError as error:
        return error
    return None
