"""`writeback integrations drift`: what changed in a CRM since its fields were mapped, and its fixes."""

from collections import abc
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import new_act, open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table

if TYPE_CHECKING:
    from writeback.runtime.facade import DriftReport

_STOPS = {
    "stops_pull": "pull and sending",
    "stops_sending": "sending",
    "warns": "nothing",
    "harmless": "nothing",
}


def register(app: typer.Typer) -> None:
    """Add the command to those of integrations."""
    app.command("drift")(drift)


def drift(
    context: typer.Context,
    integration: Annotated[str, typer.Argument(help="The integration's id, e.g. i1.")],
    fix: Annotated[
        list[int] | None, typer.Option("--fix", help="Do what is offered about the change of this number.")
    ] = None,
    accept: Annotated[
        list[int] | None,
        typer.Option("--accept", help="Take the change of this number as it is; mappings stay."),
    ] = None,
    accept_all: Annotated[
        bool, typer.Option("--accept-all", help="Take all changes as they are that need no fix.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List what changed in the CRM since the fields were mapped; apply fixes, or accept changes."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        report = runtime.drifts(integration)
        fixes, accepted = _keys(report, fix), _keys(report, accept)  # numbers are those of this list
        if fixes:
            report = runtime.fix_drifts(integration, fixes, act=new_act())
        if accepted or accept_all:
            report = runtime.accept_drifts(integration, accepted, act=new_act())
    if run.as_json:
        put_json(plain_report(report))
        return
    if not report.lines:
        put_line(f"{report.integration_id}: {report.object} is as it was mapped")
        return
    put_table(
        ("no", "change", "stops", "mappings", "fix"),
        (
            (line.number, line.sentence, _STOPS[line.severity], ", ".join(line.paths), line.fix_text)
            for line in report.lines
        ),
    )


def plain_report(report: "DriftReport") -> dict[str, JsonValue]:
    """Give a report as JSON."""
    return {
        "integration": report.integration_id,
        "object": report.object,
        "stops": report.stops,
        "drifts": [asdict(line) for line in report.lines],
    }


def _keys(report: "DriftReport", numbers: abc.Iterable[int] | None) -> tuple[str, ...]:
    by_number = {line.number: line.key for line in report.lines}
    wanted = tuple(numbers or ())
    for number in wanted:
        if number not in by_number:
            raise typer.BadParameter(f"there is no change {number}; there are {len(by_number)}")
    return tuple(by_number[number] for number in wanted)
