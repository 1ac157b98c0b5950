"""Gather wishes from drafts: a stream for each integration and each kind of record that they go to.

An edit of what a reference leads to is a row about the record behind it, whoever's draft it is.

What the person saw is each draft's `old`, or what that CRM held then where it differed; a reference was
seen as what people read of it, so it is compared in words. An attribute that is not mapped for write-back
blocks its record, with the reason.

Must not: judge, change a draft.
"""

from collections import abc
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import groupby

from writeback.engine.last_reading import REFERENCE, UNREACHED
from writeback.engine.looking_up import References, point
from writeback.engine.reaching import LastReachOf, Reach, ReachOf
from writeback.engine.shaping import Shape, kind_of, shape_of
from writeback.engine.walking import Led, Walk, both_modes
from writeback.errors import MappingError, WritebackError
from writeback.model.canonical import UNSET, Unset
from writeback.model.changes import Reason
from writeback.model.deltas import Delta
from writeback.model.integrations import ConflictRule, FieldMapping, Integration
from writeback.model.types import CLEAR, AttributeType, Clear, RecordId, Value, Wish
from writeback.planning.checking import about, check_wish, fit
from writeback.planning.coercing import coercer, text_of
from writeback.planning.facts import FieldFacts
from writeback.planning.guarding import refuse_mapping
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.planning.resolving import Aim, aims_at, moves_hop, refuse_doubles
from writeback.store import drafts, model, records, targets
from writeback.store.drafts import Draft
from writeback.store.targets import Aimed
from writeback.store.workspace import Workspace

Named = tuple[RecordId, str]
"""A record and an attribute."""
Pages = abc.Callable[[], abc.Iterator[tuple[abc.Sequence[Draft], abc.Mapping[RecordId, str]]]]
"""Gives edits by record, some at a time, with the records' keys in one CRM; from the start each time."""


def gather_drafts(
    workspace: Workspace,
    reach_of: ReachOf,
    *,
    chosen: abc.Collection[RecordId] = (),
    only: abc.Collection[Named] = (),
    last_reach_of: LastReachOf | None = None,
) -> abc.Iterator[PlanStream]:
    """Give a stream for each integration that waiting drafts go to.

    Args:
        workspace: Where the drafts are.
        reach_of: Gives connections with their descriptions.
        chosen: Only drafts of these records; empty: all.
        only: Only these drafts; empty: all.
        last_reach_of: Gives what was last read of a CRM that cannot be asked now; None: it must be asked.
    """
    mine = frozenset(only)
    wanted = chosen or {record for record, _ in mine}
    with workspace.reading() as db:
        aimed = targets.aims(db, wanted)
    for one in aimed:
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

    def pages(self) -> abc.Iterator[tuple[abc.Sequence[Draft], abc.Mapping[RecordId, str]]]:
        """Give them, some at a time; reads are short."""
        after = ""
        while True:
            with self.workspace.reading() as db:
                page, after = drafts.waiting(db, self.wanted, after=after, aimed=self.aimed.condition)
                rids = dict.fromkeys(draft.change.record for draft in page)
                keys = records.keys_of(db, self.aimed.integration.id, rids)
            mine = [draft for draft in page if self._is_mine(draft)]
            if mine:
                yield mine, keys
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


