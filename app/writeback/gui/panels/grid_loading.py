"""One reading of a grid: its window on the records, its columns, and what its filter may ask for."""

from collections import abc
from dataclasses import dataclass

from writeback.gui.models.tables import BLOCK
from writeback.gui.translating import tr
from writeback.gui.widgets.filter_lines import FieldOption
from writeback.model.attributes import Entity
from writeback.model.grid_views import GridView
from writeback.runtime.reading import Reading
from writeback.runtime.views import AttributeView, GridRow, Pulse
from writeback.runtime.windowing import Filter, Order, RecordRows


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one reading of the grid brought."""

    entities: tuple[Entity, ...]
    every: tuple[AttributeView, ...]
    """All columns there are."""
    views: tuple[AttributeView, ...]
    """Those that are shown."""
    rows: RecordRows
    first: abc.Mapping[int, tuple[GridRow, ...]]
    """The block of it that is seen first: read here, so that the window need not wait for it."""
    place: int | None
    pulse: Pulse
    fields: tuple[FieldOption, ...]
    """What the filter may ask for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the grid asks for."""

    entity: str
    what: Filter
    order: Order
    focused: str = ""
    """The record in front, wherever it stands then."""
    kept: frozenset[str] = frozenset()
    """Records that were edited here: they stay although they match no longer."""


Choose = abc.Callable[[abc.Sequence[AttributeView]], tuple[AttributeView, ...]]


def read_grid(reads: Reading, wanted: Wanted, choose: Choose) -> Loaded:
    """Read it; slow for big sorts.

    Raises:
        MappingError: `segment.…`: the filter's text cannot be read.
    """
    known = reads.attribute_views(wanted.entity)
    every = tuple(view for view in known if view.targets or view.attribute.editable)
    views = choose(every)
    names = [view.attribute.name for view in views]
    rows = reads.record_rows(
        wanted.entity, what=wanted.what, order=wanted.order, columns=names, kept=wanted.kept, views=known
    )
    rows.build()
    place = rows.place_of(wanted.focused) if wanted.focused else None
    seen = (place or 0) // BLOCK
    first = {seen: rows.block(seen)} if rows.rows else {}
    entities = reads.entities()
    return Loaded(
        entities, every, views, rows, first, place, reads.pulse(), fields_of(reads, entities, wanted.entity)
    )


def fields_of(reads: Reading, entities: abc.Sequence[Entity], entity: str) -> tuple[FieldOption, ...]:
    """Give what a filter of an entity may ask for: its own attributes, then those of what belongs to it."""
    found = []
    for one in sorted(entities, key=lambda one: one.name != entity):
        is_own = one.name == entity
        for attribute in reads.attributes(one.name):
            path = attribute.name if is_own else f"{one.name}.{attribute.name}"
            title = attribute.title if is_own else f"{one.title} › {attribute.title}"
            found.append(FieldOption(path, title, attribute.kind, attribute.options))
    return tuple(found)


def own_view(reads: Reading, entity: str, owner: str) -> GridView:
    """Give how somebody left a grid."""
    every = reads.grid_views(entity, owner=owner)
    return next((one for one in every if not one.name and one.owner == owner), GridView(owner, entity))


def counted_records(entity: str, rows: int) -> str:
    if entity == "account":
        return tr("%n accounts", rows)
    return tr("%n users", rows) if entity == "user" else tr("%n records", rows)
