"""`writeback bench plan`: a bulk edit of a whole segment, to the outbox, and its undo (P6, P7, P14).

The records are copies of a simulator's, and the CRM's side of each comparison is what was last read of it:
the CRM's own time is no part of it. Each figure is the operating system's account of a child process.

Must not: name a connector, print, take a plan for right before its rows are counted.
"""

import enum
import shutil
import tempfile
import time
from collections import abc
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import orjson

from writeback.engine.gathering_segments import SegmentWish, gather_segment
from writeback.engine.last_reading import LastReading
from writeback.engine.proposing import Proposed, propose
from writeback.engine.reaching import Reach
from writeback.engine.terms import Terms
from writeback.model.bulk import BulkAction, BulkEdit
from writeback.model.changes import Origin
from writeback.model.integrations import Integration
from writeback.model.types import JobId
from writeback.runtime import measuring
from writeback.runtime.benching_undo import is_about_all, plan_undo, pose_settled
from writeback.runtime.measuring import Cost
from writeback.runtime.runtime import Runtime
from writeback.runtime.setting_up import NOTES, Crew, Tell, edited_attribute
from writeback.runtime.simulating import spawn_simulator
from writeback.settings import Settings, own_program
from writeback.store import integrations
from writeback.store.multiplying import multiply_linked, tell_apart

SEEDED: Final = 200
"""So many records come of the simulator; the others are copies."""


class Way(enum.StrEnum):
    """How the records of a bulk edit stand to what is wished."""

    UNSEEN = "unseen"
    """Nothing is compared (assurance C)."""
    ALIKE = "alike"
    """Compared; the edited attribute has few values."""
    DIFFERENT = "different"
    """Compared; each record holds another value."""
    UNDO = "undo"
    """All that was edited by the way before is put back, where the CRM holds it still."""


BUDGETS: Final[abc.Mapping[Way, float]] = {Way.UNSEEN: 5.0, Way.ALIKE: 10.0, Way.DIFFERENT: 10.0}
"""Seconds for a million records (`PERFORMANCE.md`): P7 for the first, P6 for the others."""
UNDO_RATIO: Final = 2.0
"""An undo may cost so many times what the plan of the same edit cost in the same run (P14)."""
MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Planned:
    """One bulk edit of all records, planned and put into the outbox."""

    way: str
    rows: int
    send: int
    plan_seconds: float
    submit_seconds: float
    cpu_seconds: float
    """Of the whole child, its start included."""
    peak_mb: float
    """Of the whole child."""
    budget_seconds: float
    """For so many rows."""
    is_right: bool
    """Every record stands in the plan once, to be sent or as it is to be already; of an undo, to be sent."""
    is_in_budget: bool


def bench_plan(connector: str, *, rows: int, settings: Settings, tell: Tell) -> tuple[Planned, ...]:
    """Plan and submit a bulk edit of so many records, in each of the ways.

    Raises:
        InternalError: A child failed; the log says why.
    """
    with tempfile.TemporaryDirectory(prefix="writeback-bench-") as name:
        folder = Path(name)
        simulator = spawn_simulator(connector, rows=SEEDED, folder=folder)
        try:
            workspace = folder / "bench.writeback"
            tell(f"making {rows} records")
            with Runtime.open(workspace, settings=settings, create=True) as runtime:
                crew = Crew(runtime, folder, lambda _text: None)
                integration = crew.set_up(simulator, connector).integration
                with runtime.workspace.writing() as db:
                    multiply_linked(db, integration, rows=rows)
                    tell_apart(db, integration, NOTES)
            fresh = shutil.copyfile(workspace, folder / "fresh.writeback")
            bench = _Bench(workspace, fresh, rows, integration, settings, tell)
            ways = {way: bench.edited(way) for way in BUDGETS}
            return (*ways.values(), bench.undone(ways[Way.DIFFERENT]))
        finally:
            simulator.stop()


