"""`writeback push FILE`: write a file's values into a CRM, provably."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from writeback.cli.file_columns import (
    AutoMap,
    ColumnOptions,
    ConnectionName,
    Constants,
    MappingName,
    Maps,
    ObjectName,
    SaveMapping,
)
from writeback.cli.file_plans import (
    Blank,
    EditedAt,
    Encoding,
    FileOptions,
    Key,
    Multi,
    OnConflict,
    References,
    RouteText,
    Sheet,
    file_source,
)
from writeback.cli.guarding import submit_plan
from writeback.cli.opening import new_act, open_runtime
from writeback.cli.options import AsJson, Automation, ConfirmOrg, NoInput, Override, Yes, run_of, switches_of
from writeback.cli.progress import run_jobs, tell_jobs
from writeback.model.integrations import ConflictRule


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("push")(push)


def push(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file; columns are named like CRM field paths.")],
    connection: ConnectionName = "",
    object_name: ObjectName = "",
    key: Key = "Id",
    maps: Maps = None,
    constants: Constants = None,
    mapping: MappingName = "",
    auto_map: AutoMap = False,
    save_mapping: SaveMapping = "",
    route: RouteText = "auto",
    blank: Blank = None,
    conflict: OnConflict = ConflictRule.ASK,
    edited: EditedAt = "",
    references: References = None,
    multi: Multi = None,
    encoding: Encoding = "utf-8-sig",
    sheet: Sheet = "",
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with the job.")] = "",
    written: Annotated[
        Path | None, typer.Option("--written", help="Write the rows that arrived here.")
    ] = None,
    not_written: Annotated[
        Path | None, typer.Option("--not-written", help="Write the other rows here, with the reason.")
    ] = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="Result files byte for byte, formulas included (….raw.csv).")
    ] = False,
    yes: Yes = False,
    confirm_org: ConfirmOrg = "",
    automation: Automation = None,
    override: Override = "",
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Plan a file against the CRM, send it, and run until every row has an outcome."""
    from writeback.engine.reporting import check_result_files

    run = run_of(context, as_json=as_json, no_input=no_input)
    columns = ColumnOptions(maps or (), constants or (), mapping, auto_map, save_mapping)
    options = FileOptions(
        key, route, encoding, sheet, blank, conflict, edited, references or (), multi or (), columns
    )
    with open_runtime(run) as runtime:
        source = file_source(runtime, file, (connection, object_name), options, run=run, reason=reason)
        source = replace(source, automation=switches_of(automation or ()))
        check_result_files(written, not_written, source=file)
        plan = runtime.propose(source, act=new_act())
        jobs = submit_plan(runtime, plan, run, yes=yes, confirm_org=confirm_org, override=override)
        ran = run_jobs(runtime, jobs, run)
        if written is not None or not_written is not None:
            runtime.sending.write_result_files(jobs, file, written=written, not_written=not_written, raw=raw)
    return tell_jobs(ran, run)
