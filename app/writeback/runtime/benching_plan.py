"""`writeback bench plan`: a bulk edit of a whole segment, from the condition to the outbox (P6, P7).

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


BUDGETS: Final[abc.Mapping[Way, float]] = {Way.UNSEEN: 5.0, Way.ALIKE: 10.0, Way.DIFFERENT: 10.0}
"""Seconds for a million records (`PERFORMANCE.md`): P7 for the first, P6 for the others."""
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
    """Every record stands in the plan, to be sent or as it is to be already."""


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
            return tuple(_planned(workspace, one, fresh=fresh, rows=rows, tell=tell) for one in BUDGETS)
        finally:
            simulator.stop()


def _planned(workspace: Path, way: Way, *, fresh: Path, rows: int, tell: Tell) -> Planned:
    """Plan in one way, over the workspace as it was: behind the queued job of another way costs more."""
    tell(f"planning: {way}")
    for log in ("-wal", "-shm"):
        workspace.with_name(f"{workspace.name}{log}").unlink(missing_ok=True)
    shutil.copyfile(fresh, workspace)  # the file stays the one that is trusted
    told_file = workspace.with_name("told.json")
    command = [*own_program(), "--workspace", str(workspace), "bench", "plan-work", "--way", way.value]
    cost = measuring.run_child([*command, "--told", str(told_file)], log=workspace.with_name("child.log"))
    told = Told(**orjson.loads(told_file.read_bytes()))
    return Planned(
        way=way.value,
        rows=told.rows,
        send=told.send,
        plan_seconds=round(told.plan_seconds, 3),
        submit_seconds=round(told.submit_seconds, 3),
        cpu_seconds=round(cost.cpu_seconds, 3),
        peak_mb=round(cost.peak_mb, 1),
        budget_seconds=BUDGETS[way] * rows / MILLION,
        is_right=told.rows == told.send + told.unchanged == rows,
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What the child says of its work."""

    rows: int
    send: int
    unchanged: int
    plan_seconds: float
    submit_seconds: float


def plan_all(workspace: Path, way: Way, *, settings: Settings, told: Path) -> None:
    """Plan and submit one bulk edit of all records; nothing is sent. The child of `bench_plan`."""
    with Runtime.open(workspace, settings=settings) as runtime:
        with runtime.workspace.reading() as db:
            integration = integrations.every(db)[0]
        attribute, values = edited_attribute(runtime, integration)
        edits = [BulkEdit(attribute, BulkAction.SET, values[0])]
        if way is Way.DIFFERENT:
            edits = [BulkEdit(NOTES, BulkAction.SET, "the same everywhere")]
        meant = runtime.segments.read("", entity=integration.entity)
        wish = SegmentWish(meant.ground, meant.expression, tuple(edits), "bench", runtime.workspace.now())
        reach_of = LastRead(runtime, integration)
        started = time.perf_counter()
        plan = propose(
            gather_segment(runtime.workspace, wish, reach_of),
            Terms(Origin.SEGMENT, "bench", compares=way is not Way.UNSEEN),
            workspace=runtime.workspace,
            reach_of=reach_of,
        )
        planned = time.perf_counter()
        submit_all(runtime, plan)
        done = time.perf_counter()
    (group,) = plan.groups
    found = Told(group.rows, group.send, group.unchanged, planned - started, done - planned)
    told.write_bytes(orjson.dumps(asdict(found)))


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
