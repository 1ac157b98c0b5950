"""The part of the façade that settles conflicts: gathers what is meant, plans what is left to be sent.

Each step is a verb of the engine; nothing is decided here.
"""

import itertools
from collections import Counter, abc
from dataclasses import dataclass, replace

from writeback.engine import choosing, looking_again, mastering
from writeback.engine.choosing import Choice, Chosen
from writeback.engine.gathering_settled import gather_settled
from writeback.engine.terms import Terms
from writeback.errors import ConfigurationError
from writeback.model.canonical import Unset
from writeback.model.changes import Origin
from writeback.model.events import EventKind
from writeback.model.integrations import ConflictRule
from writeback.model.masters import MasterRule
from writeback.model.types import PlanId, Value
from writeback.runtime.facade import ConflictChoice, PlanView
from writeback.runtime.facade.conflicts import (
    ConflictDecision,
    ConflictsLooked,
    ConflictsSettled,
    Levelled,
    MasterChanged,
)
from writeback.runtime.reaching import Reaches
from writeback.runtime.sending import Sending
from writeback.store import acts, connections, disputes, inbox, integrations, plans, submitting
from writeback.store.disputes import Dispute
from writeback.store.inbox import MASTER, VALUE, Wanted
from writeback.store.plan_rows import rows_of
from writeback.store.workspace import Workspace

_KEEPS = (choosing.OURS, choosing.CRM, choosing.VALUE_GIVEN)


