"""Note what became of values beside our own writes: what pulls and read-backs changed, drafts, decisions.

Our writes and each CRM's answer to them are told from the outbox (`store.histories`): a job of a million
rows leaves nothing here. What a first read of a field brings is no change and is not noted.

Must not: change a value, or keep a pull from changing one.
"""

import contextlib
import json
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from sqlalchemy.engine import Connection

from writeback.model.canonical import to_plain
from writeback.model.histories import HistoryKind
from writeback.model.integrations import Integration
from writeback.model.types import AttributeType, Value, Wish
from writeback.store import model, moments, sqlite, wide

MANY: Final = 10_000
"""A pull that changes more records than this is asked which of its fields were never read before."""
_INSERT: Final = (
    "insert into value_changes (rid, attribute, kind, at, old, new, origin, author, reason, "
    "integration_id, job_id) "
)


@dataclass(frozen=True, slots=True)
class ValueNote:
    """One value that somebody here changed, or decided about."""

    record: str
    attribute: str
    kind: HistoryKind
    old: Wish | Value
    new: Wish | Value
    origin: str = ""
    author: str = ""
    reason: str = ""
    integration_id: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A conflict that somebody, or a rule, settled; values as plain JSON."""

    record: str
    attribute: str
    old: object
    """What went."""
    new: object
    """What was kept."""
    author: str = ""
    reason: str = ""
    integration_id: str = ""


class Told(NamedTuple):
    """Why a CRM tells values anew."""

    kind: HistoryKind
    at: datetime | str
    job_id: str = ""
    """After whose write."""
    automated: abc.Mapping[str, abc.Collection[str]] = MappingProxyType({})
    """By attribute: the CRM keys of records whose written value the CRM's automation changed, for certain."""


def put(db: Connection, notes: abc.Iterable[ValueNote], *, at: datetime | str) -> None:
    """Keep some notes in the transaction that also does what they tell of."""
    _put(
        db,
        (
            (
                one.record,
                one.attribute,
                one.kind.value,
                _json(to_plain(one.old)),
                _json(to_plain(one.new)),
                one.origin,
                one.author,
                one.reason,
                one.integration_id,
            )
            for one in notes
        ),
        at=at,
    )


def put_settled(db: Connection, settled: abc.Iterable[Settled], *, at: datetime | str) -> None:
    """Keep how conflicts were settled."""
    _put(
        db,
        (
            (
                one.record,
                one.attribute,
                HistoryKind.DECIDED.value,
                _json(one.old),
                _json(one.new),
                "",
                one.author,
                one.reason,
                one.integration_id,
            )
            for one in settled
        ),
        at=at,
    )


def _put(db: Connection, rows: abc.Iterable[tuple[str, ...]], *, at: datetime | str) -> None:
    moment = at if isinstance(at, str) else moments.to_text(at)
    sqlite.many(
        db,
        f"{_INSERT}values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
        ((*row[:3], moment, *row[3:]) for row in rows),
    )


class PullNotes:
    """Notes what one pull changes, slice by slice, inside the transactions that take the slices over."""

    def __init__(self, integration: Integration, *, changed: int) -> None:
        self._integration = integration
        self._is_large = changed > MANY
        self._attributes: tuple[str, ...] | None = None

    @contextlib.contextmanager
    def of_slice(self, db: Connection, first: int, last: int, *, at: datetime) -> abc.Iterator[None]:
        """Note what changes inside the block in the records of differences `first` to `last`."""
        if self._attributes is None:
            self._attributes = self._known(db)
        snapshot = sqlite.quoted(wide.snapshot_table(self._integration.id))
        whose = (
            f"select s.rid from staging.delta d join {snapshot} s on s.key = d.key "  # noqa: S608  quoted
            "where d.n between ?1 and ?2 and d.kind = 'changed' "
            "union select l.rid from staging.delta d join staging.links l on l.key = d.key "
            "where d.n between ?1 and ?2 and d.kind = 'added'"
        )
        watch = _Watch(db, self._integration, self._attributes, Told(HistoryKind.PULLED, at))
        with watch.records(whose, (first, last)):
            yield

    def _known(self, db: Connection) -> tuple[str, ...]:
        """Name the attributes whose fields were read before; all of them for a pull that changes little."""
        mappings = self._integration.mappings
        if not self._is_large:
            return tuple(one.attribute for one in mappings)
        table = sqlite.quoted(wide.snapshot_table(self._integration.id))
        return tuple(
            one.attribute
            for one in mappings
            if sqlite.run(
                db,
                f"select 1 from {table} "  # noqa: S608  quoted
                f"where {sqlite.quoted(wide.path_column(str(one.path)))} is not null limit 1",
            ).fetchone()
        )


