"""`writeback jobs`: what was sent, what became of each row, and what can be done about it."""

from collections import abc
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.guarding import submit_plan
from writeback.cli.job_reports import plain_job, plain_run, put_runs
from writeback.cli.opening import author, new_act, open_runtime, open_told
from writeback.cli.options import AsJson, ConfirmOrg, NoInput, Override, Yes, names_of, run_of
from writeback.cli.output import counted, put_csv, put_json, put_json_list, put_line, put_table
from writeback.cli.progress import OUTCOMES, ROUTES, WORDS, run_jobs, state_words, tell_jobs, tell_stop
from writeback.cli.reports import COLUMNS, cells, result_row
from writeback.cli.undoing import JobName, undo
from writeback.cli.verifying import verify
from writeback.model.changes import Origin
from writeback.model.jobs import JobKind, JobState
from writeback.store.job_lists import PULL, READ_BACK, RUNS, SHORT, JobsWanted

if TYPE_CHECKING:
    from writeback.runtime.facade import JobView

KINDS = {
    JobKind.REAL_TIME: "edit",
    JobKind.BULK_WRITE_BACK: "write-back",
    JobKind.UNDO: "undo",
    JobKind.RETRY: "retry",
}
ALL_KINDS = (*(kind.value for kind in JobKind), PULL, READ_BACK)
ALL_STATES = (*(state.value for state in JobState if state is not JobState.PREPARING), SHORT)
jobs_app = typer.Typer(help="Jobs and their outcomes.", no_args_is_help=True)

_DIGITS = 9
OPEN = "open"
"""A row that has no outcome yet."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    jobs_app.command("undo")(undo)
    jobs_app.command("verify")(verify)
    app.add_typer(jobs_app, name="jobs")


@jobs_app.command("list")
def list_jobs(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many at most.")] = 50,
    connection: Annotated[str, typer.Option("--connection", help="Only of this connection.")] = "",
    kind: Annotated[str, typer.Option("--kind", help=f"Only of these kinds: {', '.join(ALL_KINDS)}.")] = "",
    state: Annotated[
        str, typer.Option("--state", help=f"Only in these states: {', '.join(ALL_STATES)}.")
    ] = "",
    attribute: Annotated[str, typer.Option("--attribute", help="Only that write it; or a field path.")] = "",
    record: Annotated[str, typer.Option("--record", help="Only about it: a CRM's id, or its name.")] = "",
    mine: Annotated[bool, typer.Option("--mine", help="Only of your own.")] = False,
    as_json: AsJson = False,
) -> None:
    """List jobs, newest first; with --kind pull or read_back what was pulled or read back."""
    run = run_of(context, as_json=as_json)
    kinds, states = _known(kind, ALL_KINDS, "--kind"), _known(state, ALL_STATES, "--state")
    with open_told(run) as told:
        wanted = JobsWanted(
            told.connection(connection).id if connection else "",
            kinds,
            states,
            attribute,
            record,
            author() if mine else "",
        )
        found = told.jobs(limit=limit, wanted=wanted)
        runs = told.past_runs(limit=limit, wanted=wanted) if kinds & RUNS else ()
    if run.as_json:
        put_json([*(plain_job(job) for job in found), *(plain_run(one) for one in runs)])
        return
    if runs or (kinds and not kinds - RUNS):
        put_runs(runs)
        if not kinds - RUNS:
            return
    put_table(
        ("no", "connection", "object", "kind", "state", "rows", "written", "not written", "submitted"),
        (
            (
                job.number,
                job.connection,
                job.object,
                KINDS[job.kind],
                state_words(job),
                job.counts.rows,
                job.counts.applied,
                job.counts.rows - job.counts.applied - job.counts.unchanged,
                job.submitted_at.isoformat(timespec="seconds") if job.submitted_at else "",
            )
            for job in found
        ),
    )


def _known(text: str, every: abc.Sequence[str], option: str) -> frozenset[str]:
    """Read a list with commas.

    Raises:
        typer.BadParameter: It names something else.
    """
    names = names_of(text)
    for name in names:
        if name not in every:
            raise typer.BadParameter(f"{option} is one or more of {', '.join(every)}")
    return frozenset(names)


@jobs_app.command("show")
def show_job(context: typer.Context, job: JobName, as_json: AsJson = False) -> None:
    """Show one job with its totals."""
    from writeback.runtime.assurances import measured_words

    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        found = told.job(job)
        gap = told.gap(found.id)
    if run.as_json:
        put_json({**plain_job(found), "gap": None if gap is None else asdict(gap)})
        return
    checked = measured_words(found.assurance, found.connection, gap, creates_by=found.creates_by)
    put_table(("what", "value"), (*_facts(found), ("checked", checked)))
    if found.stop is not None:
        tell_stop(found)


def _facts(job: "JobView") -> abc.Iterator[tuple[str, object]]:
    """Give what a person wants to know of a job, line by line."""
    counts = job.counts
    yield "job", f"{job.number} ({job.id})"
    yield "state", state_words(job)
    yield "connection", job.connection
    yield "object", job.object
    yield "fields", ", ".join(job.columns)
    if job.creates_by:
        yield "creates", f"records, by {job.creates_by}"
    yield "route", f"{ROUTES[job.route]}, assurance {job.assurance.value}"
    yield "rows", f"{counts.rows:,}"
    for name, word in WORDS.items():
        if number := getattr(counts, name):
            yield word, f"{number:,}"
    if counts.open:
        yield "open", f"{counts.open:,}"
    yield "calls", f"{job.api_calls:,}"
    yield "by", " · ".join(part for part in (job.author, job.origin.value, job.reason) if part)
    for what, at in (
        ("submitted", job.submitted_at),
        ("started", job.started_at),
        ("finished", job.finished_at),
        ("waits until", job.not_before),
    ):
        if at is not None:
            yield what, at.isoformat(timespec="seconds")
    if job.behind:
        yield "waits for", ", ".join(f"job {number}" for number in job.behind)
    for what, other in (("undoes", job.undo_of), ("retries", job.retry_of)):
        if other is not None:
            yield what, other


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
    if outcome and outcome not in (*OUTCOMES, OPEN):
        raise typer.BadParameter(f"--outcome is one of {', '.join((*OUTCOMES, OPEN))}")
    if form not in ("csv", "json"):
        raise typer.BadParameter("--format is csv or json")
    with open_told(run) as told:
        found = told.job(job)
        rows = (result_row(one, found) for one in told.job_rows(found.id, outcome=outcome))
        if run.as_json or form == "json":
            put_json_list(rows)
        else:
            put_csv(COLUMNS, (cells(row, raw=raw) for row in rows))


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
        ran = run_jobs(runtime, (found.id,), run)
    return tell_jobs(ran, run)


@jobs_app.command("send-now")
def send_now(context: typer.Context, job: JobName, as_json: AsJson = False) -> int:
    """Let a job begin at once that collects further changes or waits for its moment; run it to its end."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.start_now(job, act=new_act())
        ran = run_jobs(runtime, (found.id,), run)
    return tell_jobs(ran, run)


