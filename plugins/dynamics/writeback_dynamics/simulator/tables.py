"""The rows of one table: made from their number when asked for, plus what was changed since.

A hundred thousand rows cost nothing until somebody writes them. Must not know what a valid value is
(`values`, `writing`) nor how rows are asked for (`filtering`, `selecting`).
"""

import re
from collections import abc, defaultdict
from typing import TypeVar

from writeback.sdk.simulator import mix
from writeback_dynamics.simulator.schema import Entity, Ref

Getter = abc.Callable[[str], object]
Maker = abc.Callable[[int], object]
Values = dict[str, object]
ThingT = TypeVar("ThingT")
_GUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_STEP = 2_654_435_761  # odd, so that it has an inverse and ids look unordered
_BACK = pow(_STEP, -1, 1 << 32)


def is_guid(text: str) -> bool:
    """Say whether a text is a guid."""
    return _GUID.fullmatch(text) is not None


class Ids:
    """Guids of one table, computed from row numbers and back."""

    def __init__(self, name: str, seed: int) -> None:
        number = mix(seed, *name.encode())
        self._start = number & 0xFFFFFFFF
        self._rest = f"{number >> 32 & 0xFFFF:04x}-ee11-9ac4-{mix(number) & 0xFFFFFFFFFFFF:012x}"

    def of(self, row: int) -> str:
        """Give the guid of a row number."""
        return f"{(row * _STEP + self._start) & 0xFFFFFFFF:08x}-{self._rest}"

    def row(self, guid: str) -> int | None:
        """Give the row number of a guid made here."""
        if guid[9:] != self._rest:
            return None
        return (int(guid[:8], 16) - self._start) * _BACK & 0xFFFFFFFF


class Seeds:
    """How the rows that were there from the start are made."""

    def __init__(self, rows: int, makers: abc.Mapping[str, Maker] | None = None) -> None:
        self.rows = rows
        self.makers = dict(makers or {})
        self.probes: dict[str, abc.Callable[[str], abc.Iterable[int]]] = {}  # value -> rows that may hold it
        self.children: dict[str, abc.Callable[[int], abc.Iterable[int]]] = {}  # parent row -> rows, by column
        self.computed: dict[str, abc.Callable[[Getter], object]] = {}