@dataclass(frozen=True, slots=True)
class _Target:
    """What an edit of one attribute writes."""

    aim: Aim | None
    blocked: Reason | None
    rule: ConflictRule
    is_pointing: bool = False
    place: int = -1
    """Its position among the columns that are written."""
    shape: Shape | None = None
    """Makes the CRM's values of the attribute's, where the mapping has value rules."""
    is_first: bool = True
    """Of several kinds of records that it may reach: this one's stream tells of rows that reach none."""


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
        ways: dict[_Way, dict[str, _Target]] = {}
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
            rows = _Rows(self, targets_of, len(aims), references)
            if via:
                walk = walks.setdefault(via, Walk(self.reach, self.integration.object, via))
                rows = replace(rows, led=Led(walk, object_name), moved=_moving(ways, via))
            yield self._stream(object_name, rows), tuple(targets_of)

    def _stream(self, object_name: str, rows: "_Rows") -> PlanStream:
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
                target.place for target in written if target.aim is not None and _is_in_words(target.aim)
            ),
            has_deltas=any(
                target.aim is not None and target.aim.column.kind is AttributeType.MULTI_LIST
                for target in written
            ),
            meanings={target.place: target.shape.meaning for target in written if target.shape is not None},
        )

    def _targets(self, attribute: str, references: References) -> abc.Iterator[tuple[_Way, _Target]]:
        own: _Way = ((), self.integration.object)
        mapping = self.integration.mapping_of(attribute)
        blocked = refuse_mapping(mapping, attribute)
        if mapping is None or blocked is not None:
            yield own, _Target(None, blocked, ConflictRule.ASK)
            return
        rule = mapping.conflict_rule
        drifted = self.reach.stopped(self.integration).get(str(mapping.path))
        if drifted is not None:
            yield own, _Target(None, drifted, rule)
            return
        is_role = references.holds_people(attribute, self.integration.id)
        if self.reach.is_last_read and (mapping.path.hops or is_role):
            facts = (("field", str(mapping.path)), ("connection", self.reach.connection.name))
            yield own, _Target(None, Reason(REFERENCE, facts), rule)
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
            yield own, _Target(None, Reason(error.code, facts), rule)
            return
        shape = self._shape(mapping)
        for number, aim in enumerate(aims):
            if aim.blocked is not None:
                yield own, _Target(aim, aim.blocked, rule)
                continue
            is_pointing = references.is_looked_up(aim)
            target = _Target(aim, None, rule, is_pointing, shape=shape, is_first=not number)
            yield (aim.column.via, aim.object), target

    def _shape(self, mapping: FieldMapping) -> Shape | None:
        if not mapping.values or mapping.path.hops:
            return None
        with self.workspace.reading() as db:
            kind = model.get_attribute(db, self.integration.entity, mapping.attribute).kind
        return shape_of(mapping, kind, find=self.reach.transforms)


def _moving(ways: abc.Mapping[_Way, abc.Mapping[str, _Target]], via: tuple[str, ...]) -> dict[str, str]:
    """Name the attributes whose edit points a hop of a way elsewhere, with their paths."""
    targets = ((attribute, target.aim) for mine in ways.values() for attribute, target in mine.items())
    return {
        attribute: str(aim.column.path)
        for attribute, aim in targets
        if aim is not None and moves_hop(aim, via)
    }


