"""Exports: one CSV file of one object's records, fetched by a link (wire contract, section 13)."""

import csv
import io
from dataclasses import dataclass

from writeback.sdk.simulator import Answer, json_answer
from writeback_hubspot.simulator.filtering import fits, read_filters
from writeback_hubspot.simulator.problems import Json, invalid, not_found
from writeback_hubspot.simulator.state import Call, Portal, listed
from writeback_hubspot.simulator.tables import Getter, Table

DOWNLOADS = "/__exports__/"
_FORMATS = ("CSV", "XLS", "XLSX")


@dataclass(slots=True)
class Export:
    """One export and its file."""

    id: str
    name: str
    table: Table
    properties: list[str]
    made_at: str
    ready_at: float
    data: bytes = b""
    rows: int = 0
    secret: str = ""


class Exporting:
    """The exports of a portal."""

    def __init__(self) -> None:
        self._exports: dict[str, Export] = {}

    def create(self, call: Call) -> Answer:
        """`POST /exports/export/async`."""
        portal, given = call.portal, call.json()
        if given.get("exportType") != "VIEW":
            raise invalid("only exports of the type VIEW are possible here")
        if given.get("format") not in _FORMATS:
            raise invalid(f"format has to be one of {', '.join(_FORMATS)}")
        if given["format"] != "CSV":
            raise invalid("this portal exports CSV only")
        table = portal.table(str(given.get("objectType", "")))
        names = [str(each) for each in listed(given.get("objectProperties"), "objectProperties")]
        for name in names:
            if name not in table.kind.properties:
                raise invalid(f'Property "{name}" does not exist')
        ready_at = portal.now().timestamp() + portal.switches.number("job_s")
        number = str(70_000_001 + len(self._exports))
        made = Export(number, str(given.get("exportName", "")), table, names, portal.stamp(), ready_at)
        request = given.get("publicCrmSearchRequest")
        _write_file(portal, made, request if isinstance(request, dict) else {})
        self._exports[number] = made
        return json_answer({"id": number, "links": {}}, status=202)

    def status(self, call: Call) -> Answer:
        """`GET /exports/export/async/tasks/{id}/status`: with the link, when it is there."""
        found = self._find(call)
        is_ready = call.portal.now().timestamp() >= found.ready_at
        told: Json = {
            "status": "COMPLETE" if is_ready else "PROCESSING",
            "requestedAt": found.made_at,
            "startedAt": found.made_at,
            "completedAt": call.portal.stamp() if is_ready else found.made_at,
        }
        if is_ready:
            told["result"] = f"{call.portal.url}{DOWNLOADS}{found.id}?signature={found.secret}"
        return json_answer(told)

    def show(self, call: Call) -> Answer:
        """`GET /exports/export/{id}`."""
        found = self._find(call)
        is_ready = call.portal.now().timestamp() >= found.ready_at
        told = {
            "id": found.id,
            "exportName": found.name,
            "exportType": "VIEW",
            "exportState": "DONE" if is_ready else "PROCESSING",
            "objectType": found.table.kind.singular.upper(),
            "objectProperties": found.properties,
            "recordCount": found.rows,
            "createdAt": found.made_at,
            "updatedAt": found.made_at,
        }
        return json_answer(told)

    def download(self, number: str, signature: str) -> Answer:
        """Give the file to whoever holds its link: no token is asked for."""
        found = self._exports.get(number)
        if found is None or signature != found.secret:
            return Answer(
                403, b"<Error><Code>AccessDenied</Code></Error>", {"Content-Type": "application/xml"}
            )
        return Answer(200, found.data, {"Content-Type": "text/csv;charset=utf-8"})

    def _find(self, call: Call) -> Export:
        found = self._exports.get(call.found[0])
        if found is None:
            raise not_found()
        return found


def _write_file(portal: Portal, made: Export, request: Json) -> None:
    table = made.table
    fit = fits(read_filters(table, request, portal.switches["search_filters"]))
    keys = [table.kind.properties[name].key for name in made.properties]
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(["Record ID", *made.properties])
    for row in table.rows():
        get = _getter(table, row)
        if fit(get):
            lines.writerow([table.id(row), *(get(key) or "" for key in keys)])
            made.rows += 1
    made.data, made.secret = text.getvalue().encode(), portal.new_text(32)


def _getter(table: Table, row: int) -> Getter:
    return lambda name: table.value(row, name)
