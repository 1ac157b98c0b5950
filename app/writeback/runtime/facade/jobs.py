"""What a person does about jobs and their rows, and with the rows of a plan before it is sent."""

from dataclasses import dataclass
from typing import Protocol

from writeback.model.jobs import Assurance, Route
from writeback.model.trials import Pick
from writeback.model.types import JobId, PlanId
from writeback.runtime.facade.sending import JobView, PlanSource, PlanView


@dataclass(frozen=True, slots=True)
class Unticked:
    """What of a plan shall not be sent: some rows, some fields, or both (a field of some rows)."""

    job_id: JobId
    rows: tuple[int, ...] = ()
    """Numbers of rows; empty: every row of the job."""
    field: str = ""
    """A field path; '': the whole row."""


@dataclass(frozen=True, slots=True)
class TrialRun:
    """A plan of which some rows go first."""

    jobs: tuple[JobId, ...]
    """The trial, submitted."""
    rest: PlanView | None
    """What is left of the plan; None: nothing is."""


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """What is different about a plan that was made anew."""

    verdicts: tuple[tuple[str, str, int], ...] = ()
    """(was, is now, records): `send` | `unchanged` | `blocked` | `conflict`; '' is: not in that plan."""
    held_otherwise: int = 0
    """Records whose verdict stayed, and of which the CRM holds something else now."""
    lost: int = 0
    """Rows that were left out, and whose record is not found in the new plan: a person looks at it."""


@dataclass(frozen=True, slots=True)
class PlanRefreshed:
    """A plan in place of one that has moved."""

    plan: PlanView
    changes: PlanChanges


class JobCalls(Protocol):
    """Jobs, their rows, and the rows of a plan before it is sent."""

    def start_now(self, job: str, *, act: str) -> JobView:
        """Let a job begin at once that collects, or that waits for its moment.

        Raises:
            ConfigurationError: `job.not_waiting`.
        """

    def check_now(self, job: str, *, act: str) -> JobView:
        """Read rows without an answer back as soon as that is safe: never within their quiet period."""

    def mark_by_hand(self, job: str, rows: tuple[int, ...], note: str, *, author: str, act: str) -> int:
        """Note rows that were not written as resolved by hand; gives how many.

        Outcomes and totals stay what they were. A job that waited for a person because of these rows alone
        is done.
        """

    def leave_out(self, plan: PlanId, what: tuple[Unticked, ...], *, act: str) -> PlanView:
        """Take rows or fields out of a plan that was not submitted; edits stay as drafts.

        Raises:
            NotPermittedError: Needs the right *edit*.
        """

    def refresh_plan(self, plan: PlanId, source: PlanSource, *, act: str) -> PlanRefreshed:
        """Make a plan anew from its source; what was left out of it stays out, and what changed is told.

        The plan that was there is dropped when the new one stands; whatever fails before leaves it as it was.

        Raises:
            NotPermittedError: As `propose`.
            ApprovalNeededError: It waits for another person's word.
        """

    def take_back(self, plan: PlanId, what: tuple[Unticked, ...], *, act: str) -> PlanView:
        """Put back what was left out; with nothing named, all of it."""

    def choose_route(
        self, plan: PlanId, job: JobId, route: Route, assurance: Assurance, *, act: str
    ) -> PlanView:
        """Let one part of a plan travel otherwise; its rows stay as they were judged.

        Raises:
            ConfigurationError: `route.not_offered`: it is none of the part's `ways`.
            NotPermittedError: Needs the right *edit*.
            ApprovalNeededError: It waits for another person's word as it is.
        """

    def open_plan(self, plan: PlanId) -> PlanView:
        """Give a plan that was not submitted as it stands, one that waits for another person's word too."""

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
        """Submit some rows of each job of a plan as jobs of their own; the rest stays a plan.

        Args:
            plan: The plan.
            rows: So many of each job; of chosen ones their number does not matter.
            pick: Which ones.
            chosen: CHOSEN: these rows; those of them that are not sent anyway do not count.
            confirm_org: As by `submit`.
            overrides: As by `submit`.
            act: The act's id.

        Raises:
            ConfigurationError: `plan.no_trial`: there are no such rows to be sent.
            GuardError: As by `submit`, asked of the whole plan before it is split.
            ApprovalNeededError: The trial waits for another person's word now.
        """
