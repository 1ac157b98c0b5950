"""Compare a configuration file with the open workspace, and import the parts that a person ticked.

A copy of the workspace is made first. Every part goes the way that a person would take for it (the calls of
the façade), so that rights, checks, journal and audit are the same; one that is refused leaves the others.

Must not: remove anything; switch write-back on where nobody ticked it.
"""

from collections import abc
from dataclasses import replace
from functools import cache
from typing import Final

from writeback.errors import ConfigurationError, UnknownAttributeError, WritebackError
from writeback.model.changes import Reason
from writeback.model.configurations import (
    ConfigDiff,
    ConfigImported,
    ConfigItem,
    Configuration,
    Deed,
    ItemKind,
    Pulled,
    SavedSegment,
)
from writeback.model.integrations import Integration
from writeback.model.segments import named_in
from writeback.planning.segmenting import Vocabulary, read_segment
from writeback.runtime import config_files, upkeep
from writeback.runtime.config_comparing import (
    Names,
    attribute_id,
    attribute_items,
    entity_items,
    form_items,
    limit_items,
    merged,
    only_here,
    segment_items,
)
from writeback.runtime.config_fitting import (
    Here,
    integration_id,
    integration_items,
    mapping_id,
    pairings_of,
    schedule_id,
    writes_still,
)
from writeback.runtime.config_gathering import configuration_of
from writeback.runtime.facade.everything import Facade
from writeback.runtime.facade.models import IntegrationWish
from writeback.runtime.facade.people import RoleWish
from writeback.store import connections as store_connections
from writeback.store import integrations as store_integrations
from writeback.store.workspace import Workspace

Pairs = tuple[tuple[str, str], ...]
_ORDER: Final = tuple(ItemKind)
"""What has to be there before the next: entities before attributes, these before what speaks of them."""


class ConfigImporting:
    """One file beside one workspace."""

    def __init__(self, workspace: Workspace, facade: Facade) -> None:
        self._workspace = workspace
        self._facade = facade

    def compare(self, text: str, *, name: str, pairs: Pairs) -> ConfigDiff:
        """See `Facade.compare_configuration`."""
        told = config_files.read(text, name=name)
        own = configuration_of(self._workspace)
        with self._workspace.reading() as db:
            known = [(one.name, one.connector) for one in store_connections.every(db)]
        pairings = pairings_of(told, known, dict(pairs))
        here = Here(
            {(one.connection, one.object, one.entity): one for one in own.integrations},
            _names(own),
            _names(told),
            cache(self._facade.describe),
            {one.connection: one.target for one in pairings},
        )
        items = (
            *entity_items(told, own),
            *attribute_items(told, own),
            *integration_items(told, here, dict(known)),
            *segment_items(told, own, lambda one: self._names_in(one, told, own)),
            *form_items(told, own),
            *limit_items(told, own),
        )
        return ConfigDiff(
            _block_what_needs_blocked(items),
            pairings,
            tuple(only_here(told, own)),
            told.workspace,
            told.made_at,
        )

    def apply(
        self, text: str, *, name: str, pairs: Pairs, ticked: tuple[str, ...], author: str, act: str
    ) -> ConfigImported:
        """See `Facade.import_configuration`."""
        diff = self.compare(text, name=name, pairs=pairs)
        wished = _wished(diff, ticked)
        told = config_files.read(text, name=name)
        backup = upkeep.make_backup(self._workspace.path, now=self._workspace.now())
        hand = _Hand(
            self._facade,
            told,
            diff,
            configuration_of(self._workspace),
            standing=self._standing,
            author=author,
        )
        done: list[str] = []
        refused: dict[str, Reason] = {}
        for number, item in enumerate(sorted(wished, key=lambda one: _ORDER.index(one.kind))):
            lost = next((need for need in item.needs if need in refused), "")
            if lost:
                refused[item.id] = Reason("config.needs_refused", (("part", lost.partition(":")[2]),))
                continue
            try:
                hand.take(item, act=f"{act}-{number}")
                done.append(item.id)
            except WritebackError as error:
                facts = tuple((name, str(fact)) for name, fact in error.facts.items())
                refused[item.id] = Reason(error.code, facts)
        return ConfigImported(tuple(done), tuple(refused.items()), str(backup.path))

    def _standing(self, target: str, told: Pulled) -> Integration | None:
        with self._workspace.reading() as db:
            connection = store_connections.get(db, target)
            every = store_integrations.every(db, entity=told.entity, connection_id=connection.id)
        return next((one for one in every if one.object == told.object), None)

    def _names_in(self, segment: SavedSegment, told: Configuration, own: Configuration) -> Names:
        """Give the attributes that a segment speaks of, of those that are here or come with the file."""
        both = {(one.entity, one.name): one for one in (*told.attributes, *own.attributes)}
        entities = {one.name for one in (*told.entities, *own.entities)}
        related = {
            entity: tuple(one for one in both.values() if one.entity == entity)
            for entity in entities
            if entity != segment.entity
        }
        mine = tuple(one for one in both.values() if one.entity == segment.entity)
        read = read_segment(segment.text, Vocabulary(mine, related), now=self._workspace.now())
        return named_in(read, segment.entity)


