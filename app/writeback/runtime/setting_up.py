"""Set up simulated CRMs in one workspace: connect, map, match and pull, for the demo and the benchmarks.

Knows no CRM: objects come from the manifests, fields from describe. Accounts of several CRMs are matched
by their names; a few are given the same names in all of them, as somebody else's edit, before they are
pulled, so that there is something to write everywhere whatever the simulators hold.
"""

import os
from collections import abc
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from writeback.errors import InternalError
from writeback.model.attributes import MEMBERSHIP
from writeback.model.connections import Connection
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.types import AttributeType
from writeback.runtime.demonstrating_references import mapping_behind
from writeback.runtime.facade import ConnectionWish, IntegrationWish
from writeback.runtime.posed import SHARED_NAMES
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorChild
from writeback.sdk.connector import ReadQuery
from writeback.sdk.manifest import CrmObject
from writeback.sdk.values import FieldInfo, ObjectDescription

Tell = abc.Callable[[str], None]

MATCH: Final = "name"
NOTES: Final = "notes"
"""The attribute that every CRM of the demo takes: some free text of its own."""
KEY_CONTACT: Final = "key_contact"
"""The attribute that names the person to talk to at an account."""
_WORDS: Final = ("Demo A", "Demo B", "Demo C")
_OWN_KINDS: Final = (
    AttributeType.LIST,
    AttributeType.MULTI_LIST,
    AttributeType.BOOLEAN,
    AttributeType.DATE,
)
"""Kinds of which one field of the org's own is mapped."""
_CHOICES: Final = frozenset({AttributeType.LIST, AttributeType.MULTI_LIST, AttributeType.LIFECYCLE})
_NOTES_KINDS: Final = (AttributeType.LONG_TEXT, AttributeType.TEXT)
_NOTES_FIELD: Final = "description"


@dataclass(frozen=True, slots=True)
class Stage:
    """One simulated CRM, connected, with its accounts pulled."""

    name: str
    """The connector's id, with a number where it takes part twice."""
    connector: str
    simulator: SimulatorChild
    connection: Connection
    integration: Integration
    pulled: int
    linked: int = 0
    shared: tuple[str, ...] = ()
    """CRM keys of the accounts with the shared names, in their order."""


@dataclass(slots=True)
class Crew:
    """What stages of one workspace have in common."""

    runtime: Runtime
    folder: Path
    tell: Tell
    names: list[str] = field(default_factory=list)

    def set_up(self, simulator: SimulatorChild, connector: str, *, shares: bool = False) -> Stage:
        """Connect a running simulator, map its first object and pull it.

        Args:
            simulator: Where it runs.
            connector: Whose simulator.
            shares: Give some accounts the shared names first, and match accounts by name.
        """
        runtime = self.runtime
        self.names.append(connector)
        again = self.names.count(connector)
        name = connector if again == 1 else f"{connector} {again}"
        manifest = runtime.manifest(connector)
        called = f"{manifest.title} demo{'' if again == 1 else f' {again}'}"
        wish = ConnectionWish(
            called, connector, endpoint=simulator.url, token_file=str(self.write_token(name, simulator))
        )
        connection = runtime.connect(wish, act=runtime.new_id())
        self.tell(f"{name}: connected to {connection.org.name if connection.org else '?'}")
        wanted = manifest.objects[0]
        description = runtime.describe(called, wanted.name)
        shared = self._share(connection, description, simulator) if shares else ()
        integration = runtime.add_integration(
            IntegrationWish(called, wanted.name, wanted.entity, wanted.key, match=MATCH if shares else ""),
            act=runtime.new_id(),
        )
        mappings = _mappings(runtime, integration, wanted, description, connector=connector)
        behind = mapping_behind(runtime, description, mappings, connection=called)
        mappings += () if behind is None else (behind,)
        contact = key_contact(runtime, description, manifest.objects, connection=called)
        mappings += () if contact is None else (contact,)
        integration = runtime.map_fields(integration.id, mappings, act=runtime.new_id())
        report = runtime.pull(integration.id, act=runtime.new_id())
        matched = f", {report.linked} of them known from another CRM" if shares else ""
        self.tell(f"{name}: {report.read} records pulled{matched}, {len(mappings)} fields mapped")
        return Stage(name, connector, simulator, connection, integration, report.read, report.linked, shared)

    def add_people(self, stage: Stage) -> int:
        """Pull the people of a stage's accounts, with their link; gives how many came."""
        runtime = self.runtime
        objects = runtime.manifest(stage.connector).objects
        people = self._add_linked(stage, next((one for one in objects if one.entity == "user"), None))
        self._add_linked(stage, next((one for one in objects if one.entity == MEMBERSHIP), None))
        return people

    def _add_linked(self, stage: Stage, wanted: CrmObject | None) -> int:
        runtime = self.runtime
        if wanted is None or not wanted.link:
            return 0
        integration = runtime.add_integration(
            IntegrationWish(stage.connection.name, wanted.name, wanted.entity, wanted.key),
            act=runtime.new_id(),
        )
        description = runtime.describe(stage.connection.name, wanted.name)
        mappings = _mappings(runtime, integration, wanted, description, connector=stage.connector)
        runtime.map_fields(integration.id, mappings, act=runtime.new_id())
        report = runtime.pull(integration.id, act=runtime.new_id())
        self.tell(f"{stage.name}: {report.read} {wanted.title.lower()} pulled")
        return report.read

    def write_token(self, name: str, simulator: SimulatorChild) -> Path:
        """Keep a simulator's token in a file for its owner alone."""
        path = self.folder / f"{name.replace(' ', '-')}.token"
        with open(path, "w", encoding="utf-8", opener=_private) as file:
            file.write(simulator.token)
        return path

    def _share(
        self, connection: Connection, description: ObjectDescription, simulator: SimulatorChild
    ) -> tuple[str, ...]:
        """Give the first accounts the shared names, as somebody else's edit; gives their keys."""
        query = ReadQuery(object=description.name, paths=(description.name_field,))
        keys: list[str] = []
        for page in self.runtime.sessions.open(connection.id).read(query):
            keys += [key for key, _, _ in page.rows]
            if len(keys) >= len(SHARED_NAMES):
                break
        shared = tuple(keys[: len(SHARED_NAMES)])
        for key, called in zip(shared, SHARED_NAMES, strict=False):
            simulator.edit(description.name, key, {description.name_field: called})
        return shared


