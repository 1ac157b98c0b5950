"""Options that several commands share, and the state a command line carries through a run."""

import sys
from collections import abc
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from writeback.model.jobs import Assurance, Route

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]
NoInput = Annotated[bool, typer.Option("--no-input", help="Never ask; fail instead.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
Override = Annotated[
    str,
    typer.Option("--override", help="Struck guards in spite of which it shall go: rows,blanks."),
]
Automation = Annotated[
    list[str] | None,
    typer.Option(
        "--automation",
        help="NAME=VALUE: which of the CRM's own rules run; `connections automation` lists the switches.",
    ),
]
ConfirmOrg = Annotated[str, typer.Option("--confirm-org", help="The org's name, as a production guard asks.")]


@dataclass(slots=True)
class Run:
    """What stands before the command: which workspace, how to speak."""

    workspace: Path | None = None
    as_json: bool = False
    no_input: bool = False
    quiet: bool = False
    passphrase_file: Path | None = None

    @property
    def can_ask(self) -> bool:
        """Whether somebody sits at the terminal and may be asked."""
        return not self.no_input and sys.stdin.isatty()


def run_of(context: typer.Context, *, as_json: bool = False, no_input: bool = False) -> Run:
    """Give the run's options, with those repeated behind the command counted in."""
    run = context.find_object(Run) or Run()
    run.as_json = run.as_json or as_json
    run.no_input = run.no_input or no_input
    return run


def switches_of(texts: abc.Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Read NAME=VALUE, once for each switch.

    Raises:
        typer.BadParameter: A text is none.
    """
    found = []
    for text in texts:
        name, mark, value = text.partition("=")
        if not (name and mark):
            raise typer.BadParameter("--automation is NAME=VALUE")
        found.append((name.strip(), value.strip()))
    return tuple(found)


def names_of(text: str) -> tuple[str, ...]:
    """Give the names in a list with commas."""
    return tuple(dict.fromkeys(name for part in text.split(",") if (name := part.strip().lower())))


def assurance_of(text: str) -> Assurance | None:
    """Give who shall check; None leaves it to Writeback.

    Raises:
        typer.BadParameter: There is no such level, or nobody would check.
    """
    if text == "auto":
        return None
    if text.upper() not in (Assurance.A.value, Assurance.B.value):
        raise typer.BadParameter("--assurance is auto, A (the CRM checks) or B (compared just before)")
    return Assurance(text.upper())


def route_of(text: str) -> Route | None:
    """Give the route that is asked for; None lets the volume decide.

    Raises:
        typer.BadParameter: There is no such route.
    """
    if text == "auto":
        return None
    try:
        return Route(text)
    except ValueError:
        raise typer.BadParameter("--route is auto, single, batch or bulk") from None
