"""Decide what a field path writes, and which record a new value of a reference means.

Writing `Owner.Email` with REPOINT re-points the reference `Owner`: what travels is `OwnerId` with the
id of the one record whose `Email` is the new value. With EDIT_TARGET it is the owner's own `Email` that is
written, for everybody who points there. Longer paths mean the same from the record where their last hop
begins. Not found, ambiguous and inactive block the row with the value in the reason.

Must not: look anything up (`engine.looking_up` does); it says what is to be looked up.
"""

from collections import abc
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, Protocol

from writeback.errors import MappingError
from writeback.model.attributes import Option
from writeback.model.changes import Reason
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ReferenceMode
from writeback.model.jobs import Column
from writeback.model.types import AttributeType
from writeback.planning.checking import check_field
from writeback.planning.coercing import refusal
from writeback.planning.facts import FieldFacts, ObjectFacts, ReferenceFacts
from writeback.planning.following import Describe, ends_of, unknown_path

SHOWN_CANDIDATES: Final = 5
NOT_FOUND: Final = "reference.not_found"


class CandidateFacts(Protocol):
    """A record that a reference may point at; `sdk.values.Candidate` meets it."""

    @property
    def id(self) -> str:
        """The CRM's id."""

    @property
    def title(self) -> str:
        """What people call it."""

    @property
    def is_active(self) -> bool:
        """An inactive user owns nothing."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """How new values of a reference are turned into ids."""

    targets: tuple[str, ...]
    """Objects the reference may point at; each is asked."""
    by: str
    """The field that the value stands in; '' is the record id."""
    shows: str = ""
    """The path that people read of the record pointed at (`Owner.Email`); '' shows the id."""
    is_people: bool = False
    """The values are team members: the directory knows their ids, no text is looked up."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What writing one field path means."""

    column: Column
    field: FieldFacts
    object: str
    """Whose column it is: the object of the record that is written."""
    blocked: Reason | None = None
    """Why no row may write it, if so."""
    lookup: Lookup | None = None
    """How its values become ids; None: they travel as they are."""
    closed: tuple[tuple[str, Reason], ...] = ()
    """Other kinds of records that the path may lead to, and why they are not written."""


class Chosen(NamedTuple):
    """The record that a value means."""

    id: str
    title: str


def aims_at(
    path: FieldPath,
    description: ObjectFacts,
    *,
    describe: Describe,
    mode: ReferenceMode = ReferenceMode.REPOINT,
    attribute: str = "",
) -> tuple[Aim, ...]:
    """Say what writing `path` on records of an object means: one aim for each kind of record it may reach.

    EDIT_TARGET writes the field of the record that all hops lead to. REPOINT points the last hop at another
    record: it is written on the record that the hops before lead to.

    Args:
        path: As the person named it; case does not matter.
        description: What the CRM tells about the object.
        describe: Gives the descriptions of the objects that the path leads to.
        mode: What writing through a reference means.
        attribute: The attribute it feeds, where there is one.

    Returns:
        Those that may be written; where none may, one that says why.

    Raises:
        MappingError: The object has no such field or reference.
    """
    depth = len(path.hops) if mode is ReferenceMode.EDIT_TARGET else max(len(path.hops) - 1, 0)
    if not depth:
        return (aim_at(path, description, attribute=attribute),)
    ends = ends_of(path, depth, description, describe)
    path = FieldPath((*ends.hops, *path.hops[depth:]), path.field)
    closed, found = dict(ends.closed), list[Aim]()
    unknown: MappingError | None = None
    for end in ends.open:
        try:
            aim = _behind(path, depth, end, attribute=attribute)
        except MappingError as error:
            unknown = unknown or error
            facts = tuple((name, str(fact)) for name, fact in error.facts.items())
            closed[end.name] = Reason(error.code, facts)
            continue
        if aim.blocked is not None:
            closed[end.name] = aim.blocked
        found.append(aim)
    if not found and unknown is not None:
        raise unknown
    if not found:
        return (_dead(path, depth, next(iter(closed.values())), attribute),)
    writable = [aim for aim in found if aim.blocked is None] or found[:1]
    return tuple(replace(aim, closed=tuple(closed.items())) for aim in writable)


