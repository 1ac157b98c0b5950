"""Answers about jobs, their rows, and the rows of a plan before it is sent."""

from writeback.engine.pacing import Pace
from writeback.errors import ConfigurationError
from writeback.model.jobs import Assurance, Route
from writeback.model.permissions import Right
from writeback.model.trials import Pick
from writeback.model.types import JobId, PlanId
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade import JobView, PlanView
from writeback.runtime.facade.jobs import TrialRun, Unticked
from writeback.runtime.file_sessions import FileSessions
from writeback.runtime.plan_parts import TrialWish
from writeback.store import collecting, hand_notes, moments, steering

NOTE_MOST = 500
"""So long may a note be."""


class JobAnswers(Answering):
    """Answers about jobs, their rows, and the rows of a plan before it is sent."""

    def start_now(self, job: str, *, act: str) -> JobView:
        """See `Facade.start_now`."""
        self._permitting.admit(Right.WRITE)
        return self._once(act, "start_now", lambda: self._start(job))

    def _start(self, text: str) -> JobView:
        job = self.told.job(text)
        with self.workspace.writing() as db:
            now = self.workspace.database_now(db)
            if not collecting.start_now(db, job.id, now=now, by=self._permitting.author):
                raise ConfigurationError("job.not_waiting", job=str(job.number))
            collecting.start_before(db, job.id, now=now, by=self._permitting.author)
        return self.told.job(job.id)

    def check_now(self, job: str, *, act: str) -> JobView:
        """See `Facade.check_now`."""
        self._permitting.admit(Right.WRITE)
        return self._once(act, "check_now", lambda: self._check_now(job))

    def _check_now(self, text: str) -> JobView:
        job = self.told.job(text)
        connection = self.sessions.connection(job.connection_id)
        manifest = self.sessions.manifest(connection.connector)
        quiet = Pace().quiet(manifest, is_simulator=connection.is_simulator)
        with self.workspace.writing() as db:
            now = self.workspace.database_now(db)
            steering.check_now(db, job.id, now=now, by=self._permitting.author, quiet_s=quiet)
        return self.told.job(job.id)

    def mark_by_hand(self, job: str, rows: tuple[int, ...], note: str, *, author: str, act: str) -> int:
        """See `Facade.mark_by_hand`."""
        self._permitting.admit(Right.WRITE, author)
        if not note.strip():
            raise ConfigurationError("job.note_needed")
        return self._once(act, "mark_by_hand", lambda: self._mark(job, rows, note.strip(), author))

    def _mark(self, text: str, rows: tuple[int, ...], note: str, author: str) -> int:
        job = self.told.job(text)
        at = moments.to_text(self.workspace.now())
        with self.workspace.writing() as db:
            return hand_notes.put(db, job.id, rows, author=author, note=note[:NOTE_MOST], at=at)

    def choose_route(
        self, plan: PlanId, job: JobId, route: Route, assurance: Assurance, *, act: str
    ) -> PlanView:
        """See `Facade.choose_route`."""
        self._permitting.admit(Right.EDIT)
        return self._once(
            act, "choose_route", lambda: self._plan_parts.choose_route(plan, job, route, assurance)
        )

    def open_plan(self, plan: PlanId) -> PlanView:
        """See `Facade.open_plan`."""
        return self._plan_parts.open(plan)

    def leave_out(self, plan: PlanId, what: tuple[Unticked, ...], *, act: str) -> PlanView:
        """See `Facade.leave_out`."""
        self._permitting.admit(Right.EDIT)
        return self._once(act, "leave_out", lambda: self._plan_parts.leave_out(plan, what))

    def take_back(self, plan: PlanId, what: tuple[Unticked, ...], *, act: str) -> PlanView:
        """See `Facade.take_back`."""
        self._permitting.admit(Right.EDIT)
        return self._once(act, "take_back", lambda: self._plan_parts.take_back(plan, what))

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
        """See `Facade.trial_run`."""
        wish = TrialWish(rows, pick, chosen)
        return self._once(act, "trial_run", lambda: self._try(plan, wish, confirm_org, overrides, act=act))

    def _try(
        self, plan: PlanId, wish: TrialWish, confirm_org: str, overrides: tuple[str, ...], *, act: str
    ) -> TrialRun:
        jobs = self._plan_parts.tried(
            plan, act
        )  # its answer may have been lost, with the process that gave it
        if not jobs:
            self._plan_parts.rejoin(plan)
            self._plan_parts.measured(plan)
            FileSessions(self.workspace).guard_same(plan)
            self._submitting.admit(plan, confirm_org=confirm_org, overrides=overrides)
            try:
                trial = self._plan_parts.split(plan, wish, act=act)
                jobs = self._submitting.submit(trial.id, confirm_org=confirm_org, overrides=overrides)
            except BaseException:
                self._plan_parts.rejoin(plan)
                raise
        rest = self._plan_parts.open(plan)
        return TrialRun(jobs, rest if any(group.send for group in rest.groups) else None)
