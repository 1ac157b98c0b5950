"""`writeback plugins list`: which connectors there are and why one is off."""

from typing import Annotated

import typer

from writeback.cli.options import AsJson, run_of
from writeback.cli.output import put_json, put_line, put_table

plugins_app = typer.Typer(help="Connectors and other plugins.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(plugins_app, name="plugins")


@plugins_app.command("list")
def list_plugins(
    context: typer.Context,
    load: Annotated[bool, typer.Option("--load", help="Import each one, to see whether it loads.")] = False,
    as_json: AsJson = False,
) -> None:
    """List plugins with their status; nothing of them runs unless --load is given."""
    from writeback.runtime.plugins import list_plugins as found

    run = run_of(context, as_json=as_json)
    records = found(load=load)
    if run.as_json:
        put_json(list(records))
        return
    put_table(
        ("id", "title", "version", "publisher", "status", "reason"),
        (
            (one["id"], one["title"], one["version"], one["publisher"], one["status"], one["reason"])
            for one in records
        ),
    )
    put_line("Plugins run with your rights; the worker process isolates faults, not intentions.")
