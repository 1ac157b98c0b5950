"""`writeback approvals`: plans that wait for another person's word."""

from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import new_act, open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, counted, put_json, put_line, put_table
from writeback.cli.progress import run_jobs, tell_jobs

if TYPE_CHECKING:
    from writeback.model.permissions import Approval
    from writeback.runtime.runtime import Runtime

approvals_app = typer.Typer(help="Plans that wait for another person's word.", no_args_is_help=True)

Plan = Annotated[str, typer.Argument(help="The plan's id, or its beginning.")]
Note = Annotated[str, typer.Option("--note", help="Why; kept with the decision.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(approvals_app, name="approvals")


@approvals_app.command("list")
def list_approvals(context: typer.Context, as_json: AsJson = False) -> None:
    """List plans that wait."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.approvals()
    if run.as_json:
        put_json([_plain(one) for one in found])
        return
    if not found:
        put_line("No plan waits for anybody's word.")
        return
    put_table(
        ("plan", "by", "since", "records"),
        ((one.plan_id, one.asked_by, one.asked_at.isoformat(), f"{one.rows:,}") for one in found),
    )


@approvals_app.command("approve")
def approve(context: typer.Context, plan: Plan, note: Note = "", as_json: AsJson = False) -> int:
    """Let another person's plan go, and run until every row has an outcome."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        jobs = runtime.approve_plan(_found(runtime, plan).plan_id, note=note, act=new_act())
        ran = run_jobs(runtime, jobs, run)
    return tell_jobs(ran, run)


@approvals_app.command("decline")
def decline(context: typer.Context, plan: Plan, note: Note = "", as_json: AsJson = False) -> None:
    """Refuse another person's plan: it is forgotten, drafts stay."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = _found(runtime, plan)
        runtime.decline_plan(found.plan_id, note=note, act=new_act())
    if run.as_json:
        put_json({"plan": found.plan_id, "state": "declined"})
    else:
        put_line(f"Declined: {counted(found.rows, 'record')} of {found.asked_by} are not written.")


def _found(runtime: "Runtime", text: str) -> "Approval":
    from writeback.errors import ConfigurationError

    found = [one for one in runtime.approvals() if text and one.plan_id.startswith(text)]
    if len(found) != 1:
        raise ConfigurationError("approval.not_pending", plan=text[:200])
    return found[0]


def _plain(one: "Approval") -> dict[str, JsonValue]:
    return {
        "plan": one.plan_id,
        "state": one.state.value,
        "by": one.asked_by,
        "since": one.asked_at.isoformat(),
        "rows": one.rows,
        "most": one.most,
    }
