"""Bulk API 2.0 ingest: the JSON of its jobs. The CSV up is `bulk_rows`, the CSV down `bulk_results`.

simple-salesforce's own Bulk 2.0 is not used: it loses job ids, aborts a running job when a poll fails, and
holds whole parts in memory (contract, section 0.2).
"""

from collections import abc
from datetime import datetime
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.model.jobs import RemoteState
from writeback.sdk.capabilities import RemoteJob
from writeback_salesforce.wire.describes import Json
from writeback_salesforce.wire.ids import api_name, row_id
from writeback_salesforce.wire.versions import moment_of
from writeback_salesforce.wire.writes import to_bytes

JOBS: Final = "jobs/ingest"

STATES: Final[abc.Mapping[str, RemoteState]] = {
    "Open": RemoteState.OPEN,
    "UploadComplete": RemoteState.QUEUED,
    "InProgress": RemoteState.RUNNING,
    "JobComplete": RemoteState.COMPLETE,
    "Failed": RemoteState.FAILED,
    "Aborted": RemoteState.ABORTED,
}


def prepare_create(object_name: str, *, auto_assign: str = "FALSE") -> bytes:
    """Give the body that opens an update job.

    Bulk runs an assignment rule only when told its id, so FALSE and TRUE say nothing here.
    """
    body = {
        "object": api_name(object_name),
        "operation": "update",
        "contentType": "CSV",
        "lineEnding": "LF",
        "columnDelimiter": "COMMA",
    }
    rule = {"assignmentRuleId": auto_assign} if auto_assign not in ("FALSE", "TRUE") else {}
    return to_bytes(body | rule)


def prepare_state(state: str) -> bytes:
    """Give the body that closes (``UploadComplete``) or stops (``Aborted``) a job."""
    return to_bytes({"state": state})


def job_path(remote_id: str, rest: str = "") -> str:
    """Give the path of a job, or of something that belongs to it."""
    return f"{JOBS}/{row_id(remote_id)}{'/' if rest else ''}{rest}"


def parse_job(answer: object) -> RemoteJob:
    """Read a job as Salesforce tells of it; `processed` counts failed rows too.

    Raises:
        InvalidRequestError: It is no job, or in a state we do not know.
    """
    told = answer if isinstance(answer, abc.Mapping) else {}
    state = STATES.get(str(told.get("state")))
    if state is None:
        raise InvalidRequestError(
            "salesforce.unreadable_answer", expected="job", found=str(told.get("state"))[:40]
        )
    return RemoteJob(
        id=str(told["id"]),
        state=state,
        processed=_number(told, "numberRecordsProcessed"),
        failed=_number(told, "numberRecordsFailed"),
        message=str(told.get("errorMessage") or ""),
        object=str(told.get("object") or ""),
        created_at=_moment(told.get("createdDate")),
    )


def parse_jobs(
    answer: Json, *, object_name: str, creator: str | None, since: datetime
) -> tuple[RemoteJob, ...]:
    """Give those jobs of a page that may be ours: same object, an update, our user, young enough."""
    found = answer.get("records")
    told = [job for job in found if isinstance(job, abc.Mapping)] if isinstance(found, list) else []
    ours = [
        parse_job(job)
        for job in told
        if job.get("object") == object_name
        and job.get("operation") == "update"
        and (creator is None or str(job.get("createdById"))[:15] == creator[:15])
    ]
    return tuple(job for job in ours if job.created_at is None or job.created_at >= since)


def next_jobs(answer: Json) -> str | None:
    """Give the address of the next page of jobs.

    Raises:
        InvalidRequestError: The address leads out of the data API.
    """
    address = answer.get("nextRecordsUrl")
    if answer.get("done") is True or not address:
        return None
    if not str(address).startswith("/services/data/"):
        raise InvalidRequestError("salesforce.unreadable_answer", expected="nextRecordsUrl")
    return str(address)


def _number(told: Json, name: str) -> int:
    value = told.get(name)
    return value if isinstance(value, int) else 0


def _moment(value: object) -> datetime | None:
    return moment_of(value) if isinstance(value, str) and value else None
