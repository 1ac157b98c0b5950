"""Imports: the asynchronous way to write a file of rows (wire contract, section 13).

Tells counters and refused rows, never which rows were taken. A row goes through the same door as any write.
"""

import csv
import io
from collections import Counter, abc
from dataclasses import dataclass, field
from datetime import date, datetime
from email import message_from_bytes

import orjson

from writeback.sdk.simulator import Answer, Applied, Fault, json_answer
from writeback_hubspot.simulator.problems import Json, Problem, invalid, not_found
from writeback_hubspot.simulator.properties import Property
from writeback_hubspot.simulator.state import Call, Portal, listed
from writeback_hubspot.simulator.tables import Table
from writeback_hubspot.simulator.writing import Source, disturb, make_write, plan_write, record

_ORDERS = {"YEAR_MONTH_DAY": "%Y-%m-%d", "MONTH_DAY_YEAR": "%m/%d/%Y", "DAY_MONTH_YEAR": "%d/%m/%Y"}
_OPERATIONS = ("UPDATE", "CREATE", "UPSERT")
_ERRORS = {
    "INVALID_OPTION": "INVALID_ENUMERATION_OPTION",
    "INVALID_INTEGER": "COULD_NOT_PARSE_NUMBER",
    "INVALID_DATE": "COULD_NOT_PARSE_DATE",
    "INVALID_LONG": "COULD_NOT_PARSE_DATE",
    "INVALID_EMAIL": "INVALID_EMAIL",
    "INVALID_OWNER_ID": "COULD_NOT_FIND_OWNER",
    "PROPERTY_DOESNT_EXIST": "PROPERTY_DEFINITION_NOT_FOUND",
    "CONFLICTING_UNIQUE_VALUE": "DUPLICATE_UNIQUE_PROPERTY_VALUE",
}
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column of the file is."""

    name: str
    property: str
    type: str  # HUBSPOT_OBJECT_ID, HUBSPOT_ALTERNATE_ID, STANDARD


@dataclass(slots=True)
class Import:
    """One import and how far it is."""

    id: str
    request: Json
    operation: str
    table: Table
    columns: list[_Column]
    rows: list[list[str]]
    made_at: str
    updated_at: str
    sha256: str
    state: str = "STARTED"
    counters: Counter[str] = field(default_factory=Counter)
    errors: list[Json] = field(default_factory=list)

    def told(self) -> Json:
        """Show it as the API does."""
        return {
            "id": self.id,
            "state": self.state,
            "importRequestJson": self.request,
            "importSource": "API",
            "importName": str(self.request.get("name", "")),
            "createdAt": self.made_at,
            "updatedAt": self.updated_at,
            "metadata": {"counters": dict(self.counters), "fileIds": [self.id], "objectLists": []},
            "optOutImport": False,
            "mappedObjectTypeIds": [self.table.kind.type_id],
        }


class Importing:
    """The imports of a portal."""

    def __init__(self) -> None:
        self._imports: dict[str, Import] = {}

    def create(self, call: Call) -> Answer:
        """`POST /imports`: multipart, parts `importRequest` and `files`."""
        request, file = _parts(call)
        portal = call.portal
        given = _first(request.get("files"), "files")
        page = given.get("fileImportPage")
        if given.get("fileFormat", "CSV") != "CSV" or not isinstance(page, dict):
            raise invalid("files[0] has to be a CSV file with its fileImportPage")
        columns, table = _columns(portal, page)
        operations = request.get("importOperations")
        known = operations if isinstance(operations, dict) else {}
        operation = str(known.get(table.kind.type_id, "UPSERT"))
        if operation not in _OPERATIONS:
            raise invalid(f"{operation} is not one of {', '.join(_OPERATIONS)}")
        rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
        if page.get("hasHeader", True):
            rows = rows[1:]
        at, number = portal.stamp(), str(60_000_001 + len(self._imports))
        made = Import(number, request, operation, table, columns, rows, at, at, call.body.sha256)
        made.counters["TOTAL_ROWS"] = len(rows)
        self._imports[number] = made
        answer = json_answer(made.told())  # STARTED, whatever the job does meanwhile
        portal.background.submit(lambda: _run(portal, made))
        return answer

    def list(self, call: Call) -> Answer:
        """`GET /imports`."""
        limit, after = call.number("limit", 10, most=100), call.number("after", 0)
        found = [each for each in self._imports.values() if int(each.id) > after]
        told: Json = {"results": [each.told() for each in found[:limit]]}
        if len(found) > limit:
            told["paging"] = call.paging(found[limit - 1].id)
        return json_answer(told)

    def show(self, call: Call) -> Answer:
        """`GET /imports/{id}`."""
        return json_answer(self._find(call).told())

    def cancel(self, call: Call) -> Answer:
        """`POST /imports/{id}/cancel`: rows written before stay written."""
        found = self._find(call)
        if found.state in ("STARTED", "PROCESSING"):
            found.state = "CANCELED"
        at = call.portal.stamp()
        return json_answer({"status": "COMPLETE", "startedAt": at, "completedAt": at})

    def errors(self, call: Call) -> Answer:
        """`GET /imports/{id}/errors`."""
        found, limit = self._find(call).errors, call.number("limit", 10, most=1000)
        left = [each for each in found if int(str(each["id"])) > call.number("after", 0)]
        shown = [_shown(each, call) for each in left[:limit]]
        told: Json = {"results": shown}
        if len(left) > limit:
            told["paging"] = call.paging(str(left[limit - 1]["id"]))
        return json_answer(told)

    def _find(self, call: Call) -> Import:
        found = self._imports.get(call.found[0])
        if found is None:
            raise not_found()
        return found


def _parts(call: Call) -> tuple[Json, bytes]:
    head = f"Content-Type: {call.headers.get('content-type', '')}\r\n\r\n".encode()
    message = message_from_bytes(head + call.body.read())
    if not message.is_multipart():
        raise Problem("VALIDATION_ERROR", "Unsupported Media Type: multipart/form-data is needed", 415)
    parts: dict[str, bytes] = {}
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(data, bytes):
            parts[name] = data
    try:
        request = orjson.loads(parts.get("importRequest", b""))
    except orjson.JSONDecodeError:
        request = None
    if not isinstance(request, dict) or "files" not in parts:
        raise invalid("the parts importRequest (JSON) and files are needed")
    return request, parts["files"]


def _columns(portal: Portal, page: Json) -> tuple[list[_Column], Table]:
    mappings = [
        each for each in listed(page.get("columnMappings"), "columnMappings") if isinstance(each, dict)
    ]
    if not mappings:
        raise invalid("columnMappings may not be empty")
    columns = [
        _Column(
            str(each.get("columnName", "")),
            str(each.get("propertyName") or ""),
            str(each.get("columnType") or each.get("idColumnType") or "STANDARD"),
        )
        for each in mappings
    ]
    return columns, portal.table(str(mappings[0].get("columnObjectTypeId", "")))


def _run(portal: Portal, job: Import) -> None:
    pause = portal.switches.number("job_s")
    if portal.background.pause(pause):
        return
    with portal.lock:
        if job.state != "STARTED":
            return
        job.state = "PROCESSING"
    fault = portal.faults.take("import_failed", object=job.table.kind.name)
    for start in range(0, len(job.rows), _CHUNK):
        with portal.lock:
            if job.state != "PROCESSING":
                return
            _write_chunk(portal, job, start, fault)
    if portal.background.pause(pause):
        return
    with portal.lock:
        if job.state == "PROCESSING":
            job.state = "DONE"
            job.updated_at = portal.stamp()


def _write_chunk(portal: Portal, job: Import, start: int, fault: Fault | None) -> None:
    most = len(job.rows) if fault is None else int(fault.number("rows", 0))
    done: list[Applied] = []
    for number, cells in enumerate(job.rows[start : start + _CHUNK], start):
        if number >= most:
            job.state = "FAILED"
            break
        try:
            done.append(_write_row(portal, job, cells))
        except Problem as problem:
            _put_down(portal, job, number, problem)
    record(portal, done, route="import", sha256=job.sha256)


def _write_row(portal: Portal, job: Import, cells: list[str]) -> Applied:
    table = job.table
    if len(cells) != len(job.columns):
        raise Problem("INCORRECT_NUMBER_OF_COLUMNS", f"{len(cells)} cells, {len(job.columns)} columns")
    row, named = _named_row(table, job.columns, cells)
    if (row is None and job.operation == "UPDATE") or (row is not None and job.operation == "CREATE"):
        raise Problem("UPDATE_ONLY_IMPORT" if row is None else "CREATE_ONLY_IMPORT", "The row was left out")
    order = _ORDERS.get(str(job.request.get("dateFormat", "YEAR_MONTH_DAY")), "%Y-%m-%d")
    given: Json = dict(named) if row is None else {}
    for column, text in zip(job.columns, cells, strict=True):
        if column.type == "STANDARD" and text != "":  # an empty cell leaves what is there
            prop = table.kind.properties.get(column.property)
            given[column.property] = text if prop is None else _read_cell(prop, text, order)
    if row is not None:
        disturb(portal, table, row)
    applied = make_write(portal, table, plan_write(portal, table, row, given), Source("IMPORT", job.id))
    job.counters["CREATED_OBJECTS" if row is None else "UPDATED_OBJECTS"] += 1
    return applied


def _named_row(
    table: Table, columns: abc.Iterable[_Column], cells: abc.Iterable[str]
) -> tuple[int | None, dict[str, str]]:
    """Find the record of a row by the columns that name records."""
    for column, text in zip(columns, cells, strict=True):
        if column.type == "HUBSPOT_OBJECT_ID" and text:
            row = table.living(text)
            if row is None:
                raise Problem("INVALID_OBJECT_ID", f"There is no record {text}")
            return row, {}
        if column.type == "HUBSPOT_ALTERNATE_ID" and text:
            if not table.kind.is_unique(column.property):
                raise Problem("INVALID_ALTERNATE_ID", f"{column.property} is not unique")
            key = table.kind.properties[column.property].key
            return table.find(key, text), {column.property: text}
    return None, {}


def _read_cell(prop: Property, text: str, order: str) -> str:
    """Take a cell the way an import does: labels of options, dates in the order the request names."""
    if prop.type == "enumeration" and not prop.takes_several:
        named = next((option.value for option in prop.options if option.label == text), None)
        return named or text
    if prop.type != "date":
        return text
    try:
        day: date = datetime.strptime(text, order).date()  # noqa: DTZ007  a date has no zone
    except ValueError:
        return text
    return day.isoformat()


def _put_down(portal: Portal, job: Import, number: int, problem: Problem) -> None:
    job.counters["ERRORS"] += 1
    kind = problem.category
    if problem.bad or kind in ("VALIDATION_ERROR", "CONFLICT"):
        kind = _ERRORS.get(problem.bad[0].code if problem.bad else "", "FAILED_VALIDATION")
    name = problem.bad[0].name if problem.bad else ""
    column = next((place for place, each in enumerate(job.columns) if each.property == name), None)
    told: Json = {
        "id": str(len(job.errors) + 1),
        "createdAt": int(portal.now().timestamp() * 1000),
        "errorType": kind,
        "errorMessage": problem.message,
        "objectTypeId": job.table.kind.type_id,
        "sourceData": {
            "additionalRowData": [],
            "containsEncryptedProperties": False,
            "fileId": int(job.id),
            "lineNumber": number + 2,  # the header is line 1
            "rowData": job.rows[number],
        },
    }
    job.errors.append(told if column is None else told | {"knownColumnNumber": column + 1})


def _first(given: object, what: str) -> Json:
    items = listed(given, what)
    if not items or not isinstance(items[0], dict):
        raise invalid(f"{what} has to hold an object")
    return items[0]


def _shown(error: Json, call: Call) -> Json:
    """Leave out what was not asked for."""
    shown = dict(error)
    if not call.flag("includeErrorMessage"):
        shown.pop("errorMessage", None)
    source = shown["sourceData"]
    if not call.flag("includeRowData") and isinstance(source, dict):
        shown["sourceData"] = source | {"rowData": []}
    return shown
