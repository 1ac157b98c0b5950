"""@hubspot/api-client, HubSpot's own client for Node, runs unmodified against the simulator.

Found through WRITEBACK_NODE_MODULES (a `node_modules` folder); else npm fetches it into a cache folder. Where
node or the package is missing the tests are NOT RUN, never passed.
"""

import json
import os
import shutil
import subprocess
from collections import abc
from dataclasses import dataclass
from pathlib import Path

import pytest

from writeback.sdk.simulator import Fault, Running, serve
from writeback_hubspot.simulator import build

pytestmark = [pytest.mark.vendor_clients, pytest.mark.timeout(300)]
HERE = Path(__file__).parent
PACKAGE = "@hubspot/api-client"
FIRST = 98_501
AWKWARD = 'Zoë Ølbryggeri – 株式会社 🙂\nsecond line, "quoted"\tand = + - @'


@dataclass
class Client:
    """The client, pointed at a simulator."""

    modules: Path
    simulator: Running

    def run(self, task: str, **given: object) -> object:
        """Run one task of the lane."""
        told = {"url": self.simulator.url, "token": self.simulator.token, "modules": str(self.modules.parent)}
        done = subprocess.run(
            ["node", str(HERE / "hubspot_lane.cjs")],
            input=json.dumps({"task": task, **told, **given}),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def applied(self) -> list[dict[str, object]]:
        """Give what the simulator put on record."""
        return self.simulator.crm.applied.entries()


def not_run(why: str) -> None:
    print(f"NOT RUN: {PACKAGE} lane: {why}")
    pytest.skip(f"NOT RUN: {why}")


@pytest.fixture(scope="session")
def modules() -> Path:
    if shutil.which("node") is None:
        not_run("node is missing")
    wanted = json.loads((HERE / "package.json").read_text())["dependencies"][PACKAGE]
    given = os.environ.get("WRITEBACK_NODE_MODULES")
    folder = Path(given) if given else _fetched(wanted)
    installed = folder / PACKAGE / "package.json"
    if not installed.exists():
        not_run(f"{PACKAGE} is not in {folder}")
    if json.loads(installed.read_text())["version"] != wanted:
        not_run(f"another version of {PACKAGE} is installed")
    return folder


def _fetched(wanted: str) -> Path:
    folder = Path.home() / ".cache" / "writeback-vendor-clients" / f"hubspot-api-client-{wanted}"
    if not (folder / "node_modules" / PACKAGE / "package.json").exists():
        if shutil.which("npm") is None:
            not_run("npm is missing")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text((HERE / "package.json").read_text())
        command = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode != 0:
            not_run(f"npm install failed: {done.stderr.strip()[-200:]}")
    return folder / "node_modules"


@pytest.fixture
def client(modules: Path, tmp_path: Path) -> abc.Iterator[Client]:
    crm = build(rows=350, applied_log=tmp_path / "applied.jsonl")
    with serve(crm, folder=tmp_path) as running:
        yield Client(modules, running)


def inputs(*rows: tuple[int, dict[str, str]]) -> list[dict[str, object]]:
    return [
        {"id": str(FIRST + row), "properties": fields, "objectWriteTraceId": f"r{row}"}
        for row, fields in rows
    ]


def test_it_reads_owners_with_those_who_left(client: Client) -> None:
    told = client.run("owners")
    assert (len(told["living"]), len(told["gone"])) == (38, 2)
    assert told["gone"][1]["email"] == told["living"][0]["email"]


def test_it_reads_property_definitions(client: Client) -> None:
    told = {each["name"]: each for each in client.run("properties")}
    assert told["revenue_per_employee"]["calculated"] is True
    assert told["createdate"]["modificationMetadata"]["readOnlyValue"] is True
    assert [each["value"] for each in told["tier"]["options"]] == ["gold", "silver", "bronze", "none"]


def test_it_pages_through_all_records_and_sees_each_once(client: Client) -> None:
    told = client.run("all")
    assert [each["id"] for each in told] == [str(FIRST + row) for row in range(350)]
    table = client.simulator.crm.portal.tables["companies"]
    assert [each["properties"]["name"] for each in told] == [table.value(row, "name") for row in range(350)]
    assert told[1]["properties"]["description"] == table.value(1, "description")


def test_it_searches_through_pages(client: Client) -> None:
    told = client.run("search", industry="RETAIL")
    assert len(told) > 20
    assert {each["properties"]["industry"] for each in told} == {"RETAIL"}
    made = [each["createdAt"] for each in told]
    assert made == sorted(made, reverse=True)


def test_it_updates_a_batch_with_one_bad_row_and_awkward_text(client: Client) -> None:
    told = client.run(
        "update", inputs=inputs((0, {"description": AWKWARD}), (1, {"tier": "x"}), (2, {"city": ""}))
    )
    assert {each["id"] for each in told["results"]} == {str(FIRST), str(FIRST + 2)}
    assert told["numErrors"] == 1
    assert told["errors"][0]["context"]["objectWriteTraceId"] == ["r1"]
    stored = {entry["id"]: entry["fields"] for entry in client.applied()}
    assert stored == {str(FIRST): {"description": AWKWARD}, str(FIRST + 2): {"city": None}}
    [read] = client.run("read", ids=[str(FIRST)], properties=["description"])["results"]
    assert read["properties"]["description"] == AWKWARD


def test_it_sees_the_refusal_of_a_single_write(client: Client) -> None:
    told = client.run("patch", id=str(FIRST), properties={"tier": "x"})
    assert told["failed"] == 400
    assert told["body"]["category"] == "VALIDATION_ERROR"
    assert client.applied() == []


def test_it_waits_and_repeats_when_told_to_in_the_very_words(client: Client) -> None:
    client.simulator.crm.faults.arm(Fault.read({"kind": "status", "status": 500, "times": 2}))
    told = client.run("patch", id=str(FIRST), properties={"city": "Oslo"}, retries=3)
    assert told["properties"]["city"] == "Oslo"
    client.simulator.crm.faults.arm(Fault.read({"kind": "limit_search", "times": 1}))
    assert client.run("search", industry="RETAIL", retries=2)
    searches = [
        each["status"]
        for each in client.simulator.crm.requests.told()["requests"]
        if each["kind"] == "search"
    ]
    assert searches[:2] == [429, 200]


def test_it_reads_makes_and_ends_links(client: Client) -> None:
    told = client.run("associations", id=str(FIRST), contact="520")
    before = {each["toObjectId"] for each in told["before"]}
    after = {each["toObjectId"] for each in told["after"][0]["to"]}
    assert {str(each) for each in after - before} == {"520"}
    assert [each["label"] for each in told["labels"]] == [
        None,
        "Contact with Primary Company",
        "Billing contact",
    ]


def test_it_refreshes_its_token(client: Client) -> None:
    told = client.run("refresh", **client.simulator.credentials)
    assert told["tokenType"] == "bearer"
    assert told["expiresIn"] == 1800
