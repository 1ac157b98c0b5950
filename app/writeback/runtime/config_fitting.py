"""Hold a file's integrations and mappings against the connections here and what their CRMs describe. Pure."""

from collections import abc
from dataclasses import dataclass, field, replace

from writeback.errors import WritebackError
from writeback.model.changes import Reason
from writeback.model.configurations import ConfigItem, Configuration, Deed, ItemKind, Pairing, Pulled
from writeback.model.integrations import FieldMapping
from writeback.runtime.config_comparing import Names, attribute_id
from writeback.runtime.schedule_words import schedule_words
from writeback.sdk.values import ObjectDescription
from writeback.store.mapping_rows import cells_of

Describe = abc.Callable[[str, str], ObjectDescription]
"""Gives what a connection here says of an object; raises a WritebackError where it cannot be asked."""


@dataclass(frozen=True, slots=True)
class Here:
    """What stands here already."""

    integrations: abc.Mapping[tuple[str, str, str], Pulled]
    """By connection, object and entity."""
    attributes: Names
    coming: Names
    """Attributes that the file brings."""
    describe: Describe
    targets: abc.Mapping[str, str] = field(default_factory=dict)
    """By connection of the file: the one here."""


def pairings_of(
    told: Configuration, connections: abc.Iterable[tuple[str, str]], wished: abc.Mapping[str, str]
) -> tuple[Pairing, ...]:
    """Say which connection here stands for each of the file's: as wished, of the same name, or the only one.

    Args:
        told: The file.
        connections: Name and connector of each connection here.
        wished: What a person said, by the file's connection; '' none.
    """
    found: dict[str, Pairing] = {}
    known = tuple(connections)
    for one in told.integrations:
        choices = tuple(name for name, connector in known if connector == one.connector)
        target = choices[0] if len(choices) == 1 else ""
        target = one.connection if one.connection in choices else target
        if one.connection in wished:
            target = wished[one.connection] if wished[one.connection] in choices else ""
        found[one.connection] = Pairing(one.connection, one.connector, target, choices)
    return tuple(found.values())


def integration_items(
    told: Configuration, here: Here, other_crms: abc.Mapping[str, str]
) -> abc.Iterator[ConfigItem]:
    """Compare the integrations and their mappings.

    Args:
        told: The file.
        here: What stands here.
        other_crms: Connector by name of each connection here: to say that one of the name is another CRM's.
    """
    for one in told.integrations:
        target = here.targets.get(one.connection, "")
        where = f"{target or one.connection} · {one.object}"
        item = ConfigItem(integration_id(one), ItemKind.INTEGRATION, one.object, where, Deed.ADD)
        if not target:
            other = other_crms.get(one.connection, one.connector)
            code = "config.no_connection" if other == one.connector else "config.other_crm"
            yield _blocked(item, code, connection=one.connection, connector=one.connector, here=other)
            continue
        try:
            description = here.describe(target, one.object)
        except WritebackError as error:
            yield _blocked(item, error.code, **{name: str(fact) for name, fact in error.facts.items()})
            continue
        before = here.integrations.get((target, one.object, one.entity))
        yield _integration(item, one, before)
        yield from _mappings(one, before, description, here, where=where)
        if one.schedule is not None:
            yield _schedule(one, before, where=where)


def _integration(item: ConfigItem, told: Pulled, before: Pulled | None) -> ConfigItem:
    """An integration's filter can be changed; by what it links records was decided when it was made."""
    if before is None:
        return item
    for name in ("key", "match", "link", "person"):
        if getattr(told, name) != getattr(before, name):
            wished, stands = getattr(told, name), getattr(before, name)
            return _blocked(item, "config.fixed_part", part=name, here=stands or "-", file=wished or "-")
    differs = (("filter", before.filter, told.filter),) if told.filter != before.filter else ()
    return replace(item, deed=Deed.CHANGE if differs else Deed.SAME, changes=differs)


