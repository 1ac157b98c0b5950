"""`writeback demo`: the whole cycle against the built-in simulators, in a window or headless."""

import contextlib
import subprocess
import tempfile
import time
from collections import abc
from pathlib import Path
from typing import Annotated, Any

import typer

from writeback.cli.opening import load_settings
from writeback.cli.options import AsJson, Run, run_of
from writeback.cli.output import counted, put_json, put_line, put_table, say
from writeback.locks import FileLock
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
    return windowed(run, rows or ROWS)


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
        put_report(report)
    return 70 if report["lost"] or report["duplicated"] else 0


def windowed(run: Run, rows: int) -> int:
    """Make the demo and open its window; where it is open already that one comes to the front."""
    from writeback.runtime.demonstrating import prepare_demo

    settings = load_settings()
    folder, stands = settings.data_dir / "demo", settings.data_dir / "demo" / "stands"
    folder.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    window = [*own_program(), "--workspace", str(folder / "demo.writeback"), "gui"]
    with contextlib.closing(FileLock(folder.with_suffix(".lock"))) as lock:
        if not lock.acquire(until=time.monotonic()):  # its files are in use: they are not made anew
            if stands.exists():
                return subprocess.call(window)  # noqa: S603  our own program: its window comes to the front
            say("The demo is being made already: it opens in a moment.", quiet=run.quiet)
            return 0
        with prepare_demo(folder, rows=rows, settings=settings, tell=lambda text: say(text, quiet=run.quiet)):
            stands.touch()
            return subprocess.call(window)  # noqa: S603  the same


def put_report(report: abc.Mapping[str, Any]) -> None:
    """Tell the report: one column a CRM, then what goes across them."""
    crms = sorted(report["connectors"])
    names = list(report["connectors"][crms[0]])
    put_table(
        ("", *crms, "in all"),
        [
            (name.replace("_", " "), *(report["connectors"][crm][name] for crm in crms), report[name])
            for name in names
        ],
    )
    fan_out = report["fan_out"]
    put_line(
        f"One edit for {fan_out['targets']} CRMs: {fan_out['written']} written. "
        f"With one of them away: {fan_out['written_while_one_down']} written, {fan_out['queued']} queued, "
        f"and {fan_out['written_later']} written when it was back."
    )
    for crm, told in report["references"].items():
        put_line(
            f"{told['path']} in {crm}: re-pointing changed {told['repointed']} {told['repoint_writes']}; "
            f"editing changed {told['edited']} {told['edit_writes']}, which {told['shown_by']} records show."
        )
    people = counted(report["people_pulled"], "person", "people")
    put_line(f"{people} pulled; {counted(report['accounts_linked'], 'account')} of several CRMs joined.")
    put_line(f"Lost: {report['lost']}. Doubled: {report['duplicated']}.")
