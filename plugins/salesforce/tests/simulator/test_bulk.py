# ruff: noqa: E501  the vendor's texts stand on one line
"""Bulk API 2.0: the life of a job, the rules of its CSV, its result files, its faults."""

import csv
import hashlib
import io
from collections import abc

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_job_goes_from_open_to_complete_and_names_its_upload_without_a_slash(org) -> None:
    job = org.call("POST", "/jobs/ingest", json={"object": "account", "operation": "update"}).json()
    assert (job["state"], job["apiVersion"], job["object"]) == ("Open", 67.0, "Account")
    assert job["contentUrl"] == f"services/data/v67.0/jobs/ingest/{job['id']}/batches"
    told = org.bulk(f"Id,Site\n{org.id('Account')},x\n")
    assert (told["state"], told["numberRecordsProcessed"], told["numberRecordsFailed"]) == (
        "JobComplete",
        1,
        0,
    )
    assert rows_of(told["successful"]) == [
        ["sf__Id", "sf__Created", "Id", "Site"],
        [org.id("Account"), "false", org.id("Account"), "x"],
    ]


def test_the_states_are_seen_on_the_way(make) -> None:
    org = make(job_seconds="0.2")
    job = org.call("POST", "/jobs/ingest", json={"object": "Account", "operation": "update"}).json()
    org.call(
        "PUT", f"{org.running.url}/{job['contentUrl']}", data=b"Id\n", headers={"Content-Type": "text/csv"}
    )
    org.call("PATCH", f"/jobs/ingest/{job['id']}", json={"state": "UploadComplete"})
    seen = []
    while not seen or seen[-1] != "JobComplete":
        state = org.call("GET", f"/jobs/ingest/{job['id']}").json()["state"]
        if not seen or seen[-1] != state:
            seen.append(state)
    assert seen == ["UploadComplete", "InProgress", "JobComplete"]


def test_an_empty_cell_leaves_alone_and_na_clears(org) -> None:
    before = org.value("Account", 1, "Industry")
    told = org.bulk(f"Id,Industry,Site\n{org.id('Account', 1)},,#N/A\n")
    assert told["state"] == "JobComplete"
    assert (org.value("Account", 1, "Industry"), org.value("Account", 1, "Site")) == (before, None)
    assert org.applied()[0]["fields"] == {"Site": None}


def test_each_row_has_its_own_error_and_is_found_by_its_id(org) -> None:
    ids = [org.id("Account", row) for row in range(6)]
    told = org.bulk(
        "Id,Tier__c,AnnualRevenue,Active__c,Owner.Email\n"
        f"{ids[0]},Gold,1.5,true,\n{ids[1]},Platinum,,,\n{ids[2]},,many,,\n{ids[3]},,,yes,\n"
        f"{ids[4]},,,,nobody@x.example\n{ids[5]},,,,{org.value('User', 7, 'Email')}\n"
    )
    failed = {row[0]: row[1] for row in rows_of(told["failed"])[1:]}
    assert failed[ids[1]] == (
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Tier: bad value for restricted picklist field: Platinum:Tier__c --"
    )
    assert (
        failed[ids[2]]
        == "INVALID_TYPE_ON_FIELD_IN_RECORD:Annual Revenue: value not of required type: many:AnnualRevenue --"
    )
    assert failed[ids[3]].startswith("INVALID_TYPE_ON_FIELD_IN_RECORD:")
    assert (
        failed[ids[4]]
        == "INVALID_FIELD:Foreign key external ID: nobody@x.example not found for field Email in entity User:--"
    )
    assert failed[ids[5]].startswith("DUPLICATE_EXTERNAL_ID:")
    assert [row[0] for row in rows_of(told["successful"])[1:]] == [ids[0]]
    assert (told["numberRecordsProcessed"], told["numberRecordsFailed"]) == (6, 5)


def test_results_come_in_another_order_than_the_upload_and_are_quoted(make) -> None:
    org = make(rows=300)
    ids = [org.id("Account", row) for row in range(300)]
    told = org.bulk("Id,Site\n" + "".join(f"{given},a;b\n" for given in ids))
    found = [row[0] for row in rows_of(told["successful"])[1:]]
    assert sorted(found) == ids
    assert found != ids
    assert '"a;b"' in told["successful"]
    assert told["successful"].startswith('"sf__Id","sf__Created",Id,Site\n')


