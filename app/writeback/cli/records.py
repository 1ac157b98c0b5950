"""`writeback records`: what we keep about each record, as the CRM last confirmed it."""

from typing import Annotated

import typer

from writeback.cli.opening import open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import put_json, put_line, put_table
from writeback.model.canonical import to_plain

records_app = typer.Typer(help="Records of our entities.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(records_app, name="records")


@records_app.command("list")
def list_records(
    context: typer.Context,
    entity: Annotated[str, typer.Option("--entity")] = "account",
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000)] = 50,
    offset: Annotated[int, typer.Option("--skip", min=0, help="Leave out that many first.")] = 0,
    as_json: AsJson = False,
) -> None:
    """List records."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        page = runtime.records(entity, limit=limit, skip=offset)
    if run.as_json:
        put_json(
            {
                "entity": entity,
                "total": page.total,
                "records": [
                    {
                        "record": one.rid,
                        "title": one.title,
                        "gone": one.is_gone,
                        "values": {name: to_plain(value) for name, value in one.values},
                    }
                    for one in page.records
                ],
            }
        )
        return
    names = tuple(name for name, _ in page.records[0].values)[:6] if page.records else ()
    put_table(
        ("record", "title", *names),
        ((one.rid, one.title, *(dict(one.values).get(name) for name in names)) for one in page.records),
    )
    put_line(f"{len(page.records)} of {page.total} records")


@records_app.command("show")
def show_record(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="Our record id, or the CRM's.")],
    as_json: AsJson = False,
) -> None:
    """Show one record with the state of every value."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        one = runtime.record(record)
    if run.as_json:
        put_json(
            {
                "record": one.rid,
                "entity": one.entity,
                "title": one.title,
                "gone": one.is_gone,
                "values": {name: to_plain(value) for name, value in one.values},
                "states": {
                    state.attribute: {
                        "state": state.state,
                        "new": state.new,
                        "code": state.code,
                        "message": state.message,
                        "job": state.job_id,
                    }
                    for state in one.states
                },
            }
        )
        return
    put_line(f"{one.title} ({one.rid})" + (" – gone in the CRM" if one.is_gone else ""))
    states = {state.attribute: state for state in one.states}
    put_table(
        ("attribute", "value", "state", "yours", "why"),
        (
            (
                name,
                value,
                states[name].state if name in states else "confirmed",
                states[name].new if name in states else "",
                states[name].message or states[name].code if name in states else "",
            )
            for name, value in one.values
        ),
    )
