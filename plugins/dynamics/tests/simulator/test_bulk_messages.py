"""CreateMultiple, UpdateMultiple, UpsertMultiple, DeleteMultiple (contract, section 13)."""

import json
from collections import abc

import requests
from plugins.dynamics.tests.simulator.conftest import FREE, Client, problem


def send(
    org: Client, message: str, *targets: dict[str, object], table: str = "account", prefer: str = ""
) -> requests.Response:
    set_name = org.org.tables[table].entity.set_name
    kind = {"@odata.type": f"Microsoft.Dynamics.CRM.{table}"}
    body = {"Targets": [{**target, **kind} for target in targets]}
    path = f"{set_name}/Microsoft.Dynamics.CRM.{message}"
    return org.call("POST", path, json=body, headers={"Prefer": prefer} if prefer else {})


def test_update_multiple_writes_all_in_order(org: Client) -> None:
    answer = send(
        org, "UpdateMultiple", *[{"accountid": org.id("account", row), "name": f"n{row}"} for row in (2, 0)]
    )
    assert (answer.status_code, answer.content) == (204, b"")
    assert [(entry["route"], entry["fields"]["name"]) for entry in org.applied()] == [
        ("bulk", "n2"),
        ("bulk", "n0"),
    ]


def test_one_bad_row_takes_all_back_and_is_not_named(org: Client) -> None:
    before = org.etag("account", 0)
    good, bad = (
        {"accountid": org.id("account", 0), "name": "x"},
        {"accountid": org.id("account", 1), "wb_tier": 7},
    )
    status, code, message = problem(send(org, "UpdateMultiple", good, bad))
    assert (status, code) == (400, "0x8004431a")
    assert org.id("account", 1) not in message
    assert (org.applied(), org.etag("account", 0)) == ([], before)


def test_a_missing_row_is_told_in_the_bulk_form(org: Client) -> None:
    answer = send(org, "UpdateMultiple", {"accountid": FREE, "name": "x"})
    assert problem(answer) == (404, "0x80040217", f"Account With Ids = {FREE} Do Not Exist")


def test_every_target_needs_its_type(org: Client) -> None:
    body = {"Targets": [{"accountid": org.id("account"), "name": "x"}]}
    answer = org.call("POST", "accounts/Microsoft.Dynamics.CRM.UpdateMultiple", json=body)
    assert problem(answer)[:2] == (400, "0x80048d19")
    assert org.call("POST", "accounts/Microsoft.Dynamics.CRM.UpdateMultiple", json={}).status_code == 400


def test_create_multiple_gives_the_ids(org: Client) -> None:
    answer = send(org, "CreateMultiple", {"name": "a"}, {"name": "b", "accountid": FREE})
    told = answer.json()
    assert told["@odata.context"] == f"{org.root}$metadata#Microsoft.Dynamics.CRM.CreateMultipleResponse"
    assert told["Ids"] == [org.id("account", 60), FREE]
    assert org.get(f"accounts({FREE})").json()["name"] == "b"
    assert problem(send(org, "CreateMultiple", {"name": "c", "accountid": FREE}))[:2] == (412, "0x80040237")


def test_upsert_multiple_goes_by_key(org: Client) -> None:
    new = {"@odata.id": "accounts(accountnumber='NEW-1')", "name": "new"}
    old = {"@odata.id": "accounts(accountnumber='A-0000003')", "name": "old"}
    by_id = {"accountid": FREE, "name": "by id"}
    assert send(org, "UpsertMultiple", new, old, by_id).status_code == 204
    assert [entry["operation"] for entry in org.applied()] == ["create", "update", "create"]
    repeated = {"@odata.id": "accounts(accountnumber='NEW-2')", "accountnumber": "NEW-2", "name": "x"}
    assert problem(send(org, "UpsertMultiple", repeated))[0] == 400


def test_delete_multiple_is_for_elastic_tables_only(org: Client) -> None:
    answer = send(org, "DeleteMultiple", {"accountid": org.id("account")})
    assert problem(answer)[2] == "DeleteMultiple has not yet been implemented."
    target = {"wb_readingid": org.id("wb_reading", 1), "partitionid": "device-1"}
    assert send(org, "DeleteMultiple", target, table="wb_reading").status_code == 204
    assert org.applied()[0]["operation"] == "delete"


def test_elastic_tables_write_what_they_can_and_list_what_failed(org: Client) -> None:
    def reading(row: int) -> dict[str, object]:
        return {"wb_readingid": org.id("wb_reading", row), "partitionid": f"device-{row % 3}"}

    targets = [reading(0) | {"wb_value": 1}, reading(1) | {"wb_value": 9999}, reading(2) | {"wb_value": 3}]
    annotated = 'odata.include-annotations="Microsoft.PowerApps.CDS.ErrorDetails.*"'
    answer = send(org, "UpdateMultiple", *targets, table="wb_reading", prefer=annotated)
    details = answer.json()["error"]["@Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails"]
    assert json.loads(details) == [{"RequestIndex": 1, "Id": org.id("wb_reading", 1), "StatusCode": 400}]
    assert [entry["fields"]["wb_value"] for entry in org.applied()] == [1, 3]
    elsewhere = reading(0) | {"partitionid": "device-2", "wb_value": 5}
    assert send(org, "UpdateMultiple", elsewhere, table="wb_reading").status_code == 400


def test_tables_without_the_message_do_not_know_it(org: Client, make: abc.Callable[..., Client]) -> None:
    user = {"systemuserid": org.id("systemuser"), "title": "x"}
    assert problem(send(org, "UpdateMultiple", user, table="systemuser"))[:2] == (404, "0x8006088a")
    assert problem(send(org, "MergeMultiple", {"name": "x"}))[0] == 404
    assert send(make(upsert_multiple="off"), "UpsertMultiple", {"name": "x"}).status_code == 404
