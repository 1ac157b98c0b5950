"""`writeback jobs`: what was sent, what became of each row, and what can be done about it."""

import csv
import sys
from collections import abc
from typing import Annotated

import typer

from writeback.cli.guarding import submit_plan
from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, ConfirmOrg, NoInput, Yes, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table
from writeback.cli.progress import OUTCOMES, run_jobs, tell_jobs
from writeback.model.changes import Origin
from writeback.runtime.facade import JobView, PlanSource
from writeback.runtime.views import JobRow

jobs_app = typer.Typer(help="Jobs and their outcomes.", no_args_is_help=True)

JobName = Annotated[str, typer.Argument(help="A job's number or id.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(jobs_app, name="jobs")


@jobs_app.command("list")
def list_jobs(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000)] = 50,
    as_json: AsJson = False,
) -> None:
    """List jobs, newest first."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.told.jobs(limit=limit)
    if run.as_json:
        put_json([_plain(job) for job in found])
        return
    put_table(
        ("no", "connection", "object", "kind", "state", "rows", "written", "not written", "submitted"),
        (
            (
                job.number,
                job.connection,
                job.object,
                job.kind.value,
                job.state.value,
                job.counts.rows,
                job.counts.applied,
                job.counts.rows - job.counts.applied - job.counts.unchanged,
                job.submitted_at.isoformat(timespec="seconds") if job.submitted_at else "",
            )
            for job in found
        ),
    )


@jobs_app.command("show")
def show_job(context: typer.Context, job: JobName, as_json: AsJson = False) -> None:
    """Show one job with its totals."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.told.job(job)
    if run.as_json:
        put_json(_plain(found))
        return
    put_table(("what", "value"), ((name, value) for name, value in _plain(found).items()))


@jobs_app.command("results")
def results(
    context: typer.Context,
    job: JobName,
    form: Annotated[str, typer.Option("--format", help="csv | json")] = "csv",
    outcome: Annotated[str, typer.Option("--outcome", help="Only rows that ended so.")] = "",
    raw: Annotated[bool, typer.Option("--raw", help="Byte for byte, formulas included.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print what became of every row."""
    run = run_of(context, as_json=as_json)
    if outcome and outcome not in OUTCOMES:
        raise typer.BadParameter(f"--outcome is one of {', '.join(OUTCOMES)}")
    if form not in ("csv", "json"):
        raise typer.BadParameter("--format is csv or json")
    with open_runtime(run) as runtime:
        rows = (_row(one) for one in runtime.told.job_rows(runtime.told.job(job).id, outcome=outcome))
        if run.as_json or form == "json":
            put_json(list(rows))
        else:
            _put_csv(rows, str if raw else safe_cell)


def _row(one: JobRow) -> dict[str, JsonValue]:
    return {
        "row": one.seq,
        "record_id": one.record_id,
        "record": one.record,
        "fields": one.fields,
        "old": one.old,
        "new": one.new,
        "outcome": one.outcome,
        "code": one.code,
        "message": one.message,
    }


def _put_csv(rows: abc.Iterable[abc.Mapping[str, JsonValue]], cell: abc.Callable[[str], str]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for place, row in enumerate(rows):
        if place == 0:
            writer.writerow(row)
        writer.writerow([cell("" if value is None else str(value)) for value in row.values()])


@jobs_app.command("pause")
def pause(context: typer.Context, job: JobName, as_json: AsJson = False) -> None:
    """Take no new rows of a job."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        _tell_state(runtime.pause(job, act=new_act()), as_json=run.as_json)


@jobs_app.command("resume")
def resume(context: typer.Context, job: JobName, as_json: AsJson = False) -> int:
    """Go on with a paused or stopped job and run it to its end."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.resume(job, act=new_act())
        views, seconds = run_jobs(runtime, (found.id,), run)
    return tell_jobs(views, seconds, run)


@jobs_app.command("cancel")
def cancel(context: typer.Context, job: JobName, as_json: AsJson = False) -> int:
    """Send no new rows; resolve what is in flight; abort the CRM's own job."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.cancel(job, act=new_act())
        views, seconds = run_jobs(runtime, (found.id,), run)
    tell_jobs(views, seconds, run)
    return 0


@jobs_app.command("retry")
def retry(
    context: typer.Context,
    job: JobName,
    yes: Yes = False,
    confirm_org: ConfirmOrg = "",
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Send again only what was refused or not sent, judged afresh."""
    return _again("retry", context, job, yes=yes, confirm_org=confirm_org, no_input=no_input, as_json=as_json)


@jobs_app.command("undo")
def undo(
    context: typer.Context,
    job: JobName,
    yes: Yes = False,
    confirm_org: ConfirmOrg = "",
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Put back what a job overwrote, except where the CRM changed since."""
    return _again("undo", context, job, yes=yes, confirm_org=confirm_org, no_input=no_input, as_json=as_json)


def _again(
    kind: str,
    context: typer.Context,
    job: str,
    *,
    yes: bool,
    confirm_org: str,
    no_input: bool,
    as_json: bool,
) -> int:
    run = run_of(context, as_json=as_json, no_input=no_input)
    with open_runtime(run) as runtime:
        found = runtime.told.job(job)
        origin = Origin.UNDO if kind == "undo" else Origin.CLI
        source = PlanSource(kind=kind, origin=origin, author=author(), job_id=found.id)
        plan = runtime.propose(source, act=new_act())
        jobs = submit_plan(runtime, plan, run, yes=yes, confirm_org=confirm_org)
        views, seconds = run_jobs(runtime, jobs, run)
    return tell_jobs(views, seconds, run)


def _tell_state(job: JobView, *, as_json: bool) -> None:
    if as_json:
        put_json(_plain(job))
    else:
        put_line(f"Job {job.number}: {job.state.value}")


def _plain(job: JobView) -> dict[str, JsonValue]:
    return {
        "job": job.id,
        "number": job.number,
        "connection": job.connection,
        "object": job.object,
        "kind": job.kind.value,
        "origin": job.origin.value,
        "author": job.author,
        "reason": job.reason,
        "columns": list(job.columns),
        "route": job.route.value,
        "assurance": job.assurance.value,
        "state": job.state.value,
        "rows": job.counts.rows,
        **{name: getattr(job.counts, name) for name in OUTCOMES},
        "stop": None if job.stop is None else job.stop.code,
        "not_before": job.not_before.isoformat() if job.not_before else None,
        "submitted_at": job.submitted_at.isoformat() if job.submitted_at else None,
        "started_at": job.started_at.isoformat() if job.started_at else None,
        "finished_at": job.finished_at.isoformat() if job.finished_at else None,
        "undo_of": job.undo_of,
        "retry_of": job.retry_of,
        "api_calls": job.api_calls,
    }
