"""CRM objects pulled into entities, and their field mappings. A mapping added is a column added.

Changing what is read (a new path, another filter) forgets the watermark: the next pull reads all.

Must not: ask the CRM; whether a field exists and may be written the caller knows from its description.
"""

import json
from collections import abc
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from writeback.errors import MappingError, UnknownAttributeError
from writeback.model.canonical import Json
from writeback.model.integrations import FieldMapping, Integration, ReferenceMode
from writeback.model.types import AttributeType, ConnectionId, IntegrationId
from writeback.store import (
    connections,
    emptying,
    model,
    moments,
    numbering,
    schema,
    sqlite,
    value_maps,
    wide,
)
from writeback.store.mapping_rows import cells_of, mapping_of


def add(db: Connection, integration: Integration, *, at: datetime | str) -> Integration:
    """Keep a new integration without mappings, make its snapshot; gives it with the id it got.

    Raises:
        UnknownAttributeError: The entity does not exist.
        ConfigurationError: The connection does not exist.
    """
    model.entity(db, integration.entity)
    connection = connections.get(db, integration.connection_id)
    made = IntegrationId(numbering.next_id(db, schema.integrations.c.id, "i"))
    values = {
        "id": made,
        "connection_id": connection.id,
        "object": integration.object,
        "entity": integration.entity,
        "key": integration.key,
        "filter": integration.filter,
        "match_attribute": integration.match,
        "link_path": integration.link,
        "person_path": integration.person,
        "created_at": at if isinstance(at, str) else moments.to_text(at),
    }
    db.execute(insert(schema.integrations).values(**values))
    wide.create_snapshot(db, made)
    for path in integration.ties:
        wide.add_path(db, made, path, AttributeType.TEXT)
        wide.index_path(db, made, path)
    return replace(
        integration, id=made, connection_id=connection.id, mappings=(), watermark=None, last_pull_at=None
    )


def get(db: Connection, integration_id: str) -> Integration:
    """Give one integration with its mappings.

    Raises:
        UnknownAttributeError: There is none of that id.
    """
    table = schema.integrations
    row = db.execute(select(table).where(table.c.id == integration_id)).first()
    if row is None:
        raise UnknownAttributeError("integration.unknown", name=integration_id[:200])
    return _loaded(db, row)


def every(db: Connection, *, entity: str = "", connection_id: str = "") -> tuple[Integration, ...]:
    """Give all integrations, or those of one entity or connection, in the order they were made."""
    table = schema.integrations
    query = select(table).order_by(func.length(table.c.id), table.c.id)
    if entity:
        query = query.where(table.c.entity == entity)
    if connection_id:
        query = query.where(table.c.connection_id == connection_id)
    return tuple(_loaded(db, row) for row in db.execute(query).all())


def map_fields(
    db: Connection,
    integration_id: str,
    mappings: abc.Sequence[FieldMapping],
    *,
    written: abc.Mapping[str, str] | None = None,
) -> Integration:
    """Add mappings, or replace those of the same path.

    Args:
        db: The write transaction.
        integration_id: Whose mappings.
        mappings: The new ones; their attributes exist.
        written: By path the CRM column that a write-back would set, where that is known from the
            description (`Owner.Email` → `OwnerId`). Two mappings may not write the same one.

    Raises:
        MappingError: Two mappings on one CRM column or on one attribute.
        UnknownAttributeError: The integration or an attribute does not exist.
    """
    integration = get(db, integration_id)
    kinds = model.kinds(db, integration.entity)
    for mapping in mappings:
        if mapping.attribute not in kinds:
            raise UnknownAttributeError(
                "attribute.unknown", entity=integration.entity, name=mapping.attribute[:200]
            )
    merged = _merged(integration.mappings, mappings)
    _refuse_doubles(merged, written or {})
    before = {str(mapping.path): mapping for mapping in integration.mappings}
    for mapping in mappings:
        old = before.get(str(mapping.path))
        if old is None:
            wide.add_path(db, integration.id, str(mapping.path), mapping.read_as(kinds[mapping.attribute]))
        elif old.attribute != mapping.attribute and kinds[old.attribute] is not kinds[mapping.attribute]:
            raise MappingError("mapping.other_kind", path=str(mapping.path), attribute=mapping.attribute)
        elif old.attribute != mapping.attribute:
            _refill(db, integration, mapping, kinds[mapping.attribute])
    _store(db, integration, merged)
    changed = get(db, integration_id)
    attributes = {one.name: one for one in model.attributes(db, integration.entity)}
    others = [one for one in every(db, entity=integration.entity) if one.id != integration.id]
    value_maps.apply_changed(db, changed, kinds, before)
    emptying.apply_changed(db, changed, attributes, before, others=others)
    if any(_reads_otherwise(mapping, before.get(str(mapping.path))) for mapping in mappings):
        forget_watermark(db, integration.id)
    return get(db, integration_id)


