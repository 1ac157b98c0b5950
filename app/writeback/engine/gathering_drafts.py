"""Gather wishes from drafts: one stream for each integration that they go to, so one for each CRM.

What the person saw is each draft's `old`, or what that CRM held then where it differed; a reference was
seen as what people read of it, so it is compared in words. An attribute that is not mapped for write-back
blocks its record, with the reason.

Must not: judge, change a draft.
"""

from collections import abc
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from writeback.engine.last_reading import REFERENCE, UNREACHED
from writeback.engine.looking_up import References, point
from writeback.engine.reaching import LastReachOf, Reach, ReachOf
from writeback.engine.shaping import Shape, kind_of, shape_of
from writeback.errors import MappingError
from writeback.model.canonical import UNSET, Unset
from writeback.model.changes import Reason
from writeback.model.integrations import ConflictRule, FieldMapping, Integration
from writeback.model.types import CLEAR, Clear, RecordId, Value, Wish
from writeback.planning.checking import about, check_wish, fit
from writeback.planning.coercing import coercer, text_of
from writeback.planning.facts import FieldFacts
from writeback.planning.guarding import refuse_mapping
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.planning.resolving import Aim, aim_at, refuse_doubles
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
        gathering = _Gathering(workspace, one, tuple(names), frozenset(wanted), mine)
        yield gathering.stream(reach_of, last_reach_of)


@dataclass(frozen=True, slots=True)
class _Gathering:
    """What goes to one integration, before anybody was asked."""

    workspace: Workspace
    aimed: Aimed
    names: tuple[str, ...]
    wanted: frozenset[RecordId]
    only: frozenset[Named]

    def stream(self, reach_of: ReachOf, last_reach_of: LastReachOf | None) -> PlanStream:
        """Give the stream; where the CRM cannot be asked, against what was last read of it."""
        integration = self.aimed.integration
        instead = None
        if last_reach_of is not None:
            instead = lambda error: replace(  # noqa: E731  handed on with the stream
                self._over(last_reach_of(integration)), unreached=error
            )
        try:
            return replace(self._over(reach_of(integration.connection_id)), instead=instead)
        except UNREACHED as error:
            if instead is None:
                raise
            return instead(error)

    def _over(self, reach: Reach) -> PlanStream:
        group = _Group(
            self.workspace, self.aimed.integration, reach, self.wanted, self.only, self.aimed.condition
        )
        return group.stream(self.names)


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


