"""jsforce, Salesforce's own community client, runs unmodified against the simulator.

Needs node and npm; where one is missing, or npm cannot install, the tests are NOT RUN, never passed.
"""

import json
import shutil
import subprocess
from collections import abc
from dataclasses import dataclass
from pathlib import Path

import pytest

from writeback.sdk.simulator import Running, serve
from writeback_salesforce.simulator import build

pytestmark = [pytest.mark.vendor_clients, pytest.mark.timeout(300)]
HERE = Path(__file__).parent
AWKWARD = (
    'Line one\nline two, with a comma and "quotes"',
    "Zoë Ølbryggeri – 株式会社 🙂",
    "a;b|c\td^e`f",
    "=1+1, '+' and -1",
    " inner  blanks ",
)


@dataclass
class Client:
    """jsforce in a folder of its own, pointed at a simulator."""

    folder: Path
    simulator: Running

    def run(self, task: str, **given: object) -> object:
        """Run one task of the lane."""
        signed_in = {"url": self.simulator.url, "token": self.simulator.token, "version": "67.0"}
        done = subprocess.run(
            ["node", str(HERE / "jsforce_lane.cjs")],
            input=json.dumps({"task": task, **signed_in, **given}),
            cwd=self.folder,
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

    def ids(self, count: int) -> list[str]:
        """Give the ids of the first accounts."""
        return [self.simulator.crm.org.tables["account"].ids.of(row) for row in range(count)]


def not_run(why: str) -> None:
    print(f"NOT RUN: jsforce lane: {why}")
    pytest.skip(f"NOT RUN: {why}")


@pytest.fixture(scope="session")
def jsforce_folder() -> Path:
    if shutil.which("node") is None or shutil.which("npm") is None:
        not_run("node or npm is missing")
    package = (HERE / "package.json").read_text()
    wanted = json.loads(package)["dependencies"]["jsforce"]
    folder = Path.home() / ".cache" / "writeback-vendor-clients" / f"jsforce-{wanted}"
    installed = folder / "node_modules" / "jsforce" / "package.json"
    if not installed.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text(package)
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
    if json.loads(installed.read_text())["version"] != wanted:
        not_run("another version of jsforce is installed in the cache folder")
    return folder


@pytest.fixture
def client(jsforce_folder: Path, tmp_path: Path) -> abc.Iterator[Client]:
    crm = build(rows=4_500, applied_log=tmp_path / "applied.jsonl")
    with serve(crm, folder=tmp_path) as running:
        yield Client(jsforce_folder, running)


def test_jsforce_reads_the_describe_of_an_account_and_of_the_org(client: Client) -> None:
    told = client.run("describe", object="Account")
    assert told["keyPrefix"] == "001"
    assert {field["keys"] for field in told["fields"]} == {57}
    assert "Segments__c" in {field["name"] for field in told["fields"]}
    assert told["objects"] > 100


def test_jsforce_pages_through_more_than_two_thousand_rows_and_sees_each_once(client: Client) -> None:
    told = client.run("paging", soql="SELECT Id, Name, Owner.Email FROM Account ORDER BY Id")
    assert (told["total"], told["pages"]) == (4_500, 3)
    assert told["ids"] == client.ids(4_500)
    assert told["last"]["Owner"]["Email"].endswith("@northwind.example")


def test_jsforce_reads_children_and_their_absence(client: Client) -> None:
    soql = "SELECT Id, (SELECT LastName FROM Contacts) FROM Account WHERE Id IN ('{}', '{}')"
    ids = client.ids(4_500)
    with_contact, without = client.run("children", soql=soql.format(ids[0], ids[-1]))
    assert with_contact["Contacts"]["totalSize"] == 1
    assert without["Contacts"] is None


def test_jsforce_patches_one_row(client: Client) -> None:
    record_id = client.ids(1)[0]
    told = client.run("patch", object="Account", record={"Id": record_id, "Site": AWKWARD[1]})
    assert told["success"] is True
    [entry] = client.applied()
    assert (entry["route"], entry["id"], entry["fields"]) == ("single", record_id, {"Site": AWKWARD[1]})


def test_jsforce_sees_the_refusal_of_a_field_that_may_not_be_written(client: Client) -> None:
    told = client.run("refused", object="Contact", record={"Id": "0035fSim0000000ABA", "Name": "x"})
    assert told["failed"] == "INVALID_FIELD_FOR_INSERT_UPDATE"
    assert client.applied() == []


def test_jsforce_writes_a_collection_in_which_one_row_is_bad(client: Client) -> None:
    ids = client.ids(3)
    records = [
        {"Id": ids[0], "Industry": "Retail", "Description": AWKWARD[0]},
        {"Id": ids[1], "Tier__c": "Platinum"},
        {"Id": ids[2], "Owner": {"Email": "alma.abel.0@nowhere.example"}},
        {"Id": ids[2], "Segments__c": "Retail;R&D", "Active__c": True, "AnnualRevenue": 1250000},
    ]
    told = client.run("collections", object="Account", records=records)
    assert [row["success"] for row in told] == [True, False, False, True]
    assert told[1]["errors"][0]["statusCode"] == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    assert [entry["id"] for entry in client.applied()] == [ids[0], ids[2]]
    assert client.applied()[0]["fields"]["Description"] == AWKWARD[0]


def test_jsforce_upserts_by_an_external_id(client: Client) -> None:
    told = client.run(
        "upsert", object="Account", key="External_Id__c", record={"External_Id__c": "A-0000002", "Site": "x"}
    )
    assert told["success"] is True
    assert client.applied()[0]["id"] == client.ids(3)[2]


def test_jsforce_loads_awkward_text_in_bulk_and_reads_it_back_from_the_results(client: Client) -> None:
    ids = client.ids(len(AWKWARD) + 1)
    records = [{"Id": given, "Description": text} for given, text in zip(ids, AWKWARD, strict=False)]
    records.append({"Id": ids[-1], "Description": None})
    records.append({"Id": "001000000000000AAA", "Description": "nobody"})
    told = client.run("bulk", object="Account", operation="update", records=records)
    stored = {entry["id"]: entry["fields"]["Description"] for entry in client.applied()}
    expected = {given: text.strip() for given, text in zip(ids, AWKWARD, strict=False)} | {ids[-1]: None}
    assert stored == expected
    returned = {row["sf__Id"]: row["Description"] for row in told["successfulResults"]}
    assert {given: returned[given].strip() for given in ids[:-1]} == {
        given: expected[given] for given in ids[:-1]
    }
    [failed] = told["failedResults"]
    assert failed["sf__Error"].startswith("INVALID_CROSS_REFERENCE_KEY:")
    assert told["unprocessedRecords"] == []


def test_jsforce_reads_rows_in_bulk(client: Client) -> None:
    rows = client.run("bulkQuery", soql="SELECT Id, Name, Description, Owner.Email FROM Account ORDER BY Id")
    assert [row["Id"] for row in rows] == client.ids(4_500)
    table = client.simulator.crm.org.tables["account"]
    assert [row["Name"] for row in rows] == table.column("Name", range(4_500))
    assert [row["Description"] or None for row in rows] == table.column("Description", range(4_500))


def test_jsforce_gets_a_conflict_when_the_row_moved_on(client: Client) -> None:
    told = client.run(
        "conditional",
        object="Account",
        record={"Id": client.ids(1)[0], "Site": "x"},
        since="Tue, 10 Aug 2021 10:00:00 GMT",
    )
    assert told["failed"] == "PRECONDITION_FAILED"
    assert client.applied() == []
