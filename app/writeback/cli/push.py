"""`writeback push FILE`: write a file's values into a CRM, provably."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from writeback.cli.file_matching import tell_match
from writeback.cli.file_plans import FileOptions, file_source, with_file_options
from writeback.cli.file_sessions import Ends, Sender, Trying, Word, list_sessions
from writeback.cli.file_values import tell_values
from writeback.cli.opening import new_act, open_runtime
from writeback.cli.options import (
    AsJson,
    Automation,
    ConfirmOrg,
    NoInput,
    Override,
    Yes,
    run_of,
    switches_of,
)

SESSIONS = "sessions"
"""Named instead of a file: the list of files on their way."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("push")(with_file_options(push))


def push(
    context: typer.Context,
    *,
    file: Annotated[
        Path | None,
        typer.Argument(
            help="A CSV or XLSX file; columns are named like CRM field paths. `sessions` lists the files "
            "that are on their way."
        ),
    ] = None,
    resume: Annotated[
        int, typer.Option("--resume", min=0, help="Go on with a file where it was left: its number.")
    ] = 0,
    forget: Annotated[
        int, typer.Option("--forget", min=0, help="Be done with a file; what was sent of it stays sent.")
    ] = 0,
    retry: Annotated[
        Path | None,
        typer.Option(
            "--retry",
            help="Send only the rows of this --not-written file, corrected; results keep their lines.",
        ),
    ] = None,
    options: FileOptions,
    match: Annotated[
        bool,
        typer.Option("--match", help="Only look up which records the rows name; nothing is planned or sent."),
    ] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Only tell what the columns' texts become; nothing is planned.")
    ] = False,
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
        int, typer.Option("--trial", min=0, help="Send only so many rows, and ask before the rest; 0: all.")
    ] = 0,
    trial_rows: Annotated[
        str,
        typer.Option(
            "--trial-rows", help="Which rows a trial sends: first, random, or lines of the file: 2,17,40."
        ),
    ] = "first",
    yes: Yes = False,
    confirm_org: ConfirmOrg = "",
    automation: Automation = None,
    override: Override = "",
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Plan a file against the CRM, send it, and run until every row has an outcome."""
    run = run_of(context, as_json=as_json, no_input=no_input)
    ends = Ends(written, not_written, is_raw=raw)
    with open_runtime(run) as runtime:
        sender = Sender(runtime, run, Word(yes, confirm_org, override), Trying(trial, trial_rows), ends)
        if resume or forget or str(file) == SESSIONS:
            return _by_number(sender, file, resume, forget)
        source_file = _source_file(file, retry, options)
        if retry is not None:
            options = replace(options, reading=replace(options.reading, has_header=True))  # we wrote one
        source = file_source(runtime, source_file, options, run=run, reason=reason)
        if match:
            return tell_match(runtime.match_file(source), run)
        if preview:
            return tell_values(runtime.preview_values(source), run)
        ends.check(source_file)
        return sender.begin(replace(source, automation=switches_of(automation or ())))


def _by_number(sender: Sender, file: Path | None, resume: int, forget: int) -> int:
    """List files on their way, go on with one, or be done with it."""
    if (file is not None) + bool(resume) + bool(forget) > 1:
        raise typer.BadParameter("name one of a file, --resume and --forget")
    if resume:
        return sender.resume(resume)
    if forget:
        sender.runtime.close_file_session(forget, act=new_act())
    else:
        list_sessions(sender.runtime, sender.run)
    return 0


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
    header = open_source(retry, encoding=options.reading.encoding).header
    if header.width == len(header.columns):
        raise typer.BadParameter(f"{retry} is no file that --not-written wrote", param_hint="--retry")
    if file is not None:
        first = open_source(
            file,
            encoding=options.reading.encoding,
            sheet=options.reading.sheet,
            has_header=options.reading.has_header,
        ).header
        if first.columns[: first.width] != header.columns[: header.width]:
            raise typer.BadParameter(f"its columns are not those of {file}", param_hint="--retry")
    return retry
