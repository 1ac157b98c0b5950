"""`writeback campaigns`: survey responses (NPS, CSAT) become values of records."""

from collections import abc
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.connect import pairs
from writeback.cli.guarding import submit_plan
from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, ConfirmOrg, NoInput, Override, Run, Yes, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table
from writeback.cli.progress import Ran, exit_code, report_of, run_jobs
from writeback.model.campaigns import Survey
from writeback.model.changes import Origin
from writeback.model.source_formats import DateOrder, DecimalMark
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
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = [(one.campaign, one.figures) for one in runtime.campaigns.views()]
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
        typer.Option(
            "--into",
            help="Which attribute holds it: score=nps, date=nps_date. Repeatable. Left out: as in the "
            "campaign's last import, else the only attribute of the survey's type.",
        ),
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
    scale: Annotated[
        str, typer.Option("--scale", help="With --survey csat: its own lowest and highest score, as 1-7.")
    ] = "",
    choose: Annotated[
        list[str] | None,
        typer.Option("--choose", help="Whom a key means: KEY=RECORD. Kept for the campaign. Repeatable."),
    ] = None,
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
        scale=scale_of(scale),
    )
    with open_runtime(run) as runtime:
        chosen = tuple((key, runtime.told.find_record(whom).id) for key, whom in pairs(choose or ()))
        told = "" if leftovers is None else str(leftovers.absolute())
        done = runtime.import_campaign(
            replace(wish, chosen=chosen), is_dry=dry_run, leftovers=told, act=new_act()
        )
        ran = Ran((), 0.0)
        if send and done.records:
            ran = _send(runtime, done, run, yes=yes, confirm_org=confirm_org, override=override)
        _tell(done, ran, run, nowhere=() if dry_run else runtime.campaigns.nowhere(done.name))
    return exit_code(ran) or (PARTIAL if done.leftovers else 0)


@campaigns_app.command("take-back")
def take_back(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The campaign.")],
    as_json: AsJson = False,
) -> None:
    """Take back the newest import: its values as far as they wait, and its responses.

    What was sent is taken back by writeback jobs undo.
    """
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        wanted = runtime.campaigns.named(name)
        files = next(one.files for one in runtime.campaigns.views() if one.campaign == wanted)
        act = files[0].act if files else ""
        done = runtime.take_back_import(wanted.name, act, author=author(), act=new_act())
    if run.as_json:
        put_json({"file": done.file, "responses": done.responses, "values": done.values, "left": done.left})
        return
    put_line(
        f"{done.file}: {done.responses:,} responses forgotten, {done.values:,} values taken back, "
        f"{done.left:,} sent or edited since and left alone"
    )


def scale_of(text: str) -> tuple[int, int] | None:
    """Read a scale of its own, as 1-7.

    Raises:
        typer.BadParameter: It is none.
    """
    if not text:
        return None
    lowest, _, highest = text.partition("-")
    if not (lowest.isdecimal() and highest.isdecimal()):
        raise typer.BadParameter("two whole numbers, as 1-7", param_hint="--scale")
    return int(lowest), int(highest)


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
        kind="drafts", origin=Origin.CAMPAIGN, author=author(), reason=done.name, campaign=done.name
    )
    plan = runtime.propose(source, act=new_act())
    jobs = submit_plan(runtime, plan, run, yes=yes, confirm_org=confirm_org, override=override)
    return run_jobs(runtime, jobs, run)


def _tell(done: "CampaignImport", ran: Ran, run: Run, *, nowhere: "abc.Sequence[str]") -> None:
    if run.as_json:
        told: dict[str, JsonValue] = {
            "campaign": done.name,
            "rows": done.rows,
            "matched": done.matched,
            "match_rate": round(done.matched / done.rows, 4) if done.rows else None,
            "already": done.already,
            "imported_at": None if done.imported_at is None else done.imported_at.isoformat(),
            "older": done.older,
            "records": list(done.records),
            "leftovers": [
                {"line": one.row, "key": one.key, "code": one.reason.code, **dict(one.reason.facts)}
                for one in done.leftovers
            ],
            "figures": plain_figures(done.figures),
            "kept_here_only": list(nowhere),
        }
        if ran.jobs:
            told["sent"] = report_of(ran)
        put_json(told)
        return
    if done.imported_at is not None:
        put_line(
            f"This very file was imported already on {done.imported_at:%Y-%m-%d}: only what is new is taken"
        )
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
    if nowhere:
        put_line(f"Written to no CRM: {', '.join(nowhere)}; switch write-back on where they are mapped")
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
