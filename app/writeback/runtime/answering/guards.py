"""Answers about guards, permission levels and approvals."""

from writeback.model.permissions import Approval, Level, Permission
from writeback.model.types import JobId, PlanId
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade.guards import LimitView
from writeback.runtime.facade.sending import SwitchView


class GuardAnswers(Answering):
    """Answers about guards, permission levels and approvals."""

    def guard_limits(self, connection: str) -> tuple[LimitView, ...]:
        """See `Facade.guard_limits`."""
        return self._guarding.limits(connection)

    def set_guard_limits(
        self,
        connection: str,
        limits: tuple[tuple[str, float | None], ...],
        *,
        forget: tuple[str, ...] = (),
        act: str,
    ) -> tuple[LimitView, ...]:
        """See `Facade.set_guard_limits`."""
        return self._once(
            act,
            "set_guard_limits",
            lambda: self._guarding.set_limits(connection, dict(limits), forget=forget),
        )

    def automation_switches(self, connection: str) -> tuple[SwitchView, ...]:
        """See `Facade.automation_switches`."""
        return self._connecting.switches(connection)

    def permissions(self) -> tuple[Permission, ...]:
        """See `Facade.permissions`."""
        return self._permitting.every()

    def set_permission(self, author: str, level: Level, *, act: str) -> Permission:
        """See `Facade.set_permission`."""
        return self._once(act, "set_permission", lambda: self._permitting.put(author, level))

    def remove_permission(self, author: str, *, act: str) -> None:
        """See `Facade.remove_permission`."""
        self._once(act, "remove_permission", lambda: self._permitting.remove(author))

    def approvals(self) -> tuple[Approval, ...]:
        """See `Facade.approvals`."""
        return self._submitting.pending()

    def approve_plan(self, plan: PlanId, *, note: str = "", act: str) -> tuple[JobId, ...]:
        """See `Facade.approve_plan`."""
        return self._once(act, "approve_plan", lambda: self._submitting.approve(plan, note=note))

    def decline_plan(self, plan: PlanId, *, note: str = "", act: str) -> None:
        """See `Facade.decline_plan`."""
        self._once(act, "decline_plan", lambda: self._submitting.decline(plan, note=note))
