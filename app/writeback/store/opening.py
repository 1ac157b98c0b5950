"""What is looked at before a workspace file is opened, and what is done with an older one.

Nothing is written until the file has proved to be ours, whole and not newer than this program.
Alembic is imported only when a migration is due: it costs more than everything else here.

Must not: repair. A damaged file is left as it is; its owner has backups and a copy to look into.
"""

import sqlite3
from collections import abc
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy.engine import Connection

from writeback.errors import InternalError, WorkspaceDamagedError, WorkspaceError, WorkspaceTooNewError
from writeback.store import backups, schema, sqlite
from writeback.store.locking import WriteLock

HEAD: Final = "0030"
"""The newest revision in `migrations/versions`."""
REVISIONS: Final = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0019",
    "0020",
    "0021",
    "0022",
    "0023",
    "0024",
    "0025",
    "0026",
    "0027",
    "0028",
    "0029",
    "0030",
)
"""All revisions this program can start from, oldest first."""
CHECKED_BYTES: Final = 16 * 1024 * 1024
"""A file up to this size is checked page by page at each open; a bigger one by `doctor` only."""

_VERSION_TABLE = "alembic_version"


def admit(path: Path, *, now: abc.Callable[[], datetime], migrates: bool) -> None:
    """Look the file over, and migrate it where it is older and `migrates` allows.

    Raises:
        WorkspaceError: No such file, or it has to be migrated first and may not be.
        WorkspaceTooNewError: A newer Writeback wrote it.
        WorkspaceDamagedError: Damaged, not a workspace at all, or its tables are not those of its revision.
    """
    if not path.is_file():
        raise WorkspaceError("workspace.not_found", path=str(path))
    if _inspect(path) == HEAD:
        return
    if not migrates:
        raise WorkspaceError("workspace.needs_migration", path=str(path))
    lock = WriteLock(path)
    try:
        with lock.held():
            if _inspect(path) != HEAD:  # somebody may have been faster
                _migrate(path, now=now())
    finally:
        lock.close()


def stamp(db: Connection) -> None:
    """Mark a file as made by this program's newest revision."""
    db.exec_driver_sql(f"create table {_VERSION_TABLE} (version_num varchar(32) not null primary key)")
    db.exec_driver_sql(f"insert into {_VERSION_TABLE} values (?)", (HEAD,))  # noqa: S608  a constant


def _inspect(path: Path) -> str:
    """Give the file's revision after all checks."""
    try:
        _refuse_foreign(path)
        connection = sqlite.open_file(path, mode="ro")
        try:
            return _checked(connection, path)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise sqlite.translated(error, path) from error


def _refuse_foreign(path: Path) -> None:
    """Look at the header through SQLite, without log or locks: nothing is made beside a foreign file.

    Never through `open`: closing a file of one's own drops the locks that SQLite holds on it.
    """
    connection = sqlite.open_file(path, mode="immutable")
    try:
        (found,) = connection.execute("pragma application_id").fetchone()
    except sqlite3.Error as error:
        raise WorkspaceDamagedError("workspace.foreign", path=str(path)) from error
    finally:
        connection.close()
    if found != sqlite.APPLICATION_ID:
        raise WorkspaceDamagedError("workspace.foreign", path=str(path))


def _checked(connection: sqlite3.Connection, path: Path) -> str:
    named = {
        (str(kind), str(name)) for kind, name in connection.execute("select type, name from sqlite_master")
    }
    if ("table", _VERSION_TABLE) not in named:
        raise WorkspaceDamagedError("workspace.foreign", path=str(path))
    row = connection.execute(f"select version_num from {_VERSION_TABLE}").fetchone()  # noqa: S608  a constant
    revision = str(row[0]) if row else ""
    if revision not in REVISIONS:
        raise WorkspaceTooNewError("workspace.too_new", path=str(path), found=revision[:32], known=HEAD)
    acting = {name for kind, name in named if kind in ("trigger", "view")}
    if strange := sorted(acting - sqlite.GUARDS.keys()):
        raise WorkspaceDamagedError("workspace.foreign_parts", path=str(path), found=strange[0][:100])
    if revision == HEAD:
        expected = {("table", table) for table in schema.metadata.tables}
        if missing := sorted(expected - named):
            raise WorkspaceDamagedError(
                "workspace.damaged", path=str(path), problem=f"no table {missing[0][1]}"
            )
        if absent := sorted(sqlite.GUARDS.keys() - acting):
            raise WorkspaceDamagedError(
                "workspace.damaged", path=str(path), problem=f"no trigger {absent[0]}"
            )
    if path.stat().st_size <= CHECKED_BYTES and (found := sqlite.problems(connection)):
        raise WorkspaceDamagedError("workspace.damaged", path=str(path), problem=found[0][:200])
    return revision


def _migrate(path: Path, *, now: datetime) -> None:
    from writeback.store import migrations  # noqa: PLC0415  Alembic costs 100 ms: only when it is needed

    copy = backups.make(path, now=now, reason="migration")
    engine = sqlite.writer_engine(path)
    try:
        with engine.begin() as db:
            migrations.upgrade(db, HEAD)
    except sqlite.FOREIGN_ERRORS as error:
        told = sqlite.translated(error, path)
        if isinstance(told, InternalError):  # its tables are not those that its revision promises
            copy.unlink(missing_ok=True)  # all was rolled back: it holds nothing that the file does not
            facts = {"path": str(path), "problem": str(getattr(error, "orig", error))[:200]}
            raise WorkspaceDamagedError("workspace.migration", **facts) from error
        raise told from error
    finally:
        engine.dispose()
    backups.drop_oldest(path)
