"""Change what attributes are after they hold values: give them another type, or let them go.

Must not: ask whether a person wants it; touch what waits to be sent (it is refused while something does).
"""

from collections import abc
from dataclasses import dataclass, field, replace

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from writeback.errors import ConfigurationError, MappingError
from writeback.model.attributes import Attribute
from writeback.model.changes import Reason
from writeback.model.integrations import EmptyRule, FieldMapping
from writeback.model.types import AttributeType, Clear, Value
from writeback.planning.coercing import Coerce, coercer, text_of
from writeback.store import drafts, edit_acts, emptying, held_edits, integrations, model, schema, sqlite, wide

_SHOWN = 5
_PAGE = 1_000
_UNDER_WAY = "('queued', 'sent', 'unknown')"


@dataclass(frozen=True, slots=True)
class Users:
    """What uses an attribute."""

    mappings: tuple[tuple[str, str], ...] = ()
    """Integration and field path."""
    drafts: int = 0
    under_way: int = 0
    """Values that a job is still writing."""
    matches: tuple[str, ...] = ()
    """Integrations whose records are linked by it."""
    is_role: bool = False


@dataclass(slots=True)
class Converted:
    """What another type makes of an attribute's values."""

    values: int = 0
    converts: int = 0
    samples: list[str] = field(default_factory=list)
    """Some of those that do not."""


def users_of(db: Connection, entity: str, name: str) -> Users:
    """Say what uses an attribute.

    Raises:
        UnknownAttributeError: There is none of that name.
    """
    model.get_attribute(db, entity, name)
    feeding = integrations.every(db, entity=entity)
    mapped = tuple(
        (str(one.id), str(mapping.path)) for one in feeding if (mapping := one.mapping_of(name)) is not None
    )
    waiting = sqlite.run(
        db, "select count(*) from drafts where entity = ? and attribute = ?", (entity, name)
    ).fetchone()
    ids = [one.id for one in feeding]
    busy = sqlite.run(
        db,
        f"select count(*) from value_states where attribute = ? and state in {_UNDER_WAY} "  # noqa: S608  a constant
        f"and integration_id in ({sqlite.marks(ids)})",
        (name, *ids),
    ).fetchone()
    roles = schema.roles
    held = select(roles.c.attribute).where(roles.c.entity == entity, roles.c.attribute == name)
    return Users(
        mapped,
        int(waiting[0]),
        int(busy[0]),
        tuple(one.id for one in feeding if one.match == name),
        db.execute(held).first() is not None,
    )


def delete_attribute(db: Connection, entity: str, name: str) -> Users:
    """Let an attribute go, with its mappings, its drafts and its values; gives what used it.

    Raises:
        UnknownAttributeError: There is none of that name.
        ConfigurationError: `attribute.under_way`, `attribute.is_match`, `attribute.is_role`.
    """
    users = users_of(db, entity, name)
    _refuse_held(name, users)
    for integration, path in users.mappings:
        integrations.unmap_fields(db, integration, (path,))
    _forget(db, entity, name)
    attributes = schema.attributes
    db.execute(delete(attributes).where(attributes.c.entity == entity, attributes.c.name == name))
    _drop(db, wide.record_table(entity), name)
    return users


def convert(db: Connection, entity: str, name: str, kind: AttributeType) -> Converted:
    """Say what would become of an attribute's values under another type; changes nothing.

    Raises:
        UnknownAttributeError: There is none of that name.
    """
    attribute = model.get_attribute(db, entity, name)
    found = Converted()
    read = _reader(attribute, kind)
    for _, value in _values(db, attribute):
        found.values += 1
        if _read(read, value) is not None:
            found.converts += 1
        elif len(found.samples) < _SHOWN:
            found.samples.append((text_of(value) or "")[:80])
    return found