class Table:
    """The rows of one table."""

    def __init__(self, entity: Entity, seeds: Seeds, *, seed: int, first_version: int) -> None:
        self.entity = entity
        self.ids = Ids(entity.name, seed)
        self.seeds = seeds
        self.count = seeds.rows
        self.changed: dict[int, Values] = {}
        self.deleted: dict[int, int] = {}  # row -> version of its deletion
        self.versions: dict[int, int] = {}  # of rows written since the start
        self.changes: dict[int, int] = {}  # row -> its last version, in the order of change
        self.masked: dict[
            str, dict[int, object]
        ] = {}  # columns that have another type for now, and are empty
        self._first_version = first_version
        self._given: dict[str, int] = {}  # ids that clients chose
        self._given_ids: dict[int, str] = {}
        self._revived: dict[int, tuple[int, int | None]] = {}  # row -> the deleted row whose id it took
        self._found: defaultdict[str, defaultdict[object, set[int]]] = defaultdict(lambda: defaultdict(set))
        in_keys = {name for key in entity.keys for name in key.columns}
        lookups = {name for name, column in entity.columns.items() if column.targets}
        self._indexed = in_keys | lookups
        self._primary = entity.primary_id
        self._own: dict[str, Maker] = {self._primary: self.id, "versionnumber": self.version}

    def id(self, row: int) -> str:
        """Give the id of a row."""
        return self._given_ids.get(row) or self.ids.of(row)

    def row(self, given_id: str) -> int | None:
        """Give the row number of an id, deleted or not, or None."""
        given_id = given_id.lower()
        row = self._given.get(given_id)
        if row is None and is_guid(given_id):
            row = self.ids.row(given_id)
            if row in self._given_ids:
                return None
        return row if row is not None and row < self.count else None

    def living(self, given_id: str) -> int | None:
        """Give the row number of an id that was not deleted."""
        row = self.row(given_id)
        return None if row in self.deleted else row

    def rows(self, start: int = 0) -> abc.Iterator[int]:
        """Give the living rows from a row number on."""
        if not self.deleted:
            return iter(range(start, self.count))
        return (row for row in range(start, self.count) if row not in self.deleted)

    def version(self, row: int) -> int:
        """Give the row version."""
        return self.versions.get(row) or self._first_version + row

    def etag(self, row: int) -> str:
        """Give the etag."""
        return f'W/"{self.version(row)}"'

    def value(self, row: int, name: str) -> object:
        """Give one column of one row, as stored."""
        if name in self.masked:
            return self.masked[name].get(row)
        changed = self.changed.get(row)
        if changed is not None and name in changed:
            return changed[name]
        if name in self._own:
            return self._own[name](row)
        compute = self.seeds.computed.get(name)
        if compute is not None:
            return compute(lambda other: self.value(row, other))
        if row < self.seeds.rows and (make := self.seeds.makers.get(name)) is not None:
            return make(row)
        return None

    def change(self, row: int, values: abc.Mapping[str, object], version: int) -> None:
        """Store new values under a new version."""
        self.changed.setdefault(row, {}).update(values)
        for name in self.masked.keys() & values.keys():
            self.masked[name][row] = self.changed[row].pop(name)
        self.touch(row, version)
        for name in self._indexed.intersection(values):
            self._found[name][_folded(values[name])].add(row)

    def move(self, old: str, new: str) -> None:
        """Keep a column under another name from now on."""
        seeds = self.seeds
        _moved(seeds.makers, old, new)
        _moved(seeds.computed, old, new)
        _moved(seeds.probes, old, new)
        for changed in self.changed.values():
            _moved(changed, old, new)

    def touch(self, row: int, version: int) -> None:
        """Give a row another version."""
        self.versions[row] = version
        self.changes.pop(row, None)
        self.changes[row] = version

    def insert(self, values: abc.Mapping[str, object], version: int, given_id: str | None = None) -> int:
        """Add a row and give its number."""
        row = self.count
        self.count += 1
        if given_id is not None and given_id.lower() != self.ids.of(row):
            self._take_id(row, given_id.lower())
        self.change(row, values, version)
        return row

    def _take_id(self, row: int, guid: str) -> None:
        old = self.row(guid)
        if old is not None and old in self.changes:  # a deleted row comes back: no longer told as deleted
            self._revived[row] = (old, self.changes.pop(old))
        self._given[guid] = row
        self._given_ids[row] = guid

    def restore(self, row: int, values: abc.Mapping[str, object], missing: object) -> None:
        """Put back what was stored before; `missing` stands for nothing stored."""
        changed = self.changed.get(row, {})
        for name, value in values.items():
            if name in self.masked:
                self.masked[name].pop(row, None)
            elif value is missing:
                changed.pop(name, None)
            else:
                changed[name] = value
                if name in self._indexed:
                    self._found[name][_folded(value)].add(row)
        if not changed:
            self.changed.pop(row, None)

    def restore_version(self, row: int, version: int | None, change: int | None) -> None:
        """Put back the version a row had."""
        for kept, old in ((self.versions, version), (self.changes, change)):
            kept.pop(row, None)
            if old is not None:
                kept[row] = old

    def withdraw(self, row: int) -> None:
        """Take back the last insert."""
        given = self._given_ids.pop(row, None)
        if given is not None:
            del self._given[given]
        old, change = self._revived.pop(row, (0, None))
        if change is not None:
            self.changes[old] = change
        self.changed.pop(row, None)
        self.versions.pop(row, None)
        self.changes.pop(row, None)
        self.count = row

    def delete(self, row: int, version: int) -> None:
        """Delete a row."""
        self.deleted[row] = version
        self.touch(row, version)

    def candidates(self, name: str, wanted: object) -> set[int] | None:
        """Give the living rows that may hold a value, or None when all may."""
        if name == self._primary:
            row = self.living(str(wanted))
            return set() if row is None else {row}
        probe = self.seeds.probes.get(name)
        if probe is None or name not in self._indexed:
            return None
        rows = {row for row in probe(str(wanted)) if 0 <= row < self.seeds.rows}
        rows |= self._found[name].get(_folded(wanted), set())
        return {row for row in rows if row < self.count and row not in self.deleted}

    def holding(self, name: str, wanted: object) -> list[int]:
        """Give the living rows whose column equals a value (texts whatever their case)."""
        rows = self.candidates(name, wanted)
        folded = _folded(wanted)
        return [
            row
            for row in (self.rows() if rows is None else sorted(rows))
            if _folded(self.value(row, name)) == folded
        ]

    def children(self, name: str, entity: str, parent_id: str, parent_row: int) -> list[int]:
        """Give the living rows that refer to a parent by a column."""
        wanted = Ref(entity, parent_id)
        made = self.seeds.children.get(name)
        if made is None:
            rows: abc.Iterable[int] = range(self.count)
        else:
            seeded = {row for row in made(parent_row) if 0 <= row < self.seeds.rows}
            rows = sorted(seeded | self._found[name].get(wanted, set()))
        return [
            row
            for row in rows
            if row < self.count and row not in self.deleted and self.value(row, name) == wanted
        ]


def _folded(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _moved(kept: dict[str, ThingT], old: str, new: str) -> None:
    if old in kept:
        kept[new] = kept.pop(old)
