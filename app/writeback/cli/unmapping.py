"""`writeback integrations unmap`: fields that feed no attribute any more."""

from typing import Annotated

import typer

from writeback.cli.mapping_files import Ours
from writeback.cli.opening import new_act, open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import put_json, put_line


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("unmap")(unmap)


def unmap(
    context: typer.Context,
    integration: Ours,
    fields: Annotated[list[str], typer.Argument(help="CRM field paths, as `integrations list` shows them.")],
    as_json: AsJson = False,
) -> None:
    """Remove mappings. Values that were pulled stay as they are and are refreshed no more."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        made = runtime.unmap_fields(integration, tuple(fields), act=new_act())
    if run.as_json:
        put_json({"integration": made.id, "removed": list(fields), "mapped": len(made.mappings)})
    else:
        put_line(f"{len(fields)} removed, {len(made.mappings)} mapped")
