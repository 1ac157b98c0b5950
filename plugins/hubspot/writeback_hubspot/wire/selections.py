"""What to ask of each object for dotted paths, and how the values come together again.

A path's first hop is a reference; everything behind it is a selection on the object it leads to, to any
depth. HubSpot follows no path itself: the session reads the other records in batches. Must not call.
"""

from collections import abc
from dataclasses import dataclass

from writeback.errors import InvalidRequestError
from writeback.model.types import AttributeType, Value
from writeback.sdk.values import FieldInfo
from writeback_hubspot.wire.answers import Json
from writeback_hubspot.wire.describes import COMPANY_FIELD, Association, Described
from writeback_hubspot.wire.owners import OWNERS, known_field
from writeback_hubspot.wire.values import decode, decoder

Describe = abc.Callable[[str], Described]
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one column comes from: a field of the record (`hop` < 0), or a column behind a hop."""

    field: str
    kind: AttributeType
    hop: int = -1
    column: int = -1


@dataclass(frozen=True, slots=True)
class Hop:
    """A reference to follow: the field that holds the id, and what is wanted of the other record."""

    field: str
    target: str
    paths: tuple[str, ...]
    selection: "Selection | None"
    """None: the target is the owners."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted of one object."""

    name: str
    """Of the object."""
    paths: tuple[str, ...]
    """As asked: the columns."""
    places: tuple[Place, ...]
    hops: tuple[Hop, ...]
    association: Association | None
    """To be read as well, because a column or a hop needs it."""

    @property
    def properties(self) -> tuple[str, ...]:
        """The properties to ask for, each once."""
        own = [place.field for place in self.places if place.hop < 0]
        wanted = dict.fromkeys((*own, *(hop.field for hop in self.hops)))
        wanted.pop(COMPANY_FIELD, None)
        return tuple(wanted)

    @property
    def is_versioned(self) -> bool:
        """Say whether the version tells of every column: an association may move without the record's."""
        return all(place.hop >= 0 or place.field != COMPANY_FIELD for place in self.places)

    def own_values(self, record: Json, company: str | None) -> dict[str, object]:
        """Give the raw values of a record by field name."""
        told = record.get("properties")
        raw = dict(told) if isinstance(told, abc.Mapping) else {}
        raw[COMPANY_FIELD] = company
        return raw

    def rows(
        self,
        raws: abc.Sequence[abc.Mapping[str, object]],
        linked: abc.Sequence[abc.Sequence[Row | None]],
    ) -> list[Row]:
        """Put rows together, column by column.

        Args:
            raws: Of `own_values`.
            linked: For each hop, along the records, the row of what it leads to; None: it leads nowhere.

        Raises:
            InvalidRequestError: A value does not fit its definition.
        """
        if not self.places:
            return [()] * len(raws)
        return list(zip(*(self._column(place, raws, linked) for place in self.places), strict=True))

    def _column(
        self,
        place: Place,
        raws: abc.Sequence[abc.Mapping[str, object]],
        linked: abc.Sequence[abc.Sequence[Row | None]],
    ) -> list[Value]:
        if place.hop >= 0:
            return [None if row is None else row[place.column] for row in linked[place.hop]]
        field, kind, read = place.field, place.kind, decoder(place.kind)
        try:
            return [
                read(cell) if type(cell) is str and cell else decode(cell, kind)
                for cell in [raw.get(field) for raw in raws]
            ]
        except InvalidRequestError as error:
            raise InvalidRequestError(error.code, **{**error.facts, "field": field}) from None


def select(object_name: str, paths: abc.Sequence[str], describe: Describe) -> Selection:
    """Work out what to ask for the paths.

    Raises:
        InvalidRequestError: One of them leads nowhere.
    """
    described = describe(object_name)
    behind: dict[str, list[str]] = {}
    for path in paths:
        first, dot, rest = path.partition(".")
        if dot:
            behind.setdefault(_reference(described, first, path).name, []).append(rest)
    hops = tuple(
        _hop(described, name, tuple(dict.fromkeys(rests)), describe) for name, rests in behind.items()
    )
    places = tuple(_place(described, path, hops) for path in paths)
    needs_company = COMPANY_FIELD in behind or any(place.field == COMPANY_FIELD for place in places)
    return Selection(
        described.info.name, tuple(paths), places, hops, described.association if needs_company else None
    )


def _reference(described: Described, hop: str, path: str) -> FieldInfo:
    field = described.info.reference(hop)
    if field is not None and field.reference is not None:
        return field
    named = described.info.field(hop)
    if named is not None and named.reference is not None:
        instead = f"{named.reference.relationship}.{path.partition('.')[2]}"
        raise InvalidRequestError("hubspot.path_by_property", path=path[:200], instead=instead[:200])
    raise InvalidRequestError("hubspot.unknown_property", object=described.info.name, path=path[:200])


def _hop(described: Described, name: str, rests: tuple[str, ...], describe: Describe) -> Hop:
    field = next(one for one in described.info.fields if one.name == name)
    target = field.reference.targets[0] if field.reference is not None else ""
    if target == OWNERS:
        for rest in rests:
            known_field(rest)
        return Hop(name, target, rests, None)
    return Hop(name, target, rests, select(target, rests, describe))


def _place(described: Described, path: str, hops: tuple[Hop, ...]) -> Place:
    first, dot, rest = path.partition(".")
    if dot:
        name = _reference(described, first, path).name
        number = next(place for place, hop in enumerate(hops) if hop.field == name)
        return Place(name, AttributeType.TEXT, number, hops[number].paths.index(rest))
    field = described.info.field(path)
    if field is None:
        raise InvalidRequestError("hubspot.unknown_property", object=described.info.name, path=path[:200])
    if field.kind is None:
        raise InvalidRequestError(
            "hubspot.unreadable_property", object=described.info.name, path=path[:200], type=field.crm_type
        )
    return Place(field.name, field.kind)
