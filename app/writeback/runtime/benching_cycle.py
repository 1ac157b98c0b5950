"""`writeback bench cycle`: outbox → upload → outcome of every row, against a bare floor (budget P1).

Floor and workload alternate. The workload is a child that works on a submitted bulk job as `push` does;
what it cost is the operating system's account of it, less that of the same child without a job. The CRM
is the connector's stand-in, in a process of its own.

Must not: name a connector, print, take a number for right before counts and fingerprint agree.
"""

import contextlib
import hashlib
import os
import shutil
import statistics
import tempfile
from collections import Counter, abc
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import orjson

from writeback.errors import ConfigurationError
from writeback.model.changes import Origin
from writeback.model.connections import Connection
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Assurance, Column, JobKind, Route
from writeback.model.types import AttributeType, JobId, PlanId
from writeback.runtime import measuring
from writeback.runtime.benching_children import Told
from writeback.runtime.facade import ConnectionWish
from writeback.runtime.measuring import MEGABYTE, Cost, Transfer, median
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorChild, build_stand_in, spawn_stand_in
from writeback.sdk.simulator import Cycle
from writeback.sdk.values import ObjectDescription
from writeback.settings import Settings, own_program
from writeback.store import exchanges, moments, outbox, plan_rows, plans, submitting

SPAN: Final = 20_000
CLOCK_TICKS: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
NAME: Final = "bench"
FIRST: Final = "first.writeback"
"""The workspace that holds the submitted job before anybody worked on it."""


