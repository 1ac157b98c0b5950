"""Field paths: `ownerid.internalemailaddress` as what to expand, what to select and where to read it.

A hop is a lookup's name (or its navigation property). A polymorphic one leads by one navigation property a
target; each target that has the rest of the path is followed, and a row fills at most one of them.
[join-tables], [web-api-navigation-properties]
"""

from collections import abc
from dataclasses import dataclass, field
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.model.types import AttributeType
from writeback.sdk.values import FieldInfo, ObjectDescription
from writeback_dynamics.limits import MOST_EXPANDS, TARGETS_ASKED
from writeback_dynamics.wire.columns import property_of
from writeback_dynamics.wire.describes import Described, must_have

Describe = abc.Callable[[str], Described]
_PEOPLE: Final = ("systemuser", "team")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a row a value stands: the navigation properties to follow, then the property."""

    hops: tuple[str, ...]
    name: str
    field: FieldInfo
    keys: tuple[str, ...]
    """The primary id column of the table that each hop leads to."""


@dataclass(frozen=True, slots=True)
class Found:
    """A resolved path: its kind, and the places where a row may hold its value."""

    path: str
    kind: AttributeType
    places: tuple[Place, ...]


@dataclass(slots=True)
class _Node:
    """One expanded navigation property."""

    key: str
    select: dict[str, None] = field(default_factory=dict)
    nodes: "dict[str, _Node]" = field(default_factory=dict)


def resolve(start: str, path: str, describe: Describe) -> Found:
    """Follow a path.

    Raises:
        InvalidRequestError: No such column or lookup, or a type that Writeback does not carry.
    """
    parts = tuple(path.split("."))
    if len(parts) == 1:
        return resolve_own(describe(start).info, path)
    places = tuple(_follow(start, parts, describe))
    if not places:
        raise InvalidRequestError("dynamics.unknown_column", object=start, path=path[:200])
    kind = places[0].field.kind or AttributeType.TEXT
    return Found(path, kind, tuple(place for place in places if place.field.kind is kind))


def resolve_own(description: ObjectDescription, name: str) -> Found:
    """Give a column of the table itself.

    Raises:
        InvalidRequestError: There is none of that name, or of a type that Writeback does not carry.
    """
    info = must_have(description, name)
    return Found(name, info.kind or AttributeType.TEXT, (Place((), property_of(info), info, ()),))


def expand_of(places: abc.Iterable[Place]) -> str:
    """Give the `$expand` that brings all places along.

    Raises:
        InvalidRequestError: There would be more expands than one query may hold.
    """
    root = _Node("")
    for place in places:
        node = root
        for hop, key in zip(place.hops, place.keys, strict=True):
            node = node.nodes.setdefault(hop, _Node(key))
        if place.hops:
            node.select[place.name] = None
    if (count := _count(root)) > MOST_EXPANDS:
        raise InvalidRequestError("dynamics.too_many_expands", given=count, most=MOST_EXPANDS)
    return _rendered(root)


def value_at(row: object, places: abc.Iterable[Place]) -> object:
    """Give what a row holds at the first place that holds anything."""
    for place in places:
        told = row
        for name in (*place.hops, place.name):
            told = told.get(name) if isinstance(told, dict) else None
        if told is not None:
            return told
    return None


def _follow(start: str, parts: tuple[str, ...], describe: Describe) -> abc.Iterator[Place]:
    described = describe(start)
    if len(parts) == 1:
        info = described.info.field(parts[0])
        if info is not None and info.kind is not None:
            yield Place((), property_of(info), info, ())
        return
    hop = described.info.reference(parts[0]) or described.info.field(parts[0])
    if hop is None or hop.reference is None:
        return
    for target in sorted(hop.reference.targets, key=lambda name: name not in _PEOPLE)[:TARGETS_ASKED]:
        nav = described.navigations[hop.name, target]
        for rest in _follow(target, parts[1:], describe):
            key = describe(target).table.key
            yield Place((nav, *rest.hops), rest.name, rest.field, (key, *rest.keys))


def _count(node: _Node) -> int:
    return len(node.nodes) + sum(_count(one) for one in node.nodes.values())


def _rendered(node: _Node) -> str:
    return ",".join(f"{nav}({_options(one)})" for nav, one in node.nodes.items())


def _options(node: _Node) -> str:
    select = f"$select={','.join(node.select or (node.key,))}"
    return f"{select};$expand={_rendered(node)}" if node.nodes else select
