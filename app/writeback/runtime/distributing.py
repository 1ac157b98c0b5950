"""Distribute records among team members: whom each would get, and how many each would have then.

The rules are those of plays, by the same function, so that a preview here and a play's dry run agree.

Must not: keep or send anything.
"""

from collections import Counter, abc
from dataclasses import dataclass
from typing import Final

from writeback.errors import ConfigurationError, MappingError
from writeback.model.bulk import MOST_EDITS, BulkEdit
from writeback.model.changes import Origin, Reason
from writeback.model.plays import AssignRule, PlayStep, StepKind
from writeback.planning.playing import Choosing
from writeback.runtime.facade import Edit, PlanSource
from writeback.runtime.playing import ground_of
from writeback.runtime.segmenting import Segmenting
from writeback.store import drafts, play_loads, records
from writeback.store.workspace import Workspace

SHOWN: Final = 200
STEP: Final = 0
RULES: Final = (AssignRule.ROUND_ROBIN, AssignRule.LEAST_LOADED, AssignRule.FIXED)


@dataclass(frozen=True, slots=True)
class Distribution:
    """Which records shall be whose."""

    attribute: str
    """A role."""
    people: tuple[str, ...]
    """Ids of team members, in the order in which they take their turn."""
    rule: AssignRule = AssignRule.ROUND_ROBIN
    segment: str = ""
    """A text, or a saved segment's name; '' is every record."""
    entity: str = "account"


@dataclass(frozen=True, slots=True)
class Share:
    """One team member."""

    person: str
    name: str
    has: int
    """Records of the whole workspace."""
    gets: int
    loses: int

    @property
    def then(self) -> int:
        """How many they would have."""
        return self.has + self.gets - self.loses


@dataclass(frozen=True, slots=True)
class Given:
    """One record that changes hands."""

    rid: str
    title: str
    before: str
    """By name; '' is nobody."""
    after: str


@dataclass(frozen=True, slots=True)
class Distributed:
    """What a distribution would do."""

    records: int
    edits: tuple[Edit, ...]
    same: int
    """Held already by who would get them, or by one of those named."""
    waits: int
    """An edit of the role waits already; it is left alone."""
    shares: tuple[Share, ...]
    given: tuple[Given, ...]
    """The first of those that change hands."""


def distribute(workspace: Workspace, wish: Distribution) -> Distributed:
    """Say what a distribution would do; nothing is kept.

    Raises:
        ConfigurationError: `role.unknown`: the attribute is no role; `distribution.nobody`: nobody is active.
        MappingError: `segment.…`: the condition cannot be read, or means too many records.
        UnknownAttributeError: There is no such entity.
    """
    told = Segmenting(workspace)
    meant = told.read(wish.segment, entity=wish.entity)
    if told.count(meant) > MOST_EDITS:
        raise MappingError("segment.too_many_records", most=MOST_EDITS)
    with workspace.reading() as db:
        names = ground_of(db, meant.entity)
        role = names.attribute(wish.attribute)
        if role is None or role.name not in names.roles:
            raise ConfigurationError("role.unknown", role=wish.attribute[:200])
        loads = play_loads.records_of(db, meant.ground, role.name, wish.people)
    called = {one.id: one.name for one in names.persons}
    active = {one.id for one in names.persons if one.active}
    if not active & set(wish.people):
        raise ConfigurationError("distribution.nobody", role=role.title)
    step = PlayStep(StepKind.ASSIGN, role.name, rule=wish.rule, people=wish.people)
    choosing = Choosing(names, {STEP: loads})
    made = _Made(called)
    for rids in told.pages(meant):
        with workspace.reading() as db:
            held = records.get_many(db, meant.entity, rids)
            waiting = drafts.edited(db, rids, attributes=[role.name])
        for rid in rids:
            made.records += 1
            if (rid, role.name) in waiting:
                made.waits += 1
                continue
            before = held[rid].values.get(role.name)
            chosen = choosing.choose(STEP, step, held[rid].values, before)
            if chosen is None or isinstance(chosen, Reason) or chosen.id == before:
                made.same += 1
            else:
                made.give(Edit(rid, role.name, chosen.id), held[rid].title, str(before or ""))
    return made.told(wish.people, loads)


def review_source(found: Distributed, *, entity: str, author: str, origin: Origin) -> PlanSource:
    """Give the plan that reviews what changes hands.

    Of the kind `drafts` the edits are kept first. A single record is planned without becoming a draft: where
    a connection writes on save, a lone edit would be sent as it is kept, and nobody would have reviewed it.
    """
    if len(found.edits) == 1:
        (edit,) = found.edits
        return PlanSource(
            "segment",
            origin=origin,
            author=author,
            entity=entity,
            records=(edit.record,),
            sets=(BulkEdit.typed(edit.attribute, edit.text),),
        )
    records = tuple(dict.fromkeys(one.record for one in found.edits))
    return PlanSource("drafts", origin=origin, author=author, records=records)


class _Made:
    """Counts as records are given."""

    def __init__(self, called: abc.Mapping[str, str]) -> None:
        self.called = called
        self.records = self.same = self.waits = 0
        self.edits: list[Edit] = []
        self.given: list[Given] = []
        self.gets: Counter[str] = Counter()
        self.loses: Counter[str] = Counter()

    def give(self, edit: Edit, title: str, before: str) -> None:
        """Note that a record changes hands."""
        after = edit.text or ""
        self.edits.append(edit)
        self.gets[after] += 1
        self.loses[before] += 1
        if len(self.given) < SHOWN:
            name = self.called.get(before, before)
            self.given.append(Given(edit.record, title or edit.record, name, self.called.get(after, after)))

    def told(self, people: abc.Iterable[str], loads: abc.Mapping[str, int]) -> Distributed:
        """Sum it up; whoever only loses records is told too where they are named."""
        shares = (
            Share(one, self.called.get(one, one), loads.get(one, 0), self.gets[one], self.loses[one])
            for one in dict.fromkeys(people)
        )
        return Distributed(
            self.records, tuple(self.edits), self.same, self.waits, tuple(shares), tuple(self.given)
        )
