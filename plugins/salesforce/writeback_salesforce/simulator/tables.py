"""The rows of one object: made from their number when asked for, plus what was changed since.

A million rows cost nothing until somebody writes them. Must not know what a valid value is (`values`,
`writing`) nor how rows are asked for (`filtering`, `selecting`).
"""

from collections import abc, defaultdict
from typing import TypeVar

from writeback_salesforce.simulator.describing import SObject
from writeback_salesforce.simulator.ids import Ids

Getter = abc.Callable[[str], object]
Maker = abc.Callable[[int], object]
Values = dict[str, object]
ThingT = TypeVar("ThingT")


class Seeds:
    """How the rows that were there from the start are made."""

    def __init__(self, rows: int, makers: abc.Mapping[str, Maker]) -> None:
        self.rows = rows
        self.first_id = 0
        self.makers = dict(makers)
        self.probes: dict[
            str, abc.Callable[[str], abc.Iterable[int]]
        ] = {}  # value -> rows that might hold it
        self.computed: dict[str, abc.Callable[[Getter], object]] = {}  # formulas and compound fields
        self.children: dict[str, abc.Callable[[int], abc.Iterable[int]]] = {}  # parent row -> rows, by field
        self.first_row_at: abc.Callable[[str], int] | None = None  # rows are in the order of their stamps


class Table:
    """The rows of one object."""

    def __init__(self, sobject: SObject, seeds: Seeds) -> None:
        self.sobject = sobject
        self.ids = Ids(sobject.prefix, first=seeds.first_id)
        self.seeds = seeds
        self.count = seeds.rows
        self.changed: dict[int, Values] = {}
        self.deleted: set[int] = set()
        self.masked: dict[
            str, dict[int, object]
        ] = {}  # fields that have another type for now, and are empty until written
        self._found: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._indexed = frozenset(
            field.name for field in sobject.fields.values() if field.lookup or field.type == "reference"
        )

    def row(self, given_id: str) -> int | None:
        """Give the row number of an id, deleted or not, or None."""
        row = self.ids.row(given_id)
        return row if row is not None and row < self.count else None

    def living(self, given_id: str) -> int | None:
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
        if name in ("Id", "IsDeleted"):
            return self.ids.of(row) if name == "Id" else row in self.deleted
        compute = self.seeds.computed.get(name)
        if compute is not None:
            return compute(lambda other: self.value(row, other))
        if row < self.seeds.rows and (make := self.seeds.makers.get(name)) is not None:
            return make(row)
        field = self.sobject.fields.get(name)
        return False if field is not None and field.type == "boolean" else None

    def column(self, name: str, rows: abc.Sequence[int]) -> list[object]:
        """Give one field of many rows: the quick way where nothing was changed."""
        make = self.ids.of if name == "Id" else self.seeds.makers.get(name)
        if make is None or name in self.seeds.computed or name in self.masked:
            return [self.value(row, name) for row in rows]
        if not self.changed and self.count == self.seeds.rows:
            return [make(row) for row in rows]
        changed, seeded = self.changed, self.seeds.rows
        return [make(row) if row < seeded and row not in changed else self.value(row, name) for row in rows]

    def change(self, row: int, values: abc.Mapping[str, object]) -> None:
        """Store new values."""
        self.changed.setdefault(row, {}).update(values)
        for name in self.masked.keys() & values.keys():
            self.masked[name][row] = self.changed[row].pop(name)
        for name in self._indexed.intersection(values):
            self._remember(name, values[name], row)

    def insert(self, values: abc.Mapping[str, object]) -> int:
        """Add a row and give its number."""
        row = self.count
        self.count += 1
        self.change(row, values)
        return row

    def find(self, name: str, wanted: str) -> list[int]:
        """Give the living rows whose field equals a text, whatever its case."""
        lower = wanted.lower()
        return [
            row
            for row in sorted(self.candidates(name, wanted))
            if row not in self.deleted and str(self.value(row, name) or "").lower() == lower
        ]

    def candidates(self, name: str, wanted: str) -> set[int]:
        """Give the rows that may hold a value: all that do, and perhaps others."""
        probe = self.seeds.probes.get(name)
        rows = set(range(self.seeds.rows)) if probe is None else set(probe(wanted))
        rows = {row for row in rows if 0 <= row < self.seeds.rows}
        if name in self._indexed:
            return rows | self._found[name][wanted.lower()]
        return rows | set(self.changed)

    def is_quick_to_find(self, name: str) -> bool:
        """Say whether `candidates` names few rows."""
        return name in self.seeds.probes

    def children(self, name: str, parent: int, parent_id: str) -> list[int]:
        """Give the living rows that refer to a parent by a field."""
        made = self.seeds.children.get(name)
        rows = set(range(self.seeds.rows)) if made is None else set(made(parent))
        rows = {row for row in rows if 0 <= row < self.seeds.rows} | self._found[name][parent_id.lower()]
        return [row for row in sorted(rows) if row not in self.deleted and self.value(row, name) == parent_id]

    def move(self, old: str, new: str) -> None:
        """Keep a field under another name from now on."""
        seeds = self.seeds
        _moved(seeds.makers, old, new)
        _moved(seeds.probes, old, new)
        _moved(seeds.computed, old, new)
        for changed in self.changed.values():
            _moved(changed, old, new)

    def _remember(self, name: str, value: object, row: int) -> None:
        if isinstance(value, str):
            self._found[name][value.lower()].add(row)


def _moved(kept: dict[str, ThingT], old: str, new: str) -> None:
    if old in kept:
        kept[new] = kept.pop(old)
