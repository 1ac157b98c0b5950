"""Bulk write: the JSON of its jobs, and the ids by which a job is known before Zoho has given it one.

Zoho's order is file first: `new:` and the columns stand for a job nobody has heard of, `file:` and the id of
the uploaded file for one that is ready to start, digits for one that was started. CSV: `bulk_rows` up,
`bulk_results` down.
"""

import json
from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.errors import ContractBrokenError, InvalidRequestError, OutcomeUnknownError
from writeback.model.jobs import Column, RemoteState
from writeback.sdk.capabilities import RemoteJob
from writeback_zoho.errors import our_code, problem_of
from writeback_zoho.wire.answers import Json, member, number_of
from writeback_zoho.wire.ids import api_name, known_id, row_id
from writeback_zoho.wire.places import api_domain
from writeback_zoho.wire.versions import stamp_of
from writeback_zoho.wire.writes import to_bytes

JOBS: Final = "write"
UPLOAD: Final = "upload"
FEATURE: Final = "bulk-write"
NEW: Final = "new"
_FILE: Final = "file:"
_STATES: Final[abc.Mapping[str, RemoteState]] = {
    "ADDED": RemoteState.QUEUED,
    "INPROGRESS": RemoteState.RUNNING,
    "COMPLETED": RemoteState.COMPLETE,
    "FAILED": RemoteState.FAILED,
}


@dataclass(frozen=True, slots=True)
class Upload:
    """What is known of a job before it is started."""

    object: str
    fields: tuple[str, ...]
    references: tuple[str, ...] = ()
    """Those of `fields` that hold ids of other records."""
    file_id: str = ""
    """"" before the upload."""

    def text(self) -> str:
        """Give the id under which the engine keeps it."""
        told = {"object": self.object, "fields": self.fields}
        if not self.file_id:
            return f"{NEW}:{json.dumps(told, separators=(',', ':'))}"
        told |= {"references": self.references, "file_id": self.file_id}
        return f"{_FILE}{json.dumps(told, separators=(',', ':'))}"


def upload_of(object_name: str, columns: abc.Iterable[Column]) -> Upload:
    """Begin with a module and the columns of a job."""
    return Upload(api_name(object_name), tuple(api_name(column.field) for column in columns))


def read_upload(remote_id: str) -> Upload | None:
    """Read such an id; None for the id of a job that was started, or for one that is none of ours."""
    kind, colon, text = remote_id.partition(":")
    if not colon or kind not in (NEW, "file"):
        return None
    try:
        told = json.loads(text)
        return Upload(
            api_name(told["object"]),
            tuple(api_name(name) for name in told["fields"]),
            tuple(api_name(name) for name in told.get("references", ())),
            row_id(told["file_id"]) if kind == "file" else "",
        )
    except (ValueError, KeyError, TypeError, ContractBrokenError):
        return None


def is_started(remote_id: str) -> bool:
    """Say whether the id is that of a job Zoho knows."""
    return known_id(remote_id) is not None


def file_name(upload: Upload) -> str:
    """Give the name of the one CSV inside the zip."""
    return f"{upload.object}.csv"


def parse_upload(content: object) -> str:
    """Give the id of an uploaded file.

    Raises:
        InvalidRequestError: The answer names none.
    """
    found = known_id(member(content, "details").get("file_id"))
    if found is None:
        raise InvalidRequestError("zoho.unreadable_answer", expected="file_id")
    return found


def prepare_create(upload: Upload) -> bytes:
    """Give the body that starts an update job: rows found by id, empty cells left alone.

    The record id is mapped first, since the result file tells the first three columns only.
    """
    mappings: list[dict[str, object]] = [{"api_name": "id", "index": 0}]
    for index, name in enumerate(upload.fields, start=1):
        found_by = {"find_by": "id"} if name in upload.references else {}
        mappings.append({"api_name": name, "index": index} | found_by)
    resource = {
        "type": "data",
        "module": {"api_name": upload.object},
        "file_id": upload.file_id,
        "file_names": [file_name(upload)],
        "ignore_empty": True,
        "find_by": "id",
        "field_mappings": mappings,
    }
    return to_bytes({"operation": "update", "character_encoding": "UTF-8", "resource": [resource]})


def parse_created(content: object) -> RemoteJob:
    """Read the answer to the start of a job; its code is SUCCESS or ADDED, by source.

    Raises:
        InvalidRequestError: Zoho did not start it, and says so.
        OutcomeUnknownError: It names no job: nobody can tell whether one was started.
    """
    told = content if isinstance(content, abc.Mapping) else {}
    if told.get("status") == "error":
        problem = problem_of(told)
        raise InvalidRequestError(our_code(problem.code, status=200), message=problem.message[:300])
    found = known_id(member(told, "details").get("id"))
    if told.get("status") != "success" or found is None:
        raise OutcomeUnknownError("zoho.answer_unreadable", kind="job")
    return RemoteJob(found, RemoteState.QUEUED)


def job_path(remote_id: str) -> str:
    """Give the path of a started job."""
    return f"{JOBS}/{row_id(remote_id)}"


def parse_job(content: object) -> RemoteJob:
    """Read a job as Zoho tells of it; `processed` counts skipped rows too.

    Raises:
        InvalidRequestError: It is no job, or in a state we do not know.
    """
    told: Json = content if isinstance(content, abc.Mapping) else {}
    word = str(told.get("status") or "").upper().replace(" ", "").replace("_", "")
    state, found = _STATES.get(word), known_id(told.get("id"))
    if state is None or found is None:
        raise InvalidRequestError("zoho.unreadable_answer", expected="job", found=word[:40])
    resources = told.get("resource")
    resource = resources[0] if isinstance(resources, list) and resources else {}
    counted = member(resource, "file")
    skipped = number_of(counted, "skipped_count")
    written = number_of(counted, "added_count") + number_of(counted, "updated_count")
    return RemoteJob(
        id=found,
        state=state,
        processed=written + skipped,
        failed=skipped,
        message=str(resource.get("message") or "") if isinstance(resource, abc.Mapping) else "",
        object=str(member(resource, "module").get("api_name") or ""),
        created_at=stamp_of(told.get("created_time")),
    )


def download_address(content: object, *, origin: str) -> str | None:
    """Give the address of a job's result file; None while there is none.

    A path belongs to the API's own host. A whole address must lead to one of Zoho's.

    Raises:
        InvalidRequestError: It leads elsewhere.
    """
    stated = member(content, "result").get("download_url")
    if not isinstance(stated, str) or not stated:
        return None
    if stated.startswith("/") and not stated.startswith("//"):
        return origin + stated
    scheme, _, rest = stated.partition("://")
    server = f"{scheme}://{rest.partition('/')[0]}"
    if server != origin and api_domain(server) is None:
        raise InvalidRequestError("zoho.unreadable_answer", expected="download_url")
    return stated
