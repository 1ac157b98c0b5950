"""`writeback demo`: the whole cycle against the built-in simulators, in a window or headless."""

import subprocess
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from writeback.cli.opening import load_settings
from writeback.cli.options import AsJson, Run, run_of
from writeback.cli.output import put_json, put_line, say
from writeback.settings import own_program

ROWS = 2000
HEADLESS_ROWS = 500
"""Enough to see everything happen in all CRMs, and little enough to be over in seconds (P13)."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    context: typer.Context,
    headless: Annotated[
        bool, typer.Option("--headless", help="No window: run the whole cycle and print what happened.")
    ] = False,
    rows: Annotated[
        int | None,
        typer.Option(
            "--rows",
            min=50,
            help=f"How many accounts each simulator holds: {ROWS} for a window, {HEADLESS_ROWS} without.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Connect, map, pull, edit, plan, send, conflict and undo against simulated CRMs."""
    run = run_of(context, as_json=as_json)
    settings = load_settings()
    if headless or run.as_json or not settings.has_display:
        return _headless(run, rows or HEADLESS_ROWS)
    return _windowed(run, rows or ROWS)


def _headless(run: Run, rows: int) -> int:
    from writeback.runtime.demonstrating import demonstrate

    with tempfile.TemporaryDirectory(prefix="writeback-demo-", ignore_cleanup_errors=True) as folder:
        quiet = run.quiet or run.as_json
        report = demonstrate(
            Path(folder), rows=rows, settings=load_settings(), tell=lambda text: say(text, quiet=quiet)
        )
    if run.as_json:
        put_json(report)
    else:
        for name, value in report.items():
            put_line(f"{name.replace('_', ' ')}: {_told(value)}")
    return 70 if report["lost"] or report["duplicated"] else 0


def _windowed(run: Run, rows: int) -> int:
    from writeback.runtime.demonstrating import prepare_demo

    folder = load_settings().data_dir / "demo"
    with prepare_demo(
        folder, rows=rows, settings=load_settings(), tell=lambda text: say(text, quiet=run.quiet)
    ) as path:
        window = [*own_program(), "--workspace", str(path), "gui"]
        return subprocess.call(window)  # noqa: S603  our own program


def _told(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} ({_told(inner)})" for name, inner in value.items())
    return str(value)
