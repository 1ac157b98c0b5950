"""Bulk write jobs: the ids before there is one, the body that starts one, its states."""

from typing import cast

import orjson
import pytest
from plugins.zoho.tests.making import examples

from writeback.errors import InvalidRequestError, OutcomeUnknownError
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Column, RemoteState
from writeback.model.types import AttributeType
from writeback_zoho.wire import bulk
from writeback_zoho.wire.bulk import Upload

COLUMNS = [
    Column(FieldPath.parse(path), path.partition(".")[0], AttributeType.TEXT)
    for path in ("Phone", "Owner.email")
]
UPLOADED = Upload("Leads", ("Phone", "Owner"), ("Owner",), "554023000000600001")
BULK = cast("dict[str, dict[str, object]]", examples()["bulk"])


def test_the_ids_before_there_is_a_job_say_all_that_is_needed() -> None:
    new = bulk.upload_of("Leads", COLUMNS)
    assert new.text().startswith("new:")
    assert bulk.read_upload(new.text()) == new
    assert UPLOADED.text().startswith("file:")
    assert bulk.read_upload(UPLOADED.text()) == UPLOADED
    assert not bulk.is_started(UPLOADED.text())
    assert bulk.is_started("554023000000610001")
    assert bulk.read_upload("554023000000610001") is None
    assert bulk.read_upload("new") is None
    assert bulk.read_upload("other:x") is None


@pytest.mark.parametrize(
    "text",
    [
        "new:",
        "new:{",
        "new:[]",
        'file:{"object":"L","fields":[]}',
        'file:{"object":"L","fields":[],"file_id":"x"}',
        'new:{"object":"L","fields":["a b"]}',
    ],
)
def test_an_id_that_is_none_of_ours_says_nothing(text: str) -> None:
    assert bulk.read_upload(text) is None


def test_a_job_maps_the_record_id_first_and_leaves_empty_cells_alone() -> None:
    body = orjson.loads(bulk.prepare_create(UPLOADED))
    assert body["operation"] == "update"
    (resource,) = body["resource"]
    assert resource["ignore_empty"] is True
    assert (resource["find_by"], resource["file_id"]) == ("id", "554023000000600001")
    assert resource["file_names"] == ["Leads.csv"]
    assert resource["field_mappings"] == [
        {"api_name": "id", "index": 0},
        {"api_name": "Phone", "index": 1},
        {"api_name": "Owner", "index": 2, "find_by": "id"},
    ]


def test_zohos_own_examples_are_read() -> None:
    assert bulk.parse_upload(BULK["upload_ok"]["body"]) == "554023000000600001"
    job = bulk.parse_created(BULK["write_created"]["body"])
    assert (job.id, job.state) == ("554023000000610001", RemoteState.QUEUED)


@pytest.mark.parametrize("content", [None, {}, {"details": {}}, {"details": {"file_id": "x"}}])
def test_an_answer_without_an_id_is_no_file_and_leaves_a_start_open(content: object) -> None:
    with pytest.raises(InvalidRequestError):
        bulk.parse_upload(content)
    with pytest.raises(OutcomeUnknownError, match=r"zoho\.answer_unreadable"):
        bulk.parse_created(content)


def test_a_start_that_zoho_refuses_with_status_200_is_a_refusal() -> None:
    told = {"status": "error", "code": "INVALID_FIELD", "message": "m", "details": {}}
    with pytest.raises(InvalidRequestError, match=r"zoho\.invalid_field"):
        bulk.parse_created(told)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("ADDED", RemoteState.QUEUED),
        ("INPROGRESS", RemoteState.RUNNING),
        ("IN PROGRESS", RemoteState.RUNNING),
        ("IN_PROGRESS", RemoteState.RUNNING),
        ("COMPLETED", RemoteState.COMPLETE),
        ("FAILED", RemoteState.FAILED),
    ],
)
def test_the_state_of_a_job_however_it_is_spelled(word: str, state: RemoteState) -> None:
    assert bulk.parse_job({"status": word, "id": "5"}).state is state


def test_a_job_tells_how_far_it_is() -> None:
    counted = {"added_count": 0, "updated_count": "7", "skipped_count": 2, "total_count": 9}
    told = {
        "status": "COMPLETED",
        "id": 5,
        "created_time": "2026-01-15T15:26:49+05:30",
        "resource": [{"module": {"api_name": "Leads"}, "file": counted, "message": "odd"}],
    }
    job = bulk.parse_job(told)
    assert (job.id, job.processed, job.failed, job.object, job.message) == ("5", 9, 2, "Leads", "odd")
    assert job.created_at is not None
    assert bulk.job_path("5") == "write/5"
    assert bulk.parse_job({"status": "ADDED", "id": "5", "resource": ["x"]}).processed == 0


@pytest.mark.parametrize("content", [None, [], {}, {"status": "ODD", "id": "5"}, {"status": "ADDED"}])
def test_what_is_no_job_is_refused(content: object) -> None:
    with pytest.raises(InvalidRequestError, match=r"zoho\.unreadable_answer"):
        bulk.parse_job(content)


ORIGIN = "https://www.zohoapis.eu"


@pytest.mark.parametrize(
    ("stated", "address"),
    [
        ("/v2/crm/org1/bulk-write/5/5.zip", f"{ORIGIN}/v2/crm/org1/bulk-write/5/5.zip"),
        (f"{ORIGIN}/x.zip", f"{ORIGIN}/x.zip"),
        ("https://www.zohoapis.com/x.zip", "https://www.zohoapis.com/x.zip"),
        (None, None),
        ("", None),
    ],
)
def test_the_result_lies_at_a_path_or_a_whole_address(stated: str | None, address: str | None) -> None:
    assert bulk.download_address({"result": {"download_url": stated}}, origin=ORIGIN) == address


@pytest.mark.parametrize(
    "stated",
    ["//evil.example/x", "https://evil.example/x", "https://www.zohoapis.eu@evil.example/x", "x.zip"],
)
def test_a_result_elsewhere_is_not_fetched(stated: str) -> None:
    with pytest.raises(InvalidRequestError):
        bulk.download_address({"result": {"download_url": stated}}, origin=ORIGIN)


def test_a_job_without_a_result_has_no_address() -> None:
    assert bulk.download_address(None, origin=ORIGIN) is None
