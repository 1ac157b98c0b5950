"""Decide what a field path writes, and which record a new value of a reference means.

Writing `Owner.Email` with REPOINT re-points the reference `Owner`: what travels is `OwnerId` with the
id of the one record whose `Email` is the new value. Not found, ambiguous and inactive block the row
with the value in the reason.

Must not: look anything up (`engine.looking_up` does); it says what is to be looked up.
"""

from collections import abc
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from writeback.errors import MappingError
from writeback.model.changes import Reason
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ReferenceMode
from writeback.model.jobs import Column
from writeback.model.types import AttributeType
from writeback.planning.checking import check_field
from writeback.planning.coercing import refusal
from writeback.planning.facts import FieldFacts, ObjectFacts

SHOWN_CANDIDATES: Final = 5


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
    blocked: Reason | None = None
    """Why no row may write it, if so."""
    lookup: Lookup | None = None
    """How its values become ids; None: they travel as they are."""


class Chosen(NamedTuple):
    """The record that a value means."""

    id: str
    title: str


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


def aim_at(
    path: FieldPath,
    description: ObjectFacts,
    *,
    mode: ReferenceMode = ReferenceMode.REPOINT,
    attribute: str = "",
) -> Aim:
    """Say what writing `path` on an object means.

    Args:
        path: As the person named it; case does not matter.
        description: What the CRM tells about the object.
        mode: What writing through a reference means.
        attribute: The attribute it feeds, where there is one.

    Raises:
        MappingError: The object has no such field or reference.
    """
    field = description.reference(path.hops[0]) if path.hops else description.field(path.field)
    if field is None:
        code, facts = unknown_path(path, description, path.hops[0] if path.hops else path.field)
        raise MappingError(code, path=str(path), **facts)
    if not path.hops:
        column = Column(FieldPath((), field.name), field.name, field.kind or AttributeType.TEXT, attribute)
        lookup = Lookup(field.reference.targets, "") if field.reference is not None else None
        return Aim(column, field, check_field(field), lookup)
    column = Column(path, field.name, AttributeType.TEXT, attribute)
    if len(path.hops) > 1:
        return Aim(column, field, Reason("reference.too_deep", (("field", str(path)),)))
    if mode is ReferenceMode.EDIT_TARGET:
        return Aim(column, field, Reason("reference.edit_target_not_available", (("field", str(path)),)))
    targets = field.reference.targets if field.reference is not None else ()
    return Aim(column, field, check_field(field), Lookup(targets, path.field, str(path)))


def refuse_doubles(aims: abc.Iterable[Aim]) -> None:
    """Hold that no two paths write the same CRM column.

    Raises:
        MappingError: Two do; both are named.
    """
    seen: dict[str, Column] = {}
    for aim in aims:
        name = aim.column.field.casefold()
        first = seen.setdefault(name, aim.column)
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
        return refusal("reference.not_found", value, field=field)
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
