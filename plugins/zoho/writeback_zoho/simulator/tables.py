"""The rows of one module: made from their number when asked for, plus what was changed since.

A hundred thousand rows cost nothing until somebody writes them. Must not know what a valid value is
(`values`, `writing`) nor how rows are asked for (`listing`, `coql`).
"""

from bisect import bisect_left, bisect_right
from collections import abc
from dataclasses import dataclass, field
from typing import TypeVar

from writeback_zoho.simulator.describing import Module
from writeback_zoho.simulator.ids import Ids

Getter = abc.Callable[[str], object]
Maker = abc.Callable[[int], object]
Values = dict[str, object]
ThingT = TypeVar("ThingT")


@dataclass(slots=True)
class Seeds:
    """How the rows that were there from the start are made."""

    rows: int
    makers: dict[str, Maker] = field(default_factory=dict)
    computed: dict[str, abc.Callable[[Getter], object]] = field(default_factory=dict)  # formulas


@dataclass(frozen=True, slots=True)
class Deletion:
    """When a row went into the recycle bin, and whose doing it was."""

    at: str
    by: str


class Table:
    """The rows of one module."""

    def __init__(self, module: Module, ids: Ids, seeds: Seeds) -> None:
        self.module = module
        self.ids = ids
        self.seeds = seeds
        self.count = seeds.rows
        self.changed: dict[int, Values] = {}
        self.deleted: dict[int, Deletion] = {}
        self.masked: dict[str, dict[int, object]] = {}  # of another type for now: empty until written
        self._orders: dict[str, tuple[int, list[tuple[str, int]]]] = {}
        self._version = 0  # of any value
        self._shape = 0  # of which rows there are
        self._indexes: dict[str, dict[str, set[int]]] = {}

    def row(self, given_id: object) -> int | None:
        """Give the row number of an id, deleted or not, or None."""
        row = self.ids.row(given_id)
        return row if row is not None and row < self.count else None

    def living(self, given_id: object) -> int | None:
        """Give the row number of an id that is not in the recycle bin."""
        row = self.row(given_id)
        return None if row in self.deleted else row

    def value(self, row: int, name: str) -> object:
        """Give one field of one row."""
        if name in self.masked:
            return self.masked[name].get(row)
        changed = self.changed.get(row)
        if changed is not None and name in changed:
            return changed[name]
        if name == "id":
            return self.ids.of(row)
        compute = self.seeds.computed.get(name)
        if compute is not None:
            return compute(lambda other: self.value(row, other))
        return self.seeded(row, name)

    def seeded(self, row: int, name: str) -> object:
        """Give the value a row had from the start."""
        if row < self.seeds.rows and (make := self.seeds.makers.get(name)) is not None:
            return make(row)
        of = self.module.fields.get(name)
        if of is None:
            return None
        return {"boolean": False, "multiselectpicklist": (), "subform": ()}.get(of.data_type)

    def getter(self, name: str) -> Maker:
        """Give the quickest way to read one field of many rows."""
        make = self.ids.of if name == "id" else self.seeds.makers.get(name)
        if make is None or name in self.seeds.computed or name in self.masked:
            return lambda row: self.value(row, name)
        changed, seeded = self.changed, self.seeds.rows
        return lambda row: make(row) if row < seeded and row not in changed else self.value(row, name)

    def living_rows(self) -> abc.Iterable[int]:
        """Give the rows that are not deleted, in the order of their ids."""
        if not self.deleted:
            return range(self.count)
        return (row for row in range(self.count) if row not in self.deleted)

    def change(self, row: int, values: abc.Mapping[str, object]) -> None:
        """Store new values."""
        for name, index in self._indexes.items():
            if name in values:
                _unindex(index, self.value(row, name), row)
                _index(index, values[name], row)
        self.changed.setdefault(row, {}).update(values)
        for name in self.masked.keys() & values.keys():
            self.masked[name][row] = self.changed[row].pop(name)
        self._version += 1

    def forget(self) -> None:
        """Look everything up anew: the shape of the fields changed."""
        self._orders.clear()
        self._indexes.clear()
        self._version += 1

    def insert(self, values: abc.Mapping[str, object]) -> int:
        """Add a row and give its number."""
        row = self.count
        self.count += 1
        self._shape += 1
        self.change(row, values)
        return row

    def delete(self, row: int, told: Deletion) -> None:
        """Put a row into the recycle bin."""
        self.deleted[row] = told
        self._version += 1
        self._shape += 1

    def holders(self, name: str, wanted: str) -> set[int]:
        """Give the living rows whose indexed field equals a text, whatever its case."""
        index = self._indexes.get(name)
        if index is None:
            index = self._indexes[name] = {}
            read = self.getter(name)
            for row in range(self.count):
                _index(index, read(row), row)
        return {row for row in index.get(wanted.casefold(), ()) if row not in self.deleted}

    def after(
        self, sort_by: str, last: tuple[str, int] | None, *, ascending: bool
    ) -> abc.Sequence[tuple[str, int]]:
        """Give the living rows with their sort keys, in order, from behind `last` on."""
        order = self._order(sort_by)
        if ascending:
            return order if last is None else order[bisect_right(order, last) :]
        upto = len(order) if last is None else bisect_left(order, last)
        return order[:upto][::-1]

    def _order(self, name: str) -> list[tuple[str, int]]:
        kept = self._orders.get(name)
        version = self._version if name == "Modified_Time" else self._shape  # the other two never change
        if kept is None or kept[0] != version:
            read = self.getter(name)
            order = sorted((str(read(row)), row) for row in self.living_rows())
            kept = self._orders[name] = (version, order)
        return kept[1]


def _index(index: dict[str, set[int]], value: object, row: int) -> None:
    if value is not None:
        index.setdefault(str(value).casefold(), set()).add(row)


def _unindex(index: dict[str, set[int]], value: object, row: int) -> None:
    if value is not None:
        index.get(str(value).casefold(), set()).discard(row)


def rename_field(table: Table, old: str, new: str) -> None:
    """Keep a field under another name from now on."""
    _moved(table.seeds.makers, old, new)
    _moved(table.seeds.computed, old, new)
    for changed in table.changed.values():
        _moved(changed, old, new)
    table.forget()


def _moved(kept: dict[str, ThingT], old: str, new: str) -> None:
    if old in kept:
        kept[new] = kept.pop(old)
