"""Bulk write and bulk read end to end."""

import csv
import io
import zipfile

import pytest
from plugins.zoho.tests.simulator.conftest import zipped


def result(told: dict[str, object]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(told["csv"], newline="")))


def test_an_update_tells_the_result_of_every_row(org) -> None:
    rows = [
        "id,Seats,Account_Name,Tier",
        f"{org.id()},5,One,Gold",
        f"{org.id(row=1)},many,,Platinum",
        "17,5,Nobody,Gold",
        f'{org.id(row=2)},7,"Two, ""quoted""\nand broken",Silver',
    ]
    told = org.bulk("\n".join(rows) + "\n")
    assert (told["status"], told["operation"], told["resource"][0]["status"]) == (
        "COMPLETED",
        "update",
        "COMPLETED",
    )
    assert told["resource"][0]["file"] == {
        "status": "COMPLETED",
        "name": "rows.csv",
        "added_count": 0,
        "skipped_count": 2,
        "updated_count": 2,
        "total_count": 4,
    }
    assert told["file_name"] == "Accounts-rows.csv"
    assert told["result"]["download_url"].startswith(f"/v2/crm/org{org.org.zgid}/bulk-write/")
    got = result(told)
    assert list(got[0]) == ["id", "Seats", "Account_Name", "STATUS", "RECORD_ID", "ERRORS"]
    assert [row["STATUS"] for row in got] == ["UPDATED", "SKIPPED", "SKIPPED", "UPDATED"]
    assert [row["id"] for row in got] == [org.id(), org.id(row=1), "17", org.id(row=2)]
    assert [row["RECORD_ID"] for row in got] == [org.id(), "", "", org.id(row=2)]
    assert [row["ERRORS"] for row in got] == ["", "INVALID_DATA-Seats,Tier", "RESOURCE_NOT_FOUND-id", ""]
    assert got[3]["Account_Name"] == 'Two, "quoted"\nand broken'
    entries = org.applied()
    assert [entry["id"] for entry in entries] == [org.id(), org.id(row=2)]
    assert {(entry["route"], entry["job"]) for entry in entries} == {("bulk", told["id"])}
    assert entries[1]["fields"] == {"Seats": 7, "Account_Name": 'Two, "quoted"\nand broken', "Tier": "Silver"}


def test_an_empty_cell_clears_unless_it_is_ignored(org) -> None:
    text = f"id,Phone,Segments,Account_Name\n{org.id(row=1)},,,\n"
    before = org.read("Accounts", 1)
    told = org.bulk(text, ignore_empty=True)
    assert result(told)[0]["STATUS"] == "UPDATED"
    assert [org.read("Accounts", 1)[name] for name in ("Phone", "Segments")] == [
        before["Phone"],
        before["Segments"],
    ]
    assert result(org.bulk(text))[0]["ERRORS"] == "MANDATORY_NOT_FOUND-Account_Name"
    assert result(org.bulk(text.replace(",Account_Name", "").replace(",,,", ",,")))[0]["STATUS"] == "UPDATED"
    after = org.read("Accounts", 1)
    assert (before["Phone"], after["Phone"], after["Segments"]) != (None, None, [])
    assert (after["Phone"], after["Segments"]) == (None, [])


def test_mappings_choose_columns_defaults_and_lookups(org) -> None:
    mappings = [
        {"api_name": "Account_Name", "index": 2},
        {"api_name": "id", "index": 0},
        {"api_name": "Owner", "index": 1, "find_by": "id"},
        {"api_name": "Tier", "default_value": {"value": "Bronze"}},
    ]
    told = org.bulk(f"a,b,c,d\n{org.id()},{org.id('Users', 4)},New,x\n", field_mappings=mappings)
    assert list(result(told)[0])[:3] == ["Account_Name", "id", "Owner"]
    row = org.read("Accounts")
    assert (row["Account_Name"], row["Owner"]["id"], row["Tier"]) == ("New", org.id("Users", 4), "Bronze")


def test_values_come_in_the_forms_of_csv(org) -> None:
    head = "id,Segments,Active,Renewal_Date,Last_Review,Contract_Value,Primary_Contact.id"
    line = f"{org.id()},Retail;R&D,true,2027-01-31,2026-01-15T10:00:00Z,12.5,{org.id('Contacts', 2)}"
    assert result(org.bulk(f"{head}\n{line}\n"))[0]["ERRORS"] == ""
    row = org.read("Accounts")
    assert (row["Segments"], row["Active"], row["Renewal_Date"]) == (["Retail", "R&D"], True, "2027-01-31")
    assert (row["Last_Review"], row["Contract_Value"]) == ("2026-01-15T15:30:00+05:30", 12.5)
    assert row["Primary_Contact"]["id"] == org.id("Contacts", 2)
    assert result(org.bulk(f"id,Active\n{org.id()},yes\n"))[0]["ERRORS"] == "INVALID_DATA-Active"


