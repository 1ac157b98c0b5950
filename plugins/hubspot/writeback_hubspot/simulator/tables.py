"""The records of one object: made from their number when asked for, plus what was changed since.

A hundred thousand records cost nothing until somebody writes them. Must not know what a valid value is
(`values`, `writing`) nor how records are asked for.
"""

from collections import abc, defaultdict, deque
from dataclasses import dataclass
from typing import NamedTuple

from writeback_hubspot.simulator.catalogue import ObjectType

Values = dict[str, str | None]
Getter = abc.Callable[[str], str | None]
Maker = abc.Callable[[int], str | None]


class Version(NamedTuple):
    """One value a property had."""

    value: str
    at: str
    source: str
    source_id: str = ""
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Seeds:
    """How the records that were there from the start are made."""

    rows: int
    makers: abc.Mapping[str, Maker]
    computed: abc.Mapping[str, abc.Callable[[int, Getter], str | None]]
    probes: abc.Mapping[str, abc.Callable[[str], int | None]]  # unique value -> the row that may hold it


@dataclass(slots=True)
class Unseen:
    """What a record was before writes that search does not see yet."""

    seen_at: float
    row: int
    before: Values | None  # None: it was not there
    was_archived: bool


class Table:
    """The records of one object."""

    def __init__(self, kind: ObjectType, seeds: Seeds) -> None:
        self.kind = kind
        self.seeds = seeds
        self.count = seeds.rows
        self.changed: dict[int, Values] = {}
        self.history: dict[int, dict[str, list[Version]]] = {}
        self.archived: dict[int, str] = {}  # row -> when
        self.merged: dict[int, int] = {}  # row -> surviving row
        self.writes = 0  # so that a search can tell whether anything moved
        self._unseen: deque[Unseen] = deque()
        self._holders: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def id(self, row: int) -> str:
        """Give the id of a row number."""
        return str(self.kind.first_id + row)

    def row(self, given: str) -> int | None:
        """Give the row number of an id, archived or not; a merged one gives the surviving row."""
        if not (given.isascii() and given.isdigit() and len(given) < 20):
            return None
        row = int(given) - self.kind.first_id
        while row in self.merged:
            row = self.merged[row]
        return row if 0 <= row < self.count else None

    def living(self, given: str) -> int | None:
        """Give the row number of an id that is not archived."""
        row = self.row(given)
        return None if row is None or row in self.archived else row

    def value(self, row: int, name: str) -> str | None:
        """Give one value of one record, by the key it is kept under."""
        return self.value_in(row, name, self.changed.get(row))

    def value_in(self, row: int, name: str, changed: Values | None) -> str | None:
        """Give one value, given what was changed."""
        if changed is not None and name in changed:
            return changed[name]
        if name == "hs_object_id":
            return self.id(row)
        computed = self.seeds.computed.get(name)
        if computed is not None:
            return computed(row, lambda other: self.value_in(row, other, changed))
        maker = self.seeds.makers.get(name)
        return maker(row) if maker is not None and row < self.seeds.rows else None

    def rows(self, *, archived: bool = False) -> abc.Iterable[int]:
        """Give the row numbers in the order of ids."""
        if archived:
            return sorted(row for row in self.archived if row not in self.merged)
        return (row for row in range(self.count) if row not in self.archived)

    def find(self, name: str, value: str) -> int | None:
        """Find the living record with a value of a unique property; case does not matter."""
        key = value.lower()
        row = self._holders[name].get(key)
        if row is None:
            probe = self.seeds.probes.get(name)
            row = probe(key) if probe is not None else None
        if row is None or not 0 <= row < self.count or row in self.archived:
            return None
        return row if (self.value(row, name) or "").lower() == key else None

    def write(self, row: int, values: abc.Mapping[str, str | None], *, seen_at: float | None) -> None:
        """Store values of a record."""
        self.remember(row, seen_at)
        self.changed.setdefault(row, {}).update(values)
        for name in values.keys() & self.seeds.probes.keys():
            value = values[name]
            if value:
                self._holders[name][value.lower()] = row

    def add(self, values: abc.Mapping[str, str | None], *, seen_at: float | None) -> int:
        """Add a record."""
        row = self.count
        if seen_at is not None:
            self._unseen.append(Unseen(seen_at, row, None, was_archived=False))
        self.count += 1
        self.changed[row] = {}
        self.write(row, values, seen_at=seen_at)
        return row

    def archive(self, row: int, at: str, *, seen_at: float | None) -> None:
        """Put a record into the recycle bin."""
        self.remember(row, seen_at)
        self.archived[row] = at

    def remember(self, row: int, seen_at: float | None) -> None:
        """Keep what search sees of a record until `seen_at`; None is not at all."""
        self.writes += 1
        if seen_at is None:
            return
        before = dict(self.changed.get(row, ()))
        self._unseen.append(Unseen(seen_at, row, before, was_archived=row in self.archived))

    def unseen(self, now: float) -> dict[int, Unseen]:
        """Give the records that search sees as they were, by row."""
        while self._unseen and self._unseen[0].seen_at <= now:
            self._unseen.popleft()
        found: dict[int, Unseen] = {}
        for each in self._unseen:
            found.setdefault(each.row, each)  # the oldest is what the index holds
        return found
