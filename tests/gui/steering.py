"""What a façade under test does about jobs and the rows of a plan: with the real store, without a CRM."""

from dataclasses import replace

from writeback.model.jobs import Assurance, JobState, Route
from writeback.model.trials import Pick
from writeback.model.types import JobId, PlanId
from writeback.runtime.facade import JobView, PlanView
from writeback.runtime.facade.jobs import TrialRun, Unticked
from writeback.store import hand_notes, moments, plan_parts, plans
from writeback.store.workspace import Workspace


class ScriptedJobs:
    """Jobs, and the plan `p7`."""

    workspace: Workspace

    def _note(self, call: str, what: object = None) -> None:
        raise NotImplementedError

    def _plan(self) -> PlanView:
        raise NotImplementedError

    def _become(self, call: str, job: str, state: JobState) -> JobView:
        raise NotImplementedError

    def check_now(self, job: str, *, act: str) -> JobView:
        return self._become("check_now", job, JobState.CHECKING)

    def start_now(self, job: str, *, act: str) -> JobView:
        return self._become("start_now", job, JobState.RUNNING)

    def mark_by_hand(self, job: str, rows: tuple[int, ...], note: str, *, author: str, act: str) -> int:
        self._note("mark_by_hand", (job, rows, note, author))
        with self.workspace.writing() as db:
            at = moments.to_text(self.workspace.now())
            return hand_notes.put(db, job, rows, author=author, note=note, at=at)

    def open_plan(self, plan: PlanId) -> PlanView:
        self._note("open_plan", plan)
        return self._counted()

    def leave_out(self, plan: PlanId, what: tuple[Unticked, ...], *, act: str) -> PlanView:
        self._note("leave_out", what)
        parts = [plan_parts.Part(one.job_id, one.rows, one.field) for one in what]
        with self.workspace.writing() as db:
            plan_parts.leave_out(db, plan, parts)
        return self._counted()

    def take_back(self, plan: PlanId, what: tuple[Unticked, ...], *, act: str) -> PlanView:
        self._note("take_back", what)
        parts = [plan_parts.Part(one.job_id, one.rows, one.field) for one in what]
        with self.workspace.writing() as db:
            plan_parts.take_back(db, plan, parts)
        return self._counted()

    def choose_route(
        self, plan: PlanId, job: JobId, route: Route, assurance: Assurance, *, act: str
    ) -> PlanView:
        self._note("choose_route", (job, route, assurance))
        view = self._counted()
        (group, *rest) = view.groups
        return replace(view, groups=(replace(group, route=route, assurance=assurance), *rest))

    def trial_run(
        self,
        plan: PlanId,
        rows: int,
        *,
        pick: Pick = Pick.FIRST,
        chosen: tuple[Unticked, ...] = (),
        confirm_org: str = "",
        overrides: tuple[str, ...] = (),
        act: str,
    ) -> TrialRun:
        self._note("trial_run", (rows, pick, chosen))
        view = self._counted()
        (group, *_) = view.groups
        return TrialRun((JobId("j6"),), replace(view, groups=(replace(group, send=group.send - 1),)))

    def save_plan(self, plan: PlanId, path: str) -> None:
        self._note("save_plan", path)

    def _counted(self) -> PlanView:
        view = self._plan()
        with self.workspace.reading() as db:
            totals = {job.id: job.totals for job in plans.jobs_of(db, view.id)}
            left = plan_parts.count_left_out(db, totals)
        groups = tuple(
            replace(group, send=totals[group.job_id].send, rows=totals[group.job_id].rows)
            for group in view.groups
        )
        return replace(view, groups=groups, left_out=left)