def edited_field(runtime: Runtime, integration: Integration) -> FieldInfo:
    """Choose the field that the demo edits: a list's, else a text's."""
    description = runtime.describe(integration.connection_id, integration.object)
    mapped = [
        description.field(str(one.path))
        for one in integration.mappings
        if one.write_back and one.attribute != NOTES
    ]
    known = [info for info in mapped if info is not None and info.is_updateable]
    for kind in (AttributeType.LIST, AttributeType.TEXT):
        for info in known:
            if info.kind is kind:
                return info
    raise InternalError("demo.no_field", object=description.name)


def edited_attribute(runtime: Runtime, integration: Integration) -> tuple[str, tuple[str, ...]]:
    """Choose an attribute to be edited, and values it may hold."""
    info = edited_field(runtime, integration)
    mapping = next(one for one in integration.mappings if str(one.path) == info.name)
    return mapping.attribute, tuple(option.value for option in info.options if option.active) or _WORDS


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _mappings(
    runtime: Runtime,
    integration: Integration,
    wanted: CrmObject,
    description: ObjectDescription,
    *,
    connector: str,
) -> tuple[FieldMapping, ...]:
    """Choose the fields that the manifest proposes, some free text, and one of the org's own a kind."""
    names = _names(runtime, integration, description, connector=connector)
    chosen = [path for path in wanted.fields if "." in path or description.field(path) is not None]
    if description.name_field in chosen:
        chosen.remove(description.name_field)
    notes = _notes_field(description, chosen) if integration.entity == "account" else None
    for kind in _OWN_KINDS:
        of_kind = [
            info.name
            for info in description.fields
            if info.kind is kind and info.is_updateable and info.reference is None and info.name not in chosen
        ]
        chosen += of_kind[-1:]  # an org's own fields stand behind the CRM's
    called = [(description.name_field, MATCH, False)]
    called += [] if notes is None else [(notes, NOTES, True)]
    taken = {MATCH, NOTES}
    for path in chosen:
        attribute = names(path)
        if attribute not in taken and path not in (description.name_field, notes):
            taken.add(attribute)
            called.append((path, attribute, _is_writable(description, path)))
    return tuple(
        FieldMapping(FieldPath.parse(path), attribute, write_back=is_written)
        for path, attribute, is_written in called
    )


def key_contact(
    runtime: Runtime, description: ObjectDescription, objects: abc.Iterable[CrmObject], *, connection: str
) -> FieldMapping | None:
    """Choose the reference of an account that names a person by e-mail address; None where there is none."""
    people = {one.name for one in objects if one.entity == "user"}
    for info in description.fields:
        leads_to = info.reference.targets if info.reference is not None else ()
        if info.reference is None or not info.is_updateable or not people.intersection(leads_to):
            continue
        behind = runtime.describe(connection, leads_to[0])
        email = next(
            (one for one in behind.fields if one.kind is AttributeType.EMAIL and one.is_lookup_key), None
        )
        if email is not None:
            path = FieldPath((info.reference.relationship,), email.name)
            return FieldMapping(path, KEY_CONTACT, write_back=True)
    return None


def _is_writable(description: ObjectDescription, path: str) -> bool:
    info = description.field(path)
    return "." in path or (info is not None and info.is_updateable)


def _names(
    runtime: Runtime, integration: Integration, description: ObjectDescription, *, connector: str
) -> abc.Callable[[str], str]:
    """Give how a field's attribute is called. Lists of several CRMs are never one: their options differ."""
    proposed = {one.path: one.attribute for one in runtime.suggest_mappings(integration.id)}
    known = {one.name for one in runtime.attributes(integration.entity)}

    def name_of(path: str) -> str:
        name = proposed.get(path) or _attribute_name(path)
        info = description.field(path)
        if name in known and info is not None and info.kind in _CHOICES:
            return f"{name}_{connector.replace('-', '_')}"
        return name

    return name_of


def _notes_field(description: ObjectDescription, taken: abc.Collection[str]) -> str | None:
    """Choose a free text: what the CRM calls a description, else the longest."""
    free = [
        info
        for info in description.fields
        if info.kind in _NOTES_KINDS
        and info.is_updateable
        and not (info.is_unique or info.reference or info.options)
        and info.name not in taken
        and info.name != description.name_field
    ]
    ranked = sorted(
        free,
        key=lambda info: (info.name.casefold() != _NOTES_FIELD, info.kind is not AttributeType.LONG_TEXT),
    )
    return ranked[0].name if ranked else None


def _attribute_name(path: str) -> str:
    words = "".join(f"_{char}" if char.isupper() else char for char in path.replace(".", "_"))
    return "_".join(part for part in words.lower().split("_") if part)
