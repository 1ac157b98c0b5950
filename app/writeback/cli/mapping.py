"""`writeback map`: which CRM field feeds which attribute, and what may be written back."""

from dataclasses import replace
from typing import Annotated

import typer

from writeback.cli.connect import pairs
from writeback.cli.connections import Switch
from writeback.cli.integrations import empty_word, plain_integration
from writeback.cli.opening import new_act, open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import put_json, put_table
from writeback.cli.value_rules import rules_of, told_rules
from writeback.errors import ConfigurationError
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import (
    BlankRule,
    ConflictRule,
    EmptyRule,
    FieldMapping,
    Integration,
    ReferenceMode,
)
from writeback.model.source_formats import SourceFormat


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("map")(map_fields)


Wished = Annotated[list[str], typer.Argument(help="CRM field path = attribute: Owner.Email=csm")]
WriteBack = Annotated[
    Switch | None, typer.Option("--write-back", help="Whether edits are written back; new ones: off.")
]
Reference = Annotated[
    ReferenceMode | None, typer.Option("--reference", help="What writing through a reference means.")
]
Conflict = Annotated[
    ConflictRule | None, typer.Option("--on-conflict", help="Who wins when both sides changed.")
]
Blank = Annotated[
    BlankRule | None, typer.Option("--blank", help="What a blank cell of a file means for this field.")
]
Empty = Annotated[
    str | None,
    typer.Option("--empty", help="What an empty value coming in means: keep, clear, or default=VALUE."),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="How a text field writes dates and numbers: dmy, mdy or ymd; point or comma; a time zone. "
        "E.g. 'dmy Europe/Berlin'; '' takes it away.",
    ),
]
ValueMap = Annotated[
    list[str] | None,
    typer.Option(
        "--value-map",
        help="The CRM's value = ours (gold_2024=Gold), or a CSV file of two columns; repeat for more. "
        "'none' takes the map away.",
    ),
]
Unknown = Annotated[
    str | None,
    typer.Option("--unknown", help="Values that the map does not name: hold, pass, or default=VALUE."),
]
Transform = Annotated[
    str | None,
    typer.Option("--transform", help="Shape what is written: trim,lower or date=dd.mm.yyyy; or none."),
]


def map_fields(
    context: typer.Context,
    integration: Annotated[str, typer.Argument(help="The integration's id, e.g. i1.")],
    fields: Wished,
    write_back: WriteBack = None,
    reference: Reference = None,
    conflict: Conflict = None,
    blank: Blank = None,
    empty: Empty = None,
    source_format: Format = None,
    value_map: ValueMap = None,
    unknown: Unknown = None,
    transform: Transform = None,
    as_json: AsJson = False,
) -> None:
    """Tie CRM fields to attributes; attributes that do not exist are made from the field.

    Of a field that is mapped already only what is named here changes.
    """
    run = run_of(context, as_json=as_json)
    wished = tuple(pairs(fields))
    if value_map is not None and len(wished) > 1:
        raise ConfigurationError("mapping.map_many", fields=len(wished))

    def fresh(known: FieldMapping) -> FieldMapping:
        rule, default = (known.empty_rule, known.empty_default) if empty is None else _empty_rule(empty)
        form = known.source_format if source_format is None else SourceFormat.parse(source_format)
        return replace(
            known,
            write_back=known.write_back if write_back is None else write_back is Switch.ON,
            reference_mode=reference or known.reference_mode,
            conflict_rule=conflict or known.conflict_rule,
            blank_rule=blank or known.blank_rule,
            empty_rule=rule,
            empty_default=default,
            source_format=form,
            values=rules_of(known.values, value_map=value_map, unknown=unknown, transform=transform),
        )

    with open_runtime(run) as runtime:
        found = [one for one in runtime.integrations() if one.id == integration]
        known = {str(mapping.path).casefold(): mapping for one in found for mapping in one.mappings}
        mappings = tuple(
            fresh(_named(known.get(path.strip().casefold()), path, attribute)) for path, attribute in wished
        )
        made = runtime.map_fields(integration, mappings, act=new_act())
    if run.as_json:
        put_json(plain_integration(made))
        return
    _put_mappings(made)


def _named(known: FieldMapping | None, path: str, attribute: str) -> FieldMapping:
    """Give the mapping that is there, under the attribute's name; one of another attribute begins anew."""
    if known is None or known.attribute != attribute:
        return FieldMapping(FieldPath.parse(path), attribute)
    return known


def _put_mappings(made: Integration) -> None:
    put_table(
        ("field", "attribute", "write-back", "reference", "when empty", "format", "values"),
        (
            (
                one.path,
                one.attribute,
                "on" if one.write_back else "off",
                one.reference_mode.value,
                empty_word(one),
                str(one.source_format),
                told_rules(one.values),
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