def unmap_fields(db: Connection, integration_id: str, paths: abc.Collection[str]) -> Integration:
    """Remove mappings. Values already pulled stay as they are and are no longer refreshed.

    Raises:
        MappingError: A path is not mapped.
    """
    integration = get(db, integration_id)
    known = {str(mapping.path) for mapping in integration.mappings}
    if unknown := sorted(set(paths) - known):
        raise MappingError("mapping.unknown", path=unknown[0][:200], integration=integration.id)
    _store(db, integration, [mapping for mapping in integration.mappings if str(mapping.path) not in paths])
    for gone in (mapping for mapping in integration.mappings if str(mapping.path) in paths):
        _take_over(db, integration, gone.attribute)
    return get(db, integration_id)


def change_filter(db: Connection, integration_id: str, condition: str) -> Integration:
    """Read other records from now on; the next pull reads all."""
    table = schema.integrations
    db.execute(update(table).where(table.c.id == integration_id).values(filter=condition, watermark=None))
    return get(db, integration_id)


def forget_watermark(db: Connection, integration_id: str) -> None:
    """Make the next pull a full one."""
    db.execute(
        update(schema.integrations).where(schema.integrations.c.id == integration_id).values(watermark=None)
    )


def note_pull(
    db: Connection,
    integration_id: str,
    *,
    at: datetime | str,
    watermark: str | None,
    result: abc.Mapping[str, Json],
) -> None:
    """Keep how far a complete pull has read and what it did, in the commit of its last slice."""
    values = {
        "watermark": watermark,
        "last_pull_at": at if isinstance(at, str) else moments.to_text(at),
        "last_pull": json.dumps(result, ensure_ascii=False),
    }
    db.execute(update(schema.integrations).where(schema.integrations.c.id == integration_id).values(**values))


def note_problem(db: Connection, integration_id: str, *, code: str) -> None:
    """Keep why the last pull failed; what was known of the one before stays."""
    table = schema.integrations
    told = last_pull(db, integration_id) | {"problem": code}
    db.execute(update(table).where(table.c.id == integration_id).values(last_pull=json.dumps(told)))


def last_pull(db: Connection, integration_id: str) -> dict[str, Json]:
    """Give what the last pull did; empty before the first."""
    table = schema.integrations
    text = db.execute(select(table.c.last_pull).where(table.c.id == integration_id)).scalar()
    told: dict[str, Json] = json.loads(text or "{}")
    return told


def _merged(known: abc.Sequence[FieldMapping], new: abc.Sequence[FieldMapping]) -> list[FieldMapping]:
    _refuse_same(new, lambda mapping: str(mapping.path).casefold(), code="mapping.same_column")
    replaced = {str(mapping.path): mapping for mapping in new}
    kept = [replaced.pop(str(mapping.path), mapping) for mapping in known]
    return [*kept, *replaced.values()]


