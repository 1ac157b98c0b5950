"""`writeback connections`: who we talk to, how carefully, and whether it answers."""

import enum
from dataclasses import replace
from typing import Annotated

import typer

from writeback.cli.opening import new_act, open_runtime, open_told
from writeback.cli.options import AsJson, Automation, ConfirmOrg, run_of, switches_of
from writeback.cli.output import JsonValue, counted, put_json, put_line, put_table, say
from writeback.model.connections import COLOURS, Connection, Safety

connections_app = typer.Typer(help="Sign-ins to CRMs.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The connection's name or id.")]
FAILED = 4


class Switch(enum.StrEnum):
    """A switch's two positions."""

    ON = "on"
    OFF = "off"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(connections_app, name="connections")


@connections_app.command("list")
def list_connections(context: typer.Context, as_json: AsJson = False) -> None:
    """List connections."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        found = told.connections()
    if run.as_json:
        put_json([plain_connection(one) for one in found])
        return
    put_table(
        ("name", "connector", "org", "environment", "user", "sign-in", "safety", "writes"),
        (
            (
                one.name,
                one.connector,
                one.org.name if one.org else "",
                one.environment_word if one.org or one.word else "",
                one.org.user if one.org else "",
                one.sign_in.value,
                one.safety.value,
                "read-only" if one.read_only else "on save" if one.write_on_save else "after review",
            )
            for one in found
        ),
    )
    for one in found:
        if one.clock_ahead_s:
            side = "behind" if one.clock_ahead_s > 0 else "ahead of"
            apart = counted(abs(one.clock_ahead_s), "second")
            say(f"{one.name}: this computer's clock is {apart} {side} the CRM's; set it right.")


@connections_app.command("set")
def set_connection(
    context: typer.Context,
    connection: Name,
    name: Annotated[str | None, typer.Option("--name", help="What you call the connection.")] = None,
    read_only: Annotated[
        Switch | None, typer.Option("--read-only", help="Whether nothing at all may be written.")
    ] = None,
    safety: Annotated[
        Safety | None, typer.Option("--safety", help="What is asked before a plan is sent.")
    ] = None,
    write_on_save: Annotated[
        Switch | None, typer.Option("--write-on-save", help="Whether an edit is sent as it is saved.")
    ] = None,
    word: Annotated[
        str | None,
        typer.Option("--word", help="What you call its environment; '' takes the org's own word."),
    ] = None,
    colour: Annotated[
        str | None,
        typer.Option("--colour", help=f"One of {', '.join(COLOURS)}; '' takes the environment's own."),
    ] = None,
    automation: Automation = None,
    collect: Annotated[
        int | None,
        typer.Option(
            "--collect", help="Seconds for which a job gathers what else is changed; 0 to 120, 0 is off."
        ),
    ] = None,
    confirm_org: ConfirmOrg = "",
    as_json: AsJson = False,
) -> None:
    """Change how carefully a connection is written to, and how it is shown."""
    from writeback.runtime.facade import ConnectionChange

    run = run_of(context, as_json=as_json)
    change = ConnectionChange(
        name=name,
        read_only=_is_on(read_only),
        safety=safety,
        write_on_save=_is_on(write_on_save),
        word=word,
        colour=colour,
        automation=switches_of(automation) if automation else None,
        collect_s=collect,
    )
    if change == ConnectionChange():
        raise typer.BadParameter("name at least one thing to change")
    with open_runtime(run) as runtime:
        change = replace(change, confirm_org=confirm_org)
        made = runtime.change_connection(connection, change, act=new_act())
    if run.as_json:
        put_json(plain_connection(made))
    else:
        put_line(
            f"{made.name}: read-only {_word(made.read_only)}, safety {made.safety.value}, "
            f"write on save {_word(made.write_on_save)}"
            + (f", collects for {made.collect_s} s" if made.collect_s else "")
        )


@connections_app.command("pause")
def pause_connection(context: typer.Context, connection: Name) -> None:
    """Pause all jobs of a connection that are at work."""
    run = run_of(context, as_json=False)
    with open_runtime(run) as runtime:
        jobs = runtime.pause_connection(connection, act=new_act())
    put_line(f"{counted(jobs, 'job')} paused.")


@connections_app.command("resume")
def resume_connection(context: typer.Context, connection: Name) -> None:
    """Go on with a connection's jobs that were paused, or that stopped for want of a sign-in."""
    run = run_of(context, as_json=False)
    with open_runtime(run) as runtime:
        jobs = runtime.resume_connection(connection, act=new_act())
    put_line(f"{counted(jobs, 'job')} go on." if jobs != 1 else "1 job goes on.")


