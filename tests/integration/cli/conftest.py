"""One simulator a module, a workspace for each test."""

import json
from collections import abc
from pathlib import Path

import pytest

from tests.integration.cli.terminal import Terminal, copy, prepare
from writeback.cli.application import run as run_command
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Running

ROWS = 60


@pytest.fixture(scope="module")
def crm() -> abc.Iterator[Running]:
    with start_simulator(SimulatorWish("salesforce", rows=ROWS)) as running:
        yield running


@pytest.fixture(scope="module")
def prepared(crm: Running, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("prepared"), crm)


@pytest.fixture(scope="module")
def records(prepared: Path) -> abc.Iterator[str]:
    from writeback.cli.opening import new_act, utc_now
    from writeback.runtime.telling import Telling

    told = Telling.open(prepared, now=utc_now, new_id=new_act)
    found = [told.crm_id(one.id) for one in told.records("account", limit=ROWS).records]
    told.close()
    return iter(found)


@pytest.fixture
def terminal(
    tmp_path: Path,
    crm: Running,
    prepared: Path,
    records: abc.Iterator[str],
    capsys: pytest.CaptureFixture[str],
) -> Terminal:
    workspace = copy(prepared, tmp_path)
    return Terminal(tmp_path, workspace, crm, records, capsys, seen=len(crm.crm.applied))


@pytest.fixture
def fresh(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> abc.Iterator[Terminal]:
    """A terminal with a simulator of its own: for faults that would spoil it for other tests."""
    with start_simulator(SimulatorWish("salesforce", rows=30)) as running:
        workspace = prepare(tmp_path, running)
        capsys.readouterr()
        assert run_command(["--workspace", str(workspace), "records", "list", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        found = [one["record"].partition(":")[2] for one in told["records"]]
        yield Terminal(tmp_path, workspace, running, iter(found), capsys, seen=len(running.crm.applied))
