"""What a person does with the rows of a plan before it is sent: leaves some out, sends some first.

Must not: judge a row, submit by itself.
"""

import random
from collections import abc
from dataclasses import dataclass, replace
from itertools import islice

import orjson

from writeback.engine import rationing
from writeback.engine.last_reading import UNREACHED
from writeback.engine.measuring import ToMeasure, measure
from writeback.engine.reaching import Reach
from writeback.errors import ConfigurationError
from writeback.model.jobs import Assurance, JobKind, Route
from writeback.model.trials import Pick
from writeback.model.types import JobId, PlanId
from writeback.planning.routing import chosen_by_hand, created
from writeback.planning.sampling import sample
from writeback.runtime import calls
from writeback.runtime.facade import PlanGroup, PlanView
from writeback.runtime.facade.jobs import Unticked
from writeback.runtime.reaching import Reaches
from writeback.runtime.submitting import Submitting
from writeback.store import figures, integrations, plan_parts, plans
from writeback.store.plans import PlannedJob
from writeback.store.workspace import Db, Workspace


@dataclass(frozen=True, slots=True)
class TrialWish:
    """Which rows of a plan go first; see `Facade.trial_run`."""

    rows: int
    pick: Pick = Pick.FIRST
    chosen: tuple[Unticked, ...] = ()


