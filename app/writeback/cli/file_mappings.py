"""`writeback file-mappings`: which field each column of a file writes, kept for the next file."""

from pathlib import Path
from typing import Annotated

import typer

from writeback.cli.opening import new_act, open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import put_json, put_table

mappings_app = typer.Typer(help="Which field each column of a file writes, kept.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="A saved mapping's name.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(mappings_app, name="file-mappings")


@mappings_app.command("list")
def list_mappings(context: typer.Context, as_json: AsJson = False) -> None:
    """List what `push FILE --save-mapping NAME` kept."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.files.every()
    if run.as_json:
        put_json(
            [{"name": one.name, "object": one.object, "key": one.key, "author": one.author} for one in found]
        )
        return
    put_table(
        ("name", "object", "key", "columns", "by"),
        ((one.name, one.object, one.key, len(one.mapping.paths), one.author) for one in found),
    )


@mappings_app.command("show")
def show_mapping(
    context: typer.Context,
    name: Name,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Save it here, for --mapping FILE.json.")
    ] = None,
) -> None:
    """Print a mapping as JSON, or save it as a file that another workspace reads."""
    from writeback.engine.reading_mappings import to_plain, write_mapping

    run = run_of(context)
    with open_runtime(run) as runtime:
        saved = runtime.files.named(name)
    if out is not None:
        write_mapping(saved.mapping, out)
        return
    put_json(to_plain(saved.mapping))


@mappings_app.command("delete")
def delete_mapping(context: typer.Context, name: Name) -> None:
    """Forget a mapping; files and records are not touched."""
    run = run_of(context)
    with open_runtime(run) as runtime:
        runtime.remove_file_mapping(name, act=new_act())