def _mappings(
    told: Pulled, before: Pulled | None, description: ObjectDescription, here: Here, *, where: str
) -> abc.Iterator[ConfigItem]:
    known = {} if before is None else {str(one.path): one for one in before.mappings}
    wanted = {str(one.path) for one in told.mappings}
    fed = {one.attribute: path for path, one in known.items() if path not in wanted}
    for one in told.mappings:
        path = str(one.path)
        item = ConfigItem(mapping_id(told, path), ItemKind.MAPPING, path, where, Deed.ADD)
        stands = known.get(path)
        has_field = description.reference(one.path.hops[0]) if one.path.hops else description.field(path)
        if has_field is None:
            yield _blocked(item, "config.no_field", field=path, object=told.object)
            continue
        if one.attribute in fed:
            yield _blocked(item, "config.fed_already", attribute=one.attribute, field=fed[one.attribute])
            continue
        name = (told.entity, one.attribute)
        if name not in here.attributes | here.coming:
            yield _blocked(item, "config.attribute_missing", entity=name[0], name=name[1])
            continue
        needs: tuple[str, ...] = () if before is not None else (integration_id(told),)
        needs += () if name in here.attributes else (attribute_id(*name),)
        differs = _differs(stands, one)
        deed = Deed.ADD if stands is None else Deed.CHANGE if differs else Deed.SAME
        yield replace(item, deed=deed, changes=differs, needs=needs)
        if one.write_back and not writes_still(stands, one):
            yield ConfigItem(
                f"write_back:{mapping_id(told, path)}",
                ItemKind.WRITE_BACK,
                path,
                where,
                Deed.CHANGE,
                (("write_back", "off", "on"),),
                needs=() if deed is Deed.SAME else (item.id,),
            )


def writes_still(here: FieldMapping | None, told: FieldMapping) -> bool:
    """Say whether a mapping writes without anybody ticking it: it did before, and of the same attribute."""
    return here is not None and here.write_back and here.attribute == told.attribute


def _differs(here: FieldMapping | None, told: FieldMapping) -> tuple[tuple[str, str, str], ...]:
    """Give the cells that differ; of a mapping that is new here those that say more than usual."""
    wished = cells_of(told)
    stands = cells_of(here) if here is not None else {"attribute": ""}
    return tuple(
        (name, str(stands[name]), str(cell))
        for name, cell in wished.items()
        if name in stands and name != "write_back" and stands[name] != cell
    )


def _schedule(told: Pulled, before: Pulled | None, *, where: str) -> ConfigItem:
    """Compare when an integration is pulled by itself; whether a schedule is paused is nobody else's."""
    item = ConfigItem(schedule_id(told), ItemKind.SCHEDULE, told.object, where, Deed.ADD)
    stands = None if before is None else before.schedule
    if stands == told.schedule:
        return replace(item, deed=Deed.SAME)
    words = "" if stands is None else schedule_words(stands)
    wished = "" if told.schedule is None else schedule_words(told.schedule)
    return replace(
        item,
        deed=Deed.ADD if stands is None else Deed.CHANGE,
        changes=(("schedule", words, wished),),
        needs=(integration_id(told),) if before is None else (),
    )


def schedule_id(one: Pulled) -> str:
    """Give the id of the part that says when an integration is pulled by itself."""
    return f"schedule:{one.connection}/{one.object}/{one.entity}"


def integration_id(one: Pulled) -> str:
    """Give the id of an integration's part."""
    return f"integration:{one.connection}/{one.object}/{one.entity}"


def mapping_id(one: Pulled, path: str) -> str:
    """Give the id of a mapping's part."""
    return f"mapping:{one.connection}/{one.object}/{one.entity}/{path}"


def _blocked(item: ConfigItem, code: str, **facts: str) -> ConfigItem:
    return replace(item, deed=Deed.BLOCKED, reason=Reason(code, tuple(facts.items())))
