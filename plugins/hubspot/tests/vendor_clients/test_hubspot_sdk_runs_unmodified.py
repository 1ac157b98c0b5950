"""hubspot-sdk, HubSpot's coming client for the dated paths, runs unmodified against the simulator.

A pre-release, kept out of our own environment: run by the interpreter in WRITEBACK_VENDOR_PYTHON. Where that
is not set, or lacks the package, the tests are NOT RUN, never passed.
"""

import json
import os
import subprocess
from collections import abc
from dataclasses import dataclass
from pathlib import Path

import pytest

from writeback.sdk.simulator import Fault, Running, serve
from writeback_hubspot.simulator import build

pytestmark = [pytest.mark.vendor_clients, pytest.mark.timeout(300)]
HERE = Path(__file__).parent
FIRST = 98_501
WANTED = "0.1.0a9"
AWKWARD = 'Zoë Ølbryggeri – 株式会社 🙂\nsecond line, "quoted"\tand = + - @'


@dataclass
class Client:
    """The client, pointed at a simulator."""

    python: str
    simulator: Running

    def run(self, task: str, **given: object) -> object:
        """Run one task of the lane."""
        told = {"task": task, "url": self.simulator.url, "token": self.simulator.token, **given}
        done = _run([self.python, str(HERE / "hubspot_sdk_lane.py")], json.dumps(told))
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def _run(command: list[str], given: str = "") -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_"))}
    return subprocess.run(
        command, input=given, capture_output=True, encoding="utf-8", timeout=120, check=False,
        env=kept | {"PYTHONUTF8": "1"},
    )  # fmt: skip


@pytest.fixture(scope="session")
def python() -> str:
    python = os.environ.get("WRITEBACK_VENDOR_PYTHON", "")
    asked = "from importlib.metadata import version; print(version('hubspot-sdk'))"
    found = _run([python, "-c", asked]).stdout.strip() if python else ""
    if found != WANTED:
        why = f"hubspot-sdk {WANTED} is not in WRITEBACK_VENDOR_PYTHON ({python or 'not set'})"
        print(f"NOT RUN: hubspot-sdk lane: {why}")
        pytest.skip(f"NOT RUN: {why}")
    return python


@pytest.fixture
def client(python: str, tmp_path: Path) -> abc.Iterator[Client]:
    crm = build(rows=250, applied_log=tmp_path / "applied.jsonl")
    with serve(crm, folder=tmp_path) as running:
        yield Client(python, running)


def test_it_reads_owners_and_property_definitions(client: Client) -> None:
    assert len(client.run("owners")) == 38
    told = {each["name"]: each for each in client.run("properties")}
    assert told["revenue_per_employee"]["calculated"] is True
    assert told["createdate"]["modification_metadata"]["read_only_value"] is True


def test_it_pages_through_all_records_and_sees_each_once(client: Client) -> None:
    assert [each["id"] for each in client.run("everything")] == [str(FIRST + row) for row in range(250)]


def test_it_searches(client: Client) -> None:
    told = client.run("search", industry="RETAIL")
    assert len(told) > 20
    assert {each["properties"]["industry"] for each in told} == {"RETAIL"}


def test_it_updates_a_batch_with_one_bad_row_and_awkward_text(client: Client) -> None:
    inputs = [
        {"id": str(FIRST), "properties": {"description": AWKWARD}, "object_write_trace_id": "a"},
        {"id": str(FIRST + 1), "properties": {"tier": "x"}, "object_write_trace_id": "b"},
    ]
    told = client.run("update", inputs=inputs)
    assert (told["http"], told["numErrors"], [each["id"] for each in told["results"]]) == (
        207,
        1,
        [str(FIRST)],
    )
    assert told["errors"][0]["context"]["objectWriteTraceId"] == ["b"]
    assert [entry["fields"] for entry in client.simulator.crm.applied.entries()] == [{"description": AWKWARD}]


def test_it_repeats_after_a_failure_and_sees_refusals(client: Client) -> None:
    client.simulator.crm.faults.arm(Fault.read({"kind": "status", "status": 503, "form": "html"}))
    told = client.run("patch", id=str(FIRST), properties={"city": "Łódź"}, retries=2)
    assert told["properties"]["city"] == "Łódź"
    told = client.run("patch", id=str(FIRST), properties={"tier": "x"})
    assert (told["failed"], told["body"]["category"]) == (400, "VALIDATION_ERROR")
