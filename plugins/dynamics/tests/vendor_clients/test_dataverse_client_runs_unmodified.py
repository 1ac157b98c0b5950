"""Microsoft's own Python client runs unmodified against the simulator, over TLS.

It runs in a process of its own with the interpreter named in WRITEBACK_VENDOR_PYTHON; where that is missing
the tests are NOT RUN, never passed.
"""

import os
import subprocess
from collections import abc
from dataclasses import dataclass
from pathlib import Path

import pytest
from plugins.dynamics.tests.vendor_clients.lanes import Lane

from writeback.sdk.simulator import Fault, Running, serve
from writeback_dynamics.simulator import build

pytestmark = [pytest.mark.vendor_clients, pytest.mark.timeout(300)]
HERE = Path(__file__).parent
AWKWARD = 'Zoë Ølbryggeri – 株式会社 🙂\nsecond line, "quotes" & <b>;=1+1'
_PROBE = "import importlib.metadata as m; print(m.version('PowerPlatform-Dataverse-Client'))"


@dataclass
class Client:
    """The client, pointed at a simulator."""

    lane: Lane
    simulator: Running

    def run(self, task: str, **given: object) -> dict[str, object]:
        """Run one task of the lane."""
        running = self.simulator
        told = {"task": task, "url": running.url, "token": running.token, "ca": str(running.ca)}
        answer = self.lane.ask(told | given)
        assert {tuple(scopes) for scopes in answer["scopes"]} == {(f"{self.simulator.url}/.default",)}
        return answer

    def table(self) -> object:
        return self.simulator.crm.org.tables["account"]

    def ids(self, count: int) -> list[str]:
        return [self.table().ids.of(row) for row in range(count)]

    def applied(self) -> list[dict[str, object]]:
        return self.simulator.crm.applied.entries()


@pytest.fixture(scope="module")
def lane() -> abc.Iterator[Lane]:
    found = os.environ.get("WRITEBACK_VENDOR_PYTHON", "")
    has_client = found and subprocess.run([found, "-c", _PROBE], capture_output=True, check=False)
    if not has_client or has_client.returncode != 0:
        print("NOT RUN: PowerPlatform-Dataverse-Client: not in the interpreter WRITEBACK_VENDOR_PYTHON")
        pytest.skip("NOT RUN: WRITEBACK_VENDOR_PYTHON has no PowerPlatform-Dataverse-Client")
    made = Lane([found, str(HERE / "dataverse_client_lane.py")])
    yield made
    made.close()


@pytest.fixture
def client(lane: Lane, tmp_path: Path) -> abc.Iterator[Client]:
    crm = build(rows=60, applied_log=tmp_path / "applied.jsonl")
    with serve(crm, https=True, folder=tmp_path) as running:
        yield Client(lane, running)


def test_it_describes_a_table_its_columns_and_keys(client: Client) -> None:
    told = client.run("describe", table="account")["result"]
    assert told["set"] == "accounts"
    assert {"name", "wb_segments", "_ownerid_value"} & set(told["columns"]) == {"name", "wb_segments"}
    assert ["wb_RegionNumber", ["wb_region", "wb_localnumber"]] in told["keys"]


def test_it_pages_through_all_rows_and_sees_each_once(client: Client) -> None:
    rows = client.run("paging", table="account", select=["name", "wb_segments"], size=25)["result"]
    assert [row["accountid"] for row in rows] == client.ids(60)
    assert [row["name"] for row in rows] == [client.table().value(row, "name") for row in range(60)]
    assert client.simulator.crm.requests.told()["counts"]["rows.read"] == 3


def test_it_reads_a_row_and_gets_none_for_one_that_is_not_there(client: Client) -> None:
    [record_id] = client.ids(1)
    row = client.run("retrieve", table="account", id=record_id, select=["name", "_ownerid_value"])["result"]
    assert row["_ownerid_value@OData.Community.Display.V1.FormattedValue"]
    free = "11111111-1111-4111-8111-111111111111"
    assert client.run("retrieve", table="account", id=free, select=["name"])["result"] is None


def test_it_updates_a_row_and_turns_a_label_into_its_number(client: Client) -> None:
    changes = {"name": AWKWARD, "wb_segments": "9,1", "industrycode": "Brokers"}
    client.run("update", table="account", ids=client.ids(1)[0], changes=changes)
    [entry] = client.applied()
    assert entry["fields"] == {"name": AWKWARD, "wb_segments": "1,9", "industrycode": 4}
    assert entry["route"] == "single"


