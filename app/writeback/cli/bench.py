"""`writeback bench`: measure, side by side with the floor, in one run (`PERFORMANCE.md`)."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from writeback.cli.opening import load_settings, workspace_path
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import put_json, put_line, put_table, say
from writeback.cli.simulator import serve_until_told

bench_app = typer.Typer(help="Benchmarks: ratios against a floor, measured in one run.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(bench_app, name="bench")


@bench_app.command("cycle")
def cycle(
    context: typer.Context,
    connector: Annotated[str, typer.Option("--connector", help="Which CRM's bulk route.")] = "salesforce",
    rows: Annotated[int, typer.Option("--rows", min=1000, help="How many records are written.")] = 1_000_000,
    pairs: Annotated[int, typer.Option("--pairs", min=1, help="How often floor and workload alternate.")] = 3,
    folder: Annotated[Path | None, typer.Option("--folder", help="Where the workspaces are put.")] = None,
    as_json: AsJson = False,
) -> int:
    """Measure outbox → upload → outcome of every row (budget P1) against the bare floor."""
    from writeback.runtime.benching_cycle import bench_cycle

    run = run_of(context, as_json=as_json)
    report = bench_cycle(
        connector,
        rows=rows,
        pairs=pairs,
        folder=folder,
        settings=load_settings(),
        tell=lambda text: say(text, quiet=run.quiet or run.as_json),
    )
    if run.as_json:
        put_json(asdict(report))
    else:
        put_table(("figure", "value"), asdict(report).items())
    return 0 if report.is_right else 70


@bench_app.command("edit")
def edit(
    context: typer.Context,
    connector: Annotated[str, typer.Option("--connector", help="Which CRM.")] = "salesforce",
    latency_ms: Annotated[int, typer.Option("--latency-ms", min=0, help="What the simulator adds.")] = 50,
    edits: Annotated[int, typer.Option("--edits", min=3, help="How many edits are measured.")] = 20,
    as_json: AsJson = False,
) -> int:
    """Measure one real-time edit: save → first byte of the write → confirmed (budget P5)."""
    from writeback.runtime.benching import bench_edit

    run = run_of(context, as_json=as_json)
    report = bench_edit(connector, latency_ms=latency_ms, edits=edits, settings=load_settings())
    if run.as_json:
        put_json(asdict(report))
    else:
        put_table(("figure", "value"), asdict(report).items())
    return 0 if report.is_right else 70


@bench_app.command("plan")
def plan(
    context: typer.Context,
    connector: Annotated[str, typer.Option("--connector", help="Whose records are edited.")] = "salesforce",
    rows: Annotated[int, typer.Option("--rows", min=1000, help="How many records are edited.")] = 1_000_000,
    as_json: AsJson = False,
) -> int:
    """Measure a bulk edit of a whole segment to the outbox, and its undo (budgets P6, P7, P14)."""
    from writeback.runtime.benching_plan import bench_plan

    run = run_of(context, as_json=as_json)
    quiet = run.quiet or run.as_json
    told = bench_plan(
        connector, rows=rows, settings=load_settings(), tell=lambda text: say(text, quiet=quiet)
    )
    if run.as_json:
        put_json([asdict(one) for one in told])
    else:
        names = tuple(asdict(told[0]))
        put_table(names, (tuple(map(str, asdict(one).values())) for one in told))
    return 0 if all(one.is_right for one in told) else 70


@bench_app.command("batches")
def batches(
    context: typer.Context,
    connector: Annotated[str, typer.Option("--connector", help="Which CRM's batches.")] = "hubspot",
    rows: Annotated[int, typer.Option("--rows", min=100, help="How many records are written.")] = 100_000,
    as_json: AsJson = False,
) -> int:
    """Measure outbox → requests of many rows → outcome of every row (budget P4)."""
    from writeback.runtime.benching_batches import bench_batches

    run = run_of(context, as_json=as_json)
    quiet = run.quiet or run.as_json
    report = bench_batches(
        connector, rows=rows, settings=load_settings(), tell=lambda text: say(text, quiet=quiet)
    )
    if run.as_json:
        put_json(asdict(report))
    else:
        put_table(("figure", "value"), asdict(report).items())
    return 0 if report.is_right else 70


@bench_app.command("file")
def file_(
    context: typer.Context,
    connector: Annotated[str, typer.Option("--connector", help="Whose records are written.")] = "salesforce",
    rows: Annotated[int, typer.Option("--rows", min=1000, help="How many rows the file has.")] = 1_000_000,
    live: Annotated[
        bool, typer.Option("--live", help="Compare with the simulator, not with what was last read.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Measure a plan of a file, and of a tenth of it: memory has to be flat."""
    from writeback.runtime.benching_file import bench_file

    run = run_of(context, as_json=as_json)
    quiet = run.quiet or run.as_json
    report = bench_file(
        connector,
        rows=rows,
        is_live=live,
        settings=load_settings(),
        tell=lambda text: say(text, quiet=quiet),
    )
    if run.as_json:
        put_json(asdict(report))
    else:
        told = [asdict(one) for one in (report.part, report.whole)]
        put_table(tuple(told[0]), (tuple(map(str, one.values())) for one in told))
        put_line(f"memory ratio {report.ratio}: {'flat' if report.is_flat else 'NOT FLAT'}")
    return 0 if report.is_right and report.is_flat else 70


