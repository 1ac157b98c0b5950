"""Change property definitions as an administrator would, as armed faults say (contract, section 7).

A retyped property is empty until somebody writes it; a renamed one keeps its values. HubSpot has no
lengths, no required properties and no reference targets to change: such drifts pass it over.
"""

from collections import abc
from dataclasses import replace

from writeback.sdk.simulator import Change, Fault
from writeback_hubspot.simulator.catalogue import ObjectType
from writeback_hubspot.simulator.properties import Option, Property
from writeback_hubspot.simulator.state import Portal

OWN_KINDS = {"extra_objects": "extra_objects"}
_FIELD_TYPES = {
    "string": "text",
    "number": "number",
    "date": "date",
    "datetime": "date",
    "bool": "booleancheckbox",
    "enumeration": "select",
}


class Schema:
    """The portal's object types, as far as they can drift."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._kept: dict[str, tuple[ObjectType, dict[str, Property]]] = {}
        self._added: set[int] = set()

    def restore(self) -> None:
        """Put every definition back as it was made."""
        for kind, properties in self._kept.values():
            kind.properties = properties
            self._portal.catalogue.show(kind)
        self._kept.clear()

    def apply(self, change: Change, fault: Fault) -> None:
        """Make one change."""
        if change.what == "extra_objects":
            self._extend(fault)
            return
        kind = self._portal.catalogue.find(change.object)
        if kind is None:
            return
        if kind.name not in self._kept:
            self._kept[kind.name] = (kind, kind.properties)
            kind.properties = dict(kind.properties)
        if change.what == "object_gone":
            self._portal.catalogue.withdraw(kind)
        elif (found := kind.properties.get(change.field)) is not None:
            _change(kind, found, change)

    def _extend(self, fault: Fault) -> None:
        if id(fault) in self._added:
            return
        self._added.add(id(fault))
        for _ in range(int(fault.number("count", 1))):
            self._portal.add_table(self._portal.catalogue.add_custom())


def _change(kind: ObjectType, found: Property, change: Change) -> None:
    name = found.name
    if change.what == "gone":
        del kind.properties[name]
    elif change.what == "renamed":
        del kind.properties[name]
        kind.properties[change.to] = replace(found, name=change.to, stored=found.key)
    else:
        made = _MADE.get(change.what)
        kind.properties[name] = found if made is None else made(found, change)


def _retyped(found: Property, change: Change) -> Property:
    kind, _, field_type = change.to.partition("/")
    return replace(
        found,
        type=kind,
        field_type=field_type or _FIELD_TYPES.get(kind, "text"),
        options=found.options if kind == "enumeration" else (),
        stored=f"{found.key}:{kind}",
    )


def _without(found: Property, change: Change) -> Property:
    return replace(found, options=tuple(one for one in found.options if one.value != change.option))


def _renamed(found: Property, change: Change) -> Property:
    return replace(
        found,
        options=tuple(
            replace(one, value=change.to) if one.value == change.option else one for one in found.options
        ),
    )


def _added(found: Property, change: Change) -> Property:
    return replace(found, options=(*found.options, Option(change.option, change.option, len(found.options))))


_MADE: abc.Mapping[str, abc.Callable[[Property, Change], Property]] = {
    "retyped": _retyped,
    "locked": lambda found, _change: found.with_flag("read_only"),
    "calculated": lambda found, _change: found.with_flag("calculated"),
    "labelled": lambda found, change: replace(found, label=change.to),
    "not_unique": lambda found, _change: replace(found, flags=found.flags - {"unique"}),
    "option_gone": _without,
    "option_renamed": _renamed,
    "option_added": _added,
}
