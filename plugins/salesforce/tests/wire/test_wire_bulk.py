"""Bulk jobs as JSON, bulk queries as CSV pages, and the org's own facts."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from plugins.salesforce.tests.making import record_id, recorded

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.connections import Environment
from writeback.model.jobs import RemoteState
from writeback.sdk.values import Usage
from writeback_salesforce.wire import bulk, bulk_queries, orgs, queries

JOB = record_id(1, "750")
SINCE = datetime(2026, 11, 2, 10, tzinfo=UTC)


def told(**more: object) -> dict[str, object]:
    return {"id": JOB, "state": "Open", "object": "Account", "operation": "update"} | more


def test_a_job_is_opened_for_update_with_lf_lines() -> None:
    assert json.loads(bulk.prepare_create("Account")) == {
        "object": "Account",
        "operation": "update",
        "contentType": "CSV",
        "lineEnding": "LF",
        "columnDelimiter": "COMMA",
    }
    rule = "01Q000000000001AAA"
    assert json.loads(bulk.prepare_create("Lead", auto_assign=rule))["assignmentRuleId"] == rule


def test_a_job_is_closed_and_stopped_by_its_state() -> None:
    assert json.loads(bulk.prepare_state("UploadComplete")) == {"state": "UploadComplete"}
    assert bulk.job_path(JOB) == f"jobs/ingest/{JOB}"
    assert bulk.job_path(JOB, "batches") == f"jobs/ingest/{JOB}/batches"
    with pytest.raises(ContractBrokenError):
        bulk.job_path("../x")


def test_every_state_of_the_vendor_has_one_of_ours() -> None:
    states = {name: bulk.parse_job(told(state=name)).state for name in bulk.STATES}
    assert set(states.values()) == set(RemoteState) - {RemoteState.GONE, RemoteState.UNTOLD}


def test_a_job_tells_its_counters_and_its_failure() -> None:
    job = bulk.parse_job(
        told(
            state="Failed",
            numberRecordsProcessed=5,
            numberRecordsFailed=2,
            errorMessage="InvalidBatch : Field name not found : Foo",
            createdDate="2026-11-02T10:00:00.000+0000",
        )
    )
    assert (job.processed, job.failed, job.created_at) == (5, 2, SINCE)
    assert job.message == "InvalidBatch : Field name not found : Foo"


@pytest.mark.parametrize("answer", [None, [], {}, {"id": JOB, "state": "Sleeping"}])
def test_what_is_no_job_is_refused(answer: object) -> None:
    with pytest.raises(InvalidRequestError):
        bulk.parse_job(answer)
    with pytest.raises(InvalidRequestError):
        bulk_queries.parse_query_job(answer)


def test_only_our_own_young_update_jobs_on_the_object_are_listed() -> None:
    mine = {"createdById": record_id(1, "005"), "createdDate": "2026-11-02T10:00:01.000+0000"}
    records = [
        told(**mine),
        told(id=record_id(2, "750"), **mine | {"createdById": record_id(2, "005")}),
        told(id=record_id(3, "750"), **mine | {"createdDate": "2026-11-02T09:00:00.000+0000"}),
        told(id=record_id(4, "750"), **mine | {"object": "Lead"}),
        told(id=record_id(5, "750"), **mine | {"operation": "insert"}),
        told(id=record_id(6, "750"), createdById=record_id(1, "005")),
        "nonsense",
    ]
    jobs = bulk.parse_jobs(
        {"records": records}, object_name="Account", creator=record_id(1, "005"), since=SINCE
    )
    assert [job.id for job in jobs] == [JOB, record_id(6, "750")]
    everyone = bulk.parse_jobs({"records": records}, object_name="Account", creator=None, since=SINCE)
    assert len(everyone) == 3
    assert bulk.parse_jobs({}, object_name="Account", creator=None, since=SINCE) == ()


def test_pages_of_jobs_are_followed_inside_the_data_api_only() -> None:
    address = "/services/data/v67.0/jobs/ingest?queryLocator=x"
    assert bulk.next_jobs({"done": False, "nextRecordsUrl": address}) == address
    assert bulk.next_jobs({"done": True, "nextRecordsUrl": address}) is None
    assert bulk.next_jobs({"done": False}) is None
    with pytest.raises(InvalidRequestError):
        bulk.next_jobs({"done": False, "nextRecordsUrl": "https://evil.example"})


def test_a_query_job_is_started_polled_and_paged() -> None:
    assert json.loads(bulk_queries.prepare_query_job("SELECT Id FROM X"))["query"] == "SELECT Id FROM X"
    assert bulk_queries.parse_query_job(told(state="InProgress")) == (JOB, RemoteState.RUNNING)
    path, parameters = bulk_queries.prepare_results(JOB, None)
    assert (path, parameters) == (f"jobs/query/{JOB}/results", {"maxRecords": "50000"})
    assert bulk_queries.prepare_results(JOB, "MTAw")[1]["locator"] == "MTAw"
    assert bulk_queries.next_locator({"Sforce-Locator": "MTAw"}) == "MTAw"
    assert bulk_queries.next_locator({"Sforce-Locator": "null"}) is None
    assert bulk_queries.next_locator({}) is None


def test_rows_of_a_bulk_query_equal_those_of_a_page() -> None:
    chosen = queries.select("Account", ("Owner.Email", "AnnualRevenue", "Name"), recorded)
    csv = (
        '"Id","SystemModstamp","Owner.Email","AnnualRevenue","Name"\n'
        f'"{record_id(1)}","2026-11-02T10:00:00.000Z","a@example.com","1.10","x\ny"\n'
        f'"{record_id(2)}","2026-11-02T10:00:00.000Z","","",""\n'
    )
    version = "2026-11-02T10:00:00.000Z"
    (page,) = bulk_queries.parse_rows([csv.encode()], chosen)
    assert page == [
        (record_id(1), version, ("a@example.com", Decimal("1.10"), "x\ny")),
        (record_id(2), version, (None, None, None)),
    ]
    many = "".join(f'"{record_id(n)}","{version}","","",""\n' for n in range(5000))
    header = csv.splitlines(keepends=True)[0]
    assert [len(p) for p in bulk_queries.parse_rows([f"{header}{many}".encode()], chosen)] == [5000]
    assert [len(p) for p in bulk_queries.parse_rows([csv.encode(), many.encode()], chosen)] == [5000, 2]
    assert list(bulk_queries.parse_rows([], chosen)) == []
    with pytest.raises(InvalidRequestError):
        list(bulk_queries.parse_rows([b"Id,Name\n"], chosen))


@pytest.mark.parametrize(
    ("edition", "is_sandbox", "environment"),
    [
        ("Developer Edition", False, Environment.DEVELOPMENT),
        ("Enterprise Edition", True, Environment.TEST),
        ("Enterprise Edition", False, Environment.PRODUCTION),
        ("Enterprise Edition", None, Environment.UNKNOWN),
    ],
)
def test_the_environment_is_told_by_edition_and_sandbox(
    edition: str, is_sandbox: bool | None, environment: Environment
) -> None:
    record = {"Id": record_id(1, "00D"), "Name": "Acme", "IsSandbox": is_sandbox, "OrganizationType": edition}
    org = orgs.parse_org({"records": [record]}, user="a@example.com")
    assert (org.id, org.name, org.user, org.environment) == (
        record_id(1, "00D"),
        "Acme",
        "a@example.com",
        environment,
    )


@pytest.mark.parametrize("answer", [{}, {"records": []}, {"records": ["x"]}])
def test_an_org_that_does_not_say_who_it_is_is_refused(answer: dict[str, object]) -> None:
    with pytest.raises(InvalidRequestError):
        orgs.parse_org(answer, user="")


def test_only_quotas_that_are_told_are_given() -> None:
    answer = {
        "DailyApiRequests": {"Max": 100, "Remaining": 90},
        "DailyBulkApiBatches": {"Max": "x"},
        "Other": 1,
    }
    assert orgs.parse_limits(answer) == (Usage("DailyApiRequests", 10, 100, is_daily=True),)
