"""`writeback integrations`: what is pulled where."""

from collections import abc
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli import backfilling, drift, mapping_files, schedules, unmapping
from writeback.cli.opening import new_act, open_runtime, open_told
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table
from writeback.cli.value_rules import unknown_word
from writeback.errors import ConfigurationError, UnknownAttributeError
from writeback.model.integrations import EmptyRule, FieldMapping, Integration

if TYPE_CHECKING:
    from writeback.engine.previewing import Preview, PreviewCell, PreviewRow
    from writeback.runtime.runtime import Runtime

Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        help="A condition in words: 'Industry one of Retail, Energy', 'Website is blank', "
        "'CreatedDate > 2026-03-01T00:00:00Z'. Repeat for more.",
    ),
]
IsAny = Annotated[bool, typer.Option("--any", help="One of the --where lines is enough.")]

integrations_app = typer.Typer(help="CRM objects that are pulled into entities.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    backfilling.register(integrations_app)
    drift.register(integrations_app)
    mapping_files.register(integrations_app)
    schedules.register(integrations_app)
    unmapping.register(integrations_app)
    app.add_typer(integrations_app, name="integrations")


@integrations_app.command("add")
def add_integration(
    context: typer.Context,
    connection: Annotated[str, typer.Option("--connection", help="The connection's name.")],
    object_name: Annotated[str, typer.Option("--object", help="The CRM object, e.g. Account.")],
    entity: Annotated[str, typer.Option("--entity", help="Our entity.")] = "account",
    key: Annotated[str, typer.Option("--key", help="The field that identifies a record.")] = "",
    condition: Annotated[str, typer.Option("--filter", help="A condition in the CRM's own language.")] = "",
    lines: Where = None,
    is_any: IsAny = False,
    match: Annotated[
        str,
        typer.Option(
            "--match", help="Attribute by which its records are linked to those that another CRM brought."
        ),
    ] = "",
    link: Annotated[
        str | None,
        typer.Option(
            "--link",
            help="Field path that holds the key of the account a record belongs to, e.g. AccountId; "
            "left out: as the connector proposes.",
        ),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(
            "--person",
            help="With --entity membership: field path that holds the key of the person, e.g. ContactId; "
            "left out: as the connector proposes.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make an integration."""
    from writeback.runtime.facade import IntegrationWish

    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        if lines:
            condition = _compiled(runtime, connection, object_name, condition, lines, is_any=is_any)
        wish = IntegrationWish(connection, object_name, entity, key, condition, match, link, person)
        made = runtime.add_integration(wish, act=new_act())
    if run.as_json:
        put_json(plain_integration(made))
    else:
        matched = f", matched by {made.match}" if made.match else ""
        linked = f", linked by {made.link}" if made.link else ""
        of = f", of the person {made.person}" if made.person else ""
        put_line(f"{made.id}: {made.object} → {made.entity}, key {made.key}{matched}{linked}{of}")


@integrations_app.command("count")
def count(
    context: typer.Context,
    connection: Annotated[str, typer.Option("--connection", help="The connection's name.")],
    object_name: Annotated[str, typer.Option("--object", help="The CRM object, e.g. Account.")],
    condition: Annotated[str, typer.Option("--filter", help="A condition in the CRM's own language.")] = "",
    lines: Where = None,
    is_any: IsAny = False,
    as_json: AsJson = False,
) -> None:
    """Count the CRM's records that a condition selects, and show the condition as the CRM takes it."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        if lines:
            condition = _compiled(runtime, connection, object_name, condition, lines, is_any=is_any)
        found = runtime.count(connection, object_name, condition)
    if run.as_json:
        put_json({"count": found, "filter": condition})
    else:
        put_line(f"{found} records{f' where {condition}' if condition else ''}")


@integrations_app.command("set")
def set_integration(
    context: typer.Context,
    integration: Annotated[str, typer.Argument(help="The integration's id, e.g. i1.")],
    condition: Annotated[
        str | None,
        typer.Option("--filter", help="A condition in the CRM's own language; '' reads all records."),
    ] = None,
    lines: Where = None,
    is_any: IsAny = False,
    as_json: AsJson = False,
) -> None:
    """Read other records from now on. The CRM counts them first, and the next pull reads all of them."""
    run = run_of(context, as_json=as_json)
    if condition is None and not lines:
        raise typer.BadParameter("give --filter or --where")
    with open_runtime(run) as runtime:
        if lines:
            one = next((one for one in runtime.integrations() if one.id == integration), None)
            if one is None:
                raise UnknownAttributeError("integration.unknown", name=integration[:200])
            condition = _compiled(
                runtime, one.connection_id, one.object, condition or "", lines, is_any=is_any
            )
        made = runtime.change_filter(integration, condition or "", act=new_act())
    if run.as_json:
        put_json(plain_integration(made))
    else:
        put_line(f"{made.id}: {made.object}" + (f" where {made.filter}" if made.filter else ", all records"))


@integrations_app.command("preview")
def preview(
    context: typer.Context,
    integration: Annotated[str, typer.Argument(help="The integration's id, e.g. i1.")],
    rows: Annotated[int, typer.Option("--rows", min=1, max=10_000, help="How many records.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Show what a pull would bring: each value as the CRM gives it, and as it would be kept."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        told = runtime.preview(integration, limit=rows)
    if run.as_json:
        put_json([_previewed(told, row) for row in told.rows])
        return
    put_table(
        ("record", *told.paths),
        ((row.record_id, *(_shown(cell) for cell in row.cells)) for row in told.rows),
    )


@integrations_app.command("list")
def list_integrations(context: typer.Context, as_json: AsJson = False) -> None:
    """List integrations with their mappings."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        found = told.integrations()
    if run.as_json:
        put_json([plain_integration(integration) for integration in found])
        return
    put_table(
        ("id", "object", "entity", "key", "filter", "fields", "last pull"),
        (
            (one.id, one.object, one.entity, one.key, one.filter, len(one.mappings), one.last_pull_at)
            for one in found
        ),
    )


def _compiled(
    runtime: "Runtime",
    connection: str,
    object_name: str,
    condition: str,
    lines: abc.Sequence[str],
    *,
    is_any: bool,
) -> str:
    """Put the lines into the CRM's own language.

    Raises:
        ConfigurationError: There is a condition in the CRM's language as well.
        MappingError: A line is none, or the CRM cannot say it.
    """
    from writeback.planning.filtering import parse_line

    if condition:
        raise ConfigurationError("cli.two_filters")
    each = tuple(parse_line(line) for line in lines)
    groups = tuple((line,) for line in each) if is_any else (each,)
    return runtime.compile_filter(connection, object_name, groups)


def empty_word(one: FieldMapping) -> str:
    """Give the rule for empty values as `--empty` takes it."""
    is_default = one.empty_rule is EmptyRule.DEFAULT
    return f"default={one.empty_default}" if is_default else one.empty_rule.value


def _previewed(told: "Preview", row: "PreviewRow") -> abc.Mapping[str, JsonValue]:
    cells = zip(told.paths, row.cells, strict=True)
    values = {
        path: {
            "raw": cell.raw,
            "kept": cell.kept,
            "code": cell.code,
            "empty": cell.empty.value if cell.empty else None,
        }
        for path, cell in cells
    }
    return {"record": row.record_id, "values": values}


def _shown(cell: "PreviewCell") -> str:
    if cell.code:
        return f"{cell.raw} (not kept: {cell.code})"
    if cell.empty is EmptyRule.KEEP:
        return "(what we have stays)"
    return cell.raw if cell.raw == cell.kept else f"{cell.raw} → {cell.kept}"


def plain_integration(one: Integration) -> abc.Mapping[str, JsonValue]:
    """Give an integration with its mappings as JSON."""
    return {
        "id": one.id,
        "connection": one.connection_id,
        "object": one.object,
        "entity": one.entity,
        "key": one.key,
        "filter": one.filter,
        "match": one.match,
        "link": one.link,
        "person": one.person,
        "last_pull_at": one.last_pull_at.isoformat() if one.last_pull_at else None,
        "mappings": [
            {
                "field": str(mapping.path),
                "attribute": mapping.attribute,
                "write_back": mapping.write_back,
                "reference": mapping.reference_mode.value,
                "on_conflict": mapping.conflict_rule.value,
                "empty": empty_word(mapping),
                "format": str(mapping.source_format),
                "blank": mapping.blank_rule.value,
                "value_map": [list(pair) for pair in mapping.values.pairs],
                "unknown": unknown_word(mapping.values),
                "transforms": [str(one) for one in mapping.values.transforms],
            }
            for mapping in one.mappings
        ],
    }
