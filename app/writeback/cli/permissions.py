"""`writeback permissions`: who may do what in this workspace; a guard-rail where it is a file."""

import enum
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table, say

if TYPE_CHECKING:
    from writeback.model.permissions import Permission

permissions_app = typer.Typer(help="Permission levels of the workspace's people.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The name under which the person is signed in to their computer.")]
GUARD_RAIL = (
    "This workspace is a file: permission levels are a guard-rail against mistakes. Whoever can write the "
    "file can change them."
)
NOBODY = "Nobody has a permission level: this is one person's workspace, and everything is allowed."


class LevelName(enum.StrEnum):
    """A permission level as it is typed."""

    VIEWER = "viewer"
    EDITOR = "editor"
    OPERATOR = "operator"
    APPROVER = "approver"
    ADVANCED_USER = "advanced-user"
    GLOBAL_ADMIN = "global-admin"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(permissions_app, name="permissions")


@permissions_app.command("list")
def list_permissions(context: typer.Context, as_json: AsJson = False) -> None:
    """List people with their level, and which level holds which right."""
    from writeback.model.permissions import Level, Right
    from writeback.planning.permitting import LEVEL_TITLES, RIGHT_TITLES, RIGHTS

    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.permissions()
    if run.as_json:
        put_json(
            {
                "you": author(),
                "people": [_plain(one) for one in found],
                "levels": {level.value: sorted(right.value for right in RIGHTS[level]) for level in Level},
            }
        )
        return
    if found:
        put_table(
            ("person", "level", "set by", "at"),
            ((one.author, LEVEL_TITLES[one.level], one.set_by, one.set_at.isoformat()) for one in found),
        )
        say(GUARD_RAIL, quiet=run.quiet)
    else:
        put_line(NOBODY)
    put_table(
        ("right", *(level.value.replace("_", "-") for level in Level)),
        (
            (RIGHT_TITLES[right], *("yes" if right in RIGHTS[level] else "" for level in Level))
            for right in Right
        ),
    )


@permissions_app.command("set")
def set_permission(
    context: typer.Context,
    name: Name,
    level: Annotated[LevelName, typer.Argument(help="Their permission level.")],
    as_json: AsJson = False,
) -> None:
    """Give somebody a permission level; the first person named has to be a global admin."""
    from writeback.model.permissions import Level
    from writeback.planning.permitting import LEVEL_TITLES

    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        made = runtime.set_permission(name, Level(level.value.replace("-", "_")), act=new_act())
    if run.as_json:
        put_json(_plain(made))
    else:
        put_line(f"{made.author}: {LEVEL_TITLES[made.level]}")


@permissions_app.command("remove")
def remove_permission(context: typer.Context, name: Name) -> None:
    """Take somebody's level away; with the last one everybody may do everything again."""
    run = run_of(context)
    with open_runtime(run) as runtime:
        runtime.remove_permission(name, act=new_act())
        left = runtime.permissions()
    put_line(f"{name} has no permission level any more.")
    if not left:
        put_line(NOBODY)


def _plain(one: "Permission") -> dict[str, JsonValue]:
    return {
        "person": one.author,
        "level": one.level.value,
        "set_by": one.set_by,
        "set_at": one.set_at.isoformat(),
    }