@dataclass(frozen=True, slots=True)
class CycleReport:
    """What a bulk cycle costs; medians over the pairs."""

    seconds: float
    """From the claim of the batch to the final state of the job, told by the child."""
    floor_seconds: float
    ratio: float | None
    """None: the floor was too slow to be one."""
    cpu_seconds: float
    """Of the child, less that of an idle one."""
    peak_mb: float
    """Of the child, less that of an idle one."""
    rows: int
    applied: int
    rejected: int
    is_right: bool
    """Counts and fingerprint of each pair are those of what was sent."""
    floor_mb_s: float
    moved_mb: float
    idle_mb: float
    load_seconds: float
    """To import the connector, before the clock starts."""
    child_seconds: float
    """Wall time of the whole child, start and end of Python included."""
    simulator_share: float | None
    """CPU of the stand-in during the workload, as a share of the child's."""
    stages: dict[str, float]
    pairs: tuple[dict[str, float], ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    floor_s: float
    moved: int
    told: Told
    cost: Cost
    simulator_cpu_s: float | None
    counts: tuple[int, int]
    is_right: bool
    stages: dict[str, float]


def bench_cycle(
    connector: str,
    *,
    rows: int,
    pairs: int,
    folder: Path | None,
    settings: Settings,
    tell: abc.Callable[[str], None],
) -> CycleReport:
    """Measure so many pairs of floor and workload and give medians.

    Raises:
        PluginNotLoadableError: The connector has no stand-in.
        InternalError: A child failed; the log says why.
    """
    with tempfile.TemporaryDirectory(prefix="writeback-bench-", dir=folder) as name:
        return _Bench(connector, Path(name), settings=settings, tell=tell).run(rows=rows, pairs=pairs)


@contextlib.contextmanager
def submitted_cycle(
    connector: str, folder: Path, *, rows: int, settings: Settings, tell: abc.Callable[[str], None]
) -> abc.Iterator[Path]:
    """Give a workspace with one submitted bulk job, beside the running stand-in that takes it."""
    bench = _Bench(connector, folder, settings=settings, tell=tell)
    with bench.ready(rows) as (_simulator, _cycle, _job):
        yield folder / FIRST


class _Bench:
    """One bench in one folder."""

    def __init__(
        self, connector: str, folder: Path, *, settings: Settings, tell: abc.Callable[[str], None]
    ) -> None:
        self._connector = connector
        self._folder = folder
        self._settings = replace(settings, data_dir=folder)
        """What lies in the data folder is its person's own: its copies are worked on without being asked."""
        self._tell = tell
        self._log = folder / "child.log"
        self._first = folder / FIRST

    def run(self, *, rows: int, pairs: int) -> CycleReport:
        with self.ready(rows) as (simulator, cycle, job):
            expected = fingerprint((row.record_id, row.is_refused) for row in cycle.rows())
            idle = [self._idle() for _ in range(pairs)]
            done: list[_Pair] = []
            for number in range(1, pairs + 1):
                self._tell(f"pair {number} of {pairs}")
                done.append(self._pair(simulator, cycle, job, expected))
        return _report(done, idle, rows=rows)

    @contextlib.contextmanager
    def ready(self, rows: int) -> abc.Iterator[tuple[SimulatorChild, Cycle, JobId]]:
        """Make the rows and their results, start the stand-in, and submit the job."""
        self._tell(f"making {rows} rows and their results")
        cycle = _make(self._connector, self._folder / "results", rows=rows)
        simulator = spawn_stand_in(
            self._connector, folder=self._folder / "results", log=self._folder / "stand-in.log"
        )
        try:
            self._tell("preparing the outbox")
            yield simulator, cycle, self._prepare(simulator, cycle)
        finally:
            simulator.stop()

    def _prepare(self, simulator: SimulatorChild, cycle: Cycle) -> JobId:
        token_file = self._folder / "token"
        token_file.touch(mode=0o600)
        token_file.write_text(simulator.token, "utf-8")
        with Runtime.open(self._first, settings=self._settings, create=True) as runtime:
            wish = ConnectionWish(NAME, self._connector, endpoint=simulator.url, token_file=str(token_file))
            connection = runtime.connect(wish, act=runtime.new_id())
            return _fill(runtime, connection, cycle)

    def _idle(self) -> Cost:
        return measuring.run_child(self._command(self._first), log=self._log, home=self._folder)

    def _command(self, workspace: Path) -> list[str]:
        return [*own_program(), "--workspace", str(workspace), "bench", "work"]

    def _pair(self, simulator: SimulatorChild, cycle: Cycle, job: JobId, expected: Counter[str]) -> _Pair:
        transfer = Transfer(
            simulator.url,
            (("Authorization", f"Bearer {simulator.token}"),),
            cycle.up_headers,
            cycle.up_path,
            cycle.up_file,
            cycle.down_paths,
        )
        floor_s, moved = measuring.floor(transfer)
        workspace = self._folder / "pair.writeback"
        _copy(self._first, workspace)
        told_file = self._folder / "told.json"
        before = _cpu_of(simulator)
        command = [*self._command(workspace), "--job", job, "--told", str(told_file)]
        cost = measuring.run_child(command, log=self._log, home=self._folder)
        after = _cpu_of(simulator)
        told = Told(**orjson.loads(told_file.read_bytes()))
        with Runtime.open(workspace, settings=self._settings) as runtime:
            found, counts = _settled(runtime, job)
            stages = _stages(runtime, told)
        for left in self._folder.glob("pair.writeback*"):
            left.unlink()
        return _Pair(
            floor_s=floor_s,
            moved=moved,
            told=told,
            cost=cost,
            simulator_cpu_s=None if before is None or after is None else after - before,
            counts=counts,
            is_right=found == expected,
            stages=stages,
        )


def _make(connector: str, folder: Path, *, rows: int) -> Cycle:
    stand_in = build_stand_in(connector, folder=folder, rows=rows)
    stand_in.close()
    return stand_in.cycle


def _fill(runtime: Runtime, connection: Connection, cycle: Cycle) -> JobId:
    """Put the rows into the outbox as a submitted bulk job at assurance C."""
    columns = _columns(cycle, runtime.describe(NAME, cycle.object))
    plan, job = PlanId(runtime.new_id()), JobId(runtime.new_id())
    workspace = runtime.workspace
    org_id = connection.org.id if connection.org is not None else ""
    with workspace.writing() as db:
        at = workspace.now()
        plans.begin(db, plans.NewPlan(plan, Origin.FILE, NAME, "", {}, at))
        plans.add_job(
            db,
            plans.NewJob(
                job, plan, connection.id, cycle.object, columns, JobKind.BULK_WRITE_BACK, org_id, at
            ),
        )
    blank = tuple(None for _ in columns)
    with plan_rows.PlanWriter(workspace, job, columns) as writer:
        for number, row in enumerate(cycle.rows(), 1):
            writer.send(plan_rows.Sent(number, row.record_id, None, blank, row.values))
    with workspace.writing() as db:
        plans.set_route(db, job, Route.BULK, Assurance.C)
        plans.finish(db, plan, at=workspace.now())
    bulk = runtime.manifest(connection.connector).routes.bulk
    if bulk is None:
        raise ConfigurationError("bulk.not_able", connector=connection.connector)
    with workspace.writing() as db:
        submitting.submit(db, plan, at=workspace.now(), batch_most={job: bulk.most_rows})
    return job


def _columns(cycle: Cycle, description: ObjectDescription) -> tuple[Column, ...]:
    kinds = {info.name: info.kind for info in description.fields}
    return tuple(
        Column(FieldPath.parse(name), name, kinds.get(name) or AttributeType.TEXT) for name in cycle.fields
    )


def _copy(source: Path, target: Path) -> None:
    """Copy a closed workspace and wait for the disk, so that the child does not pay for it."""
    shutil.copyfile(source, target)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _cpu_of(simulator: SimulatorChild) -> float | None:
    """Give the CPU seconds of the stand-in so far, where the system tells of a running process."""
    place = Path(f"/proc/{simulator.process.pid}/stat")
    if not place.exists():
        return None
    user, system = place.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / CLOCK_TICKS


def fingerprint(rows: abc.Iterable[tuple[str, bool]]) -> Counter[str]:
    """Count (record id, is refused) by outcome, and add up a hash of each: equal in any order."""
    told: Counter[str] = Counter()
    for record_id, is_refused in rows:
        _count(told, "rejected" if is_refused else "applied", record_id)
    return told


def _count(told: Counter[str], outcome: str, record_id: str) -> None:
    digest = hashlib.blake2b(f"{outcome} {record_id}".encode(), digest_size=8).digest()
    told[outcome] += 1
    told["fingerprint"] += int.from_bytes(digest)


def _settled(runtime: Runtime, job: JobId) -> tuple[Counter[str], tuple[int, int]]:
    """Read what the workspace knows of every row, and the job's own totals."""
    told: Counter[str] = Counter()
    counts = runtime.told.job(job).counts
    for first in range(1, counts.rows + 1, SPAN):
        with runtime.workspace.reading() as db:
            rows = outbox.outcomes_of(db, job, (first, min(first + SPAN - 1, counts.rows)))
        for row, outcome, _code, _message in rows:
            _count(told, outcome, row.record_id)
    if (counts.applied, counts.rejected) != (told["applied"], told["rejected"]):
        told["totals_differ"] += 1
    return told, (counts.applied, counts.rejected)


def _stages(runtime: Runtime, told: Told) -> dict[str, float]:
    """Tell from the recorded requests where the time went: the upload is the longest, results stream."""
    with runtime.workspace.reading() as db:
        seen = exchanges.since(db, moments.from_text(told.began_at))
    upload = max(seen, key=lambda one: one.seconds, default=None)
    results = next((one for one in seen if "‹streamed›" in one.answer), None)
    if upload is None or results is None:
        return {}
    began = moments.from_text(told.began_at)
    to_upload = (upload.at - began).total_seconds()
    to_results = (results.at - began).total_seconds()
    return {
        "begin": to_upload,
        "render_and_upload": upload.seconds,
        "close_and_wait": to_results - to_upload - upload.seconds,
        "results_and_settle": told.seconds - to_results,
    }


def _report(done: abc.Sequence[_Pair], idle: abc.Sequence[Cost], *, rows: int) -> CycleReport:
    idle_mb, idle_cpu = median(one.peak_mb for one in idle), median(one.cpu_seconds for one in idle)
    floor_s = statistics.median(pair.floor_s for pair in done)
    moved_mb = done[0].moved / MEGABYTE
    seconds = median(pair.told.seconds for pair in done)
    cpu = median(pair.cost.cpu_seconds - idle_cpu for pair in done)
    shares = [pair.simulator_cpu_s for pair in done if pair.simulator_cpu_s is not None]
    return CycleReport(
        seconds=seconds,
        floor_seconds=round(floor_s, 4),
        ratio=measuring.ratio(seconds, floor_seconds=floor_s, moved=done[0].moved),
        cpu_seconds=cpu,
        peak_mb=round(median(pair.cost.peak_mb for pair in done) - idle_mb, 1),
        rows=rows,
        applied=done[-1].counts[0],
        rejected=done[-1].counts[1],
        is_right=all(pair.is_right for pair in done),
        floor_mb_s=round(moved_mb / floor_s, 1),
        moved_mb=round(moved_mb, 1),
        idle_mb=idle_mb,
        load_seconds=median(pair.told.load_seconds for pair in done),
        child_seconds=median(pair.cost.seconds for pair in done),
        simulator_share=round(median(shares) / cpu, 3) if shares and cpu > 0 else None,
        stages={name: median(pair.stages[name] for pair in done) for name in done[0].stages},
        pairs=tuple(
            {
                "floor_seconds": round(pair.floor_s, 4),
                "seconds": round(pair.told.seconds, 3),
                "cpu_seconds": round(pair.cost.cpu_seconds - idle_cpu, 3),
                "peak_mb": round(pair.cost.peak_mb - idle_mb, 1),
            }
            for pair in done
        ),
    )