@pytest.mark.parametrize("sign", [",", ";", ":", "|"])
def test_the_delimiter_is_guessed_from_the_header(org, sign) -> None:
    told = org.bulk(f"id{sign}Seats\n{org.id()}{sign}41\n")
    assert result(told)[0]["STATUS"] == "UPDATED"
    assert org.read("Accounts")["Seats"] == 41


def test_inserts_and_upserts(org) -> None:
    made = result(org.bulk("Account_Name,External_Id\nNew,N-1\n,N-2\nOther,A-0000001\n", operation="insert"))
    assert [row["STATUS"] for row in made] == ["ADDED", "SKIPPED", "SKIPPED"]
    assert [row["ERRORS"] for row in made] == [
        "",
        "MANDATORY_NOT_FOUND-Account_Name",
        "DUPLICATE_DATA-External_Id",
    ]
    assert made[0]["RECORD_ID"] == org.id(row=60)
    both = result(
        org.bulk(
            "External_Id,Account_Name\nA-0000005,Old\nN-3,New\n", operation="upsert", find_by="External_Id"
        )
    )
    assert [(row["STATUS"], row["RECORD_ID"]) for row in both] == [
        ("UPDATED", org.id(row=5)),
        ("ADDED", org.id(row=61)),
    ]


def test_faults_befall_rows_and_jobs(org) -> None:
    text = "id,Seats\n" + "".join(f"{org.id(row=row)},{row}\n" for row in range(6))
    org.arm(kind="lock_row", object="Accounts", id=org.id(row=1))
    org.arm(kind="review_row", object="Accounts", id=org.id(row=2))
    org.arm(kind="forbid_row", object="Accounts", id=org.id(row=3))
    org.arm(kind="job_unprocessed", object="Accounts", rows=5)
    told = org.bulk(text)
    assert [row["STATUS"] for row in result(told)] == [
        "UPDATED",
        "SKIPPED",
        "SKIPPED",
        "SKIPPED",
        "UPDATED",
        "UNPROCESSED",
    ]
    assert [row["ERRORS"] for row in result(told)][1:4] == [
        "BLOCKED_RECORD-id",
        "NOT_APPROVED-id",
        "CANNOT_PROCESS-id",
    ]
    org.arm(kind="job_failed", object="Accounts")
    failed = org.bulk(text)
    assert (failed["status"], "result" in failed) == ("FAILED", False)
    assert len(org.applied()) == 2


def test_a_job_may_be_made_though_its_answer_is_lost(org) -> None:
    file_id = org.upload(f"id,Seats\n{org.id()},1\n").json()["details"]["file_id"]
    resource = {"type": "data", "module": {"api_name": "Accounts"}, "file_id": int(file_id), "find_by": "id"}
    org.arm(kind="lost_create")
    with pytest.raises(OSError, match=r"."):
        org.call("POST", "/crm/bulk/v8/write", json={"operation": "update", "resource": [resource]})
    org.wait(lambda: {"status": "COMPLETED" if org.applied() else ""}, "status")
    assert org.applied()[0]["fields"] == {"Seats": 1}


def test_switches_of_bulk(make) -> None:
    org = make(
        bulk_created_code="ADDED",
        download_url="absolute",
        dead_id_in_bulk="INVALID_DATA",
        bulk_automation="on",
    )
    told = org.bulk(f"id,Website\n{org.id()},WWW.x.example\n17,x\n")
    assert told["result"]["download_url"].startswith(f"{org.running.url}/v2/crm/")
    assert [row["ERRORS"] for row in result(told)] == ["", "INVALID_DATA-id"]
    assert org.read("Accounts")["Website"] == "https://www.x.example"
    slow = make(job_seconds="30", in_progress="IN PROGRESS")
    file_id = slow.upload("id\n").json()["details"]["file_id"]
    resource = {"type": "data", "module": {"api_name": "Accounts"}, "file_id": file_id, "find_by": "id"}
    made = slow.call(
        "POST", "/crm/bulk/v8/write", json={"operation": "update", "resource": [resource]}
    ).json()
    told = slow.call("GET", f"/crm/bulk/v8/write/{made['details']['id']}").json()
    assert (told["status"], told["resource"][0]["file"]["status"]) == ("ADDED", "ADDED")


