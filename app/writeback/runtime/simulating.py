"""Start a connector's simulator: in this process, or as a child of its own."""

import json
import subprocess
import sys
from collections import abc
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from writeback.errors import ConfigurationError, InternalError
from writeback.host.hosting import Host
from writeback.sdk.simulator import Fault, Running, serve
from writeback.sdk.simulator.messages import Crm

STOP_WAIT_S = 10.0


def start_simulator(
    connector: str,
    *,
    port: int = 0,
    rows: int = 2000,
    https: bool = False,
    seed: int = 1,
    applied_log: Path | None = None,
    folder: Path | None = None,
    faults: abc.Sequence[abc.Mapping[str, Any]] = (),
    options: abc.Mapping[str, str] | None = None,
) -> Running:
    """Serve a connector's simulator in this process.

    Raises:
        PluginNotLoadableError: There is no such connector, or it has no simulator.
        ConfigurationError: The port is taken, or a fault is none.
    """
    build = Host().simulator(connector)
    crm = cast("Crm", build(rows=rows, seed=seed, applied_log=applied_log, options=dict(options or {})))
    crm.faults.arm(*(Fault.read(fault) for fault in faults))
    return serve(crm, port=port, https=https, folder=folder)


@dataclass(slots=True)
class SimulatorChild:
    """A simulator in a process of its own."""

    url: str
    token: str
    applied_log: Path
    process: "subprocess.Popen[str]"

    def stop(self) -> None:
        """End the process; its applied-log is complete afterwards."""
        self.process.terminate()
        try:
            self.process.wait(STOP_WAIT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def spawn_simulator(connector: str, *, rows: int, folder: Path, seed: int = 1) -> SimulatorChild:
    """Start `writeback simulator serve` and wait until it is ready.

    Raises:
        ConfigurationError: It ended before it was ready; its own message is in `told`.
    """
    applied_log = folder / f"{connector}-applied.jsonl"
    command = [sys.executable, "-m", "writeback", "simulator", "serve", connector]
    command += ["--port", "0", "--rows", str(rows), "--seed", str(seed), "--applied-log", str(applied_log)]
    log = folder / f"{connector}-simulator.log"
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(  # noqa: S603  our own program
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    if process.stdout is None:
        raise InternalError("simulator.no_pipe")
    line = process.stdout.readline()
    if not line:
        process.wait()
        raise ConfigurationError("simulator.did_not_start", connector=connector, log=str(log))
    ready = json.loads(line)
    return SimulatorChild(ready["url"], ready["token"], applied_log, process)
