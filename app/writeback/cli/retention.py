"""`writeback retention`: for how long the history of values is kept, and erasing that of one record."""

from typing import Annotated

import typer

from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, NoInput, Yes, run_of
from writeback.cli.output import put_json, put_line
from writeback.errors import GuardError

retention_app = typer.Typer(help="For how long the history of values is kept; the audit trail always is.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(retention_app, name="retention")


@retention_app.command("show")
def show(context: typer.Context, as_json: AsJson = False) -> None:
    """Say for how long the history of values is kept."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        _tell(runtime.history_days(), as_json=run.as_json)


@retention_app.command("set")
def set_days(
    context: typer.Context,
    days: Annotated[int, typer.Argument(help="Days; 0 keeps the history for good.")],
    as_json: AsJson = False,
) -> None:
    """Set it; what is older is dropped by the next pulls."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        _tell(runtime.keep_history(days, author=author(), act=new_act()), as_json=run.as_json)


@retention_app.command("erase")
def erase(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="Our record id, or the CRM's.")],
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> None:
    """Erase what the values of one record were, here; it cannot be taken back, and its jobs not be undone."""
    run = run_of(context, as_json=as_json, no_input=no_input)
    with open_runtime(run) as runtime:
        found = runtime.told.find_record(record)
        question = f"Erase the history of {found.title}, and with it the undo of what was written to it?"
        if not yes and (run.no_input or not typer.confirm(question, err=True)):
            raise GuardError("guard.not_confirmed", rows=1)
        gone = runtime.erase_history(found.id, author=author(), act=new_act())
    if run.as_json:
        put_json({"record": gone.record, "notes": gone.notes, "rows": gone.rows})
    else:
        put_line(f"{gone.notes} notes and the values of {gone.rows} rows of jobs are erased.")


def _tell(days: int, *, as_json: bool) -> None:
    if as_json:
        put_json({"history_days": days})
    else:
        put_line(f"The history of values is kept for {days} days." if days else "It is kept for good.")
