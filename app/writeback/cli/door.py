"""The one door of the program, where errors become sentences and exit codes: for commands and the window.

Must not: import Typer, which the window has no use for.
"""

import os
import sys
import traceback
from collections import abc
from typing import Final

from writeback.cli.output import prepare_streams, put_json, say
from writeback.errors import Cancelled, InternalError, PluginError, WritebackError

USAGE: Final = 2
MISNAMED: Final = frozenset({"plugin.unknown"})
"""Raised as somebody else's failure, but on a command line it is a slip in a name."""


def behind_the_door(
    work: abc.Callable[[], object],
    *,
    as_json: bool = False,
    also: abc.Callable[[Exception], int | None] = lambda _error: None,
) -> int:
    """Do something for a person at a terminal; whatever goes wrong becomes a sentence and an exit code.

    Args:
        work: What is done; a whole number that it gives is the exit code.
        as_json: Errors are told as JSON too.
        also: Knows further ends of the work, and gives the exit code of one; None where it does not.
    """
    prepare_streams()
    try:
        code = work()
    except Exception as error:  # noqa: BLE001  the door: whatever it is, a person gets a sentence
        known = also(error)
        return _answer(error, as_json=as_json) if known is None else known
    except SystemExit as error:
        blamed = _blamed(error)
        if isinstance(blamed, PluginError):  # no plugin ends the program
            return tell(blamed, as_json=as_json)
        raise
    except KeyboardInterrupt:
        return tell_interrupted()
    return code if isinstance(code, int) else 0


def _answer(error: Exception, *, as_json: bool) -> int:
    """Give the words and the exit code of what ended a command."""
    if isinstance(error, Cancelled):
        return tell_interrupted()
    if isinstance(error, WritebackError):
        return tell(error, as_json=as_json)
    if isinstance(error, BrokenPipeError):
        return _leave_quietly()
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


def tell_interrupted() -> int:
    """Say that a person stopped it; 130 is the shell's custom."""
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


def _leave_quietly() -> int:
    """End without a word when the reader of our output is gone (`| head -1`); 141 is the shell's custom."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())  # else the interpreter fails once more when it flushes
    return 141
