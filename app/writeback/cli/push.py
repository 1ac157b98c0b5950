"""`writeback push FILE`: write a file's values into a CRM, provably."""

from collections import abc
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

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
from writeback.cli.guarding import How, submit_plan
from writeback.cli.opening import new_act, open_runtime
from writeback.cli.options import (
    AsJson,
    Automation,
    ConfirmOrg,
    NoInput,
    Override,
    Run,
    Yes,
    run_of,
    switches_of,
)
from writeback.cli.progress import Ran, run_jobs, tell_jobs
from writeback.model.integrations import ConflictRule
from writeback.model.types import JobId

if TYPE_CHECKING:
    from writeback.runtime.facade import PlanSource
    from writeback.runtime.runtime import Runtime


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("push")(push)


def push(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="A CSV or XLSX file; columns are named like CRM field paths.")
    ] = None,
    retry: Annotated[
        Path | None,
        typer.Option(
            "--retry",
            help="Send only the rows of this --not-written file, corrected; results keep their lines.",
        ),
    ] = None,
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
    trial: Annotated[
        int, typer.Option("--trial", min=0, help="Send only the first rows, and ask before the rest; 0: all.")
    ] = 0,
    yes: Yes = False,
    confirm_org: ConfirmOrg = "",
    automation: Automation = None,
    override: Override = "",
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Plan a file against the CRM, send it, and run until every row has an outcome."""
    run = run_of(context, as_json=as_json, no_input=no_input)
    columns = ColumnOptions(maps or (), constants or (), mapping, auto_map, save_mapping)
    options = FileOptions(
        key, route, encoding, sheet, blank, conflict, edited, references or (), multi or (), columns
    )
    source_file = _source_file(file, retry, options)
    ends = Ends(source_file, written, not_written, is_raw=raw)
    with open_runtime(run) as runtime:
        source = file_source(runtime, source_file, (connection, object_name), options, run=run, reason=reason)
        source = replace(source, automation=switches_of(automation or ()))
        ends.check()
        word = Word(yes, confirm_org, override)
        ran = _send(runtime, source, run, word=word, trial=trial, ends=ends)
        if trial and run.can_ask:
            tell_jobs(ran, run)
            if typer.confirm("Go on with the other rows?", err=True):
                ran = _send(runtime, source, run, word=word, trial=0, ends=ends)
    return tell_jobs(ran, run)


class Word(NamedTuple):
    """What the person said about sending."""

    yes: bool
    confirm_org: str
    override: str


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the rows of a file are written to once they have their outcome."""

    file: Path
    written: Path | None
    not_written: Path | None
    is_raw: bool

    def check(self) -> None:
        """Make sure that they can be written, before anything is sent.

        Raises:
            ConfigurationError: They cannot.
        """
        from writeback.engine.reporting import check_result_files

        check_result_files(self.written, self.not_written, source=self.file)

    def write(self, runtime: "Runtime", jobs: abc.Sequence[JobId]) -> None:
        """Write what was asked for."""
        if self.written is not None or self.not_written is not None:
            runtime.sending.write_result_files(
                jobs, self.file, written=self.written, not_written=self.not_written, raw=self.is_raw
            )


def _send(runtime: "Runtime", source: "PlanSource", run: Run, *, word: Word, trial: int, ends: Ends) -> Ran:
    """Plan the file, send it or its first rows, and write the result files."""
    plan = runtime.propose(source, act=new_act())
    jobs = submit_plan(
        runtime,
        plan,
        run,
        yes=word.yes,
        confirm_org=word.confirm_org,
        override=word.override,
        how=How(trial),
    )
    ran = run_jobs(runtime, jobs, run)
    ends.write(runtime, jobs)
    return ran


def _source_file(file: Path | None, retry: Path | None, options: FileOptions) -> Path:
    """Say which file is read: the first one, or what is left of it.

    Raises:
        typer.BadParameter: None is named, or what shall be retried is no result file of the other.
        ConfigurationError: A file cannot be read.
    """
    from writeback.engine.source_files import open_source

    if retry is None:
        if file is None:
            raise typer.BadParameter("name a file, or --retry with a --not-written file")
        return file
    header = open_source(retry, encoding=options.encoding).header
    if header.width == len(header.columns):
        raise typer.BadParameter(f"{retry} is no file that --not-written wrote", param_hint="--retry")
    if file is not None:
        first = open_source(file, encoding=options.encoding, sheet=options.sheet).header
        if first.columns[: first.width] != header.columns[: header.width]:
            raise typer.BadParameter(f"its columns are not those of {file}", param_hint="--retry")
    return retry
