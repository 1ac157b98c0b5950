"""The processes that `writeback bench` starts: one that works on a job and says how long it took.

Must not: measure what its parent can measure from outside.
"""

import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from writeback.engine.dispatching import ThreadDispatcher
from writeback.model.types import JobId
from writeback.runtime.runtime import Runtime
from writeback.settings import Settings
from writeback.store import moments


@dataclass(frozen=True, slots=True)
class Told:
    """What the child says of its work."""

    seconds: float
    began_at: str
    load_seconds: float
    read_back_cpu: float
    """CPU seconds of batches that read back what they had written."""


def work_on(workspace: Path, *, settings: Settings, job: JobId | None, told: Path | None) -> None:
    """Work on a submitted job to its end, as `push` does; without a job, be idle and end.

    The connector's code is loaded before the clock starts, as in a worker that runs.

    Raises:
        WorkspaceError: It cannot be opened.
    """
    with Runtime.open(workspace, settings=settings) as runtime:
        if job is None:
            return
        loading = time.perf_counter()
        runtime.host.connector(runtime.connector_of(runtime.told.job(job).connection_id))
        began_at, started = moments.to_text(runtime.workspace.now()), time.perf_counter()
        desk = runtime.sending.desk(threading.Event())
        ThreadDispatcher(desk).run_until_final([job])
        seconds = time.perf_counter() - started
    if told is not None:
        told.write_bytes(
            orjson.dumps(asdict(Told(seconds, began_at, started - loading, desk.seen.read_back_s)))
        )
