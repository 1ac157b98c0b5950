"""The program as a process: streams, signals, pipes, and what starting it costs."""

import http.client
import json
import os
import pty
import select
import signal
import ssl
import subprocess
import sys
from collections import abc
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.integration.cli.terminal import PROGRAM, Terminal, interruptible

HEAVY = ("sqlalchemy", "alembic", "pydantic", "requests", "keyring", "authlib", "rich", "pluggy")
HEAVIER = (
    "alembic",
    "writeback.sdk.manifest",
    "requests",
    "keyring",
    "authlib",
    "rich",
    "pyrate_limiter",
    "cryptography",
)


@contextmanager
def simulator(*arguments: str) -> abc.Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [*PROGRAM, "simulator", "serve", "salesforce", "--port", "0", "--rows", "5", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def status_of(connection: http.client.HTTPConnection) -> int:
    with closing(connection):
        connection.request("GET", "/services/data")
        return connection.getresponse().status


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_simulator_says_one_line_and_ends_cleanly(number: signal.Signals) -> None:
    with simulator() as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["url"].startswith("http://127.0.0.1:")
        assert ready["token"]
        assert ready["ca"] is None
        assert status_of(http.client.HTTPConnection(ready["url"].partition("://")[2], timeout=10)) == 200
        process.send_signal(number)
        rest, errors = process.communicate(timeout=10)
        assert (process.returncode, rest) == (0, "")
        assert "Traceback" not in errors
        assert ready["token"] not in errors


def test_a_simulator_over_tls_names_its_authority(tmp_path: Path) -> None:
    with simulator("--https", "--folder", str(tmp_path)) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["url"].startswith("https://")
        trust = ssl.create_default_context(cafile=ready["ca"])
        place = ready["url"].partition("://")[2]
        assert status_of(http.client.HTTPSConnection(place, timeout=10, context=trust)) == 200


def test_a_reader_that_goes_away_gets_no_traceback(terminal: Terminal) -> None:
    program = " ".join([*PROGRAM, "--workspace", str(terminal.workspace)])
    for command in ("records list --limit 90", "records list --limit 90 --json", "attributes list"):
        done = subprocess.run(
            ["/bin/sh", "-c", f"{program} {command} | head -c 10"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert len(done.stdout) == 10
        assert done.stderr == ""


def test_results_stop_quietly_when_their_reader_goes_away(terminal: Terminal) -> None:
    rows = [f"nix{number},{'x' * 500}" for number in range(2_000)]
    terminal.push(terminal.file("a.csv", "Id,Description", *rows))
    program = " ".join([*PROGRAM, "--workspace", str(terminal.workspace)])
    for form in ("", "--json"):
        line = f"{program} jobs results 1 {form} | head -1"
        done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)
        assert done.stdout.startswith(("row,", "["))
        assert done.stderr == ""


@pytest.mark.parametrize(("answer", "code", "writes"), [("y", 0, 1), ("n", 7, 0), ("^C", 130, 0)])
def test_at_a_terminal_a_push_asks_before_it_sends(
    terminal: Terminal, answer: str, code: int, writes: int
) -> None:
    file = terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Media")
    ours, theirs = pty.openpty()
    line = ["--workspace", str(terminal.workspace), "push", file, "--connection", "acme"]
    with interruptible():
        process = subprocess.Popen(
            [*PROGRAM, *line, "--object", "Account"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
    os.close(theirs)
    told = b""
    while b"Send 1 change?" not in told:
        told += os.read(ours, 4096)
    if answer != "^C":
        os.write(ours, f"{answer}\n".encode())
    with suppress(OSError):  # Linux tells the end of a pseudo terminal so
        while True:
            if select.select([ours], [], [], 1)[0]:
                told += os.read(ours, 4096)
            elif answer == "^C":  # pressed until it is heard, as people do
                process.send_signal(signal.SIGINT)
    os.close(ours)
    assert process.wait(30) == code, told.decode()
    assert len(terminal.sent()) == writes
    assert b"Traceback" not in told


def test_no_colour_is_written_with_or_without_no_color(terminal: Terminal) -> None:
    for environment in ({}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1", "TERM": "xterm-256color"}):
        told = terminal.program("records", "list", "--limit", "3", **environment)
        wrong = terminal.program("records", "lost", **environment)
        assert "\x1b" not in told.out + told.err + wrong.out + wrong.err


def test_any_text_is_written_whatever_the_locale(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.crm.crm.edit("Account", record, {"Name": "Žluťoučký 株式会社"})
    terminal.run("pull", "i1", "--full")
    told = terminal.program("records", "show", record, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert told.code == 0
    assert "Žluťoučký 株式会社" in told.out


def test_without_a_display_the_window_says_so(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for arguments in (("gui",), ()):
        told = terminal.program(*arguments)
        assert told.code == 2
        assert "There is no display" in told.err
        assert told.err.strip().endswith("(window.no_display)")
        assert "Traceback" not in told.err


def test_without_qt_the_window_says_how_to_get_it(terminal: Terminal) -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from writeback.__main__ import main; sys.exit(main(['gui']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 2
    assert "writeback[gui]" in done.stderr
    assert "Traceback" not in done.stderr


def test_version_and_help_go_to_standard_output(terminal: Terminal) -> None:
    assert terminal.program("--version").out.startswith("writeback ")
    told = terminal.program("--help")
    assert (told.code, told.err) == (0, "")
    assert "push" in told.out


def test_a_group_without_a_command_shows_its_help(terminal: Terminal) -> None:
    told = terminal.program("jobs")
    assert told.code == 2
    assert "Jobs and their outcomes." in told.err


def _loaded(heavy: abc.Sequence[str], arguments: abc.Sequence[str]) -> set[str]:
    code = (
        "import sys\nfrom writeback.__main__ import main\n"
        f"main({list(arguments)!r})\n"
        f"print(sorted(set({list(heavy)!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr.strip().splitlines()[-1].replace("'", '"')))


def test_help_loads_nothing_heavy() -> None:
    assert _loaded(HEAVY, ["--help"]) == set()


@pytest.mark.parametrize(
    "line",
    [
        ("jobs", "list"),
        ("jobs", "results", "1"),
        ("records", "list"),
        ("integrations", "list"),
        ("connections", "list"),
        ("attributes", "list"),
    ],
)
def test_looking_loads_neither_network_nor_plugins(terminal: Terminal, line: abc.Sequence[str]) -> None:
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Media"))
    assert _loaded(HEAVIER, ["--workspace", str(terminal.workspace), *line]) == set()


def test_looking_writes_nothing_into_the_workspace(terminal: Terminal) -> None:
    before = terminal.workspace.read_bytes()
    for line in (("jobs", "list"), ("records", "list"), ("connections", "list")):
        assert terminal.program(*line).code == 0
    assert terminal.workspace.read_bytes() == before