@bench_app.command("window")
def window(
    context: typer.Context,
    connector: Annotated[
        str, typer.Option("--connector", help="Whose stand-in takes the bulk job.")
    ] = "salesforce",
    rows: Annotated[int, typer.Option("--rows", min=1000, help="Records of the large grid.")] = 1_000_000,
    job_rows: Annotated[int, typer.Option("--job-rows", min=1000, help="Rows of the bulk job.")] = 6_000_000,
    openings: Annotated[
        int, typer.Option("--openings", min=1, help="How often each screen is opened.")
    ] = 200,
    as_json: AsJson = False,
) -> int:
    """Measure the window against its budgets: start, screens, grid, editor, memory, a running job."""
    from writeback.runtime.benching_window import bench_window

    run = run_of(context, as_json=as_json)
    measured = bench_window(
        connector,
        rows=rows,
        job_rows=job_rows,
        openings=openings,
        settings=load_settings(),
        tell=lambda text: say(text, quiet=run.quiet or run.as_json),
    )
    if run.as_json:
        put_json([{**asdict(one), "kept": one.is_kept} for one in measured])
    else:
        lines = [
            (
                one.name,
                f"{one.figure:.1f}",
                "" if one.budget is None else f"{one.budget:g}",
                "" if one.is_kept else "OVER",
            )
            for one in measured
        ]
        put_table(("figure", "measured", "budget", ""), lines)
    return 0 if all(one.is_kept for one in measured) else 70


@bench_app.command("stand-in", hidden=True)
def stand_in(
    connector: Annotated[str, typer.Option("--connector", help="Which CRM.")],
    folder: Annotated[Path, typer.Option("--folder", help="Where its files lie.")],
) -> None:
    """Serve a stand-in until SIGTERM or Ctrl+C; prints one JSON line when ready. For the bench."""
    from writeback.runtime.simulating import build_stand_in
    from writeback.sdk.simulator import serve

    serve_until_told(lambda: serve(build_stand_in(connector, folder=folder)))


@bench_app.command("work", hidden=True)
def work(
    context: typer.Context,
    job: Annotated[str, typer.Option("--job", help="A submitted job; without one nothing is done.")] = "",
    told: Annotated[Path | None, typer.Option("--told", help="Where the time is written to.")] = None,
) -> None:
    """Work on one job to its end. For the bench."""
    from writeback.model.types import JobId
    from writeback.runtime.benching_children import work_on

    path = workspace_path(run_of(context, as_json=False))
    work_on(path, settings=load_settings(), job=JobId(job) if job else None, told=told)


@bench_app.command("file-work", hidden=True)
def file_work(
    context: typer.Context,
    file: Annotated[Path, typer.Option("--file", help="Which file.")],
    told: Annotated[Path, typer.Option("--told", help="Where the times are written to.")],
    live: Annotated[bool, typer.Option("--live", help="Compare with the CRM itself.")] = False,
) -> None:
    """Plan one file. For the bench."""
    from writeback.runtime.benching_file import plan_one

    path = workspace_path(run_of(context, as_json=False))
    plan_one(path, file, is_live=live, settings=load_settings(), told=told)


@bench_app.command("plan-work", hidden=True)
def plan_work(
    context: typer.Context,
    way: Annotated[str, typer.Option("--way", help="Which of the ways.")],
    told: Annotated[Path, typer.Option("--told", help="Where the times are written to.")],
    job: Annotated[str, typer.Option("--job", help="What is undone.")] = "",
) -> None:
    """Plan one bulk edit of all records, or its undo. For the bench."""
    from writeback.runtime.benching_plan import Way, plan_all

    path = workspace_path(run_of(context, as_json=False))
    plan_all(path, Way(way), settings=load_settings(), told=told, job=job)
