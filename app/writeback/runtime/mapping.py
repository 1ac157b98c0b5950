"""The data model and its ties to CRM fields: attributes, integrations, mappings, descriptions.

A mapping is checked against what the CRM describes before it is stored: the field exists, write-back
is possible, and no two mappings write one CRM column.
"""

import contextlib
from collections import abc
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from writeback.engine import drifting
from writeback.engine.describing import LIVES_S, describe
from writeback.errors import MappingError, UnknownAttributeError
from writeback.model.attributes import Attribute, Entity
from writeback.model.connections import Connection
from writeback.model.events import EventKind
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import EmptyRule, FieldMapping, Integration, ReferenceMode
from writeback.model.types import AttributeType, IntegrationId
from writeback.model.value_rules import AS_THEY_ARE
from writeback.planning import matching
from writeback.planning.following import trace
from writeback.planning.resolving import Aim, aims_at, written_name
from writeback.runtime import source_rules, value_rules
from writeback.runtime.connecting import Connecting
from writeback.runtime.facade import IntegrationWish, Suggestion
from writeback.runtime.sessions import Sessions
from writeback.runtime.transforming import Transforms
from writeback.sdk.connector import Clock
from writeback.sdk.values import FieldInfo, ObjectDescription
from writeback.store import acts
from writeback.store import integrations as store
from writeback.store import model as store_model
from writeback.store.wide import RESERVED_ATTRIBUTES
from writeback.store.workspace import Workspace

if TYPE_CHECKING:  # pydantic costs more than all the rest of a short command
    from writeback.sdk.manifest import CrmObject


@dataclass(frozen=True, slots=True)
class PathFacts:
    """What describe says about a dotted path: the field at its end and the last reference it goes through."""

    path: FieldPath
    """As the descriptions spell it, so that one field never has two names."""
    end: FieldInfo
    reference: FieldInfo | None


_WHY: Final = {"field.calculated": "calculated", "field.read_only": "read-only"}


