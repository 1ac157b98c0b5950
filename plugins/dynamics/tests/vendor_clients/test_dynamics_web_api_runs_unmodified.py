"""dynamics-web-api, the community's client for Node, runs unmodified against the simulator.

Needs node and the package in WRITEBACK_NODE_MODULES; where one is missing the tests are NOT RUN, never
passed.
"""

import os
import shutil
from collections import abc
from dataclasses import dataclass
from pathlib import Path

import pytest
from plugins.dynamics.tests.vendor_clients.lanes import Lane

from writeback.sdk.simulator import Running, serve
from writeback_dynamics.simulator import build

pytestmark = [pytest.mark.vendor_clients, pytest.mark.timeout(300)]
HERE = Path(__file__).parent
AWKWARD = 'Zoë Ølbryggeri – 株式会社 🙂\nsecond line, "quotes" & <b>;=1+1'


@dataclass
class Client:
    """dynamics-web-api, pointed at a simulator."""

    lane: Lane
    simulator: Running

    def run(self, task: str, **given: object) -> object:
        """Run one task of the lane."""
        told = {"task": task, "url": self.simulator.url, "token": self.simulator.token}
        return self.lane.ask(told | given)["result"]

    def table(self, name: str = "account") -> object:
        return self.simulator.crm.org.tables[name]

    def ids(self, count: int) -> list[str]:
        return [self.table().ids.of(row) for row in range(count)]

    def applied(self) -> list[dict[str, object]]:
        return self.simulator.crm.applied.entries()


@pytest.fixture(scope="module")
def lane() -> abc.Iterator[Lane]:
    found = Path(os.environ.get("WRITEBACK_NODE_MODULES", "/nowhere"))
    if shutil.which("node") is None or not (found / "dynamics-web-api").is_dir():
        print("NOT RUN: dynamics-web-api: node or the package in WRITEBACK_NODE_MODULES is missing")
        pytest.skip("NOT RUN: node or dynamics-web-api in WRITEBACK_NODE_MODULES is missing")
    made = Lane(["node", str(HERE / "dynamics_web_api_lane.cjs"), str(found)])
    yield made
    made.close()


@pytest.fixture
def client(lane: Lane, tmp_path: Path) -> abc.Iterator[Client]:
    with serve(build(rows=60, applied_log=tmp_path / "applied.jsonl")) as running:
        yield Client(lane, running)


def test_it_learns_who_is_signed_in(client: Client) -> None:
    told = client.run("whoAmI")
    assert told["UserId"] == client.simulator.crm.org.user_id


def test_it_acts_for_another_user(client: Client) -> None:
    users = client.table("systemuser")
    told = client.run("whoAmI", impersonate=users.value(3, "azureactivedirectoryobjectid"))
    assert told["UserId"] == users.ids.of(3)


def test_it_reads_the_metadata_of_a_table(client: Client) -> None:
    told = client.run("describe", table="account")
    kinds = {column["LogicalName"]: column["AttributeType"] for column in told["columns"]}
    assert (told["set"], kinds["wb_segments"], kinds["revenue"]) == ("accounts", "Virtual", "Money")
    [segments] = told["choices"]
    labels = [option["Label"]["UserLocalizedLabel"]["Label"] for option in segments["OptionSet"]["Options"]]
    assert labels == ["Retail", "Wholesale", "Public sector", "Food & Drink", "R&D", "Export"]


def test_it_reads_a_row_with_annotations_and_what_is_nested(client: Client) -> None:
    expand = [{"property": "primarycontactid", "select": ["fullname"]}]
    select = ["name", "_ownerid_value"]
    told = client.run(
        "retrieve", collection="accounts", key=client.ids(1)[0], select=select, expand=expand, annotations="*"
    )
    assert told["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"] in ("systemuser", "team")
    assert told["primarycontactid"]["fullname"] == client.table("contact").value(0, "fullname")


def test_it_pages_through_all_rows_and_sees_each_once(client: Client) -> None:
    rows = client.run("paging", collection="accounts", select=["name"], size=25)
    assert [row["accountid"] for row in rows] == client.ids(60)
    read = {entry["path"] for entry in client.simulator.crm.requests.told()["requests"]}
    assert read == {"/api/data/v9.2/accounts"}
    assert client.simulator.crm.requests.told()["total"] == 3


