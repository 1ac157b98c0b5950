"""Gather wishes from an edit of all records of a segment: a stream for each integration that takes it.

Nothing is kept as drafts: the records are read page by page each time, so a million of them need no more
memory than a thousand. A value that somebody has edited already, and not sent, is left alone: that edit
is another act. So are records that no CRM takes the value of.

Must not: judge, read a segment's text.
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime

from writeback.engine.bulk_wishes import BulkWish, Roles, is_needless, read_bulk
from writeback.engine.gathering_drafts import Gathering
from writeback.engine.reaching import LastReachOf, ReachOf
from writeback.errors import MappingError
from writeback.model.bulk import BulkEdit
from writeback.model.changes import Change, Origin, Reason
from writeback.model.integrations import Integration
from writeback.model.segments import Expression
from writeback.model.types import RecordId, Value
from writeback.planning.inputs import PlanStream
from writeback.store import connections, drafts, integrations, people, records, roles, segments, targets
from writeback.store.drafts import Draft
from writeback.store.records import Link, Record
from writeback.store.segments import Ground
from writeback.store.workspace import Workspace

PAGE = 1_000


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
        for integration in [taker for taker in every if taker.connection_id not in closed] or every:
            takers.setdefault(integration.id, (integration, []))[1].append(one)
    if not takers:
        names = ", ".join(one.attribute.name for one in sets)
        raise MappingError("segment.nobody_takes", attributes=names[:300])
    for integration, mine in takers.values():
        pages = _Pages(workspace, wish, integration, tuple(mine))
        names_of = tuple(one.attribute.name for one in mine)
        yield from Gathering(workspace, integration, names_of, pages).streams(reach_of, last_reach_of)


def read_wishes(workspace: Workspace, ground: Ground, edits: abc.Sequence[BulkEdit]) -> list[BulkWish]:
    """Read what is wished for the records of an entity. Raises as `read_bulk`."""
    with workspace.reading() as db:
        told = Roles(frozenset(roles.pointing(db, ground.entity)), people.persons(db))
    return read_bulk(edits, ground.attributes, told)


@dataclass(frozen=True, slots=True)
class _Pages:
    """A segment's records that one CRM holds, as edits; read anew from the start by each call."""

    workspace: Workspace
    wish: SegmentWish
    integration: Integration
    sets: tuple[BulkWish, ...]

    def __call__(self) -> abc.Iterator[tuple[abc.Sequence[Draft], abc.Mapping[RecordId, str]]]:
        after = RecordId("")
        ground = self.wish.ground
        while True:
            with self.workspace.reading() as db:
                rids = segments.page(db, ground, self.wish.expression, after=after, most=PAGE)
                links = records.links_of(db, (self.integration,), rids)
                held = records.get_many(db, ground.entity, rids)
                names = tuple(one.attribute.name for one in self.sets)
                edited = drafts.edited(db, rids, attributes=names)
            live = {rid: found[0] for rid, found in links.items() if not found[0].is_gone}
            edits = [
                edit
                for rid in rids
                if (link := live.get(rid)) is not None
                for one in self.sets
                if (rid, one.attribute.name) not in edited
                if (edit := self._edit(held[rid], link, one)) is not None
            ]
            if edits:
                yield edits, {rid: link.key for rid, link in live.items()}
            if len(rids) < PAGE:
                return
            after = rids[-1]

    def _edit(self, record: Record, link: Link, one: BulkWish) -> Draft | None:
        """Give the edit of one value; None: nothing can be wished for it, or it is so already."""
        attribute = one.attribute
        old, theirs = record.values.get(attribute.name), link.values.get(attribute.name)
        new = one.for_value(old, record.values.get(one.source.name) if one.source is not None else None)
        if new is None or isinstance(new, Reason):
            return None  # the preview counts it and says why
        if self.wish.only_changes and is_needless(new, old) and is_needless(new, theirs):
            return None
        seen: dict[str, Value] = {} if theirs == old else {link.integration_id: theirs}
        change = Change(record.id, attribute.name, old, new)
        by = (self.wish.author, Origin.SEGMENT, self.wish.at)
        return Draft(change, attribute.entity, attribute.kind, *by, seen, one.delta)
