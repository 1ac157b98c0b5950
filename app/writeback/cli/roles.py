"""`writeback roles`: account assignment, that is attributes whose value is a team member.

JSON of `roles list` is a list of ROLE, of `roles add` and `roles map` one ROLE:
`{role, entity, attribute, reference, records, members, unmatched: [person id], mappings: [{integration,
connection, object, path, column, write_back, reference, clearable, strangers}]}`; `reference` is `repoint`
or `edit`, `unmatched` names members whom a CRM that takes the role does not know, `strangers` counts
records of that CRM whose value is nobody in the directory.
"""

from collections import abc
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli import distributing
from writeback.cli.opening import new_act, open_runtime, open_told
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table
from writeback.model.integrations import ReferenceMode

if TYPE_CHECKING:
    from writeback.runtime.facade.people import RoleView

roles_app = typer.Typer(
    help="Account assignment: attributes whose value is a team member.", no_args_is_help=True
)
_SWITCH = {"on": True, "off": False}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    distributing.register(roles_app)
    app.add_typer(roles_app, name="roles")


@roles_app.command("list")
def list_roles(context: typer.Context, as_json: AsJson = False) -> None:
    """List roles with the fields they stand in."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        found = told.roles()
    if run.as_json:
        put_json([_role(one) for one in found])
        return
    put_table(
        ("role", "attribute", "connection", "field", "column", "write-back", "reference", "unmatched"),
        (row for one in found for row in _lines(one)),
    )


@roles_app.command("add")
def add(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="What people call it: Success Manager.")],
    entity: Annotated[str, typer.Option("--entity", help="Our entity.")] = "account",
    attribute: Annotated[
        str, typer.Option("--attribute", help="API name; an attribute that is there becomes the role.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Add a role."""
    from writeback.runtime.facade.people import RoleWish

    run = run_of(context, as_json=as_json)
    with open_runtime(run, create=True) as runtime:
        made = runtime.add_role(RoleWish(title, entity, attribute), act=new_act())
    if run.as_json:
        put_json(_role(made))
    else:
        put_line(f"{made.title}: {made.entity}.{made.attribute}")


@roles_app.command("map")
def map_role(
    context: typer.Context,
    role: Annotated[str, typer.Argument(help="Its title or attribute.")],
    integration: Annotated[str, typer.Argument(help="The integration's id, e.g. i1.")],
    path: Annotated[str, typer.Argument(help="The reference or a field behind it: OwnerId, Owner.Email.")],
    write_back: Annotated[str, typer.Option("--write-back", help="on or off")] = "off",
    reference: Annotated[
        ReferenceMode,
        typer.Option(
            "--reference",
            help="repoint: the record is given to another person; "
            "edit: the person's own record is changed, for everybody.",
        ),
    ] = ReferenceMode.REPOINT,
    as_json: AsJson = False,
) -> None:
    """Let a role stand in a field of a CRM."""
    run = run_of(context, as_json=as_json)
    if write_back not in _SWITCH:
        raise typer.BadParameter("--write-back is on or off")
    with open_runtime(run) as runtime:
        made = runtime.map_role(
            role,
            integration,
            path,
            write_back=_SWITCH[write_back],
            reference_mode=reference,
            act=new_act(),
        )
    if run.as_json:
        put_json(_role(made))
        return
    for line in _lines(made):
        put_line(" ".join(str(part) for part in line if part != ""))


def _lines(one: "RoleView") -> list[tuple[object, ...]]:
    unmatched = ", ".join(one.unmatched)
    if not one.mappings:
        return [(one.title, one.attribute, "", "", "", "", "", unmatched)]
    return [
        (
            one.title,
            one.attribute,
            mapping.connection,
            f"{mapping.object}.{mapping.path}",
            mapping.column,
            "on" if mapping.write_back else "off",
            mapping.reference_mode.value,
            unmatched,
        )
        for mapping in one.mappings
    ]


def _role(one: "RoleView") -> abc.Mapping[str, JsonValue]:
    return {
        "role": one.title,
        "entity": one.entity,
        "attribute": one.attribute,
        "reference": one.reference_mode.value,
        "records": one.records,
        "members": one.members,
        "unmatched": list(one.unmatched),
        "mappings": [
            {
                "integration": mapping.integration_id,
                "connection": mapping.connection,
                "object": mapping.object,
                "path": mapping.path,
                "column": mapping.column,
                "write_back": mapping.write_back,
                "reference": mapping.reference_mode.value,
                "clearable": mapping.clearable,
                "strangers": mapping.strangers,
            }
            for mapping in one.mappings
        ],
    }
