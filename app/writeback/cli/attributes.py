"""`writeback attributes`: the typed fields of our entities, and what becomes of them."""

from collections import abc
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli import masters
from writeback.cli.connections import Switch
from writeback.cli.opening import new_act, open_runtime, open_told
from writeback.cli.options import AsJson, Yes, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table, say
from writeback.errors import UnknownAttributeError
from writeback.model.attributes import Attribute, Option
from writeback.model.types import AttributeType

if TYPE_CHECKING:
    from writeback.runtime.facade import AttributeUsers
    from writeback.runtime.runtime import Runtime

attributes_app = typer.Typer(help="Typed fields of our entities.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="API name: small letters, digits, _")]
Entity = Annotated[str, typer.Option("--entity", help="Our entity.")]
Kind = Annotated[AttributeType, typer.Option("--type", help="What kind of value it holds.")]
Options = Annotated[
    list[str] | None,
    typer.Option("--option", help="An allowed value of a list or a stage, in order; VALUE or VALUE=LABEL."),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    masters.add_to(attributes_app)
    app.add_typer(attributes_app, name="attributes")


@attributes_app.command("list")
def list_attributes(
    context: typer.Context,
    entity: Annotated[str, typer.Option("--entity", help="Only this entity's.")] = "",
    as_json: AsJson = False,
) -> None:
    """List attributes."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        found = told.attributes(entity)
    if run.as_json:
        put_json([_plain(one) for one in found])
        return
    put_table(
        ("entity", "name", "title", "type"),
        ((one.entity, one.name, one.title, one.kind.value) for one in found),
    )


@attributes_app.command("add")
def add_attribute(
    context: typer.Context,
    name: Name,
    kind: Kind,
    entity: Entity = "account",
    title: Annotated[str, typer.Option("--title", help="What people read.")] = "",
    description: Annotated[str, typer.Option("--description", help="What it is for.")] = "",
    options: Options = None,
    as_json: AsJson = False,
) -> None:
    """Add an attribute."""
    run = run_of(context, as_json=as_json)
    wish = Attribute(entity, name, title or name, kind, _options(options or ()), description)
    with open_runtime(run, create=True) as runtime:
        made = runtime.add_attribute(wish, act=new_act())
    _show(made, as_json=run.as_json)


@attributes_app.command("change")
def change_attribute(
    context: typer.Context,
    name: Name,
    entity: Entity = "account",
    title: Annotated[str | None, typer.Option("--title", help="What people read.")] = None,
    description: Annotated[str | None, typer.Option("--description", help="What it is for.")] = None,
    options: Options = None,
    editable: Annotated[
        Switch | None, typer.Option("--editable", help="Whether people may edit it by hand.")
    ] = None,
    default: Annotated[
        str | None,
        typer.Option("--default", help="What a mapping fills in for nothing, unless it names another."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Change title, description, options and their order, editability or default; the rest stays."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        known = _known(runtime, entity, name)
        wish = replace(
            known,
            title=known.title if title is None else title,
            description=known.description if description is None else description,
            options=known.options if options is None else _options(options),
            editable=known.editable if editable is None else editable is Switch.ON,
            default=known.default if default is None else default,
        )
        made = runtime.change_attribute(wish, act=new_act())
    _show(made, as_json=run.as_json)


@attributes_app.command("delete")
def delete_attribute(
    context: typer.Context, name: Name, entity: Entity = "account", yes: Yes = False, as_json: AsJson = False
) -> None:
    """Say what uses an attribute; with --yes let it go, with its mappings, drafts and values."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        if yes:
            users = runtime.delete_attribute(entity, name, act=new_act())
        else:
            users = runtime.attribute_users(entity, name)
    if run.as_json:
        put_json({"deleted": yes, **_plain_users(users)})
        return
    for integration, path in users.mappings:
        put_line(f"{integration}: {path} {'was' if yes else 'is'} mapped to it")
    for what, names in (("segment", users.segments), ("form", users.forms), ("play", users.plays)):
        for one in names:
            put_line(f"{what} {one} names it")
    put_line(f"{users.drafts} drafts, {users.under_way} values under way")
    say(f"{name} is gone; the CRMs keep their values." if yes else f"Give --yes to let {name} go.")


@attributes_app.command("merge")
def merge_options(
    context: typer.Context,
    name: Name,
    gone: Annotated[str, typer.Argument(help="The option that goes.")],
    into: Annotated[str, typer.Argument(help="The option that it becomes.")],
    entity: Entity = "account",
    as_json: AsJson = False,
) -> None:
    """Let one option of a list become another: records and value maps follow, the CRMs keep their values."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        made = runtime.merge_options(entity, name, gone=gone, into=into, act=new_act())
    if run.as_json:
        put_json(_plain(made))
    else:
        put_line(f"{gone} is {into} now; {len(made.options)} options are left")


@attributes_app.command("retype")
def retype_attribute(
    context: typer.Context,
    name: Name,
    kind: Kind,
    entity: Entity = "account",
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Say how many values convert to another type; with --yes convert them."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        if yes:
            told = runtime.retype_attribute(entity, name, kind, act=new_act())
        else:
            told = runtime.preview_retype(entity, name, kind)
    if run.as_json:
        put_json(
            {
                "retyped": yes,
                "values": told.values,
                "converts": told.converts,
                "samples": list(told.samples),
            }
        )
        return
    put_line(f"{told.converts} of {told.values} values convert to {kind.value}")
    for sample in told.samples:
        put_line(f"not: {sample}")
    say("The next pull reads everything." if yes else "Give --yes to convert; the others become empty here.")


def _known(runtime: "Runtime", entity: str, name: str) -> Attribute:
    found = next((one for one in runtime.attributes(entity) if one.name == name), None)
    if found is None:
        raise UnknownAttributeError("attribute.unknown", entity=entity[:200], name=name[:200])
    return found


def _options(texts: abc.Iterable[str]) -> tuple[Option, ...]:
    """Read `VALUE` and `VALUE=LABEL`."""
    parted = (text.partition("=") for text in texts)
    return tuple(Option(value.strip(), label.strip() or value.strip()) for value, _, label in parted)


def _show(made: Attribute, *, as_json: bool) -> None:
    if as_json:
        put_json(_plain(made))
    else:
        put_line(f"{made.entity}.{made.name} ({made.kind.value})")


def _plain_users(users: "AttributeUsers") -> abc.Mapping[str, JsonValue]:
    return {
        "mappings": [{"integration": integration, "field": path} for integration, path in users.mappings],
        "drafts": users.drafts,
        "under_way": users.under_way,
        "matches": list(users.matches),
        "role": users.is_role,
        "segments": list(users.segments),
        "forms": list(users.forms),
        "plays": list(users.plays),
    }


def _plain(one: Attribute) -> abc.Mapping[str, JsonValue]:
    return {
        "entity": one.entity,
        "name": one.name,
        "title": one.title,
        "type": one.kind.value,
        "options": [option.value for option in one.options],
        "labels": [option.label for option in one.options],
        "description": one.description,
        "editable": one.editable,
        "default": one.default,
    }
