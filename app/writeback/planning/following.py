"""Follow references from an object's description to the objects that a path may lead to.

A reference that may point at several kinds of records (an owner: a user or a queue) leads to each of them;
which one a record points at is known only when it is read (`engine.walking`).

Must not: call anybody; descriptions are handed in by who asks for them.
"""

from collections import abc
from dataclasses import dataclass
from typing import Final, NamedTuple

from writeback.errors import MappingError
from writeback.model.changes import Reason
from writeback.model.fieldpaths import FieldPath
from writeback.planning.facts import FieldFacts, ObjectFacts

Describe = abc.Callable[[str], ObjectFacts]
"""Gives an object's description by its name."""

MOST_KINDS: Final = 5
"""A reference that may point at more kinds of records than this is not followed for writing."""


@dataclass(frozen=True, slots=True)
class Leg:
    """What one read finds out: the reference at the end of some hops, and the kinds it may point at."""

    path: str
    """Field path of the reference's id, as seen from the object where the leg begins: `Parent.OwnerId`."""
    targets: tuple[str, ...]
    rest: tuple[str, ...]
    """Hops that are left; they depend on what kind of record the leg ends at."""


class Ends(NamedTuple):
    """Where hops may lead: objects, and why some are closed."""

    open: tuple[ObjectFacts, ...]
    closed: tuple[tuple[str, Reason], ...]
    hops: tuple[str, ...]
    """In the spelling of the descriptions."""


def unknown_path(path: FieldPath, description: ObjectFacts, step: str) -> tuple[str, dict[str, str]]:
    """Say what is wrong with a step that leads nowhere: code and facts of the error.

    A reference is followed by its relationship; people often write its field (`OwnerId.Email`).
    """
    facts = {"object": description.name, "field": str(path)}
    named = description.field(step)
    if step not in path.hops or named is None or named.reference is None:
        return "mapping.unknown_field", facts
    hops = [named.reference.relationship if hop == step else hop for hop in path.hops]
    return "mapping.path_by_field", facts | {"step": step, "right": ".".join((*hops, path.field))}


def ends_of(path: FieldPath, depth: int, start: ObjectFacts, describe: Describe) -> Ends:
    """Give the objects that the first `depth` hops of a path may lead to.

    Raises:
        MappingError: No kind of record has such a reference.
    """
    found: list[ObjectFacts] = [start]
    hops: list[str] = []
    closed: list[tuple[str, Reason]] = []
    for hop in path.hops[:depth]:
        following: dict[str, ObjectFacts] = {}
        errors: list[tuple[str, dict[str, str]]] = []
        for here in found:
            field = here.reference(hop)
            if field is None or field.reference is None:
                code, facts = unknown_path(path, here, hop)
                errors.append((code, facts))
                closed.append((here.name, Reason(code, tuple(facts.items()))))
                continue
            if len(field.reference.targets) > MOST_KINDS:
                facts = {"field": str(path), "step": hop, "most": str(MOST_KINDS)}
                closed.append((here.name, Reason("reference.too_many_kinds", tuple(facts.items()))))
                continue
            following |= {name: describe(name) for name in field.reference.targets if name not in following}
        if not following and errors:
            code, facts = errors[0]
            raise MappingError(code, path=str(path), **facts)
        hops.append(next(_spellings(found, hop), hop))
        found = list(following.values())
    return Ends(tuple(found), tuple(closed), tuple(hops))


def _spellings(objects: abc.Iterable[ObjectFacts], hop: str) -> abc.Iterator[str]:
    for here in objects:
        field = here.reference(hop)
        if field is not None and field.reference is not None:
            yield field.reference.relationship


def leg_of(start: ObjectFacts, hops: tuple[str, ...], describe: Describe) -> Leg | None:
    """Give the longest leg that one read can take: as far as each reference has one kind of target.

    None: the object has no such reference.
    """
    names: list[str] = []
    here = start
    for place, hop in enumerate(hops):
        field = here.reference(hop)
        if field is None or field.reference is None:
            return None
        targets, rest = field.reference.targets, hops[place + 1 :]
        if not rest or len(targets) != 1:
            return Leg(".".join((*names, field.name)), targets, rest)
        names.append(field.reference.relationship)
        here = describe(targets[0])
    return None


def reference_path(
    hops: tuple[str, ...], start: ObjectFacts, describe: Describe
) -> tuple[FieldPath | None, tuple[str, ...]]:
    """Give the path of the id that the last of some hops holds, and the kinds of records it may point at.

    Of several kinds on the way the first that has the rest is followed. None: the path leads nowhere.
    """
    step = start.reference(hops[0])
    if step is None or step.reference is None:
        return None, ()
    targets = step.reference.targets
    if len(hops) == 1:
        return FieldPath((), step.name), targets
    for target in targets[:MOST_KINDS]:
        rest, found = reference_path(hops[1:], describe(target), describe)
        if rest is not None:
            return FieldPath((step.reference.relationship, *rest.hops), rest.field), found
    return None, ()


@dataclass(frozen=True, slots=True)
class Trace:
    """A path in the spelling of the descriptions, so that one field never has two names."""

    path: FieldPath
    end: FieldFacts
    reference: FieldFacts | None
    """The last reference that it goes through."""


def trace(path: FieldPath, start: ObjectFacts, describe: Describe) -> Trace:
    """Follow a path to its end; of several kinds on the way the first that has the rest counts.

    Raises:
        MappingError: It leads nowhere.
    """
    found = _traced(path.hops, path.field, start, describe)
    if found is not None:
        return found
    here = start
    for hop in path.hops:
        step = here.reference(hop)
        if step is None or step.reference is None:
            code, facts = unknown_path(path, here, hop)
            raise MappingError(code, **facts)
        here = describe(step.reference.targets[0])
    code, facts = unknown_path(path, here, path.field)
    raise MappingError(code, **facts)


def _traced(hops: tuple[str, ...], name: str, here: ObjectFacts, describe: Describe) -> Trace | None:
    if not hops:
        field = here.field(name)
        return None if field is None else Trace(FieldPath((), field.name), field, None)
    step = here.reference(hops[0])
    if step is None or step.reference is None:
        return None
    for target in step.reference.targets[:MOST_KINDS]:
        rest = _traced(hops[1:], name, describe(target), describe)
        if rest is not None:
            path = FieldPath((step.reference.relationship, *rest.path.hops), rest.path.field)
            return Trace(path, rest.end, rest.reference or step)
    return None
