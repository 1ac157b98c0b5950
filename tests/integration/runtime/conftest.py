"""A workspace, a simulator beside it, and the façade in both its forms."""

import sys
from collections import abc
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.doubles.serving_thread import serve_in_threads
from writeback.runtime.client import PipeClient
from writeback.runtime.facade import ConnectionWish, Facade
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Running
from writeback.settings import Settings, load
from writeback.store.opening import HEAD

ROWS = 40


@pytest.fixture(scope="module")
def simulator() -> abc.Iterator[Running]:
    with start_simulator(SimulatorWish("salesforce", rows=ROWS)) as running:
        yield running


@pytest.fixture
def settings() -> Settings:
    return load({})


@dataclass(frozen=True)
class Place:
    """Where a test works."""

    folder: Path
    workspace: Path
    simulator: Running

    def wish(self, name: str = "Northwind") -> ConnectionWish:
        token = self.folder / "token"
        token.write_text(self.simulator.token)
        token.chmod(0o600)
        return ConnectionWish(name, "salesforce", endpoint=self.simulator.url, token_file=str(token))

    def serve_command(self) -> list[str]:
        return [sys.executable, "-m", "writeback", "--workspace", str(self.workspace), "serve", "--stdio"]


@pytest.fixture
def place(tmp_path: Path, simulator: Running) -> Place:
    return Place(tmp_path, tmp_path / "w" / "test.writeback", simulator)


@pytest.fixture(params=["in-process", "pipe"])
def facade(
    request: pytest.FixtureRequest, place: Place, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> abc.Iterator[Facade]:
    """Give the same façade twice: every test of it runs on both."""
    if request.param == "in-process":
        with Runtime.open(place.workspace, settings=settings, create=True) as runtime:
            yield runtime
        return
    serve_in_threads(monkeypatch, place.workspace, settings)
    client = PipeClient((), schema=HEAD)
    try:
        yield client.facade
    finally:
        client.close()
