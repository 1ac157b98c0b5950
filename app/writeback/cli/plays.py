"""`writeback plays`: SuccessPlays, kept, switched and run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, ConfirmOrg, run_of
from writeback.cli.output import JsonValue, put_document, put_json, put_line, put_table
from writeback.cli.play_runs import Name, plays_app, state_word, why_words
from writeback.model.plays import PlayMode, TriggerKind
from writeback.store.play_texts import play_to_plain

if TYPE_CHECKING:
    from writeback.model.plays import PlayTrigger
    from writeback.runtime.playing import PlayView


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(plays_app, name="plays")


@plays_app.command("list")
def list_plays(context: typer.Context, as_json: AsJson = False) -> None:
    """List plays with how each stands."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.plays.views()
    if run.as_json:
        put_json([plain_view(one) for one in found])
        return
    put_table(
        ("name", "on", "when", "does", "with its values", "last run", "waits for"),
        (
            (
                one.play.name,
                "on" if one.state.is_on else "off",
                trigger_words(one.play.trigger),
                ", ".join(one.play.attributes) or "tasks",
                "sends them" if one.play.mode is PlayMode.SEND else "drafts",
                "" if one.last is None else f"{one.last.number} {state_word(one.last)}",
                why_words(one.state.stopped or one.broken or one.state.waits),
            )
            for one in found
        ),
    )


@plays_app.command("show")
def show_play(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Print a play as the JSON that `plays save` reads; with --json also how it stands."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        view = runtime.plays.view(name)
    if run.as_json:
        put_json(plain_view(view))
        return
    put_document({**play_to_plain(view.play), "on": view.state.is_on})


@plays_app.command("save")
def save_play(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A JSON file; plays show prints one.")],
    as_json: AsJson = False,
) -> None:
    """Keep a play, switched off; an earlier one of that name is replaced.

    {"name": "At risk", "trigger": {"kind": "enters", "segment": "health < 40"}, "conditions": "tier = 'A'",
    "steps": [{"kind": "set", "attribute": "status", "text": "At risk"}, {"kind": "assign", "attribute":
    "csm", "rule": "round_robin", "people": ["ana@acme.test", "ben@acme.test"]}, {"kind": "task", "text":
    "Call them", "due_days": 3}], "guards": {"rows": 500, "percent": 20, "once_days": 30}, "mode": "drafts"}
    Triggers: enters, leaves, schedule, by_hand. Steps: set, clear, add, take, copy (source), assign, task,
    form. Rules: fixed, attribute (source), least_loaded, round_robin. Modes: drafts, send. A schedule:
    {"kind": "schedule", "schedule": {"cadence": "daily", "at": "07:30", "zone": "Europe/Berlin"}}.
    "only": ["Acme sandbox"] sends to these connections and to no other.
    """
    from writeback.runtime.play_files import read_play

    run = run_of(context, as_json=as_json)
    play = read_play(file)
    with open_runtime(run) as runtime:
        made = runtime.save_play(play, author=author(), act=new_act())
    if run.as_json:
        put_json({**play_to_plain(made), "on": False})
        return
    put_line(f"{made.name} is saved, and off: writeback plays enable switches it on")


@plays_app.command("enable")
def enable_play(
    context: typer.Context, name: Name, confirm_org: ConfirmOrg = "", as_json: AsJson = False
) -> None:
    """Let a play run by itself, in writeback worker; its first look at a segment tells nothing."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        runtime.switch_play(name, is_on=True, confirm_org=confirm_org, author=author(), act=new_act())
        view = runtime.plays.view(name)
    _tell(view, as_json=run.as_json)


@plays_app.command("pause")
def pause_play(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Let a play rest; what happens until it is enabled again sets nothing off."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        runtime.switch_play(name, is_on=False, author=author(), act=new_act())
        view = runtime.plays.view(name)
    _tell(view, as_json=run.as_json)


@plays_app.command("rename")
def rename_play(
    context: typer.Context,
    name: Name,
    new: Annotated[str, typer.Argument(help="What it is called from now on.")],
) -> None:
    """Call a play otherwise; whether it is on, its runs and its tasks stay with it."""
    run = run_of(context)
    with open_runtime(run) as runtime:
        made = runtime.rename_play(name, new, author=author(), act=new_act())
    put_line(f"{name} is called {made.name} now")


@plays_app.command("delete")
def delete_play(context: typer.Context, name: Name) -> None:
    """Delete a play; plays restore has it back for 30 days. What its runs did stays."""
    run = run_of(context)
    with open_runtime(run) as runtime:
        runtime.remove_play(name, author=author(), act=new_act())


@plays_app.command("restore")
def restore_play(context: typer.Context, name: Name) -> None:
    """Have a deleted play back, switched off."""
    run = run_of(context)
    with open_runtime(run) as runtime:
        made = runtime.restore_play(name, author=author(), act=new_act())
    put_line(f"{made.name} is back, and off")


def plain_view(view: "PlayView") -> dict[str, JsonValue]:
    """Give a play with how it stands as JSON."""
    state = view.state
    told: dict[str, JsonValue] = {
        **play_to_plain(view.play),
        "author": view.play.author,
        "on": state.is_on,
        "takers": [
            {
                "connection": one.connection.name,
                "environment": one.connection.environment_word,
                "attributes": list(one.attributes),
                "confirmed": one.is_confirmed,
            }
            for one in view.targets
        ],
        "last_run": None if view.last is None else view.last.number,
        "held_run": None if view.held is None else view.held.number,
    }
    for name, why in (("stopped", state.stopped), ("waits", state.waits), ("broken", view.broken)):
        told[name] = None if why is None else {"code": why.code, **dict(why.facts)}
    return told


def trigger_words(trigger: "PlayTrigger") -> str:
    """Say in a few words what sets a play off."""
    from writeback.runtime.schedule_words import schedule_words

    if trigger.kind is TriggerKind.SCHEDULE and trigger.schedule is not None:
        return schedule_words(trigger.schedule)
    words = {TriggerKind.ENTERS: "enters", TriggerKind.LEAVES: "leaves"}
    word = words.get(trigger.kind)
    return "by hand" if word is None else f"{word} {trigger.segment}"


def _tell(view: "PlayView", *, as_json: bool) -> None:
    if as_json:
        put_json(plain_view(view))
        return
    put_line(f"{view.play.name} is {'on' if view.state.is_on else 'off'}")
    for one in view.targets if view.state.is_on else ():
        does = "sends to" if view.play.mode is PlayMode.SEND else "makes drafts for"
        put_line(f"  {does} {one.connection.name} ({one.connection.environment_word})")
