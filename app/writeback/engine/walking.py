"""Walk from records over references to the records behind them: whose field an edit of a target writes.

One read takes a whole leg of the way, for many records at once. Where a reference may point at several kinds
of records, each kind is asked which of the ids it knows.

Must not: write, decide what is written there.
"""

from collections import abc
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, NamedTuple

from writeback.engine.reaching import Reach
from writeback.engine.reading_records import not_one, read_records
from writeback.model.changes import Reason
from writeback.model.fieldpaths import FieldPath
from writeback.model.types import RecordId
from writeback.planning.following import leg_of
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.planning.resolving import Aim
from writeback.store import records
from writeback.store.workspace import Workspace

MOST_KEPT: Final = 100_000
"""More records than this are walked from again when they are asked for again."""
CHUNK: Final = 1_000


class Reached(NamedTuple):
    """The record that a way leads to."""

    object: str
    record_id: str


class Walk:
    """The way over some hops, from records of one object."""

    def __init__(self, reach: Reach, object_name: str, hops: tuple[str, ...], *, by: str = "") -> None:
        """Make no call; `by`: the field that records are named by, '' for their id."""
        self._reach = reach
        self._object = object_name
        self._hops = hops
        self._by = by
        self._known: dict[str, Reached | Reason] = {}

    def ends(self, keys: abc.Iterable[str]) -> dict[str, Reached | Reason]:
        """Give for each record the one it leads to, or why it leads nowhere.

        Raises:
            ConnectorError: The CRM could not be read.
        """
        wanted = tuple(dict.fromkeys(keys))
        unknown = tuple(key for key in wanted if key not in self._known)
        if len(self._known) + len(unknown) > MOST_KEPT:
            self._known.clear()
            unknown = wanted
        self._known |= self._follow(self._object, unknown, self._hops, by=self._by)
        return {key: self._known[key] for key in wanted}

    def _follow(
        self, object_name: str, keys: tuple[str, ...], hops: tuple[str, ...], *, by: str
    ) -> dict[str, Reached | Reason]:
        leg = leg_of(self._reach.describe(object_name), hops, self._reach.describe)
        if leg is None:
            return dict.fromkeys(keys, self._nowhere(hops))
        held = read_records(self._reach, object_name, by=by, keys=keys, fields=(leg.path,))
        found: dict[str, Reached | Reason] = {}
        following: dict[str, str] = {}
        for key in keys:
            theirs = held.get(key, [])
            if len(theirs) != 1:
                found[key] = not_one(self._reach, object_name, by=by, key=key, found=len(theirs))
            elif not isinstance(theirs[0].values[0], str) or not theirs[0].values[0]:
                found[key] = self._nowhere(hops)
            else:
                following[key] = theirs[0].values[0]
        kinds = self._kinds(leg.targets, tuple(dict.fromkeys(following.values())))
        ends: dict[Reached, Reached | Reason] = {end: end for end in set(kinds.values())}
        if leg.rest:
            ends = {}
            for kind in dict.fromkeys(kinds.values()):
                ends |= self._onward(kind.object, kinds, leg.rest)
        for key, record_id in following.items():
            end = kinds.get(record_id)
            found[key] = self._nowhere(hops) if end is None else ends[end]
        return found

    def _onward(
        self, object_name: str, kinds: abc.Mapping[str, Reached], rest: tuple[str, ...]
    ) -> dict[Reached, Reached | Reason]:
        mine = tuple(record_id for record_id, end in kinds.items() if end.object == object_name)
        ends = self._follow(object_name, mine, rest, by="")
        return {kinds[record_id]: end for record_id, end in ends.items()}

    def _kinds(self, targets: tuple[str, ...], ids: tuple[str, ...]) -> dict[str, Reached]:
        """Say of what kind each record is; one that no kind knows is left out."""
        if len(targets) == 1:
            return {one: Reached(targets[0], one) for one in ids}
        found: dict[str, Reached] = {}
        for target in targets:
            left = tuple(one for one in ids if one not in found)
            title = self._reach.describe(target).name_field
            there = read_records(self._reach, target, by="", keys=left, fields=(title,))
            found |= {one: Reached(target, one) for one in left if there.get(one)}
        return found

    def _nowhere(self, hops: tuple[str, ...]) -> Reason:
        """Say that the reference at the first of the hops that are left points at nothing."""
        way = ".".join(self._hops[: len(self._hops) - len(hops) + 1])
        return Reason("reference.leads_nowhere", (("field", way), ("object", self._object)))


