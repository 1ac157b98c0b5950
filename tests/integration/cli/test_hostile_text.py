"""What a CRM's text may do to a terminal: nothing. `--json` and files stay exact."""

import csv
import io
import os
import pty
import subprocess
from collections import abc

import pytest

from tests.integration.cli.terminal import PROGRAM, Terminal

NASTY = "A\x1b[31mred\x1b]0;title\x07 \u202eevil\u202c\u200b <b>&amp;</b> =1+1 \x9b2J"
LINES = "two\r\nlines\ttab"
FORBIDDEN = ("\x1b", "\x07", "\x9b", "\u202e", "\u202c", "\u200b", "\r")


@pytest.fixture
def nasty(terminal: Terminal) -> str:
    """A record whose name tries everything, pulled."""
    record = terminal.record()
    terminal.crm.crm.edit("Account", record, {"Name": NASTY, "Description": LINES})
    terminal.run("map", "i1", "Description=description")
    assert terminal.run("pull", "i1", "--full").code == 0
    return record


def on_a_terminal(terminal: Terminal, *arguments: str) -> str:
    """Give what the program writes to a real (pseudo) terminal, without the line ends it adds."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, "--workspace", str(terminal.workspace), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env=dict(os.environ),
    )
    os.close(theirs)
    told = b"".join(_chunks(ours))
    os.close(ours)
    assert process.wait(30) == 0
    return told.decode().replace("\r\n", "\n")


def _chunks(handle: int) -> abc.Iterator[bytes]:
    while True:
        try:
            chunk = os.read(handle, 65536)
        except OSError:  # Linux tells the end of a pseudo terminal so
            return
        if not chunk:
            return
        yield chunk


@pytest.mark.parametrize("line", [("records", "show", "{}"), ("records", "list", "--limit", "90")])
def test_records_reach_a_terminal_without_control_characters(
    terminal: Terminal, nasty: str, line: abc.Sequence[str]
) -> None:
    shown = on_a_terminal(terminal, *(word.replace("{}", nasty) for word in line))
    assert not [char for char in FORBIDDEN if char in shown]
    assert "A␛[31mred␛]0;title␇ \\u202Eevil" in shown.replace("\\u202e", "\\u202E")
    if line[1] == "show":
        assert "two⏎lines tab" in shown
        assert "<b>&amp;</b>" in shown


def test_job_results_reach_a_terminal_without_control_characters(terminal: Terminal, nasty: str) -> None:
    file = terminal.file("a.csv", "Id,Name", f"{nasty},plain")
    assert terminal.push(file).code == 0
    for form in ((), ("--raw",)):
        shown = on_a_terminal(terminal, "jobs", "results", "1", *form)
        assert not [char for char in FORBIDDEN if char in shown]
        assert "␛[31mred" in shown


def test_an_error_that_quotes_a_file_is_harmless(terminal: Terminal) -> None:
    told = terminal.push(terminal.file("a.csv", "Id,Na\x1b[2Jme", "x,y"))
    assert told.code == 2
    assert "Na␛[2Jme" in told.err
    assert "\x1b" not in told.err


def test_json_is_exact(terminal: Terminal, nasty: str) -> None:
    shown = terminal.run("records", "show", nasty, "--json").json
    assert shown["values"]["name"] == NASTY
    assert shown["values"]["description"] == LINES
    assert shown["title"] == NASTY
    terminal.push(terminal.file("a.csv", "Id,Name", f"{nasty},plain"))
    assert terminal.run("jobs", "results", "1", "--json").json[0]["old"] == NASTY


def test_results_in_a_file_are_exact_and_run_nothing_in_a_spreadsheet(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.crm.crm.edit("Account", record, {"Description": "=HYPERLINK(1)\x1b"})
    terminal.push(terminal.file("a.csv", "Id,Description", f"{record},@plain"))
    (safe,) = csv.DictReader(io.StringIO(terminal.run("jobs", "results", "1").out))
    (raw,) = csv.DictReader(io.StringIO(terminal.run("jobs", "results", "1", "--raw").out))
    assert (safe["old"], safe["new"]) == ("'=HYPERLINK(1)\x1b", "'@plain")
    assert (raw["old"], raw["new"]) == ("=HYPERLINK(1)\x1b", "@plain")
