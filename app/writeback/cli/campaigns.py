"""`writeback campaigns`: survey responses (NPS, CSAT) become values of records."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.connect import pairs
from writeback.cli.guarding import submit_plan
from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, ConfirmOrg, NoInput, Override, Run, Yes, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table
from writeback.cli.progress import Ran, exit_code, report_of, run_jobs
from writeback.errors import ConfigurationError
from writeback.model.campaigns import Survey
from writeback.model.changes import Origin
from writeback.model.source_formats import DateOrder, DecimalMark
from writeback.planning.escaping import safe_cell
from writeback.planning.matching_answers import By

if TYPE_CHECKING:
    from writeback.model.campaigns import Figures
    from writeback.runtime.facade.campaigns import CampaignImport, Leftover
    from writeback.runtime.runtime import Runtime

PARTIAL = 4
SHOWN = 20
campaigns_app = typer.Typer(help="Survey responses that become values.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(campaigns_app, name="campaigns")


@campaigns_app.command("list")
def list_campaigns(context: typer.Context, as_json: AsJson = False) -> None:
    """List campaigns with their figures."""
    from writeback.planning.campaigns import figures

    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = [
            (one, figures(runtime.campaigns.scores(one), one.survey)) for one in runtime.campaigns.every()
        ]
    if run.as_json:
        put_json(
            [{"name": one.name, "survey": one.survey.value, "entity": one.entity, **plain_figures(told)}
             for one, told in found]
        )  # fmt: skip
        return
    put_table(
        ("name", "survey", "responses", "score", "of"),
        (
            (one.name, one.survey.value.upper(), told.responses, _score(told), one.entity)
            for one, told in found
        ),
    )


@campaigns_app.command("import")
def import_campaign(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file with one response a row.")],
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="What a column holds: key=Email, score=Rating, date=Answered, reason=Comment. Repeatable.",
        ),
    ] = None,
    into: Annotated[
        list[str] | None,
        typer.Option("--into", help="Which attribute holds it: score=nps, date=nps_date. Repeatable."),
    ] = None,
    name: Annotated[str, typer.Option("--name", help="The campaign; left out: the file's name.")] = "",
    survey: Annotated[Survey, typer.Option("--survey", help="What was asked.")] = Survey.NPS,
    entity: Annotated[str, typer.Option("--entity", help="Whose attributes are written.")] = "account",
    by: Annotated[By, typer.Option("--by", help="How the key names whose answer it is.")] = By.EMAIL,
    match: Annotated[
        str, typer.Option("--match", help="The attribute that holds the key; left out: the one that fits.")
    ] = "",
    dates: Annotated[
        DateOrder | None, typer.Option("--dates", help="Which part comes first; left out: 2026-11-27 only.")
    ] = None,
    decimal: Annotated[DecimalMark, typer.Option("--decimal", help="Decimal mark.")] = DecimalMark.POINT,
    encoding: Annotated[str, typer.Option("--encoding", help="The file's encoding.")] = "utf-8-sig",
    sheet: Annotated[str, typer.Option("--sheet", help="Of a workbook: the sheet.")] = "",
    leftovers: Annotated[
        Path | None, typer.Option("--leftovers", help="Write the rows that were not taken here.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what it would do; keep nothing.")] = False,
    send: Annotated[bool, typer.Option("--send", help="Plan and send the values as one job.")] = False,
    yes: Yes = False,
    confirm_org: ConfirmOrg = "",
    override: Override = "",
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Match responses to records and keep the latest of each; the same file again changes nothing."""
    from writeback.runtime.facade.campaigns import CampaignWish

    run = run_of(context, as_json=as_json, no_input=no_input)
    if dry_run and send:
        raise typer.BadParameter("--dry-run sends nothing: leave --send out")
    columns = dict(pairs(maps or ()))
    strange = set(columns) - {"key", "score", "date", "reason"}
    if strange or not {"key", "score"} <= set(columns):
        raise typer.BadParameter(
            "name key=COLUMN and score=COLUMN; also date= and reason=", param_hint="--map"
        )
    wish = CampaignWish(
        name=name or file.stem,
        path=str(file.absolute()),
        survey=survey,
        author=author(),
        key=columns["key"],
        score=columns["score"],
        day=columns.get("date", ""),
        reason=columns.get("reason", ""),
        by=by,
        match=match,
        entity=entity,
        into=tuple(pairs(into or ())),
        order=dates,
        decimal=decimal,
        encoding=encoding,
        sheet=sheet,
    )
    with open_runtime(run) as runtime:
        done = runtime.import_campaign(wish, is_dry=dry_run, act=new_act())
        if leftovers is not None:
            write_leftovers(done.leftovers, leftovers)
        ran = Ran((), 0.0)
        if send and done.records:
            ran = _send(runtime, done, run, yes=yes, confirm_org=confirm_org, override=override)
        _tell(done, ran, run)
    return exit_code(ran) or (PARTIAL if done.leftovers else 0)