@pytest.mark.parametrize(
    ("job", "body", "message"),
    [
        ({}, "Id,Site\r\n{id},x\r\n", "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF"),
        ({"lineEnding": "CRLF"}, "Id,Site\n{id},x\n", "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is CRLF"),
        ({}, "Id,Foo\n{id},x\n", "InvalidBatch : Field name not found : Foo"),
        ({}, "\ufeffId,Site\n{id},x\n", "InvalidBatch : Field name not found : \ufeffId"),
        ({}, "Id,User:Owner.Email\n{id},x\n", "InvalidBatch : Field name not found : User:Owner.Email"),
        ({}, "Id,Account.Owner.Email\n{id},x\n", "InvalidBatch : Field name not found : Account.Owner.Email"),
        ({}, "Id,BillingAddress\n{id},x\n", "InvalidBatch : Field name not found : BillingAddress"),
        ({}, "Id,OwnerId,Owner.Email\n{id},x,y\n", "InvalidBatch : Duplicate field : OwnerId"),
        ({"object": "Lead"}, "Id,Owner.Email\n{id},x\n", "InvalidBatch : Field name not found : Owner.Email"),
    ],
)  # fmt: skip
def test_what_fails_a_whole_job_writes_nothing(org, job, body, message) -> None:
    told = org.bulk(body.replace("{id}", org.id("Account")), **job)
    assert (told["state"], told["errorMessage"], told["numberRecordsProcessed"]) == ("Failed", message, 0)
    assert org.applied() == []


def test_a_polymorphic_owner_needs_its_object(org) -> None:
    told = org.bulk(
        f"Id,User:Owner.Email\n{org.id('Lead', 1)},{org.value('User', 2, 'Email')}\n", object="Lead"
    )
    assert told["numberRecordsFailed"] == 0
    assert org.value("Lead", 1, "OwnerId") == org.id("User", 2)


@pytest.mark.parametrize(("option", "status"), [("400", 400), ("409", 409)])
def test_a_second_upload_is_refused(make, option, status) -> None:
    org = make(second_put=option)
    job = org.call("POST", "/jobs/ingest", json={"object": "Account", "operation": "update"}).json()
    url, headers = f"{org.running.url}/{job['contentUrl']}", {"Content-Type": "text/csv"}
    assert org.call("PUT", url, data=b"Id\n", headers=headers).status_code == 201
    answer = org.call("PUT", url, data=b"Id\n", headers=headers)
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (status, "InvalidJobState")


@pytest.mark.parametrize(
    ("options", "body", "state"),
    [
        ({"byte_order_mark": "stripped"}, "\ufeffId,Site\n", "JobComplete"),
        ({"empty_csv": "failed"}, "", "Failed"),
        ({}, "", "JobComplete"),
        ({"crlf_in_cell": "fails"}, 'Id,Site\n0015fSim0000000ABA,"a\r\nb"\n', "Failed"),
        ({}, 'Id,Site\n0015fSim0000000ABA,"a\r\nb"\n', "JobComplete"),
        ({"header_case": "exact"}, "id,Site\n", "Failed"),
        ({}, "id,SITE\n", "JobComplete"),
    ],
)
def test_doubtful_rules_of_the_csv_are_settings(make, options, body, state) -> None:
    assert make(**options).bulk(body)["state"] == state


def test_insert_upsert_and_delete(org) -> None:
    told = org.bulk('Name,Description\nNew one,"two\nlines"\n', operation="insert")
    [[new_id, created, *_rest]] = rows_of(told["successful"])[1:]
    assert created == "true"
    told = org.bulk(
        "External_Id__c,Site,Name\nA-0000001,u,One\nfresh,v,Two\n",
        operation="upsert",
        externalIdFieldName="External_Id__c",
    )
    assert sorted(row[1] for row in rows_of(told["successful"])[1:]) == ["false", "true"]
    told = org.bulk(f"Id\n{new_id}\n{new_id}\n", operation="delete")
    assert told["numberRecordsFailed"] == 1
    assert "ENTITY_IS_DELETED" in told["failed"]


def test_a_job_that_fails_on_the_way_leaves_the_rest_unprocessed(org) -> None:
    org.arm(kind="job_failed", rows=3)
    ids = [org.id("Account", row) for row in range(10)]
    told = org.bulk("Id,Site\n" + "".join(f"{given},x\n" for given in ids))
    assert (told["state"], told["numberRecordsProcessed"]) == ("Failed", 3)
    assert len(rows_of(told["successful"])) == 4
    assert rows_of(told["unprocessed"])[0] == ["Id", "Site"]
    assert sorted(row[0] for row in rows_of(told["unprocessed"])[1:]) == ids[3:]
    assert len(org.applied()) == 3


def test_a_job_aborted_by_somebody_else_says_aborted(org) -> None:
    org.arm(kind="job_aborted", rows=2)
    told = org.bulk("Id,Site\n" + "".join(f"{org.id('Account', row)},x\n" for row in range(5)))
    assert told["state"] == "Aborted"
    assert len(org.applied()) == 2


def test_an_open_job_can_be_aborted_and_changes_nothing(org) -> None:
    job = org.call("POST", "/jobs/ingest", json={"object": "Account", "operation": "update"}).json()
    org.call(
        "PUT",
        f"{org.running.url}/{job['contentUrl']}",
        data=b"Id,Site\n0015fSim0000000ABA,x\n",
        headers={"Content-Type": "text/csv"},
    )
    assert (
        org.call("PATCH", f"/jobs/ingest/{job['id']}", json={"state": "Aborted"}).json()["state"] == "Aborted"
    )
    again = org.call("PATCH", f"/jobs/ingest/{job['id']}", json={"state": "UploadComplete"})
    assert again.json()[0]["errorCode"] == "InvalidJobState"
    assert org.applied() == []
    assert org.call("DELETE", f"/jobs/ingest/{job['id']}").status_code == 204
    assert org.call("GET", f"/jobs/ingest/{job['id']}").status_code == 404


