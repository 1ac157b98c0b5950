"""PRODUCTION: `--yes` is not enough, on any path; the org's name has to be given, and be right."""

import subprocess
import sys

import pytest

from tests.integration.cli.terminal import Terminal, Told

GUARD = 7
YES = "--yes"


@pytest.fixture
def production(terminal: Terminal) -> str:
    """Treat the connection as one to production; gives the org's name."""
    changed = terminal.run("connections", "set", "acme", "--safety", "type_name", "--json")
    return str(changed.json["org"]["name"])


def refused(told: Told) -> None:
    assert told.code == GUARD, told
    assert told.json["error"]["code"] == "guard.org_name"


def paths(terminal: Terminal) -> dict[str, tuple[str, ...]]:
    """Give every command line that sends, each on records of its own."""
    file = terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Energy")
    saved = str(terminal.folder / "plan.json")
    other = terminal.file("b.csv", "Id,Industry", f"{terminal.record()},Energy")
    asked = ("--connection", "acme", "--object", "Account")
    assert terminal.run("plan", other, *asked, "--out", saved).code == 0
    return {
        "push": ("push", file, *asked, YES),
        "send": ("send", saved, YES),
        "edit": ("edit", terminal.record(), "industry=Energy", "--send"),
        "undo": ("jobs", "undo", "1", YES),
    }


@pytest.mark.parametrize("path", ["push", "send", "edit", "undo"])
def test_no_path_sends_without_the_orgs_name(terminal: Terminal, path: str) -> None:
    first = terminal.file("first.csv", "Id,Industry", f"{terminal.record()},Media")
    assert terminal.push(first).code == 0
    changed = terminal.run("connections", "set", "acme", "--safety", "type_name", "--json")
    name = changed.json["org"]["name"]
    line = paths(terminal)[path]
    before = len(terminal.sent())
    refused(terminal.run(*line, "--json"))
    refused(terminal.run(*line, "--confirm-org", f"{name} Ltd", "--json"))
    if path != "edit":  # it never asks
        refused(terminal.run(*line, "--no-input", "--json"))
    assert len(terminal.sent()) == before
    told = terminal.run(*line, "--confirm-org", f"  {name.upper()} ", "--json")
    assert (told.code, told.json["applied"]) == (0, 1), told


def test_a_retry_asks_as_well(terminal: Terminal, production: str) -> None:
    record = terminal.record()
    bad = terminal.file("a.csv", "Id,Industry", f"{record},Energy")
    terminal.arm("duplicate", object="Account", id=record)
    told = terminal.push(bad, "--confirm-org", production, "--json")
    terminal.crm.crm.faults.disarm()
    assert told.json["rejected"] == 1
    refused(terminal.run("jobs", "retry", "1", YES, "--json"))
    assert terminal.run("jobs", "retry", "1", YES, "--confirm-org", production).code == 0


def test_a_yes_from_a_pipe_is_no_confirmation(terminal: Terminal, production: str) -> None:
    file = terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Energy")
    line = ["push", file, "--connection", "acme", "--object", "Account"]
    for options, typed in (((), f"y\n{production}\n"), ((YES,), f"{production}\n")):
        done = subprocess.run(
            [sys.executable, "-m", "writeback", "--workspace", str(terminal.workspace), *line, *options],
            input=typed,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert done.returncode == GUARD, "what comes from a pipe was not given by a person"
    assert terminal.sent() == []


def test_write_on_save_asks_for_the_name_when_it_is_switched_on(terminal: Terminal, production: str) -> None:
    line = ("connections", "set", "acme", "--write-on-save", "on")
    refused(terminal.run(*line, "--json"))
    refused(terminal.run(*line, "--confirm-org", "Other", "--json"))
    assert terminal.run(*line, "--confirm-org", production).code == 0
    told = terminal.run("edit", terminal.record(), "industry=Energy", "--json")
    assert (told.code, told.json["applied"]) == (0, 1), "it was confirmed once"
