"""One open workspace: the only way to begin a read or a write, and what opening checks first.

Every write transaction and every checkpoint holds the workspace's lock between threads and
processes, so no commit can fall into a checkpoint, on any version of SQLite (`RELIABILITY.md` §7).

Must not: know what the tables mean (the modules beside it do), change a file it does not own.
"""

import contextlib
import functools
import os
import sqlite3
from collections import abc
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from sqlalchemy import Engine, insert
from sqlalchemy.engine import Connection

from writeback.errors import InternalError, WorkspaceError
from writeback.model.attributes import MEMBERSHIP, Entity
from writeback.store import moments, opening, places, schema, settings, sqlite, wide
from writeback.store.locking import WriteLock, beside

Clock = abc.Callable[[], datetime]
Db = Connection
"""What `writing` and `reading` give, for rooms that may not name SQLAlchemy."""
NewId = abc.Callable[[], str]

LOG_BYTES: Final = 16 * 1024 * 1024
"""A longer log is moved into the file at the next commit."""
FIRST_ENTITIES: Final = (
    Entity("account", "Account"),
    Entity("user", "User"),
    Entity(MEMBERSHIP, "Membership"),
)


class Workspace:
    """One open workspace. `runtime` builds it and hands it on; one object serves all threads."""

    def __init__(
        self, path: Path, *, now: Clock, new_id: NewId, read_only: bool, database_clock: Clock | None
    ) -> None:
        """Wire an object over a file that `opening` has checked; call `create` or `open` instead."""
        self.path = path
        self.now = now
        self.new_id = new_id
        self.is_read_only = read_only
        self._database_clock = database_clock
        self._lock = WriteLock(path)
        self.file = places.file_id(path)
        """Which file was opened: every further connection is to this very one."""
        check = functools.partial(places.refuse_other, path, self.file)
        self._writer: Engine | None = None if read_only else sqlite.writer_engine(path, check=check)
        self.readers = sqlite.reader_engine(path, check=check)
        """For windows on big results, which keep temporary tables between reads; else use `reading`."""
        self._log_floor = 0
        with self.reading() as db:
            self.id = str(settings.get(db, settings.WORKSPACE_ID))

    @classmethod
    def create(cls, path: Path, *, now: Clock, new_id: NewId, database_clock: Clock | None = None) -> Self:
        """Make a new workspace file and open it. Folder for the owner alone, file likewise.

        Raises:
            WorkspaceError: There is such a file already, or the place cannot hold one.
        """
        path = path.absolute()
        places.make_folder(path.parent)
        places.refuse_network(path)
        lock = WriteLock(path)
        try:
            with lock.held():
                if path.exists():
                    raise WorkspaceError("workspace.exists", path=str(path))
                _build(path, now=now, new_id=new_id)
        finally:
            lock.close()
        return cls(path, now=now, new_id=new_id, read_only=False, database_clock=database_clock)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        now: Clock,
        new_id: NewId,
        read_only: bool = False,
        database_clock: Clock | None = None,
    ) -> Self:
        """Open a workspace file; an older one is migrated first, after a backup.

        Args:
            path: The file.
            now: The clock handed on to everyone.
            new_id: Gives ids nobody had before.
            read_only: For the window: nothing is written, not even a migration.
            database_clock: Stands in for the database's own clock; for tests of leases.

        Raises:
            WorkspaceError: There is no such file, or it lies on another machine.
            WorkspaceTooNewError: A newer Writeback wrote it; nothing was changed.
            WorkspaceDamagedError: It is damaged or no workspace; nothing was changed.
        """
        path = path.absolute()
        places.refuse_network(path)
        opening.admit(path, now=now, migrates=not read_only)
        return cls(path, now=now, new_id=new_id, read_only=read_only, database_clock=database_clock)

    @contextlib.contextmanager
    def writing(self, *, durable: bool = True, staging: Path | None = None) -> abc.Iterator[Connection]:
        """Hold the only write transaction there is; commit at the end of the block.

        Keep the block short (50 ms) and away from the network. An error inside rolls back all of it.

        Args:
            durable: The commit is on the disk when the block ends. False only where a power cut may
                take the last commits (pages of a pull, never a watermark).
            staging: A database file to attach as schema `staging` while the block runs.

        Raises:
            WorkspaceBusyError: Other writers did not let us in.
            WorkspaceError: The disk is full, failed or read-only; nothing was committed.
        """
        if self._writer is None:
            raise InternalError("store.read_only", path=str(self.path))
        with self._lock.held(), self._translating(), self._writer.connect() as db:
            sqlite.set_durable(db, durable=durable)
            with sqlite.attached(db, staging), db.begin():
                yield db
            with contextlib.suppress(sqlite3.Error):  # the commit stands; the next one tries again
                self._shorten_log(db)

    @contextlib.contextmanager
    def reading(self) -> abc.Iterator[Connection]:
        """Read one state of the workspace; temporary tables made inside vanish with the block."""
        with self._translating(), self.readers.connect() as db, db.begin() as transaction:
            yield db
            transaction.rollback()

    def database_now(self, db: Connection) -> str:
        """Give the database's time as ISO text: the only clock that leases are judged by."""
        if self._database_clock is not None:
            return moments.to_text(self._database_clock())
        return sqlite.database_now(db)

    def checkpoint(self) -> None:
        """Move the log into the file, as far as readers allow."""
        if self._writer is None:
            raise InternalError("store.read_only", path=str(self.path))
        with self._lock.held(), self._translating(), self._writer.connect() as db:
            sqlite.truncate_log(sqlite.driver(db))

    def close(self) -> None:
        """Shorten the log and close everything. Never fails because others are at work."""
        self.readers.dispose()
        if self._writer is not None:
            with contextlib.suppress(WorkspaceError):  # the next one to open shortens it
                self.checkpoint()
            with self._lock.held():
                self._writer.dispose()
            self._writer = None
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _shorten_log(self, db: Connection) -> None:
        log = beside(self.path, "-wal")
        size = log.stat().st_size if log.exists() else 0
        if size < self._log_floor + LOG_BYTES:
            return
        # A reader may need the log still: then try again when it has grown by as much once more.
        self._log_floor = 0 if sqlite.truncate_log(sqlite.driver(db)) else size

    @contextlib.contextmanager
    def _translating(self) -> abc.Iterator[None]:
        try:
            yield
        except sqlite.FOREIGN_ERRORS as error:
            raise sqlite.translated(error, self.path) from error