REFUSED = [
    ({"operation": None}, "MISSING_REQUIRED_KEY"),
    ({"operation": "delete"}, "INVALID_DATA"),
    ({"callback": {"url": "http://x.example", "method": "post"}}, "INVALID_CALLBACK_URL"),
    ({"callback": {"url": "https://x.example", "method": "get"}}, "INVALID_CALLBACK_METHOD"),
    ({"resource": []}, "MISSING_REQUIRED_KEY"),
    ({"find_by": None}, "MANDATORY_NOT_FOUND"),
    ({"find_by": "Tier"}, "INVALID_FIELD"),
    ({"module": {"api_name": "Nothing"}}, "MODULE_NOT_AVAILABLE"),
    ({"file_id": None}, "MISSING_REQUIRED_KEY"),
    ({"file_id": "abc"}, "INVALID_FILE_ID"),
    ({"file_id": "123"}, "FILE_NOT_FOUND"),
    ({"field_mappings": []}, "MANDATORY_FIELDS_NOT_MAPPED"),
    ({"field_mappings": [{"api_name": "Nope", "index": 0}]}, "INVALID_FIELD"),
    ({"field_mappings": [{"api_name": "Created_Time", "index": 0}]}, "INVALID_FIELD"),
    ({"field_mappings": [{"api_name": "Value_per_Seat", "index": 0}]}, "INVALID_FIELD"),
    ({"field_mappings": [{"api_name": "id", "index": 9}]}, "COLUMN_INDEX_NOT_FOUND"),
    ({"field_mappings": [{"api_name": "id"}]}, "MISSING_REQUIRED_KEY"),
]


@pytest.mark.parametrize(("change", "code"), REFUSED)
def test_a_job_that_cannot_be_done_is_refused(org, change, code) -> None:
    file_id = org.upload("id,Seats\n").json()["details"]["file_id"]
    body = {"operation": "update", "resource": None}
    resource = {"type": "data", "module": {"api_name": "Accounts"}, "file_id": file_id, "find_by": "id"}
    for name, value in change.items():
        (body if name in ("operation", "callback", "resource") else resource)[name] = value
    if body["resource"] is None:
        body["resource"] = [resource]
    answer = org.call("POST", "/crm/bulk/v8/write", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_files_that_are_none_and_columns_that_are_too_many_are_refused(org) -> None:
    for data in (zipped({"a.csv": "id\n", "b.csv": "id\n"}), zipped({"a.txt": "id\n"}), zipped({})):
        headers = {"feature": "bulk-write", "X-CRM-ORG": org.org.zgid}
        answer = org.call("POST", "/upload", files={"file": ("a.zip", data)}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_FILE_FORMAT")
    wide = org.upload(",".join(f"c{number}" for number in range(201)) + "\n").json()["details"]["file_id"]
    resource = {"type": "data", "module": {"api_name": "Accounts"}, "file_id": wide, "find_by": "id"}
    answer = org.call("POST", "/crm/bulk/v8/write", json={"operation": "update", "resource": [resource]})
    assert answer.json()["code"] == "HEADER_LIMIT_EXCEEDED"


def test_a_result_is_kept_for_seven_days(org) -> None:
    told = org.bulk(f"id,Seats\n{org.id()},1\n")
    org.clock.pass_by(days=6)
    assert org.call("GET", told["result"]["download_url"]).status_code == 200
    org.clock.pass_by(days=2)
    gone = org.call("GET", told["result"]["download_url"])
    assert (gone.status_code, gone.json()["code"]) == (404, "RESOURCE_NOT_FOUND")
    assert org.call("GET", "/crm/bulk/v8/write/17").json()["code"] == "RESOURCE_NOT_FOUND"


def test_a_bulk_read_gives_the_rows_that_match(org) -> None:
    criteria = {
        "group_operator": "and",
        "group": [
            {"field": {"api_name": "Tier"}, "comparator": "in", "value": ["Gold", "Silver"]},
            {"field": {"api_name": "Account_Name"}, "comparator": "contains", "value": "a"},
        ],
    }
    query = {
        "module": {"api_name": "Accounts"},
        "fields": ["Account_Name", "Segments", "Active"],
        "criteria": criteria,
    }
    made = org.call("POST", "/crm/bulk/v8/read", json={"query": query}).json()["data"][0]["details"]
    told = org.wait(lambda: org.call("GET", f"/crm/bulk/v8/read/{made['id']}").json()["data"][0], "state")
    data = org.call("GET", told["result"]["download_url"]).content
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read(f"{made['id']}.csv").decode(), newline="")))
    wanted = [
        row
        for row in range(60)
        if org.value("Accounts", row, "Tier") in ("Gold", "Silver")
        and "a" in org.value("Accounts", row, "Account_Name").lower()
    ]
    assert [row["Id"] for row in rows] == [org.id(row=row) for row in wanted]
    assert [row["Segments"] for row in rows] == [
        ";".join(org.value("Accounts", row, "Segments")) for row in wanted
    ]
    assert (told["result"]["count"], told["result"]["more_records"]) == (len(wanted), False)
    missing = org.call("GET", "/crm/bulk/v8/read/17/result")
    assert (missing.status_code, missing.json()["code"]) == (404, "RESOURCE_NOT_FOUND")
