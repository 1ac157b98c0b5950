"""Gather wishes from drafts: a stream for each integration and each kind of record that they go to.

An edit of what a reference leads to is a row about the record behind it, whoever's draft it is.

What the person saw is each draft's `old`, or what that CRM held then where it differed; a reference was
seen as what people read of it, so it is compared in words. An attribute that is not mapped for write-back
blocks its record, with the reason.

Must not: judge, change a draft.
"""

from collections import abc
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from writeback.engine.edited_rows import Edited, Pages, Rows, Target, is_in_words
from writeback.engine.last_reading import REFERENCE, UNREACHED
from writeback.engine.looking_up import References
from writeback.engine.reaching import LastReachOf, Reach, ReachOf
from writeback.engine.shaping import Shape, shape_of
from writeback.engine.walking import Led, Walk
from writeback.errors import MappingError, WritebackError
from writeback.model.changes import Reason
from writeback.model.integrations import ConflictRule, FieldMapping, Integration
from writeback.model.types import AttributeType, RecordId
from writeback.planning.guarding import refuse_mapping
from writeback.planning.inputs import PlanStream
from writeback.planning.resolving import aims_at, moves_hop, refuse_doubles
from writeback.store import drafts, model, records, targets
from writeback.store.drafts import Draft
from writeback.store.targets import Aimed
from writeback.store.workspace import Workspace

Named = tuple[RecordId, str]
"""A record and an attribute."""


def gather_drafts(
    workspace: Workspace,
    reach_of: ReachOf,
    *,
    chosen: abc.Collection[RecordId] = (),
    only: abc.Collection[Named] = (),
    last_reach_of: LastReachOf | None = None,
    to: abc.Container[str] | None = None,
) -> abc.Iterator[PlanStream]:
    """Give a stream for each integration that waiting drafts go to.

    Args:
        workspace: Where the drafts are.
        reach_of: Gives connections with their descriptions.
        chosen: Only drafts of these records; empty: all.
        only: Only these drafts; empty: all.
        last_reach_of: Gives what was last read of a CRM that cannot be asked now; None: it must be asked.
        to: Only these connections; None: all.
    """
    mine = frozenset(only)
    wanted = chosen or {record for record, _ in mine}
    with workspace.reading() as db:
        aimed = targets.aims(db, wanted)
    for one in aimed:
        if to is not None and one.integration.connection_id not in to:
            continue
        names = [name for name in one.attributes if not mine or any(name == own for _, own in mine)]
        waiting = _Waiting(workspace, one, frozenset(wanted), mine)
        gathering = Gathering(workspace, one.integration, tuple(names), waiting.pages)
        yield from gathering.streams(reach_of, last_reach_of)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """The drafts that go to one integration."""

    workspace: Workspace
    aimed: Aimed
    wanted: frozenset[RecordId]
    only: frozenset[Named]

    def pages(self) -> abc.Iterator[abc.Sequence[Edited]]:
        """Give them, some at a time; reads are short."""
        after = ""
        while True:
            with self.workspace.reading() as db:
                page, after = drafts.waiting(db, self.wanted, after=after, aimed=self.aimed.condition)
                rids = dict.fromkeys(draft.change.record for draft in page)
                keys = records.keys_of(db, self.aimed.integration.id, rids)
            mine = groupby(filter(self._is_mine, page), key=lambda draft: draft.change.record)
            yield [Edited(record, keys[record], list(edits)) for record, edits in mine]
            if not after:
                return

    def _is_mine(self, draft: Draft) -> bool:
        return not self.only or (draft.change.record, draft.change.attribute) in self.only


@dataclass(frozen=True, slots=True)
class Gathering:
    """Edits that go to one integration, before anybody was asked."""

    workspace: Workspace
    integration: Integration
    names: tuple[str, ...]
    """Their attributes."""
    pages: Pages

    def streams(self, reach_of: ReachOf, last_reach_of: LastReachOf | None) -> abc.Iterator[PlanStream]:
        """Give the streams; where the CRM cannot be asked, one against what was last read of it."""
        try:
            found = self._over(reach_of(self.integration.connection_id), self.names)
        except UNREACHED as error:
            if last_reach_of is None:
                raise
            yield self._instead(last_reach_of, self.names, error)
            return
        for stream, names in found:
            if last_reach_of is None:
                yield stream
            else:
                yield replace(stream, instead=partial(self._instead, last_reach_of, names))

    def _instead(
        self, last_reach_of: LastReachOf, names: tuple[str, ...], error: WritebackError
    ) -> PlanStream:
        """Give the rows of some attributes against what was last read: no reference is followed there."""
        ((stream, _),) = self._over(last_reach_of(self.integration), names)
        return replace(stream, unreached=error)

    def _over(self, reach: Reach, names: tuple[str, ...]) -> list[tuple[PlanStream, tuple[str, ...]]]:
        return list(_Group(self.workspace, self.integration, reach, self.pages).streams(names))