@dataclass(slots=True)
class _Bench:
    workspace: Path
    fresh: Path
    """The workspace as it was."""
    rows: int
    integration: Integration
    settings: Settings
    tell: Tell
    job: str = ""
    """What was planned last."""

    def edited(self, way: Way) -> Planned:
        """Plan in one way, over the workspace as it was: behind the queued job of another way costs more."""
        for log in ("-wal", "-shm"):
            self.workspace.with_name(f"{self.workspace.name}{log}").unlink(missing_ok=True)
        shutil.copyfile(self.fresh, self.workspace)  # the file stays the one that is trusted
        return self._planned(way, budget_s=BUDGETS[way] * self.rows / MILLION)

    def undone(self, edit: Planned) -> Planned:
        """Settle the edit that was planned last, and plan its undo."""
        self.tell("settling")
        with Runtime.open(self.workspace, settings=self.settings) as runtime:
            pose_settled(runtime.workspace, self.integration, JobId(self.job))
        planned = self._planned(Way.UNDO, budget_s=UNDO_RATIO * edit.plan_seconds)
        return replace(planned, is_right=planned.is_right and planned.send == self.rows)

    def _planned(self, way: Way, *, budget_s: float) -> Planned:
        self.tell(f"planning: {way}")
        told_file, log = self.workspace.with_name("told.json"), self.workspace.with_name("child.log")
        command = [*own_program(), "--workspace", str(self.workspace), "bench", "plan-work"]
        command += ["--way", way.value, "--job", self.job, "--told", str(told_file)]
        cost = measuring.run_child(command, log=log)
        told = Told(**orjson.loads(told_file.read_bytes()))
        self.job = told.job
        with Runtime.open(self.workspace, settings=self.settings) as runtime:
            is_all = is_about_all(runtime.workspace, self.integration, self.job)
        return _report(way, told, cost, rows=self.rows, budget_s=budget_s, is_all=is_all)


def _report(way: Way, told: "Told", cost: Cost, *, rows: int, budget_s: float, is_all: bool) -> Planned:
    judged = told.plan_seconds + (told.submit_seconds if way is Way.UNSEEN else 0.0)  # P7: to the outbox
    return Planned(
        way=way.value,
        rows=told.rows,
        send=told.send,
        plan_seconds=round(told.plan_seconds, 3),
        submit_seconds=round(told.submit_seconds, 3),
        cpu_seconds=round(cost.cpu_seconds, 3),
        peak_mb=round(cost.peak_mb, 1),
        budget_seconds=round(budget_s, 3),
        is_right=is_all and told.rows == told.send + told.unchanged == rows,
        is_in_budget=judged <= budget_s,
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What the child says of its work."""

    job: str
    rows: int
    send: int
    unchanged: int
    plan_seconds: float
    submit_seconds: float


def plan_all(workspace: Path, way: Way, *, settings: Settings, told: Path, job: str = "") -> None:
    """Plan and submit one bulk edit of all records, or its undo: the child of `bench_plan`. Sends nothing."""
    with Runtime.open(workspace, settings=settings) as runtime:
        with runtime.workspace.reading() as db:
            integration = integrations.every(db)[0]
        started = time.perf_counter()
        plan = (
            plan_undo(runtime, JobId(job), LastRead(runtime, integration))
            if way is Way.UNDO
            else _plan_edit(runtime, integration, way)
        )
        planned = time.perf_counter()
        submit_all(runtime, plan)
        done = time.perf_counter()
    (group,) = plan.groups
    found = Told(group.job_id, group.rows, group.send, group.unchanged, planned - started, done - planned)
    told.write_bytes(orjson.dumps(asdict(found)))


def _plan_edit(runtime: Runtime, integration: Integration, way: Way) -> Proposed:
    attribute, values = edited_attribute(runtime, integration)
    edit = BulkEdit(attribute, BulkAction.SET, values[0])
    if way is Way.DIFFERENT:
        edit = BulkEdit(NOTES, BulkAction.SET, "the same everywhere")
    meant = runtime.segments.read("", entity=integration.entity)
    wish = SegmentWish(meant.ground, meant.expression, (edit,), "bench", runtime.workspace.now())
    reach_of = LastRead(runtime, integration)
    return propose(
        gather_segment(runtime.workspace, wish, reach_of),
        Terms(Origin.SEGMENT, "bench", compares=way is not Way.UNSEEN),
        workspace=runtime.workspace,
        reach_of=reach_of,
    )


def submit_all(runtime: Runtime, plan: Proposed) -> tuple[JobId, ...]:
    """Submit a plan whatever guards it strikes; gives its jobs."""
    named = [figure.guard.value for group in plan.groups for figure in group.figures]
    overrides = tuple(dict.fromkeys(named))
    return runtime.submit(plan.id, confirm_org="", overrides=overrides, act=runtime.new_id())


@dataclass(frozen=True, slots=True)
class LastRead:
    """Gives the connection's reach, its records as they were last read."""

    runtime: Runtime
    integration: Integration

    def __call__(self, connection: str) -> Reach:
        """Give the reach of a connection; its session reads what was last read."""
        reach = self.runtime.sending.reach_of(connection)
        session = LastReading(self.runtime.workspace, self.integration, reach.session)
        return replace(reach, session=session, sends=reach.session)
