"""The directory and the roles as front ends see them, read straight from the workspace. Runs no plugin."""

from collections import Counter, abc
from dataclasses import replace
from typing import TYPE_CHECKING

from writeback.errors import ConfigurationError, MappingError
from writeback.model.attributes import Attribute, Option
from writeback.model.connections import Connection
from writeback.model.integrations import FieldMapping, Integration, ReferenceMode
from writeback.model.people import Person, PersonKind
from writeback.model.types import AttributeType, ConnectionId
from writeback.planning.pairing import folded, pick
from writeback.planning.resolving import aims_at
from writeback.runtime.facade.people import (
    ChoiceView,
    DirectoryView,
    PeopleSource,
    PersonMatch,
    PersonView,
    RoleMapping,
    RoleView,
    UserView,
)
from writeback.sdk.values import ObjectDescription
from writeback.store import choices, connections, descriptions, integrations, model, people, roles
from writeback.store.people import KnownUser
from writeback.store.roles import Members
from writeback.store.workspace import Db, Workspace

if TYPE_CHECKING:
    from writeback.runtime.proposing_people import PersonProposal


class TellingPeople:
    """What a front end is told about people and roles."""

    _workspace: Workspace

    def people(self) -> DirectoryView:
        """Give the directory."""
        with self._workspace.reading() as db:
            return directory_view(db)

    def roles(self) -> tuple[RoleView, ...]:
        """Give all roles."""
        with self._workspace.reading() as db:
            return role_views(db)

    def match_proposals(self) -> "tuple[PersonProposal, ...]":
        """Give users that unmatched team members could be, the surest first."""
        from writeback.runtime.proposing_people import proposals  # noqa: PLC0415  it shows what stands here

        with self._workspace.reading() as db:
            return proposals(db)

    def find_person(self, text: str) -> Person:
        """Give the team member that a person means. Raises ConfigurationError, as `find_person`."""
        with self._workspace.reading() as db:
            return find_person(db, text)

    def reference_choices(self) -> tuple[ChoiceView, ...]:
        """Give what was chosen for references."""
        with self._workspace.reading() as db:
            return choice_views(db)


def with_members(db: Db, attributes: abc.Iterable[Attribute]) -> tuple[Attribute, ...]:
    """Give attributes with the team members as options of those that are roles, so that names are read."""
    given = tuple(attributes)
    entities = {one.entity for one in given}
    pointing = {(entity, name) for entity in entities for name in roles.pointing(db, entity)}
    if not pointing:
        return given
    options = member_options(people.persons(db))
    made = []
    for one in given:
        is_role = (one.entity, one.name) in pointing
        made.append(replace(one, kind=AttributeType.USER_REF, options=options) if is_role else one)
    return tuple(made)


def member_options(persons: abc.Sequence[Person]) -> tuple[Option, ...]:
    """Give team members as options; of namesakes, and of teams, what tells them apart."""
    names = Counter(folded(one.name) for one in persons)
    return tuple(
        Option(
            one.id,
            one.name
            if names[folded(one.name)] == 1 and one.kind is PersonKind.PERSON
            else f"{one.name} ({one.id})",
            active=one.active,
        )
        for one in persons
    )


def title_of(db: Db, connection_id: str, user_id: str) -> str:
    """Give what people call a CRM's user; '' when nobody of that id was read."""
    found = (one.title for one in people.users(db, connection_id=connection_id) if one.id == user_id)
    return next(found, "")


def choice_views(db: Db) -> tuple[ChoiceView, ...]:
    """Give what was chosen for references."""
    names = {one.id: one.name for one in connections.every(db)}
    return tuple(
        ChoiceView(
            names[one.connection_id],
            one.object,
            one.value,
            one.target_id,
            one.title,
            one.decided_by,
            one.decided_at,
        )
        for one in choices.every(db)
    )


def directory_view(db: Db) -> DirectoryView:
    """Give all team members with their users, and the users that nobody is."""
    pulled = people.pulled_at(db)
    every = connections.every(db)
    known = {one.id: roles.members(db, one.id) for one in every if one.id in pulled}
    sources = tuple(
        PeopleSource(
            one.id,
            one.name,
            one.connector,
            pulled.get(one.id),
            sum(not user.is_gone for user in known[one.id].users) if one.id in known else 0,
        )
        for one in every
    )
    places = [(one, known[one.id]) for one in every if one.id in known]
    found = tuple(person_view(person, places) for person in people.persons(db))
    unclaimed = tuple(
        user_view(user)
        for _, members in places
        for user in members.users
        if user.person_id is None and not user.is_gone
    )
    return DirectoryView(sources, found, unclaimed)


def person_view(person: Person, places: abc.Iterable[tuple[Connection, Members]]) -> PersonView:
    """Give one team member with their user in each CRM."""
    matches = tuple(_match_of(person, connection, members) for connection, members in places)
    return PersonView(person.id, person.name, person.email, person.kind, person.active, matches)


