"""Copies of a workspace by SQLite's online backup, verified when made; the last seven are kept.

Must not: touch the original. A copy that fails its check is removed and said so.
"""

import contextlib
import json
import os
import sqlite3
from collections import abc
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from writeback.errors import WorkspaceDamagedError, WorkspaceError
from writeback.store import settings, sqlite
from writeback.store.locking import beside

KEPT: Final = 7
EVERY: Final = timedelta(days=1)
_UNFINISHED: Final = "('queued', 'running', 'throttled', 'checking')"
_TO_REST: Final = (
    ("jobs", f"update jobs set state = 'paused' where number is not null and state in {_UNFINISHED}"),  # noqa: S608  ours
    ("plays", "update plays set is_on = 0"),
)
_SUFFIX: Final = ".writeback"
_STAMP: Final = "%Y%m%dT%H%M%S%f"
Change = abc.Callable[[sqlite3.Connection], None]
"""What becomes of a copy before it has its name."""


def back_up(path: Path, *, now: datetime, reason: str) -> Path:
    """Make a backup, then drop the oldest beyond seven; arguments and errors as `make` has them."""
    copy = make(path, now=now, reason=reason)
    drop_oldest(path)
    return copy


def make(path: Path, *, now: datetime, reason: str) -> Path:
    """Copy the workspace while others work on it, and check the copy.

    Args:
        path: The workspace file.
        now: Goes into the copy's name.
        reason: `asked`, `daily` or `migration`; goes into the name.

    Raises:
        WorkspaceError: The copy could not be written.
        WorkspaceDamagedError: The copy does not hold what the original holds.
    """
    folder = folder_of(path)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        copy = folder / f"{now.astimezone(UTC):{_STAMP}}-{reason}{_SUFFIX}"
        _copy(path, copy)
    except OSError as error:
        raise WorkspaceError("workspace.backup", path=str(folder), problem=error.strerror) from error
    except sqlite3.Error as error:
        raise sqlite.translated(error, folder) from error
    return copy


def drop_oldest(path: Path) -> None:
    """Keep a workspace's seven newest backups."""
    for old in all_of(path)[:-KEPT]:
        old.unlink(missing_ok=True)


def all_of(path: Path) -> tuple[Path, ...]:
    """Name a workspace's backups, oldest first."""
    folder = folder_of(path)
    return tuple(sorted(folder.glob(f"*{_SUFFIX}"))) if folder.is_dir() else ()


def is_due(path: Path, *, now: datetime) -> bool:
    """Say whether the newest backup is older than a day."""
    ages = (now - made_at(one) for one in all_of(path))
    return not any(timedelta() <= age < EVERY for age in ages)  # one by a clock that was ahead says nothing


def made_at(copy: Path) -> datetime:
    """Say when a backup was made: its name tells."""
    try:
        return datetime.strptime(copy.name.partition("-")[0], _STAMP).replace(tzinfo=UTC)
    except ValueError:  # somebody else's file in our folder: as old as it says itself
        return datetime.fromtimestamp(copy.stat().st_mtime, UTC)


def problem_of(copy: Path) -> str:
    """Check a backup from its first page to its last; gives what is wrong, '' when it is whole."""
    try:
        file = sqlite.open_file(copy, mode="ro")
        try:
            found = sqlite.problems(file, is_thorough=True)
        finally:
            file.close()
    except sqlite3.Error as error:
        return str(error)[:200]
    return found[0][:200] if found else ""


def workspace_id_of(copy: Path) -> str:
    """Read whose backup a whole one is.

    Raises:
        WorkspaceError: It cannot be read.
    """
    try:
        file = sqlite.open_file(copy, mode="ro")
        try:
            row = file.execute(
                "select value from settings where name = ?", (settings.WORKSPACE_ID,)
            ).fetchone()
        finally:
            file.close()
    except sqlite3.Error as error:
        raise sqlite.translated(error, copy) from error
    return str(json.loads(row[0])) if row else ""


def copy_whole(copy: Path, target: Path) -> None:
    """Copy a backup that is whole to a place where nothing is; the copy sends nothing by itself.

    Raises:
        OSError: It cannot be written.
        WorkspaceDamagedError: The backup is damaged, or its copy is.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _copy(copy, target, changing=_lay_to_rest)


def folder_of(path: Path) -> Path:
    """Name the folder that holds a workspace's backups."""
    return beside(path, ".backups")


def _lay_to_rest(file: sqlite3.Connection) -> None:
    """Pause what a copy was about to send: since it was made that was sent, or is still, by its original."""
    for table, act in _TO_REST:
        if file.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone():
            file.execute(act)


def _copy(path: Path, copy: Path, *, changing: Change | None = None) -> None:
    draft = copy.with_suffix(".part")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        problem = _fill(draft, path)
        if problem:
            raise WorkspaceDamagedError("workspace.backup_damaged", path=str(copy), problem=problem)
        if changing is not None:
            with contextlib.closing(sqlite.open_file(draft, mode="rw")) as file:
                changing(file)
        draft.rename(copy)
    finally:
        draft.unlink(missing_ok=True)


def _fill(draft: Path, path: Path) -> str:
    """Copy, and say what is wrong with the copy; '' when it is whole."""
    source = sqlite.open_file(path, mode="ro")
    target = sqlite.open_file(draft, mode="rw")
    try:
        source.execute("begin")  # the counts are those of the state that is copied
        counts = _counts(source)
        source.backup(target)
        target.execute("pragma journal_mode = delete")  # one file, nothing beside it
        if found := sqlite.problems(target, is_thorough=True):
            return found[0][:200]
        return "" if _counts(target) == counts else "row counts differ"
    finally:
        source.close()
        target.close()


def _counts(connection: sqlite3.Connection) -> abc.Mapping[str, int]:
    tables = [
        str(row[0]) for row in connection.execute("select name from sqlite_master where type = 'table'")
    ]
    return {
        table: int(connection.execute(f"select count(*) from {sqlite.quoted(table)}").fetchone()[0])  # noqa: S608  quoted
        for table in tables
    }
