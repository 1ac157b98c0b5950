"""`writeback diagnostics`: what a report of a fault needs; shown first, saved when asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import new_act, utc_now, workspace_path
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import put_json, put_line, put_table
from writeback.errors import ConfigurationError

if TYPE_CHECKING:
    from writeback.cli.options import Run
    from writeback.runtime.diagnosing import DiagnosticFile

diagnostics_app = typer.Typer(help="What a report of a fault needs, without secrets and values of records.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(diagnostics_app, name="diagnostics")


@diagnostics_app.command("list")
def list_files(context: typer.Context, as_json: AsJson = False) -> None:
    """Name the files of the bundle."""
    run = run_of(context, as_json=as_json)
    found = _files(run)
    if run.as_json:
        put_json([{"file": one.name, "about": one.about, "bytes": len(one.text)} for one in found])
    else:
        put_table(("file", "bytes", "what"), [(one.name, len(one.text), one.about) for one in found])


@diagnostics_app.command("show")
def show_file(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A file of the bundle, as `diagnostics list` names it.")],
) -> None:
    """Print one file exactly as it would be saved."""
    for one in _files(run_of(context)):
        if one.name == name:
            for line in one.text.splitlines():
                put_line(line)
            return
    raise ConfigurationError("diagnostics.unknown", name=name[:80])


@diagnostics_app.command("save")
def save_files(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The ZIP file to write.")],
    leave_out: Annotated[list[str] | None, typer.Option("--without", help="Files to leave out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Save the bundle; nothing is sent anywhere."""
    from writeback.runtime.diagnosing import save_bundle

    run = run_of(context, as_json=as_json)
    found = [one for one in _files(run) if one.name not in (leave_out or ())]
    save_bundle(found, file)
    if run.as_json:
        put_json({"file": str(file), "files": [one.name for one in found]})
    else:
        put_line(f"{len(found)} files saved to {file}. Nothing was sent.")


def _files(run: Run) -> tuple[DiagnosticFile, ...]:
    from writeback.preferences import read
    from writeback.preferences.applying import with_preferences
    from writeback.runtime.diagnosing import diagnostic_files
    from writeback.runtime.reading import Reading
    from writeback.settings import load

    settings = load()
    preferences = read(settings)
    reading = Reading.open(workspace_path(run), now=utc_now, new_id=new_act)
    try:
        return diagnostic_files(
            reading, settings=with_preferences(settings, preferences), preferences=preferences
        )
    finally:
        reading.close()
