"""`writeback config`: what a person prefers on this machine; `config_files` holds a workspace's."""

from typing import Annotated

import typer

from writeback.cli import config_files
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table, say
from writeback.preferences import Preference, Preferences, named, read, reset, write
from writeback.preferences.files import locked_by, path_of
from writeback.preferences.searching import found_by
from writeback.preferences.values import allowed, parsed
from writeback.settings import load

config_app = typer.Typer(
    help="Settings of yours on this machine; and a workspace's configuration as a file.", no_args_is_help=True
)
config_files.register(config_app)

Name = Annotated[str, typer.Argument(help="area.what, as `config list` names it.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(config_app, name="config")


@config_app.command("list")
def list_config(
    context: typer.Context,
    search: Annotated[str, typer.Argument(help="Only those that tell of this.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the settings in force, and where each comes from."""
    run = run_of(context, as_json=as_json)
    preferences = read(load())
    keys = found_by(search)
    if run.as_json:
        put_json(
            {
                "path": str(preferences.path),
                "managed_path": str(preferences.managed_path or ""),
                "problems": [problem.facts | {"code": problem.code} for problem in preferences.problems],
                "settings": [_told(preferences, key) for key in keys],
            }
        )
    else:
        put_table(
            ("setting", "value", "from", "what"),
            [(key.name, _words(preferences, key), preferences.source(key.name), key.title) for key in keys],
        )
    _warn(preferences)


@config_app.command("get")
def get_config(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Say what holds for one setting."""
    run = run_of(context, as_json=as_json)
    key = named(name)
    preferences = read(load())
    if run.as_json:
        put_json(_told(preferences, key))
    else:
        put_line(_words(preferences, key))
    _warn(preferences)


@config_app.command("set")
def set_config(
    context: typer.Context,
    name: Name,
    value: Annotated[str, typer.Argument(help="What it shall be; '' empties a text.")],
    as_json: AsJson = False,
) -> None:
    """Set one setting; a window that is open follows at once where it can."""
    run = run_of(context, as_json=as_json)
    key = named(name)
    preferences = write(load(), {name: parsed(key, value)})
    _tell(preferences, key, as_json=run.as_json)


@config_app.command("reset")
def reset_config(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="Settings to reset.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take settings back to what we ship."""
    run = run_of(context, as_json=as_json)
    if bool(names) == everything:
        raise typer.BadParameter("name settings, or give --all")
    preferences = reset(load(), names or ())
    if run.as_json:
        put_json({"reset": list(names or ["all"]), "path": str(preferences.path)})
    else:
        put_line(f"{', '.join(names) if names else 'All settings'}: back to the default.")


@config_app.command("path")
def path_config(context: typer.Context, as_json: AsJson = False) -> None:
    """Name the settings file, and the administrator's that locks settings."""
    run = run_of(context, as_json=as_json)
    settings = load()
    if run.as_json:
        put_json({"path": str(path_of(settings)), "managed_path": str(settings.managed_file or "")})
    else:
        put_line(str(path_of(settings)))


def _tell(preferences: Preferences, key: Preference, *, as_json: bool) -> None:
    if as_json:
        put_json(_told(preferences, key))
    else:
        put_line(f"{key.name}: {_words(preferences, key)}")
    if key.starts == "next_start":
        say("It holds from the next start of the window, of a command or of a worker.")


def _told(preferences: Preferences, key: Preference) -> dict[str, JsonValue]:

    return {
        "name": key.name,
        "value": preferences.get(key.name),
        "default": key.default,
        "source": preferences.source(key.name),
        "locked_by": locked_by(preferences, key),
        "allowed": allowed(key),
        "starts": key.starts.value,
        "title": key.title,
        "help": key.help,
    }


def _words(preferences: Preferences, key: Preference) -> str:
    value = preferences.get(key.name)
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, str | int):
        return f"{value}{key.unit}"
    return f"{len(value)} set" if value else "none set"


def _warn(preferences: Preferences) -> None:
    from writeback.runtime.sentences import sentence_of

    for problem in preferences.problems:
        say(f"{sentence_of(problem.code, problem.facts)} ({problem.code})")


@config_app.command("deleted")
def list_deleted(context: typer.Context, as_json: AsJson = False) -> None:
    """List segments, forms and views that were deleted within 30 days."""
    from writeback.cli.opening import open_told
    from writeback.runtime.restoring import deleted_things

    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        found = deleted_things(told.workspace)
    if run.as_json:
        put_json(
            [
                {"kind": one.kind, "id": one.id or None, "name": one.name, "by": one.by, "at": one.at}
                for one in found
            ]
        )
        return
    put_table(
        ("kind", "id", "name", "what", "by"),
        [(one.kind, one.id or "", one.name, one.what, one.by) for one in found],
    )


@config_app.command("restore")
def restore_deleted(
    context: typer.Context,
    gone: Annotated[int, typer.Argument(help="The id, as `config deleted` lists it.")],
    as_json: AsJson = False,
) -> None:
    """Have a deleted form or view back; a segment comes back by `segments restore`."""
    from writeback.cli.opening import new_act, open_runtime

    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        name = runtime.restore_deleted(gone, act=new_act())
    if run.as_json:
        put_json({"restored": name})
    else:
        put_line(f"{name} is back.")
