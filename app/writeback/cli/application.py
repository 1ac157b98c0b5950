"""The root of the command line, and the one door where errors become sentences and exit codes."""

import logging
import os
import sys
import traceback
from collections import abc
from pathlib import Path
from typing import Annotated, Any

import typer

from writeback import __version__
from writeback.cli.commands import LazyGroup
from writeback.cli.options import Run
from writeback.cli.output import prepare_streams, put_json, put_line, say
from writeback.errors import Cancelled, ConfigurationError, InternalError, PluginError, WritebackError

PROGRAM = "writeback"
USAGE = 2
MISNAMED = frozenset({"plugin.unknown"})
"""Raised as somebody else's failure, but on a command line it is a slip in a name."""
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

    return behind_the_door(work, as_json="--json" in arguments)


def behind_the_door(work: abc.Callable[[], object], *, as_json: bool = False) -> int:
    """Do something for a person at a terminal; whatever goes wrong becomes a sentence and an exit code."""
    prepare_streams()
    try:
        code = work()
    except Exception as error:  # noqa: BLE001  the door: whatever it is, a person gets a sentence
        return _answer(error, as_json=as_json)
    except SystemExit as error:
        blamed = _blamed(error)
        if isinstance(blamed, PluginError):  # no plugin ends the program
            return tell(blamed, as_json=as_json)
        raise
    except KeyboardInterrupt:
        return _tell_interrupted()
    return code if isinstance(code, int) else 0


def _answer(error: Exception, *, as_json: bool) -> int:
    """Give the words and the exit code of what ended a command."""
    match error:
        case typer.Exit():
            return int(error.exit_code)
        case typer.Abort() | Cancelled():
            return _tell_interrupted()
        case WritebackError():
            return tell(error, as_json=as_json)
        case BrokenPipeError():
            return _leave_quietly()
        case _ if isinstance(error, USAGE_ERROR):
            return _tell_usage(error, as_json=as_json)
    for line in "".join(traceback.format_exception(error)).splitlines():
        say(line)
    return tell(_blamed(error), as_json=as_json)


def _blamed(error: Exception | SystemExit) -> WritebackError:
    """Name the plugin whose code raised; else it is our bug."""
    from writeback.host.blaming import culprit

    plugin = culprit(error)
    if plugin:
        return PluginError("plugin.misbehaved", plugin=plugin, kind=type(error).__name__)
    return InternalError("cli.bug")


def _tell_interrupted() -> int:
    say("Interrupted. What was sent is settled, or checked when a worker runs again. (interrupted)")
    return 130


def tell(error: WritebackError, *, as_json: bool) -> int:
    """Say what happened, what did not change and what to do; give the exit code."""
    from writeback.runtime.sentences import sentence_of

    told = sentence_of(error.code, error.facts)
    if as_json:
        put_json(
            {
                "error": {
                    "code": error.code,
                    "happened": told.happened,
                    "unchanged": told.unchanged,
                    "advice": told.advice,
                    "facts": dict(error.facts),
                }
            }
        )
    say(f"{told} ({error.code})")
    if words := error.facts.get("message"):
        say(f"The CRM says: {words}")
    return USAGE if error.code in MISNAMED else error.exit_code


def _tell_usage(error: Any, *, as_json: bool) -> int:  # noqa: ANN401  Typer does not export its Click
    context = getattr(error, "ctx", None)
    command = PROGRAM if context is None else context.command_path
    if type(error).__name__ == "NoArgsIsHelpError":
        for line in error.format_message().splitlines():
            say(line)
        return USAGE
    problem = str(error.format_message()).replace("Value error, ", "").rstrip(".")
    return tell(ConfigurationError("cli.usage", problem=problem, command=command), as_json=as_json)


def _leave_quietly() -> int:
    """End without a word when the reader of our output is gone (`| head -1`); 141 is the shell's custom."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())  # else the interpreter fails once more when it flushes
    return 141
