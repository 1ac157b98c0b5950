"""Our records and the snapshots behind them: reading them.

A record's value here is the *confirmed* one: what the CRM said last (I5). Drafts and pending edits are
rows of their own and are laid over it by whoever shows it.

Must not: change a value; pulls and `confirming` do.
"""

from collections import abc
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

from sqlalchemy.engine import Connection

from writeback.errors import ConfigurationError, UnknownAttributeError
from writeback.model.integrations import Integration
from writeback.model.types import AttributeType, IntegrationId, RecordId, Value
from writeback.planning.translating import Translation
from writeback.store import (
    model,
    sqlite,
    wide,
)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as the CRM last confirmed it. `values` has every attribute of its entity."""

    id: RecordId
    entity: str
    title: str
    is_gone: bool
    values: abc.Mapping[str, Value]


class Snapshot(NamedTuple):
    """What a CRM record held when last read; `values` by mapped path."""

    rid: RecordId
    version: str | None
    values: dict[str, Value]
    is_gone: bool = False


class Link(NamedTuple):
    """A CRM record behind one of ours, as it was last read; `values` by attribute."""

    integration_id: IntegrationId
    key: str
    is_gone: bool
    values: dict[str, Value]
    account: str = ""
    """The CRM key of the account it belongs to, where the integration has a link."""


def record_id(integration_id: str, key: str) -> RecordId:
    """Give the id of the record that an integration makes of a CRM record it links to no other.

    An id says nothing about where its record is linked: `links_of` and `keys_of` do.
    """
    return RecordId(f"{integration_id}:{key}")


def get(db: Connection, entity: str, rid: str) -> Record:
    """Give one record by its id.

    Raises:
        UnknownAttributeError: There is none.
    """
    found = get_many(db, entity, (rid,)).get(RecordId(rid))
    if found is None:
        raise UnknownAttributeError("record.unknown", entity=entity[:200], name=rid[:200])
    return found


def get_many(db: Connection, entity: str, rids: abc.Iterable[str]) -> dict[RecordId, Record]:
    """Give records by id; those that do not exist are left out."""
    found: dict[RecordId, Record] = {}
    for some in sqlite.chunks(rids):
        for record in _select(db, entity, f"where rid in ({sqlite.marks(some)})", some):
            found[record.id] = record
    return found


def find(db: Connection, entity: str, text: str) -> Record:
    """Give the record that a person means by its id or by its bare CRM key.

    Raises:
        UnknownAttributeError: There is none.
        ConfigurationError: Several integrations hold a record of that key.
    """
    table = sqlite.quoted(wide.record_table(_known(db, entity)))
    places = [f"select rid from {table} where rid = ?1"]  # noqa: S608  quoted
    for (integration,) in db.exec_driver_sql("select id from integrations where entity = ?", (entity,)):
        places.append(f"select rid from {_snapshot(integration)} where key = ?1")  # noqa: S608  quoted
    found = [str(row[0]) for row in sqlite.run(db, f"{' union '.join(places)} order by 1", (text,))]
    if len(found) > 1:
        raise ConfigurationError(
            "record.ambiguous", entity=entity, name=text[:200], first=found[0], second=found[1]
        )
    if not found:
        raise UnknownAttributeError("record.unknown", entity=entity, name=text[:200])
    return get(db, entity, found[0])


def page(
    db: Connection,
    entity: str,
    *,
    after: str = "",
    limit: int = 200,
    integration_id: str = "",
    has_gone: bool = False,
) -> tuple[Record, ...]:
    """Give records by id, after one id; never by counting rows from the start."""
    conditions, values = ["rid > ?"], [after]
    if integration_id:
        table = sqlite.quoted(wide.record_table(entity))
        conditions.append(f"exists (select 1 from {_snapshot(integration_id)} s where s.rid = {table}.rid)")  # noqa: S608  quoted
    if not has_gone:
        conditions.append("not gone")
    tail = f"where {' and '.join(conditions)} order by rid limit {int(limit)}"
    return tuple(_select(db, entity, tail, values))


def count(db: Connection, entity: str, *, has_gone: bool = False) -> int:
    """Count an entity's records, without or with those that vanished from the CRM."""
    table = sqlite.quoted(wide.record_table(_known(db, entity)))
    tail = "" if has_gone else "where not gone"
    return int(sqlite.run(db, f"select count(*) from {table} {tail}").fetchone()[0])  # noqa: S608  quoted


def snapshot_of(db: Connection, integration: Integration, keys: abc.Iterable[str]) -> dict[str, Snapshot]:
    """Give what CRM records held when last read, by CRM key; unknown keys are left out."""
    kinds = kinds_of(db, integration)
    paths = tuple(kinds)
    columns = "".join(f", {sqlite.quoted(wide.path_column(path))}" for path in paths)
    table = sqlite.quoted(wide.snapshot_table(integration.id))
    found: dict[str, Snapshot] = {}
    for some in sqlite.chunks(keys):
        query = f"select key, rid, version, gone{columns} from {table} where key in ({sqlite.marks(some)})"  # noqa: S608  quoted
        for key, rid, version, gone, *cells in sqlite.run(db, query, some):
            values = {path: wide.loaded(cell, kinds[path]) for path, cell in zip(paths, cells, strict=True)}
            found[key] = Snapshot(RecordId(rid), version, values, bool(gone))
    return found