@dataclass(frozen=True, slots=True)
class Led:
    """Rows about the records of one kind that a way leads to."""

    walk: Walk
    object: str

    def lead(self, rows: abc.Iterable[tuple[PlanInput, abc.Sequence[Aim]]]) -> abc.Iterator[PlanInput]:
        """Give the rows that lead to a record of this kind, about that record.

        Args:
            rows: About the records where the way begins, by id or by what `walk` names them by, each with the
                aims for which nobody else tells that a row leads nowhere.
        """
        found = list(rows)
        ends = self.walk.ends(row.record_id or row.source_key for row, _ in found if row.blocked is None)
        for row, aims in found:
            end = row.blocked or ends[row.record_id or row.source_key]
            if isinstance(end, Reached):
                if end.object == self.object:
                    yield row._replace(record_id=end.record_id)
                    continue
                closed = [reason for aim in aims for name, reason in aim.closed if name == end.object]
                if not closed:
                    continue
                end = closed[0]
            if aims:
                path = row.field or str(aims[0].column.path)
                yield row._replace(record_id="", blocked=end, field=path)


def hold_to_way(stream: PlanStream, reach: Reach, workspace: Workspace) -> PlanStream:
    """Block those rows of an earlier plan whose way leads to another record by now: nobody approved that one.

    A row stands where the way begins by our record, or by the key of the file it came from. Where neither is
    known only its record behind the reference is.
    """
    if not stream.was_walked or not stream.columns:
        return stream
    via, by = stream.columns[0].via, stream.walked_by
    is_id = by.casefold() == reach.describe(stream.root).key_field.casefold()
    walks = Walk(reach, stream.root, via), Walk(reach, stream.root, via, by="" if is_id else by)
    return replace(stream, rows=_StillLed(stream, *walks, workspace))


@dataclass(frozen=True, slots=True)
class _StillLed:
    """Rows that were led to the records they are about, held against where the way leads now."""

    stream: PlanStream
    by_id: Walk
    by_source: Walk
    workspace: Workspace

    def __iter__(self) -> abc.Iterator[PlanInput]:
        rows = iter(self.stream.rows)
        while chunk := list(islice(rows, CHUNK)):
            keys = self._keys([row.rid for row in chunk if row.rid is not None and row.blocked is None])
            named = [self._name(row) for row in chunk]
            ends = self.by_id.ends(keys.values())
            others = self.by_source.ends(name for name in named if name)
            for row, name in zip(chunk, named, strict=True):
                if name:
                    yield self._held(row, others[name])
                elif row.blocked is None and row.rid is not None and row.rid in keys:
                    yield self._held(row, ends[keys[RecordId(row.rid)]])
                else:
                    yield row

    def _keys(self, rids: abc.Sequence[str]) -> abc.Mapping[RecordId, str]:
        if self.stream.integration_id is None:
            return {}
        with self.workspace.reading() as db:
            return records.keys_of(db, self.stream.integration_id, rids)

    def _name(self, row: PlanInput) -> str:
        """Give what the source called a row that is no record of ours; '' where nobody knows."""
        return row.source_key if self.stream.walked_by and row.rid is None and row.blocked is None else ""

    def _held(self, row: PlanInput, end: Reached | Reason) -> PlanInput:
        if isinstance(end, Reached) and end.record_id == row.record_id:
            return row
        path = str(self.stream.columns[0].path)
        moved = Reason("reference.moved", (("field", path), ("record", row.record_id)))
        return row._replace(blocked=end if isinstance(end, Reason) else moved, field=path)


def both_modes(path: FieldPath, other: str) -> Reason:
    """Say that one row points a reference elsewhere and edits what it points at: which one, nobody knows."""
    return Reason("reference.both_modes", (("field", str(path)), ("other", other)))