class Mapping:
    """The part of the façade that deals with objects, attributes and mappings."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        sessions: Sessions,
        connecting: Connecting,
        now: Clock,
        transforms: Transforms,
    ) -> None:
        self._workspace = workspace
        self._sessions = sessions
        self._connecting = connecting
        self._now = now
        self._transforms = transforms

    def describe(self, connection_text: str, object_name: str, *, refresh: bool = False) -> ObjectDescription:
        """Give one object's fields, at most 10 minutes old unless refreshed."""
        return self._described(self._connecting.find(connection_text), object_name, refresh=refresh)

    def add_entity(self, entity: Entity) -> Entity:
        """Add an entity."""
        with self._workspace.writing() as db:
            store_model.add_entity(db, entity)
            acts.record(
                db,
                at=self._now(),
                kind=EventKind.MODEL_CHANGED,
                subject=entity.name,
                act="entity.added",
                body={"name": entity.name},
            )
        return entity

    def add_attribute(self, attribute: Attribute) -> Attribute:
        """Add an attribute."""
        with self._workspace.writing() as db:
            store_model.add_attribute(db, attribute)
            body = {"entity": attribute.entity, "name": attribute.name, "type": attribute.kind.value}
            acts.record(
                db,
                at=self._now(),
                kind=EventKind.MODEL_CHANGED,
                subject=attribute.entity,
                act="attribute.added",
                body=body,
            )
        return attribute

    def add_integration(self, wish: IntegrationWish) -> Integration:
        """Make an integration."""
        connection = self._connecting.find(wish.connection)
        description = self._described(connection, wish.object, refresh=True)
        key = wish.key or description.key_field
        if description.field(key) is None:
            raise UnknownAttributeError("integration.unknown_key", object=description.name, key=key)
        proposed = self._proposed(connection, description.name, wish.entity)
        tie = partial(self._tie, connection, description)
        link = tie(wish.link, None if proposed is None else proposed.link)
        person = tie(wish.person, None if proposed is None else proposed.person)
        if wish.filter:
            self._sessions.open(connection.id).count(description.name, wish.filter)
        with self._workspace.writing() as db:
            made = store.add(
                db,
                Integration(
                    id=IntegrationId(""),
                    connection_id=connection.id,
                    object=description.name,
                    entity=wish.entity,
                    key=key,
                    filter=wish.filter,
                    match=wish.match,
                    link=link,
                    person=person,
                ),
                at=self._now(),
            )
            body = {
                "integration": made.id,
                "object": made.object,
                "entity": made.entity,
                "filter": made.filter,
                "match": made.match,
                "link": made.link,
                **({"person": made.person} if made.person else {}),
            }
            acts.record(
                db,
                at=self._now(),
                kind=EventKind.INTEGRATION_CHANGED,
                subject=made.id,
                act="integration.added",
                body=body,
            )
        return made

    def change_filter(self, integration_text: str, condition: str) -> Integration:
        """Read other records from now on. See `Facade.change_filter`."""
        integration, connection = self._found(integration_text)
        wanted = condition.strip()
        if wanted == integration.filter:
            return integration
        found = self._sessions.open(connection.id).count(integration.object, wanted)
        with self._workspace.writing() as db:
            changed = store.change_filter(db, integration.id, wanted)
            acts.record(
                db,
                at=self._now(),
                kind=EventKind.INTEGRATION_CHANGED,
                subject=integration.id,
                act="integration.filter_changed",
                body={
                    "integration": integration.id,
                    "before": integration.filter,
                    "filter": wanted,
                    "records": str(found),
                },
            )
        return changed

    def suggest_mappings(self, integration_text: str) -> tuple[Suggestion, ...]:
        """Match fields to attributes; changes nothing."""
        integration, connection = self._found(integration_text)
        description = self._described(connection, integration.object)
        wanted = self._proposed(connection, integration.object, integration.entity)
        proposed = () if wanted is None else wanted.fields
        with self._workspace.reading() as db:
            attributes = store_model.attributes(db, integration.entity)
        return tuple(
            Suggestion(
                match.path, _free_name(integration.entity, match.attribute), match.confidence, match.reason
            )
            for match in matching.match_fields(description, attributes, proposed=proposed)
        )

    def map_fields(self, integration_text: str, mappings: tuple[FieldMapping, ...]) -> Integration:
        """Add or replace mappings by path, creating attributes that do not exist."""
        integration, connection = self._found(integration_text)
        facts = {
            mapping.path: self.facts_of(connection, integration.object, mapping.path) for mapping in mappings
        }
        exact = tuple(replace(mapping, path=facts[mapping.path].path) for mapping in mappings)
        for mapping, described in zip(exact, facts.values(), strict=True):
            if mapping.write_back:
                aims = self._aims_of(connection, integration.object, mapping)
                _check_writable(mapping, described, aims)
        written = self._written(connection, integration, exact)
        with self._workspace.writing() as db:
            known = {one.name: one for one in store_model.attributes(db, integration.entity)}
            made = []
            for mapping, described in zip(exact, facts.values(), strict=True):
                attribute = known.get(mapping.attribute)
                if attribute is None:
                    attribute = _attribute_of(integration.entity, mapping, described)
                    store_model.add_attribute(db, attribute)
                made.append(self._checked(mapping, attribute, described, integration))
            exact = tuple(made)
            changed = store.map_fields(db, integration.id, exact, written=written)
            drifting.adopt(db, changed, _new_paths(integration, exact), at=self._now())
            body = {
                "integration": integration.id,
                **{str(one.path): _told(one) for one in exact},
            }
            acts.record(
                db,
                at=self._now(),
                kind=EventKind.INTEGRATION_CHANGED,
                subject=integration.id,
                act="mapping.changed",
                body=body,
            )
        return changed

    def as_if(
        self, integration: Integration, wished: tuple[FieldMapping, ...]
    ) -> tuple[tuple[FieldMapping, AttributeType], ...]:
        """Check mappings as `map_fields` would, keeping none; gives each with the type of its attribute."""
        if not wished:
            return ()
        connection = self._connecting.find(integration.connection_id)
        with self._workspace.reading() as db:
            known = {one.name: one for one in store_model.attributes(db, integration.entity)}
        made = []
        for mapping in wished:
            facts = self.facts_of(connection, integration.object, mapping.path)
            exact = replace(mapping, path=facts.path)
            attribute = known.get(exact.attribute) or _attribute_of(integration.entity, exact, facts)
            made.append((self._checked(exact, attribute, facts, integration), attribute.kind))
        return tuple(made)

    def unmap_fields(self, integration_text: str, paths: tuple[str, ...]) -> Integration:
        """Remove mappings."""
        integration, _connection = self._found(integration_text)
        with self._workspace.writing() as db:
            changed = store.unmap_fields(db, integration.id, paths)
            body = {"integration": integration.id, "paths": ", ".join(paths)}
            acts.record(
                db,
                at=self._now(),
                kind=EventKind.INTEGRATION_CHANGED,
                subject=integration.id,
                act="mapping.removed",
                body=body,
            )
        return changed

    def find_integration(self, text: str) -> Integration:
        """Give an integration by id. Raises UnknownAttributeError."""
        with self._workspace.reading() as db:
            return store.get(db, IntegrationId(text))

    def described(self, connection: Connection, object_name: str) -> ObjectDescription:
        """Give an object's description, at most 10 minutes old."""
        return self._described(connection, object_name)

    def _checked(
        self, mapping: FieldMapping, attribute: Attribute, facts: PathFacts, integration: Integration
    ) -> FieldMapping:
        """Give a mapping as it is stored, or refuse what it says of values. Raises MappingError."""
        known = next((one for one in integration.mappings if one.path == mapping.path), None)
        if known is None and not (mapping.values or mapping.path.hops or mapping.source_format):
            mapping = replace(mapping, values=value_rules.by_label(attribute, facts.end))
        before = AS_THEY_ARE if known is None else known.values
        ruled = value_rules.checked(mapping, attribute, facts.end, find=self._transforms.find, known=before)
        return source_rules.checked(ruled, attribute, facts.end)

    def _found(self, text: str) -> tuple[Integration, Connection]:
        integration = self.find_integration(text)
        return integration, self._connecting.find(integration.connection_id)

    def _proposed(self, connection: Connection, object_name: str, entity: str) -> "CrmObject | None":
        """Give what the connector proposes for an object that is pulled into an entity."""
        objects = self._sessions.manifest(connection.connector).objects
        named = [one for one in objects if one.name == object_name]
        return next((one for one in named if one.entity == entity), None)

    def _tie(
        self, connection: Connection, description: ObjectDescription, wished: str | None, proposed: str | None
    ) -> str:
        """Give the path to the record that records belong to: the wished one, else the proposed.

        Raises:
            UnknownAttributeError: The object has no such field.
        """
        path = (proposed or "") if wished is None else wished.strip()
        if not path:
            return ""
        parsed = FieldPath.parse(path)
        if wished is None and not parsed.hops and description.field(path) is None:
            return ""  # proposed, and this org has no such field
        return str(self.facts_of(connection, description.name, parsed).path)

    def _described(
        self, connection: Connection, object_name: str, *, refresh: bool = False
    ) -> ObjectDescription:
        session = self._sessions.open(connection.id)
        most_s = 0.0 if refresh else LIVES_S
        return describe(self._workspace, session, connection.id, object_name, most_s=most_s)

    def facts_of(self, connection: Connection, object_name: str, path: FieldPath) -> PathFacts:
        """Say what describe tells about a path. Raises UnknownAttributeError."""
        start = self._described(connection, object_name)
        try:
            found = trace(path, start, partial(self._described, connection))
        except MappingError as error:
            raise UnknownAttributeError(error.code, **error.facts) from None
        return PathFacts(found.path, cast(FieldInfo, found.end), cast(FieldInfo | None, found.reference))

    def _aims_of(self, connection: Connection, object_name: str, mapping: FieldMapping) -> tuple[Aim, ...]:
        """Say what writing a mapping back would set, on which kinds of records. Raises MappingError."""
        return aims_at(
            mapping.path,
            self._described(connection, object_name),
            describe=partial(self._described, connection),
            mode=mapping.reference_mode,
            attribute=mapping.attribute,
        )

    def _written(
        self, connection: Connection, integration: Integration, mappings: abc.Sequence[FieldMapping]
    ) -> abc.Mapping[str, str]:
        """Give by path the CRM column that a write-back sets, for the refusal of two on one column."""
        written: dict[str, str] = {}
        for mapping in (*integration.mappings, *mappings):
            with contextlib.suppress(MappingError):  # a field that vanished since is not written at all
                written[str(mapping.path)] = written_name(
                    self._aims_of(connection, integration.object, mapping)[0]
                )
        return written


