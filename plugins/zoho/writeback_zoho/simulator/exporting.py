"""Bulk read: a job, and its rows as a zip with one CSV.

Source: https://www.zoho.com/crm/developer/docs/api/v8/bulk-read/overview.html.
"""

import csv
import io
import zipfile
from collections import abc
from dataclasses import dataclass
from datetime import datetime, timedelta

from writeback.sdk.simulator import Answer, json_answer
from writeback_zoho.simulator.conditions import make_test
from writeback_zoho.simulator.coql import Both, Compare, Condition, Literal
from writeback_zoho.simulator.problems import Problem
from writeback_zoho.simulator.state import Call, Json, Org
from writeback_zoho.simulator.tables import Table

PER_PAGE = 200_000
MOST_CRITERIA = 25
_KEPT = timedelta(days=1)
_COMPARATORS = {
    "equal": "=",
    "not_equal": "!=",
    "greater_than": ">",
    "less_than": "<",
    "greater_equal": ">=",
    "less_equal": "<=",
    "in": "in",
    "not_in": "not in",
    "between": "between",
    "starts_with": "like",
    "ends_with": "like",
    "contains": "like",
}


@dataclass(slots=True)
class _Job:
    told: Json
    table: Table
    names: list[str]
    condition: Condition | None
    page: int
    ended_at: datetime | None = None
    result: bytes = b""


class Exporting:
    """The bulk read jobs of one org."""

    def __init__(self) -> None:
        self._jobs: dict[str, _Job] = {}

    def create(self, call: Call) -> Answer:
        """POST /read."""
        org, asked = call.org, call.json()
        query = asked.get("query")
        if not isinstance(query, dict):
            raise Problem("INVALID_REQUEST", "the request is invalid")
        if asked.get("file_type", "csv") != "csv":
            formats = {"api_name": "file_type", "supported_values": ["ics", "csv"]}
            raise Problem("INVALID_DATA", "invalid data", formats)
        module = query.get("module")
        name = str(module.get("api_name")) if isinstance(module, dict) else str(module)
        table = org.tables.get(name)
        if table is None or name == "Users":
            raise Problem("MODULE_NOT_AVAILABLE", "the module given is not available", {"api_name": name})
        job = self._job(org, table, query)
        org.background.submit(lambda: self._work(org, job))
        details: Json = {
            "id": job.told["id"],
            "operation": "read",
            "state": "ADDED",
            "created_by": job.told["created_by"],
            "created_time": job.told["created_time"],
        }
        told = {
            "status": "success",
            "code": "ADDED_SUCCESSFULLY",
            "message": "Added successfully.",
            "details": details,
        }
        return json_answer({"data": [told], "info": {}}, status=201)

    def show(self, call: Call) -> Answer:
        """GET /read/{id}."""
        with call.org.lock:
            return json_answer({"data": [self._find(call).told]})

    def result(self, call: Call) -> Answer:
        """GET /read/{id}/result."""
        job = self._find(call)
        if not job.result or job.ended_at is None or call.org.now() - job.ended_at > _KEPT:
            raise _no_such_job(call.found[0])
        headers = {"Content-Type": "application/zip"}
        headers["Content-Disposition"] = f"attachment; filename={call.found[0]}.zip"
        return Answer(200, job.result, headers)

    def _job(self, org: Org, table: Table, query: Json) -> _Job:
        given = query.get("fields")
        fields = table.module.fields
        names = [str(name) for name in given] if isinstance(given, list) else list(fields)
        for name in names:
            if name not in fields:
                raise Problem("FIELD_NOT_AVAILABLE", "the field given is not available", {"api_name": name})
        names = ["id", *(name for name in names if name != "id" and fields[name].data_type != "subform")]
        criteria = query.get("criteria")
        condition = _condition(criteria) if isinstance(criteria, dict) else None
        if condition is not None:
            make_test(org, table, condition)  # refuses what cannot be compared
        page = query.get("page", 1)
        if not isinstance(page, int) or not 1 <= page <= 500:
            raise Problem("PAGE_RANGE_EXCEEDED", "page range exceeded", {"max_limit": 500})
        job_id = org.new_id()
        told: Json = {
            "id": job_id,
            "operation": "read",
            "state": "ADDED",
            "query": {
                **query,
                "module": {"api_name": table.module.name, "id": table.module.id},
                "page": page,
            },
            "created_by": org.person(org.user_id),
            "created_time": org.stamp(),
            "file_type": "csv",
        }
        job = self._jobs[job_id] = _Job(told, table, names, condition, page)
        return job

    def _work(self, org: Org, job: _Job) -> None:
        if org.background.pause(org.switches.number("job_seconds")):
            return
        with org.lock:
            job.told["state"] = "IN PROGRESS"
        if org.background.pause(org.switches.number("job_seconds")):
            return
        with org.lock:
            test = make_test(org, job.table, job.condition) if job.condition is not None else None
            rows = [row for row in job.table.living_rows() if test is None or test(row)]
            shown = rows[(job.page - 1) * PER_PAGE : job.page * PER_PAGE]
            job.result = _packed(f"{job.told['id']}.csv", _csv(job.table, job.names, shown))
            job.ended_at = org.now()
            job.told["state"] = "COMPLETED"
            job.told["result"] = {
                "page": job.page,
                "count": len(shown),
                "download_url": f"/crm/bulk/v8/read/{job.told['id']}/result",
                "per_page": PER_PAGE,
                "more_records": len(rows) > job.page * PER_PAGE,
            }

    def _find(self, call: Call) -> _Job:
        job = self._jobs.get(call.found[0])
        if job is None:
            raise _no_such_job(call.found[0])
        return job


