"""All that is SQLite's own: opening, pragmas, guards, checkpoints and the fast bulk statements.

Together with a `postgres` to come this is the only module that knows a dialect. Connections are
opened so that SQLite begins nothing by itself, checkpoints nothing by itself and trusts nothing in
a file from a stranger (`RELIABILITY.md` §7).

Must not: begin a write outside `Workspace.writing`, know what the tables mean.
"""

import contextlib
import sqlite3
from collections import abc
from itertools import chain
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import quote as url_quote

from sqlalchemy import Engine, Table, create_engine, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from writeback.errors import InternalError, WorkspaceBusyError, WorkspaceDamagedError, WorkspaceError

APPLICATION_ID: Final = 0x57425731
"""`WBW1`: stands in the header of every workspace file."""
_BUSY_MS: Final = 30_000
_READERS: Final = 5
_MOST_VARIABLES: Final = 900

JOINED_ROWS: Final = (
    "select count(*), group_concat(w.record_id, char(10)), cast(group_concat(w.new, char(10)) as blob)"
)
"""Aggregates over `writes w`: made in one step of the engine, without a row reaching Python. Both lists
are filled by the same scan, so the n-th id belongs to the n-th row."""

GUARDS: Final = {
    "audit_keeps_what_stands": "create trigger audit_keeps_what_stands before update on audit "
    "begin select raise(abort, 'audit entries are never changed'); end",
    "audit_keeps_all": "create trigger audit_keeps_all before delete on audit "
    "begin select raise(abort, 'audit entries are never removed'); end",
}
"""The triggers of a workspace by name; a file with any other is not ours (I7, S12)."""


def open_file(path: Path, *, mode: str) -> sqlite3.Connection:
    """Open one connection that leaves beginning, checkpointing and trust to us.

    Args:
        path: The workspace file.
        mode: `ro`, `rw`, `rwc` or `immutable` (read without looking at log or locks).
    """
    options = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    connection = sqlite3.connect(
        f"file:{url_quote(str(path))}?{options}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_BUSY_MS / 1000,
    )
    for pragma in (
        "trusted_schema = off",
        "foreign_keys = on",
        "mmap_size = 0",
        f"busy_timeout = {_BUSY_MS}",
    ):
        connection.execute(f"pragma {pragma}")
    connection.create_function("writeback_folded", 1, _folded, deterministic=True)
    if mode != "immutable":
        connection.execute("pragma wal_autocheckpoint = 0")
    if mode in ("rw", "rwc"):
        connection.execute("pragma synchronous = full")
    return connection


def folded(column: str) -> str:
    """Give in SQL what two texts have in common that differ in case and in blanks around them only.

    SQL folds ASCII only: the few others are folded here.
    """
    return (
        f"case when {column} glob '*[^ -~]*' then writeback_folded({column}) else lower(trim({column})) end"
    )


def _folded(value: object) -> str:
    return str(value).strip().casefold()


Check = abc.Callable[[], None]
"""Raises where the file that lies at the path is no longer the one that was opened first."""


def _no_check() -> None:
    return None


def _opener(path: Path, mode: str, check: Check) -> abc.Callable[[], sqlite3.Connection]:
    """Make what opens one more connection to the same file: asked before and after, as it may be swapped."""

    def opened() -> sqlite3.Connection:
        check()
        connection = open_file(path, mode=mode)
        try:
            check()
        except BaseException:
            connection.close()
            raise
        return connection

    return opened


def writer_engine(path: Path, *, check: Check = _no_check) -> Engine:
    """Make the engine whose only connection writes; every transaction begins at once."""
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=_opener(path, "rw", check),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
    )
    # "immediate": a transaction that reads first and writes later fails at once beside another writer
    event.listen(engine, "begin", lambda db: driver(db).execute("begin immediate"))
    return engine


def reader_engine(path: Path, *, check: Check = _no_check) -> Engine:
    """Make the engine that reads: a transaction sees one state; temporary tables are allowed."""
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=_opener(path, "ro", check),
        poolclass=QueuePool,
        pool_size=_READERS,
        max_overflow=-1,
        hide_parameters=True,
    )
    event.listen(engine, "begin", lambda db: driver(db).execute("begin"))
    return engine


def driver(db: Connection) -> sqlite3.Connection:
    """Give the driver's connection under an open transaction, for bulk statements."""
    return cast("sqlite3.Connection", db.connection.driver_connection)  # pysqlite engines only


def version() -> str:
    """Give the version of SQLite that runs; `doctor` shows it."""
    return sqlite3.sqlite_version


def set_durable(db: Connection, *, durable: bool) -> None:
    """Choose whether the next commit waits for the disk. Must stand before the transaction begins."""
    driver(db).execute(f"pragma synchronous = {'full' if durable else 'normal'}")


def database_now(db: Connection) -> str:
    """Give the database's clock as our ISO text."""
    return str(run(db, "select strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z'").fetchone()[0])


