"""Gather wishes from an edit of all records of a segment: a stream for each integration that takes it.

Nothing is kept as drafts: the records are read page by page each time, so a million of them need no more
memory than a thousand. A value that somebody has edited already, and not sent, is left alone: that edit
is another act. So are records that no CRM takes the value of.

Must not: judge, read a segment's text.
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime

from writeback.engine.adding import delta_of
from writeback.engine.gathering_drafts import Gathering
from writeback.engine.reaching import LastReachOf, ReachOf
from writeback.engine.wishing import read_wish
from writeback.errors import MappingError, UnknownAttributeError
from writeback.model.attributes import Attribute
from writeback.model.changes import Change, Origin, Reason
from writeback.model.deltas import Delta, MultiMode
from writeback.model.integrations import Integration
from writeback.model.segments import Expression
from writeback.model.types import CLEAR, RecordId, Value, Wish
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
    sets: tuple[tuple[str, str | None, MultiMode], ...]
    """Attribute, text as typed (None clears), and what several values mean for a list."""
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Set:
    """One attribute's wish, read."""

    attribute: Attribute
    wish: Wish
    delta: Delta | None = None


def gather_segment(
    workspace: Workspace, wish: SegmentWish, reach_of: ReachOf, *, last_reach_of: LastReachOf | None = None
) -> abc.Iterator[PlanStream]:
    """Give a stream for each integration that takes one of the values.

    Raises:
        UnknownAttributeError: An attribute does not exist.
        MappingError: A value cannot be read (`segment.refused_value`), an attribute is named twice, or no CRM
            takes any of them.
    """
    sets = _read(workspace, wish)
    with workspace.reading() as db:
        feeding = integrations.every(db, entity=wish.ground.entity)
        closed = {one.connection_id for one in feeding if connections.get(db, one.connection_id).read_only}
    takers: dict[str, tuple[Integration, list[_Set]]] = {}
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


def _read(workspace: Workspace, wish: SegmentWish) -> list[_Set]:
    known = {one.name.casefold(): one for one in wish.ground.attributes}
    with workspace.reading() as db:
        pointing, persons = roles.pointing(db, wish.ground.entity), people.persons(db)
    found: dict[str, _Set] = {}
    for name, text, mode in wish.sets:
        attribute = known.get(name.casefold())
        if attribute is None:
            raise UnknownAttributeError("attribute.unknown", entity=wish.ground.entity, name=name[:200])
        if attribute.name in found:
            raise MappingError("segment.named_twice", attribute=attribute.name)
        read = read_wish(attribute, text, is_role=attribute.name in pointing, persons=persons)
        delta: Delta | Reason | None = None
        if not isinstance(read, Reason) and read is not CLEAR and mode is not MultiMode.REPLACE:
            delta = delta_of(attribute, mode, read)
        problem = next((one for one in (read, delta) if isinstance(one, Reason)), None)
        if problem is not None or isinstance(read, Reason) or isinstance(delta, Reason):
            code = "" if problem is None else problem.code
            raise MappingError(
                "segment.refused_value", attribute=attribute.name, value=str(text)[:80], why=code
            )
        found[attribute.name] = _Set(attribute, read, delta)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Pages:
    """A segment's records that one CRM holds, as edits; read anew from the start by each call."""

    workspace: Workspace
    wish: SegmentWish
    integration: Integration
    sets: tuple[_Set, ...]

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
                self._edit(held[rid], link, one)
                for rid in rids
                if (link := live.get(rid)) is not None
                for one in self.sets
                if (rid, one.attribute.name) not in edited
            ]
            if edits:
                yield edits, {rid: link.key for rid, link in live.items()}
            if len(rids) < PAGE:
                return
            after = rids[-1]

    def _edit(self, record: Record, link: Link, one: _Set) -> Draft:
        attribute = one.attribute
        old = record.values.get(attribute.name)
        theirs = link.values.get(attribute.name)
        seen: dict[str, Value] = {} if theirs == old else {link.integration_id: theirs}
        new = one.wish if one.delta is None else one.delta.over(old) or CLEAR
        change = Change(record.id, attribute.name, old, new)
        by = (self.wish.author, Origin.SEGMENT, self.wish.at)
        return Draft(change, attribute.entity, attribute.kind, *by, seen, one.delta)
