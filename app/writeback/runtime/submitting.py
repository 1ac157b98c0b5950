"""Make a plan real: rights, guards, the org's name, another person's word; then one commit.

Nothing is sent here; what is submitted waits in the outbox. The worker asks rights and guards again.
"""

from collections import Counter, abc
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from writeback.errors import ApprovalNeededError, ConfigurationError, GuardError
from writeback.model.events import EventKind
from writeback.model.guards import Limits, Strike
from writeback.model.jobs import Assurance, JobKind
from writeback.model.permissions import Approval, ApprovalState, Right
from writeback.model.types import JobId, PlanId
from writeback.planning.routing import RouteTable
from writeback.runtime.connecting import Connecting, guard_org_name
from writeback.runtime.guarding import Guarding, Overridden
from writeback.runtime.permitting import Permitting
from writeback.runtime.reaching import Reaches
from writeback.store import acts, limits, moments, permissions, plans, submitting
from writeback.store import connections as store_connections
from writeback.store.collecting import Window
from writeback.store.plans import PlannedJob
from writeback.store.workspace import Db, Workspace

_NOTE_MOST: Final = 500
COLLECTS: Final = frozenset({JobKind.REAL_TIME, JobKind.BULK_WRITE_BACK})
"""Jobs for which the collecting window of a connection holds."""
AT_ONCE: Final = frozenset({"file", "plan_file", "trial_of"})
"""What a plan was made of that starts at once all the same: somebody waits for its result."""
WAIT_MOST_S: Final = 7 * 24 * 3600
"""So long a job may be made to wait before it starts."""


