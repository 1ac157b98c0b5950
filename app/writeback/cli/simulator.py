"""`writeback simulator serve`: a simulated CRM on loopback that speaks the vendor's wire protocol."""

import json
import logging
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.output import put_json
from writeback.errors import ConfigurationError

if TYPE_CHECKING:
    from writeback.sdk.simulator import Running

simulator_app = typer.Typer(help="Simulated CRMs for trying out and for tests.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(simulator_app, name="simulator")


@simulator_app.command("serve")
def serve(
    connector: Annotated[str, typer.Argument(help="Which CRM: a connector's id, e.g. salesforce.")],
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 0,
    rows: Annotated[int, typer.Option("--rows", min=0, help="How many accounts it holds.")] = 2000,
    https: Annotated[bool, typer.Option("--https/--http", help="TLS with a throw-away authority.")] = False,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same data.")] = 1,
    applied_log: Annotated[
        Path | None, typer.Option("--applied-log", help="Append every accepted write to this file.")
    ] = None,
    folder: Annotated[Path | None, typer.Option("--folder", help="Where certificates are put.")] = None,
    fault: Annotated[list[str] | None, typer.Option("--fault", help="A fault to arm, as JSON.")] = None,
    option: Annotated[
        list[str] | None, typer.Option("--option", help="A switch of the simulator: name=value")
    ] = None,
) -> None:
    """Serve a simulated CRM until SIGTERM or Ctrl+C; prints one JSON line when ready."""
    from writeback.runtime.simulating import SimulatorWish, start_simulator

    wish = SimulatorWish(
        connector=connector,
        port=port,
        rows=rows,
        https=https,
        seed=seed,
        applied_log=applied_log,
        folder=folder,
        faults=tuple(_fault(text) for text in fault or ()),
        options=dict(_option(text) for text in option or ()),
    )
    serve_until_told(lambda: start_simulator(wish))


def serve_until_told(start: "Callable[[], Running]") -> None:
    """Start what is served, print where in one JSON line, and end on SIGTERM or Ctrl+C."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ended.set())
    with start() as running:
        ca = str(running.ca) if running.ca else None
        put_json({"url": running.url, "token": running.token, "ca": ca, **running.credentials})
        while not ended.wait(3600.0):
            continue


def _fault(text: str) -> dict[str, object]:
    try:
        fault = json.loads(text)
    except json.JSONDecodeError:
        fault = None
    if not isinstance(fault, dict):
        raise ConfigurationError("simulator.bad_fault", given=text[:200])
    return fault


def _option(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ConfigurationError("cli.not_a_pair", given=text[:100])
    return name, value
