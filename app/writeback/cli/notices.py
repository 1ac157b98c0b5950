"""`writeback notices`: what the bell of the window lists, and what of it leaves this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from writeback.cli.channels import add_channels
from writeback.cli.opening import new_act, open_told, utc_now, workspace_path
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import put_json, put_line, put_table

notices_app = typer.Typer(help="What people are told without asking; `config list notify` says where.")

Connection = Annotated[str, typer.Argument(help="The connection's name or id.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_channels(notices_app)
    app.add_typer(notices_app, name="notices")


@notices_app.command("list")
def list_notices(context: typer.Context, as_json: AsJson = False) -> None:
    """List what is so now, and jobs of two weeks that did not write all."""
    from writeback.preferences import read
    from writeback.runtime.notice_words import words_of
    from writeback.runtime.noticing import notices_of
    from writeback.runtime.reading import Reading
    from writeback.settings import load

    run = run_of(context, as_json=as_json)
    reading = Reading.open(workspace_path(run), now=utc_now, new_id=new_act)
    try:
        found = notices_of(reading, read(load()), now=utc_now())
    finally:
        reading.close()
    if run.as_json:
        put_json(
            [
                {
                    "kind": one.kind.value,
                    "connection": one.connection,
                    "job": one.number or None,
                    "rows": one.rows,
                    "not_written": one.not_written,
                    "unknown": one.unknown,
                    "percent": one.percent,
                    "about": one.about or None,
                    "at": one.at,
                    "words": words_of(one),
                }
                for one in found
            ]
        )
        return
    put_table(
        ("what", "connection", "job", "notice"),
        [(one.kind.value, one.connection, one.number or "", words_of(one)) for one in found],
    )


@notices_app.command("mute")
def mute(context: typer.Context, connection: Connection, as_json: AsJson = False) -> None:
    """Tell nothing of a connection from now on: in the window, in the tray, off this machine."""
    _set(context, connection, is_muted=True, as_json=as_json)


@notices_app.command("unmute")
def unmute(context: typer.Context, connection: Connection, as_json: AsJson = False) -> None:
    """Tell of a connection again."""
    _set(context, connection, is_muted=False, as_json=as_json)


@notices_app.command("snooze")
def snooze(
    context: typer.Context,
    until: Annotated[
        str, typer.Argument(help="1h, 4h, 8h, tomorrow, monday, a moment (2026-12-01T08:00+01:00), or off.")
    ],
    as_json: AsJson = False,
) -> None:
    """Send nothing to the tray or off this machine for a while; it then goes as one message."""
    from writeback.preferences import write
    from writeback.preferences.muting import MUTED_UNTIL, moment_of
    from writeback.settings import load

    run = run_of(context, as_json=as_json)
    moment = moment_of(until, now=utc_now().astimezone())
    write(load(), {MUTED_UNTIL: moment})
    if run.as_json:
        put_json({"muted_until": moment or None})
    else:
        put_line(f"Quiet until {moment}." if moment else "Not muted.")


def _set(context: typer.Context, name: str, *, is_muted: bool, as_json: bool) -> None:
    from writeback.preferences.muting import mute_connection
    from writeback.settings import load

    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        connection = told.connection(name)
    mute_connection(load(), str(connection.id), is_muted=is_muted)
    if run.as_json:
        put_json({"connection": connection.name, "muted": is_muted})
    else:
        put_line(f"{connection.name}: {'nothing is told of it' if is_muted else 'told of again'}.")
