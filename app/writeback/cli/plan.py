"""`writeback plan` and `send`: review first, send later."""

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from writeback.cli.guarding import submit_plan
from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, ConfirmOrg, NoInput, Yes, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table
from writeback.cli.progress import run_jobs, tell_jobs
from writeback.model.changes import Origin
from writeback.runtime.facade import PlanSource, PlanView
from writeback.runtime.views import PlanRow


SHOWN = 20
"""Rows of a plan that are printed; JSON and the plan file hold all."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("plan")(plan)
    app.command("send")(send)


def plan(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A CSV file; left out: the pending drafts.")] = None,
    pending: Annotated[bool, typer.Option("--pending", help="Plan the pending drafts.")] = False,
    connection: Annotated[str, typer.Option("--connection")] = "",
    object_name: Annotated[str, typer.Option("--object")] = "",
    key: Annotated[str, typer.Option("--key")] = "Id",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Save the plan here, to send it later.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Judge changes against what the CRM holds now; sends nothing."""
    run = run_of(context, as_json=as_json)
    if (file is None) is not pending and file is not None:
        raise typer.BadParameter("give a file or --pending, not both")
    source = (
        PlanSource(kind="drafts", author=author())
        if file is None
        else PlanSource(
            kind="file",
            origin=Origin.FILE,
            author=author(),
            path=str(file.absolute()),
            connection=connection,
            object=object_name,
            key=key,
        )
    )
    with open_runtime(run) as runtime:
        made = runtime.propose(source, act=new_act())
        rows = list(
            islice(
                runtime.told.plan_rows([group.job_id for group in made.groups]), None if run.as_json else 20
            )
        )
        if out is not None:
            runtime.save_plan(made.id, str(out.absolute()))
        runtime.discard_plan(made.id, act=new_act())
    if run.as_json:
        put_json({**_plain(made), "rows": [_row(row) for row in rows]})
    else:
        put_table(
            ("record", "field", "in the CRM now", "yours", "verdict"),
            ((row.record or row.record_id, row.field, row.theirs, row.yours, row.verdict) for row in rows),
        )
        for group in made.groups:
            put_line(
                f"{group.object}: {group.send} to send, {group.unchanged} already so, "
                f"{group.blocked} blocked, {group.conflict} conflicts"
            )
    return 5 if any(group.conflict for group in made.groups) else 0


def send(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A plan file made by `writeback plan --out`.")],
    yes: Yes = False,
    confirm_org: ConfirmOrg = "",
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Send a reviewed plan; what the CRM changed since then conflicts instead of being overwritten."""
    run = run_of(context, as_json=as_json, no_input=no_input)
    with open_runtime(run) as runtime:
        source = PlanSource(kind="saved", author=author(), path=str(file.absolute()))
        made = runtime.propose(source, act=new_act())
        jobs = submit_plan(runtime, made, run, yes=yes, confirm_org=confirm_org)
        views, seconds = run_jobs(runtime, jobs, run)
    return tell_jobs(views, seconds, run)


def _row(row: PlanRow) -> dict[str, JsonValue]:
    return {
        "row": row.seq,
        "record": row.record,
        "record_id": row.record_id,
        "field": row.field,
        "theirs": row.theirs,
        "yours": row.yours,
        "verdict": row.verdict,
        "reason": None if row.reason is None else {"code": row.reason.code, **dict(row.reason.facts)},
        "clears": row.clears,
    }


def _plain(made: PlanView) -> dict[str, JsonValue]:
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
                "send": group.send,
                "unchanged": group.unchanged,
                "blocked": group.blocked,
                "conflict": group.conflict,
                "calls": group.calls,
                "read_calls": group.read_calls,
            }
            for group in made.groups
        ],
    }
