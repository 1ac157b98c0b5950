"""Gather wishes from an edit of all records of a segment: a stream for each integration that takes it.

Nothing is kept as drafts: the records are read page by page each time, so a million of them need no more
memory than a thousand. Records whose cells are alike are one case, wished for once. A value that somebody
has edited already, and not sent, is left alone: that edit is another act. So are records that no CRM takes
the value of.

Must not: judge, read a segment's text.
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime
from itertools import compress, count
from typing import Any

from writeback.engine.bulk_wishes import BulkWish, Roles, is_needless, read_bulk
from writeback.engine.edited_rows import MOST_KNOWN, Edited
from writeback.engine.gathering_drafts import Gathering
from writeback.engine.reaching import LastReachOf, ReachOf
from writeback.errors import MappingError
from writeback.model.bulk import BulkEdit
from writeback.model.changes import Change, Origin, Reason
from writeback.model.integrations import Integration
from writeback.model.segments import Expression
from writeback.model.types import AttributeType, RecordId, Value
from writeback.planning.inputs import PlanStream
from writeback.planning.translating import Translation
from writeback.store import connections, integrations, people, roles, segment_rows, targets, wide
from writeback.store.drafts import Draft
from writeback.store.meanings import meaning_in
from writeback.store.segment_rows import CELLS, Asked
from writeback.store.segments import Ground
from writeback.store.workspace import Db, Workspace

PAGE = 5_000


@dataclass(frozen=True, slots=True)
class SegmentWish:
    """What shall be different about all records of a segment."""

    ground: Ground
    expression: Expression
    edits: tuple[BulkEdit, ...]
    author: str
    at: datetime
    only_changes: bool = False
    """Leave out records that hold already, here and in the CRM, what is wished."""
    integration: str = ""
    """Only this one's CRM takes the values; '': every one that does."""


def gather_segment(
    workspace: Workspace, wish: SegmentWish, reach_of: ReachOf, *, last_reach_of: LastReachOf | None = None
) -> abc.Iterator[PlanStream]:
    """Give a stream for each integration that takes one of the values.

    Raises:
        UnknownAttributeError: An attribute does not exist.
        MappingError: A value cannot be read (`segment.refused_value`), an attribute is named twice, or no CRM
            takes any of them.
    """
    sets = read_wishes(workspace, wish.ground, wish.edits)
    with workspace.reading() as db:
        feeding = integrations.every(db, entity=wish.ground.entity)
        closed = {one.connection_id for one in feeding if connections.get(db, one.connection_id).read_only}
    takers: dict[str, tuple[Integration, list[BulkWish]]] = {}
    for one in sets:
        every = targets.writers(feeding, one.attribute.name)
        if wish.integration:
            every = tuple(taker for taker in every if taker.id == wish.integration)
        for integration in [taker for taker in every if taker.connection_id not in closed] or every:
            takers.setdefault(integration.id, (integration, []))[1].append(one)
    if not takers:
        names = ", ".join(one.attribute.name for one in sets)
        raise MappingError("segment.nobody_takes", attributes=names[:300])
    for integration, mine in takers.values():
        with workspace.reading() as db:
            wished = tuple(_Wished.of(db, one, integration) for one in mine)
        pages = _Pages(workspace, wish, integration, wished)
        names_of = tuple(one.attribute.name for one in mine)
        yield from Gathering(workspace, integration, names_of, pages).streams(reach_of, last_reach_of)


def read_wishes(workspace: Workspace, ground: Ground, edits: abc.Sequence[BulkEdit]) -> list[BulkWish]:
    """Read what is wished for the records of an entity. Raises as `read_bulk`."""
    with workspace.reading() as db:
        told = Roles(frozenset(roles.pointing(db, ground.entity)), people.persons(db))
    return read_bulk(edits, ground.attributes, told)


@dataclass(frozen=True, slots=True)
class _Wished:
    """One wish, with how its cells are read."""

    wish: BulkWish
    path: str
    kind: AttributeType
    """Of what the CRM holds, as it is kept."""
    meaning: abc.Callable[[Value], Value] | None
    """What that is in the attribute's own values; None: itself."""
    told: abc.Callable[[Value], Value]
    """The same, and of a role the team member."""

    @classmethod
    def of(cls, db: Db, wish: BulkWish, integration: Integration) -> "_Wished":
        """Look how an integration keeps the value."""
        attribute = wish.attribute
        mapping = {one.attribute: one for one in integration.mappings}[attribute.name]
        meaning = Translation(mapping.values, attribute.kind).meaning if mapping.values else None
        told = meaning_in(db, integration, attribute.name, attribute.kind)
        return cls(wish, str(mapping.path), mapping.read_as(attribute.kind), meaning, told)

    @property
    def asked(self) -> Asked:
        """What is read of each record."""
        source = self.wish.source.name if self.wish.source is not None else ""
        return Asked(self.wish.attribute.name, self.path, source)

    def read(
        self, held: abc.Sequence[object], kept: abc.Sequence[object]
    ) -> tuple[abc.Sequence[Value], abc.Sequence[Value], abc.Sequence[Value]]:
        """Give what records hold here, what they hold in the CRM, and what that means."""
        ours, in_crm = wide.loaded_column(held, self.wish.attribute.kind), wide.loaded_column(kept, self.kind)
        return ours, in_crm, in_crm if self.meaning is None else list(map(self.meaning, in_crm))