@dataclass(frozen=True, slots=True)
class _Group:
    """The drafts that go to one integration."""

    workspace: Workspace
    integration: Integration
    reach: Reach
    wanted: frozenset[RecordId]
    only: frozenset[Named]
    aimed: str

    def stream(self, attributes: abc.Iterable[str]) -> PlanStream:
        references = References(self.reach)
        by_attribute: dict[str, _Target] = {}
        aims: list[Aim] = []
        for attribute in attributes:
            target = self._target(attribute, references, len(aims))
            by_attribute[attribute] = target
            if target.aim is not None and target.blocked is None:
                aims.append(target.aim)
        refuse_doubles(aims)
        written = [target for target in by_attribute.values() if target.place >= 0]
        return PlanStream(
            connection_id=self.integration.connection_id,
            object=self.integration.object,
            columns=tuple(aim.column for aim in aims),
            rows=_Rows(self, by_attribute, len(aims), references),
            rules=tuple(target.rule for target in written),
            integration_id=self.integration.id,
            shown_olds=frozenset(
                target.place for target in written if target.aim is not None and _is_in_words(target.aim)
            ),
            meanings={target.place: target.shape.meaning for target in written if target.shape is not None},
        )

    def pages(self) -> abc.Iterator[tuple[abc.Sequence[Draft], abc.Mapping[RecordId, str]]]:
        """Give the drafts by record, some at a time, with the records' CRM keys; reads are short."""
        after = ""
        while True:
            with self.workspace.reading() as db:
                page, after = drafts.waiting(db, self.wanted, after=after, aimed=self.aimed)
                keys = records.keys_of(
                    db, self.integration.id, dict.fromkeys(draft.change.record for draft in page)
                )
            mine = [draft for draft in page if self._is_mine(draft)]
            if mine:
                yield mine, keys
            if not after:
                return

    def _is_mine(self, draft: Draft) -> bool:
        return not self.only or (draft.change.record, draft.change.attribute) in self.only

    def _target(self, attribute: str, references: References, place: int) -> _Target:
        mapping = self.integration.mapping_of(attribute)
        blocked = refuse_mapping(mapping, attribute)
        if mapping is None or blocked is not None:
            return _Target(None, blocked, ConflictRule.ASK)
        drifted = self.reach.stopped(self.integration).get(str(mapping.path))
        if drifted is not None:
            return _Target(None, drifted, mapping.conflict_rule)
        is_role = references.holds_people(attribute, self.integration.id)
        if self.reach.is_last_read and (mapping.path.hops or is_role):
            facts = (("field", str(mapping.path)), ("connection", self.reach.connection.name))
            return _Target(None, Reason(REFERENCE, facts), mapping.conflict_rule)
        description = self.reach.describe(self.integration.object)
        try:
            aim = aim_at(mapping.path, description, mode=mapping.reference_mode, attribute=attribute)
            aim = references.recognise(aim, self.integration.id)
            if aim.blocked is None:
                references.check(aim)
        except MappingError as error:
            facts = (("field", str(mapping.path)), ("object", self.integration.object))
            return _Target(None, Reason(error.code, facts), mapping.conflict_rule)
        if aim.blocked is not None:
            return _Target(aim, aim.blocked, mapping.conflict_rule)
        is_pointing = references.is_looked_up(aim)
        return _Target(aim, None, mapping.conflict_rule, is_pointing, place, self._shape(mapping))

    def _shape(self, mapping: FieldMapping) -> Shape | None:
        if not mapping.values or mapping.path.hops:
            return None
        with self.workspace.reading() as db:
            kind = model.get_attribute(db, self.integration.entity, mapping.attribute).kind
        return shape_of(mapping, kind, find=self.reach.transforms)


def _is_in_words(aim: Aim) -> bool:
    """Say whether people see something else of a column than what travels."""
    return bool(aim.column.path.hops) or (aim.lookup is not None and bool(aim.lookup.shows))


@dataclass(frozen=True, slots=True)
class _Rows:
    """Drafts as plan inputs, a record a row; read anew by each iteration."""

    group: _Group
    targets: abc.Mapping[str, _Target]
    width: int
    references: References

    def __iter__(self) -> abc.Iterator[PlanInput]:
        for page, keys in self.group.pages():
            by_record = groupby(page, key=lambda draft: draft.change.record)
            inputs = [self._input(record, keys[record], drafts_of) for record, drafts_of in by_record]
            for target in self.targets.values():
                if target.is_pointing and target.aim is not None:
                    inputs = point(inputs, target.place, target.aim, references=self.references)
            yield from inputs

    def _input(self, record: RecordId, key: str, edits: abc.Iterable[Draft]) -> PlanInput:
        olds: list[Value | Unset] = [UNSET] * self.width
        edited: list[datetime | None] = [None] * self.width
        wishes: list[Wish | Unset] = [UNSET] * self.width
        blocked: Reason | None = None
        field = ""
        for draft in edits:
            target = self.targets[draft.change.attribute]
            value = target.blocked or _wished(target, draft)
            if isinstance(value, Reason):
                if blocked is None:
                    blocked = value
                    field = str(target.aim.column.path) if target.aim else dict(value.facts).get("field", "")
            else:
                olds[target.place] = _seen(target, draft, self.group.integration.id)
                wishes[target.place] = value
                edited[target.place] = draft.created_at
        return PlanInput(key, olds, wishes, record, key, blocked, field, edited)


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
