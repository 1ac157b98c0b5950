"""`writeback pull`: read an integration's records into the workspace."""

from dataclasses import asdict
from typing import Annotated

import typer

from writeback.cli.opening import new_act, open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import put_json, put_line


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("pull")(pull)


def pull(
    context: typer.Context,
    integration: Annotated[str, typer.Argument(help="The integration's id, e.g. i1.")],
    full: Annotated[bool, typer.Option("--full", help="Read everything, not only what changed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read the CRM's records into the workspace."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        report = runtime.pull(integration, full=full, act=new_act())
    if run.as_json:
        put_json(asdict(report))
        return
    known = f" ({report.linked} known from another CRM)" if report.linked else ""
    put_line(
        f"{report.read} read: {report.added} new{known}, {report.changed} changed, {report.gone} gone, "
        f"{report.conflicts} conflicts with drafts, in {report.seconds:.1f} s"
    )
    if report.ambiguous:
        put_line(
            f"{report.ambiguous} fit several records and became records of their own: the match is ambiguous."
        )
