"""The query resources: first page, further pages by locator, counts."""

import re
from collections import abc
from dataclasses import dataclass
from datetime import datetime

from writeback.sdk.simulator import Answer, json_answer
from writeback_salesforce.simulator.ids import Ids
from writeback_salesforce.simulator.problems import Problem, not_found
from writeback_salesforce.simulator.selecting import Selection, Shape, select
from writeback_salesforce.simulator.soql import parse
from writeback_salesforce.simulator.state import Call

_OPEN_CURSORS = 10
Json = dict[str, object]


@dataclass(slots=True)
class _Cursor:
    selection: Selection
    rows: abc.Sequence[int]
    size: int
    used_at: datetime


class Cursors:
    """The result sets somebody may still page through; the least used one makes way for an eleventh."""

    def __init__(self) -> None:
        self._open: dict[str, _Cursor] = {}
        self._ids = Ids("01g")
        self._made = 0

    def keep(self, cursor: _Cursor) -> str:
        """Keep a result set and give its locator."""
        self._made += 1
        locator = self._ids.of(self._made)
        self._open[locator] = cursor
        if len(self._open) > _OPEN_CURSORS:
            oldest = min(self._open, key=lambda each: self._open[each].used_at)
            del self._open[oldest]
        return locator

    def find(self, locator: str, now: datetime, life_s: float) -> _Cursor:
        """Find a result set.

        Raises:
            Problem: INVALID_QUERY_LOCATOR.
        """
        cursor = self._open.get(locator)
        if cursor is None or (now - cursor.used_at).total_seconds() > life_s:
            self._open.pop(locator, None)
            raise Problem("INVALID_QUERY_LOCATOR", "invalid query locator")
        cursor.used_at = now
        return cursor


class Querying:
    """The query resources of one org."""

    def __init__(self) -> None:
        self._cursors = Cursors()

    def query(self, call: Call) -> Answer:
        """GET /query?q=SOQL."""
        return self._first_page(call, with_deleted=False)

    def query_all(self, call: Call) -> Answer:
        """GET /queryAll?q=…: deleted rows too."""
        return self._first_page(call, with_deleted=True)

    def more(self, call: Call) -> Answer:
        """GET /query/LOCATOR-OFFSET."""
        locator, dash, offset = call.found[0].rpartition("-")
        if not dash or not offset.isdecimal():
            raise not_found()
        org = call.org
        with org.lock:
            cursor = self._cursors.find(locator, org.now(), org.switches.number("cursor_seconds"))
            return self._page(call, cursor, int(offset), locator)

    def _first_page(self, call: Call, *, with_deleted: bool) -> Answer:
        text = call.query.get("q")
        if text is None:
            raise Problem("MALFORMED_QUERY", "A query string has to be specified")
        org = call.org
        selection = select(parse(text), org.world(text, call.version, with_deleted=with_deleted))
        if call.query.get("columns", "").lower() == "true":
            return json_answer(_columns(selection))
        with org.lock:
            rows = selection.rows()
            if selection.count is not None:
                return json_answer(_counted(selection, rows))
            cursor = _Cursor(selection, rows, _page_size(call), org.now())
            return self._page(call, cursor, 0, None)

    def _page(self, call: Call, cursor: _Cursor, offset: int, locator: str | None) -> Answer:
        end = offset + cursor.size
        done = end >= len(cursor.rows)
        told: Json = {"totalSize": len(cursor.rows), "done": done}
        if not done:
            told["nextRecordsUrl"] = f"{call.base}/query/{locator or self._cursors.keep(cursor)}-{end}"
        told["records"] = cursor.selection.render(cursor.rows[offset:end])
        return json_answer(told)


def _page_size(call: Call) -> int:
    most = int(call.org.switches.number("page_size"))
    asked = re.search(r"batchSize\s*=\s*(\d+)", call.headers.get("sforce-query-options", ""), re.IGNORECASE)
    return min(most, max(200, int(asked[1]))) if asked else most


def _counted(selection: Selection, rows: abc.Sequence[int]) -> Json:
    count = selection.count
    if count is None or count.named is None:
        return {"totalSize": len(rows), "done": True, "records": []}
    name = count.named.path[-1]
    field = selection.table.sobject.field(name)
    filled = rows if field is None or field.name == "Id" else selection.table.column(field.name, rows)
    number = sum(value is not None for value in filled)
    row = {"attributes": {"type": "AggregateResult"}, count.alias or "expr0": number}
    return {"totalSize": 1, "done": True, "records": [row]}


def _columns(selection: Selection) -> Json:
    metadata = [_column(selection.shape, key) for key, _entry in selection.shape.entries]
    if selection.count is not None and selection.count.named is not None:
        name = selection.count.alias or "expr0"
        metadata = [_metadata(name, kind="int", aggregate=True)]
    return {
        "columnMetadata": metadata,
        "entityName": selection.table.sobject.name,
        "groupBy": False,
        "idSelected": any(key == "Id" for key, _entry in selection.shape.entries),
        "keyPrefix": selection.table.sobject.prefix,
    }


def _column(shape: Shape, key: str) -> Json:
    field = shape.table.sobject.fields.get(key)
    entry = shape.get(key)
    joined: list[Json] = []
    inner = getattr(entry, "shapes", None)
    if isinstance(inner, dict):
        first = next(iter(inner.values()))
        joined = [_column(first, name) for name, _entry in first.entries]
    elif isinstance(entry, tuple):
        joined = [_column(entry[0].shape, name) for name, _entry in entry[0].shape.entries]
    told = _metadata(key, kind=field.type if field else "reference")
    return told | {"joinColumns": joined}


def _metadata(name: str, *, kind: str, aggregate: bool = False) -> Json:
    return {
        "aggregate": aggregate,
        "apexType": {"boolean": "Boolean", "int": "Integer", "id": "Id"}.get(kind, "String"),
        "booleanType": kind == "boolean",
        "columnName": name,
        "custom": name.endswith("__c"),
        "displayName": name,
        "foreignKeyName": None,
        "insertable": False,
        "joinColumns": [],
        "numberType": kind in ("int", "double", "currency", "percent"),
        "textType": kind in ("string", "textarea", "phone", "url", "email", "picklist"),
        "updatable": False,
    }