_Case = tuple[int, tuple[Draft, ...]]
"""Its number, and what is wished."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """A segment's records that one CRM holds, as edits; read anew from the start by each call."""

    workspace: Workspace
    wish: SegmentWish
    integration: Integration
    sets: tuple[_Wished, ...]

    def __call__(self) -> abc.Iterator[abc.Sequence[Edited]]:
        after, numbers = RecordId(""), count(1)
        asked = [one.asked for one in self.sets]
        cases: dict[tuple[object, ...], _Case] = {}
        paged = self._alike if all(one.wish.is_fixed for one in self.sets) else self._each
        while True:
            with self.workspace.reading() as db:
                rows = segment_rows.page(
                    db,
                    self.wish.ground,
                    self.wish.expression,
                    integration=self.integration,
                    asked=asked,
                    after=after,
                    most=PAGE,
                )
            if len(cases) > MOST_KNOWN:
                cases.clear()
            page = paged(rows, cases, numbers) if rows else []
            if page:
                yield page
            if len(rows) < PAGE:
                return
            after = RecordId(rows[-1][0])

    def _each(
        self,
        rows: abc.Sequence[tuple[Any, ...]],
        cases: dict[tuple[object, ...], _Case],
        numbers: abc.Iterator[int],
    ) -> list[Edited]:
        """Make edits whose wish hangs on what a record holds: records that hold the same are a case."""
        page: list[Edited] = []
        for row in rows:
            cells = row[2:]
            case = cases.get(cells)
            if case is None:
                case = cases[cells] = (next(numbers), self._edits(RecordId(row[0]), cells))
            if case[1]:
                page.append(Edited(row[0], row[1], case[1], case[0]))
        return page

    def _alike(
        self,
        rows: abc.Sequence[tuple[Any, ...]],
        cases: dict[tuple[object, ...], _Case],
        numbers: abc.Iterator[int],
    ) -> list[Edited]:
        """Make edits that wish the same for every record, column by column: a case is what is wished for."""
        rids, keys, *columns = zip(*rows, strict=True)
        wished: list[abc.Sequence[bool]] = []
        seen: list[abc.Sequence[Value]] = []
        for one, start in zip(self.sets, range(0, len(columns), CELLS), strict=True):
            held, _, kept, waits = columns[start : start + CELLS]
            ours, in_crm, theirs = one.read(held, kept)
            wished.append(self._wished(one, ours, in_crm, waits))
            seen.append([our if our == their else their for our, their in zip(ours, theirs, strict=True)])
        page: list[Edited] = []
        each = zip(rids, keys, zip(*wished, strict=True), zip(*seen, strict=True), strict=True)
        for rid, key, chosen, values in each:
            case = cases.get(chosen)
            if case is None:
                made = zip(self.sets, chosen, values, strict=True)
                edits = (self._fixed(rid, one, value) for one, is_chosen, value in made if is_chosen)
                case = cases[chosen] = (next(numbers), tuple(edit for edit in edits if edit is not None))
            number, wishes = case
            if wishes:
                shown = values if False not in chosen else tuple(compress(values, chosen))
                page.append(Edited(rid, key, wishes, number, shown))
        return page

    def _wished(
        self,
        one: _Wished,
        ours: abc.Sequence[Value],
        in_crm: abc.Sequence[Value],
        waits: abc.Sequence[object],
    ) -> abc.Sequence[bool]:
        """Say for which records a value is wished: where no edit of it waits, and it is not so already."""
        new = one.wish.fixed
        if new is None:
            return [False] * len(waits)
        if not self.wish.only_changes:
            return [not waiting for waiting in waits]
        return [
            not waiting and not (is_needless(new, our) and is_needless(new, one.told(their)))
            for waiting, our, their in zip(waits, ours, in_crm, strict=True)
        ]

    def _fixed(self, record: RecordId, one: _Wished, old: Value) -> Draft | None:
        """Give the edit that wishes for a record what is wished for all; None: nothing is."""
        attribute, new = one.wish.attribute, one.wish.fixed
        if new is None:
            return None
        by = (self.wish.author, Origin.SEGMENT, self.wish.at)
        return Draft(Change(record, attribute.name, old, new), attribute.entity, attribute.kind, *by)

    def _edits(self, record: RecordId, cells: abc.Sequence[object]) -> tuple[Draft, ...]:
        """Give what is wished for a record that holds these cells."""
        every = (cells[start : start + CELLS] for start in range(0, len(cells), CELLS))
        edits = (self._edit(record, one, held) for one, held in zip(self.sets, every, strict=True))
        return tuple(edit for edit in edits if edit is not None)

    def _edit(self, record: RecordId, one: _Wished, cells: abc.Sequence[object]) -> Draft | None:
        """Give the edit of one value; None: nothing can be wished for it, it waits, or it is so already."""
        held, other, kept, waits = cells
        if waits:
            return None
        attribute, source = one.wish.attribute, one.wish.source
        (old,), (in_crm,), (theirs,) = one.read((held,), (kept,))
        new = one.wish.for_value(old, wide.loaded(other, source.kind) if source is not None else None)
        if new is None or isinstance(new, Reason):
            return None  # the preview counts it and says why
        if self.wish.only_changes and is_needless(new, old) and is_needless(new, one.told(in_crm)):
            return None
        seen: dict[str, Value] = {} if theirs == old else {self.integration.id: theirs}
        change = Change(record, attribute.name, old, new)
        by = (self.wish.author, Origin.SEGMENT, self.wish.at)
        return Draft(change, attribute.entity, attribute.kind, *by, seen, one.wish.delta)
