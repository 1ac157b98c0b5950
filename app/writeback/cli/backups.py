"""`writeback backups`: copies of the workspace, checked, and had back as a file of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import load_settings, utc_now, workspace_path
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table, say

if TYPE_CHECKING:
    from writeback.runtime.upkeep import BackupView

backups_app = typer.Typer(help="Copies of the workspace; the last seven are kept in the folder beside it.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(backups_app, name="backups")


@backups_app.command("list")
def list_backups(context: typer.Context, as_json: AsJson = False) -> None:
    """List the backups, the newest first."""
    from writeback.runtime.upkeep import backups_of

    run = run_of(context, as_json=as_json)
    _tell(backups_of(workspace_path(run)), as_json=run.as_json)


@backups_app.command("make")
def make_backup(context: typer.Context, as_json: AsJson = False) -> None:
    """Make one now, while others work on."""
    from writeback.runtime.upkeep import make_backup as make

    run = run_of(context, as_json=as_json)
    made = make(workspace_path(run), now=utc_now())
    if run.as_json:
        put_json(_plain(made))
    else:
        put_line(f"{made.path}")


@backups_app.command("verify")
def verify_backups(context: typer.Context, as_json: AsJson = False) -> int:
    """Check all of them from the first page to the last; exit code 2 when one is damaged."""
    from writeback.runtime.upkeep import verify_backups as verify

    run = run_of(context, as_json=as_json)
    found = verify(workspace_path(run), now=utc_now())
    _tell(found, as_json=run.as_json)
    return 2 if any(one.problem for one in found) else 0


@backups_app.command("restore")
def restore_backup(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The backup's file name, or newest.")],
    target: Annotated[Path, typer.Argument(help="The new workspace file; there must be none of that name.")],
    as_json: AsJson = False,
) -> None:
    """Have a backup back as a workspace of its own; the workspace of today stays as it is."""
    from writeback.runtime.upkeep import restore_backup as restore

    run = run_of(context, as_json=as_json)
    made = restore(workspace_path(run), name, target=target, settings=load_settings())
    if run.as_json:
        put_json({"workspace": str(made)})
    else:
        put_line(f"{made}: open it with writeback --workspace {made}")
        say("Unfinished jobs are paused in it and plays are off: what they had to send may be sent by now.")


def _tell(found: tuple[BackupView, ...], *, as_json: bool) -> None:
    if as_json:
        put_json([_plain(one) for one in found])
        return
    put_table(
        ("backup", "made", "why", "MB", "verified", "problem"),
        [
            (
                one.path.name,
                f"{one.made_at:%Y-%m-%d %H:%M}",
                one.reason,
                f"{one.size / 1e6:.1f}",
                one.verified_at[:16].replace("T", " ") or "when made",
                one.problem,
            )
            for one in found
        ],
    )


def _plain(one: BackupView) -> dict[str, JsonValue]:
    return {
        "file": str(one.path),
        "made_at": one.made_at.isoformat(),
        "reason": one.reason,
        "bytes": one.size,
        "verified_at": one.verified_at,
        "problem": one.problem,
    }
