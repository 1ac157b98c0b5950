"""Why a workspace file cannot be opened: asked of the file itself, after a helper could not.

Must not: make, migrate or write anything; looking is all.
"""

import os
from pathlib import Path

from writeback.errors import WorkspaceError
from writeback.runtime.reading import Reading
from writeback.store.workspace import Clock, NewId

NEEDS_MIGRATION = "workspace.needs_migration"


def why_unopened(path: Path, *, now: Clock, new_id: NewId) -> WorkspaceError | None:
    """Say what keeps a workspace from being opened for writing; None: nothing that can be seen."""
    problem = _of_folder(path)
    if problem is None and path.exists():
        problem = _of_file(path, now=now, new_id=new_id)
    if problem is not None and problem.code == NEEDS_MIGRATION:
        return None  # an older file is migrated by whoever opens it for writing: that is not what is wrong
    return problem


def _of_folder(path: Path) -> WorkspaceError | None:
    folder = path.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not os.access(folder, os.W_OK | os.X_OK):
        return WorkspaceError("workspace.folder", path=str(folder), problem="read-only")
    if path.exists() and not os.access(path, os.W_OK):
        return WorkspaceError("workspace.file_read_only", path=str(path))
    return None


def _of_file(path: Path, *, now: Clock, new_id: NewId) -> WorkspaceError | None:
    try:
        Reading.open(path, now=now, new_id=new_id).close()
    except WorkspaceError as error:
        return error
    return None
