"""The customer's own data model: entities and their attributes. An attribute added is a column added.

Must not: remove or rename; a name is an address that mappings, plans and files point at.
"""

import json
import re
from collections import abc
from dataclasses import asdict
from typing import Final

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from writeback.errors import ConfigurationError, UnknownAttributeError
from writeback.model.attributes import Attribute, Entity, Option
from writeback.model.types import AttributeType
from writeback.store import schema, sqlite, wide

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")


def add_entity(db: Connection, entity: Entity) -> Entity:
    """Add an entity and its record table.

    Raises:
        ConfigurationError: The name is taken or no API name.
    """
    _refuse_bad(entity.name)
    if entity.name in {known.name for known in entities(db)}:
        raise ConfigurationError("entity.exists", name=entity.name)
    db.execute(insert(schema.entities).values(name=entity.name, title=entity.title))
    wide.create_records(db, entity.name)
    return entity


def entities(db: Connection) -> tuple[Entity, ...]:
    """Give all entities by name."""
    rows = db.execute(select(schema.entities).order_by(schema.entities.c.name))
    return tuple(Entity(row.name, row.title) for row in rows)


def entity(db: Connection, name: str) -> Entity:
    """Give one entity.

    Raises:
        UnknownAttributeError: There is none of that name.
    """
    row = db.execute(select(schema.entities).where(schema.entities.c.name == name)).first()
    if row is None:
        raise UnknownAttributeError("entity.unknown", name=name[:200])
    return Entity(row.name, row.title)


def add_attribute(db: Connection, attribute: Attribute) -> Attribute:
    """Add an attribute behind the others.

    Raises:
        UnknownAttributeError: The entity does not exist.
        ConfigurationError: The name is taken, reserved or no API name.
    """
    entity(db, attribute.entity)
    _refuse_bad(attribute.name)
    table = schema.attributes
    own = table.c.entity == attribute.entity
    if db.execute(select(table.c.name).where(own, table.c.name == attribute.name)).first():
        raise ConfigurationError("attribute.exists", entity=attribute.entity, name=attribute.name)
    position = int(db.execute(select(func.max(table.c.position)).where(own)).scalar() or 0) + 1
    wide.add_attribute(db, attribute)
    values = {
        "entity": attribute.entity,
        "name": attribute.name,
        "position": position,
        "kind": attribute.kind.value,
    }
    db.execute(insert(table).values(**values, **_changeable(attribute)))
    return attribute


def change_attribute(db: Connection, attribute: Attribute) -> Attribute:
    """Store title, options, description and editability as given; name and kind never change.

    Raises:
        UnknownAttributeError: There is no such attribute.
        ConfigurationError: It is of another kind.
    """
    known = get_attribute(db, attribute.entity, attribute.name)
    if known.kind is not attribute.kind:
        raise ConfigurationError("attribute.kind_fixed", name=attribute.name, kind=known.kind.value)
    table = schema.attributes
    own = (table.c.entity == attribute.entity) & (table.c.name == attribute.name)
    db.execute(update(table).where(own).values(**_changeable(attribute)))
    return attribute


def attributes(db: Connection, entity_name: str) -> tuple[Attribute, ...]:
    """Give an entity's attributes in their order."""
    table = schema.attributes
    rows = db.execute(select(table).where(table.c.entity == entity_name).order_by(table.c.position))
    return tuple(
        Attribute(
            entity=row.entity,
            name=row.name,
            title=row.title,
            kind=AttributeType(row.kind),
            options=tuple(Option(**option) for option in json.loads(row.options)),
            description=row.description,
            editable=bool(row.editable),
            default=row.default_text,
        )
        for row in rows
    )


def get_attribute(db: Connection, entity_name: str, name: str) -> Attribute:
    """Give one attribute.

    Raises:
        UnknownAttributeError: There is none of that name.
    """
    found = next((known for known in attributes(db, entity_name) if known.name == name), None)
    if found is None:
        raise UnknownAttributeError("attribute.unknown", entity=entity_name[:200], name=name[:200])
    return found


def kinds(db: Connection, entity_name: str) -> abc.Mapping[str, AttributeType]:
    """Give the kind of each attribute by name, in their order."""
    query = "select name, kind from attributes where entity = ? order by position"
    return {name: AttributeType(kind) for name, kind in sqlite.run(db, query, (entity_name,))}


def _refuse_bad(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ConfigurationError("attribute.bad_name", name=name[:200])


def _changeable(attribute: Attribute) -> dict[str, object]:
    return {
        "title": attribute.title,
        "options": json.dumps([asdict(option) for option in attribute.options], ensure_ascii=False),
        "description": attribute.description,
        "editable": attribute.editable,
        "default_text": attribute.default,
    }