class Deciding:
    """Settles conflicts of the inbox."""

    def __init__(self, workspace: Workspace, *, sending: Sending, reach_of: Reaches) -> None:
        self._workspace = workspace
        self._sending = sending
        self._reach_of = reach_of

    def settle(self, choices: tuple[ConflictChoice, ...], *, author: str) -> PlanView | None:
        """Settle conflicts of single values. See `Facade.settle_conflicts`."""
        with self._workspace.reading() as db:
            open_ones = inbox.places(db, Wanted())
        plan: PlanView | None = None
        for keep in (ConflictRule.CRM, ConflictRule.OURS):
            named = {(one.record, one.attribute) for one in choices if one.keep is keep}
            mine = tuple(one for one in open_ones if one.kind == VALUE and (one.first, one.second) in named)
            if named - {(one.first, one.second) for one in mine}:
                record, attribute = min(named)
                raise ConfigurationError("conflict.unknown", record=record, attribute=attribute[:200])
            if mine:
                decision = ConflictDecision(keep.value)
                plan = self.decide(Wanted(places=mine), decision, author=author).plan
        return plan

    def decide(self, wanted: Wanted, decision: ConflictDecision, *, author: str) -> ConflictsSettled:
        """Settle all conflicts that are meant. See `Facade.decide_conflicts`."""
        if decision.keep not in _KEEPS:
            raise ConfigurationError("conflict.unknown_choice", keep=decision.keep[:80])
        if decision.makes_rule and decision.keep == choosing.VALUE_GIVEN:
            raise ConfigurationError("conflict.no_rule")
        found = self._found(wanted)
        choice = Choice(decision.keep, decision.text)
        disagreements = self._chosen_of_masters(found, decision)
        chosen = choosing.choose(self._workspace, found, choice, author=author)
        going = mastering.settle(
            self._workspace,
            disagreements,
            author=author,
            kept=decision.connection or decision.keep,
            writes=decision.writes_others,
        )
        chosen = replace(chosen, drafts=chosen.drafts | going)
        told = self._plan(chosen, choice, found, author=author)
        rules = self._make_rules(found, ConflictRule(decision.keep)) if decision.makes_rule else ()
        return replace(told, settled=len(found), rules=rules)

    def set_master(self, entity: str, attribute: str, rule: MasterRule) -> MasterChanged:
        """Say whose value records hold. See `Facade.set_master`."""
        asked = mastering.change_rule(self._workspace, entity, attribute, rule)
        return MasterChanged(entity, attribute, rule, asked)

    def level(self, entity: str, attribute: str, *, author: str) -> Levelled:
        """Plan to write what records hold to the other CRMs. See `Facade.level_values`."""
        count, going = mastering.level(self._workspace, entity, attribute, author=author)
        if not going:
            return Levelled(count)
        terms = Terms(Origin.PROFILE, author=author, source={"levelled": attribute})
        return Levelled(count, self._sending.propose_streams(self._sending.draft_streams(only=going), terms))

    def look(self, wanted: Wanted) -> ConflictsLooked:
        """Read what the CRMs hold now. See `Facade.look_at_conflicts`."""
        found = looking_again.look_again(self._workspace, self._found(wanted), self._reach_of)
        with self._workspace.reading() as db:
            names = tuple(connections.get(db, one).name for one in found.unreached)
        return ConflictsLooked(found.looked, found.changed, found.same, found.gone, names)

    def _chosen_of_masters(
        self, found: abc.Iterable[Dispute], decision: ConflictDecision
    ) -> list[tuple[Dispute, Value]]:
        """Give what is chosen of values that CRMs disagree about: a CRM's, what the record holds, a third.

        Raises:
            ConfigurationError: It names no CRM of theirs, or a third value cannot be read.
        """
        mine = [one for one in found if one.place.kind == MASTER]
        if not mine:
            return []
        with self._workspace.reading() as db:
            choice = Choice(decision.keep, decision.text)
            return [
                (one, choosing.master_value(db, one, choice, connection=decision.connection)) for one in mine
            ]

    def _found(self, wanted: Wanted) -> list[Dispute]:
        with self._workspace.reading() as db:
            found = disputes.load(db, inbox.places(db, self._by_id(wanted)))
        if not found:
            raise ConfigurationError("conflict.none")
        return found

    def _by_id(self, wanted: Wanted) -> Wanted:
        if not wanted.connection_id:
            return wanted
        with self._workspace.reading() as db:
            return replace(wanted, connection_id=connections.get(db, wanted.connection_id).id)

    def _plan(
        self, chosen: Chosen, choice: Choice, found: abc.Sequence[Dispute], *, author: str
    ) -> ConflictsSettled:
        """Plan what is left to be sent; where nothing is, what settled itself is over at once."""
        gathered = gather_settled(self._workspace, chosen.rows)
        if not chosen.drafts and not gathered.streams:
            choosing.finish(self._workspace, chosen, choice, author=author, plan_id="", planned=())
            return ConflictsSettled(0)
        drafts = self._sending.draft_streams(only=chosen.drafts) if chosen.drafts else ()
        terms = Terms(Origin.PROFILE, author=author, source={"conflicts": len(found)})
        made = self._sending.propose_streams(itertools.chain(drafts, gathered.streams), terms)
        again = self._again(made.id, found)
        plans.drop_findings(self._workspace, {(one.job_id, one.seq) for one in again})
        choosing.finish(
            self._workspace, chosen, choice, author=author, plan_id=made.id, planned=gathered.rows
        )
        choosing.come_back(self._workspace, [(one.dispute, one.theirs) for one in again], author=author)
        plan = _without(made, {(one.job_id, one.seq) for one in again})
        same = sum(group.unchanged for group in plan.groups)
        if any(group.send or group.blocked for group in plan.groups):
            return ConflictsSettled(0, plan, len(again), same)
        other = sum(group.conflict for group in plan.groups)
        self._end(plan.id, has_rows=same + other > 0)
        return ConflictsSettled(0, None, len(again) + other, same)

    def _again(self, plan: PlanId, found: abc.Iterable[Dispute]) -> "list[_Again]":
        """Give the conflicts that the plan found changed once more, with what the CRM holds now.

        A row that another of its fields brought into conflict stays in the plan: it becomes a conflict of
        its own, about that field.
        """
        known: dict[tuple[str, str, str], Dispute] = {}
        for one in found:
            known[one.connection_id, one.record_id, one.field] = one
        again: list[_Again] = []
        means = looking_again.meanings(self._workspace, known.values())
        with self._workspace.reading() as db:
            jobs = plans.jobs_of(db, plan)
        for job in jobs:
            if not job.totals.conflict:
                continue
            for row in rows_of(self._workspace, job.id, job.columns):
                own = (job.connection_id, row.record_id, row.field)
                if row.verdict != "conflict" or own not in known:
                    continue
                for column, theirs in zip(job.columns, row.theirs, strict=True):
                    mine = known.get((job.connection_id, row.record_id, str(column.path)))
                    if mine is not None and not isinstance(theirs, Unset):
                        again.append(_Again(job.id, row.seq, mine, means(mine, theirs)))
        return again

    def _end(self, plan: PlanId, *, has_rows: bool) -> None:
        """End a plan that writes nothing: what it found is kept by it, an empty one is dropped."""
        if not has_rows:
            plans.discard(self._workspace, plan)
            return
        with self._workspace.writing() as db:
            submitting.submit(db, plan, at=self._workspace.now(), batch_most={})

    def _make_rules(self, found: abc.Iterable[Dispute], rule: ConflictRule) -> tuple[str, ...]:
        """Let the mappings of these fields decide so from now on; a column that is not mapped has none."""
        paths: dict[str, set[str]] = {}
        for one in found:
            if one.integration_id:
                paths.setdefault(one.integration_id, set()).add(one.field)
        made: list[str] = []
        with self._workspace.writing() as db:
            for name, mine in paths.items():
                integration = integrations.get(db, name)
                changed = [
                    replace(mapping, conflict_rule=rule)
                    for mapping in integration.mappings
                    if str(mapping.path) in mine and mapping.conflict_rule is not rule
                ]
                if not changed:
                    continue
                integrations.map_fields(db, name, changed)
                made += [str(mapping.path) for mapping in changed]
                acts.record(
                    db,
                    at=self._workspace.now(),
                    kind=EventKind.INTEGRATION_CHANGED,
                    subject=name,
                    act="integration.conflict_rule",
                    body={"integration": name, **{str(one.path): rule.value for one in changed}},
                )
        return tuple(made)


@dataclass(frozen=True, slots=True)
class _Again:
    """A conflict that the plan found changed once more."""

    job_id: str
    seq: int
    dispute: Dispute
    theirs: Value


def _without(plan: PlanView, rows: abc.Collection[tuple[str, int]]) -> PlanView:
    """Give a plan without some rows in conflict."""
    gone = Counter(job for job, _ in rows)
    groups = (
        replace(one, rows=one.rows - gone[one.job_id], conflict=one.conflict - gone[one.job_id])
        for one in plan.groups
    )
    return replace(plan, groups=tuple(groups))
