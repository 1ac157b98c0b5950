"""The root of the command line."""

import logging
import sys
from collections import abc
from pathlib import Path
from typing import Annotated, Any

import typer

from writeback import __version__
from writeback.cli.commands import LazyGroup
from writeback.cli.door import USAGE, behind_the_door, tell, tell_interrupted
from writeback.cli.options import Run
from writeback.cli.output import put_line, say
from writeback.errors import ConfigurationError

PROGRAM = "writeback"
USAGE_ERROR: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
"""Typer carries a Click of its own since 0.26 and does not export this class."""

app = typer.Typer(
    name=PROGRAM,
    cls=LazyGroup,
    help="Bring customer data edited outside the CRM back into the CRM, correctly, at any volume.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        put_line(f"{PROGRAM} {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    context: typer.Context,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", help="The workspace file (default: your own one).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask; fail instead.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress on standard error.")] = False,
    passphrase_file: Annotated[
        Path | None,
        typer.Option(
            "--passphrase-file", help="Where a vault file's passphrase lies; readable by you alone."
        ),
    ] = None,
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    context.obj = Run(workspace, as_json, no_input, quiet, passphrase_file)


def run(arguments: abc.Sequence[str]) -> int:
    """Run one command line and give its exit code (DESIGN §8)."""
    logging.lastResort = None  # a library's warning is no answer to a command

    def work() -> object:
        code = app(args=list(arguments), prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()  # here a reader that is gone is still caught
        return code

    as_json = "--json" in arguments
    return behind_the_door(work, as_json=as_json, also=lambda error: _typers_own(error, as_json=as_json))


def _typers_own(error: Exception, *, as_json: bool) -> int | None:
    """Give the exit code of an end that Typer knows; None where it is none of its own."""
    match error:
        case typer.Exit():
            return int(error.exit_code)
        case typer.Abort():
            return tell_interrupted()
        case _ if isinstance(error, USAGE_ERROR):
            return _tell_usage(error, as_json=as_json)
    return None


def _tell_usage(error: Any, *, as_json: bool) -> int:  # noqa: ANN401  Typer does not export its Click
    context = getattr(error, "ctx", None)
    command = PROGRAM if context is None else context.command_path
    if type(error).__name__ == "NoArgsIsHelpError":
        for line in error.format_message().splitlines():
            say(line)
        return USAGE
    problem = str(error.format_message()).replace("Value error, ", "").rstrip(".")
    return tell(ConfigurationError("cli.usage", problem=problem, command=command), as_json=as_json)
