"""Bulk API 2.0 ingest: jobs from creation to results. What happens to their rows is in `loading`."""

from collections import abc
from dataclasses import dataclass, field
from datetime import timedelta

from writeback.sdk.simulator import Answer, json_answer
from writeback_salesforce.simulator.ids import Ids
from writeback_salesforce.simulator.loading import Loading, Result
from writeback_salesforce.simulator.problems import Problem, bulk_problem
from writeback_salesforce.simulator.seeding_makers import moment
from writeback_salesforce.simulator.state import Call, Org

Json = dict[str, object]
DELIMITERS = {"BACKQUOTE": "`", "CARET": "^", "COMMA": ",", "PIPE": "|", "SEMICOLON": ";", "TAB": "\t"}
_OPERATIONS = ("insert", "update", "upsert", "delete", "hardDelete")
_LARGEST = 112_500_000  # 150 MB after base64
_LIFE = timedelta(days=7)
_CSV = {"Content-Type": "text/csv; charset=UTF-8"}
_FINAL = ("JobComplete", "Failed", "Aborted")
_RESULTS = {"successfulresults": "successful", "failedresults": "failed", "unprocessedrecords": "unprocessed"}


@dataclass(slots=True)
class Job:
    """One ingest job."""

    told: Json
    delimiter: str = ","
    data: bytes | None = None
    sha256: str = ""
    result: Result = field(default_factory=Result)

    @property
    def id(self) -> str:
        """Give the job's id."""
        return str(self.told["id"])

    @property
    def state(self) -> str:
        """Give the job's state."""
        return str(self.told["state"])