_Way = tuple[tuple[str, ...], str]
"""Hops, and the object they lead to: what one stream writes. No hops: the integration's own records."""


@dataclass(frozen=True, slots=True)
class _Group:
    """The edits that go to one integration, by what they write."""

    workspace: Workspace
    integration: Integration
    reach: Reach
    pages: Pages

    def streams(self, attributes: abc.Sequence[str]) -> abc.Iterator[tuple[PlanStream, tuple[str, ...]]]:
        """Give a stream for each kind of record that is written, with the attributes it is about."""
        references = References(self.reach)
        ways: dict[_Way, dict[str, Target]] = {}
        for attribute in attributes:
            for way, target in self._targets(attribute, references):
                mine = ways.setdefault(way, {})
                place = sum(one.place >= 0 for one in mine.values()) if target.blocked is None else -1
                mine[attribute] = replace(target, place=place)
        walks: dict[tuple[str, ...], Walk] = {}
        for (via, object_name), targets_of in ways.items():
            aims = [
                target.aim for target in targets_of.values() if target.place >= 0 and target.aim is not None
            ]
            refuse_doubles(aims)
            rows = Rows(self.pages, self.integration.id, targets_of, len(aims), references)
            if via:
                walk = walks.setdefault(via, Walk(self.reach, self.integration.object, via))
                rows = replace(rows, led=Led(walk, object_name), moved=_moving(ways, via))
            yield self._stream(object_name, rows), tuple(targets_of)

    def _stream(self, object_name: str, rows: Rows) -> PlanStream:
        written = [target for target in rows.targets.values() if target.place >= 0]
        aims = [target.aim for target in written if target.aim is not None]
        return PlanStream(
            connection_id=self.integration.connection_id,
            object=object_name,
            columns=tuple(aim.column for aim in aims),
            rows=rows,
            rules=tuple(target.rule for target in written),
            integration_id=self.integration.id,
            root=self.integration.object if rows.led is not None else "",
            shown_olds=frozenset(
                target.place for target in written if target.aim is not None and is_in_words(target.aim)
            ),
            has_deltas=any(
                target.aim is not None and target.aim.column.kind is AttributeType.MULTI_LIST
                for target in written
            ),
            meanings={target.place: target.shape.meaning for target in written if target.shape is not None},
        )

    def _targets(self, attribute: str, references: References) -> abc.Iterator[tuple[_Way, Target]]:
        own: _Way = ((), self.integration.object)
        mapping = self.integration.mapping_of(attribute)
        blocked = refuse_mapping(mapping, attribute)
        if mapping is None or blocked is not None:
            yield own, Target(None, blocked, ConflictRule.ASK)
            return
        rule = mapping.conflict_rule
        drifted = self.reach.stopped(self.integration).get(str(mapping.path))
        if drifted is not None:
            yield own, Target(None, drifted, rule)
            return
        is_role = references.holds_people(attribute, self.integration.id)
        if self.reach.is_last_read and (mapping.path.hops or is_role):
            facts = (("field", str(mapping.path)), ("connection", self.reach.connection.name))
            yield own, Target(None, Reason(REFERENCE, facts), rule)
            return
        description = self.reach.describe(self.integration.object)
        mode = mapping.reference_mode
        try:
            found = aims_at(
                mapping.path, description, describe=self.reach.describe, mode=mode, attribute=attribute
            )
            aims = [references.recognise(aim, self.integration.id) for aim in found]
            for aim in aims:
                if aim.blocked is None:
                    references.check(aim)
        except MappingError as error:
            facts = (("field", str(mapping.path)), ("object", self.integration.object))
            yield own, Target(None, Reason(error.code, facts), rule)
            return
        shape = self._shape(mapping)
        for number, aim in enumerate(aims):
            if aim.blocked is not None:
                yield own, Target(aim, aim.blocked, rule)
                continue
            is_pointing = references.is_looked_up(aim)
            target = Target(aim, None, rule, is_pointing, shape=shape, is_first=not number)
            yield (aim.column.via, aim.object), target

    def _shape(self, mapping: FieldMapping) -> Shape | None:
        if not mapping.values or mapping.path.hops:
            return None
        with self.workspace.reading() as db:
            kind = model.get_attribute(db, self.integration.entity, mapping.attribute).kind
        return shape_of(mapping, kind, find=self.reach.transforms)


def _moving(ways: abc.Mapping[_Way, abc.Mapping[str, Target]], via: tuple[str, ...]) -> dict[str, str]:
    """Name the attributes whose edit points a hop of a way elsewhere, with their paths."""
    targets = ((attribute, target.aim) for mine in ways.values() for attribute, target in mine.items())
    return {
        attribute: str(aim.column.path)
        for attribute, aim in targets
        if aim is not None and moves_hop(aim, via)
    }