class Submitting:
    """Plans on their way to the outbox."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        connecting: Connecting,
        reaches: Reaches,
        guarding: Guarding,
        permitting: Permitting,
        admits: abc.Callable[[], None] = lambda: None,
    ) -> None:
        self._workspace = workspace
        self._admits = admits
        self._connecting = connecting
        self._reaches = reaches
        self._guarding = guarding
        self._permitting = permitting

    def submit(
        self,
        plan: PlanId,
        *,
        confirm_org: str,
        overrides: abc.Collection[str] = (),
        is_reviewed: bool = True,
        wait_s: float = 0,
    ) -> tuple[JobId, ...]:
        """Turn a plan into jobs in one commit. See `Facade.submit`.

        A real-time edit of one record was not reviewed: its connection's *write on save* switch has
        asked for the org's name once, so it is not asked for again (`UX.md` §3).
        """
        if not 0 <= wait_s <= WAIT_MOST_S:
            raise ConfigurationError("plan.bad_wait", seconds=wait_s, most=WAIT_MOST_S)
        jobs, author, most, overridden = self._admit(
            plan, confirm_org=confirm_org, overrides=overrides, is_reviewed=is_reviewed
        )
        if most is not None:
            raise self._ask_approval(plan, jobs, overridden, author=author, most=most, wait_s=wait_s)
        batch_most = {str(job.id): self._batch_most(job) for job in jobs}
        collects = self._collects(plan, jobs)
        with self._workspace.writing() as db:
            self._guarding.override(db, overridden, author=author)
            at = self._workspace.now()
            starts = at + timedelta(seconds=wait_s) if wait_s else None
            windows = {} if wait_s else {job: one.at(at) for job, one in collects.items()}
            return submitting.submit(db, plan, at=at, batch_most=batch_most, starts=starts, windows=windows)

    def admit(self, plan: PlanId, *, confirm_org: str, overrides: abc.Collection[str]) -> None:
        """Ask everything that `submit` asks, and submit nothing.

        Raises:
            GuardError: As by `submit`; so many rows need another person's word.
            NotPermittedError: Its author lacks a right.
        """
        jobs, _, most, _ = self._admit(plan, confirm_org=confirm_org, overrides=overrides, is_reviewed=True)
        if most is not None:  # bit by bit it would all go without that word
            raise GuardError("approval.trial", rows=sum(job.totals.send for job in jobs), most=most)

    def refuse_waiting(self, plan: PlanId) -> None:
        """Refuse to change a plan that waits for another person's word: that is given for what was asked.

        Raises:
            ApprovalNeededError: It waits.
        """
        with self._workspace.reading() as db:
            approval = permissions.approval_of(db, plan)
        if approval is not None and approval.state is ApprovalState.PENDING:
            raise _pending(approval)

    def _admit(
        self, plan: PlanId, *, confirm_org: str, overrides: abc.Collection[str], is_reviewed: bool
    ) -> tuple[tuple[PlannedJob, ...], str, int | None, tuple[Overridden, ...]]:
        """Give a plan's jobs, its author, above how many rows it needs another's word, what is overridden."""
        self._admits()
        with self._workspace.reading() as db:
            jobs = plans.jobs_of(db, plan)
            author = plans.author_of(db, plan) or self._permitting.author
            approval = permissions.approval_of(db, plan)
        if approval is not None and approval.state is ApprovalState.PENDING:
            raise _pending(approval)
        most = self._admit_rights(jobs, author)
        overridden = self._guarding.admit(jobs, overrides, author=author)
        if is_reviewed:
            for job in jobs:
                if job.totals.send:
                    guard_org_name(
                        self._connecting.find(job.connection_id), confirm_org, rows=job.totals.send
                    )
        return jobs, author, most, overridden

    def struck(self, job: JobId, connection_id: str) -> tuple[Strike, ...]:
        """Give the guards that a job-to-be strikes."""
        return self._guarding.struck(job, connection_id)

    def pending(self) -> tuple[Approval, ...]:
        """Give the plans that wait for another person's word."""
        with self._workspace.reading() as db:
            return permissions.approvals(db)

    def approve(self, plan: PlanId, *, note: str) -> tuple[JobId, ...]:
        """Let another person's plan go. See `Facade.approve_plan`."""
        self._admits()
        self._admit_decision(plan)
        with self._workspace.reading() as db:
            jobs = plans.jobs_of(db, plan)
            author = plans.author_of(db, plan)
        self._permitting.admit(Right.WRITE, author)
        self._guarding.admit(jobs, (), author=author)
        batch_most = {str(job.id): self._batch_most(job) for job in jobs}
        collects = self._collects(plan, jobs)
        with self._workspace.writing() as db:
            self._decide(db, plan, ApprovalState.APPROVED, note)
            at, told = self._workspace.now(), plans.source_of(db, plan).get("starts")
            starts = moments.from_text(told) if isinstance(told, str) else at
            later = starts if starts > at else None
            windows = {} if later else {job: one.at(at) for job, one in collects.items()}
            return submitting.submit(db, plan, at=at, batch_most=batch_most, starts=later, windows=windows)

    def decline(self, plan: PlanId, *, note: str) -> None:
        """Refuse another person's plan. See `Facade.decline_plan`."""
        self._admit_decision(plan)
        with self._workspace.writing() as db:
            self._decide(db, plan, ApprovalState.DECLINED, note)
        plans.discard(self._workspace, plan)

    def _admit_rights(self, jobs: abc.Sequence[PlannedJob], author: str) -> int | None:
        """Ask for the rights that a plan needs; gives above how many records it needs another's word."""
        sends: Counter[str] = Counter()
        for job in jobs:
            sends[job.connection_id] += job.totals.send
        if sends.total():
            self._permitting.admit(Right.WRITE, author)
        if any(job.kind is JobKind.UNDO for job in jobs):
            self._permitting.admit(Right.UNDO, author)
        if any(job.root and job.totals.send for job in jobs):
            self._permitting.admit(Right.EDIT_REFERENCED, author)
        may_bulk = self._permitting.may(Right.BULK, author)
        found: int | None = None
        for connection_id, rows in sends.items():
            with self._workspace.reading() as db:
                in_force = limits.of_connection(db, connection_id)
            most = _needs_approval(rows, in_force, may_bulk=may_bulk)
            if most is None and not may_bulk and in_force.bulk is not None and rows > in_force.bulk:
                self._permitting.admit(Right.BULK, author)
            found = most if found is None else found
        return found

    def _ask_approval(
        self,
        plan: PlanId,
        jobs: abc.Sequence[PlannedJob],
        overridden: abc.Sequence[Overridden],
        *,
        author: str,
        most: int,
        wait_s: float,
    ) -> ApprovalNeededError:
        """Let a plan wait for another person's word; what was overridden stays so."""
        at = self._workspace.now()
        rows = sum(job.totals.send for job in jobs)
        asked = Approval(plan, ApprovalState.PENDING, author, at, rows, most)
        with self._workspace.writing() as db:
            self._guarding.override(db, overridden, author=author)
            permissions.ask_approval(db, asked)
            if wait_s:
                plans.note_source(db, plan, "starts", moments.to_text(at + timedelta(seconds=wait_s)))
            self._note(db, plan, "approval.asked", {"by": author, "rows": rows, "most": most})
        return _pending(asked)

    def _admit_decision(self, plan: PlanId) -> None:
        self._permitting.admit(Right.APPROVE)
        with self._workspace.reading() as db:
            approval = permissions.approval_of(db, plan)
        if approval is None or approval.state is not ApprovalState.PENDING:
            raise ConfigurationError("approval.not_pending", plan=plan[:200])
        if approval.asked_by == self._permitting.author:
            raise GuardError("approval.own", plan=plan[:200], author=approval.asked_by)

    def _decide(self, db: Db, plan: PlanId, state: ApprovalState, note: str) -> None:
        author, at = self._permitting.author, self._workspace.now()
        permissions.decide(db, plan, state, author=author, note=note[:_NOTE_MOST], at=at)
        self._note(db, plan, f"approval.{state.value}", {"by": author, "note": note[:_NOTE_MOST]})

    def _note(self, db: Db, plan: PlanId, act: str, body: abc.Mapping[str, str | int]) -> None:
        kind = EventKind.PERMISSIONS_CHANGED
        acts.record(
            db, at=self._workspace.now(), kind=kind, subject=plan, act=act, body={"plan": plan, **body}
        )

    def _collects(self, plan: PlanId, jobs: abc.Sequence[PlannedJob]) -> dict[str, "_Collects"]:
        """Give by job for how long it collects; edits do, files, undo and retries go at once."""
        with self._workspace.reading() as db:
            source = plans.source_of(db, plan)
            waits = {job.id: store_connections.get(db, job.connection_id).collect_s for job in jobs}
        if AT_ONCE & set(source):
            return {}
        return {
            str(job.id): _Collects(waits[job.id], self._reaches.route_table(job.connection_id))
            for job in jobs
            if waits[job.id] and job.kind in COLLECTS
        }

    def _batch_most(self, job: PlannedJob) -> int:
        """Give how many rows one request of a job's route holds."""
        table = self._reaches.route_table(job.connection_id)
        if job.assurance is Assurance.A and not job.creates_by:
            return max(1, table.checked(job.route))
        facts = table.limits(job.route)
        return facts.most_rows if facts is not None else 1


@dataclass(frozen=True, slots=True)
class _Collects:
    """For how long a job collects, and how its rows travel then."""

    seconds: int
    table: RouteTable

    def at(self, moment: datetime) -> Window:
        """Give the window that opens now."""
        return Window(moment + timedelta(seconds=self.seconds), self.table)


def _needs_approval(rows: int, in_force: Limits, *, may_bulk: bool) -> int | None:
    """Give above how many records another person's word is needed; None: not for so many."""
    if in_force.approval is None:
        return None
    if rows > in_force.approval:
        return int(in_force.approval)
    if not may_bulk and in_force.bulk is not None and rows > in_force.bulk:
        return int(in_force.bulk)
    return None


def _pending(approval: Approval) -> ApprovalNeededError:
    return ApprovalNeededError(
        "approval.pending", plan=approval.plan_id, rows=approval.rows, most=approval.most
    )
