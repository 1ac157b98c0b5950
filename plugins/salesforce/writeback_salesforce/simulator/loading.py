"""Do the rows of a bulk job: read the CSV as the vendor does, write, and keep the three result files.

Whole-job failures (line ending, unknown column, reference form) write nothing. Everything else fails row by
row. A cell that is empty leaves the field alone; `#N/A` makes it null.
"""

import csv
import io
import re
from collections import abc
from dataclasses import dataclass, field
from itertools import islice

from writeback.sdk.simulator import mix, shuffled
from writeback_salesforce.simulator.describing import COMPOUND, Field
from writeback_salesforce.simulator.problems import Problem, not_writable
from writeback_salesforce.simulator.state import Org
from writeback_salesforce.simulator.tables import Table
from writeback_salesforce.simulator.values import from_csv
from writeback_salesforce.simulator.writing import Transaction, find_target, let_others_edit

_CHUNK = 200
_LONGEST_CELL = 32_000
_HEADERS = {"successful": '"sf__Id","sf__Created"', "failed": '"sf__Id","sf__Error"', "unprocessed": ""}
_POLYMORPHIC = re.compile(r"(\w+):(\w+)\.(\w+)")
csv.field_size_limit(1 << 24)


@dataclass(slots=True)
class Failure:
    """Why a whole job came to nothing, or stopped."""

    message: str
    state: str = "Failed"


@dataclass(slots=True)
class Result:
    """The rows of the three result files, rendered."""

    header: str = ""
    rows: dict[str, list[bytes]] = field(default_factory=dict)

    def file(self, which: str) -> bytes:
        """Give one of the files."""
        first = ",".join(filter(None, (_HEADERS[which], self.header)))
        return (first + "\n").encode() + b"".join(self.rows.get(which, ()))


@dataclass(frozen=True, slots=True)
class _Column:
    place: int
    field: Field
    target: str = ""  # the object a reference by key names
    key: str = ""  # and the field of it


