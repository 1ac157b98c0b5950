"""`writeback plan` and `send`: review first, send later."""

from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli import references as consequences
from writeback.cli.conflicts import open_conflicts
from writeback.cli.file_plans import FileOptions, file_source, with_file_options
from writeback.cli.guarding import (
    How,
    counts_words,
    group_name,
    plain_forecast,
    plain_strike,
    submit_plan,
    unreached_words,
)
from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import (
    AsJson,
    Automation,
    ConfirmOrg,
    NoInput,
    Override,
    Run,
    Yes,
    run_of,
    switches_of,
)
from writeback.cli.output import JsonValue, put_csv, put_json_with_list, put_line, put_table
from writeback.cli.progress import run_jobs, tell_jobs
from writeback.cli.reports import COLUMNS, cells, plan_row, verdict_of, why
from writeback.model.types import JobId

if TYPE_CHECKING:
    from writeback.runtime.facade import PlanView
    from writeback.runtime.runtime import Runtime

CONFLICTS = 5
SHOWN = 20
"""Rows of a plan that are printed; JSON and the plan file hold all."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("plan")(with_file_options(plan))
    app.command("send")(send)


def plan(
    context: typer.Context,
    *,
    file: Annotated[Path | None, typer.Argument(help="A CSV or XLSX file; left out: pending drafts.")] = None,
    pending: Annotated[bool, typer.Option("--pending", help="Plan the pending drafts.")] = False,
    options: FileOptions,
    conflicts: Annotated[
        bool,
        typer.Option("--conflicts", help="Only list the conflicts that are open; ends with 5 while one is."),
    ] = False,
    automation: Automation = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Save the plan here, to send it later.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="csv | json; left out: a table.")] = "",
    raw: Annotated[bool, typer.Option("--raw", help="CSV byte for byte, formulas included.")] = False,
    as_json: AsJson = False,
) -> int:
    """Judge changes against what the CRM holds now; sends nothing."""
    from writeback.runtime.facade import PlanSource

    run = run_of(context, as_json=as_json)
    if conflicts:
        return open_conflicts(run)
    if form not in ("", "csv", "json"):
        raise typer.BadParameter("--format is csv or json")
    if pending and file is not None:
        raise typer.BadParameter("name a file or --pending, not both")
    with open_runtime(run) as runtime:
        source = PlanSource(kind="drafts", author=author())
        if file is not None:
            source = file_source(runtime, file, options, run=run)
        source = replace(source, automation=switches_of(automation or ()), assurance=options.assurance)
        made = runtime.propose(source, act=new_act())
        try:
            if out is not None:
                runtime.save_plan(made.id, str(out.absolute()))
            _tell(runtime, made, run, form=form, raw=raw)
        finally:
            runtime.discard_plan(made.id, act=new_act())
    return CONFLICTS if any(group.conflict for group in made.groups) else 0


def _tell(runtime: "Runtime", made: "PlanView", run: Run, *, form: str, raw: bool) -> None:
    from writeback.runtime.plan_words import automation_words, forecast_words, guard_words

    rows = runtime.told.plan_rows([group.job_id for group in made.groups])
    objects = {group.job_id: group.object for group in made.groups}
    told = (plan_row(row, object_name=objects.get(JobId(row.job_id), "")) for row in rows)
    if form == "csv":
        put_csv(COLUMNS, (cells(row, raw=raw) for row in told))
        return
    if form == "json" or run.as_json:
        put_json_with_list(_plain(made), "rows", told)
        return
    if not made.groups:
        put_line("Nothing is pending.")
        return
    put_table(
        ("record", "connection", "field", "in the CRM now", "yours", "verdict", "why"),
        (
            (
                row.record or row.record_id,
                row.connection,
                row.field,
                row.theirs,
                "clear" if row.clears else row.yours,
                verdict_of(row),
                why(row),
            )
            for row in islice(rows, SHOWN)
        ),
    )
    for group in made.groups:
        put_line(f"{group_name(runtime, made, group)}: {counts_words(group)}{unreached_words(group)}")
        if group.send:
            put_line(f"{forecast_words(group)} {automation_words(group)}".strip())
        for strike in group.guards:
            put_line(f"Guard {strike.guard.value}: {guard_words(strike)}")
        for line in consequences.lines(runtime, group):
            put_line(line)


def send(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A plan file made by `writeback plan --out`.")],
    yes: Yes = False,
    confirm_org: ConfirmOrg = "",
    automation: Automation = None,
    override: Override = "",
    trial: Annotated[
        int, typer.Option("--trial", min=0, help="Send only the first rows of each job; 0: all.")
    ] = 0,
    wait: Annotated[
        float, typer.Option("--wait", min=0, help="Send nothing for so many seconds: cancelling is free.")
    ] = 0,
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Send a reviewed plan; what the CRM changed since then conflicts instead of being overwritten."""
    from writeback.runtime.facade import PlanSource

    run = run_of(context, as_json=as_json, no_input=no_input)
    with open_runtime(run) as runtime:
        source = PlanSource(
            kind="saved",
            author=author(),
            path=str(file.absolute()),
            automation=switches_of(automation or ()),
        )
        made = runtime.propose(source, act=new_act())
        how = How(trial, wait_s=wait)
        jobs = submit_plan(runtime, made, run, yes=yes, confirm_org=confirm_org, override=override, how=how)
        ran = run_jobs(runtime, jobs, run)
    return tell_jobs(ran, run)


def _plain(made: "PlanView") -> dict[str, JsonValue]:
    return {
        "plan": made.id,
        "planned_at": made.planned_at.isoformat(),
        "groups": [
            {
                "connection": group.connection_id,
                "object": group.object,
                "columns": list(group.columns),
                "route": group.route.value,
                "assurance": group.assurance.value,
                "rows": group.rows,
                "creates_by": group.creates_by,
                "send": group.send,
                "unchanged": group.unchanged,
                "blocked": group.blocked,
                "conflict": group.conflict,
                "calls": group.calls,
                "read_calls": group.read_calls,
                "unreached": group.unreached,
                "automation": {switch.name: switch.value for switch in group.automation},
                "forecast": plain_forecast(group),
                "guards": [plain_strike(strike) for strike in group.guards],
                **consequences.plain(group),
            }
            for group in made.groups
        ],
    }