def test_jobs_are_listed_even_when_the_answer_to_their_creation_was_lost(org) -> None:
    org.arm(kind="lost_create")
    with pytest.raises(Exception, match="Connection"):
        org.call("POST", "/jobs/ingest", json={"object": "Contact", "operation": "update"})
    [job] = org.call("GET", "/jobs/ingest").json()["records"]
    assert (job["object"], job["state"], job["createdById"]) == ("Contact", "Open", org.id("User"))


def test_a_row_locked_with_a_probability_fails_some_rows(make) -> None:
    org = make(rows=200)
    org.arm(kind="lock_row", probability=0.2, times=None)
    told = org.bulk("Id,Site\n" + "".join(f"{org.id('Account', row)},x\n" for row in range(200)))
    assert 15 < told["numberRecordsFailed"] < 70
    assert len(org.applied()) == 200 - told["numberRecordsFailed"]


def test_the_log_names_the_hash_of_the_uploaded_part(org) -> None:
    body = f"Id,Site\n{org.id('Account')},x\n"
    org.bulk(body)
    [entry] = org.applied()
    assert entry["sha256"] == hashlib.sha256(body.encode()).hexdigest()
    assert entry["route"] == "bulk"


def test_a_multipart_creation_is_one_call(org) -> None:
    files = {
        "job": (None, '{"object":"Account","operation":"update","lineEnding":"LF"}', "application/json"),
        "content": ("content", f"Id,Site\n{org.id('Account')},x\n", "text/csv"),
    }
    job = org.call("POST", "/jobs/ingest", files=files).json()
    assert job["state"] == "UploadComplete"
    assert org.finished(job["id"])["numberRecordsProcessed"] == 1


def export(org, soql: str, **page: object) -> abc.Iterator[tuple[dict[str, str], str]]:
    job = org.call("POST", "/jobs/query", json={"operation": "query", "query": soql}).json()
    assert job["state"] == "UploadComplete"
    while org.call("GET", f"/jobs/query/{job['id']}").json()["state"] != "JobComplete":
        pass
    locator: dict[str, str] = {}
    while True:
        answer = org.call("GET", f"/jobs/query/{job['id']}/results", params=page | locator)
        yield dict(answer.headers), answer.content.decode()
        if answer.headers["Sforce-Locator"] == "null":
            return
        locator = {"locator": answer.headers["Sforce-Locator"]}


def test_a_bulk_query_pages_by_locator_and_repeats_the_header(org) -> None:
    pages = list(export(org, "SELECT Id, Name, Owner.Email, CreatedDate FROM Account", maxRecords=25))
    assert [headers["Sforce-NumberOfRecords"] for headers, _text in pages] == ["25", "25", "10"]
    found = [rows_of(text) for _headers, text in pages]
    assert {tuple(rows[0]) for rows in found} == {("Id", "Name", "Owner.Email", "CreatedDate")}
    assert [row[1] for rows in found for row in rows[1:]] == [
        org.value("Account", row, "Name") for row in range(60)
    ]


def test_a_bulk_query_refuses_what_bulk_cannot(org) -> None:
    for soql in (
        "SELECT COUNT() FROM Account",
        "SELECT BillingAddress FROM Account",
        "SELECT Id FROM Account OFFSET 5",
    ):
        answer = org.call("POST", "/jobs/query", json={"operation": "query", "query": soql})
        assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "FeatureNotEnabled")
    job = org.call(
        "POST", "/jobs/query", json={"operation": "query", "query": "SELECT Id FROM Account"}
    ).json()
    old = org.call("GET", f"{org.running.url}/services/data/v60.0/jobs/query/{job['id']}/results")
    assert old.status_code == 409


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1, max_size=30
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(cells=['a "quoted", b', "line\nbreak", "#N/A", "a;b|c^d`e\tf"])
@given(cells=st.lists(texts, min_size=1, max_size=8))
def test_what_python_writes_as_csv_is_stored_and_comes_back(org, cells) -> None:
    ids = [org.id("Account", row) for row in range(len(cells))]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([["Id", "Notes__c"], *zip(ids, cells, strict=True)])
    told = org.bulk(out.getvalue())
    assert (told["state"], told["numberRecordsFailed"]) == ("JobComplete", 0)
    for row, cell in enumerate(cells):
        wanted = None if cell == "#N/A" else cell.strip() or None
        assert org.value("Account", row, "Notes__c") == wanted
    assert {row[0]: row[3] for row in rows_of(told["successful"])[1:]} == dict(zip(ids, cells, strict=True))