@connections_app.command("disconnect")
def disconnect(context: typer.Context, connection: Name, confirm_org: ConfirmOrg = "") -> None:
    """Forget a sign-in. Pulled records, mappings, history and jobs stay; nothing is written any more."""
    run = run_of(context, as_json=False)
    with open_runtime(run) as runtime:
        runtime.disconnect(connection, confirm_org=confirm_org, act=new_act())
    put_line(f"{connection} is disconnected. `writeback connect` under the same name signs in again.")


@connections_app.command("automation")
def list_automation(context: typer.Context, connection: Name, as_json: AsJson = False) -> None:
    """List the switches for the CRM's own rules, and how they are set for this connection."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.automation_switches(connection)
    if run.as_json:
        put_json(
            [
                {
                    "name": one.name,
                    "value": one.value,
                    "default": one.is_default,
                    "choices": list(one.choices),
                    "needs": one.needs,
                    "title": one.title,
                    "description": one.description,
                }
                for one in found
            ]
        )
    elif not found:
        put_line("This CRM offers no switch: its rules run as for anybody's edit.")
    else:
        put_table(
            ("switch", "value", "choices", "needs", "what"),
            (
                (
                    one.name,
                    one.value,
                    ", ".join(each or "''" for each in one.choices),
                    one.needs,
                    one.description,
                )
                for one in found
            ),
        )


@connections_app.command("test")
def check_connection(context: typer.Context, connection: Name, as_json: AsJson = False) -> int:
    """Look at address, sign-in, org, rights and quota now; changes nothing."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.test_connection(connection)
    if run.as_json:
        lines = [
            {"what": one.what, "good": one.is_good, "found": one.found, "code": one.code}
            for one in found.lines
        ]
        put_json({"ok": all(one.is_good for one in found.lines), "lines": lines})
    else:
        put_table(
            ("what", "good", "found"),
            ((one.what.replace("_", "-"), "yes" if one.is_good else "NO", one.found) for one in found.lines),
        )
    return 0 if all(one.is_good for one in found.lines) else FAILED


def plain_connection(one: Connection) -> dict[str, JsonValue]:
    """Give a connection as JSON; no secret and no path of one stands in it."""
    org = one.org
    return {
        "id": one.id,
        "name": one.name,
        "connector": one.connector,
        "origin": one.origin,
        "simulator": one.is_simulator,
        "org": None
        if org is None
        else {"id": org.id, "name": org.name, "user": org.user, "environment": org.environment.value},
        "sign_in": one.sign_in.value,
        "sign_in_since": None if one.sign_in_since is None else one.sign_in_since.isoformat(),
        "scopes": list(one.scopes),
        "safety": one.safety.value,
        "read_only": one.read_only,
        "write_on_save": one.write_on_save,
        "word": one.environment_word,
        "colour": one.colour,
        "clock_ahead_s": one.clock_ahead_s,
        "collect_s": one.collect_s,
    }


def _is_on(switch: Switch | None) -> bool | None:
    return None if switch is None else switch is Switch.ON


def _word(is_on: bool) -> str:
    return "on" if is_on else "off"