class _Hand:
    """Imports one part after the other."""

    def __init__(
        self,
        facade: Facade,
        told: Configuration,
        diff: ConfigDiff,
        own: Configuration,
        *,
        standing: abc.Callable[[str, Pulled], Integration | None],
        author: str,
    ) -> None:
        self._facade = facade
        self._told = told
        self._author = author
        self._find = standing
        self._targets = {one.connection: one.target for one in diff.pairings}
        self._own = {(one.entity, one.name): one for one in own.attributes}
        self._mapped = {
            mapping_id(one, str(mapping.path)): (one, mapping)
            for one in told.integrations
            for mapping in one.mappings
        }

    def take(self, item: ConfigItem, *, act: str) -> None:
        """Import one part."""
        match item.kind:
            case ItemKind.ENTITY:
                entity = next(one for one in self._told.entities if f"entity:{one.name}" == item.id)
                self._facade.add_entity(entity, act=act)
            case ItemKind.ATTRIBUTE:
                self._attribute(item, act=act)
            case ItemKind.INTEGRATION:
                self._integration(item, act=act)
            case ItemKind.MAPPING:
                self._map(item.id, writes=None, act=act)
            case ItemKind.WRITE_BACK:
                self._map(item.id.partition(":")[2], writes=True, act=act)
            case ItemKind.SCHEDULE:
                self._schedule(item, act=act)
            case ItemKind.SEGMENT:
                segment = next(
                    one for one in self._told.segments if item.id == f"segment:{one.name.casefold()}"
                )
                self._facade.save_segment(
                    segment.name, segment.text, entity=segment.entity, author=self._author, act=act
                )
            case ItemKind.FORM:
                form = next(one for one in self._told.forms if item.id == f"form:{one.name.casefold()}")
                self._facade.save_form(form, author=self._author, act=act)
            case ItemKind.LIMIT:
                name = item.id.partition(":")[2]
                self._facade.set_guard_limits("", ((name, dict(self._told.limits)[name]),), act=act)

    def _attribute(self, item: ConfigItem, *, act: str) -> None:
        one = next(one for one in self._told.attributes if attribute_id(one.entity, one.name) == item.id)
        if item.deed is Deed.CHANGE:
            self._facade.change_attribute(merged(one, self._own[one.entity, one.name]), act=act)
            return
        self._facade.add_attribute(one, act=act)
        if (one.entity, one.name) in self._told.roles:
            self._facade.add_role(RoleWish(one.title, one.entity, one.name), act=f"{act}-role")

    def _integration(self, item: ConfigItem, *, act: str) -> None:
        one = next(one for one in self._told.integrations if integration_id(one) == item.id)
        if item.deed is Deed.CHANGE:
            self._facade.change_filter(self._standing(one).id, one.filter, act=act)
            return
        self._facade.add_integration(
            IntegrationWish(
                self._targets[one.connection],
                one.object,
                one.entity,
                one.key,
                one.filter,
                one.match,
                one.link,
                one.person,
            ),
            act=act,
        )

    def _schedule(self, item: ConfigItem, *, act: str) -> None:
        one = next(one for one in self._told.integrations if schedule_id(one) == item.id)
        if one.schedule is not None:
            integration = self._standing(one).id
            self._facade.schedule_pulls(integration, one.schedule, is_paused=True, act=act)

    def _map(self, identifier: str, *, writes: bool | None, act: str) -> None:
        """Map a field; whether an attribute is written to it stays as it is here, unless that was ticked."""
        told, mapping = self._mapped[identifier]
        integration = self._standing(told)
        here = next((one for one in integration.mappings if one.path == mapping.path), None)
        is_on = writes if writes is not None else writes_still(here, mapping)
        if (told.entity, mapping.attribute) in self._told.roles:
            self._facade.map_role(
                mapping.attribute,
                integration.id,
                str(mapping.path),
                write_back=is_on,
                reference_mode=mapping.reference_mode,
                act=act,
            )
        else:
            self._facade.map_fields(integration.id, (replace(mapping, write_back=is_on),), act=act)

    def _standing(self, told: Pulled) -> Integration:
        """Give the integration here that stands for one of the file.

        Raises:
            UnknownAttributeError: It was not imported, or somebody deleted it meanwhile.
        """
        found = self._find(self._targets[told.connection], told)
        if found is None:
            raise UnknownAttributeError("integration.unknown", name=f"{told.connection} {told.object}")
        return found


def _block_what_needs_blocked(items: tuple[ConfigItem, ...]) -> tuple[ConfigItem, ...]:
    """Block what cannot be without a part that is blocked; what is needed stands before."""
    blocked: set[str] = set()
    found = []
    for item in items:
        lost = next((need for need in item.needs if need in blocked), "")
        if lost:
            reason = Reason("config.needs_refused", (("part", lost.partition(":")[2]),))
            item = replace(item, deed=Deed.BLOCKED, reason=reason)  # noqa: PLW2901  the same part, blocked
        if item.deed is Deed.BLOCKED:
            blocked.add(item.id)
        found.append(item)
    return tuple(found)


def _wished(diff: ConfigDiff, ticked: abc.Iterable[str]) -> tuple[ConfigItem, ...]:
    """Give the ticked parts, with those that they need.

    Raises:
        ConfigurationError: `config.no_such_part`: there is nothing to do about one.
    """
    known = {one.id: one for one in diff.doing()}
    wished: dict[str, ConfigItem] = {}
    open_ids = list(ticked)
    while open_ids:
        identifier = open_ids.pop()
        if identifier in wished:
            continue
        if identifier not in known:
            raise ConfigurationError("config.no_such_part", part=identifier[:200])
        wished[identifier] = known[identifier]
        open_ids += [need for need in known[identifier].needs if need in known]
    return tuple(one for one in diff.items if one.id in wished)  # mappings keep their order


def _names(told: Configuration) -> Names:
    return frozenset((one.entity, one.name) for one in told.attributes)