def user_view(user: KnownUser) -> UserView:
    """Give a CRM's user."""
    return UserView(
        user.connection_id, user.object, user.id, user.title, user.email, user.kind, user.is_active
    )


def find_person(db: Db, text: str) -> Person:
    """Give the team member that a person means by id, e-mail or name.

    Raises:
        ConfigurationError: `person.unknown`, or `person.ambiguous` with the ids that fit.
    """
    found = pick(people.persons(db), text)
    if len(found) > 1:
        ids = ", ".join(one.id for one in found[:5])
        raise ConfigurationError("person.ambiguous", person=text[:200], candidates=ids)
    if not found:
        raise ConfigurationError("person.unknown", person=text[:200])
    return found[0]


def pick_person(view: DirectoryView, text: str, connection: str) -> PersonView:
    """Give one team member of a directory with the match in one CRM alone.

    Raises:
        ConfigurationError: `person.unknown`, `connection.unknown`.
    """
    wanted = folded(text)
    found = next(
        (one for one in view.people if wanted in (one.id, folded(one.email), folded(one.name))), None
    )
    if found is None:
        raise ConfigurationError("person.unknown", person=text[:200])
    mine = tuple(one for one in found.matches if connection in (one.connection, one.connection_id))
    if not mine:
        raise ConfigurationError("people.not_read", connection=connection[:200])
    return replace(found, matches=mine)


def role_views(db: Db) -> tuple[RoleView, ...]:
    """Give all roles with where they stand."""
    every = {one.id: one for one in connections.every(db)}
    return tuple(_role_view(db, role, every) for role in roles.every(db))


def find_role(db: Db, text: str) -> tuple[str, str]:
    """Give the role that a person means by its title, attribute, or `entity.attribute`.

    Raises:
        ConfigurationError: `role.unknown`.
    """
    wanted = folded(text)
    for role in roles.every(db):
        title = model.get_attribute(db, *role).title
        if wanted in (folded(title), role[1], ".".join(role)):
            return role
    raise ConfigurationError("role.unknown", role=text[:200])


def column_of(db: Db, integration: Integration, mapping: FieldMapping) -> tuple[str, bool | None]:
    """Give the CRM column that a mapping writes and whether it may be emptied, as far as described."""

    def described(name: str) -> ObjectDescription:
        known = descriptions.get(db, integration.connection_id, name)
        if known is None:
            raise MappingError("mapping.unknown_field", object=name, field=str(mapping.path))
        return known[0]

    try:
        start = described(integration.object)
        aim = aims_at(mapping.path, start, describe=described, mode=mapping.reference_mode)[0]
    except MappingError:
        return "", None
    return ".".join((*aim.column.via, aim.column.field)), aim.field.is_nillable


def _match_of(person: Person, connection: Connection, members: Members) -> PersonMatch:
    user = members.user_of(person.id)
    if user is None:
        alike = members.alike(person)
        state = "ambiguous" if alike else "unmatched"
        return PersonMatch(
            connection.id, connection.name, state, candidates=tuple(user_view(one) for one in alike)
        )
    return PersonMatch(
        connection.id,
        connection.name,
        "matched" if user.is_active else "inactive",
        user_view(user),
        user.matched_by,
        user.confidence,
        user.decided_by,
        user.decided_at,
    )


def _role_view(db: Db, role: roles.RoleKey, every: abc.Mapping[ConnectionId, Connection]) -> RoleView:
    entity, attribute = role
    is_pointing = attribute in roles.pointing(db, entity)
    feeding = [
        (one, mapping)
        for one in integrations.every(db, entity=entity)
        if (mapping := one.mapping_of(attribute)) is not None
    ]
    held = roles.held(db, role)
    persons = {one.id: one for one in people.persons(db)}
    members = [name for name in held if name in persons]
    unmatched: set[str] = set()
    found = []
    for integration, mapping in feeding:
        known = roles.members(db, integration.connection_id)
        if is_pointing and mapping.write_back:
            here = roles.held(db, role, integration_id=integration.id)
            unmatched |= {name for name in here if name in persons and known.user_of(name) is None}
        column, clearable = column_of(db, integration, mapping)
        found.append(
            RoleMapping(
                integration.id,
                integration.connection_id,
                every[integration.connection_id].name,
                integration.object,
                str(mapping.path),
                column,
                mapping.write_back,
                mapping.reference_mode,
                clearable,
                roles.strangers(db, integration, mapping) if is_pointing else 0,
            )
        )
    return RoleView(
        entity,
        attribute,
        model.get_attribute(db, entity, attribute).title,
        ReferenceMode.REPOINT if is_pointing else ReferenceMode.EDIT_TARGET,
        tuple(found),
        records=sum(held.values()),
        members=len(members),
        unmatched=tuple(sorted(unmatched)),
    )
