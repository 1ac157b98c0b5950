"""`writeback segments write`: several attributes of all records that a condition means, as one change set."""

from typing import Annotated

import typer

from writeback.cli.connect import pairs
from writeback.cli.options import AsJson, ConfirmOrg, NoInput, Override, Yes, run_of
from writeback.cli.segment_edits import preview_segment, segment_source, send_segment
from writeback.cli.segments import Entity, Text, segments_app
from writeback.model.bulk import BulkAction, BulkEdit
from writeback.model.deltas import MultiMode

Texts = list[str] | None


def register(app: typer.Typer) -> None:
    """Add the commands of segments, this one among them."""
    segments_app.command("write")(write_segment)
    app.add_typer(segments_app, name="segments")


def write_segment(
    context: typer.Context,
    text: Text,
    values: Annotated[
        Texts,
        typer.Argument(help="attribute=value; of a multi-list also attribute+=value, attribute-=value"),
    ] = None,
    clear: Annotated[Texts, typer.Option("--clear", help="Empty this attribute.")] = None,
    replace: Annotated[
        Texts, typer.Option("--replace", help="attribute=words=>other words, wherever they stand in it.")
    ] = None,
    ignore_case: Annotated[
        bool, typer.Option("--ignore-case", help="Find the words of --replace in capitals and small letters.")
    ] = False,
    calculate: Annotated[
        Texts,
        typer.Option(
            "--calculate",
            help="attribute=formula on what it holds: of a number +10, *1.1, +10%, each with or without "
            "' round 2'; of a day '+30 days', '-1 month'.",
        ),
    ] = None,
    copy: Annotated[
        Texts, typer.Option("--copy", help="attribute=other attribute, whose value it takes.")
    ] = None,
    only_changes: Annotated[
        bool, typer.Option("--only-changes", help="Leave out what is so already.")
    ] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Count and show what would change, no more.")
    ] = False,
    entity: Entity = "account",
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with the job.")] = "",
    confirm_org: ConfirmOrg = "",
    override: Override = "",
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Change attributes of all records of a segment: planned, and sent with --yes."""
    run = run_of(context, as_json=as_json, no_input=no_input)
    edits = (
        *(_typed(name, given) for name, given in pairs(values or ())),
        *(BulkEdit(name, BulkAction.CLEAR) for name in clear or ()),
        *(_replacing(one, ignores_case=ignore_case) for one in replace or ()),
        *map(_calculating, calculate or ()),
        *map(_copying, copy or ()),
    )
    if not edits:
        raise typer.BadParameter(
            "name at least one attribute=value, or --clear, --replace, --calculate or --copy"
        )
    source = segment_source(text, entity, edits, reason=reason, only_changes=only_changes)
    if preview:
        return preview_segment(source, run)
    return send_segment(source, run, yes=yes, confirm_org=confirm_org, override=override)


def _typed(name: str, text: str) -> BulkEdit:
    mode = {"+": MultiMode.ADD, "-": MultiMode.REMOVE}.get(name[-1:], MultiMode.REPLACE)
    return BulkEdit.typed(name.rstrip("+-"), text, mode)


def _replacing(text: str, *, ignores_case: bool) -> BulkEdit:
    name, equals, rest = text.partition("=")
    find, arrow, then = rest.partition("=>")
    if not (name and equals and arrow and find):
        raise typer.BadParameter(f"write --replace as attribute=words=>other words, not {text!r}")
    return BulkEdit(name.strip(), BulkAction.REPLACE, then, find, ignores_case=ignores_case)


def _calculating(text: str) -> BulkEdit:
    name, equals, formula = text.partition("=")
    if not (name and equals and formula):
        raise typer.BadParameter(f"write --calculate as attribute=formula, not {text!r}")
    return BulkEdit(name.strip(), BulkAction.CALCULATE, formula.strip())


def _copying(text: str) -> BulkEdit:
    name, equals, source = text.partition("=")
    if not (name and equals and source):
        raise typer.BadParameter(f"write --copy as attribute=other attribute, not {text!r}")
    return BulkEdit(name.strip(), BulkAction.COPY, source=source.strip())
