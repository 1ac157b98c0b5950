"""`writeback map`: which CRM field feeds which attribute, and what may be written back."""

from typing import Annotated

import typer

from writeback.cli.connect import pairs
from writeback.cli.connections import Switch
from writeback.cli.integrations import empty_word, plain_integration
from writeback.cli.opening import new_act, open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import put_json, put_table
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule, EmptyRule, FieldMapping, Integration, ReferenceMode
from writeback.model.source_formats import SourceFormat


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("map")(map_fields)


def map_fields(
    context: typer.Context,
    integration: Annotated[str, typer.Argument(help="The integration's id, e.g. i1.")],
    fields: Annotated[list[str], typer.Argument(help="CRM field path = attribute: Owner.Email=csm")],
    write_back: Annotated[
        Switch, typer.Option("--write-back", help="Whether edits are written back.")
    ] = Switch.OFF,
    reference: Annotated[
        ReferenceMode, typer.Option("--reference", help="What writing through a reference means.")
    ] = ReferenceMode.REPOINT,
    conflict: Annotated[
        ConflictRule, typer.Option("--on-conflict", help="Who wins when both sides changed.")
    ] = ConflictRule.ASK,
    empty: Annotated[
        str,
        typer.Option("--empty", help="What an empty value coming in means: keep, clear, or default=VALUE."),
    ] = EmptyRule.CLEAR.value,
    source_format: Annotated[
        str,
        typer.Option(
            "--format",
            help="How a text field writes dates and numbers: dmy, mdy or ymd; point or comma; a time zone. "
            "E.g. 'dmy Europe/Berlin'.",
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Tie CRM fields to attributes; attributes that do not exist are made from the field."""
    run = run_of(context, as_json=as_json)
    rule, default = _empty_rule(empty)
    form = SourceFormat.parse(source_format)
    mappings = tuple(
        FieldMapping(
            FieldPath.parse(path),
            attribute,
            write_back=write_back is Switch.ON,
            reference_mode=reference,
            conflict_rule=conflict,
            empty_rule=rule,
            empty_default=default,
            source_format=form,
        )
        for path, attribute in pairs(fields)
    )
    with open_runtime(run) as runtime:
        made = runtime.map_fields(integration, mappings, act=new_act())
    if run.as_json:
        put_json(plain_integration(made))
        return
    _put_mappings(made)


def _put_mappings(made: Integration) -> None:
    put_table(
        ("field", "attribute", "write-back", "reference", "when empty", "format"),
        (
            (
                one.path,
                one.attribute,
                "on" if one.write_back else "off",
                one.reference_mode.value,
                empty_word(one),
                str(one.source_format),
            )
            for one in made.mappings
        ),
    )


def _empty_rule(text: str) -> tuple[EmptyRule, str]:
    """Read `keep`, `clear` or `default=VALUE`."""
    word, sign, value = text.partition("=")
    if word == EmptyRule.DEFAULT.value and sign:
        return EmptyRule.DEFAULT, value
    if text in (EmptyRule.KEEP.value, EmptyRule.CLEAR.value):
        return EmptyRule(text), ""
    raise typer.BadParameter("give keep, clear or default=VALUE", param_hint="--empty")
