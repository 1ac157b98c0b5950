"""The part of the façade that deals with team members and roles.

A role is mapped like any other field, with what is special to it checked first: that the field names
somebody the directory can tell, and that no two roles write one CRM column.
"""

import re
from collections import abc
from dataclasses import asdict, replace
from functools import partial
from typing import Final

from writeback.engine import matching_people
from writeback.errors import ConfigurationError, MappingError, WritebackError
from writeback.model.attributes import Attribute
from writeback.model.events import EventKind
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration, ReferenceMode
from writeback.model.types import AttributeType
from writeback.planning.resolving import aim_at, aims_at
from writeback.runtime import directory
from writeback.runtime.connecting import Connecting
from writeback.runtime.facade.people import DirectoryView, PeopleReport, PersonView, RoleView, RoleWish
from writeback.runtime.mapping import Mapping
from writeback.runtime.sessions import Sessions
from writeback.sdk.capabilities import PeopleObject, ReadsPeople
from writeback.store import acts, connections, model, people, roles
from writeback.store import integrations as store_integrations
from writeback.store.workspace import Db, Workspace

TEXTS: Final = frozenset({AttributeType.USER_REF, AttributeType.TEXT, AttributeType.EMAIL})
"""Kinds of attributes that may become a role: their values are texts."""
_NO_NAME: Final = re.compile(r"[^a-z0-9]+")


