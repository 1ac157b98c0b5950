"""`writeback bench batches`: outbox → requests of many rows → outcome of every row (budget P4).

The records are a simulator's own, pulled; one edit of all of them goes out unseen (assurance C), so that
what is measured is sending and writing down. The child's cost is the operating system's account of it, less
that of the same child without a job; the simulator is a process of its own, and its time is not ours.

Must not: name a connector, print, take a row for written that the simulator's applied-log does not hold.
"""

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from writeback.engine.gathering_segments import SegmentWish, gather_segment
from writeback.engine.proposing import propose
from writeback.engine.terms import Terms
from writeback.model.bulk import BulkAction, BulkEdit
from writeback.model.changes import Origin
from writeback.model.integrations import Integration
from writeback.model.jobs import Route
from writeback.model.types import JobId
from writeback.runtime import measuring
from writeback.runtime.benching_children import Told
from writeback.runtime.benching_plan import LastRead, submit_all
from writeback.runtime.runtime import Runtime
from writeback.runtime.setting_up import NOTES, Crew, Tell
from writeback.runtime.simulating import spawn_simulator
from writeback.sdk.simulator import read_applied
from writeback.settings import Settings, own_program

MUST_CPU_S: Final = 2.0
"""For `PER_ROWS` rows (`PERFORMANCE.md`, P4)."""
PER_ROWS: Final = 100_000


@dataclass(frozen=True, slots=True)
class BatchesReport:
    """What a job of batches costs."""

    rows: int
    applied: int
    requests: int
    """That write; a try a request."""
    seconds: float
    """From the claim of the first batch to the final state of the job, the simulator's time included."""
    cpu_seconds: float
    """Of the child, less that of an idle one."""
    peak_mb: float
    """Of the child, less that of an idle one."""
    cpu_per_100k: float
    read_back_per_100k: float
    """Of it, to read back what was written: that is assurance, the budget is for sending and outcomes."""
    is_right: bool
    """Every row has its outcome, and the simulator wrote every record once."""
    is_in_budget: bool


def bench_batches(connector: str, *, rows: int, settings: Settings, tell: Tell) -> BatchesReport:
    """Send one edit of so many records in batches.

    Raises:
        InternalError: A child failed; the log says why.
    """
    with tempfile.TemporaryDirectory(prefix="writeback-bench-") as name:
        folder = Path(name)
        simulator = spawn_simulator(connector, rows=rows, folder=folder)
        try:
            workspace = folder / "bench.writeback"
            tell(f"pulling {rows} records")
            with Runtime.open(workspace, settings=settings, create=True) as runtime:
                integration = (
                    Crew(runtime, folder, lambda _text: None).set_up(simulator, connector).integration
                )
                tell("planning")
                job = _submitted(runtime, integration)
            tell("sending")
            command = [*own_program(), "--workspace", str(workspace), "bench", "work"]
            log, told_file = folder / "child.log", folder / "told.json"
            idle = measuring.run_child(command, log=log)
            cost = measuring.run_child([*command, "--job", job, "--told", str(told_file)], log=log)
            told = Told(**orjson.loads(told_file.read_bytes()))
            with Runtime.open(workspace, settings=settings) as runtime:
                view = runtime.told.job(job)
        finally:
            simulator.stop()
        written = Counter(str(one["id"]) for one in read_applied(simulator.applied_log))
    cpu = cost.cpu_seconds - idle.cpu_seconds
    share = PER_ROWS / max(view.counts.rows, 1)
    return BatchesReport(
        rows=view.counts.rows,
        applied=view.counts.applied,
        requests=view.api_calls,
        seconds=round(told.seconds, 3),
        cpu_seconds=round(cpu, 3),
        peak_mb=round(cost.peak_mb - idle.peak_mb, 1),
        cpu_per_100k=round(cpu * share, 3),
        read_back_per_100k=round(told.read_back_cpu * share, 3),
        is_right=view.counts.applied == view.counts.rows == len(written) and set(written.values()) == {1},
        is_in_budget=(cpu - told.read_back_cpu) * share <= MUST_CPU_S,
    )


def _submitted(runtime: Runtime, integration: Integration) -> JobId:
    """Plan one edit of all records, unseen and in batches, and submit it."""
    edits = (BulkEdit(NOTES, BulkAction.SET, "the same everywhere"),)
    meant = runtime.segments.read("", entity=integration.entity)
    wish = SegmentWish(meant.ground, meant.expression, edits, "bench", runtime.workspace.now())
    reach_of = LastRead(runtime, integration)
    plan = propose(
        gather_segment(runtime.workspace, wish, reach_of),
        Terms(Origin.SEGMENT, "bench", compares=False, route=Route.BATCH),
        workspace=runtime.workspace,
        reach_of=reach_of,
    )
    (job,) = submit_all(runtime, plan)
    return job