class Loading:
    """One job's rows on their way into the org."""

    def __init__(self, org: Org, job: abc.Mapping[str, object], delimiter: str, sha256: str) -> None:
        self._org = org
        self._job = job
        self._delimiter = delimiter
        self._sha256 = sha256
        self._operation = str(job["operation"])
        self._table: Table = org.table(str(job["object"]))
        self._key: Field | None = self._table.sobject.field(str(job.get("externalIdFieldName", "")))
        self.result = Result()
        self._done: dict[str, list[bytes]] = {"successful": [], "failed": [], "unprocessed": []}
        self.processed = 0
        self.failed = 0
        self.took_ms = 0

    def run(self, data: bytes, *, is_stopped: abc.Callable[[], bool]) -> Failure | None:
        """Load everything; give the failure of the job as a whole, if there is one."""
        started = self._org.now()
        try:
            rows, columns = self._opened(data)
        except _JobFailedError as error:
            return Failure(str(error))
        failure = self._load(rows, columns, is_stopped)
        self.took_ms = int((self._org.now() - started).total_seconds() * 1000)
        self._order_results()
        return failure

    def _opened(self, data: bytes) -> tuple[abc.Iterator[list[str]], list[_Column]]:
        self._check_endings(data)
        text = data.decode("utf-8", "replace")
        if self._org.switches["byte_order_mark"] == "stripped":
            text = text.removeprefix("\ufeff")
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter)
        header = next(rows, [])
        if not header:
            if self._org.switches["empty_csv"] == "failed":
                raise _JobFailedError("InvalidBatch : The CSV file is empty")
            return iter(()), []
        self.result.header = ",".join(_quoted_if_needed(name) for name in header)
        return rows, self._columns(header)

    def _check_endings(self, data: bytes) -> None:
        wanted = str(self._job["lineEnding"])
        first = data.find(b"\n")
        has_crlf = first > 0 and data[first - 1 : first] == b"\r"
        wrong = first >= 0 and has_crlf != (wanted == "CRLF")
        if not wrong and wanted == "LF" and self._org.switches["crlf_in_cell"] == "fails":
            wrong = b"\r\n" in data
        if wrong or (first < 0 and b"\r" in data):
            message = "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is"
            raise _JobFailedError(f"{message} {wanted}")

    def _columns(self, header: abc.Sequence[str]) -> list[_Column]:
        columns = [self._column(place, name) for place, name in enumerate(header)]
        names = [column.field.name for column in columns]
        doubled = {name for name in names if names.count(name) > 1}
        if doubled:
            raise _JobFailedError(f"InvalidBatch : Duplicate field : {', '.join(sorted(doubled))}")
        if self._operation in ("delete", "hardDelete") and names != ["Id"]:
            raise _JobFailedError("InvalidBatch : Only the Id column is allowed for this operation")
        if self._operation in ("update", "delete", "hardDelete") and "Id" not in names:
            raise _JobFailedError("InvalidBatch : Missing required header : Id")
        if self._operation == "upsert" and (self._key is None or self._key.name not in names):
            raise _JobFailedError("InvalidBatch : Missing the external ID column")
        return columns

    def _column(self, place: int, name: str) -> _Column:
        sobject = self._table.sobject
        if (match := _POLYMORPHIC.fullmatch(name)) is not None:
            reference = sobject.relationships.get(match[2].lower())
            if reference is None or not reference.polymorphic or match[1] not in reference.targets:
                raise self._unknown(name)
            return self._reference(place, reference, match[1], match[3], name=name)
        relationship, dot, key = name.partition(".")
        if dot:
            reference = sobject.relationships.get(relationship.lower())
            if reference is None or reference.polymorphic:
                raise self._unknown(name)
            return self._reference(place, reference, reference.targets[0], key, name=name)
        found = sobject.field(name)
        is_exact = found is not None and found.name == name
        if (
            found is None
            or found.type in COMPOUND
            or not (is_exact or self._org.switches["header_case"] == "insensitive")
        ):
            raise self._unknown(name)
        return _Column(place, found)

    def _reference(self, place: int, reference: Field, target: str, key: str, *, name: str) -> _Column:
        table = self._org.tables.get(target.lower())
        found = table.sobject.field(key) if table else None
        if found is None or not found.lookup:
            raise self._unknown(name)
        return _Column(place, reference, target, found.name)

    def _unknown(self, name: str) -> "_JobFailedError":
        return _JobFailedError(f"InvalidBatch : Field name not found : {name}")

    def _load(
        self, rows: abc.Iterator[list[str]], columns: list[_Column], is_stopped: abc.Callable[[], bool]
    ) -> Failure | None:
        org, stop = self._org, self._stop()
        while chunk := [row for row in islice(rows, _CHUNK) if row]:
            failure, rest = None, list[list[str]]()
            if stop is not None and self.processed + len(chunk) > stop[0]:
                keep = stop[0] - self.processed
                chunk, rest, failure = chunk[:keep], chunk[keep:], stop[1]
            elif is_stopped() or org.background.is_closing:
                chunk, rest, failure = [], chunk, Failure("", "Aborted")
            with org.lock:
                rule = str(self._job.get("assignmentRuleId") or "false")
                transaction = Transaction(org, automation={"auto_assign": rule, "duplicate_rule": ""})
                for row in chunk:
                    self._one(transaction, row, columns)
                transaction.commit(route="bulk", sha256=self._sha256, job=str(self._job["id"]))
            if failure is not None:
                self._done["unprocessed"] += [_line(row) for row in (*rest, *rows) if row]
                return failure
        return None

    def _stop(self) -> tuple[int, Failure] | None:
        for kind, state in (("job_failed", "Failed"), ("job_aborted", "Aborted")):
            fault = self._org.faults.take(kind, object=self._table.sobject.name)
            if fault is not None:
                message = (
                    fault.text("message", "InternalServerError : Processed with errors")
                    if state == "Failed"
                    else ""
                )
                return int(fault.number("rows", 0)), Failure(message, state)
        return None

    def _one(self, transaction: Transaction, row: list[str], columns: list[_Column]) -> None:
        self.processed += 1
        record_id = ""
        try:
            record_id, created = self._write(transaction, row, columns)
            self._done["successful"].append(f'"{record_id}","{created}",'.encode() + _line(row))
        except Problem as problem:
            self.failed += 1
            record_id = record_id or self._named(row, columns)
            cells = f"{_quoted(record_id)},{_quoted(problem.told_in_csv())},"
            self._done["failed"].append(cells.encode() + _line(row))

    def _write(self, transaction: Transaction, row: list[str], columns: list[_Column]) -> tuple[str, str]:
        if len(row) != len(columns):
            raise Problem("INVALID_BATCH", f"The row has {len(row)} cells, the header {len(columns)}")
        given, stored = self._gathered(row, columns)
        table = self._table
        if self._operation == "insert":
            return transaction.create(table, stored), "true"
        if self._operation == "upsert":
            return self._upsert(transaction, given, stored)
        found = self._row(given)
        if self._operation == "update":
            let_others_edit(self._org, table, found)
            transaction.update(table, found, stored)
        else:
            transaction.delete(table, found)
        return table.ids.of(found), "false"

    def _gathered(self, row: list[str], columns: list[_Column]) -> tuple[str, dict[str, object]]:
        given, stored, refused = "", dict[str, object](), list[str]()
        creating = self._operation == "insert"
        if not creating and not self._table.sobject.names["updateable"]:
            raise Problem("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
        for column in columns:
            cell, field = row[column.place], column.field
            if field.name == "Id":
                given = cell
            elif cell == "":
                continue
            elif not (field.createable if creating else field.updateable):
                refused.append(field.name)
            elif len(cell) > _LONGEST_CELL and field.length <= _LONGEST_CELL:
                raise Problem("STRING_TOO_LONG", f"{field.label}: data value too large", fields=[field.name])
            else:
                stored[field.name] = self._cell(column, cell)
        if refused:
            raise not_writable(refused)
        return given, stored

    def _cell(self, column: _Column, cell: str) -> object:
        if column.target and cell != "#N/A":
            return find_target(self._org, column.target, column.key, cell)
        return from_csv(column.field, cell)

    def _upsert(self, transaction: Transaction, given: str, stored: dict[str, object]) -> tuple[str, str]:
        table = self._table
        key = self._key or table.sobject.fields["Id"]
        value = given if key.name == "Id" else str(stored.get(key.name) or "")
        rows = (
            [self._row(given)] if key.name == "Id" and given else table.find(key.name, value) if value else []
        )
        if not rows:
            return transaction.create(table, stored), "true"
        if len(rows) > 1:
            found = ", ".join(table.ids.of(row) for row in rows)
            message = f"{key.label}: more than one record found for external id field: [{found}]"
            raise Problem("DUPLICATE_EXTERNAL_ID", message)
        transaction.update(table, rows[0], stored)
        return table.ids.of(rows[0]), "false"

    def _row(self, given: str) -> int:
        if not given:
            raise Problem("MISSING_ARGUMENT", "Id not specified in an update call")
        row = self._table.row(given)
        if row is None:
            if given[:3] != self._table.ids.prefix:
                label = self._table.sobject.told["label"]
                message = f"{label} ID: id value of incorrect type: {given}"
                raise Problem("MALFORMED_ID", message, fields=["Id"])
            raise Problem("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
        if row in self._table.deleted:
            raise Problem("ENTITY_IS_DELETED", "entity is deleted")
        return row

    def _named(self, row: list[str], columns: list[_Column]) -> str:
        place = next((column.place for column in columns if column.field.name == "Id"), None)
        return row[place] if place is not None and place < len(row) else ""

    def _order_results(self) -> None:
        shuffles = self._org.switches["result_order"] == "shuffled"
        for which, lines in self._done.items():
            size = max(1, min(_CHUNK, len(lines) // 7))
            blocks = [lines[start : start + size] for start in range(0, len(lines), size)]
            if shuffles:
                blocks = shuffled(blocks, mix(self._org.seed, len(lines)))
            self.result.rows[which] = [b"".join(block) for block in blocks]


class _JobFailedError(Exception):
    """The job as a whole fails with this message."""


def _line(row: abc.Sequence[str]) -> bytes:
    # always quoted: jsforce splits unquoted cells at all six delimiters
    return ('"' + '","'.join([cell.replace('"', '""') for cell in row]) + '"\n').encode()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _quoted_if_needed(name: str) -> str:
    return _quoted(name) if re.search(r'[",\n]', name) else name
