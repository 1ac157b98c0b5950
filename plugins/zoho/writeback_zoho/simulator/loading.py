"""Do the rows of a bulk write job: read the CSV as the vendor does, write, and keep the result of each row.

An empty cell clears its field, unless the job says `ignore_empty`; then it leaves the field alone. The result
file holds the first three mapped columns, STATUS, RECORD_ID and ERRORS.
"""

import csv
import io
from collections import abc
from dataclasses import dataclass
from itertools import islice

from writeback_zoho.simulator.describing import NEVER_WRITABLE, Field, Module
from writeback_zoho.simulator.problems import Problem, RowProblem
from writeback_zoho.simulator.state import Json, Org
from writeback_zoho.simulator.tables import Table, Values
from writeback_zoho.simulator.values import empty, from_csv
from writeback_zoho.simulator.writing import Wish, Writing, let_others_edit

MOST_ROWS = 25_000
MOST_COLUMNS = 200
DELIMITERS = ",;:|"
_CHUNK = 200
_CODES = {
    "RECORD_LOCKED": "BLOCKED_RECORD",
    "NOT_REVIEWED": "NOT_APPROVED",
    "AUTHORIZATION_FAILED": "CANNOT_PROCESS",
}
csv.field_size_limit(1 << 24)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column goes into which field."""

    name: str
    field: Field
    index: int | None  # None where the value is the same for all rows
    default: str | None = None
    find_by: str | None = None

    def told(self) -> Json:
        """Give the mapping as the job shows it."""
        told: Json = {"api_name": self.name, "index": self.index, "format": None, "find_by": self.find_by}
        told |= {"parent_column_index": None, "module": None}
        return told if self.default is None else told | {"default_value": {"value": self.default}}

    def cell(self, row: abc.Sequence[str]) -> str:
        """Give the text a row has for the field."""
        text = row[self.index] if self.index is not None and self.index < len(row) else ""
        return text if text or self.default is None else self.default


def delimiter_of(header: str) -> str:
    """Guess the delimiter from the header line, outside of quotes; a comma where there is none."""
    bare = "".join(header.split('"')[::2])
    counts = {sign: bare.count(sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: counts[sign])
    return best if counts[best] else ","


def read_mappings(module: Module, given: object, data: bytes) -> list[Mapping]:
    """Read the mappings of a job; without any the header names the fields.

    Raises:
        Problem: A field is unknown or not writable, or a column is not there.
    """
    header = _header(data)
    if len(header) > MOST_COLUMNS:
        raise Problem(
            "HEADER_LIMIT_EXCEEDED", "the number of columns exceeds the limit", {"limit": MOST_COLUMNS}
        )
    if given is None:
        given = [{"api_name": name, "index": place} for place, name in enumerate(header)]
    if not isinstance(given, list) or not given:
        raise Problem("MANDATORY_FIELDS_NOT_MAPPED", "mandatory fields are not mapped")
    return [_mapping(module, item, len(header)) for item in given]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a job is to do."""

    job_id: str
    operation: str  # insert, update, upsert
    mappings: tuple[Mapping, ...]
    find_by: str
    ignore_empty: bool
    sha256: str  # of the upload as received