def _reads_otherwise(mapping: FieldMapping, before: FieldMapping | None) -> bool:
    """Say whether records must be read again: a new path, or another reading of it."""
    if before is None or before.source_format != mapping.source_format:
        return True
    now, then = mapping.values, before.values
    return bool(now.pairs) != bool(then.pairs) or now.transforms != then.transforms


def _refuse_doubles(mappings: abc.Sequence[FieldMapping], written: abc.Mapping[str, str]) -> None:
    _refuse_same(mappings, lambda mapping: str(mapping.path).casefold(), code="mapping.same_column")
    _refuse_same(mappings, lambda mapping: mapping.attribute, code="mapping.same_attribute")
    sent = [mapping for mapping in mappings if mapping.write_back]
    _refuse_same(sent, lambda mapping: _target(mapping, written), code="mapping.same_column")


def _refuse_same(
    mappings: abc.Iterable[FieldMapping], name_of: abc.Callable[[FieldMapping], str], *, code: str
) -> None:
    """Refuse two mappings of one name, with both of them named."""
    seen: dict[str, FieldMapping] = {}
    for mapping in mappings:
        other = seen.setdefault(name_of(mapping), mapping)
        if other is not mapping:
            raise MappingError(
                code,
                first=str(other.path),
                second=str(mapping.path),
                first_attribute=other.attribute,
                second_attribute=mapping.attribute,
            )


def _target(mapping: FieldMapping, written: abc.Mapping[str, str]) -> str:
    """Name what a write-back sets: two paths through one reference re-point the same column.

    Where nobody asked the CRM, references are told by their hops.
    """
    path = str(mapping.path)
    if path in written or not mapping.path.hops or mapping.reference_mode is ReferenceMode.EDIT_TARGET:
        return written.get(path, path).casefold()
    return (".".join(mapping.path.hops) + ".").casefold()


def _store(db: Connection, integration: Integration, mappings: abc.Sequence[FieldMapping]) -> None:
    table = schema.field_mappings
    db.execute(delete(table).where(table.c.integration_id == integration.id))
    rows = [
        {"integration_id": integration.id, "position": position, **cells_of(mapping)}
        for position, mapping in enumerate(mappings)
    ]
    if rows:
        db.execute(insert(table), rows)


def _refill(db: Connection, integration: Integration, mapping: FieldMapping, kind: AttributeType) -> None:
    """Show what was read under another attribute: the snapshot has it, no pull will call it changed."""
    records, snapshot = wide.record_table(integration.entity), wide.snapshot_table(integration.id)
    attribute = sqlite.quoted(mapping.attribute)
    column = sqlite.quoted(wide.path_column(str(mapping.path)))
    held = f"{sqlite.quoted(records)}.{attribute}"
    made = value_maps.come_in(mapping, kind, f"s.{column}", held)
    sqlite.run(
        db,
        f"update {sqlite.quoted(records)} set {attribute} = {made} "  # noqa: S608  quoted
        f"from {sqlite.quoted(snapshot)} s where s.rid = {sqlite.quoted(records)}.rid and not s.gone",
    )


def _take_over(db: Connection, integration: Integration, attribute: str) -> None:
    """Show what another CRM holds of an attribute that this one no longer feeds."""
    for other in every(db, entity=integration.entity):
        mapping = other.mapping_of(attribute)
        if other.id != integration.id and mapping is not None:
            _refill(db, other, mapping, model.kinds(db, other.entity)[attribute])


def _loaded(db: Connection, row: Row[tuple[object, ...]]) -> Integration:
    table = schema.field_mappings
    rows = db.execute(select(table).where(table.c.integration_id == row.id).order_by(table.c.position))
    return Integration(
        id=IntegrationId(row.id),
        connection_id=ConnectionId(row.connection_id),
        object=row.object,
        entity=row.entity,
        key=row.key,
        filter=row.filter,
        mappings=tuple(mapping_of(mapping) for mapping in rows),
        watermark=row.watermark,
        last_pull_at=moments.from_optional(row.last_pull_at),
        match=row.match_attribute,
        link=row.link_path,
        person=row.person_path,
    )
