"""`writeback config export | diff | import`: a workspace's configuration as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import author, new_act, open_runtime, open_told
from writeback.cli.options import AsJson, Yes, run_of
from writeback.cli.output import JsonValue, counted, put_json, put_line, put_table, say
from writeback.errors import ConfigurationError

if TYPE_CHECKING:
    from writeback.model.configurations import ConfigDiff, ConfigImported, ConfigItem

BLOCKED = 4
File = Annotated[Path, typer.Argument(help="A file that `config export` wrote.")]
Pairs = Annotated[
    list[str] | None,
    typer.Option(
        "--connection", help="THEIRS=OURS: which connection here stands for one of the file; OURS '' none."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("export")(export_config)
    app.command("diff")(diff_config)
    app.command("import")(import_config)


def export_config(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="Where to write it; left out or -: standard output.")] = "-",
) -> None:
    """Write data model, integrations, mappings, segments, forms and guards to a file. No secret is in it."""
    run = run_of(context)
    with open_told(run) as told:
        text = told.configuration_text()
    if file == "-":
        put_line(text.rstrip("\n"))
        return
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError("file.not_writable", path=file, problem=str(error.strerror)) from error
    say(f"The configuration was written to {file}.", quiet=run.quiet)


def diff_config(
    context: typer.Context,
    file: File,
    connection: Pairs = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what is the same already.")] = False,
    as_json: AsJson = False,
) -> int:
    """Show what importing a file would do here; changes nothing. Exit code 4: some parts cannot be."""
    run = run_of(context, as_json=as_json)
    text = read_text(file)
    with open_runtime(run) as runtime:
        diff = runtime.compare_configuration(text, name=file.name, pairs=pairs_of(connection))
    if run.as_json:
        put_json(_plain(diff))
    else:
        _tell(diff, everything=everything)
    return BLOCKED if any(one.reason for one in diff.items) else 0


def import_config(
    context: typer.Context,
    file: File,
    connection: Pairs = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Only this part, by its id; may be given again.")
    ] = None,
    write_back: Annotated[
        bool, typer.Option("--write-back", help="Also switch write-back on where the file has it on.")
    ] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> int:
    """Import a file's parts; a copy of the workspace is made first. Removes nothing.

    Write-back stays off for fields that are new here, unless --write-back is given. Exit code 4: some parts
    were refused, or cannot be imported.
    """
    run = run_of(context, as_json=as_json)
    text = read_text(file)
    pairs = pairs_of(connection)
    with open_runtime(run) as runtime:
        diff = runtime.compare_configuration(text, name=file.name, pairs=pairs)
        wished = tuple(only or (one.id for one in diff.doing() if write_back or one.kind != "write_back"))
        if wished and not yes:
            if not run.can_ask:
                raise typer.BadParameter("say --yes, after a look at `writeback config diff`")
            _tell(diff, everything=False)
            typer.confirm(f"Import {counted(len(wished), 'part')}?", abort=True, err=True)
        if not wished:
            _answer(None, diff, as_json=run.as_json)
            return BLOCKED if any(one.reason for one in diff.items) else 0
        made = runtime.import_configuration(
            text, name=file.name, ticked=wished, pairs=pairs, author=author(), act=new_act()
        )
    _answer(made, diff, as_json=run.as_json)
    return BLOCKED if made.refused or any(one.reason for one in diff.items) else 0


def read_text(file: Path) -> str:
    """Read a file.

    Raises:
        ConfigurationError: `config.unreadable`: it is not there, or no text.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise ConfigurationError("config.unreadable", file=file.name, problem=problem) from error


def pairs_of(texts: list[str] | None) -> tuple[tuple[str, str], ...]:
    """Read THEIRS=OURS, once for each connection.

    Raises:
        typer.BadParameter: A text is none.
    """
    found = []
    for text in texts or ():
        theirs, mark, ours = text.partition("=")
        if not (theirs and mark):
            raise typer.BadParameter("--connection is THEIRS=OURS")
        found.append((theirs.strip(), ours.strip()))
    return tuple(found)


def _tell(diff: ConfigDiff, *, everything: bool) -> None:
    from writeback.runtime.sentences import sentence_of

    shown = [one for one in diff.items if everything or one.deed != "same"]
    put_table(
        ("what", "part", "where", "", "difference"),
        [
            (one.kind.value.replace("_", "-"), one.title, one.where, one.deed.value, _differs(one))
            for one in shown
        ],
    )
    for one in shown:
        if one.reason is not None:
            say(f"{one.id}: {sentence_of(one.reason.code, dict(one.reason.facts))} ({one.reason.code})")
    for pairing in diff.pairings:
        if not pairing.target and pairing.choices:
            names = ", ".join(pairing.choices)
            say(f"Say --connection '{pairing.connection}=…' for one of: {names}")
    same = sum(one.deed == "same" for one in diff.items)
    put_line(f"{counted(len(diff.doing()), 'part')} to import, {same} the same, {_only(diff)} only here")


def _differs(item: ConfigItem) -> str:
    return "; ".join(f"{name}: {here or '-'} → {wished or '-'}" for name, here, wished in item.changes)


def _only(diff: ConfigDiff) -> int:
    return len(diff.only_here)


def _answer(made: ConfigImported | None, diff: ConfigDiff, *, as_json: bool) -> None:
    from writeback.runtime.sentences import sentence_of

    done = () if made is None else made.done
    refused = () if made is None else made.refused
    blocked = [one for one in diff.items if one.reason is not None]
    if as_json:
        put_json(
            {
                "imported": list(done),
                "refused": [{"part": name, "code": reason.code} for name, reason in refused],
                "cannot_be": [one.id for one in blocked],
                "backup": None if made is None else made.backup,
            }
        )
        return
    put_line(f"{counted(len(done), 'part')} imported")
    for name, reason in (*refused, *((one.id, one.reason) for one in blocked)):
        if reason is not None:
            say(f"not imported: {name}: {sentence_of(reason.code, dict(reason.facts))} ({reason.code})")
    if made is not None:
        say(f"The workspace of before is {made.backup}; `writeback backups restore` has it back.")


def _plain(diff: ConfigDiff) -> dict[str, JsonValue]:
    return {
        "workspace": diff.workspace,
        "made_at": diff.made_at,
        "parts": [
            {
                "id": one.id,
                "kind": one.kind.value,
                "title": one.title,
                "where": one.where,
                "deed": one.deed.value,
                "changes": [{"what": what, "here": here, "file": file} for what, here, file in one.changes],
                "code": "" if one.reason is None else one.reason.code,
                "needs": list(one.needs),
            }
            for one in diff.items
        ],
        "connections": [
            {"file": one.connection, "connector": one.connector, "here": one.target} for one in diff.pairings
        ],
        "only_here": [{"kind": kind.value, "name": name} for kind, name in diff.only_here],
    }