def _build(path: Path, *, now: Clock, new_id: NewId) -> None:
    """Make the file under another name and move it into place whole."""
    draft = beside(path, ".new")
    for leftover in (draft, beside(draft, "-wal"), beside(draft, "-shm")):
        leftover.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        _fill(draft, now=now, new_id=new_id)
        draft.rename(path)
    except sqlite.FOREIGN_ERRORS as error:
        raise sqlite.translated(error, path) from error
    except OSError as error:
        raise WorkspaceError("workspace.folder", path=str(path.parent), problem=error.strerror) from error


def _fill(draft: Path, *, now: Clock, new_id: NewId) -> None:
    first = sqlite.open_file(draft, mode="rw")
    first.execute(f"pragma application_id = {sqlite.APPLICATION_ID}")
    first.execute("pragma journal_mode = wal")
    first.close()
    engine = sqlite.writer_engine(draft)
    with engine.begin() as db:
        schema.metadata.create_all(db)
        sqlite.create_guards(db)
        opening.stamp(db)
        settings.put(db, settings.WORKSPACE_ID, new_id())
        settings.put(db, settings.CREATED_AT, moments.to_text(now()))
        for entity in FIRST_ENTITIES:
            db.execute(insert(schema.entities).values(name=entity.name, title=entity.title))
            wide.create_records(db, entity.name)
    engine.dispose()  # the last connection moves the log into the file