def last_read(
    db: Connection, integration: Integration, keys: abc.Iterable[str], paths: abc.Sequence[str]
) -> abc.Iterator[tuple[str, str | None, tuple[Value, ...]]]:
    """Give key, version and values of CRM records as last read; unknown and vanished ones are left out.

    Args:
        db: Any transaction.
        integration: Whose CRM.
        keys: The CRM's keys.
        paths: Along these stand the values; one that is not read is nothing everywhere.
    """
    kinds = kinds_of(db, integration)
    columns = "".join(
        f", {sqlite.quoted(wide.path_column(path)) if path in kinds else 'null'}" for path in paths
    )
    table = sqlite.quoted(wide.snapshot_table(integration.id))
    for some in sqlite.chunks(keys):
        query = f"select key, version{columns} from {table} where not gone and key in ({sqlite.marks(some)})"  # noqa: S608  quoted
        found = sqlite.run(db, query, some).fetchall()
        if not found:
            continue
        ids, versions, *cells = zip(*found, strict=True)
        read = [
            wide.loaded_column(column, kinds.get(path, AttributeType.TEXT))
            for path, column in zip(paths, cells, strict=True)
        ]
        yield from zip(ids, versions, zip(*read, strict=True) if read else repeat(()), strict=False)


def kinds_of(db: Connection, integration: Integration) -> dict[str, AttributeType]:
    """Give the kind of each path that is read: the mapped ones in their order, then the ties."""
    kinds = model.kinds(db, integration.entity)
    found = {str(mapping.path): mapping.read_as(kinds[mapping.attribute]) for mapping in integration.mappings}
    for path in integration.ties:
        found.setdefault(path, AttributeType.TEXT)
    return found


def rids_of(db: Connection, integration_id: str, keys: abc.Iterable[str]) -> dict[str, RecordId]:
    """Give our records by their CRM keys in one integration; what was not pulled is left out."""
    return {
        str(key): RecordId(rid)
        for some in sqlite.chunks(keys)
        for key, rid in sqlite.run(
            db,
            f"select key, rid from {_snapshot(integration_id)} where key in ({sqlite.marks(some)})",  # noqa: S608  quoted
            some,
        )
        if rid
    }


def keys_of(db: Connection, integration_id: str, rids: abc.Iterable[str]) -> dict[RecordId, str]:
    """Give the CRM keys of records in one integration; records it does not have are left out."""
    return {
        RecordId(rid): str(key)
        for some in sqlite.chunks(rids)
        for rid, key in sqlite.run(
            db,
            f"select rid, key from {_snapshot(integration_id)} where rid in ({sqlite.marks(some)})",  # noqa: S608  quoted
            some,
        )
    }


def links_of(
    db: Connection, integrations: abc.Iterable[Integration], rids: abc.Collection[str]
) -> dict[RecordId, tuple[Link, ...]]:
    """Give the CRM records behind some of ours, in the order of the integrations.

    Args:
        db: Any transaction.
        integrations: Those of the records' entity.
        rids: Our records.
    """
    found: dict[RecordId, tuple[Link, ...]] = {}
    for integration in integrations:
        kinds = model.kinds(db, integration.entity)
        mapped = [
            (one.attribute, one.read_as(kind := kinds[one.attribute]), Translation(one.values, kind).meaning)
            for one in integration.mappings
        ]
        paths = (wide.path_column(str(one.path)) for one in integration.mappings)
        columns = "".join(f", {sqlite.quoted(path)}" for path in paths)
        account = sqlite.quoted(wide.path_column(integration.link)) if integration.link else "null"
        for some in sqlite.chunks(rids):
            query = (
                f"select rid, key, gone, {account}{columns} from {_snapshot(integration.id)} "  # noqa: S608  quoted
                f"where rid in ({sqlite.marks(some)})"
            )
            for rid, key, gone, belongs, *cells in sqlite.run(db, query, some):
                values = {
                    name: meaning(wide.loaded(cell, kind))
                    for (name, kind, meaning), cell in zip(mapped, cells, strict=True)
                }
                link = Link(integration.id, str(key), bool(gone), values, str(belongs or ""))
                found[RecordId(rid)] = (*found.get(RecordId(rid), ()), link)
    return found


def is_shared(db: Connection, integration: Integration) -> bool:
    """Say whether other integrations feed the same entity, so that values may come from several CRMs."""
    others = "select 1 from integrations where entity = ? and id <> ? limit 1"
    return sqlite.run(db, others, (integration.entity, integration.id)).fetchone() is not None


def _snapshot(integration_id: str) -> str:
    return sqlite.quoted(wide.snapshot_table(integration_id))


def _select(db: Connection, entity: str, tail: str, values: abc.Sequence[str]) -> abc.Iterator[Record]:
    kinds = model.kinds(db, _known(db, entity))
    names = tuple(kinds)
    columns = "".join(f", {sqlite.quoted(name)}" for name in names)
    table = sqlite.quoted(wide.record_table(entity))
    rows = sqlite.run(db, f"select rid, title, gone{columns} from {table} {tail}", values)  # noqa: S608  quoted
    for rid, title, gone, *cells in rows:
        told = {name: wide.loaded(cell, kinds[name]) for name, cell in zip(names, cells, strict=True)}
        yield Record(RecordId(rid), entity, str(title or rid.partition(":")[2]), bool(gone), told)


def _known(db: Connection, entity: str) -> str:
    return model.entity(db, entity).name
