"""`writeback trust`: a workspace file that came from elsewhere, what it holds, and whether it may act."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import load_settings, new_act, open_runtime, open_told
from writeback.cli.options import AsJson, Yes, run_of
from writeback.cli.output import counted, put_json, put_line, put_table, say

if TYPE_CHECKING:
    from writeback.runtime.holdings import Holdings

trust_app = typer.Typer(
    help="A workspace file from elsewhere is restricted until you trust it: nothing is sent from it.",
    no_args_is_help=True,
)
WHY = {
    "own": "trusted: it lies in your data folder",
    "folder": "trusted: it lies in a folder that you trust",
    "allowed": "trusted: you allowed this very file",
    "unknown": "restricted: it came from elsewhere, and you did not say that you trust it",
    "other_file": "restricted: the file that you trusted here was another one",
    "refused": "restricted: you said so",
    "unreadable": "restricted: what you trust cannot be read",
}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(trust_app, name="trust")


@trust_app.command("show")
def show(context: typer.Context, as_json: AsJson = False) -> None:
    """Show what the file holds that could act: connections, plugins, jobs, drafts. Runs none of it."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        found = told.holdings(load_settings())
    if run.as_json:
        put_json(_plain(found))
    else:
        _tell(found)


@trust_app.command("allow")
def allow(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Instead: trust every workspace file in this folder.")
    ] = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Trust this very file from now on; shows what it holds, and asks."""
    run = run_of(context, as_json=as_json)
    if folder is not None:
        _trust_folder(folder, is_trusted=True, as_json=run.as_json)
        return
    with open_told(run) as told:
        found = told.holdings(load_settings())
    if not found.is_trusted:
        if not yes:
            if not run.can_ask:
                raise typer.BadParameter("say --yes, after a look at `writeback trust show`")
            _tell(found)
            typer.confirm("Trust this file?", abort=True, err=True)
        with open_runtime(run) as runtime:
            runtime.trust_workspace(found.mark, act=new_act())
    _answer(found.path, is_trusted=True, as_json=run.as_json)


@trust_app.command("revoke")
def revoke(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Instead: trust this folder no longer.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Trust this file no longer: nothing is sent from it until you trust it again."""
    run = run_of(context, as_json=as_json)
    if folder is not None:
        _trust_folder(folder, is_trusted=False, as_json=run.as_json)
        return
    with open_runtime(run) as runtime:
        runtime.restrict_workspace(act=new_act())
        path = runtime.workspace.path
    _answer(path, is_trusted=False, as_json=run.as_json)


def _trust_folder(folder: Path, *, is_trusted: bool, as_json: bool) -> None:
    from writeback.runtime.trusted_files import trust_folder

    if not folder.is_dir():
        raise typer.BadParameter(f"{folder} is no folder")
    trust_folder(load_settings(), folder, is_trusted=is_trusted)
    _answer(folder, is_trusted=is_trusted, as_json=as_json)


def _answer(path: Path, *, is_trusted: bool, as_json: bool) -> None:
    if as_json:
        put_json({"path": str(path), "trusted": is_trusted})
    else:
        put_line(f"{path}: {'trusted' if is_trusted else 'trusted no longer'}.")


def _tell(found: "Holdings") -> None:
    put_line(f"{found.path}: {WHY[found.why]}.")
    put_line(f"workspace {found.workspace}, made {found.made_at[:10] or 'at an unknown time'}")
    put_table(
        ("connection", "connector", "environment", "org", "address"),
        [
            (
                one.name,
                one.connector,
                one.environment_word,
                "" if one.org is None else f"{one.org.name} ({one.org.id})",
                one.origin,
            )
            for one in found.connections
        ],
    )
    jobs, rows = counted(found.jobs, "job"), counted(found.rows, "row")
    put_line(f"waiting: {jobs} with {rows}, {counted(found.plans, 'plan')}, {counted(found.drafts, 'draft')}")
    if found.runs:
        put_line(f"runs by itself: {counted(found.runs, 'play or schedule', 'plays and schedules')}")
    for plugin in found.plugins:
        put_line(
            f"plugin of somebody else: {plugin.id} {plugin.version} ({plugin.status or 'not installed'})"
        )
    for path in found.files_named:
        put_line(f"would read the file {path}")
    if not found.is_trusted:
        say("Nothing is sent from it. `writeback trust allow` trusts it.")


def _plain(found: "Holdings") -> dict[str, object]:
    return {
        "path": str(found.path),
        "workspace": found.workspace,
        "made_at": found.made_at,
        "trusted": found.is_trusted,
        "why": found.why,
        "connections": [
            {
                "name": one.name,
                "connector": one.connector,
                "environment": one.environment_word,
                "org": None if one.org is None else {"id": one.org.id, "name": one.org.name},
                "address": one.origin,
                "credentials_file": one.token_file,
            }
            for one in found.connections
        ],
        "plugins": [
            {"id": one.id, "version": one.version, "status": one.status or "missing"} for one in found.plugins
        ],
        "jobs": found.jobs,
        "rows": found.rows,
        "plans": found.plans,
        "drafts": found.drafts,
        "runs": found.runs,
        "vault_file": found.vault_file,
    }
