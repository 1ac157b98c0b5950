"""`writeback integrations backfill`: write what records hold already to a CRM whose mapping came later."""

from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.guarding import submit_plan
from writeback.cli.mapping_files import Ours
from writeback.cli.opening import author, new_act, open_runtime, open_told
from writeback.cli.options import AsJson, ConfirmOrg, NoInput, Override, Yes, run_of
from writeback.cli.output import JsonValue, put_json, put_table, say
from writeback.cli.progress import exit_code, report_of, run_jobs, tell_jobs
from writeback.errors import UnknownAttributeError
from writeback.model.backfills import Backfill

if TYPE_CHECKING:
    from writeback.cli.options import Run


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("backfill")(backfill)


def backfill(
    context: typer.Context,
    integration: Ours,
    attributes: Annotated[
        list[str] | None, typer.Argument(help="Only these attributes; left out: all that are written back.")
    ] = None,
    send: Annotated[
        bool, typer.Option("--send", help="Plan it and ask; without it records are only counted.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with the job.")] = "",
    confirm_org: ConfirmOrg = "",
    override: Override = "",
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Count the records that hold something else than the CRM, and with --send write their values to it.

    For mappings that are written back: records that were there before the mapping, or before write-back was
    switched on. A record that holds nothing empties nothing in the CRM.
    """
    run = run_of(context, as_json=as_json, no_input=no_input)
    if not send:
        with open_told(run) as told:
            found = told.bulk.backfill(integration)
        _put(found, _chosen(found, attributes), run)
        return 0
    from writeback.runtime.backfilling import source_of

    with open_runtime(run) as runtime:
        found = runtime.told.bulk.backfill(integration)
        source = source_of(found, _chosen(found, attributes), author=author(), reason=reason)
        plan = runtime.propose(source, act=new_act())
        jobs = submit_plan(runtime, plan, run, yes=yes, confirm_org=confirm_org, override=override)
        ran = run_jobs(runtime, jobs, run)
    if run.as_json:
        put_json({**report_of(ran), "integration": integration})
        return exit_code(ran)
    return tell_jobs(ran, run)


def _chosen(found: Backfill, attributes: list[str] | None) -> list[str]:
    """Give the attributes that are meant. Raises UnknownAttributeError where one is not written back here."""
    known = {line.attribute.casefold(): line.attribute for line in found.lines}
    for name in attributes or ():
        if name.casefold() not in known:
            raise UnknownAttributeError("mapping.not_written_back", attribute=name[:200])
    wanted = [known[name.casefold()] for name in attributes or ()]
    return wanted or [line.attribute for line in found.lines if not line.code]


def _put(found: Backfill, chosen: list[str], run: "Run") -> None:
    lines = [line for line in found.lines if line.attribute in chosen]
    sample = [row for row in found.sample if row.attribute in chosen]
    if run.as_json:
        told: dict[str, JsonValue] = {
            "integration": found.integration,
            "read": found.is_read,
            "attributes": [
                {
                    "attribute": line.attribute,
                    "field": line.path,
                    "differ": line.differ,
                    "same": line.same,
                    "blank": line.blank,
                    "waiting": line.waits,
                    "elsewhere": line.elsewhere,
                    "code": line.code,
                }
                for line in lines
            ],
            "sample": [
                {"record": row.rid, "title": row.title, "attribute": row.attribute}
                | {"crm": row.theirs, "ours": row.ours}
                for row in sample
            ],
        }
        put_json(told)
        return
    if not found.is_read:
        say(
            "The CRM was not read since the mapping changed. A pull takes over what it holds; --send asks it "
            "first, and where it holds something else that is a conflict.",
            quiet=run.quiet,
        )
    head = ("attribute", "field", "differ", "already so", "hold nothing", "waiting", "elsewhere", "why not")
    put_table(
        head,
        (
            (one.attribute, one.path, one.differ, one.same, one.blank, one.waits, one.elsewhere, one.code)
            for one in lines
        ),
    )
    put_table(
        ("record", "attribute", "in the CRM", "here"),
        ((row.title, row.attribute, row.theirs, row.ours) for row in sample),
    )
