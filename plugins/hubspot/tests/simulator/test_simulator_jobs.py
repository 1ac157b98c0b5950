"""Imports and exports: wire contract, section 13."""

import csv
import io

import pytest
from plugins.hubspot.tests.simulator.conftest import FIRST, D, finished, import_form

IMPORTS = "/crm/imports/2026-03"
EXPORTS = "/crm/exports/2026-03/export"


def started(portal, form: dict[str, object]) -> str:
    answer = portal.call("POST", IMPORTS, **form)
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "STARTED"
    return answer.json()["id"]


def test_an_import_updates_rows_and_tells_the_others(portal) -> None:
    rows = f'{FIRST},"Łódź\n""old"" town",Gold\n{FIRST + 1},Oslo,nobody\n5,Oslo,gold\n'
    rows += f"{FIRST + 2},,silver\n{FIRST + 3},x\n"
    number = started(portal, import_form(rows))
    told = finished(portal, number)
    assert told["state"] == "DONE"
    assert told["metadata"]["counters"] == {"TOTAL_ROWS": 5, "UPDATED_OBJECTS": 2, "ERRORS": 3}
    assert [(entry["id"], entry["fields"], entry["route"]) for entry in portal.applied()] == [
        (str(FIRST), {"city": 'Łódź\n"old" town', "tier": "gold"}, "import"),
        (str(FIRST + 2), {"tier": "silver"}, "import"),
    ]
    wanted = {"includeErrorMessage": "true", "includeRowData": "true"}
    errors = portal.get(f"{IMPORTS}/{number}/errors", **wanted)["results"]
    assert [each["errorType"] for each in errors] == [
        "INVALID_ENUMERATION_OPTION", "INVALID_OBJECT_ID", "INCORRECT_NUMBER_OF_COLUMNS",
    ]  # fmt: skip
    assert errors[0]["knownColumnNumber"] == 3
    assert (errors[0]["sourceData"]["lineNumber"], errors[0]["sourceData"]["rowData"][1]) == (3, "Oslo")
    first = portal.get(f"{IMPORTS}/{number}/errors", limit=2)
    assert "errorMessage" not in first["results"][0]
    rest = portal.get(f"{IMPORTS}/{number}/errors", after=first["paging"]["next"]["after"])
    assert [each["id"] for each in rest["results"]] == ["3"]
    history = portal.get(f"{D}/companies/{FIRST}", propertiesWithHistory="city")["propertiesWithHistory"][
        "city"
    ]
    assert (history[0]["sourceType"], history[0]["sourceId"]) == ("IMPORT", number)


@pytest.mark.parametrize(
    ("operation", "counters"),
    [
        ("UPSERT", {"TOTAL_ROWS": 2, "UPDATED_OBJECTS": 1, "CREATED_OBJECTS": 1}),
        ("CREATE", {"TOTAL_ROWS": 2, "CREATED_OBJECTS": 1, "ERRORS": 1}),
        ("UPDATE", {"TOTAL_ROWS": 2, "UPDATED_OBJECTS": 1, "ERRORS": 1}),
    ],
)
def test_rows_are_found_by_a_unique_property(portal, operation, counters) -> None:
    columns = [
        {"columnObjectTypeId": "0-2", "propertyName": "external_id", "columnType": "HUBSPOT_ALTERNATE_ID"},
        {"columnObjectTypeId": "0-2", "propertyName": "name"},
        {"columnObjectTypeId": "0-2", "propertyName": "contract_end"},
    ]
    rows = "C-0000001,Renamed,31/12/2026\nC-9000001,Ny,01/02/2027\n"
    form = import_form(rows, operation, columns=columns, dateFormat="DAY_MONTH_YEAR")
    assert finished(portal, started(portal, form))["metadata"]["counters"] == counters
    days = {entry["fields"]["name"]: entry["fields"]["contract_end"] for entry in portal.applied()}
    assert days.items() <= {"Renamed": "2026-12-31", "Ny": "2027-02-01"}.items()


def test_an_import_can_be_cancelled_and_can_fail(make) -> None:
    portal = make(job_s="60")
    number = started(portal, import_form(f"{FIRST},Oslo,gold\n"))
    assert portal.post(f"{IMPORTS}/{number}/cancel", {})["status"] == "COMPLETE"
    assert portal.get(f"{IMPORTS}/{number}")["state"] == "CANCELED"
    portal = make()
    portal.arm(kind="import_failed", rows=1)
    told = finished(portal, started(portal, import_form(f"{FIRST},Oslo,gold\n{FIRST + 1},Oslo,gold\n")))
    assert told["state"] == "FAILED"
    assert [entry["id"] for entry in portal.applied()] == [str(FIRST)]
    assert len(portal.get(IMPORTS)["results"]) == 1


def test_an_import_that_is_none_is_refused(portal) -> None:
    assert portal.call("POST", IMPORTS, json={}).status_code == 415
    assert portal.call("POST", IMPORTS, files={"files": ("a", b"x")}).status_code == 400
    assert portal.call("POST", IMPORTS, **import_form("", columns=[])).status_code == 400
    assert portal.call("POST", IMPORTS, **import_form("", operation="DELETE")).status_code == 400
    portal.get(f"{IMPORTS}/5", 404)


def test_an_export_is_one_file_behind_a_link(make) -> None:
    portal = make(job_s="5")
    condition = {"propertyName": "industry", "operator": "EQ", "value": "RETAIL"}
    body = {
        "exportType": "VIEW", "format": "CSV", "exportName": "Retail", "objectType": "0-2",
        "objectProperties": ["name", "description"],
        "publicCrmSearchRequest": {"filterGroups": [{"filters": [condition]}]},
    }  # fmt: skip
    task = portal.post(f"{EXPORTS}/async", body, 202)["id"]
    assert portal.get(f"{EXPORTS}/async/tasks/{task}/status")["status"] == "PROCESSING"
    portal.clock.go(5)
    told = portal.get(f"{EXPORTS}/async/tasks/{task}/status")
    link = told["result"].removeprefix(portal.running.url)
    answer = portal.call("GET", link, headers={"Authorization": ""})
    lines = list(csv.reader(io.StringIO(answer.content.decode(), newline="")))
    found = portal.search(condition, properties=["name", "description"])["results"]
    wanted = [
        [each["id"], each["properties"]["name"], each["properties"]["description"] or ""] for each in found
    ]
    assert lines == [["Record ID", "name", "description"], *wanted]
    shown = portal.get(f"{EXPORTS}/{task}")
    assert (shown["exportState"], shown["recordCount"]) == ("DONE", len(found))
    assert portal.call("GET", link[:-1]).status_code == 403
    for wrong in ({"exportType": "LIST"}, {"format": "XLS"}, {"format": "X"}, {"objectProperties": ["nope"]}):
        portal.post(f"{EXPORTS}/async", body | wrong, 400)
    portal.get(f"{EXPORTS}/5", 404)