def test_it_never_creates_by_an_update(client: Client) -> None:
    free = "11111111-1111-4111-8111-111111111111"
    told = client.run("update", table="account", ids=free, changes={"name": "x"})
    assert (told["failed"], told["code"]) == (404, "0x80040217")
    assert client.applied() == []


def test_a_row_that_moved_on_meanwhile_is_overwritten_since_it_sends_no_etag(client: Client) -> None:
    [record_id] = client.ids(1)
    client.simulator.crm.faults.arm(
        Fault.read(
            {"kind": "concurrent_edit", "object": "account", "id": record_id, "fields": {"name": "theirs"}}
        )
    )
    assert client.run("update", table="account", ids=record_id, changes={"name": "ours"})["result"] is True
    assert [(one["route"], one["fields"]["name"]) for one in client.applied()] == [
        ("foreign", "theirs"),
        ("single", "ours"),
    ]


def test_one_bad_row_of_update_multiple_takes_all_back(client: Client) -> None:
    ids = client.ids(3)
    good = client.run("update", table="account", ids=ids, changes={"description": AWKWARD})
    assert good["result"] is True
    told = client.run(
        "update", table="account", ids=ids[:2], changes=[{"name": "x"}, {"numberofemployees": -4}]
    )
    assert (told["failed"], told["code"]) == (400, "0x80044330")
    assert [(entry["id"], entry["route"]) for entry in client.applied()] == [(one, "bulk") for one in ids]


def test_it_upserts_by_an_alternate_key(client: Client) -> None:
    new = {"alternate_key": {"accountnumber": "NEW-1"}, "record": {"name": "Newcomer"}}
    old = {"alternate_key": {"accountnumber": "A-0000002"}, "record": {"name": "Known"}}
    assert client.run("upsert", table="account", items=[new])["result"] is True
    assert client.run("upsert", table="account", items=[new, old])["result"] is True
    assert [entry["operation"] for entry in client.applied()] == ["create", "update", "update"]
    assert client.applied()[-1]["id"] == client.ids(3)[2]


def test_it_is_told_what_an_alternate_key_holds_already(client: Client) -> None:
    rows = [{"name": "One", "wb_externalid": "N-1"}]
    (made,) = client.run("create", table="account", rows=rows)["result"]
    told = client.run("create", table="account", rows=[{"name": "Two", "wb_externalid": "n-1"}])
    assert (told["failed"], told["code"]) == (412, "0x80060892")
    assert [entry["id"] for entry in client.applied()] == [made]


def test_it_creates_and_deletes(client: Client) -> None:
    made = client.run("create", table="account", rows=[{"name": "One"}, {"name": "Two"}])["result"]
    assert [entry["id"] for entry in client.applied()] == made
    client.run("delete", table="account", id=made[0])
    assert client.applied()[-1]["operation"] == "delete"


def test_one_bad_row_of_a_batch_leaves_the_others_written(client: Client) -> None:
    first, second, third = client.ids(3)
    rows = [
        {"id": first, "data": {"name": AWKWARD}},
        {"id": second, "data": {"wb_tier": 7}},
        {"id": third, "data": {"name": "third"}},
    ]
    told = client.run("batch", table="account", rows=rows, continues=True)["result"]
    assert [one[:2] for one in told] == [[204, None], [400, "0x8004431a"], [204, None]]
    stopped = client.run("batch", table="account", rows=rows, continues=False)["result"]
    assert [one[0] for one in stopped] == [204, 400]
    assert [entry["id"] for entry in client.applied()] == [first, third, first]


def test_a_change_set_is_written_whole_or_not_at_all(client: Client) -> None:
    good = client.run("change_set", contact={"lastname": "Ø"}, account={"name": "x"})["result"]
    assert [one[:2] for one in good] == [[204, "1"], [204, "2"]]
    accounts = client.table()
    assert accounts.value(accounts.row(good[1][2]), "primarycontactid").id == good[0][2]
    bad = client.run("change_set", contact={"lastname": "Ø"}, account={"wb_tier": 7})["result"]
    assert [one[0] for one in bad] == [400]
    assert len(client.applied()) == 2


def test_it_is_told_how_long_to_wait(client: Client) -> None:
    fault = {"kind": "limit_requests", "method": "PATCH", "after": 17}
    client.simulator.crm.faults.arm(Fault.read(fault))
    told = client.run("update", table="account", ids=client.ids(1)[0], changes={"name": "x"})
    assert (told["failed"], told["code"], told["after"]) == (429, "0x80072322", 17)
    assert client.applied() == []
