"""Start a connector's simulator: in this process, or as a child of its own."""

import http.client
import json
import subprocess
from collections import abc
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from writeback.errors import ConfigurationError, InternalError
from writeback.host.hosting import Host
from writeback.sdk.simulator import Fault, Running, StandIn, serve
from writeback.sdk.simulator.messages import Crm
from writeback.settings import own_program

STOP_WAIT_S = 10.0
DOOR_WAIT_S = 10.0


@dataclass(frozen=True, slots=True)
class SimulatorWish:
    """Which simulator, with what inside, where."""

    connector: str
    port: int = 0
    """0 takes a free one."""
    rows: int = 2000
    https: bool = False
    seed: int = 1
    applied_log: Path | None = None
    folder: Path | None = None
    """Where certificates are put."""
    faults: tuple[abc.Mapping[str, Any], ...] = ()
    options: abc.Mapping[str, str] = field(default_factory=dict)


def start_simulator(wish: SimulatorWish) -> Running:
    """Serve a connector's simulator in this process.

    Raises:
        PluginNotLoadableError: There is no such connector, or it has no simulator.
        ConfigurationError: The port is taken, or a fault is none.
    """
    build = Host.for_this_user().simulator(wish.connector)
    made = build(rows=wish.rows, seed=wish.seed, applied_log=wish.applied_log, options=dict(wish.options))
    crm = cast("Crm", made)
    try:
        crm.faults.arm(*(Fault.read(fault) for fault in wish.faults))
        return serve(crm, port=wish.port, https=wish.https, folder=wish.folder)
    except ConfigurationError:
        crm.close()
        raise


@dataclass(slots=True)
class SimulatorChild:
    """A simulator in a process of its own."""

    url: str
    token: str = field(repr=False)
    applied_log: Path
    process: "subprocess.Popen[str]"
    credentials: abc.Mapping[str, str] = field(default_factory=dict, repr=False)
    """What else signs in there, by the names of a credentials file."""
    connector: str = ""
    command: tuple[str, ...] = field(default=(), repr=False)
    """What starts it, but for the port."""

    def edit(self, object_name: str, record_id: str, fields: abc.Mapping[str, object]) -> None:
        """Change a record as somebody else would."""
        self._ask("POST", "edit", {"object": object_name, "id": record_id, "fields": dict(fields)})

    def arm(self, *faults: abc.Mapping[str, Any]) -> None:
        """Arm faults (`sdk.simulator.faults`)."""
        self._ask("POST", "faults", [dict(fault) for fault in faults])

    def requests(self) -> abc.Mapping[str, Any]:
        """Tell what requests it saw."""
        told: abc.Mapping[str, Any] = self._ask("GET", "requests")
        return told

    def _ask(self, method: str, door: str, body: object = None) -> Any:  # noqa: ANN401  JSON
        """Ask the control door, on loopback."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=DOOR_WAIT_S)
        try:
            headers = {"Authorization": f"Bearer {self.token}"}
            connection.request(method, f"/__simulator__/{door}", json.dumps(body), headers)
            answer = connection.getresponse()
            told = json.loads(answer.read())
        finally:
            connection.close()
        if answer.status != http.HTTPStatus.OK:
            raise ConfigurationError("simulator.refused", door=door, told=json.dumps(told)[:300])
        return told

    def start_again(self) -> None:
        """Run it once more on the same port, as it was when it first started; its applied-log goes on."""
        port = str(urlsplit(self.url).port)
        log = self.applied_log.with_suffix(".log")
        ready, self.process = _spawn([*self.command, "--port", port], self.connector, log=log)
        self.token = ready["token"]

    def stop(self) -> None:
        """End the process; its applied-log is complete afterwards."""
        if self.process.poll() is not None:
            return
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
        ConfigurationError: It ended before it was ready; its own message is in the log.
    """
    return _starting(connector, rows=rows, folder=folder, seed=seed)()


def spawn_simulators(connectors: abc.Sequence[str], *, rows: int, folder: Path) -> tuple[SimulatorChild, ...]:
    """Start a simulator for each of these, side by side; one that is named again is another org.

    Raises:
        ConfigurationError: One ended before it was ready; none is left running.
    """
    starting = [
        _starting(connector, rows=rows, folder=folder, seed=connectors[:place].count(connector) + 1)
        for place, connector in enumerate(connectors)
    ]
    ready: list[SimulatorChild] = []
    try:
        ready += [wait() for wait in starting]
    except ConfigurationError:
        for child in ready:
            child.stop()
        raise
    return tuple(ready)


def _starting(connector: str, *, rows: int, folder: Path, seed: int) -> abc.Callable[[], SimulatorChild]:
    """Start a simulator; gives what waits until it is ready."""
    name = connector if seed == 1 else f"{connector}-{seed}"
    applied_log = folder / f"{name}-applied.jsonl"
    command = [*own_program(), "simulator", "serve", connector]
    command += ["--rows", str(rows), "--seed", str(seed), "--applied-log", str(applied_log)]
    process = _start([*command, "--port", "0"], log=folder / f"{name}-simulator.log")

    def wait() -> SimulatorChild:
        ready = _ready(process, connector, log=folder / f"{name}-simulator.log")
        told = {key: value for key, value in ready.items() if key not in {"url", "token", "ca"}}
        return SimulatorChild(
            ready["url"], ready["token"], applied_log, process, told, connector, tuple(command)
        )

    return wait


def spawn_stand_in(connector: str, *, folder: Path, log: Path) -> SimulatorChild:
    """Serve, in a process of its own, the stand-in whose files lie in `folder`.

    Raises:
        ConfigurationError: It ended before it was ready; its own message is in the log.
    """
    command = [*own_program(), "bench", "stand-in", "--connector", connector]
    ready, process = _spawn([*command, "--folder", str(folder)], connector, log=log)
    return SimulatorChild(ready["url"], ready["token"], folder / "nothing-applied", process)


def build_stand_in(connector: str, *, folder: Path, rows: int | None = None) -> StandIn:
    """Build a connector's stand-in in this process; with `rows` its files are made first.

    Raises:
        PluginNotLoadableError: There is no such connector, or it has no stand-in.
    """
    return cast("StandIn", Host.for_this_user().stand_in(connector)(folder=folder, rows=rows))


def _spawn(
    command: abc.Sequence[str], connector: str, *, log: Path
) -> "tuple[dict[str, str], subprocess.Popen[str]]":
    process = _start(command, log=log)
    return _ready(process, connector, log=log), process


def _start(command: abc.Sequence[str], *, log: Path) -> "subprocess.Popen[str]":
    with log.open("a", encoding="utf-8") as errors:
        return subprocess.Popen(  # noqa: S603  our own program
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True
        )


def _ready(process: "subprocess.Popen[str]", connector: str, *, log: Path) -> dict[str, str]:
    """Read the line that a simulator prints when it is ready."""
    if process.stdout is None:
        raise InternalError("simulator.no_pipe")
    line = process.stdout.readline()
    if not line:
        process.wait()
        raise ConfigurationError("simulator.did_not_start", connector=connector, log=str(log))
    ready: dict[str, str] = json.loads(line)
    return ready