class Staffing:
    """Team members and roles."""

    def __init__(
        self, workspace: Workspace, *, sessions: Sessions, connecting: Connecting, mapping: Mapping
    ) -> None:
        self._workspace = workspace
        self._sessions = sessions
        self._connecting = connecting
        self._mapping = mapping

    def pull(self, connection_text: str) -> PeopleReport:
        """Read a CRM's users and match them. See `Facade.pull_people`."""
        connection = self._connecting.find(connection_text)
        session = self._sessions.open(connection.id)
        return PeopleReport(**asdict(matching_people.pull_people(connection.id, session, self._workspace)))

    def everyone(self) -> DirectoryView:
        """Give the directory. See `Facade.people`."""
        with self._workspace.reading() as db:
            return directory.directory_view(db)

    def match(self, person_text: str, connection_text: str, *, user: str, author: str) -> PersonView:
        """Let a person's word stand. See `Facade.match_person`."""
        connection = self._connecting.find(connection_text)
        with self._workspace.reading() as db:
            person = directory.find_person(db, person_text)
            known = people.users(db, connection_id=connection.id)
        meant = [one.key for one in known if one.id.casefold() == user.strip().casefold()]
        if user.strip() and len(meant) != 1:
            raise ConfigurationError("person.unknown_user", user=user[:200], connection=connection.name)
        chosen = meant[0] if user.strip() else None
        matching_people.choose_user(self._workspace, connection.id, person.id, chosen, author=author)
        return self._person(person.id)

    def every_role(self) -> tuple[RoleView, ...]:
        """Give all roles. See `Facade.roles`."""
        with self._workspace.reading() as db:
            return directory.role_views(db)

    def add_role(self, wish: RoleWish) -> RoleView:
        """Make a role. See `Facade.add_role`."""
        name = wish.attribute.strip() or _NO_NAME.sub("_", wish.title.casefold()).strip("_")
        role = (wish.entity, name)
        with self._workspace.writing() as db:
            if role in roles.every(db):
                raise ConfigurationError("role.exists", role=wish.title[:200])
            known = {one.name: one for one in model.attributes(db, model.entity(db, wish.entity).name)}
            found = known.get(name)
            if found is None:
                made = Attribute(wish.entity, name, wish.title.strip() or name, AttributeType.USER_REF)
                model.add_attribute(db, made)
            elif found.kind not in TEXTS:
                raise ConfigurationError("role.not_text", attribute=name, kind=found.kind.value)
            roles.add(db, role, at=self._workspace.now())
            self._follow(db, role)
            self._note(db, role, "role.added", {"entity": wish.entity, "attribute": name})
        return self._role(role)

    def map_role(
        self, role_text: str, integration_text: str, path: str, *, write_back: bool, mode: ReferenceMode
    ) -> RoleView:
        """Let a role stand in a field of a CRM. See `Facade.map_role`."""
        integration = self._mapping.find_integration(integration_text)
        with self._workspace.reading() as db:
            role = directory.find_role(db, role_text)
        if role[0] != integration.entity:
            raise MappingError("role.other_entity", role=role_text[:200], entity=integration.entity)
        named = FieldPath.parse(path)
        wished = FieldMapping(named, role[1], write_back=write_back, reference_mode=mode)
        self._check(integration, role, wished)
        if mode is ReferenceMode.REPOINT:
            wished = replace(wished, path=self._reference_of(integration, named))
        mine = {str(one.path).casefold(): one for one in integration.mappings}
        known = integration.mapping_of(role[1])
        earlier = mine.get(str(wished.path).casefold()) or known
        if earlier is not None:
            wished = replace(
                earlier, path=wished.path, attribute=role[1], write_back=write_back, reference_mode=mode
            )
        left = {str(one.path) for one in (mine.get(path.casefold()), known) if one is not None}
        self._put(integration, wished, gone=left - {str(wished.path)})
        with self._workspace.writing() as db:
            self._follow(db, role)
        return self._role(role)

    def _put(self, integration: Integration, wished: FieldMapping, *, gone: abc.Set[str]) -> None:
        """Map a field instead of others; where it is refused, those stay as they were."""
        if gone:
            self._mapping.unmap_fields(integration.id, tuple(gone))
        try:
            self._mapping.map_fields(integration.id, (wished,))
        except WritebackError:
            earlier = tuple(one for one in integration.mappings if str(one.path) in gone)
            if earlier:
                self._mapping.map_fields(integration.id, earlier)
            raise

    def _check(self, integration: Integration, role: roles.RoleKey, wished: FieldMapping) -> None:
        """Hold that the field names people, that modes agree, and that no other role writes its column."""
        connection = self._connecting.find(integration.connection_id)
        described = self._mapping.describe(connection.id, integration.object)
        describe = partial(self._mapping.describe, connection.id)
        aim = aims_at(wished.path, described, describe=describe, mode=wished.reference_mode)[0]
        written = ".".join((*aim.column.via, aim.column.field))
        with self._workspace.reading() as db:
            known = roles.members(db, connection.id)
            others = [
                (one, mapping)
                for one in store_integrations.every(db, entity=role[0])
                if (mapping := one.mapping_of(role[1])) is not None and one.id != integration.id
            ]
            for one in integration.mappings:
                column, _ = directory.column_of(db, integration, one)
                is_role = (integration.entity, one.attribute) in roles.every(db)
                if is_role and one.attribute != role[1] and column == written:
                    raise MappingError(
                        "role.same_column",
                        field=column,
                        first=model.get_attribute(db, role[0], one.attribute).title,
                        second=model.get_attribute(db, *role).title,
                    )
        for other, mapping in others:
            if mapping.reference_mode is not wished.reference_mode:
                raise MappingError("role.two_modes", other=other.id, mode=mapping.reference_mode.value)
        if wished.reference_mode is ReferenceMode.EDIT_TARGET:
            return
        objects = known.objects or self._objects(connection.id)
        facts = self._mapping.facts_of(connection, integration.object, wished.path)
        reference = (facts.end if facts.reference is None else facts.reference).reference
        targets = {one.casefold() for one in reference.targets} if reference is not None else set()
        if not targets & {one.object.casefold() for one in objects}:
            raise MappingError("role.not_people", field=str(wished.path))
        if replace(known, objects=objects).part_of(wished.path) is None:
            raise MappingError("role.not_known_by", field=str(wished.path))

    def _reference_of(self, integration: Integration, named: FieldPath) -> FieldPath:
        """Give the reference itself for a field of the person behind it: an id names everybody, teams too."""
        if len(named.hops) != 1:
            return named
        described = self._mapping.describe(integration.connection_id, integration.object)
        return aim_at(FieldPath((), aim_at(named, described).column.field), described).column.path

    def _objects(self, connection_id: str) -> tuple[PeopleObject, ...]:
        session = self._sessions.open(self._connecting.find(connection_id).id)
        if not isinstance(session, ReadsPeople):
            raise ConfigurationError("people.not_told", connection=connection_id)
        return session.people_objects()

    def _follow(self, db: Db, role: roles.RoleKey) -> None:
        """Let what was read of a role before become team members."""
        for integration in store_integrations.every(db, entity=role[0]):
            if integration.mapping_of(role[1]) is not None:
                matching_people.follow_all(db, integration.connection_id)

    def _person(self, person_id: str) -> PersonView:
        with self._workspace.reading() as db:
            pulled = people.pulled_at(db)
            places = [(one, roles.members(db, one.id)) for one in connections.every(db) if one.id in pulled]
            return directory.person_view(directory.find_person(db, person_id), places)

    def _role(self, role: roles.RoleKey) -> RoleView:
        return next(one for one in self.every_role() if (one.entity, one.attribute) == role)

    def _note(self, db: Db, role: roles.RoleKey, act: str, body: abc.Mapping[str, str]) -> None:
        acts.record(
            db,
            at=self._workspace.now(),
            kind=EventKind.MODEL_CHANGED,
            subject=role[0],
            act=act,
            body=dict(body),
        )