class Ingesting:
    """The ingest jobs of one org."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._ids = Ids("750")

    def create(self, call: Call) -> Answer:
        """POST /jobs/ingest, as JSON or as one multipart message with the data."""
        if call.headers.get("content-type", "").startswith("multipart/form-data"):
            return self._create_with_data(call)
        return json_answer(self._open(call, call.json()).told)

    def upload(self, call: Call) -> Answer:
        """PUT /jobs/ingest/ID/batches: once, while the job is open."""
        job = self._find(call)
        if job.state != "Open" or job.data is not None:
            status = int(call.org.switches["second_put"])
            message = (
                "Found multiple contents for job: <" + job.id + ">, please 'Close' / 'Abort' / 'Delete' the"
            )
            raise bulk_problem(
                "InvalidJobState", f"{message} current Job then create a new Job", status=status
            )
        if "csv" not in call.headers.get("content-type", "").lower():
            raise bulk_problem("InvalidBatch", "Invalid content type: text/csv is expected", status=415)
        data = call.body.read()
        if len(data) > _LARGEST:
            raise bulk_problem("ClientInputError", "The maximum allowed job size is exceeded")
        with call.org.lock:
            if not job.sha256 and job.state == "Open":  # two uploads at once: the first one counts
                job.data, job.sha256 = data, call.body.sha256
                self._touch(call.org, job)
        return Answer(201)

    def change(self, call: Call) -> Answer:
        """PATCH /jobs/ingest/ID: close or abort."""
        job = self._find(call)
        wanted = call.json().get("state")
        with call.org.lock:
            if wanted == "Aborted" and job.state not in ("JobComplete", "Failed"):
                job.told["state"] = "Aborted"
            elif wanted == "UploadComplete" and job.state == "Open":
                self._close(call.org, job)
            else:
                message = f"Updating a job in state {job.state} to {wanted} is not allowed"
                raise bulk_problem("InvalidJobState", message)
            self._touch(call.org, job)
            return json_answer(_short(job.told))

    def show(self, call: Call) -> Answer:
        """GET /jobs/ingest/ID."""
        job = self._find(call)
        with call.org.lock:
            return json_answer(job.told)

    def list(self, call: Call) -> Answer:
        """GET /jobs/ingest: a thousand a page."""
        start = int(call.query.get("queryLocator") or 0)
        jobs = list(self._jobs.values())
        page = [_short(job.told) for job in jobs[start : start + 1000]]
        told: Json = {"done": start + 1000 >= len(jobs), "records": page, "nextRecordsUrl": None}
        if not told["done"]:
            told["nextRecordsUrl"] = f"{call.base}/jobs/ingest?queryLocator={start + 1000}"
        return json_answer(told)

    def delete(self, call: Call) -> Answer:
        """DELETE /jobs/ingest/ID: not while it is open or at work."""
        job = self._find(call)
        if job.state not in ("UploadComplete", *_FINAL):
            raise bulk_problem("InvalidJobState", f"Deleting a job in state {job.state} is not allowed")
        del self._jobs[job.id]
        return Answer(204)

    def results(self, call: Call) -> Answer:
        """GET one of the three result files."""
        job = self._find(call)
        if job.state not in _FINAL:
            raise bulk_problem("InvalidJobState", f"Results of a job in state {job.state} are not available")
        return Answer(200, job.result.file(_RESULTS[call.found[1].lower()]), dict(_CSV))

    def _open(self, call: Call, asked: Json) -> Job:
        org = call.org
        name, operation = str(asked.get("object", "")), asked.get("operation")
        table = org.tables.get(name.lower())
        if table is None:
            raise bulk_problem("INVALIDENTITY", f"'{name}' is not a valid object")
        if operation not in _OPERATIONS:
            raise bulk_problem("InvalidJob", f"Invalid operation: {operation}")
        ending, delimiter = asked.get("lineEnding", "LF"), asked.get("columnDelimiter", "COMMA")
        if (
            ending not in ("LF", "CRLF")
            or delimiter not in DELIMITERS
            or asked.get("contentType", "CSV") != "CSV"
        ):
            raise bulk_problem("InvalidJob", "lineEnding, columnDelimiter or contentType is not supported")
        key = asked.get("externalIdFieldName")
        field_of_key = table.sobject.field(str(key)) if key else None
        if operation == "upsert" and (field_of_key is None or not field_of_key.lookup):
            raise bulk_problem("InvalidJob", "External ID was blank or is not an indexed field")
        with org.lock:
            number = len(self._jobs) + 1
            while self._ids.of(number) in self._jobs:
                number += 1
            at = moment(org.now())
            told: Json = {
                "id": self._ids.of(number),
                "operation": operation,
                "object": table.sobject.name,
                "createdById": org.user_id,
                "createdDate": at,
                "systemModstamp": at,
                "state": "Open",
                "concurrencyMode": "Parallel",
                "contentType": "CSV",
                "apiVersion": float(call.version),
                "contentUrl": f"services/data/v{call.version}/jobs/ingest/{self._ids.of(number)}/batches",
                "lineEnding": ending,
                "columnDelimiter": delimiter,
            }
            told |= {
                name: asked[name] for name in ("externalIdFieldName", "assignmentRuleId") if name in asked
            }
            job = Job(told, DELIMITERS[str(delimiter)])
            self._jobs[job.id] = job
        return job

    def _create_with_data(self, call: Call) -> Answer:
        parts = _multipart(call)
        if "job" not in parts or "content" not in parts:
            raise bulk_problem("InvalidJob", "The parts job and content are expected")
        inner = call.part("POST", call.path, body=type(call.body).of(parts["job"]))
        job = self._open(call, inner.json())
        if len(parts["content"]) > 100_000:
            raise bulk_problem(
                "ClientInputError", "The content of a multipart job may hold 100,000 characters"
            )
        job.data, job.sha256 = parts["content"], type(call.body).of(parts["content"]).sha256
        with call.org.lock:
            self._close(call.org, job)
        return json_answer(_short(job.told))

    def _close(self, org: Org, job: Job) -> None:
        job.told["state"] = "UploadComplete"
        job.told |= {
            "jobType": "V2Ingest",
            "numberRecordsProcessed": 0,
            "numberRecordsFailed": 0,
            "retries": 0,
        }
        job.told |= {"totalProcessingTime": 0, "apiActiveProcessingTime": 0, "apexProcessingTime": 0}
        org.background.submit(lambda: self._work(org, job))

    def _work(self, org: Org, job: Job) -> None:
        """Do a closed job, on the background thread."""
        wait = org.switches.number("job_seconds")
        if org.background.pause(wait) or not self._move(org, job, "UploadComplete", "InProgress"):
            return
        if org.background.pause(wait):
            return
        loading = Loading(org, job.told, job.delimiter, job.sha256)
        failure = loading.run(job.data or b"", is_stopped=lambda: job.state != "InProgress")
        with org.lock:
            job.result = loading.result
            job.data = b""
            counted = {"numberRecordsProcessed": loading.processed, "numberRecordsFailed": loading.failed}
            job.told |= counted | {
                "totalProcessingTime": loading.took_ms,
                "apiActiveProcessingTime": loading.took_ms,
            }
            if failure is not None and job.state == "InProgress":
                job.told |= {"state": failure.state, "errorMessage": failure.message}
            elif job.state == "InProgress":
                job.told["state"] = "JobComplete"
            self._touch(org, job)

    def _move(self, org: Org, job: Job, before: str, after: str) -> bool:
        with org.lock:
            if job.state != before:
                return False
            job.told["state"] = after
            self._touch(org, job)
            return True

    def _touch(self, org: Org, job: Job) -> None:
        job.told["systemModstamp"] = moment(org.now())

    def _find(self, call: Call) -> Job:
        given = call.found[0]
        job = self._jobs.get(given) or next(
            (job for key, job in self._jobs.items() if key[:15] == given), None
        )
        if job is None or str(job.told["createdDate"]) < moment(call.org.now() - _LIFE):
            raise Problem("NOT_FOUND", "The requested resource does not exist", status=404)
        return job


def _short(told: Json) -> Json:
    """Give the job without what only the poll shows."""
    poll_only = ("retries", "totalProcessingTime", "apiActiveProcessingTime", "apexProcessingTime")
    return {
        name: value
        for name, value in told.items()
        if name not in poll_only and not name.startswith("numberRecords")
    }


def _multipart(call: Call) -> dict[str, bytes]:
    boundary = call.headers["content-type"].partition("boundary=")[2].strip('"').encode()
    found: dict[str, bytes] = {}
    for piece in call.body.read().split(b"--" + boundary)[1:-1]:
        head, _, data = piece.strip(b"\r\n").replace(b"\r\n\r\n", b"\n\n", 1).partition(b"\n\n")
        name = next(iter(_names(head)), "")
        found[name] = data
    return found


def _names(head: bytes) -> abc.Iterator[str]:
    for piece in head.decode("utf-8", "replace").replace("\n", ";").split(";"):
        key, _, text = piece.strip().partition("=")
        if key == "name":
            yield text.strip('"')
