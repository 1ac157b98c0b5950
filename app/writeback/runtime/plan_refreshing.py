"""Make a plan anew in place of one that has moved: what was left out stays out, and what changed is told.

The plan in front is dropped only when its successor stands: a CRM that cannot be asked takes nothing away.

Must not: judge a row, send.
"""

from collections import Counter, abc
from dataclasses import replace

from writeback.model.types import PlanId
from writeback.runtime.facade import PlanSource, PlanView
from writeback.runtime.facade.jobs import PlanChanges, PlanRefreshed
from writeback.runtime.plan_parts import PlanParts
from writeback.runtime.submitting import Submitting
from writeback.store import plan_changes, plan_parts, plans
from writeback.store.plans import PlannedJob
from writeback.store.workspace import Workspace

Propose = abc.Callable[[PlanSource], PlanView]


class Refreshing:
    """Plans in front of a person that are old or have moved."""

    def __init__(
        self, workspace: Workspace, *, parts: PlanParts, submitting: Submitting, propose: Propose
    ) -> None:
        self._workspace = workspace
        self._parts = parts
        self._submitting = submitting
        self._propose = propose

    def refresh(self, plan: PlanId, source: PlanSource) -> PlanRefreshed:
        """See `Facade.refresh_plan`."""
        self._submitting.refuse_waiting(plan)
        with self._workspace.reading() as db:
            before = plans.jobs_of(db, plan)
        made = self._propose(source)
        with self._workspace.reading() as db:
            found: Counter[tuple[str, str]] = Counter()
            otherwise = lost = 0
            out: list[plan_parts.Part] = []
            for was, is_now in _pairs(before, plans.jobs_of(db, made.id)):
                lost += plan_changes.lost(db, was, is_now)
                if is_now is not None:
                    found += plan_changes.verdicts(db, was, is_now)
                    otherwise += plan_changes.held_otherwise(db, was, is_now)
                    out += plan_changes.left_out(db, was, is_now)
        if out:
            with self._workspace.writing() as db:
                plan_parts.leave_out(db, made.id, out)
            made = replace(self._parts.restate(made.id), remarks=made.remarks)
        plans.discard(self._workspace, plan)
        told = tuple((was, is_now, count) for (was, is_now), count in sorted(found.items()))
        return PlanRefreshed(made, PlanChanges(told, otherwise, lost))


def _pairs(
    before: abc.Iterable[PlannedJob], after: abc.Iterable[PlannedJob]
) -> list[tuple[PlannedJob, PlannedJob | None]]:
    """Give the parts of a plan, each with the part of the other one that is about the same."""
    known = {_about(one): one for one in after}
    return [(one, known.get(_about(one))) for one in before]


def _about(job: PlannedJob) -> tuple[object, ...]:
    return job.connection_id, job.integration_id, job.object, job.root, job.creates_by
