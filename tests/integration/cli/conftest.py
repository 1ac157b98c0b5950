"""One simulator a module, a workspace for each test."""

import contextlib
import json
from collections import abc
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.integration.cli.terminal import Terminal, copy, prepare
from writeback.cli.application import run as run_command
from writeback.cli.opening import new_act, utc_now
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.runtime.telling import Telling
from writeback.sdk.simulator import Running

ROWS = 90
WRITTEN = frozenset({"Media", "Retail", "Energy", "Banking"})
"""What tests write: a record that holds it already would be told as *already so*."""


class Place(NamedTuple):
    """What the tests of a module share."""

    workspace: Path
    records: abc.Iterator[str]


@pytest.fixture(scope="module")
def crm() -> abc.Iterator[Running]:
    with start_simulator(SimulatorWish("salesforce", rows=ROWS)) as running:
        yield running


@pytest.fixture(scope="module")
def place(crm: Running, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A workspace to copy, and the records that no test of the module has touched yet."""
    workspace = prepare(tmp_path_factory.mktemp("prepared"), crm)
    with contextlib.closing(Telling.open(workspace, now=utc_now, new_id=new_act)) as told:
        page = told.records("account", limit=ROWS)
        plain = [one.id for one in page.records if one.values.get("industry") not in WRITTEN]
        return Place(workspace, iter([record.partition(":")[2] for record in plain]))


@pytest.fixture
def terminal(tmp_path: Path, crm: Running, place: Place, capsys: pytest.CaptureFixture[str]) -> Terminal:
    workspace = copy(place.workspace, tmp_path)
    return Terminal(tmp_path, workspace, crm, place.records, capsys, seen=len(crm.crm.applied))


@pytest.fixture
def fresh(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> abc.Iterator[Terminal]:
    """A terminal with a simulator of its own: for faults that would spoil it for other tests."""
    with start_simulator(SimulatorWish("salesforce", rows=45)) as running:
        workspace = prepare(tmp_path, running)
        capsys.readouterr()
        assert run_command(["--workspace", str(workspace), "records", "list", "--limit", "45", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        found = [
            one["record"].partition(":")[2]
            for one in told["records"]
            if one["values"]["industry"] not in WRITTEN
        ]
        yield Terminal(tmp_path, workspace, running, iter(found), capsys, seen=len(running.crm.applied))
