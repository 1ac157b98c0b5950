"""Roles: attributes whose value is a team member, and how each CRM's own words become one.

A CRM names an owner by id, e-mail or name; what comes in is translated through the directory, so that a
role's value is the same in all CRMs. A word that is nobody's stays as it came: it is seen, and never sent.
Where a role edits the referenced record itself (`ReferenceMode.EDIT_TARGET`) its value is that record's
text, and nothing is translated.

Must not: match users (`planning.pairing`), decide what is written.
"""

from collections import abc
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration, ReferenceMode
from writeback.model.people import Person
from writeback.model.types import ConnectionId, Value
from writeback.planning.pairing import folded
from writeback.sdk.capabilities import PeopleObject
from writeback.store import integrations, moments, people, schema, sqlite, wide
from writeback.store.people import KnownUser

RoleKey = tuple[str, str]
"""Entity and attribute."""
Translate = abc.Callable[[Value], Value]


def every(db: Connection) -> tuple[RoleKey, ...]:
    """Give all roles in the order they were made."""
    table = schema.roles
    rows = db.execute(
        select(table.c.entity, table.c.attribute).order_by(table.c.created_at, table.c.attribute)
    )
    return tuple((str(row[0]), str(row[1])) for row in rows)


def add(db: Connection, role: RoleKey, *, at: datetime) -> None:
    """Make an attribute a role; what is there already stays."""
    if role not in every(db):
        table = schema.roles
        db.execute(insert(table).values(entity=role[0], attribute=role[1], created_at=moments.to_text(at)))


def pointing(db: Connection, entity: str) -> frozenset[str]:
    """Give the attributes of an entity whose values are team members: roles that re-point."""
    names = {attribute for one, attribute in every(db) if one == entity}
    if not names:
        return frozenset()
    mapping, integration = schema.field_mappings, schema.integrations
    editing = select(mapping.c.attribute).where(
        mapping.c.integration_id == integration.c.id,
        integration.c.entity == entity,
        mapping.c.reference_mode == ReferenceMode.EDIT_TARGET.value,
    )
    return frozenset(names.difference(db.scalars(editing)))


@dataclass(frozen=True, slots=True)
class Members:
    """What is known of one connection's users, and of the team members they are."""

    connection_id: ConnectionId
    persons: abc.Mapping[str, Person]
    users: tuple[KnownUser, ...]
    objects: tuple[PeopleObject, ...]
    _words: dict[str, dict[str, str]] = field(default_factory=dict)
    _ids: dict[str, KnownUser] = field(default_factory=dict)
    _members: dict[str, KnownUser] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ids.update((user.id.casefold(), user) for user in self.users)
        self._members.update((user.person_id, user) for user in self.users if user.person_id is not None)

    def user_of(self, person_id: str) -> KnownUser | None:
        """Give the user that a team member is in this CRM."""
        return self._members.get(person_id)

    def word_of(self, user_id: str, path: FieldPath) -> str | None:
        """Give what a field says of a user; None: nobody of that id was read."""
        user = self._ids.get(user_id.casefold())
        return None if user is None else _word(user, self.part_of(path) or "key")

    def said_of(self, user_id: str, path: FieldPath) -> str:
        """Give what a role says where this user stands; of nobody we know, the id."""
        word = self.word_of(user_id, path)
        translate = self.translator(path)
        return user_id if word is None else str(translate(word)) if translate is not None else word

    def alike(self, person: Person) -> tuple[KnownUser, ...]:
        """Give users without a team member that have a person's e-mail or name: whom they could be."""
        words = {folded(text) for text in (person.email, person.name) if text.strip()}
        return tuple(
            user
            for user in self.users
            if user.person_id is None
            and user.matched_by is None  # else a person said: nobody
            and not user.is_gone
            and {folded(user.email), folded(user.title)} & words
        )

    def translator(self, path: FieldPath) -> Translate | None:
        """Give how a field's values become team members; None: by this field nobody is known."""
        part = self.part_of(path)
        if part is None:
            return None
        known = self._by(part)

        def translate(value: Value) -> Value:
            return known.get(value.strip().casefold(), value) if isinstance(value, str) else value

        return translate

    def part_of(self, path: FieldPath) -> str | None:
        """Say by what a field names a user: `key`, `email` or `name`; None: by something else."""
        if not path.hops:
            return "key"
        name = path.field.casefold()
        for one in self.objects:
            for part in ("key", "email", "name"):
                if name == getattr(one, f"{part}_field").casefold():
                    return part
        return None

    def _by(self, part: str) -> dict[str, str]:
        """Give team members by one of their users' words.

        A word of two users that are not the same member is nobody's; should it also be a member's id, it
        gets a question mark, so that it is not taken for that member.
        """
        if part not in self._words:
            found: dict[str, set[str | None]] = {}
            for user in self.users:
                word = _word(user, part).strip().casefold()
                if word and (user.person_id is not None or user.is_active):
                    found.setdefault(word, set()).add(user.person_id)
            ids = {one.casefold() for one in self.persons}
            self._words[part] = {
                word: _one_of(holders) or f"{word} (?)"
                for word, holders in found.items()
                if _one_of(holders) is not None or word in ids
            }
        return self._words[part]


def _word(user: KnownUser, part: str) -> str:
    return {"key": user.id, "email": user.email, "name": user.title}[part]


def _one_of(holders: abc.Collection[str | None]) -> str | None:
    return next(iter(holders)) if len(holders) == 1 else None


def members(db: Connection, connection_id: str) -> Members:
    """Read what is known of a connection's users."""
    return Members(
        ConnectionId(connection_id),
        {person.id: person for person in people.persons(db)},
        people.users(db, connection_id=connection_id),
        people.objects(db, connection_id),
    )


