"""A person at a terminal: runs command lines on a workspace of their own, beside a real simulator."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import abc
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from writeback.cli.application import run as run_command
from writeback.sdk.simulator import Fault, Running

PROGRAM = (sys.executable, "-m", "writeback")
OUTCOMES = ("applied", "rejected", "unchanged", "conflict", "unknown", "blocked", "cancelled")


@dataclass(frozen=True)
class Told:
    """What one command line gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Terminal:
    """Runs commands in this process (`run`) or as the program (`program`)."""

    folder: Path
    workspace: Path
    crm: Running
    records: abc.Iterator[str]
    capsys: pytest.CaptureFixture[str]
    seen: int = field(default=0)

    def run(self, *arguments: str) -> Told:
        self.capsys.readouterr()
        code = run_command(["--workspace", str(self.workspace), *arguments])
        told = self.capsys.readouterr()
        return Told(code, told.out, told.err)

    def program(self, *arguments: str, **environment: str) -> Told:
        done = subprocess.run(
            [*PROGRAM, "--workspace", str(self.workspace), *arguments],
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            env={**os.environ, **environment},
            check=False,
            timeout=60,
        )
        return Told(done.returncode, done.stdout, done.stderr)

    def record(self) -> str:
        """Give the CRM id of an account that no other test of the module touches."""
        return next(self.records)

    def file(self, name: str, *lines: str, encoding: str = "utf-8") -> str:
        path = self.folder / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding=encoding)
        return str(path)

    def push(self, file: str, *more: str) -> Told:
        return self.run("push", file, "--connection", "acme", "--object", "Account", "--yes", *more)

    def arm(self, kind: str, **facts: Any) -> None:
        """Let something go wrong at the CRM from now on."""
        self.crm.crm.faults.arm(Fault.read({"kind": kind, **facts}))

    def sent(self) -> list[dict[str, Any]]:
        """Give the writes that the CRM accepted from us since the test began."""
        return [one for one in self.crm.crm.applied.entries(after=self.seen) if one["route"] != "foreign"]

    def row(self, record_id: str) -> dict[str, Any]:
        """Give a record as the workspace shows it."""
        told = self.run("records", "show", record_id, "--json")
        return dict(told.json["values"])


@contextmanager
def interruptible() -> abc.Iterator[None]:
    """Start programs that Ctrl+C ends: those of a run in the background ignore it."""
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


def token_file(folder: Path, token: str, name: str = "token") -> Path:
    path = folder / name
    path.write_text(token)
    path.chmod(0o600)
    return path


def prepare(folder: Path, crm: Running, *, pulls: bool = True) -> Path:
    """Make a workspace that is connected, mapped and pulled, by the program's own commands."""
    path = folder / "prepared.writeback"
    before = ["--workspace", str(path)]
    token = token_file(folder, crm.token)
    lines: list[list[str]] = [
        ["connect", "salesforce", "--name", "acme", "--endpoint", crm.url, "--token-file", str(token)],
        ["integrations", "add", "--connection", "acme", "--object", "Account", "--key", "Id"],
        ["map", "i1", "Name=name", "Industry=industry", "Owner.Email=csm", "--write-back", "on"],
    ]
    if pulls:
        lines.append(["pull", "i1"])
    for line in lines:
        assert run_command([*before, *line]) == 0, line
    return path


def copy(prepared: Path, folder: Path) -> Path:
    for part in prepared.parent.glob(f"{prepared.name}*"):
        if part.is_file():
            shutil.copy(part, folder / part.name)
    return folder / prepared.name