@contextlib.contextmanager
def of_keys(
    db: Connection, integration: Integration, keys: abc.Sequence[str], told: Told
) -> abc.Iterator[None]:
    """Note what changes inside the block in the records behind some CRM keys."""
    snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
    whose = f"select rid from {snapshot} where key in (select value from json_each(?1))"  # noqa: S608  quoted
    attributes = tuple(one.attribute for one in integration.mappings)
    with _Watch(db, integration, attributes, told).records(whose, (json.dumps(list(keys)),)):
        yield


class _Watch:
    """Compares records before and after a block: whatever the statements inside decide, this is true."""

    def __init__(
        self, db: Connection, integration: Integration, attributes: abc.Sequence[str], told: Told
    ) -> None:
        self._db = db
        self._integration = integration
        self._kinds = {
            name: kind for name, kind in model.kinds(db, integration.entity).items() if name in attributes
        }
        self._told = told

    @contextlib.contextmanager
    def records(self, whose: str, values: abc.Sequence[object]) -> abc.Iterator[None]:
        """Watch the records that a query names."""
        records = sqlite.quoted(wide.record_table(self._integration.entity))
        cells = "".join(f", {sqlite.quoted(name)} as o{at}" for at, name in enumerate(self._kinds))
        query = f"create temp table held_before as select rid{cells} from {records} where rid in ({whose})"  # noqa: S608  quoted
        if not self._kinds:
            yield
            return
        sqlite.run(self._db, query, values)
        try:
            yield
            if sqlite.run(self._db, "select 1 from temp.held_before limit 1").fetchone():
                self._note(records)
        finally:
            sqlite.run(self._db, "drop table temp.held_before")

    def _note(self, records: str) -> None:
        names = [sqlite.quoted(name) for name in self._kinds]
        news = "".join(f", r.{name} as n{at}" for at, name in enumerate(names))
        moved = " or ".join(f"h.o{at} is not r.{name}" for at, name in enumerate(names))
        sqlite.run(
            self._db,
            f"create temp table held_after as select h.*{news} from temp.held_before h "  # noqa: S608  quoted
            f"join {records} r on r.rid = h.rid where {moved}",
        )
        try:
            at = self._told.at if isinstance(self._told.at, str) else moments.to_text(self._told.at)
            changed = ", ".join(f"max(o{place} is not n{place})" for place in range(len(names)))
            found = sqlite.run(self._db, f"select {changed} from temp.held_after").fetchone()  # noqa: S608  numbers
            for place, (name, kind) in enumerate(self._kinds.items()):
                if not (found and found[place]):
                    continue  # a statement for each attribute is the cost of reading a few rows back
                old, new = _json_cell(f"o{place}", kind), _json_cell(f"n{place}", kind)
                mine = self._told.automated.get(name)
                sqlite.run(
                    self._db,
                    f"{_INSERT}select rid, ?1, {self._kind_of(name)}, ?3, {old}, {new}, '', '', '', ?4, ?5 "  # noqa: S608  quoted
                    f"from temp.held_after m where o{place} is not n{place}",
                    (
                        name,
                        self._told.kind.value,
                        at,
                        self._integration.id,
                        self._told.job_id,
                        json.dumps(sorted(mine)) if mine else None,
                    ),
                )
        finally:
            sqlite.run(self._db, "drop table temp.held_after")

    def _kind_of(self, attribute: str) -> str:
        """Give SQL for the kind; ?6 are the records whose written value was changed by automation."""
        if not self._told.automated.get(attribute):
            return "case when ?6 is null then ?2 end"
        snapshot = sqlite.quoted(wide.snapshot_table(self._integration.id))
        mine = f"select s.rid from {snapshot} s where s.key in (select value from json_each(?6))"  # noqa: S608  quoted
        return f"case when rid in ({mine}) then '{HistoryKind.AUTOMATION.value}' else ?2 end"


def _json_cell(cell: str, kind: AttributeType) -> str:
    """Give SQL for the canonical JSON of a stored cell."""
    if kind is AttributeType.BOOLEAN:
        return f"case {cell} when 1 then 'true' when 0 then 'false' else 'null' end"
    if kind is AttributeType.MULTI_LIST:
        return f"coalesce({cell}, 'null')"
    return f"json_quote({cell})"


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False)
