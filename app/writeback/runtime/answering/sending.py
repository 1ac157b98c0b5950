"""Answers about plans, jobs and conflicts."""

from pathlib import Path

from writeback.model.permissions import Right
from writeback.model.types import JobId, PlanId
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade import (
    DoctorReport,
    JobView,
    PlanSource,
    PlanView,
)
from writeback.runtime.facade.jobs import PlanRefreshed
from writeback.runtime.file_sessions import FileSessions
from writeback.runtime.permitting import rights_to_propose
from writeback.runtime.plan_refreshing import Refreshing


class SendingAnswers(Answering):
    """Answers about plans, jobs and conflicts."""

    def propose(self, source: PlanSource, *, act: str) -> PlanView:
        """See `Facade.propose`."""
        for right in rights_to_propose(source):
            self._permitting.admit(right, source.author)
        return self._once(act, "propose", lambda: self._propose(source))

    def _propose(self, source: PlanSource) -> PlanView:
        view = self._plan_parts.keep(self._sending.propose(source))
        if source.session:  # the plan that its file had before is not the one that is looked at now
            FileSessions(self.workspace).drop_plans(source.session, but=view.id)
        return view

    def refresh_plan(self, plan: PlanId, source: PlanSource, *, act: str) -> PlanRefreshed:
        """See `Facade.refresh_plan`."""
        for right in rights_to_propose(source):
            self._permitting.admit(right, source.author)
        refreshing = Refreshing(
            self.workspace, parts=self._plan_parts, submitting=self._submitting, propose=self._propose
        )
        return self._once(act, "refresh_plan", lambda: refreshing.refresh(plan, source))

    def discard_plan(self, plan: PlanId, *, act: str) -> None:
        """See `Facade.discard_plan`."""
        self._once(act, "discard_plan", lambda: self._sending.discard_plan(plan))

    def submit(
        self,
        plan: PlanId,
        *,
        confirm_org: str = "",
        overrides: tuple[str, ...] = (),
        wait_s: float = 0,
        act: str,
    ) -> tuple[JobId, ...]:
        """See `Facade.submit`."""
        return self._once(
            act,
            "submit",
            lambda: self._submit(plan, confirm_org, overrides, wait_s=wait_s),
        )

    def _submit(
        self, plan: PlanId, confirm_org: str, overrides: tuple[str, ...], *, wait_s: float
    ) -> tuple[JobId, ...]:
        self._plan_parts.rejoin(plan)  # a trial that a crash ended before it was submitted took some rows
        self._plan_parts.measured(plan)
        FileSessions(self.workspace).guard_same(plan)
        return self._submitting.submit(plan, confirm_org=confirm_org, overrides=overrides, wait_s=wait_s)

    def save_plan(self, plan: PlanId, path: str) -> None:
        """See `Facade.save_plan`."""
        self._sending.save_plan(plan, Path(path))

    def pause(self, job: str, *, act: str) -> JobView:
        """See `Facade.pause`."""
        self._permitting.admit(Right.WRITE)
        return self._once(act, "pause", lambda: self._sending.pause(job, by=self._permitting.author))

    def resume(self, job: str, *, act: str) -> JobView:
        """See `Facade.resume`."""
        self._permitting.admit(Right.WRITE)
        return self._once(act, "resume", lambda: self._sending.resume(job, by=self._permitting.author))

    def cancel(self, job: str, *, act: str) -> JobView:
        """See `Facade.cancel`."""
        self._permitting.admit(Right.WRITE)
        return self._once(act, "cancel", lambda: self._sending.cancel(job, by=self._permitting.author))

    def doctor(self) -> DoctorReport:
        """See `Facade.doctor`."""
        return self._sending.doctor()