def translators(db: Connection, integration: Integration) -> dict[str, Translate]:
    """Give by path how an integration's roles are read; mostly none."""
    names = pointing(db, integration.entity)
    mapped = [mapping for mapping in integration.mappings if mapping.attribute in names]
    if not mapped:
        return {}
    known = members(db, integration.connection_id)
    found = ((str(mapping.path), known.translator(mapping.path)) for mapping in mapped)
    return {path: translate for path, translate in found if translate is not None}


def readers(db: Connection, integration_id: str) -> dict[str, abc.Callable[[str], str]]:
    """Give by attribute how the ids that travel for a role become team members; mostly none."""
    integration = integrations.get(db, integration_id)
    names = pointing(db, integration.entity)
    mapped = [mapping for mapping in integration.mappings if mapping.attribute in names]
    if not mapped:
        return {}
    known = members(db, integration.connection_id)
    return {mapping.attribute: partial(known.said_of, path=mapping.path) for mapping in mapped}


def held(db: Connection, role: RoleKey, *, integration_id: str = "") -> dict[str, int]:
    """Give the different values of a role, with how many records hold each.

    Args:
        db: Any transaction.
        role: Which one.
        integration_id: Only records that stand in this integration's CRM; '': all.
    """
    entity, attribute = role
    table, column = sqlite.quoted(wide.record_table(entity)), sqlite.quoted(attribute)
    there = ""
    if integration_id:
        snapshot = sqlite.quoted(wide.snapshot_table(integration_id))
        there = f" and rid in (select rid from {snapshot} where not gone)"  # noqa: S608  quoted
    query = (
        f"select {column}, count(*) from {table} "  # noqa: S608  quoted
        f"where not gone and coalesce({column}, '') <> ''{there} group by 1"
    )
    return {str(value): int(number) for value, number in sqlite.run(db, query)}


def strangers(db: Connection, integration: Integration, mapping: FieldMapping) -> int:
    """Count the records whose value in one CRM is nobody in the directory."""
    table = sqlite.quoted(wide.snapshot_table(integration.id))
    column = sqlite.quoted(wide.path_column(str(mapping.path)))
    query = (
        f"select count(*) from {table} where not gone and coalesce({column}, '') <> '' "  # noqa: S608  quoted
        f"and {column} not in (select id from people)"
    )
    return int(sqlite.run(db, query).fetchone()[0])


def forget_read(db: Connection, connection_id: str) -> None:
    """Let the next pulls of a connection read all records anew where they hold a role."""
    for entity, attribute in every(db):
        for integration in integrations.every(db, entity=entity, connection_id=connection_id):
            if integration.mapping_of(attribute) is not None:
                integrations.forget_watermark(db, integration.id)


def rename(
    db: Connection, connection_id: str, words: abc.Mapping[str, str], *, is_everywhere: bool = False
) -> None:
    """Bring values that were read before up to date, and let the next pulls read all of them anew.

    Args:
        db: The write transaction that matched.
        connection_id: Whose snapshots hold these words.
        words: Old to new, as they stand in cells: a user's words, or a member's former id.
        is_everywhere: The old ones are nobody's any more, so records of other CRMs follow too.
    """
    held = [
        (entity, attribute, integration, mapping)
        for entity, attribute in every(db)
        if attribute in pointing(db, entity)
        for integration in integrations.every(db, entity=entity, connection_id=connection_id)
        if (mapping := integration.mapping_of(attribute)) is not None
    ]
    if not held or not words:
        return
    sqlite.run(db, "create temp table if not exists renamed (old text primary key collate nocase, new text)")
    sqlite.run(db, "delete from renamed")
    sqlite.many(db, "insert or ignore into renamed values (?, ?)", list(words.items()))
    for entity, attribute, integration, mapping in held:
        integrations.forget_watermark(db, integration.id)
        snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
        column = sqlite.quoted(wide.path_column(str(mapping.path)))
        here = f"rid in (select s.rid from {snapshot} s join renamed w on w.old = s.{column})"  # noqa: S608  quoted
        _rename_kept(db, (entity, attribute), integration.id, where="1" if is_everywhere else here)
        sqlite.run(
            db,
            f"update {snapshot} set {column} = w.new from renamed w where w.old = {column}",  # noqa: S608  quoted
        )


_OF_ENTITY: Final = "(select id from integrations where entity = ?)"


def _rename_kept(db: Connection, role: RoleKey, integration_id: str, *, where: str) -> None:
    """Rename in our records and in edits that wait."""
    entity, attribute = role
    table, column = sqlite.quoted(wide.record_table(entity)), sqlite.quoted(attribute)
    sqlite.run(
        db,
        f"update {table} set {column} = w.new from renamed w where w.old = {column} and {where}",  # noqa: S608  quoted
    )
    own = f"drafts.entity = ? and drafts.attribute = ? and {where}"
    for name in ("old", "new"):
        query = (
            f"update drafts set {name} = json_quote(w.new) from renamed w "  # noqa: S608  constants
            f"where w.old = json_extract(drafts.{name}, '$') and {own}"
        )
        sqlite.run(db, query, role)
    states = "value_states.attribute = ? and value_states.integration_id in " + _OF_ENTITY
    for name in ("new", "theirs"):
        query = (
            f"update value_states set {name} = json_quote(w.new) from renamed w "  # noqa: S608  constants
            f"where w.old = json_extract(value_states.{name}, '$') and {states} and {where}"
        )
        sqlite.run(db, query, (attribute, entity))
    seen = f"$.{integration_id}"
    query = (
        "update drafts set seen = json_set(seen, ?, w.new) from renamed w "  # noqa: S608  constants
        f"where w.old = json_extract(seen, ?) and {own}"
    )
    sqlite.run(db, query, (seen, seen, entity, attribute))