class PlanParts:
    """Plans in front of a person."""

    def __init__(
        self, workspace: Workspace, *, reaches: Reaches, submitting: Submitting, rng: random.Random
    ) -> None:
        self._workspace = workspace
        self._rng = rng
        self._reaches = reaches
        self._submitting = submitting

    def keep(self, view: PlanView) -> PlanView:
        """Keep how a plan was shown, so that it can be opened again as it is."""
        told = orjson.dumps(calls.answer_to_plain("propose", view)).decode()
        with self._workspace.writing() as db:
            plans.keep_view(db, view.id, told)
        return view

    def open(self, plan: PlanId) -> PlanView:
        """Give a plan that was not submitted as it stands. See `Facade.open_plan`."""
        with self._workspace.reading() as db:
            jobs = {job.id: job for job in plans.jobs_of(db, plan)}
            told = plans.view_of(db, plan)
            left = plan_parts.count_left_out(db, jobs)
        if told is None:
            raise ConfigurationError("plan.not_open", plan=plan[:200], state="unknown")
        view = calls.answer_from_plain("propose", orjson.loads(told))
        assert isinstance(view, PlanView)  # noqa: S101  what the adapter gives
        groups = (self._counted(group, jobs[group.job_id]) for group in view.groups if group.job_id in jobs)
        return replace(view, groups=tuple(groups), left_out=left)

    def leave_out(self, plan: PlanId, what: abc.Sequence[Unticked]) -> PlanView:
        """Take rows or fields out. See `Facade.leave_out`."""
        return self._change(plan, lambda db: plan_parts.leave_out(db, plan, _parts(what)))

    def take_back(self, plan: PlanId, what: abc.Sequence[Unticked]) -> PlanView:
        """Put rows or fields back. See `Facade.take_back`."""
        return self._change(plan, lambda db: plan_parts.take_back(db, plan, _parts(what)))

    def choose_route(self, plan: PlanId, job: JobId, route: Route, assurance: Assurance) -> PlanView:
        """Let one part travel otherwise. See `Facade.choose_route`."""
        view = self.open(plan)
        part = next((one for one in view.groups if one.job_id == job), None)
        if part is None or (route, assurance) not in part.ways:
            raise ConfigurationError("route.not_offered", route=route.value, assurance=assurance.value)
        return self._change(plan, lambda db: plans.set_route(db, job, route, assurance))

    def tried(self, plan: PlanId, act: str) -> tuple[JobId, ...]:
        """Give the jobs of the trial that an act submitted already."""
        with self._workspace.reading() as db:
            return plan_parts.trial_by(db, plan, act)

    def rejoin(self, plan: PlanId) -> None:
        """Give a plan back what a trial took that was never submitted."""
        with self._workspace.writing() as db:
            is_more = plan_parts.rejoin(db, plan)
        if is_more:
            self.restate(plan)

    def measured(self, plan: PlanId) -> None:
        """Measure a plan anew whose rows became others where a crash came before it was measured."""
        with self._workspace.reading() as db:
            is_measured = all(figures.of_job(db, job.id) for job in plans.jobs_of(db, plan))
        if not is_measured:
            self.restate(plan)

    def split(self, plan: PlanId, wish: TrialWish, *, act: str) -> PlanView:
        """Make a plan of its own of some rows of each job; gives it."""
        told = self.open(plan)
        with self._workspace.writing() as db:
            rows = {job.id: self._picked(db, job.id, wish) for job in plans.jobs_of(db, plan)}
            if not any(rows.values()):
                raise ConfigurationError("plan.no_trial", rows=wish.rows)
            made = plan_parts.split(
                db, plan, rows=rows, new_id=self._workspace.new_id, at=self._workspace.now(), act=act
            )
            jobs = plans.jobs_of(db, made)
        whole = {
            (str(group.connection_id), group.object, group.columns, group.creates_by): group
            for group in told.groups
        }
        groups = []
        for job in jobs:
            paths = tuple(str(column.path) for column in job.columns)
            key = job.connection_id, job.object, paths, job.creates_by
            groups.append(replace(whole[key], job_id=job.id))
        self.keep(replace(told, id=made, groups=tuple(groups), left_out=0))
        self.restate(plan)
        return self.restate(made)

    def _picked(self, db: Db, job_id: JobId, wish: TrialWish) -> tuple[int, ...]:
        """Give the rows of a job that go first."""
        match wish.pick:
            case Pick.CHOSEN:
                among = {row for part in wish.chosen if part.job_id == job_id for row in part.rows}
                return tuple(plan_parts.sendable(db, job_id, among=among))
            case Pick.RANDOM:
                return sample(plan_parts.sendable(db, job_id), wish.rows, rng=self._rng)
            case Pick.FIRST:
                return tuple(islice(plan_parts.sendable(db, job_id), wish.rows))

    def restate(self, plan: PlanId) -> PlanView:
        """Measure a plan anew after its rows became others: guards, calls, time."""
        view = self.open(plan)
        with self._workspace.reading() as db:
            jobs = plans.jobs_of(db, plan)
            source = plans.source_of(db, plan)
            unticked = {job.id: plan_parts.rows_left_out(db, job.id) for job in jobs}
        reaches = self._reached(jobs)
        told = [
            ToMeasure(
                job.id,
                job.object,
                job.columns,
                job.integration_id,
                job.totals.rows + unticked[job.id],  # what was unticked does not make a source empty
                job.totals.send,
                reaches[job.connection_id],
            )
            for job in jobs
        ]
        is_from_source = bool(source.keys() & {"file", "plan_file"})
        measured = measure(self._workspace, told, is_from_source=is_from_source)
        with self._workspace.writing() as db:
            for job_id, found in measured.items():
                figures.put(db, job_id, found.figures)
        by_id = {job.id: job for job in jobs}
        groups = tuple(
            self._forecast(group, by_id[group.job_id], reaches.get(str(group.connection_id)))
            for group in view.groups
        )
        return self.keep(replace(view, groups=groups))

    def _reached(self, jobs: abc.Iterable[PlannedJob]) -> dict[str, Reach]:
        """Open the CRMs of a plan; of one that cannot be asked what was last read of it stands in.

        Raises:
            WritebackError: It cannot be asked, and nothing was read of it: nobody can measure anew.
        """
        found: dict[str, Reach] = {}
        for job in jobs:
            try:
                found[job.connection_id] = found.get(job.connection_id) or self._reaches(job.connection_id)
            except UNREACHED:
                if job.integration_id is None:
                    raise
                with self._workspace.reading() as db:
                    integration = integrations.get(db, job.integration_id)
                found[job.connection_id] = self._reaches.last(integration)
        return found

    def _change(self, plan: PlanId, change: abc.Callable[[Db], None]) -> PlanView:
        """Change a plan that nobody decides about, where its guards can be measured anew afterwards."""
        self._submitting.refuse_waiting(plan)
        with self._workspace.reading() as db:
            jobs = plans.jobs_of(db, plan)
        self._reached(jobs)
        with self._workspace.writing() as db:
            change(db)
        return self.restate(plan)

    def _counted(self, group: PlanGroup, job: PlannedJob) -> PlanGroup:
        totals = job.totals
        return replace(
            group,
            rows=totals.rows,
            send=totals.send,
            unchanged=totals.unchanged,
            blocked=totals.blocked,
            conflict=totals.conflict,
            guards=self._submitting.struck(job.id, job.connection_id),
            route=job.route,
            assurance=job.assurance,
        )

    def _forecast(self, group: PlanGroup, job: PlannedJob, reach: Reach | None) -> PlanGroup:
        counted = self._counted(group, job)
        if reach is None or reach.is_last_read or group.forecast is None or job.kind is JobKind.REAL_TIME:
            return counted
        table = reach.route_table()
        if job.creates_by:
            choice = created(job.totals.send, table, job.route)
        else:
            choice = chosen_by_hand(job.totals.send, table, job.route, job.assurance)
        told = rationing.forecast(self._workspace, reach, choice, job.totals.send)
        return replace(counted, calls=choice.calls, forecast=told)


def _parts(what: abc.Iterable[Unticked]) -> list[plan_parts.Part]:
    return [plan_parts.Part(one.job_id, one.rows, one.field) for one in what]