def test_it_filters_sorts_and_counts(client: Client) -> None:
    told = client.run(
        "filtered",
        collection="accounts",
        select=["name"],
        filter="contains(name,'gmbh')",
        orderBy=["name desc"],
        top=2,
    )
    names = sorted(name for row in range(60) if "GmbH" in (name := client.table().value(row, "name")))
    assert told["count"] == len(names)
    assert [row["name"] for row in told["rows"]] == names[::-1][:2]


def test_it_updates_with_an_etag_and_gets_false_for_a_stale_one(client: Client) -> None:
    [key] = client.ids(1)
    etag, data = client.table().etag(0), {"name": AWKWARD, "wb_segments": "9, 1"}
    assert client.run("update", collection="accounts", key=key, data=data, etag=etag) is True
    assert client.run("update", collection="accounts", key=key, data={"name": "late"}, etag=etag) is False
    [entry] = client.applied()
    assert entry["fields"] == {"name": AWKWARD, "wb_segments": "1,9"}


def test_it_gets_the_row_back(client: Client) -> None:
    [key] = client.ids(1)
    told = client.run(
        "update", collection="accounts", key=key, data={"name": "x"}, returns=True, select=["name"]
    )
    assert (told["name"], told["@odata.etag"]) == ("x", client.table().etag(0))


def test_an_upsert_creates_the_row_that_an_update_does_not_find(client: Client) -> None:
    gone = client.ids(1)[0]
    client.table().delete(0, client.simulator.crm.org.next_version())
    only_update = client.run("upsert", collection="accounts", key=gone, data={"name": "x"}, onlyUpdate=True)
    assert only_update is None
    assert client.applied() == []
    free = "11111111-1111-4111-8111-111111111111"
    told = client.run("upsert", collection="accounts", key=free, data={"name": "half empty"})
    assert (told["name"], told["accountnumber"]) == ("half empty", None)
    assert client.applied()[0]["operation"] == "create"


def test_one_bad_row_of_a_batch_leaves_the_others_written(client: Client) -> None:
    first, second, third = client.ids(3)
    rows = [
        {"key": first, "data": {"name": AWKWARD}},
        {"key": second, "data": {"wb_tier": 7}},
        {"key": third, "data": {"name": "third"}},
    ]
    told = client.run("batch", collection="accounts", rows=rows, continues=True)
    assert told[0] is told[2] is True
    assert (told[1]["failed"], told[1]["code"]) == (400, "0x8004431a")
    assert [entry["id"] for entry in client.applied()] == [first, third]


def test_a_batch_that_does_not_continue_ends_at_the_bad_row(client: Client) -> None:
    first, second, third = client.ids(3)
    rows = [
        {"key": first, "data": {"name": "first"}},
        {"key": second, "data": {"wb_tier": 7}},
        {"key": third, "data": {"name": "third"}},
    ]
    told = client.run("batch", collection="accounts", rows=rows, continues=False)
    assert told["thrown"][-1]["code"] == "0x8004431a"
    assert [entry["id"] for entry in client.applied()] == [first]


def test_a_change_set_is_written_whole_or_not_at_all(client: Client) -> None:
    contact, account = {"lastname": "Ø'Neill"}, {"name": "with a contact"}
    contact_id, account_id = client.run("changeSet", contact=contact, account=account)
    accounts = client.table()
    assert accounts.value(accounts.row(account_id), "primarycontactid").id == contact_id
    told = client.run("changeSet", contact=contact, account=account | {"wb_tier": 7})
    assert told["thrown"][0]["code"] == "0x8004431a"
    assert len(client.applied()) == 2


def test_it_updates_many_rows_in_one_message(client: Client) -> None:
    kind = {"@odata.type": "Microsoft.Dynamics.CRM.account"}
    targets = [kind | {"accountid": key, "description": AWKWARD} for key in client.ids(3)]
    assert client.run("updateMultiple", collection="accounts", targets=targets) is True
    assert {entry["route"] for entry in client.applied()} == {"bulk"}


def test_it_starts_to_track_changes(client: Client) -> None:
    told = client.run("tracked", collection="accounts", select=["name"])
    assert told["count"] == 60
    assert "$deltatoken=" in told["link"]
