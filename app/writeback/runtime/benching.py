"""`writeback bench edit`: one real-time edit, from the save to the confirmed value (budget P5).

The whole way of the window: the pipe, the `serve` child, the outbox, the worker child woken by a
line. The simulator adds the same latency to every request and tells when the write arrived.
"""

import subprocess
import sys
import tempfile
import time
from collections import abc
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from writeback.errors import InternalError
from writeback.model.changes import Origin
from writeback.model.types import JobId
from writeback.runtime.client import PipeClient
from writeback.runtime.demonstrating import edited_attribute, set_up
from writeback.runtime.facade import Edit
from writeback.runtime.measuring import median
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorChild, spawn_simulator
from writeback.settings import Settings
from writeback.store.opening import HEAD

FIRST_BYTE_MUST_S = 0.1
CONFIRMED_MUST_S = 0.1
ROWS = 60
POLL_S = 0.002
GIVE_UP_S = 20.0


@dataclass(frozen=True, slots=True)
class EditReport:
    """What one real-time edit takes; medians, in seconds."""

    edits: int
    latency_seconds: float
    save_seconds: float
    """Save → the edit is durable in the workspace and on its way."""
    first_byte_seconds: float
    """Save → the write reached the CRM."""
    reads: int
    """Requests the route makes before the write."""
    first_byte_own_seconds: float
    """`first_byte_seconds` without the latency of those reads and of the write itself."""
    confirmed_seconds: float
    """Save → the value is confirmed in the workspace."""
    round_trips: int
    confirmed_own_seconds: float
    is_right: bool
    is_in_budget: bool


def bench_edit(connector: str, *, latency_ms: int, edits: int, settings: Settings) -> EditReport:
    """Measure real-time edits one after the other and give medians."""
    with tempfile.TemporaryDirectory(prefix="writeback-bench-") as name:
        folder = Path(name)
        simulator = spawn_simulator(connector, rows=ROWS, folder=folder)
        try:
            return _bench(
                connector, simulator, folder, edits=edits, latency_s=latency_ms / 1000, settings=settings
            )
        finally:
            simulator.stop()


@dataclass(frozen=True, slots=True)
class _Sample:
    save_s: float
    first_byte_s: float
    reads: int
    confirmed_s: float
    requests: int
    is_applied: bool


def _bench(
    connector: str,
    simulator: SimulatorChild,
    folder: Path,
    *,
    edits: int,
    latency_s: float,
    settings: Settings,
) -> EditReport:
    workspace = folder / "bench.writeback"
    with Runtime.open(workspace, settings=settings, create=True) as runtime:
        _, integration, _ = set_up(runtime, simulator, connector, folder=folder, tell=lambda _text: None)
        attribute, values = edited_attribute(runtime, integration)
        program = [sys.executable, "-m", "writeback", "--workspace", str(workspace)]
        client = PipeClient([*program, "serve", "--stdio"], schema=HEAD)
        worker = subprocess.Popen([*program, "worker"], stdin=subprocess.PIPE)  # noqa: S603  our own program
        try:
            page = runtime.told.records(integration.entity, limit=edits + 2)
            simulator.arm({"kind": "latency", "seconds": latency_s})
            samples = []
            for record in page.records:
                held = record.values.get(attribute)
                edit = Edit(record.id, attribute, next(value for value in values if value != held))
                samples.append(_sample(runtime, client, worker, simulator, edit))
        finally:
            client.close()
            worker.terminate()
            worker.wait(10)
    warm = samples[2:]  # the first ones load the connector in both children
    first_byte, confirmed = median(one.first_byte_s for one in warm), median(one.confirmed_s for one in warm)
    reads, trips = max(one.reads for one in warm), max(one.requests for one in warm)
    own_first = round(first_byte - reads * latency_s, 3)
    own_confirmed = round(confirmed - trips * latency_s, 3)
    return EditReport(
        edits=len(warm),
        latency_seconds=latency_s,
        save_seconds=median(one.save_s for one in warm),
        first_byte_seconds=first_byte,
        reads=reads,
        first_byte_own_seconds=own_first,
        confirmed_seconds=confirmed,
        round_trips=trips,
        confirmed_own_seconds=own_confirmed,
        is_right=all(one.is_applied for one in warm),
        is_in_budget=own_first <= FIRST_BYTE_MUST_S and own_confirmed <= CONFIRMED_MUST_S,
    )


def _sample(
    runtime: Runtime,
    client: PipeClient,
    worker: "subprocess.Popen[bytes]",
    simulator: SimulatorChild,
    edit: Edit,
) -> _Sample:
    before = int(simulator.requests()["total"])
    started, wall = time.perf_counter(), time.time()
    answers = client.facade.save_edits(
        (edit,), origin=Origin.PROFILE, author="bench", act=runtime.new_id(), send=True
    )
    save_s = time.perf_counter() - started
    job = answers[0].job_id
    if job is None or worker.stdin is None:
        raise InternalError("bench.not_sent", state=answers[0].state)
    worker.stdin.write(b"wake\n")
    worker.stdin.flush()
    is_applied = _wait(runtime, job)
    confirmed_s = time.perf_counter() - started
    seen = simulator.requests()
    own = cast("abc.Sequence[abc.Mapping[str, Any]]", seen["requests"])[before - int(seen["total"]) :]
    place = next(at for at, request in enumerate(own) if request["method"] == "PATCH")
    return _Sample(
        save_s=save_s,
        first_byte_s=own[place]["at"] / 1000 - wall,
        reads=place,
        confirmed_s=confirmed_s,
        requests=len(own),
        is_applied=is_applied,
    )


def _wait(runtime: Runtime, job: JobId) -> bool:
    until = time.perf_counter() + GIVE_UP_S
    while time.perf_counter() < until:
        view = runtime.told.job(job)
        if view.finished_at is not None:
            return view.counts.applied == 1
        time.sleep(POLL_S)
    raise InternalError("bench.no_end", job=job)
