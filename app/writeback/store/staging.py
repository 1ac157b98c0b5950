"""A file of its own in which a pull gathers what it read, is compared, and is taken over from.

Pages go in without touching the workspace or its lock; nothing is taken over before all were read.
The comparison is one join; what differs is taken over in slices, each one short transaction. The file
lies beside the workspace, for its owner alone, and is gone when the pull ends.

Must not: decide what a difference means for a draft (`engine.pulling` does).
"""

import contextlib
import os
import sqlite3
import time
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from sqlalchemy.engine import Connection

from writeback.errors import ContractBrokenError, WorkspaceBusyError, WorkspaceError
from writeback.locks import FileLock
from writeback.model.integrations import EmptyRule, Integration
from writeback.model.types import AttributeType
from writeback.store import emptying, linking, masters, sqlite, wide
from writeback.store.locking import beside

SLICE: Final = 2000
"""Differences taken over in one transaction (about 50 ms)."""
_CACHE_KIB: Final = 32 * 1024
_DELTA: Final = "from staging.delta d join staging.rows r on r.key = d.key"


@dataclass(frozen=True, slots=True)
class Difference:
    """What the comparison found: rows of each sort, and how many there are to take over."""

    added: int
    changed: int
    gone: int
    rows: int
    """Includes rows of which only the version token moved."""
    linked: int = 0
    """Of those added: linked to a record that was there already."""
    ambiguous: int = 0
    """Of those added: the match fits several records, or several of them one; each got its own record."""


_LOOKED_S: Final = 0.5
"""Somebody may hold the lock for a moment, to see whether a pull runs."""


def pull_lock(workspace: Path, integration_id: str) -> Path:
    """Give the file that whoever pulls an integration holds locked."""
    return beside(workspace, ".tmp") / f"{integration_id}.pull"