def write_leftovers(rows: "tuple[Leftover, ...]", path: Path) -> None:
    """Write rows that were not taken, with the reason, so that a spreadsheet runs none of it.

    Raises:
        ConfigurationError: It cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            sheet = csv.writer(file, lineterminator="\r\n")
            sheet.writerow(("line", "key", "code", "message"))
            for one in rows:
                sheet.writerow(map(safe_cell, (str(one.row), one.key, one.reason.code, _sentence(one))))
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise ConfigurationError("file.not_writable", path=str(path), problem=problem) from error


def plain_figures(told: "Figures") -> dict[str, JsonValue]:
    """Give figures as JSON."""
    return {
        "responses": told.responses,
        "positive": told.positive,
        "neutral": told.neutral,
        "negative": told.negative,
        "score": None if told.score is None else round(told.score, 1),
        "margin": None if told.margin is None else round(told.margin, 1),
    }


def _send(
    runtime: "Runtime", done: "CampaignImport", run: Run, *, yes: bool, confirm_org: str, override: str
) -> Ran:
    from writeback.runtime.facade import PlanSource

    source = PlanSource(
        kind="drafts", origin=Origin.CAMPAIGN, author=author(), reason=done.name, records=done.records
    )
    plan = runtime.propose(source, act=new_act())
    jobs = submit_plan(runtime, plan, run, yes=yes, confirm_org=confirm_org, override=override)
    return run_jobs(runtime, jobs, run)


def _tell(done: "CampaignImport", ran: Ran, run: Run) -> None:
    if run.as_json:
        told: dict[str, JsonValue] = {
            "campaign": done.name,
            "rows": done.rows,
            "matched": done.matched,
            "match_rate": round(done.matched / done.rows, 4) if done.rows else None,
            "already": done.already,
            "older": done.older,
            "records": list(done.records),
            "leftovers": [
                {"line": one.row, "key": one.key, "code": one.reason.code, **dict(one.reason.facts)}
                for one in done.leftovers
            ],
            "figures": plain_figures(done.figures),
        }
        if ran.jobs:
            told["sent"] = report_of(ran)
        put_json(told)
        return
    rate = f" ({done.matched / done.rows:.0%})" if done.rows else ""
    put_line(
        f"{done.name}: {done.rows:,} rows, {done.matched:,} matched{rate}, {done.already:,} there already, "
        f"{done.older:,} older, {len(done.records):,} records to change, {len(done.leftovers):,} left over"
    )
    put_line(f"{done.figures.responses:,} responses: {_score(done.figures)}")
    if done.leftovers:
        put_table(
            ("line", "key", "why"), ((one.row, one.key, _sentence(one)) for one in done.leftovers[:SHOWN])
        )
    if ran.jobs:
        report = report_of(ran)
        put_line(f"Sent: {report['applied']} of {report['rows']} written")


def _score(told: "Figures") -> str:
    if told.score is None:
        return "nobody answered"
    margin = "" if told.margin is None else f" ± {told.margin:.1f}"
    return f"{told.score:.1f}{margin} ({told.positive:,} / {told.neutral:,} / {told.negative:,})"


def _sentence(one: "Leftover") -> str:
    from writeback.runtime.sentences import sentence_of

    return str(sentence_of(one.reason.code, dict(one.reason.facts)))