def _is_in_words(aim: Aim) -> bool:
    """Say whether people see something else of a column than what travels."""
    return aim.lookup is not None and bool(aim.lookup.shows)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Drafts as plan inputs, a record a row; read anew by each iteration."""

    group: _Group
    targets: abc.Mapping[str, _Target]
    width: int
    references: References
    led: Led | None = None
    moved: abc.Mapping[str, str] = field(default_factory=dict)
    """Attributes that point a hop of the way elsewhere, with their paths."""

    def __iter__(self) -> abc.Iterator[PlanInput]:
        for page, keys in self.group.pages():
            by_record = groupby(page, key=lambda draft: draft.change.record)
            rows = (self._input(record, keys[record], list(edits)) for record, edits in by_record)
            found = [row for row in rows if row is not None]
            inputs = [row for row, _ in found] if self.led is None else list(self.led.lead(found))
            for target in self.targets.values():
                if target.is_pointing and target.aim is not None:
                    inputs = point(inputs, target.place, target.aim, references=self.references)
            yield from inputs

    def _input(
        self, record: RecordId, key: str, edits: abc.Sequence[Draft]
    ) -> tuple[PlanInput, abc.Sequence[Aim]] | None:
        """Make a row of the edits of one record; None when none of them is this stream's."""
        mine = [draft for draft in edits if draft.change.attribute in self.targets]
        if not mine:
            return None
        olds: list[Value | Unset] = [UNSET] * self.width
        edited: list[datetime | None] = [None] * self.width
        wishes: list[Wish | Unset] = [UNSET] * self.width
        blocked, path = self._moved(edits, mine[0])
        firsts: list[Aim] = []
        deltas: dict[int, Delta] = {}
        for draft in mine:
            target = self.targets[draft.change.attribute]
            value: Delta | Wish | Reason = target.blocked or (
                _wished(target, draft) if draft.delta is None else _delta(target, draft.delta)
            )
            if target.aim is not None and target.is_first:
                firsts.append(target.aim)
            if isinstance(value, Reason):
                if blocked is None:
                    blocked = value
                    path = str(target.aim.column.path) if target.aim else dict(value.facts).get("field", "")
            else:
                olds[target.place] = _seen(target, draft, self.group.integration.id)
                if isinstance(value, Delta):
                    deltas[target.place] = value
                wishes[target.place] = value.add if isinstance(value, Delta) else value
                edited[target.place] = draft.created_at
        return PlanInput(key, olds, wishes, record, key, blocked, path, edited, deltas=deltas), firsts

    def _moved(self, edits: abc.Sequence[Draft], mine: Draft) -> tuple[Reason | None, str]:
        """Say that the same record is to be pointed elsewhere as well, if it is."""
        moved = [self.moved[name] for draft in edits if (name := draft.change.attribute) in self.moved]
        aim = self.targets[mine.change.attribute].aim
        if not moved or aim is None:
            return None, ""
        return both_modes(aim.column.path, moved[0]), str(aim.column.path)


def _wished(target: _Target, draft: Draft) -> Wish | Reason:
    """Give what travels, or why it cannot."""
    if target.aim is None:
        return Reason("write_back.not_mapped", (("attribute", draft.change.attribute),))
    new = draft.change.new
    field = target.aim.field
    if isinstance(new, Clear):
        return check_wish(field, CLEAR) or CLEAR
    if target.shape is not None:
        return _shaped(target.shape, field, new)
    return (text_of(new) or "") if target.is_pointing else fit(field, new, kind=draft.kind)


def _delta(target: _Target, delta: Delta) -> Delta | Reason:
    """Give what is added and taken in the CRM's own options."""
    aim = target.aim
    if aim is None or aim.field.kind is not AttributeType.MULTI_LIST:
        facts = () if aim is None else (("field", aim.field.name),)
        return Reason("value.no_list", facts)
    named = coercer(
        AttributeType.MULTI_LIST, options=[replace(one, active=True) for one in aim.field.options]
    )
    sides: list[tuple[str, ...]] = []
    for options in (delta.add, delta.remove):
        made = options if target.shape is None or not options else target.shape.out(options)
        read: Wish | Reason = ()
        if isinstance(made, Reason):
            read = made
        elif made:  # what is not offered any more may still be taken away
            is_added = options is delta.add
            read = (
                fit(aim.field, made, kind=AttributeType.MULTI_LIST)
                if is_added
                else named(text_of(made) or "")
            )
        if isinstance(read, Reason):
            return about(aim.field, read)
        sides.append(read if isinstance(read, tuple) else ())
    return Delta(*sides)


def _shaped(shape: Shape, field: FieldFacts, new: Value) -> Wish | Reason:
    """Give what travels for a value under its mapping's value rules."""
    made = shape.out(new)
    if isinstance(made, Reason):
        return about(field, made)
    return fit(field, made, kind=kind_of(made))


def _seen(target: _Target, draft: Draft, integration_id: str) -> Value | Unset:
    """Give what the person saw, or this CRM held, in the field's own type as far as it can be read so."""
    old = draft.seen.get(integration_id, draft.change.old)
    column = target.aim.column if target.aim is not None else None
    if old is None or column is None or target.shape is not None:
        return old
    if target.aim is not None and _is_in_words(target.aim):
        return text_of(old)
    if column.kind is draft.kind:
        return old
    read = coercer(column.kind)(text_of(old) or "")
    return old if isinstance(read, Reason | Clear) else read