def _new_paths(integration: Integration, mappings: abc.Iterable[FieldMapping]) -> frozenset[str]:
    """Name the paths that were not mapped before: what they are now is what they were mapped under."""
    known = {str(one.path) for one in integration.mappings}
    return frozenset(str(one.path) for one in mappings) - known


def _told(mapping: FieldMapping) -> str:
    """Say for the audit what a mapping is from now on; a default is a value, so it is not named."""
    told = f"{mapping.attribute} write-back {'on' if mapping.write_back else 'off'}"
    if mapping.empty_rule is not EmptyRule.CLEAR:
        told += f", empty {mapping.empty_rule.value}"
    return f"{told}, format {mapping.source_format}" if mapping.source_format else told


def _free_name(entity: str, attribute: str) -> str:
    """Give a proposed attribute another name where ours is taken by the record tables: `user_title`."""
    return f"{entity}_{attribute}" if attribute in RESERVED_ATTRIBUTES else attribute


def _check_writable(mapping: FieldMapping, facts: PathFacts, aims: abc.Sequence[Aim]) -> None:
    """Refuse write-back where the CRM would refuse it."""
    blocked = aims[0].blocked
    field = aims[0].column.field if aims[0].lookup is not None and aims[0].lookup.shows else str(mapping.path)
    if blocked is not None and blocked.code in _WHY:
        behind = " in the referenced object" if mapping.reference_mode is ReferenceMode.EDIT_TARGET else ""
        why = _WHY[blocked.code] + (behind if facts.reference is not None else "")
        raise MappingError("mapping.not_writable", field=field, why=why)
    if blocked is not None:
        raise MappingError(blocked.code, **dict(blocked.facts))
    if aims[0].column.local.hops and not facts.end.is_lookup_key:
        raise MappingError("mapping.not_a_lookup_key", field=str(mapping.path))


def _attribute_of(entity: str, mapping: FieldMapping, facts: PathFacts) -> Attribute:
    kind = mapping.source_format.own_kind if mapping.source_format else facts.end.kind
    if kind is None:
        raise MappingError("mapping.unsupported_type", field=str(mapping.path), type=facts.end.crm_type)
    if facts.reference is not None and kind is AttributeType.EMAIL:
        kind = AttributeType.USER_REF
    title = facts.end.label
    if facts.reference is not None:
        title = f"{facts.reference.label.removesuffix(' ID')}: {facts.end.label}"
    return Attribute(
        entity=entity,
        name=mapping.attribute,
        title=title,
        kind=kind,
        options=facts.end.options,
        description=facts.end.help,
    )
