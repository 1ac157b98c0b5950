"""`writeback bench edit`: one real-time edit, from the save to the confirmed value (budget P5).

The whole way of the window: the pipe, the `serve` child, the outbox, the worker child woken by a
line. The simulator adds the same latency to every request and tells when the write arrived.
"""

import subprocess
import tempfile
import time
from collections import abc
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from writeback.engine.dispatching import RESTING
from writeback.errors import InternalError
from writeback.model.changes import Origin
from writeback.model.jobs import JobState
from writeback.model.types import JobId
from writeback.runtime.client import PipeClient
from writeback.runtime.facade import Edit
from writeback.runtime.measuring import median
from writeback.runtime.runtime import Runtime
from writeback.runtime.setting_up import Crew, edited_attribute
from writeback.runtime.simulating import SimulatorChild, spawn_simulator
from writeback.settings import Settings, own_program
from writeback.store import outbox
from writeback.store.opening import HEAD

FIRST_BYTE_MUST_S = 0.1
CONFIRMED_MUST_S = 0.1
STATED_TRIPS = 3
"""Compare, write, read back: what the budget grants a CRM that does not check versions itself."""
WARM_UP = 16
"""So many edits come first: each thread of both children loads the connector and asks who answers."""
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
    reads: float
    """Requests made before the write."""
    first_byte_own_seconds: float
    """`first_byte_seconds` without the latency of those reads."""
    confirmed_seconds: float
    """Save → the value is confirmed in the workspace."""
    round_trips: float
    confirmed_own_seconds: float
    """`confirmed_seconds` without the latency of these requests."""
    over_stated_seconds: float
    """`confirmed_seconds` without the round trips that the budget grants: what it judges."""
    is_right: bool
    is_in_budget: bool


def bench_edit(connector: str, *, latency_ms: int, edits: int, settings: Settings) -> EditReport:
    """Measure real-time edits one after the other and give medians."""
    with tempfile.TemporaryDirectory(prefix="writeback-bench-") as name:
        folder = Path(name)
        simulator = spawn_simulator(connector, rows=edits + 2 * WARM_UP, folder=folder)
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
        integration = Crew(runtime, folder, lambda _text: None).set_up(simulator, connector).integration
        attribute, values = edited_attribute(runtime, integration)
        program = [*own_program(), "--workspace", str(workspace)]
        client = PipeClient([*program, "serve", "--stdio"], schema=HEAD)
        worker = subprocess.Popen([*program, "worker"], stdin=subprocess.PIPE)  # noqa: S603  our own program
        try:
            page = runtime.told.records(integration.entity, limit=edits + WARM_UP)
            simulator.arm({"kind": "latency", "seconds": latency_s})
            samples = []
            for record in page.records:
                held = record.values.get(attribute)
                edit = Edit(record.id, attribute, next(value for value in values if value != held))
                samples.append(_sample(runtime, client, worker, simulator, edit=edit))
        finally:
            client.close()
            worker.terminate()
            worker.wait(10)
    warm = samples[WARM_UP:]
    first_byte_own = median(one.first_byte_s - one.reads * latency_s for one in warm)
    over_stated = median(one.confirmed_s - STATED_TRIPS * latency_s for one in warm)
    return EditReport(
        edits=len(warm),
        latency_seconds=latency_s,
        save_seconds=median(one.save_s for one in warm),
        first_byte_seconds=median(one.first_byte_s for one in warm),
        reads=median(one.reads for one in warm),
        first_byte_own_seconds=first_byte_own,
        confirmed_seconds=median(one.confirmed_s for one in warm),
        round_trips=median(one.requests for one in warm),
        confirmed_own_seconds=median(one.confirmed_s - one.requests * latency_s for one in warm),
        over_stated_seconds=over_stated,
        is_right=all(one.is_applied for one in warm),
        is_in_budget=first_byte_own <= FIRST_BYTE_MUST_S and over_stated <= CONFIRMED_MUST_S,
    )


def _sample(
    runtime: Runtime,
    client: PipeClient,
    worker: "subprocess.Popen[bytes]",
    simulator: SimulatorChild,
    *,
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
    is_done = _wait(runtime, job)
    confirmed_s = time.perf_counter() - started
    is_applied = is_done and runtime.told.job(job).counts.applied == 1
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
    """Wait for the job's end with the lightest look there is: the machine is measured, not the looking."""
    until = time.perf_counter() + GIVE_UP_S
    while time.perf_counter() < until:
        with runtime.workspace.reading() as db:
            state = outbox.state_of(db, job)
        if state in RESTING:
            return state is JobState.DONE
        time.sleep(POLL_S)
    raise InternalError("bench.no_end", job=job)