def aim_at(path: FieldPath, description: ObjectFacts, *, attribute: str = "") -> Aim:
    """Say what writing a field of an object, or pointing one of its references elsewhere, means.

    Raises:
        MappingError: The object has no such field or reference, or the path is longer than that.
    """
    first = path.hops[0] if path.hops else path.field
    field = description.reference(first) if path.hops else description.field(first)
    if field is None or len(path.hops) > 1:
        code, facts = unknown_path(path, description, first)
        raise MappingError(code, path=str(path), **facts)
    if not path.hops:
        column = Column(FieldPath((), field.name), field.name, field.kind or AttributeType.TEXT, attribute)
        lookup = Lookup(field.reference.targets, "") if field.reference is not None else None
        return Aim(column, field, description.name, check_field(field), lookup)
    targets: tuple[str, ...] = ()
    name = path.hops[0]
    if field.reference is not None:
        targets, name = field.reference.targets, field.reference.relationship
    path = FieldPath((name,), path.field)
    column = Column(path, field.name, AttributeType.TEXT, attribute)
    return Aim(column, field, description.name, check_field(field), Lookup(targets, path.field, str(path)))


def _behind(path: FieldPath, depth: int, end: ObjectFacts, *, attribute: str) -> Aim:
    """Say what writing the rest of a path on the record behind `depth` hops means."""
    try:
        aim = aim_at(FieldPath(path.hops[depth:], path.field), end, attribute=attribute)
    except MappingError as error:
        raise MappingError(error.code, **(error.facts | {"path": str(path), "field": str(path)})) from None
    path = FieldPath((*path.hops[:depth], *aim.column.path.hops), aim.column.path.field)
    column = replace(aim.column, path=path, depth=depth)
    lookup = aim.lookup
    if lookup is not None and lookup.shows:
        lookup = replace(lookup, shows=str(path))
    blocked = aim.blocked
    if blocked is not None:
        blocked = Reason(blocked.code, (("field", str(path)),))
    if not end.is_updateable:
        blocked = Reason("reference.target_read_only", (("field", str(path)), ("object", end.label)))
    return replace(aim, column=column, blocked=blocked, lookup=lookup)


def _dead(path: FieldPath, depth: int, reason: Reason, attribute: str) -> Aim:
    """Give the aim of a path that leads to no record that may be written."""
    column = Column(path, path.field, AttributeType.TEXT, attribute, depth=depth)
    return Aim(column, _NoField(path.field, path.field), "", reason)


@dataclass(frozen=True, slots=True)
class _NoField:
    """Stands for a field that is not known, because nobody may write it."""

    name: str
    label: str
    kind: AttributeType | None = None
    length: int | None = None
    scale: int | None = None
    is_double: bool = False
    is_nillable: bool = True
    is_updateable: bool = False
    is_calculated: bool = False
    options: tuple[Option, ...] = ()
    is_restricted: bool = False
    reference: ReferenceFacts | None = None
    is_forward_only: bool = False
    separator: str = ""
    currency: str = ""


def moves_hop(aim: Aim, via: tuple[str, ...]) -> bool:
    """Say whether an aim points a hop of a way elsewhere: then nobody knows where the way leads."""
    if aim.field.reference is None:
        return False
    hops = (*aim.column.via, aim.field.reference.relationship)
    return hops == via[: len(hops)]


def written_name(aim: Aim) -> str:
    """Name the CRM column that an aim sets: equal for two paths that would set the same one."""
    return ".".join((*aim.column.via, aim.column.field)).casefold()


def refuse_doubles(aims: abc.Iterable[Aim]) -> None:
    """Hold that no two of the paths that one stream writes set the same CRM column.

    Raises:
        MappingError: Two do; both are named.
    """
    seen: dict[str, Column] = {}
    for aim in aims:
        first = seen.setdefault(written_name(aim), aim.column)
        if first is not aim.column:
            raise MappingError(
                "mapping.same_column",
                field=aim.column.field,
                first=str(first.path),
                second=str(aim.column.path),
            )


def choose(candidates: abc.Sequence[CandidateFacts], *, field: str, value: str) -> Chosen | Reason:
    """Say which record a value means, or why that cannot be said.

    An inactive namesake does not make a value ambiguous: nobody re-points to it on purpose.
    """
    if not candidates:
        return refusal(NOT_FOUND, value, field=field)
    active = [candidate for candidate in candidates if candidate.is_active]
    if not active:
        return refusal("reference.inactive", value, field=field, candidates=_titles(candidates))
    if len(active) > 1:
        return refusal("reference.ambiguous", value, field=field, candidates=_titles(active))
    return Chosen(active[0].id, active[0].title)


def _titles(candidates: abc.Sequence[CandidateFacts]) -> str:
    shown = [f"{one.title} ({one.id})" for one in candidates[:SHOWN_CANDIDATES]]
    if len(candidates) > SHOWN_CANDIDATES:
        shown.append("…")
    return ", ".join(shown)