def retype(db: Connection, entity: str, name: str, kind: AttributeType) -> Converted:
    """Give an attribute another type; what cannot be converted is empty until the next pull, which reads all.

    Raises:
        UnknownAttributeError: There is none of that name.
        ConfigurationError: `attribute.under_way`, `attribute.has_drafts`, `attribute.is_role`.
        MappingError: `mapping.value_map_kind`, `mapping.format_misfit`, `mapping.bad_default`.
    """
    attribute = model.get_attribute(db, entity, name)
    users = users_of(db, entity, name)
    _refuse_held(name, replace(users, matches=()))
    if users.drafts:
        raise ConfigurationError("attribute.has_drafts", name=name, drafts=users.drafts)
    fed = [(one, one.mapping_of(name)) for one in integrations.every(db, entity=entity)]
    for _, mapping in fed:
        if mapping is not None:
            _refuse_mapping(mapping, kind)
    found = convert(db, entity, name, kind)
    read = _reader(attribute, kind)
    _rewrite(db, wide.record_table(entity), name, key="rid", kinds=(attribute.kind, kind), read=read)
    for integration, mapping in fed:
        if mapping is not None:
            column = wide.path_column(str(mapping.path))
            table = wide.snapshot_table(integration.id)
            _rewrite(db, table, column, key="key", kinds=(attribute.kind, kind), read=read)
            integrations.forget_watermark(db, integration.id)
    own = (schema.attributes.c.entity == entity) & (schema.attributes.c.name == name)
    db.execute(update(schema.attributes).where(own).values(kind=kind.value))
    edit_acts.forget_values(db, entity, name)
    return found


def _refuse_held(name: str, users: Users) -> None:
    if users.under_way:
        raise ConfigurationError("attribute.under_way", name=name, values=users.under_way)
    if users.matches:
        raise ConfigurationError("attribute.is_match", name=name, integration=", ".join(users.matches))
    if users.is_role:
        raise ConfigurationError("attribute.is_role", name=name)


def _refuse_mapping(mapping: FieldMapping, kind: AttributeType) -> None:
    """Refuse a type that the rules of a mapping do not go with."""
    path = str(mapping.path)
    if mapping.values.pairs:
        raise MappingError("mapping.value_map_kind", field=path)
    if mapping.source_format and not mapping.source_format.fits(kind):
        form = str(mapping.source_format)
        raise MappingError("mapping.format_misfit", field=path, format=form, type=kind.value, source="text")
    if mapping.empty_rule is EmptyRule.DEFAULT:
        emptying.default_cell(mapping, kind)


def _reader(attribute: Attribute, kind: AttributeType) -> Coerce:
    return coercer(kind, options=attribute.options, is_restricted=bool(attribute.options))


def _read(read: Coerce, value: Value) -> Value:
    """Give a value as one of the other type; None: it is none."""
    text = text_of(value) or ""
    made = read(text) if text.strip() else None
    return None if isinstance(made, Reason | Clear) else made


def _values(db: Connection, attribute: Attribute) -> abc.Iterator[tuple[str, Value]]:
    table, column = sqlite.quoted(wide.record_table(attribute.entity)), sqlite.quoted(attribute.name)
    query = f"select rid, {column} from {table} where {column} is not null order by rid"  # noqa: S608  quoted
    for rid, cell in sqlite.run(db, query):
        yield str(rid), wide.loaded(cell, attribute.kind)


def _rewrite(
    db: Connection,
    table: str,
    column: str,
    *,
    key: str,
    kinds: tuple[AttributeType, AttributeType],
    read: Coerce,
) -> None:
    """Put the values of a column, as another type, into one of that type in its place."""
    name, fresh, own = sqlite.quoted(column), sqlite.quoted(f"{column}:fresh"), sqlite.quoted(table)
    wide.add_column(db, table, f"{column}:fresh", kinds[1])
    last = ""
    while True:
        query = (
            f"select {key}, {name} from {own} where {name} is not null and {key} > ? "  # noqa: S608  quoted
            f"order by {key} limit {_PAGE}"
        )
        rows = sqlite.run(db, query, (last,)).fetchall()
        if not rows:
            break
        last = str(rows[-1][0])
        made = [(wide.stored(_read(read, wide.loaded(cell, kinds[0]))), row) for row, cell in rows]
        sqlite.many(db, f"update {own} set {fresh} = ? where {key} = ?", made)  # noqa: S608  quoted
    _drop(db, table, column)
    sqlite.run(db, f"alter table {own} rename column {fresh} to {name}")


def _forget(db: Connection, entity: str, name: str) -> None:
    """Let go of drafts, states and rules of an attribute; its history stays."""
    rows = select(schema.drafts.c.rid).where(
        schema.drafts.c.entity == entity, schema.drafts.c.attribute == name
    )
    for (rid,) in db.execute(rows).all():
        drafts.remove(db, rid, name)
    held_edits.clear_entity(db, entity, name)
    edit_acts.forget_values(db, entity, name)
    masters = schema.masters
    db.execute(delete(masters).where(masters.c.entity == entity, masters.c.attribute == name))


def _drop(db: Connection, table: str, column: str) -> None:
    sqlite.run(db, f"alter table {sqlite.quoted(table)} drop column {sqlite.quoted(column)}")