def _csv(table: Table, names: abc.Sequence[str], rows: abc.Iterable[int]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["Id" if name == "id" else name for name in names])
    readers = [table.getter(name) for name in names]
    writer.writerows([_cell(read(row)) for read in readers] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _packed(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _condition(given: Json) -> Condition:
    """Read criteria: one comparison, or a group of them."""
    group = given.get("group")
    if isinstance(group, list):
        word = str(given.get("group_operator", "")).lower()
        if word not in ("and", "or"):
            details = {"supported": ["and", "or"]}
            raise Problem("GROUP_OPERATOR_NOT_SUPPORTED", "the group operator is not supported", details)
        parts = [_condition(item) for item in group if isinstance(item, dict)]
        if not parts or len(parts) > MOST_CRITERIA:
            raise Problem("CRITERIA_LIMIT_EXCEEDED", "criteria limit exceeded", {"max_limit": MOST_CRITERIA})
        joined = parts[0]
        for part in parts[1:]:
            joined = Both(word, joined, part)
        return joined
    field = given.get("field")
    name = field.get("api_name") if isinstance(field, dict) else given.get("api_name")
    comparator, value = str(given.get("comparator", "")), given.get("value")
    operator = _COMPARATORS.get(comparator)
    if operator is None or not isinstance(name, str):
        raise Problem("INVALID_CRITERIA", "the criteria given is invalid", {"comparator": comparator})
    return Compare(tuple(name.split(".")), operator, _values(comparator, operator, value))


def _values(comparator: str, operator: str, value: object) -> tuple[Literal, ...]:
    given = value if isinstance(value, list) else [value]
    values = tuple(item for item in given if isinstance(item, str | int | float))
    wanted = 2 if operator == "between" else 1
    if len(values) < wanted or len(values) > 200:
        raise Problem("INVALID_CRITERIA", "the criteria given is invalid", {"comparator": comparator})
    if operator != "like":
        return values
    before, after = comparator in ("ends_with", "contains"), comparator in ("starts_with", "contains")
    return (f"{'%' if before else ''}{values[0]}{'%' if after else ''}",)


def _no_such_job(job_id: str) -> Problem:
    return Problem(
        "RESOURCE_NOT_FOUND", "The requested resource doesn't exist.", {"resource": job_id}, status=404
    )