class Loading:
    """One job's rows on their way into the org."""

    def __init__(self, org: Org, table: Table, terms: Terms, data: bytes) -> None:
        self.table = table
        self._org = org
        self._terms = terms
        self._data = data
        self._shown = [mapping for mapping in terms.mappings if mapping.index is not None][:3]
        self._results: list[list[str]] = []
        self.counts = {"added_count": 0, "skipped_count": 0, "updated_count": 0, "total_count": 0}

    def run(self) -> str | None:
        """Load everything; give the code of the job's own failure, if there is one."""
        text = self._data.decode("utf-8-sig", "replace")
        delimiter = delimiter_of(text.partition("\n")[0])
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row][1:]
        if len(rows) > MOST_ROWS:
            return "LIMIT_EXCEEDED"
        stop = len(rows)
        fault = self._org.faults.take("job_unprocessed", object=self.table.module.name)
        if fault is not None:
            stop = int(fault.number("rows", 0))
        waiting = iter(rows[:stop])
        while chunk := list(islice(waiting, _CHUNK)):
            self._chunk(chunk)
        for row in rows[stop:]:
            self._result(row, "UNPROCESSED", "", "")
        return None

    def result(self) -> bytes:
        """Give the result file."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*(mapping.name for mapping in self._shown), "STATUS", "RECORD_ID", "ERRORS"])
        writer.writerows(self._results)
        return text.getvalue().encode()

    def _chunk(self, rows: abc.Sequence[abc.Sequence[str]]) -> None:
        org = self._org
        triggers = None if org.switches["bulk_automation"] == "on" else frozenset[str]()
        with org.lock:
            writing = Writing(org, Wish(triggers))
            for row in rows:
                self._one(writing, row)
            writing.commit(route="bulk", sha256=self._terms.sha256, job=self._terms.job_id)

    def _one(self, writing: Writing, row: abc.Sequence[str]) -> None:
        try:
            record_id, status = self._write(writing, row)
        except RowProblem as problem:
            self._result(row, "SKIPPED", "", _errors(problem))
        else:
            self._result(row, status, record_id, "")

    def _write(self, writing: Writing, row: abc.Sequence[str]) -> tuple[str, str]:
        table = self.table
        found = None if self._terms.operation == "insert" else self._find(row)
        if found is None and self._terms.operation == "update":
            code = self._org.switches["dead_id_in_bulk"]
            raise RowProblem(code, "", {"api_name": self._terms.find_by})
        if found is not None:
            let_others_edit(self._org, table, found)
            writing.refuse_by_fault(table, found, 0)
        values = writing.check_stored(table, self._values(row), 0, row=found)
        if found is None:
            return str(writing.add(table, values)["id"]), "ADDED"
        return str(writing.store(table, found, values)["id"]), "UPDATED"

    def _find(self, row: abc.Sequence[str]) -> int | None:
        key = next(mapping for mapping in self._terms.mappings if mapping.name == self._terms.find_by)
        cell = key.cell(row)
        if self._terms.find_by == "id":
            return self.table.living(cell)
        return min(self.table.holders(self._terms.find_by, cell), default=None) if cell else None

    def _values(self, row: abc.Sequence[str]) -> Values:
        values: Values = {}
        problems: list[RowProblem] = []
        for mapping in self._terms.mappings:
            of, cell = mapping.field, mapping.cell(row)
            if mapping.name == "id":
                continue
            if cell == "":
                if not self._terms.ignore_empty:
                    values[of.name] = empty(of)
                continue
            stored, problem = self._stored(mapping, cell)
            if of.is_revoked:
                problem = RowProblem("CANNOT_PROCESS", "", {"api_name": of.name})
            if problem is not None:
                problems.append(problem)
            else:
                values[of.name] = stored
        if problems:
            raise RowProblem(
                "MULTIPLE_OR_MULTI_ERRORS", "", {"errors": [problem.told() for problem in problems]}
            )
        return values

    def _stored(self, mapping: Mapping, cell: str) -> tuple[object, RowProblem | None]:
        of = mapping.field
        if of.data_type == "lookup" and mapping.find_by not in (None, "id"):
            key = str(mapping.find_by)
            others = self._org.tables[of.target]
            target = others.module.find(key)
            rows = others.holders(key, cell) if target is not None and target.unique else set()
            if not rows:
                return None, RowProblem("RESOURCE_NOT_FOUND", "", {"api_name": of.name})
            cell = others.ids.of(min(rows))
        return from_csv(self._org, of, cell, "")

    def _result(self, row: abc.Sequence[str], status: str, record_id: str, errors: str) -> None:
        self._results.append([*(mapping.cell(row) for mapping in self._shown), status, record_id, errors])
        counted = {"ADDED": "added_count", "UPDATED": "updated_count"}.get(status, "skipped_count")
        self.counts[counted] += 1
        self.counts["total_count"] += 1


def _header(data: bytes) -> list[str]:
    text = data.decode("utf-8-sig", "replace")
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(first))
    return [name.strip() for name in next(rows, [])]


def _mapping(module: Module, item: object, columns: int) -> Mapping:
    told = item if isinstance(item, dict) else {}
    name = str(told.get("api_name", ""))
    bare, dot, key = name.partition(".")  # Account_Name.id heads a lookup by id
    of = module.find(bare)
    if (
        of is None
        or of.data_type == "subform"
        or of.data_type in NEVER_WRITABLE
        or (of.system and bare != "id")
    ):
        raise Problem("INVALID_FIELD", "the field given is invalid", {"api_name": name})
    index = told.get("index")
    default = told.get("default_value")
    if index is None and not isinstance(default, dict):
        raise Problem(
            "MISSING_REQUIRED_KEY", "required key not found", {"json_path": "$.resource[0].field_mappings"}
        )
    if index is not None and (not isinstance(index, int) or not 0 <= index < columns):
        raise Problem("COLUMN_INDEX_NOT_FOUND", "the column index is not found", {"index": index})
    find_by = told.get("find_by") or (key if dot else None)
    value = str(default.get("value", "")) if isinstance(default, dict) else None
    return Mapping(bare, of, index, value, str(find_by) if find_by else None)


def _errors(problem: RowProblem) -> str:
    """Give a refusal as the result file tells it: `CODE-column,column:CODE-column`."""
    listed = problem.details.get("errors")
    told: list[Json] = listed if isinstance(listed, list) else [problem.told()]
    columns: dict[str, list[str]] = {}
    for error in told:
        code = _CODES.get(str(error["code"]), str(error["code"]))
        details = error["details"]
        column = details.get("api_name", "id") if isinstance(details, dict) else "id"
        columns.setdefault(code, []).append(str(column))
    return ":".join(f"{code}-{','.join(names)}" for code, names in columns.items())