class Staging:
    """The rows of one pull of one integration. One at a time for an integration."""

    def __init__(
        self,
        workspace: Path,
        integration: Integration,
        kinds: abc.Mapping[str, AttributeType],
        *,
        is_full: bool,
        keeps_titles: bool = False,
        attributes: abc.Mapping[str, AttributeType] | None = None,
    ) -> None:
        """Prepare an empty file; a leftover of a killed pull goes.

        Args:
            workspace: The workspace file.
            integration: What is pulled.
            kinds: The kind of each mapped path, in the order of a page's columns.
            is_full: Records that do not come in are gone.
            keeps_titles: What names the records is not read this time: they keep their titles.
            attributes: The kind of each attribute; None: that of its path, where no value map lies between.

        Raises:
            WorkspaceBusyError: Another process is pulling this integration.
        """
        self.integration = integration
        self._workspace = workspace
        self._kinds = dict(kinds)
        paths = {one.attribute: str(one.path) for one in integration.mappings}
        own = {name: self._kinds[path] for name, path in paths.items() if path in self._kinds}
        self._attributes = own if attributes is None else attributes
        self._is_full = is_full
        self._keeps_titles = keeps_titles
        folder = beside(workspace, ".tmp")
        folder.mkdir(mode=0o700, exist_ok=True)
        self.path = folder / f"{integration.id}.staging"
        self._lock = FileLock(pull_lock(workspace, integration.id))
        if not self._lock.acquire(until=time.monotonic() + _LOOKED_S):
            self._lock.close()
            raise WorkspaceBusyError("pull.running", integration=integration.id)
        try:
            self._file = self._prepare()
        except (OSError, sqlite3.Error) as error:
            self._lock.close()
            raise self._translated(error) from error
        cells = ", ".join("?" * (len(self._kinds) + 2))
        self._insert = f"insert or replace into rows values ({cells})"  # noqa: S608  marks

    def add(self, rows: abc.Sequence[abc.Sequence[object]]) -> None:
        """Keep one page of stored rows (key, version, cells…); a key that comes twice keeps the later one.

        Raises:
            ContractBrokenError: A text that cannot be stored (half a surrogate pair), a whole number
                beyond 64 bits.
        """
        try:
            with self._writing():
                self._file.executemany(self._insert, rows)
        except (UnicodeEncodeError, OverflowError) as error:
            problem = type(error).__name__
            raise ContractBrokenError(
                "pull.unstorable", object=self.integration.object, problem=problem
            ) from error

    def add_gone(self, keys: abc.Iterable[str]) -> None:
        """Keep the keys of records that were deleted or merged away."""
        with self._writing():
            self._file.executemany("insert or ignore into vanished values (?)", ((key,) for key in keys))

    def versions(self) -> abc.Iterator[str]:
        """Give the different version tokens read, the greatest first."""
        query = "select distinct version from rows where version is not null order by version desc"
        return (str(row[0]) for row in self._file.execute(query))

    def compare(self) -> Difference:
        """Join what was read with the snapshot and number what differs."""
        snapshot = f"ws.{sqlite.quoted(wide.snapshot_table(self.integration.id))}"
        columns = [sqlite.quoted(wide.path_column(path)) for path in self._kinds]
        moved = " or ".join(["s.gone", *(f"r.{column} is not s.{column}" for column in columns)])
        vanished = (
            "not exists (select 1 from rows r where r.key = s.key)"
            if self._is_full
            else "exists (select 1 from vanished v where v.key = s.key)"
        )
        with self._translating(), self._attached():
            self._file.execute("begin")
            self._file.execute("delete from rows where key in (select key from vanished)")
            self._file.execute(
                "insert into delta (kind, key) select case when s.key is null then 'added' "  # noqa: S608  quoted
                f"when {moved} then 'changed' else 'version' end, r.key from rows r "
                f"left join {snapshot} s on s.key = r.key "
                f"where s.key is null or s.version is not r.version or {moved} order by r.key"
            )
            self._file.execute(
                "insert into delta (kind, key) select 'gone', s.key "  # noqa: S608  quoted
                f"from {snapshot} s where not s.gone and {vanished} order by s.key"
            )
            counts = dict(self._file.execute("select kind, count(*) from delta group by kind").fetchall())
            linked, ambiguous = linking.link(self._file, self.integration) if counts.get("added") else (0, 0)
            self._file.execute("commit")
        sorts = {kind: int(counts.get(kind, 0)) for kind in ("added", "changed", "gone", "version")}
        rows = sum(sorts.values())
        return Difference(sorts["added"], sorts["changed"], sorts["gone"], rows, linked, ambiguous)

    def take_over(self, db: Connection, *, first: int, last: int, start: int, at: datetime) -> int:
        """Bring differences number `first` to `last` into snapshot and records.

        Args:
            db: A write transaction to which this file is attached as `staging`.
            first: Number of the first difference.
            last: Number of the last one.
            at: When.
            start: The count of confirmations when the pull began. A record that the CRM confirmed later
                is newer than what the pull read and stays as it is.

        Returns:
            How many stayed as they are for that reason.
        """
        between = (first, last, start)
        skipped = sqlite.run(db, self._skipped(), between).fetchone()[0]
        others = self._others(db)
        asked = masters.asked(db, self.integration.entity) if others else frozenset()
        for statement in self._statements(others, asked):
            sqlite.run(db, statement, between)
        if others:
            mine = (
                f"r.rid in (select s.rid from staging.delta d join {self._snapshot} s on s.key = d.key "  # noqa: S608  quoted
                "where d.n between ?1 and ?2)"
            )
            masters.apply(db, masters.Over(self.integration.entity, mine, (first, last), at))
        return int(skipped)

    def taken(self, db: Connection, *, first: int, last: int) -> tuple[str, ...]:
        """Name the keys of the differences `first` to `last` whose record is still there."""
        query = "select key from staging.delta where n between ? and ? and kind in ('added', 'changed')"
        return tuple(str(row[0]) for row in sqlite.run(db, query, (first, last)))

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
        _remove(self.path)
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare(self) -> sqlite3.Connection:
        _remove(self.path)
        os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        file = sqlite.open_file(self.path, mode="rw")
        # Whatever happens to it, the next pull makes a new one.
        for pragma in ("journal_mode = off", "synchronous = off", f"cache_size = -{_CACHE_KIB}"):
            file.execute(f"pragma {pragma}")
        cells = "".join(
            f", {sqlite.quoted(wide.path_column(path))} {kind}" for path, kind in self._declared().items()
        )
        file.execute(f"create table rows (key text primary key, version text{cells}) without rowid")
        file.execute("create table defaults (place integer primary key, value)")
        file.executemany("insert into defaults values (?, ?)", self._defaults())
        file.execute("create table vanished (key text primary key) without rowid")
        file.execute("create table links (key text primary key, rid text not null) without rowid")
        file.execute("create table delta (n integer primary key, kind text not null, key text not null)")
        return file

    def _declared(self) -> abc.Mapping[str, str]:
        """Give each path the type its snapshot column has: then equal values are equal cells."""
        file = sqlite.open_file(self._workspace, mode="ro")
        try:
            table = sqlite.quoted(wide.snapshot_table(self.integration.id))
            known = {str(row[1]): str(row[2]) for row in file.execute(f"pragma table_info({table})")}
        finally:
            file.close()
        return {path: known[wide.path_column(path)] for path in self._kinds}

    def _defaults(self) -> list[tuple[int, wide.Stored]]:
        return [
            (place, emptying.default_cell(mapping, self._attributes[mapping.attribute]))
            for place, mapping in enumerate(self.integration.mappings)
            if mapping.empty_rule is EmptyRule.DEFAULT
        ]

    def _skipped(self) -> str:
        return (
            "select count(*) from staging.delta d "  # noqa: S608  quoted
            f"join {self._snapshot} s on s.key = d.key where d.n between ? and ? and s.seen > ?"
        )

    def _others(self, db: Connection) -> tuple[str, ...]:
        """Name the other integrations that feed the same records."""
        query = "select id from integrations where entity = ? and id <> ? order by id"
        return tuple(
            str(row[0]) for row in sqlite.run(db, query, (self.integration.entity, self.integration.id))
        )

    def _statements(self, others: tuple[str, ...], asked: abc.Set[str]) -> tuple[str, ...]:
        """Give the statements of one slice in their order; each takes (first, last, start) as ?1, ?2, ?3."""
        if not others:
            return (self._into_snapshot(), self._into_records(), *self._vanish(others))
        return (self._move_records(asked), self._into_snapshot(), self._join_records(), *self._vanish(others))

    def _into_snapshot(self) -> str:
        own = ["version", *(sqlite.quoted(wide.path_column(path)) for path in self._kinds)]
        names = "".join(f", {name}" for name in own)
        cells = "".join(f", r.{name}" for name in own)
        sets = ", ".join(f"{name} = excluded.{name}" for name in own)
        rid = f"'{self.integration.id}:' || r.key"  # a letter and digits, made by `numbering`
        if self.integration.match:
            rid = f"coalesce((select l.rid from staging.links l where l.key = r.key), {rid})"  # noqa: S608  as above
        return (
            f"insert into {self._snapshot} (key, rid{names}) select r.key, {rid}{cells} "  # noqa: S608  quoted
            "from staging.delta d join staging.rows r on r.key = d.key where d.n between ?1 and ?2 "
            f"on conflict (key) do update set {sets}, gone = 0 where {self._snapshot}.seen <= ?3"
        )

    def _into_records(self) -> str:
        """Where no other CRM feeds the records: they hold what this one holds."""
        names, cells, sets = self._columns(
            lambda one: one.inserted_over(f"{self._records}.{one.attribute}", self._snapshot)
        )
        title = self._kept_title("excluded.title", "excluded")
        return (
            f"insert into {self._records} (rid, title{names}) select s.rid, {self._title()}{cells} "
            f"{_DELTA} join {self._snapshot} s on s.key = d.key "
            "where d.n between ?1 and ?2 and s.seen <= ?3 and d.kind <> 'version' "
            f"on conflict (rid) do update set title = {title}, gone = 0{sets}"
        )

    def _move_records(self, asked: abc.Set[str]) -> str:
        """Where other CRMs feed the records too: what this one changed comes over, the newest wins.

        Where this CRM held nothing before (its field may have been mapped since) it only fills a blank.
        Of attributes that a person is `asked` about (`store.masters`) nothing comes over here. Must run while
        the snapshot still holds what was read before.
        """

        def moved(one: emptying.Incoming) -> str:
            column, held = one.column, f"{self._records}.{one.attribute}"
            if one.mapping.attribute in asked:
                return held
            new = one.over(f"r.{column}", held)
            return (
                f"case when s.{column} is null then coalesce({held}, {new}) "
                f"when r.{column} is not s.{column} then {new} else {held} end"
            )

        _, _, sets = self._columns(moved)
        title = "title"
        if (named := self._named()) is not None:
            name = f"{self._records}.{sqlite.quoted(wide.TITLE_ATTRIBUTE)}"
            kept = f"r.{named} is s.{named} or (s.{named} is null and {name} is not null)"
            title = f"case when {kept} then {self._records}.title else {self._kept_title(self._title())} end"
        return (
            f"update {self._records} set title = {title}, gone = 0{sets} "  # noqa: S608  quoted
            f"{_DELTA} join {self._snapshot} s on s.key = d.key "
            f"where {self._records}.rid = s.rid and d.n between ?1 and ?2 and s.seen <= ?3 "
            "and d.kind = 'changed'"
        )

    def _join_records(self) -> str:
        """A CRM record that is linked to a record that is there already only fills its blanks."""
        names, cells, sets = self._columns(
            lambda one: f"coalesce({self._records}.{one.attribute}, excluded.{one.attribute})"
        )
        title = f"{self._records}.title"
        if self._named() is not None:
            name = sqlite.quoted(wide.TITLE_ATTRIBUTE)
            title = f"case when {self._records}.{name} is null then excluded.title else {title} end"
        return (
            f"insert into {self._records} (rid, title{names}) select s.rid, {self._title()}{cells} "
            f"{_DELTA} join {self._snapshot} s on s.key = d.key "
            "where d.n between ?1 and ?2 and s.seen <= ?3 and d.kind = 'added' "
            f"on conflict (rid) do update set title = {title}, gone = 0{sets}"
        )

    def _vanish(self, others: tuple[str, ...]) -> tuple[str, str]:
        keys = "select key from staging.delta where n between ?1 and ?2 and kind = 'gone'"
        of_snapshot = f"update {self._snapshot} set gone = 1 where key in ({keys}) and seen <= ?3"  # noqa: S608  quoted
        rids = f"select rid from {self._snapshot} where key in ({keys}) and seen <= ?3"  # noqa: S608  quoted
        elsewhere = "".join(
            f" and not exists (select 1 from {sqlite.quoted(wide.snapshot_table(other))} o "  # noqa: S608  quoted
            f"where o.rid = {self._records}.rid and not o.gone)"
            for other in others
        )
        return of_snapshot, f"update {self._records} set gone = 1 where rid in ({rids}){elsewhere}"  # noqa: S608  quoted

    def _columns(self, value: abc.Callable[[emptying.Incoming], str]) -> tuple[str, str, str]:
        """Give the mapped attributes as names, as cells of a new record, and as sets by `value`."""
        each = self._incoming()
        names = "".join(f", {one.attribute}" for one in each)
        cells = "".join(f", {one.fresh(f'r.{one.column}')}" for one in each)
        sets = "".join(f", {one.attribute} = {value(one)}" for one in each)
        return names, cells, sets

    @property
    def _snapshot(self) -> str:
        return sqlite.quoted(wide.snapshot_table(self.integration.id))

    @property
    def _records(self) -> str:
        return sqlite.quoted(wide.record_table(self.integration.entity))

    def _named(self) -> str | None:
        """Name the column that the records' titles come from, where there is one."""
        mapping = self.integration.mapping_of(wide.TITLE_ATTRIBUTE)
        return None if mapping is None else sqlite.quoted(wide.path_column(str(mapping.path)))

    def _title(self) -> str:
        named = self._named_by()
        if named is None:
            return "r.key"
        return f"coalesce({emptying.filled(named.fresh(f'r.{named.column}'))}, r.key)"

    def _kept_title(self, title: str, source: str = "r") -> str:
        """Give the title of a record that has one: a name that is kept keeps its title.

        `source` is `r`, the page's row, or `excluded`, the record that was to be inserted.
        """
        if self._keeps_titles:
            return f"{self._records}.title"
        named = self._named_by()
        if named is None or named.rule is not EmptyRule.KEEP:
            return title
        is_kept = emptying.is_empty(f"{source}.{named.column if source == 'r' else named.attribute}")
        has_name = f"{self._records}.{named.attribute} is not null"
        return f"case when {is_kept} and {has_name} then {self._records}.title else {title} end"

    def _named_by(self) -> emptying.Incoming | None:
        return next((one for one in self._incoming() if one.mapping.attribute == wide.TITLE_ATTRIBUTE), None)

    def _incoming(self) -> list[emptying.Incoming]:
        return [
            emptying.Incoming.of(one, place, self._attributes[one.attribute])
            for place, one in enumerate(self.integration.mappings)
        ]

    @contextlib.contextmanager
    def _writing(self) -> abc.Iterator[None]:
        with self._translating():
            self._file.execute("begin")
            yield
            self._file.execute("commit")

    @contextlib.contextmanager
    def _attached(self) -> abc.Iterator[None]:
        self._file.execute("attach database ? as ws", (f"{self._workspace.as_uri()}?mode=ro",))
        try:
            yield
        finally:
            self._file.execute("detach database ws")

    @contextlib.contextmanager
    def _translating(self) -> abc.Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def _translated(self, error: Exception) -> Exception:
        if isinstance(error, sqlite3.Error):
            return sqlite.translated(error, self.path)
        return WorkspaceError("workspace.folder", path=str(self.path.parent), problem=type(error).__name__)


def _remove(path: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        beside(path, suffix).unlink(missing_ok=True)
