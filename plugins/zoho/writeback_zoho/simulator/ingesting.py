"""Bulk write: take an uploaded file, make a job, tell how it goes, hand out the result.

Source: https://www.zoho.com/crm/developer/docs/api/v8/bulk-write/overview.html.
"""

import io
import zipfile
from collections import abc
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from writeback.sdk.simulator import Answer, json_answer
from writeback_zoho.simulator.loading import Loading, Mapping, Terms, read_mappings
from writeback_zoho.simulator.multiparts import read_parts
from writeback_zoho.simulator.problems import Problem
from writeback_zoho.simulator.state import Call, Json, Org

MOST_BYTES = 25_000_000
_KEPT = timedelta(days=7)
_OPERATIONS = ("insert", "update", "upsert")


@dataclass(frozen=True, slots=True)
class _File:
    name: str  # of the CSV inside
    data: bytes
    sha256: str


@dataclass(slots=True)
class _Job:
    told: Json
    resource: Json
    loading: Loading
    ended_at: datetime | None = None
    result: bytes = b""
    callback: Json | None = field(default=None)


class Ingesting:
    """The files and bulk write jobs of one org."""

    def __init__(self) -> None:
        self._files: dict[str, _File] = {}
        self._jobs: dict[str, _Job] = {}

    def upload(self, call: Call) -> Answer:
        """POST /upload: one zip with one CSV."""
        org, headers = call.org, call.headers
        if headers.get("feature") is None:
            raise Problem("MANDATORY_NOT_FOUND", "Required key feature is not available")
        if headers["feature"] != "bulk-write":
            raise Problem("NOT_SUPPORTED_FEATURE", "The feature is not supported")
        if headers.get("x-crm-org") != org.zgid:
            raise Problem("INVALID_DATA", "Invalid data - x-crm-org")
        body = call.body.read()
        parts = [part for part in read_parts(headers.get("content-type", ""), body) if part.name == "file"]
        if not parts:
            raise Problem("MANDATORY_NOT_FOUND", "Required key file is not available")
        if len(parts[0].data) > MOST_BYTES:
            raise Problem("INVALID_DATA", "Import file size should be less than 25 mb.")
        file_id = org.new_id()
        self._files[file_id] = _unpacked(parts[0].data, call.body.sha256)
        return json_answer(
            {
                "status": "success",
                "code": "FILE_UPLOAD_SUCCESS",
                "message": "file uploaded.",
                "details": {"file_id": file_id, "created_time": org.stamp()},
            }
        )

    def create(self, call: Call) -> Answer:
        """POST /write: a job about files that were uploaded."""
        org, asked = call.org, call.json()
        operation = asked.get("operation")
        if operation is None:
            raise _missing_key("$.operation")
        if operation not in _OPERATIONS:
            raise Problem(
                "INVALID_DATA", "invalid data", {"api_name": "operation", "json_path": "$.operation"}
            )
        callback = _callback(asked)
        resources = asked.get("resource")
        if not isinstance(resources, list) or not resources or not isinstance(resources[0], dict):
            raise _missing_key("$.resource")
        if len(resources) != 1:
            raise Problem("COEXISTENCE_NOT_ALLOWED", "several resources are not allowed here")
        job = self._job(org, asked, resources[0], str(operation))
        job.callback = callback
        org.background.submit(lambda: self._work(org, job))
        details = {"id": job.told["id"], "created_by": org.person(org.user_id)}
        code = org.switches["bulk_created_code"]
        told = {"status": "success", "code": code, "message": "success", "details": details}
        return json_answer(told, status=201)

    def show(self, call: Call) -> Answer:
        """GET /write/{id}."""
        job = self._find(call)
        with call.org.lock:
            told = {**job.told, "resource": [dict(job.resource)]}
        if job.callback is not None:
            told["callback"] = job.callback
        return json_answer(told)

    def result(self, call: Call) -> Answer:
        """GET the download address: a zip with the result of every row."""
        job = self._find(call)
        if not job.result or job.ended_at is None or call.org.now() - job.ended_at > _KEPT:
            raise _no_such_job(call.found[0])
        name = f"{call.found[0]}.zip"
        headers = {"Content-Type": "application/zip", "Content-Disposition": f"attachment; filename={name}"}
        return Answer(200, job.result, headers)

    def _job(self, org: Org, asked: Json, resource: Json, operation: str) -> _Job:
        module = resource.get("module")
        name = module.get("api_name") if isinstance(module, dict) else None
        if not isinstance(name, str):
            raise _missing_key("$.resource[0].module.api_name")
        table = org.tables.get(name)
        if table is None or name == "Users":
            raise Problem("MODULE_NOT_AVAILABLE", "the module given is not available", {"api_name": name})
        file = self._file(resource)
        find_by = resource.get("find_by")
        if operation != "insert" and not isinstance(find_by, str):
            raise Problem("MANDATORY_NOT_FOUND", "Required key find_by is not available")
        mappings = read_mappings(table.module, resource.get("field_mappings"), file.data)
        _check_key(mappings, str(find_by), operation)
        ignore_empty = resource.get("ignore_empty", asked.get("ignore_empty", False)) is True
        job_id = org.new_id()
        terms = Terms(job_id, operation, tuple(mappings), str(find_by or ""), ignore_empty, file.sha256)
        loading = Loading(org, table, terms, file.data)
        told: Json = {
            "status": "ADDED",
            "character_encoding": asked.get("character_encoding", "UTF-8"),
            "id": job_id,
            "created_by": org.person(org.user_id),
            "operation": operation,
            "created_time": org.stamp(),
        }
        shown: Json = {
            "status": "ADDED",
            "type": "data",
            "module": {"api_name": name, "id": table.module.id},
            "field_mappings": [mapping.told() for mapping in mappings],
            "ignore_empty": ignore_empty,
            "file": {
                "status": "ADDED",
                "name": file.name,
                "added_count": 0,
                "skipped_count": 0,
                "updated_count": 0,
                "total_count": 0,
            },
        }
        job = self._jobs[job_id] = _Job(told, shown, loading)
        return job

    def _file(self, resource: Json) -> _File:
        if resource.get("file_id") is None:
            raise _missing_key("$.resource[0].file_id")
        given = str(resource["file_id"])  # the Python SDK sends a number
        if not given.isdigit():
            raise Problem("INVALID_FILE_ID", "the file id given seems to be invalid")
        file = self._files.get(given)
        if file is None:
            raise Problem("FILE_NOT_FOUND", "the file is not found")
        return file

    def _find(self, call: Call) -> _Job:
        job = self._jobs.get(call.found[0])
        if job is None:
            raise _no_such_job(call.found[0])
        return job

    def _work(self, org: Org, job: _Job) -> None:
        seconds = org.switches.number("job_seconds")
        if org.background.pause(seconds):
            return
        self._state(org, job, org.switches["in_progress"])
        if org.background.pause(seconds):
            return
        name = job.loading.table.module.name
        fault = org.faults.take("job_failed", object=name)
        problem = fault.text("code", "INTERNAL_ERROR") if fault else job.loading.run()
        job_id = str(job.told["id"])
        with org.lock:
            job.ended_at = org.now()
            if problem:
                job.resource["code"] = problem
                self._state(org, job, "FAILED")
                return
            counts = job.loading.counts
            job.resource["file"] = {**_object(job.resource["file"]), **counts, "status": "COMPLETED"}
            job.result = _packed(f"{name}-{_object(job.resource['file'])['name']}", job.loading.result())
            path = f"/v2/crm/org{org.zgid}/bulk-write/{job_id}/{job_id}.zip"
            url = org.url + path if org.switches["download_url"] == "absolute" else path
            job.told["result"] = {"download_url": url}
            self._state(org, job, "COMPLETED")

    def _state(self, org: Org, job: _Job, state: str) -> None:
        with org.lock:
            job.told["status"] = state
            job.resource["status"] = "SKIPPED" if state == "FAILED" else state
            file = _object(job.resource["file"])
            file["status"] = job.resource["status"]


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _unpacked(data: bytes, sha256: str) -> _File:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = [name for name in packed.namelist() if not name.endswith("/")]
            if len(names) != 1 or not names[0].lower().endswith(".csv"):
                raise Problem("INVALID_FILE_FORMAT", "invalid file format. only zip format is supported")
            return _File(names[0], packed.read(names[0]), sha256)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        message = "invalid file format. only zip format is supported"
        raise Problem("INVALID_FILE_FORMAT", message) from None


def _packed(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _check_key(mappings: abc.Sequence[Mapping], find_by: str, operation: str) -> None:
    if operation == "insert":
        return
    key = next((mapping for mapping in mappings if mapping.name == find_by), None)
    if key is None or not (find_by == "id" or key.field.unique):
        raise Problem("INVALID_FIELD", "the field given in find_by is invalid", {"api_name": find_by})


def _callback(asked: Json) -> Json | None:
    callback = asked.get("callback")
    if callback is None:
        return None
    told = callback if isinstance(callback, dict) else {}
    if not str(told.get("url", "")).startswith("https://"):
        raise Problem("INVALID_CALLBACK_URL", "the callback url given is invalid")
    if str(told.get("method", "")).lower() != "post":
        details = {"supported_callback_methods": ["post"]}
        raise Problem("INVALID_CALLBACK_METHOD", "the callback method given is invalid", details)
    return told


def _missing_key(path: str) -> Problem:
    return Problem("MISSING_REQUIRED_KEY", "required key not found", {"json_path": path})


def _no_such_job(job_id: str) -> Problem:
    return Problem(
        "RESOURCE_NOT_FOUND", "The requested resource doesn't exist.", {"resource": job_id}, status=404
    )