def truncate_log(connection: sqlite3.Connection) -> bool:
    """Move the log into the file and empty it; False when a reader still needs the log.

    Only to be called under the workspace's lock: no commit may fall into a checkpoint.
    """
    connection.execute("pragma busy_timeout = 0")  # readers are not waited for
    try:
        busy, _, _ = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
    finally:
        connection.execute(f"pragma busy_timeout = {_BUSY_MS}")
    return not busy


@contextlib.contextmanager
def attached(db: Connection, path: Path | None) -> abc.Iterator[None]:
    """Attach a file as schema `staging` around a transaction."""
    if path is None:
        yield
        return
    driver(db).execute("attach database ? as staging", (f"file:{url_quote(str(path))}?mode=rw",))
    try:
        yield
    finally:
        driver(db).execute("detach database staging")


def upsert(db: Connection, table: Table, values: abc.Mapping[str, object]) -> None:
    """Insert a row, or replace its other columns where the key is there already."""
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in values.items() if name not in keys}
    statement = insert(table).values(**values)
    if rest:
        db.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))
    else:
        db.execute(statement.on_conflict_do_nothing(index_elements=keys))


def create_guards(db: Connection) -> None:
    """Make the audit trail append-only (I7)."""
    for statement in GUARDS.values():
        db.exec_driver_sql(statement)


def many(db: Connection, statement: str, rows: abc.Iterable[abc.Sequence[Any]]) -> int:
    """Run one statement for many tuples, the fast way; gives how many rows were touched."""
    return driver(db).executemany(statement, rows).rowcount


def insert_rows(db: Connection, head: str, rows: abc.Sequence[abc.Sequence[Any]], *, first: str = "") -> None:
    """Insert tuples, many in a statement: half of what `many` costs for as many rows.

    Args:
        db: A write transaction.
        head: `insert into … (…) values`.
        rows: All of one width.
        first: What stands before each row's bound values, as SQL; '': nothing.
    """
    if not rows:
        return
    row = f"({first}{marks(rows[0])})"
    most = max(1, _MOST_VARIABLES // len(rows[0]))
    whole = len(rows) // most * most
    statement = f"{head} {','.join([row] * most)}"
    for start in range(0, whole, most):
        driver(db).execute(statement, tuple(chain.from_iterable(rows[start : start + most])))
    driver(db).executemany(f"{head} {row}", rows[whole:])


def run(db: Connection, statement: str, values: abc.Sequence[Any] = ()) -> sqlite3.Cursor:
    """Run one statement whose text `store` has built itself; values are always bound."""
    return driver(db).execute(statement, tuple(values))


def chunks(keys: abc.Iterable[str]) -> abc.Iterator[tuple[str, ...]]:
    """Cut keys into pieces that fit the bound variables of one statement."""
    every = tuple(keys)
    for start in range(0, len(every), _MOST_VARIABLES):
        yield every[start : start + _MOST_VARIABLES]


def marks(values: abc.Sequence[object]) -> str:
    """Give `?,?,?` for so many bound values."""
    return ",".join("?" * len(values))


def quoted(name: str) -> str:
    """Quote an identifier. Field names come from CRMs, so every one is quoted."""
    if "\0" in name:
        raise InternalError("store.bad_identifier")
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Write a text as an SQL literal. A text with a zero byte is refused: SQL would end there."""
    if "\0" in text:
        raise InternalError("store.bad_literal")
    return "'" + text.replace("'", "''") + "'"


def columns_of(db: Connection, table: str) -> tuple[str, ...]:
    """Name a table's columns; empty when there is no such table."""
    return tuple(str(row[1]) for row in run(db, f"pragma table_info({quoted(table)})"))


def problems(connection: sqlite3.Connection, *, is_thorough: bool = False) -> tuple[str, ...]:
    """Have SQLite check the file; empty when it is whole."""
    check = "integrity_check" if is_thorough else "quick_check"
    found = tuple(str(row[0]) for row in connection.execute(f"pragma {check}(10)"))
    return () if found == ("ok",) else found


def translated(error: Exception, path: Path) -> Exception:
    """Give our error for one of the driver's, at the door of the store.

    Disk and damage are the person's to solve; anything else in a statement of ours is our bug.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = str(getattr(cause, "sqlite_errorname", ""))
    facts = {"path": str(path), "problem": name or type(cause).__name__}
    if isinstance(cause, UnicodeEncodeError):
        return InternalError("store.lone_surrogate", **facts)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return WorkspaceBusyError("workspace.busy", **facts)
    is_garbled = str(cause).startswith("Could not decode to UTF-8")  # Python's own, without a code
    if is_garbled or name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or name == "SQLITE_FORMAT":
        return WorkspaceDamagedError("workspace.damaged", **facts)
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return WorkspaceError("workspace.disk", **facts)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return WorkspaceError("workspace.not_writable", **facts)
    return InternalError("store.statement", **facts)


FOREIGN_ERRORS: Final = (SQLAlchemyError, sqlite3.Error)
"""What `translated` is for: nothing else of SQLAlchemy or sqlite3 leaves `store`."""
