"""`writeback notices channels|set|test|sent|retry|deliver`: what leaves this machine, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.connect import pairs
from writeback.cli.opening import new_act, open_runtime, open_told
from writeback.cli.options import AsJson, NoInput, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table, say
from writeback.errors import ConfigurationError

if TYPE_CHECKING:
    from datetime import datetime

    from writeback.runtime.channels import ChannelView
    from writeback.runtime.runtime import Runtime

ChannelName = Annotated[str, typer.Argument(help="The channel, as `notices channels` names it: email.")]
NOT_DELIVERED = 4


def add_channels(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("channels")(list_channels)
    app.command("set")(set_channel)
    app.command("test")(send_test)
    app.command("sent")(list_sent)
    app.command("retry")(retry)
    app.command("deliver")(deliver)


def list_channels(context: typer.Context, as_json: AsJson = False) -> None:
    """List the ways by which notices can leave this machine, and what is set up."""
    from writeback.host import Host
    from writeback.preferences import read
    from writeback.runtime.channels import views
    from writeback.settings import load

    run = run_of(context, as_json=as_json)
    found = views(Host.for_this_user(), read(load()))
    if run.as_json:
        put_json([_plain(one) for one in found])
        return
    put_table(
        ("channel", "what", "on", "host", "allowed", "notices"),
        [
            (
                one.id, one.title, "on" if one.choices.is_on else "off", one.host,
                "yes" if one.is_allowed else "no", ", ".join(sorted(one.choices.kinds)),
            )
            for one in found
        ],
    )  # fmt: skip


def set_channel(
    context: typer.Context,
    channel: ChannelName,
    answers: Annotated[
        list[str] | None, typer.Option("--set", help="An answer of its form: server=smtp.example.com")
    ] = None,
    allow_host: Annotated[
        str, typer.Option("--allow-host", help="Let messages go to this host: the one that the form names.")
    ] = "",
    kinds: Annotated[
        str | None, typer.Option("--kinds", help="Which notices go by it: failure,partial,needs_you,…")
    ] = None,
    not_for: Annotated[
        str | None,
        typer.Option("--not-for", help="Connections of which it tells nothing."),
    ] = None,
    secret: Annotated[
        list[str] | None, typer.Option("--secret", help="A secret that is asked for unseen: password")
    ] = None,
    switch_on: Annotated[bool | None, typer.Option("--on/--off", help="Send by it, or send nothing.")] = None,
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> None:
    """Set a channel up, switch it on or off. Secrets are typed, or stand in a file: --set password_file=…."""
    from writeback.runtime.facade import ChannelWish

    run = run_of(context, as_json=as_json, no_input=no_input)
    if secret and run.no_input:
        raise ConfigurationError("notice.secret_needs_input")
    asked = tuple((name, _secret(name)) for name in secret or ())
    with open_runtime(run, create=True) as runtime:
        wish = ChannelWish(
            channel,
            is_on=switch_on,
            form=tuple(pairs(answers)) if answers else None,
            secrets=asked,
            kinds=None if kinds is None else _split(kinds),
            not_for=None if not_for is None else _connections(runtime, _split(not_for)),
            allow_host=allow_host,
        )
        made = runtime.set_channel(wish, act=new_act())
        view = next(one for one in runtime.channels() if one.id == made)
    if run.as_json:
        put_json(_plain(view))
    else:
        put_line(f"{view.id}: {'on' if view.choices.is_on else 'off'}; {_where(view)}")


def send_test(context: typer.Context, channel: ChannelName, as_json: AsJson = False) -> None:
    """Send a test message now and say what the receiver answered."""
    from writeback.runtime.sentences import sentence_of

    run = run_of(context, as_json=as_json)
    with open_runtime(run, create=True) as runtime:
        told = runtime.test_channel(channel, act=new_act())
    if run.as_json:
        facts = {"channel": told.channel, "delivered": told.is_delivered, "answer": told.answer}
        put_json(facts | {"code": told.code})
    else:
        put_line(f"{told.channel}: {'delivered' if told.is_delivered else 'NOT delivered'}: {told.answer}")
    if told.code:
        say(f"{sentence_of(told.code, dict(told.facts))} ({told.code})")
        raise typer.Exit(NOT_DELIVERED)


def list_sent(
    context: typer.Context,
    channel: Annotated[str, typer.Argument(help="Only this channel's.")] = "",
    as_json: AsJson = False,
) -> None:
    """List what left this machine and when, what waits and what was given up; the newest first."""
    from writeback.runtime.telling_notices import sent_messages

    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        found = sent_messages(told.workspace, channel=channel)
    if run.as_json:
        put_json(
            [
                {
                    "id": one.id, "channel": one.channel, "state": one.state.value, "title": one.title,
                    "digest": one.is_digest, "test": one.is_test, "made_at": one.made_at,
                    "sent_at": one.sent_at, "next_try": one.due_at if one.is_waiting else None,
                    "tries": one.tries, "code": one.code, "answer": one.answer,
                }
                for one in found
            ]
        )  # fmt: skip
        return
    put_table(
        ("made", "channel", "state", "tries", "sent", "message", "answer"),
        [
            (
                _clock(one.made_at), one.channel, one.state.value.replace("_", " "), one.tries,
                _clock(one.sent_at), one.title, one.answer,
            )
            for one in found
        ],
    )  # fmt: skip


def retry(context: typer.Context, channel: ChannelName, as_json: AsJson = False) -> None:
    """Try again now what a channel gave up, or puts off."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        count = runtime.retry_messages(channel, act=new_act())
    if run.as_json:
        put_json({"tried_again": count})
    else:
        put_line(f"Tried again by the next worker, or by `writeback notices deliver`: {count}.")


def deliver(context: typer.Context, as_json: AsJson = False) -> None:
    """Do once what a worker does: look, and send what is due. For a machine on which no worker runs."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        delivering = runtime.delivering()
        try:
            sent = delivering.run()
        finally:
            delivering.close()
    if run.as_json:
        put_json({"sent": sent})
    else:
        put_line(f"Sent: {sent}.")


def _plain(view: ChannelView) -> dict[str, JsonValue]:
    return {
        "id": view.id,
        "title": view.title,
        "plugin": view.plugin,
        "is_on": view.choices.is_on,
        "is_ready": view.is_ready,
        "form": dict(view.choices.form),
        "host": view.host,
        "is_allowed": view.is_allowed,
        "kinds": sorted(view.choices.kinds),
        "not_for": sorted(view.choices.not_for),
        "locked_by": view.locked_by,
    }


def _where(view: ChannelView) -> str:
    if not view.host:
        return "its form names no host yet"
    return f"messages go to {view.host}" if view.is_allowed else f"{view.host} is not allowed yet"


def _connections(runtime: Runtime, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(runtime.told.connection(name).id) for name in names)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _secret(name: str) -> str:
    return str(typer.prompt(f"{name} (not shown; nothing forgets it)", hide_input=True, err=True, default=""))


def _clock(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone().strftime("%Y-%m-%d %H:%M")
