"""`writeback plugins`: which connectors there are and why one is off, and how good one is proved to be."""

from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.options import AsJson, run_of
from writeback.cli.output import counted, put_json, put_line, put_table, say

if TYPE_CHECKING:
    from writeback.conformance.suite import Finding

plugins_app = typer.Typer(help="Connectors and other plugins.", no_args_is_help=True)
CHECK_FAILED = 4


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


@plugins_app.command("check")
def check_plugin(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The connector's id.")],
    only: Annotated[
        list[str] | None, typer.Option("--only", help="A check or a group of checks; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Examine a connector against its simulator and say which tier it reaches."""
    from writeback.conformance import conformance_suite

    run = run_of(context, as_json=as_json)
    told = None if run.as_json else _tell
    report = conformance_suite(name, only=only or (), on_finding=told)
    if run.as_json:
        put_json(report.plain())
    else:
        skipped = counted(report.not_applicable, "check does", "checks do")
        put_line(f"{counted(report.passed, 'check')} passed, {report.failed} failed, {skipped} not apply.")
        put_line(f"{report.connector} reaches {report.tier.value}; quality.toml claims {report.claimed.value}.")
    if not report.keeps_its_claim:
        say(f"The claim of {report.claimed.value} is higher than what was reached.")
    if report.failed:
        raise typer.Exit(CHECK_FAILED)


def _tell(finding: "Finding") -> None:
    marks = {"passed": "ok", "failed": "FAILED", "not_applicable": "-"}
    line = f"{marks[finding.outcome]:<7}{finding.check.tier.value:<9} {finding.check.id}: "
    put_line(line + (finding.detail or finding.check.promise))
