"""Bulk API 2.0 query: a job, and its rows as CSV pages with opaque locators."""

import base64
import binascii
import csv
import io
from collections import abc
from dataclasses import dataclass

from writeback.sdk.simulator import Answer, json_answer
from writeback_salesforce.simulator.describing import COMPOUND
from writeback_salesforce.simulator.ids import Ids
from writeback_salesforce.simulator.ingesting import DELIMITERS
from writeback_salesforce.simulator.problems import Problem, bulk_problem, not_found
from writeback_salesforce.simulator.queries import Path, Query
from writeback_salesforce.simulator.seeding_makers import moment
from writeback_salesforce.simulator.selecting import Selection, flat_paths, select
from writeback_salesforce.simulator.soql import parse
from writeback_salesforce.simulator.state import Call, Org
from writeback_salesforce.simulator.values import to_csv

Json = dict[str, object]
_PAGE = 50_000
_RENDERED = 2_000


@dataclass(slots=True)
class _Job:
    told: Json
    selection: Selection
    rows: abc.Sequence[int] = ()


class Exporting:
    """The query jobs of one org."""

    def __init__(self) -> None:
        self._jobs: dict[str, _Job] = {}
        self._ids = Ids("750")

    def create(self, call: Call) -> Answer:
        """POST /jobs/query."""
        asked, org = call.json(), call.org
        operation = asked.get("operation")
        if operation not in ("query", "queryAll"):
            raise bulk_problem("InvalidJob", f"Invalid operation: {operation}")
        text = str(asked.get("query", ""))
        query = parse(text)
        selection = select(query, org.world(text, call.version, with_deleted=operation == "queryAll"))
        _refuse_unsupported(query, selection)
        with org.lock:
            number = 1_000_000 + len(self._jobs) + 1
            at = moment(org.now())
            told: Json = {
                "id": self._ids.of(number),
                "operation": operation,
                "object": selection.table.sobject.name,
                "createdById": org.user_id,
                "createdDate": at,
                "systemModstamp": at,
                "state": "UploadComplete",
                "concurrencyMode": "Parallel",
                "contentType": "CSV",
                "apiVersion": float(call.version),
                "lineEnding": asked.get("lineEnding", "LF"),
                "columnDelimiter": asked.get("columnDelimiter", "COMMA"),
            }
            job = self._jobs[str(told["id"])] = _Job(told, selection)
        shown = dict(told)
        org.background.submit(lambda: self._work(org, job))
        return json_answer(shown)

    def show(self, call: Call) -> Answer:
        """GET /jobs/query/ID."""
        return json_answer(self._find(call).told)

    def list(self, call: Call) -> Answer:
        """GET /jobs/query."""
        del call
        return json_answer(
            {"done": True, "records": [job.told for job in self._jobs.values()], "nextRecordsUrl": None}
        )

    def change(self, call: Call) -> Answer:
        """PATCH /jobs/query/ID: abort."""
        job = self._find(call)
        if call.json().get("state") != "Aborted" or job.told["state"] == "JobComplete":
            raise bulk_problem(
                "InvalidJobState", f"Updating a job in state {job.told['state']} is not allowed"
            )
        job.told["state"] = "Aborted"
        return json_answer(job.told)

    def delete(self, call: Call) -> Answer:
        """DELETE /jobs/query/ID."""
        del self._jobs[str(self._find(call).told["id"])]
        return Answer(204)

    def results(self, call: Call) -> Answer:
        """GET /jobs/query/ID/results?maxRecords&locator: a page, with the header row."""
        job = self._find(call)
        if job.told["apiVersion"] != float(call.version):
            raise bulk_problem("InvalidJob", "The API version differs from that of the job", status=409)
        if job.told["state"] != "JobComplete":
            raise bulk_problem(
                "InvalidJobState", f"Results of a job in state {job.told['state']} are not available"
            )
        start = _from_locator(call.query.get("locator"))
        size = int(call.query.get("maxRecords") or _PAGE)
        page = job.rows[start : start + size]
        end = start + len(page)
        locator = base64.b64encode(str(end).encode()).decode().rstrip("=") if end < len(job.rows) else "null"
        headers = {
            "Content-Type": "text/csv; charset=UTF-8",
            "Sforce-Locator": locator,
            "Sforce-NumberOfRecords": str(len(page)),
        }
        return Answer(200, _pages(call.org, job, page), headers)

    def _work(self, org: Org, job: _Job) -> None:
        if org.background.pause(org.switches.number("job_seconds")):
            return
        with org.lock:
            if job.told["state"] != "UploadComplete":
                return
            job.told["state"] = "InProgress"
            job.rows = job.selection.rows()
            counted = {"numberRecordsProcessed": len(job.rows), "retries": 0, "totalProcessingTime": 1}
            job.told |= {"jobType": "V2Query", "isPkChunkingSupported": True, **counted}
            job.told |= {"state": "JobComplete", "systemModstamp": moment(org.now())}

    def _find(self, call: Call) -> _Job:
        job = self._jobs.get(call.found[0])
        if job is None:
            raise not_found()
        return job


def _refuse_unsupported(query: Query, selection: Selection) -> None:
    if selection.count is not None or query.offset or any(isinstance(item, Query) for item in query.items):
        message = "Aggregate queries, OFFSET and sub-selects are not supported by Bulk Query"
        raise Problem("FeatureNotEnabled", message)
    for key, _entry in selection.shape.entries:
        field = selection.table.sobject.fields.get(key)
        if field is not None and field.type in COMPOUND:
            raise Problem("FeatureNotEnabled", f"Selecting compound data not supported in Bulk Query: {key}")


def _pages(org: Org, job: _Job, rows: abc.Sequence[int]) -> abc.Iterator[bytes]:
    columns = flat_paths(job.selection.shape)
    ending = "\r\n" if job.told["lineEnding"] == "CRLF" else "\n"
    delimiter = DELIMITERS[str(job.told["columnDelimiter"])]
    for start in range(0, max(1, len(rows)), _RENDERED):
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
        if start == 0:
            writer.writerow([header for header, _path in columns])
        with org.lock:
            records = job.selection.render(rows[start : start + _RENDERED])
        writer.writerows([[to_csv(_value(record, path)) for _header, path in columns] for record in records])
        yield out.getvalue().encode()


def _value(record: abc.Mapping[str, object], path: Path) -> object:
    value: object = record
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _from_locator(locator: str | None) -> int:
    if not locator:
        return 0
    try:
        return int(base64.b64decode(locator + "=" * (-len(locator) % 4)))
    except (ValueError, binascii.Error):
        raise bulk_problem("InvalidJob", "The locator is not valid") from None