@jobs_app.command("cancel")
def cancel(context: typer.Context, job: JobName, as_json: AsJson = False) -> int:
    """Send no new rows; resolve what is in flight; abort the CRM's own job."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.cancel(job, act=new_act())
        ran = run_jobs(runtime, (found.id,), run)
    code = tell_jobs(ran, run)
    return code if ran.is_interrupted else 0


@jobs_app.command("retry")
def retry(
    context: typer.Context,
    job: JobName,
    yes: Yes = False,
    confirm_org: ConfirmOrg = "",
    override: Override = "",
    rows: Annotated[str, typer.Option("--rows", help="Only these rows, by number: 3,7.")] = "",
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", help="ROW:FIELD=VALUE: write this instead; rows that were blocked too."),
    ] = None,
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Send again only what was refused or not sent, judged afresh; with --set as it is put right."""
    from writeback.runtime.facade import PlanSource

    run = run_of(context, as_json=as_json, no_input=no_input)
    with open_runtime(run) as runtime:
        found = runtime.told.job(job)
        fixes = tuple(_fix(one) for one in sets or ())
        chosen = _rows(rows) or tuple(row for row, _, _ in fixes)
        source = PlanSource(
            kind="retry", origin=Origin.CLI, author=author(), job_id=found.id, rows=chosen, fixes=fixes
        )
        plan = runtime.propose(source, act=new_act())
        jobs = submit_plan(runtime, plan, run, yes=yes, confirm_org=confirm_org, override=override)
        ran = run_jobs(runtime, jobs, run)
    return tell_jobs(ran, run)


@jobs_app.command("check")
def check(context: typer.Context, job: JobName, as_json: AsJson = False) -> int:
    """Read rows without an answer back as soon as that is safe."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.check_now(job, act=new_act())
        ran = run_jobs(runtime, (found.id,), run)
    return tell_jobs(ran, run)


@jobs_app.command("mark")
def mark(
    context: typer.Context,
    job: JobName,
    rows: Annotated[str, typer.Option("--rows", help="These rows, by number: 3,7.")],
    note: Annotated[str, typer.Option("--note", help="What was done in the CRM.")],
    as_json: AsJson = False,
) -> None:
    """Note rows that were not written as resolved by hand; their outcome stays what it was."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        marked = runtime.mark_by_hand(job, _rows(rows), note, author=author(), act=new_act())
        found = runtime.told.job(job)
    if run.as_json:
        put_json({**plain_job(found), "marked": marked})
    else:
        put_line(
            f"{counted(marked, 'row')} marked as resolved by hand. Job {found.number}: {state_words(found)}"
        )


def _rows(text: str) -> tuple[int, ...]:
    """Read numbers of rows.

    Raises:
        typer.BadParameter: Something is no number.
    """
    names = names_of(text)
    if not all(name.isdecimal() and len(name) <= _DIGITS for name in names):
        raise typer.BadParameter("--rows are numbers with commas between them")
    return tuple(int(name) for name in names)


def _fix(text: str) -> tuple[int, str, str | None]:
    """Read ROW:FIELD=VALUE; nothing after the = clears.

    Raises:
        typer.BadParameter: It is none.
    """
    place, mark_, value = text.partition("=")
    row, colon, path = place.partition(":")
    if not (mark_ and colon and path.strip() and row.isdecimal() and len(row) <= _DIGITS):
        raise typer.BadParameter("--set is ROW:FIELD=VALUE")
    return int(row), path.strip(), value or None


def _tell_state(job: "JobView", *, as_json: bool) -> None:
    if as_json:
        put_json(plain_job(job))
    else:
        put_line(f"Job {job.number}: {state_words(job)}")
