"""Guards, permission levels and approvals: what keeps a plan small and in the right hands."""

from dataclasses import dataclass
from typing import Protocol

from writeback.model.permissions import Approval, Level, Permission
from writeback.model.types import JobId, PlanId
from writeback.runtime.facade.sending import SwitchView


@dataclass(frozen=True, slots=True)
class LimitView:
    """One limit as it is in force."""

    name: str
    title: str
    unit: str
    """'' | `records` | `%` | `times` | `hours`."""
    value: float | None
    """None: switched off."""
    built_in: float | None
    """What holds where nobody set anything."""
    source: str
    """`connection` | `workspace` | `default`: where the value comes from."""


class GuardCalls(Protocol):
    """Guards, permission levels and approvals."""

    def guard_limits(self, connection: str) -> tuple[LimitView, ...]:
        """Give the limits in force for a connection, or with '' those of the workspace."""

    def set_guard_limits(
        self,
        connection: str,
        limits: tuple[tuple[str, float | None], ...],
        *,
        forget: tuple[str, ...] = (),
        act: str,
    ) -> tuple[LimitView, ...]:
        """Set limits of a connection, or with '' of the workspace; None switches a guard off.

        Raises:
            NotPermittedError: Needs the right *set write-back*.
            ConfigurationError: `guard.unknown_limit`, `guard.bad_limit`.
        """

    def automation_switches(self, connection: str) -> tuple[SwitchView, ...]:
        """Give a connection's switches for the CRM's own rules; none: the CRM offers none."""

    def permissions(self) -> tuple[Permission, ...]:
        """Give who has which permission level; nobody: one person, who may do everything."""

    def set_permission(self, author: str, level: Level, *, act: str) -> Permission:
        """Give somebody a permission level.

        Raises:
            NotPermittedError: Needs the right *administer*.
            ConfigurationError: Nobody would be left who may administer.
        """

    def remove_permission(self, author: str, *, act: str) -> None:
        """Take somebody's permission level away. Raises as `set_permission`."""

    def approvals(self) -> tuple[Approval, ...]:
        """Give the plans that wait for another person's word, the oldest first."""

    def approve_plan(self, plan: PlanId, *, note: str = "", act: str) -> tuple[JobId, ...]:
        """Let another person's plan go: it becomes jobs.

        Raises:
            NotPermittedError: Needs the right *approve*.
            GuardError: `approval.own`: the plan is the approver's own.
            ConfigurationError: It does not wait (any more).
        """

    def decline_plan(self, plan: PlanId, *, note: str = "", act: str) -> None:
        """Refuse another person's plan: it is forgotten, drafts stay. Raises as `approve_plan`."""
