"""Gather wishes from drafts: one stream for each integration whose records were edited.

What the person saw is each draft's `old`; a reference was seen as what people read of it, so it is
compared in words. An attribute that is not mapped for write-back blocks its record, with the reason.

Must not: judge, change a draft.
"""

from collections import abc
from dataclasses import dataclass
from itertools import groupby

from writeback.engine.looking_up import References, point
from writeback.engine.reaching import Reach, ReachOf
from writeback.errors import MappingError
from writeback.model.canonical import UNSET, Unset
from writeback.model.changes import Reason
from writeback.model.integrations import ConflictRule, Integration
from writeback.model.types import CLEAR, Clear, RecordId, Value, Wish
from writeback.planning.checking import check_wish, fit
from writeback.planning.coercing import coercer, text_of
from writeback.planning.guarding import refuse_mapping
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.planning.resolving import Aim, aim_at, refuse_doubles
from writeback.store import drafts, integrations, records
from writeback.store.drafts import Draft
from writeback.store.workspace import Workspace

Named = tuple[RecordId, str]
"""A record and an attribute."""


def gather_drafts(
    workspace: Workspace,
    reach_of: ReachOf,
    *,
    chosen: abc.Collection[RecordId] = (),
    only: abc.Collection[Named] = (),
) -> abc.Iterator[PlanStream]:
    """Give a stream for each integration with waiting drafts.

    Args:
        workspace: Where the drafts are.
        reach_of: Gives connections with their descriptions.
        chosen: Only drafts of these records; empty: all.
        only: Only these drafts; empty: all.
    """
    mine = frozenset(only)
    wanted = chosen or {record for record, _ in mine}
    with workspace.reading() as db:
        groups = drafts.touched(db, wanted)
    for by_integration in groups.values():
        for integration_id, attributes in by_integration.items():
            with workspace.reading() as db:
                integration = integrations.get(db, integration_id)
            names = [name for name in attributes if not mine or any(name == own for _, own in mine)]
            reach = reach_of(integration.connection_id)
            yield _Group(workspace, integration, reach, frozenset(wanted), mine).stream(names)


@dataclass(frozen=True, slots=True)
class _Target:
    """What an edit of one attribute writes."""

    aim: Aim | None
    blocked: Reason | None
    rule: ConflictRule
    is_pointing: bool = False
    place: int = -1
    """Its position among the columns that are written."""


@dataclass(frozen=True, slots=True)
class _Group:
    """The drafts of one integration's records."""

    workspace: Workspace
    integration: Integration
    reach: Reach
    wanted: frozenset[RecordId]
    only: frozenset[Named]

    def stream(self, attributes: abc.Iterable[str]) -> PlanStream:
        references = References(self.reach)
        targets: dict[str, _Target] = {}
        aims: list[Aim] = []
        for attribute in attributes:
            target = self._target(attribute, references, len(aims))
            targets[attribute] = target
            if target.aim is not None and target.blocked is None:
                aims.append(target.aim)
        refuse_doubles(aims)
        written = [target for target in targets.values() if target.place >= 0]
        return PlanStream(
            connection_id=self.integration.connection_id,
            object=self.integration.object,
            columns=tuple(aim.column for aim in aims),
            rows=_Rows(self, targets, len(aims), references),
            rules=tuple(target.rule for target in written),
            integration_id=self.integration.id,
            shown_olds=frozenset(
                target.place for target in written if target.aim is not None and target.aim.column.path.hops
            ),
        )

    def pages(self) -> abc.Iterator[abc.Sequence[Draft]]:
        """Give this integration's drafts by record, some at a time; reads are short."""
        first, last = f"{self.integration.id}:", f"{self.integration.id};"  # the sign behind the colon
        wanted = [record for record in self.wanted if first <= record < last]
        if self.wanted and not wanted:
            return
        after = first
        while True:
            with self.workspace.reading() as db:
                page, after = drafts.waiting(db, wanted, after=after)
            mine = [draft for draft in page if draft.change.record < last and self._is_mine(draft)]
            if mine:
                yield mine
            if not after or after >= last:
                return

    def _is_mine(self, draft: Draft) -> bool:
        return not self.only or (draft.change.record, draft.change.attribute) in self.only

    def _target(self, attribute: str, references: References, place: int) -> _Target:
        mapping = self.integration.mapping_of(attribute)
        blocked = refuse_mapping(mapping, attribute)
        if mapping is None or blocked is not None:
            return _Target(None, blocked, ConflictRule.ASK)
        description = self.reach.describe(self.integration.object)
        try:
            aim = aim_at(mapping.path, description, mode=mapping.reference_mode, attribute=attribute)
            if aim.blocked is None:
                references.check(aim)
        except MappingError as error:
            facts = (("field", str(mapping.path)), ("object", self.integration.object))
            return _Target(None, Reason(error.code, facts), mapping.conflict_rule)
        if aim.blocked is not None:
            return _Target(aim, aim.blocked, mapping.conflict_rule)
        return _Target(aim, None, mapping.conflict_rule, references.is_looked_up(aim), place)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Drafts as plan inputs, a record a row; read anew by each iteration."""

    group: _Group
    targets: abc.Mapping[str, _Target]
    width: int
    references: References

    def __iter__(self) -> abc.Iterator[PlanInput]:
        for page in self.group.pages():
            by_record = groupby(page, key=lambda draft: draft.change.record)
            inputs = [self._input(record, drafts_of) for record, drafts_of in by_record]
            for target in self.targets.values():
                if target.is_pointing and target.aim is not None:
                    inputs = point(inputs, target.place, target.aim, references=self.references)
            yield from inputs

    def _input(self, record: RecordId, edits: abc.Iterable[Draft]) -> PlanInput:
        olds: list[Value | Unset] = [UNSET] * self.width
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
                olds[target.place] = _seen(target, draft)
                wishes[target.place] = value
        key = records.key_of(record)
        return PlanInput(key, olds, wishes, record, key, blocked, field)


def _wished(target: _Target, draft: Draft) -> Wish | Reason:
    """Give what travels, or why it cannot."""
    if target.aim is None:
        return Reason("write_back.not_mapped", (("attribute", draft.change.attribute),))
    new = draft.change.new
    field = target.aim.field
    if isinstance(new, Clear):
        return check_wish(field, CLEAR) or CLEAR
    return (text_of(new) or "") if target.is_pointing else fit(field, new, kind=draft.kind)


def _seen(target: _Target, draft: Draft) -> Value | Unset:
    """Give what the person saw in the field's own type, as far as it can be read so."""
    old = draft.change.old
    column = target.aim.column if target.aim is not None else None
    if old is None or column is None:
        return old
    if column.path.hops:
        return text_of(old)
    if column.kind is draft.kind:
        return old
    read = coercer(column.kind)(text_of(old) or "")
    return old if isinstance(read, Reason | Clear) else read
